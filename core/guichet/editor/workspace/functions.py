"""The functions of expressions, as an editor shows them: how each is called, what it gives."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping

from guichet.errors import Language
from guichet.language.types import render_type
from guichet.language.words import FUNCTIONS, Words, function_of, word_for
from guichet.locale import Text
from guichet.plugin import Plugins

__all__ = ["function_names", "function_note"]

_BUILT_IN: Mapping[str, tuple[Text, Text]] = {
    "min": (Text(fr="(a, b, …)", en="(a, b, …)"), Text(fr="La plus petite valeur.", en="The least value.")),
    "max": (Text(fr="(a, b, …)", en="(a, b, …)"), Text(fr="La plus grande valeur.", en="The greatest value.")),
    "abs": (Text(fr="(a)", en="(a)"), Text(fr="La valeur sans son signe.", en="The value without its sign.")),
    "sum": (
        Text(fr="(lignes.colonne)", en="(rows.column)"),
        Text(fr="La somme d'une colonne.", en="The sum of a column."),
    ),
    "count": (Text(fr="(lignes)", en="(rows)"), Text(fr="Le nombre de lignes.", en="How many rows.")),
    "round": (
        Text(fr="(a {to} 1 €)", en="(a {to} 1 €)"),
        Text(fr="Arrondi au plus proche ; la moitié s'éloigne de zéro.", en="The nearest; a half goes away from zero."),
    ),
    "floor": (Text(fr="(a {to} 1 €)", en="(a {to} 1 €)"), Text(fr="Arrondi vers le bas.", en="Rounded down.")),
    "ceiling": (Text(fr="(a {to} 1 €)", en="(a {to} 1 €)"), Text(fr="Arrondi vers le haut.", en="Rounded up.")),
    "years_between": (
        Text(fr="(début, fin)", en="(start, end)"),
        Text(fr="Années révolues entre deux jours.", en="Whole years between two days."),
    ),
    "months_between": (
        Text(fr="(début, fin)", en="(start, end)"),
        Text(fr="Mois révolus entre deux jours.", en="Whole months between two days."),
    ),
    "days_between": (
        Text(fr="(début, fin)", en="(start, end)"),
        Text(fr="Jours entre deux jours.", en="Days between two days."),
    ),
    "per_month": (
        Text(fr="(somme par an)", en="(amount per year)"),
        Text(fr="Son douzième, au centime le plus proche.", en="Its twelfth, to the nearest cent."),
    ),
    "per_year": (
        Text(fr="(somme par mois)", en="(amount per month)"),
        Text(fr="Douze fois la somme.", en="Twelve times the amount."),
    ),
    "starts_with": (
        Text(fr='(texte, "début")', en='(text, "start")'),
        Text(fr="Si un texte commence ainsi.", en="Whether a text begins so."),
    ),
    "lookup": (
        Text(fr="(liste, clé, colonne)", en="(list, key, column)"),
        Text(fr="La valeur d'une colonne d'une liste de référence.", en="The value of a column of a reference list."),
    ),
}


def function_names(plugins: Plugins, words: Words) -> Iterator[str]:
    """The names of the functions in the words of a file: the language's own, then those of plugins."""
    yield from (word_for(name, words) for name in FUNCTIONS)
    yield from (one.words.get(words, one.name) for _, one in sorted(plugins.rule_functions.items()))


def function_note(name: str, plugins: Plugins, language: Language) -> str:
    """How a function is called, and what it gives; empty when nothing bears that name."""
    known = function_of(name, "fr") or function_of(name, "en")
    if known is not None:
        call, note = _BUILT_IN[known]
        shown = call.form(language, None).format(to=word_for("to", "en" if name == known else "fr"))
        return f"**{name}{shown}**\n\n{note.form(language, None)}".strip()
    for one in plugins.rule_functions.values():
        if name in (one.name, *one.words.values()):
            takes = ", ".join(render_type(kind, language) for kind in one.parameters)
            doc = (inspect.getdoc(one.call) or "").split("\n\n", maxsplit=1)[0]
            return f"**{name}({takes})** → {render_type(one.returns, language)}\n\n{doc}".strip()
    return ""
