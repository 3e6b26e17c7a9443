"""What only the whole scheme can tell: names that must exist elsewhere, texts that name what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from guichet.errors import Position, Problem, guess, nearest
from guichet.loader.declaration import find, place
from guichet.loader.reader import Node, Scalar
from guichet.model.scheme import Scheme
from guichet.model.template_text import placeholders
from guichet.model.territories import Territories
from guichet.model.text_names import LETTER_NAMES, NOTICE_NAMES

Path = tuple[str, ...]
_KINDS = ("regions", "departements")


@dataclass(frozen=True, slots=True)
class _Checked:
    """One scheme under check, with what gives the place of any part of it."""

    scheme: Scheme
    node: Node
    territories: Territories

    @property
    def fields(self) -> list[str]:
        return list(self.scheme.fields())

    def problem(self, code: str, path: Path, *, severity: str = "error", **data: object) -> Problem:
        level = "warning" if severity == "warning" else "error"
        return Problem(code, data, place(self.node, path), path, level)

    def unknown(self, code: str, path: Path, value: str, choices: list[str]) -> Problem:
        return Problem(code, guess(value, choices), place(self.node, path), path)


def cross_check(scheme: Scheme, node: Node, territories: Territories) -> list[Problem]:
    """Every mistake and warning that reading and compiling could not see, in no particular order."""
    checked = _Checked(scheme, node, territories)
    checks: tuple[Callable[[_Checked], Iterator[Problem]], ...] = (
        _territories,
        _bodies_and_stages,
        _judgements,
        _payment,
        _grants,
        _lists,
        _letters,
        _reasons,
        _versions,
        _columns,
        _law,
    )
    return [problem for check in checks for problem in check(checked)]


def _territories(checked: _Checked) -> Iterator[Problem]:
    for index, name in enumerate(checked.scheme.territories):
        path = ("territories", str(index))
        problem = checked.territories.problem(name, place(checked.node, path), path)
        if name in _KINDS or problem is None:
            continue
        kind = nearest(name, _KINDS)
        yield replace(problem, data={**problem.data, "nearest": kind}) if kind else problem


def _bodies_and_stages(checked: _Checked) -> Iterator[Problem]:
    workflow = checked.scheme.workflow
    bodies, stages = list(workflow.bodies), list(workflow.stages)
    for name, stage in workflow.stages.items():
        path = ("workflow", "stages", name)
        if stage.body not in bodies:
            yield checked.unknown("unknown_body", (*path, "body"), stage.body, bodies)
        for key in ("needs", "not_by_author_of"):
            other = getattr(stage, key)
            if other is not None and (other not in stages or other == name):
                yield checked.unknown("unknown_stage", (*path, key), other, [s for s in stages if s != name])
        if stage.act == "decision" and stage.issued_by is None:
            yield checked.problem("decision_without_issuer", path, stage=name)
    if not any(stage.act == "decision" for stage in workflow.stages.values()):
        yield checked.problem("no_decision_stage", ("workflow", "stages"))


def _judgements(checked: _Checked) -> Iterator[Problem]:
    bodies = list(checked.scheme.workflow.bodies)
    for day, version in checked.scheme.rules.items():
        for name, criterion in version.criteria.items():
            path = ("rules", day.isoformat(), "criteria", name, "checked_by")
            if criterion.checked_by is not None and criterion.checked_by not in bodies:
                yield checked.unknown("unknown_body", path, criterion.checked_by, bodies)


def _payment(checked: _Checked) -> Iterator[Problem]:
    payment = checked.scheme.payment
    if payment is None:
        return
    fields = checked.fields
    for key in ("name", "iban", "bic"):
        field = getattr(payment.payee, key)
        if field is not None and field not in fields:
            yield checked.unknown("unknown_field", ("payment", "payee", key), field, fields)


def _grants(checked: _Checked) -> Iterator[Problem]:
    grants = checked.scheme.grants
    if grants is None:
        return
    choices = [*checked.fields, "siren"]
    if grants.one_per not in choices:
        yield checked.unknown("unknown_field", ("grants", "one_per"), grants.one_per, choices)
    needs_siret = grants.one_per == "siren" and "siren" not in checked.fields
    if needs_siret and all(field.type != "siret" for field in checked.scheme.fields().values()):
        yield checked.problem("siren_without_siret", ("grants", "one_per"))


def _lists(checked: _Checked) -> Iterator[Problem]:
    for name, declared in checked.scheme.lists.items():
        for column in declared.proof:
            if column not in declared.columns:
                path = ("lists", name, "proof", column)
                yield checked.unknown("unknown_column", path, column, list(declared.columns))
        if declared.confidential and not declared.proof:
            yield checked.problem("confidential_without_proof", ("lists", name), list=name)


def _letters(checked: _Checked) -> Iterator[Problem]:
    scheme = checked.scheme
    for kind, group, names in (("letters", scheme.letters, LETTER_NAMES), ("notices", scheme.notices, NOTICE_NAMES)):
        for event, template in group.items():
            path = (kind, event)
            if template.text not in scheme.texts:
                yield checked.unknown("unknown_text", (*path, "text"), template.text, list(scheme.texts))
                continue
            yield from _names_in(checked, (*path, "subject"), template.subject, names)
            yield from _names_in(checked, ("texts", template.text), scheme.texts[template.text], names)


def _reasons(checked: _Checked) -> Iterator[Problem]:
    """The reasons given to applicants name fields, definitions, parameters, list columns."""
    scheme = checked.scheme
    common = {*checked.fields, *scheme.parameters, "reason"}
    common |= {f"{name}.{column}" for name, listed in scheme.lists.items() for column in (*listed.columns, "date")}
    for day, version in scheme.rules.items():
        known = common | set(version.define)
        for group, conditions in (("gates", version.gates), ("criteria", version.criteria)):
            for name, condition in conditions.items():
                path = ("rules", day.isoformat(), group, name, "otherwise")
                yield from _names_in(checked, path, condition.otherwise, known)


def _names_in(checked: _Checked, path: Path, text: str, known: set[str] | frozenset[str]) -> Iterator[Problem]:
    for name, offset in placeholders(text):
        if name not in known:
            data = guess(name, sorted(known))
            yield Problem("unknown_placeholder", data, _in_text(checked.node, path, offset, len(name)), path)


def _in_text(node: Node, path: Path, offset: int, length: int) -> Position:
    found = find(node, path)
    return found.locate(offset, length) if isinstance(found, Scalar) else place(node, path)


def _versions(checked: _Checked) -> Iterator[Problem]:
    """From the opening on, a version is in force each day on which dossiers are judged."""
    scheme = checked.scheme
    first = min(scheme.rules)
    if first > scheme.calendar.opens.date():
        path = ("rules", first.isoformat())
        yield checked.problem("no_version_at_opening", path, day=first, opens=scheme.calendar.opens.date())
    if scheme.calendar.closes < scheme.calendar.opens.date():
        yield checked.problem("closes_before_opening", ("calendar", "closes"))
    after = [day for day in scheme.rules if day > scheme.calendar.closes + timedelta(days=1)]
    if after and scheme.legal.judged_on == "filing":
        path = ("rules", after[0].isoformat())
        yield checked.problem("version_never_used", path, severity="warning", day=after[0])
    fields = checked.fields
    judged_on = scheme.legal.judged_on
    if judged_on not in ("filing", "decision") and judged_on not in fields:
        choices = ["decision", "filing", *fields]
        yield checked.unknown("unknown_field", ("legal", "judged_on"), judged_on, choices)


def _columns(checked: _Checked) -> Iterator[Problem]:
    scheme = checked.scheme
    known = checked.fields
    for version in scheme.rules.values():
        known += [*version.define, *version.indicators]
    for index, column in enumerate(scheme.workflow.columns):
        if column not in known:
            yield checked.unknown("unknown_field", ("workflow", "columns", str(index)), column, sorted(set(known)))
    if scheme.title_from is not None and scheme.title_from not in checked.fields:
        yield checked.unknown("unknown_field", ("title_from",), scheme.title_from, checked.fields)


def _law(checked: _Checked) -> Iterator[Problem]:
    """The metadata whose absence would make a decision void or an opening illegal."""
    legal = checked.scheme.legal
    if legal.as_of_right and checked.scheme.envelope and checked.scheme.envelope.when_spent == "wait":
        yield checked.problem("aid_of_right_cannot_wait", ("envelope",))
    if not legal.algorithm:
        yield checked.problem("algorithm_mention_missing", ("legal",), severity="warning")
