"""The reference of the rule language: words, types, units, and each function with an example that is computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from guichet.catalogue.environment import FACTS, LIST_TYPES, PARAMETER_TYPES
from guichet.language import (
    DATE,
    MONEY,
    TEXT,
    Environment,
    Input,
    ListSignature,
    Source,
    Type,
    choice,
    compile_value,
    list_of,
    render_type,
    rows,
    write_value,
)
from guichet.language import words as vocabulary
from shipped_plugins import shipped_plugins

# What the examples below speak of, and what it is worth.
INPUTS = {
    "solde": Input(MONEY, "field"),
    "naissance": Input(DATE, "field"),
    "siret": Input(TEXT, "field"),
    "commune": Input(TEXT, "field"),
    "pret": Input(choice(["refuse", "accepte"]), "field"),
    "besoins": Input(list_of(choice(["loyer", "stock"])), "field"),
    "dettes": Input(rows({"montant": MONEY}), "field"),
    "vide": Input(MONEY, "field"),
}
VALUES: dict[str, Any] = {
    "solde": -275_050,
    "naissance": date(1990, 4, 18),
    "siret": "73282932000074",
    "commune": "74010",
    "pret": "refuse",
    "besoins": ("loyer", "stock"),
    "dettes": ({"montant": 10_000}, {"montant": 25_050}),
    "@registre": {"montant": 150_000},
}
SHOWN = (
    "`solde` −2 750,50 €; `naissance` 1990-04-18; `siret` 73282932000074; `commune` 74010; `pret` refuse;"
    " `besoins` loyer and stock; `dettes` two rows of `montant` 100 € and 250,50 €;"
    " `registre` a list whose row has `montant` 1 500 €; `vide` unanswered"
)

# function → its arguments, what it gives, an example
FUNCTIONS: dict[str, tuple[str, str, str]] = {
    "min": ("values, or a column", "the least", "min(abs(solde), 2 000 €)"),
    "max": ("values, or a column", "the greatest", "max(solde, 0 €)"),
    "abs": ("a number", "it without its sign", "abs(solde)"),
    "sum": ("numbers, or a column", "their total; 0 over no row", "somme(dettes.montant)"),
    "count": ("rows or several values", "how many there are", "nombre(besoins)"),
    "round": ("a number `à` a unit", "the nearest multiple; halves away from zero", "arrondi(solde * 10 % à 1 €)"),
    "floor": ("a number `à` a unit", "the multiple below", "arrondi_inf(solde / 3 à 0.01 €)"),
    "ceiling": ("a number `à` a unit", "the multiple above", "arrondi_sup(solde / 3 à 10 €)"),
    "years_between": ("two dates", "whole years, a number", "années_entre(naissance, 2020-04-17)"),
    "months_between": ("two dates", "whole months, a duration", "mois_entre(2020-01-31, 2020-04-17)"),
    "days_between": ("two dates", "days, a duration", "jours_entre(2020-03-01, 2020-04-17)"),
    "per_month": ("an amount per year", "what it is per month, to the nearest cent", "par_mois(1 000 €/an)"),
    "per_year": ("an amount per month", "what it is per year", "par_an(85.50 €/mois)"),
    "starts_with": ("two texts", "whether the first begins with the second", 'commence_par(commune, "74")'),
    "lookup": ("a list, a key, a column", "what the row found holds", "recherche(registre, siren(siret), montant)"),
}

# construction → an example; what it gives is computed
OPERATORS: tuple[tuple[str, str], ...] = (
    ("compare", "solde < 0 €"),
    ("compare a choice with one of its codes", "pret = refuse"),
    ("differ", "pret != accepte"),
    ("within bounds, both included", "solde entre -5 000 € et 0 €"),
    ("and; false as soon as one is false", "solde < 0 € et pret = refuse"),
    ("or; true as soon as one is true", "solde >= 0 € ou pret = refuse"),
    ("not", "non (pret = accepte)"),
    ("add, subtract", "solde - 100 €"),
    ("multiply, rounded before it is used", "arrondi(solde * 37.5 % à 0.01 €)"),
    ("divide", "arrondi(solde / 12 à 0.01 €)"),
    ("one or the other", "si solde < 0 € alors 2 000 € sinon 0 €"),
    ("one of several", "pret dans (refuse, accepte)"),
    ("among several answers", '"loyer" dans besoins'),
    ("in a reference list", "siren(siret) dans liste registre"),
    ("known or not", "vide est connu"),
    ("some row", "quelque dette dans dettes satisfait dette.montant > 200 €"),
    ("every row", "chaque dette dans dettes satisfait dette.montant > 200 €"),
    ("how many rows satisfy a condition", "nombre(dette dans dettes où dette.montant > 200 €)"),
    ("a total over the rows that satisfy one", "somme(d.montant pour d dans dettes où d.montant > 200 €)"),
    ("the greatest of a value of each row", "max(arrondi(d.montant * 10 % à 1 €) pour d dans dettes)"),
    ("a day and a duration", "naissance + 30 ans"),
    ("what is not known stays not known", "vide + 1 €"),
)


def rule_language() -> Iterator[str]:
    """Yields words, operators, functions, types and facts."""
    yield from _keywords()
    yield from ["## Operators", "", f"Computed with {SHOWN}. `?` is unknown.", ""]
    yield from ["| what | written | gives |", "| --- | --- | --- |"]
    yield from (f"| {what} | `{text}` | {worth(text)} |" for what, text in OPERATORS)
    yield from _functions()
    yield from _types()
    yield from ["", "## Facts", "", "Known to every rule, beside the fields, the parameters and the lists.", ""]
    yield from ["| fact | is |", "| --- | --- |"]
    yield from (f"| `{name}` | {render_type(kind, 'en')} |" for name, kind in FACTS.items())


def worth(text: str) -> str:
    """What an expression gives with the values above, as the language writes it."""
    found = compile_value(Source(text), an_environment())
    return f"`{write_value(found.evaluate(VALUES), found.type, 'fr')}`"


def an_environment() -> Environment:
    """The names the examples may use."""
    functions = tuple(shipped_plugins().rule_functions.values())
    return Environment("fr", INPUTS, {"registre": ListSignature({"montant": MONEY})}, functions)


def _keywords() -> Iterator[str]:
    yield from ["## Words", "", "| meaning | `language: fr` | `language: en` |", "| --- | --- | --- |"]
    for meaning, spelt in vocabulary.KEYWORDS.items():
        yield f"| {meaning} | {_each(spelt['fr'])} | {_each(spelt['en'])} |"
    yield ""


def _functions() -> Iterator[str]:
    yield from ["", "## Functions", "", "| in French | in English | takes | gives | for example |"]
    yield "| --- | --- | --- | --- | --- |"
    for name, spelt in vocabulary.FUNCTIONS.items():
        takes, gives, text = FUNCTIONS[name]
        yield f"| {_each(spelt['fr'])} | {_each(spelt['en'])} | {takes} | {gives} | `{text}` = {worth(text)} |"
    plugins = shipped_plugins()
    yield from ["", "From the shipped plugins:", "", "| in French | in English | takes | gives | plugin |"]
    yield "| --- | --- | --- | --- | --- |"
    for name, one in sorted(plugins.rule_functions.items()):
        takes = ", ".join(render_type(parameter, "en") for parameter in one.parameters)
        owner = plugins.owners["rule_functions", name]
        yield f"| `{one.words['fr']}` | `{one.words['en']}` | {takes} | {render_type(one.returns, 'en')} | `{owner}` |"


def _types() -> Iterator[str]:
    yield from ["", "## Types", "", "| declared as | in | rules see |", "| --- | --- | --- |"]
    for where, table in (("`parameters.‹id›.type`", PARAMETER_TYPES), ("`lists.‹id›.columns`", LIST_TYPES)):
        yield from (f"| `{name}` | {where} | {_precise(kind)} |" for name, kind in table.items())
    yield from ["", "What each field type gives to rules is in [field types](field-types.md).", ""]
    yield from ["Units that follow a whole number, in every file:", ""]
    units: dict[tuple[str, int], list[str]] = {}
    for word, unit in vocabulary.UNITS.items():
        units.setdefault(unit, []).append(f"`{word}`")
    for (kind, count), spelt in units.items():
        yield f"- {', '.join(spelt)}: {count if count > 1 else 'that many'} {kind}{' each' if count > 1 else ''}"


def _precise(kind: Type) -> str:
    decimals = f" ({kind.scale} decimals)" if kind.scale else ""
    return render_type(kind, "en") + decimals


def _each(spelt: tuple[str, ...]) -> str:
    return " ".join(f"`{word}`" for word in spelt)
