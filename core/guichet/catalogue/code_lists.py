"""Lists of codes: each beginning starts a code of the nomenclature it names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from guichet.catalogue.compiled import PluginsNeeded
from guichet.catalogue.positions import Path
from guichet.catalogue.report import Report
from guichet.errors import guess
from guichet.model.code_lists import CodeList
from guichet.model.scheme import Scheme


def check_codes(scheme: Scheme, plugins: PluginsNeeded, report: Report) -> None:
    """Report each unknown nomenclature, code that it does not hold, and exception from nothing."""
    for name, declared in scheme.codes.items():
        path = ("codes", name)
        if name in scheme.lists:
            report.add("name_of_list_taken", path, {"value": name})
        _check_exceptions(declared, path, report)
        if declared.nomenclature is None:
            continue
        table = plugins.tables.get(declared.nomenclature)
        if table is None:
            where = (*path, "nomenclature")
            data = guess(declared.nomenclature, sorted(plugins.tables))
            report.add("unknown_nomenclature", where, data)
            continue
        held = set(chain.from_iterable(version.rows for version in table.versions))
        _check_held(declared, declared.nomenclature, held, path, report)


def _check_held(declared: CodeList, nomenclature: str, held: set[str], path: Path, report: Report) -> None:
    for key, codes in (("codes", declared.codes), ("except", declared.but)):
        for index, code in enumerate(codes):
            if code in held or any(each.startswith(code) for each in held):
                continue
            where = (*path, key, str(index))
            data = {**guess(code, _alike(code, held)), "nomenclature": nomenclature}
            report.add("unknown_code", where, data)


def _check_exceptions(declared: CodeList, path: Path, report: Report) -> None:
    for index, code in enumerate(declared.but):
        if not any(code.startswith(begun) for begun in declared.codes):
            where = (*path, "except", str(index))
            report.add("exception_from_nothing", where, {"value": code})


def _alike(code: str, held: Iterable[str]) -> list[str]:
    """The codes of the same length that share the first two characters: those one may have meant."""
    return sorted({each[: len(code)] for each in held if each[:2] == code[:2]})
