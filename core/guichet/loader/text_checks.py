"""Texts that schemes write: each is used, each event has one, and each quotes only what is known there."""

from __future__ import annotations

from collections.abc import Iterator

from guichet.errors import Position, Problem, guess
from guichet.loader.checked import Checked, Path
from guichet.loader.declaration import find, place
from guichet.loader.reader import Node, Scalar
from guichet.model.letters import LetterEvent
from guichet.model.template_text import placeholders
from guichet.model.text_names import LETTER_NAMES, NOT_YET_KNOWN, NOTICE_NAMES
from guichet.model.workflow import Choice

_LETTER_OF: dict[Choice, LetterEvent] = {
    "grant": "granted",
    "grant_in_part": "granted_in_part",
    "refuse": "refused",
    "drop": "dropped",
    "declare_inadmissible": "inadmissible",
}


def check_texts(checked: Checked) -> Iterator[Problem]:
    """Every mistake and warning about letters, notices, texts, reasons."""
    yield from _letters(checked)
    yield from _unused(checked)
    yield from _events(checked)
    yield from _reasons(checked)


def _letters(checked: Checked) -> Iterator[Problem]:
    scheme = checked.scheme
    for kind, group, names in (("letters", scheme.letters, LETTER_NAMES), ("notices", scheme.notices, NOTICE_NAMES)):
        for event, template in group.items():
            path = (kind, event)
            yield from _quoted(checked, event, (*path, "subject"), template.subject, names)
            for where, text in template.texts.items():
                if text in scheme.texts:
                    yield from _quoted(checked, event, ("texts", text), scheme.texts[text], names)
                else:
                    yield checked.unknown("unknown_text", (*path, *where), text, list(scheme.texts))
    for event, letter in scheme.letters.items():
        yield from _names_in(checked, ("letters", event, "joint"), letter.joint, LETTER_NAMES)
    yield from _names_in(checked, ("legal", "appeal", "text"), scheme.legal.appeal.text, NOTICE_NAMES)
    if scheme.payment is not None:
        yield from _names_in(checked, ("payment", "label"), scheme.payment.label, NOTICE_NAMES)


def _unused(checked: Checked) -> Iterator[Problem]:
    scheme = checked.scheme
    templates = (*scheme.letters.values(), *scheme.notices.values())
    used = {text for template in templates for text in template.texts.values()}
    for name in scheme.texts:
        if name not in used and not checked.is_shared(("texts", name)):
            yield checked.problem("unused_text", ("texts", name), severity="warning", value=name)


def _events(checked: Checked) -> Iterator[Problem]:
    """Every decision that a stage may take has its letter."""
    scheme = checked.scheme
    choices = [
        choice for stage in scheme.workflow.stages.values() if stage.act == "decision" for choice in stage.choices
    ]
    missing = [event for choice, event in _LETTER_OF.items() if choice in choices and event not in scheme.letters]
    if scheme.workflow.transfer.act == "required" and "transferred" not in scheme.letters:
        missing.append("transferred")
    if missing:
        path = ("letters",) if scheme.letters else ("workflow",)
        yield checked.problem("decision_without_letter", path, severity="warning", events=missing)


def _reasons(checked: Checked) -> Iterator[Problem]:
    """The reasons given to applicants name fields, definitions, parameters, list columns."""
    scheme = checked.scheme
    common = {*checked.fields, *scheme.parameters}
    common |= {f"{name}.{column}" for name, listed in scheme.lists.items() for column in (*listed.columns, "date")}
    for day, version in scheme.rules.items():
        known = common | set(version.names)
        for group, conditions in (("gates", version.gates), ("criteria", version.criteria)):
            for name, condition in conditions.items():
                path = ("rules", day.isoformat(), group, name, "otherwise")
                if not condition.otherwise and not (group == "criteria" and scheme.legal.as_of_right):
                    yield checked.problem("criterion_without_reason", path[:-1], severity="warning", value=name)
                judged = getattr(condition, "checked_by", None) is not None
                yield from _names_in(checked, path, condition.otherwise, known | {"reason"} if judged else known)


def _quoted(checked: Checked, event: str, path: Path, text: str, names: frozenset[str]) -> Iterator[Problem]:
    """The names a text quotes that do not exist, and those without a value at its event."""
    yield from _names_in(checked, path, text, names)
    yield from _too_soon(checked, event, path, text)


def _names_in(checked: Checked, path: Path, text: str, known: set[str] | frozenset[str]) -> Iterator[Problem]:
    for name, offset in placeholders(text):
        if name not in known:
            data = guess(name, sorted(known))
            yield Problem("unknown_placeholder", data, _in_text(checked.node, path, offset, len(name)), path)


def _too_soon(checked: Checked, event: str, path: Path, text: str) -> Iterator[Problem]:
    """Names that have no value when the event is told."""
    for name, offset in placeholders(text):
        if name in NOT_YET_KNOWN.get(event, ()):
            where = _in_text(checked.node, path, offset, len(name))
            yield Problem("name_without_value", {"value": name, "event": event}, where, path)


def _in_text(node: Node, path: Path, offset: int, length: int) -> Position:
    found = find(node, path)
    return found.locate(offset, length) if isinstance(found, Scalar) else place(node, path)
