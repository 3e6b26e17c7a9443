"""Plugins a scheme uses by key: each exists, and takes the options it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from pydantic import ValidationError

from guichet.catalogue.code_lists import check_codes
from guichet.catalogue.compiled import PluginsNeeded
from guichet.catalogue.positions import Locate, Path, nearest_place
from guichet.errors import Problem, guess, nearest
from guichet.model.payment import PluginUse
from guichet.model.scheme import LIST_KEYS, ReferenceList, Scheme
from guichet.plugin.contracts import Act, Options, PaymentOrder
from guichet.plugin.contracts.base import Contract, operator_options

GRANTED_COLUMNS = ("reference", "amount", "granted_on")
"""What a list of the granted dossiers of another scheme tells of each."""
SHAPES: Mapping[str, str] = {
    "model_type": "mapping_expected",
    "model_attributes_type": "mapping_expected",
    "dict_type": "mapping_expected",
    "tuple_type": "list_expected",
    "list_type": "list_expected",
    "string_type": "text_expected",
    "int_type": "text_expected",
    "date_type": "text_expected",
    "datetime_type": "text_expected",
    "bool_type": "text_expected",
}
"""What pydantic says of a value of another shape → our code."""

LIST_COLUMNS = ("text", "money", "integer", "date", "month", "boolean")

_SAMPLE_SIRET, _SAMPLE_IBAN, _SAMPLE_BIC = "73282932000074", "FR7630006000011234567890189", "AGRIFRPP"


def check_uses(scheme: Scheme, plugins: PluginsNeeded, locate: Locate, problems: list[Problem]) -> None:
    """Report every plugin that does not exist and every option that does not fit."""
    if scheme.payment is not None:
        _check_use(plugins.payment_writers, scheme.payment.writer, ("payment", "writer"), locate, problems)
        _check_use(plugins.deliveries, scheme.payment.delivery, ("payment", "delivery"), locate, problems)
        if scheme.payment.returns is not None:
            _check_use(plugins.return_readers, scheme.payment.returns, ("payment", "returns"), locate, problems)
    if scheme.write_back is not None:
        _check_use(plugins.write_backs, scheme.write_back, ("write_back",), locate, problems)
    for event, letter in scheme.letters.items():
        exists(plugins.document_renderers, letter.renderer, ("letters", event, "renderer"), locate, problems)
    for name, declared in scheme.lists.items():
        _check_list(plugins, declared, ("lists", name), locate, problems)
    check_codes(scheme, plugins, locate, problems)


def _check_list(
    plugins: PluginsNeeded, declared: ReferenceList, path: Path, locate: Locate, problems: list[Problem]
) -> None:
    if declared.scheme is not None:
        for column in declared.columns:
            if column not in GRANTED_COLUMNS:
                where = (*path, "columns", column)
                data = guess(column, GRANTED_COLUMNS)
                problems.append(Problem("unknown_column", data, nearest_place(locate, where), where))
    elif exists(plugins.list_sources, declared.plugin, (*path, "plugin"), locate, problems):
        validate_options(
            plugins.list_sources[declared.plugin].Options, declared.options, path, locate, problems, LIST_KEYS
        )
    for column, kind in declared.columns.items():
        if kind not in LIST_COLUMNS:
            where = (*path, "columns", column)
            problems.append(Problem("unknown_value", guess(kind, LIST_COLUMNS), nearest_place(locate, where), where))


def _check_use(
    family: Mapping[str, Contract[Any]], use: PluginUse, path: Path, locate: Locate, problems: list[Problem]
) -> None:
    if exists(family, use.plugin, (*path, "plugin"), locate, problems):
        validate_options(family[use.plugin].Options, use.options, (*path, "options"), locate, problems)


def unwritten_payment(
    scheme: Scheme, imputation: Mapping[str, str], plugins: PluginsNeeded, locate: Locate
) -> Problem | None:
    """A warning when the writer could not write a plain order: a column quotes a reference that is given nowhere."""
    payment = scheme.payment
    if payment is None:
        return None
    writer = plugins.payment_writers[payment.writer.plugin]
    siret = _SAMPLE_SIRET if any(field.type == "siret" for field in scheme.fields().values()) else ""
    bic = _SAMPLE_BIC if payment.payee.bic is not None else ""
    given = {**imputation, **payment.imputation}
    details = dict.fromkeys(payment.details, "Camille")
    act = Act(number="2020-1", date=date(2020, 1, 1))
    sample = PaymentOrder(
        "1", "0000000011", "Camille Martin", _SAMPLE_IBAN, bic, 1_00, "AIDE", siret, given, act=act, details=details
    )
    reason = writer.check(sample, writer.Options.model_validate(payment.writer.options))
    if reason is None:
        return None
    path = ("payment", "writer")
    data: dict[str, object] = {"reason_fr": reason.fr, "reason_en": reason.en}
    meant = nearest(reason.about, payment.imputation) if reason.about else None
    quoting = _quoting(payment.writer.options, reason.about, (*path, "options")) if reason.about else None
    if meant is not None:
        path = ("payment", "imputation", meant)
        data |= {"nearest": meant, "about": reason.about, "quoted": quoting[-1] if quoting is not None else None}
    elif quoting is not None:
        path = quoting
    return Problem("payment_cannot_be_written", data, nearest_place(locate, path), path, "warning")


def _quoting(options: Any, name: str, path: Path) -> Path | None:
    """The option whose text quotes `{name}`."""
    if isinstance(options, str):
        return path if f"{{{name}}}" in options else None
    inside = cast("Mapping[str, Any]", options).items() if isinstance(options, Mapping) else ()
    found = (_quoting(value, name, (*path, str(key))) for key, value in inside)
    return next((where for where in found if where is not None), None)


def exists(family: Mapping[str, object], key: str, path: Path, locate: Locate, problems: list[Problem]) -> bool:
    """Whether a plugin of this key exists; reported when it does not."""
    if key not in family:
        problems.append(Problem("unknown_plugin", guess(key, sorted(family)), nearest_place(locate, path), path))
    return key in family


def validate_options(
    model: type[Options],
    given: Mapping[str, Any],
    path: Path,
    locate: Locate,
    problems: list[Problem],
    beside: tuple[str, ...] = (),
    *,
    by_operator: bool = False,
) -> Options | None:
    """The options a plugin declared, validated and guessed past unknown keys; None when they are wrong.

    Args:
        beside: The core's own keys, among which the options stand.
        by_operator: Whether an operator gives them: a scheme may not set what is theirs.
    """
    if not by_operator:
        own = operator_options(model)
        problems += _not_theirs(own & given.keys(), path, locate)
        given = {name: value for name, value in given.items() if name not in own}
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems += [_option_problem(dict(detail), model, path, locate, beside) for detail in details]
        unknown = {detail["loc"][0] for detail in details if detail["type"] == "extra_forbidden"}
    if not unknown:
        return None
    try:
        return model.model_validate({key: value for key, value in given.items() if key not in unknown})
    except ValidationError:
        return None


def _not_theirs(names: frozenset[str], path: Path, locate: Locate) -> Iterator[Problem]:
    """What a file sets though only an operator may; a stored publication has no file, and there it is not used."""
    for name in sorted(names):
        where = (*path, name)
        position = nearest_place(locate, where)
        if position is not None:
            yield Problem("plugin.set_by_operator", {"key": name}, position, where)


def _option_problem(
    detail: dict[str, Any], model: type[Options], path: Path, locate: Locate, beside: tuple[str, ...]
) -> Problem:
    steps = tuple(str(step) for step in detail["loc"] if step != "[key]")
    where = (*path, *steps)
    names = [field.alias or name for name, field in model.model_fields.items()]
    if detail["type"] == "extra_forbidden":
        choices = [*names, *beside] if len(steps) == 1 else []
        return Problem("unknown_key", guess(steps[-1], choices), nearest_place(locate, where), where[:-1])
    if detail["type"] == "missing":
        return Problem("missing_key", {"key": steps[-1]}, nearest_place(locate, path), path)
    if detail["type"] == "guichet":
        context = detail["ctx"]
        data = {"value": detail.get("input"), **context["data"]}
        meant = nearest(str(data["value"]), data.get("choices") or ()) if "among" in data else None
        if meant is not None:
            data["nearest"] = meant
            data["declared"] = nearest_place(locate, (*where, str(data["among"]), meant))
        if data.get("option"):
            where = (*where, str(data["option"]), str(data["value"]))
        return Problem(context["code"], data, nearest_place(locate, where), where)
    if detail["type"] == "literal_error":
        choices = filter(None, re.findall(r"'([^']*)'", detail["ctx"]["expected"]))
        return Problem("unknown_value", guess(str(detail.get("input")), choices), nearest_place(locate, where), where)
    if detail["type"] in SHAPES:
        return Problem(SHAPES[detail["type"]], {}, nearest_place(locate, where), where)
    reason = str(detail.get("ctx", {}).get("error", detail["msg"]))
    return Problem(
        "invalid_value", {"value": detail.get("input"), "reason": reason}, nearest_place(locate, where), where
    )
