"""Plugins a scheme uses by key: each exists, and takes the options it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from guichet.catalogue.code_lists import check_codes
from guichet.catalogue.compiled import PluginsNeeded
from guichet.catalogue.environment import LIST_TYPES
from guichet.catalogue.options import validate_options
from guichet.catalogue.positions import Path
from guichet.catalogue.report import Report
from guichet.errors import guess, nearest
from guichet.model.payment import PluginUse
from guichet.model.scheme import LIST_KEYS, ReferenceList, Scheme
from guichet.plugin.contracts import Options
from guichet.plugin.contracts.base import Contract, column_options

GRANTED_COLUMNS = ("reference", "amount", "granted_on", "paid")
"""What a list of the granted dossiers of another scheme tells of each; `paid` is the money paid so far."""


def check_uses(scheme: Scheme, plugins: PluginsNeeded, report: Report) -> None:
    """Report every plugin that does not exist and every option that does not fit."""
    if scheme.payment is not None:
        _check_use(plugins.payment_writers, scheme.payment.writer, ("payment", "writer"), report)
        _check_use(plugins.deliveries, scheme.payment.delivery, ("payment", "delivery"), report)
        if scheme.payment.returns is not None:
            _check_use(plugins.return_readers, scheme.payment.returns, ("payment", "returns"), report)
    if scheme.write_back is not None:
        _check_use(plugins.write_backs, scheme.write_back, ("write_back",), report)
    for event, letter in scheme.letters.items():
        exists(plugins.document_renderers, letter.renderer, ("letters", event, "renderer"), report)
    for name, declared in scheme.lists.items():
        _check_list(plugins, declared, ("lists", name), report)
    check_codes(scheme, plugins, report)


def _check_list(plugins: PluginsNeeded, declared: ReferenceList, path: Path, report: Report) -> None:
    if declared.scheme is not None:
        for column in declared.columns:
            if column not in GRANTED_COLUMNS:
                where = (*path, "columns", column)
                data = guess(column, GRANTED_COLUMNS)
                report.add("unknown_column", where, data)
    elif not declared.plugin:
        _report_no_source(declared, path, report)
    elif exists(plugins.list_sources, declared.plugin, (*path, "plugin"), report):
        source = plugins.list_sources[declared.plugin]
        validate_options(source.Options, declared.options, path, report, LIST_KEYS)
        columns = tuple(dict.fromkeys((declared.key, *declared.columns)))
        for where, name in unknown_columns(source.Options, declared.options, columns, path):
            report.add("unknown_column", where, guess(name, columns))
    for column, kind in declared.columns.items():
        if kind not in LIST_TYPES:
            where = (*path, "columns", column)
            report.add("unknown_value", where, guess(kind, tuple(LIST_TYPES)))


def _report_no_source(declared: ReferenceList, path: Path, report: Report) -> None:
    """A list that no source reads: its key `plugin` is misspelt among the options, or left out."""
    meant = nearest("plugin", declared.options)
    if meant is None:
        report.add("missing_key", path, {"key": "plugin"})
    else:
        report.add("unknown_key", path, guess(meant, LIST_KEYS), shown=(*path, meant))


def unknown_columns(
    model: type[Options], given: Mapping[str, Any], columns: tuple[str, ...], path: Path
) -> Iterator[tuple[Path, str]]:
    """The path and name of each key that is no column, among the options that say something of a list's columns."""
    for option in column_options(model):
        said = given.get(option)
        for key in cast("Mapping[str, object]", said) if isinstance(said, Mapping) else ():
            if key not in columns:
                yield (*path, option, key), key


def _check_use(family: Mapping[str, Contract[Any]], use: PluginUse, path: Path, report: Report) -> None:
    if exists(family, use.plugin, (*path, "plugin"), report):
        validate_options(family[use.plugin].Options, use.options, (*path, "options"), report)


def exists(family: Mapping[str, object], key: str, path: Path, report: Report) -> bool:
    """Whether a plugin of this key exists; reported when it does not."""
    if key not in family:
        report.add("unknown_plugin", path, guess(key, sorted(family)))
    return key in family
