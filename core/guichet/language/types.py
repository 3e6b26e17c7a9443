"""The types of the rule language, and how messages name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from guichet.errors import Language

Kind = Literal[
    "boolean",
    "integer",
    "decimal",
    "money",
    "rate",
    "date",
    "days",
    "months",
    "text",
    "choice",
    "list",
    "rows",
    "row",
    "unrounded_money",
    "unrounded_number",
    "mistaken",
]
Period = Literal["", "month", "year"]


@dataclass(frozen=True, slots=True)
class Type:
    """What an expression gives: a kind, and what the kind needs (scale, choices, item, columns).

    An amount `per` month or per year never mixes with another: a function brings one to the other.
    """

    kind: Kind
    scale: int = 0
    values: tuple[str, ...] = ()
    item: Type | None = None
    columns: tuple[tuple[str, Type], ...] = ()
    per: Period = ""
    declared: tuple[int | None, int | None] = field(default=(None, None), compare=False)
    """Of a column, the least and the greatest value that its form takes, in run-time units."""

    @property
    def over(self) -> int:
        """What a run-time integer of this type is divided by to be a plain number (money counts in cents).

        >>> decimal(2).over, rate(1).over, MONEY.over
        (100, 1000, 1)
        """
        match self.kind:
            case "decimal":
                return 10**self.scale
            case "rate":
                return 10 ** (self.scale + 2)
            case _:
                return 1

    def column(self, name: str) -> Type | None:
        """The type of one column of rows, None when there is no such column."""
        return dict(self.columns).get(name)


BOOLEAN: Final = Type("boolean")
INTEGER: Final = Type("integer")
MONEY: Final = Type("money")
MONEY_PER_MONTH: Final = Type("money", per="month")
MONEY_PER_YEAR: Final = Type("money", per="year")
DATE: Final = Type("date")
TEXT: Final = Type("text")
DAYS: Final = Type("days")
MONTHS: Final = Type("months")
UNROUNDED_MONEY: Final = Type("unrounded_money")
UNROUNDED_NUMBER: Final = Type("unrounded_number")
MISTAKEN: Final = Type("mistaken")  # of an expression already reported: nothing more is said about it

NUMBERS: Final = frozenset({"integer", "decimal"})
MONEYS: Final = frozenset({"money", "unrounded_money"})
DURATIONS: Final = frozenset({"days", "months"})
UNROUNDED: Final = frozenset({"unrounded_money", "unrounded_number"})
NUMERIC: Final = NUMBERS | UNROUNDED | DURATIONS | {"money", "rate"}
ORDERED: Final = NUMERIC | {"date"}


def decimal(scale: int) -> Type:
    """An exact number with so many decimals; at run time an integer scaled by 10**scale."""
    return Type("decimal", scale=scale)


def rate(scale: int) -> Type:
    """A percentage with so many decimals: 37.5 % is `rate(1)` and 375 at run time."""
    return Type("rate", scale=scale)


def choice(values: Iterable[str]) -> Type:
    """One of a closed list of codes."""
    return Type("choice", values=tuple(values))


def list_of(item: Type) -> Type:
    """Several values of one type, such as a multiple choice."""
    return Type("list", item=item)


def rows(columns: Mapping[str, Type]) -> Type:
    """Repeated rows with named columns."""
    return Type("rows", columns=tuple(columns.items()))


def row_of(table: Type) -> Type:
    """One row of repeated rows."""
    return Type("row", columns=table.columns)


def common_type(left: Type, right: Type) -> Type | None:
    """The type that holds both without loss, None when they are of different kinds."""
    if left == right:
        return left
    kinds = {left.kind, right.kind}
    if kinds <= NUMBERS:
        return decimal(max(left.scale, right.scale))
    if kinds == {"rate"}:
        return rate(max(left.scale, right.scale))
    if kinds <= MONEYS:
        return replace(UNROUNDED_MONEY, per=left.per) if left.per == right.per else None
    if kinds <= NUMBERS | {"unrounded_number"}:
        return UNROUNDED_NUMBER
    return None


_NAMES: Final[dict[str, dict[Language, str]]] = {
    "boolean": {"fr": "une condition", "en": "a condition"},
    "integer": {"fr": "un nombre entier", "en": "a whole number"},
    "decimal": {"fr": "un nombre décimal", "en": "a decimal number"},
    "money": {"fr": "un montant", "en": "an amount"},
    "rate": {"fr": "un taux", "en": "a rate"},
    "date": {"fr": "une date", "en": "a date"},
    "days": {"fr": "une durée en jours", "en": "a duration in days"},
    "months": {"fr": "une durée en mois", "en": "a duration in months"},
    "text": {"fr": "un texte", "en": "a text"},
    "choice": {"fr": "un choix", "en": "a choice"},
    "list": {"fr": "plusieurs valeurs", "en": "several values"},
    "rows": {"fr": "des lignes répétées", "en": "repeated rows"},
    "row": {"fr": "une ligne", "en": "a row"},
    "unrounded_money": {"fr": "un montant non arrondi", "en": "an amount not rounded yet"},
    "unrounded_number": {"fr": "un nombre non arrondi", "en": "a number not rounded yet"},
    "mistaken": {"fr": "une expression erronée", "en": "a mistaken expression"},
}


_PERIODS: Final[dict[str, dict[Language, str]]] = {
    "month": {"fr": " par mois", "en": " per month"},
    "year": {"fr": " par an", "en": " per year"},
}


def render_type(type_: Type, language: Language) -> str:
    """The type as a message names it.

    >>> render_type(choice(["refuse", "accepte"]), "fr")
    'un choix (refuse, accepte)'
    """
    name = _NAMES[type_.kind][language] + (_PERIODS[type_.per][language] if type_.per else "")
    match type_.kind:
        case "choice":
            return f"{name} ({', '.join(type_.values)})"
        case "list" if type_.item is not None:
            return f"{name} ({render_type(type_.item, language)})"
        case "rows" | "row":
            return f"{name} ({', '.join(column for column, _ in type_.columns)})"
        case _:
            return name
