"""The columns of the work table: the core's own, then those the scheme declares; each cell as text and as a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.delays import expected_by
from guichet.engine.wording import Names
from guichet.language import Type
from guichet.locale import Language, Texts, format_date, format_money
from guichet.model.records import Dossier, Opinion
from guichet.model.workflow import Workflow
from guichet.plugin.contracts import Cell
from guichet.plugin.contracts.exports import ColumnKind
from guichet.services.answers import shown
from guichet.services.cases import UseCases

__all__ = ["Column", "Row", "Shown", "columns_of_table", "declared_columns", "label_of", "standing_text"]

_KINDS: Mapping[str, ColumnKind] = {
    "money": "money",
    "integer": "integer",
    "decimal": "decimal",
    "rate": "decimal",
    "date": "date",
    "boolean": "boolean",
}
_OUTCOMES = {"eligible": "success", "not_eligible": "danger", "undetermined": "neutral"}
_ENDS = {"granted": "success", "granted_in_part": "success", "refused": "danger", "inadmissible": "danger"}


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier with its standing opinions, today in its territory, and how many others share its SIREN or account."""

    dossier: Dossier
    opinions: Sequence[Opinion]
    today: date
    others: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: what the screen says, what an export holds, and the tone of a mark (`success`, `danger`…)."""

    text: str
    value: Cell
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: title, kind, how the store sorts by it (empty: it cannot), and how a row fills it."""

    id: str
    title: str
    kind: ColumnKind
    sort: str
    cell: Callable[[Row], Shown]

    @property
    def is_figure(self) -> bool:
        """Whether its cells are figures, aligned at their end."""
        return self.kind in ("money", "integer", "decimal")


_NOTHING = Shown("", None)


def columns_of_table(
    cases: UseCases, compiled: CompiledScheme, *, decided: bool, several: bool = True, language: Language = "fr"
) -> tuple[Column, ...]:
    """The columns of a scheme's work table in a territory.

    Args:
        decided: Whether decided dossiers may be among the rows: only then is there something granted to show.
        several: Whether rows may stand at several points: only then is the stage worth a column.
    """
    say = Texts(language)
    granted = _amount_column("granted", say, "granted_cents", lambda dossier: dossier.granted_cents)
    said = (
        Column("opinion", say("instruction.column_opinion"), "text", "", lambda row: _opinion(row.opinions, say)),
        Column("others", say("instruction.column_others"), "text", "", lambda row: _others(row.others, say)),
    )
    own = (column for column in _own_columns(cases, compiled, say) if several or column.id != "stage")
    return (*own, *((granted,) if decided else ()), *said, *declared_columns(compiled, language))


def _own_columns(cases: UseCases, compiled: CompiledScheme, say: Texts) -> tuple[Column, ...]:
    """What a dossier says of itself, whatever its scheme."""
    workflow = compiled.scheme.workflow

    def day(instant: datetime | None) -> Shown:
        if instant is None:
            return _NOTHING
        on = cases.day_of(instant, compiled.territory)
        return Shown(format_date(on), on)

    def column(name: str, kind: ColumnKind, sort: str, cell: Callable[[Row], Shown]) -> Column:
        return Column(name, say(f"instruction.column_{name}"), kind, sort, cell)

    return (
        column("reference", "text", "reference", lambda row: _text(row.dossier.reference)),
        column("title", "text", "title", lambda row: _text(row.dossier.title)),
        column("filed_on", "date", "filed_at", lambda row: day(row.dossier.filed_at)),
        column("stage", "text", "stage", lambda row: _standing(workflow, row.dossier, say)),
        column("since", "date", "stage_at", lambda row: day(row.dossier.stage_at)),
        column("delay", "text", "", lambda row: _delay(cases, workflow, row, say)),
        column("outcome", "text", "outcome", lambda row: _outcome(row.dossier, say)),
        _amount_column("amount", say, "amount", _computed),
    )


def _amount_column(name: str, say: Texts, sort: str, cents: Callable[[Dossier], int | None]) -> Column:
    title = say(f"instruction.column_{name}")
    return Column(name, title, "money", sort, lambda row: _money(cents(row.dossier), say.language))


def declared_columns(compiled: CompiledScheme, language: Language = "fr") -> tuple[Column, ...]:
    """The columns that the scheme itself declares."""
    return tuple(_declared(compiled, name, language) for name in compiled.scheme.workflow.columns)


def label_of(compiled: CompiledScheme, name: str) -> str:
    """What people call a field, a definition or an indicator; a definition without words keeps its name."""
    field = compiled.fields.get(name)
    if field is not None:
        return field.declaration.label
    for version in reversed(compiled.versions):
        indicator = version.rules.indicators.get(name)
        if indicator is not None:
            return indicator.label
    return name.replace("_", " ").capitalize()


def standing_text(workflow: Workflow, dossier: Dossier, say: Texts) -> str:
    """Where a dossier stands, in a few words."""
    return _standing(workflow, dossier, say).text


def _text(text: str) -> Shown:
    return Shown(text, text)


def _money(cents: int | None, language: Language) -> Shown:
    return _NOTHING if cents is None else Shown(format_money(cents, language), cents)


def _computed(dossier: Dossier) -> int | None:
    """What the rules give, or would give once what is awaited is answered yes."""
    return dossier.computed_cents if dossier.computed_cents is not None else dossier.provisional_cents


def _marked(text: str, tone: str) -> Shown:
    return Shown(text, text, tone)


def _standing(workflow: Workflow, dossier: Dossier, say: Texts) -> Shown:
    if dossier.phase in ("decided", "closed"):
        end = dossier.end or "closed"
        return _marked(say(f"instruction.end_{end}"), _ENDS.get(end, "neutral"))
    if dossier.to_complete:
        return _marked(say("instruction.to_complete"), "warning")
    if dossier.waiting_for_funds:
        return _marked(say("instruction.waiting_for_funds"), "warning")
    if dossier.phase == "filed":
        return _marked(say("instruction.pre_instruction"), "neutral")
    stage = workflow.stages.get(dossier.stage or "")
    return _marked(stage.label if stage is not None and stage.label else dossier.stage or "", "info")


def _delay(cases: UseCases, workflow: Workflow, row: Row, say: Texts) -> Shown:
    dossier = row.dossier
    stage = workflow.stages.get(dossier.stage or "") if dossier.phase == "instruction" else None
    if stage is None or dossier.stage_at is None or dossier.to_complete:
        return _NOTHING
    due = expected_by(cases.day_of(dossier.stage_at, dossier.territory), stage.expected)
    if due is None:
        return _NOTHING
    left = (due - row.today).days
    if left < 0:
        return _marked(say("instruction.late_by", count=-left), "danger")
    return Shown(text := say("instruction.due_in", count=left) if left else say("instruction.due_today"), text)


def _outcome(dossier: Dossier, say: Texts) -> Shown:
    if dossier.outcome is None:
        return _NOTHING
    if dossier.outcome == "undetermined" and dossier.provisional_cents is not None:
        return _marked(say("instruction.outcome_provisional"), "info")
    return _marked(say(f"instruction.outcome_{dossier.outcome}"), _OUTCOMES[dossier.outcome])


def _opinion(opinions: Sequence[Opinion], say: Texts) -> Shown:
    if not opinions:
        return _NOTHING
    last = opinions[-1]
    word = "favourable" if last.favourable else "unfavourable"
    return _marked(say(f"instruction.opinion_{word}"), "success" if last.favourable else "danger")


def _others(others: Mapping[str, int], say: Texts) -> Shown:
    said = [say(f"instruction.{kind}", count=count) for kind, count in others.items() if count]
    return _marked(" · ".join(said), "warning") if said else _NOTHING


def _declared(compiled: CompiledScheme, name: str, language: Language) -> Column:
    field = compiled.fields.get(name)
    kind = field.type.rule_type(field.options) if field is not None else _type_of(compiled, name)
    column_kind = _KINDS.get(kind.kind, "text") if kind is not None else "text"
    names = Names(compiled, language)

    def cell(row: Row) -> Shown:
        stored: Any = row.dossier.columns.get(name)
        if stored is None:
            return _NOTHING
        value: Any = field.type.load(stored, field.options) if field is not None else _loaded(stored, kind)
        text = shown(field, value, language) if field is not None else names.value(value, kind)
        if isinstance(value, date):
            return Shown(format_date(value), value)
        if isinstance(value, bool):
            return Shown(Texts(language)("form.yes" if value else "form.no"), value)
        if kind is not None and kind.kind in ("decimal", "rate") and isinstance(value, int):
            return Shown(text, Decimal(value).scaleb(-kind.scale))
        return Shown(text, value if column_kind != "text" else text)

    return Column(name, label_of(compiled, name), column_kind, f"columns.{name}", cell)


def _type_of(compiled: CompiledScheme, name: str) -> Type | None:
    for version in reversed(compiled.versions):
        found = version.program.indicator_types.get(name) or version.program.definition_types.get(name)
        if found is not None:
            return found
    return None


def _loaded(stored: object, kind: Type | None) -> object:
    """A value as rules know it: what is kept says days as text, several values as a list."""
    if kind is not None and kind.kind == "date" and isinstance(stored, str):
        return date.fromisoformat(stored)
    return tuple(cast("list[object]", stored)) if isinstance(stored, list) else stored
