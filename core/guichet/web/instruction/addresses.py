"""Addresses of the agents' pages, and what an address of the work table says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from guichet.model.records import End, Outcome, Phase
from guichet.services.work_tables import SIZES, TableQuery

__all__ = [
    "HOME",
    "SCREENS",
    "address_of",
    "dossier_address",
    "helpdesk_address",
    "parameters",
    "read_query",
    "screen_address",
    "table_address",
]

HOME = "/agents/"
SCREENS = "/agents/ecrans"
COLUMN = "col."
"""Before the name of a column of the scheme, in an address."""

_PHASES, _ENDS, _OUTCOMES = (frozenset(get_args(kind)) for kind in (Phase, End, Outcome))
_OPINIONS = frozenset({"favourable", "unfavourable", "none"})
_MARKS = {"a_completer": "to_complete", "credits": "waiting_for_funds"}
_FLAGS = {"retard": "late", "alertes": "flagged", "exercice": "practice"}


def table_address(territory: str, scheme: str, rest: str = "") -> str:
    """The address of a work table, or of a page under it."""
    return f"/agents/t/{territory}/{scheme}{f'/{rest}' if rest else ''}"


def dossier_address(reference: str, rest: str = "") -> str:
    """The address of a dossier, or of a page under it."""
    return f"/agents/dossiers/{reference}{f'/{rest}' if rest else ''}"


def screen_address(key: str, territory: str, scheme: str = "", reference: str = "") -> str:
    """The address of a page brought by a plugin: of a dossier, of a scheme, or of a territory."""
    if reference:
        return dossier_address(reference, f"ecrans/{key}")
    return f"{SCREENS}/t/{territory}/{f'{scheme}/' if scheme else ''}{key}"


def helpdesk_address(reference: str = "") -> str:
    """The address of the helpdesk, or of one dossier there."""
    return f"/agents/accueil/{reference}" if reference else "/agents/accueil"


def read_query(scheme: str, territory: str, given: Mapping[str, Any]) -> TableQuery:
    """What an address asks of the table; what makes no sense is left out.

    Args:
        given: parameter → its values (a list), or its only value.
    """
    values = {name: list(found) if isinstance(found, list | tuple) else [found] for name, found in given.items()}

    def one(name: str) -> str:
        return str(values.get(name, [""])[0]).strip()

    def several(name: str, known: frozenset[str] | None = None) -> tuple[Any, ...]:
        found = (str(value) for value in values.get(name, ()) if value)
        return tuple(dict.fromkeys(value for value in found if known is None or value in known))

    opinion: Any = one("avis") if one("avis") in _OPINIONS else None
    columns = {name.removeprefix(COLUMN): _value(one(name)) for name in values if name.startswith(COLUMN) and one(name)}
    size = one("par_page")
    page = one("page")[:9]
    return TableQuery(
        scheme=scheme,
        territory=territory,
        phases=several("phase", _PHASES - {"draft"}),
        stages=several("etape"),
        ends=several("issue", _ENDS),
        outcomes=several("resultat", _OUTCOMES),
        **{field: {"oui": True, "non": False}.get(one(name)) for name, field in _MARKS.items()},
        **{field: one(name) == "oui" for name, field in _FLAGS.items()},
        opinion=opinion,
        filed_from=_day(one("du")),
        filed_until=_day(one("au")),
        text=one("q")[:200],
        columns=columns,
        sort=one("tri")[:80] or "filed_on",
        page=min(int(page), 1_000_000) if page.isascii() and page.isdigit() and int(page) else 1,
        size=int(size) if size in {str(known) for known in SIZES} else 50,
    )


def parameters(query: TableQuery) -> list[tuple[str, str]]:
    """The parameters of an address that says the same; what is as usual is left out."""
    found: list[tuple[str, str]] = []
    for name, values in (
        ("phase", query.phases),
        ("etape", query.stages),
        ("issue", query.ends),
        ("resultat", query.outcomes),
    ):
        found += [(name, value) for value in values]
    marks = ((name, getattr(query, field)) for name, field in _MARKS.items())
    found += [(name, "oui" if value else "non") for name, value in marks if value is not None]
    found += [(name, "oui") for name, field in _FLAGS.items() if getattr(query, field)]
    found += [("avis", query.opinion)] if query.opinion else []
    found += [("du", query.filed_from.isoformat())] if query.filed_from else []
    found += [("au", query.filed_until.isoformat())] if query.filed_until else []
    found += [("q", query.text)] if query.text else []
    found += [(f"{COLUMN}{name}", _text(value)) for name, value in query.columns.items()]
    found += [("tri", query.sort)] if query.sort != "filed_on" else []
    found += [("page", str(query.page))] if query.page > 1 else []
    found += [("par_page", str(query.size))] if query.size != 50 else []
    return found


def address_of(query: TableQuery, more: Iterable[tuple[str, str]] = (), **changed: Any) -> str:
    """The address of the table for a query, some of it changed."""
    asked = replace(query, **changed) if changed else query
    pairs = [*parameters(asked), *more]
    return table_address(query.territory, query.scheme) + (f"?{urlencode(pairs)}" if pairs else "")


def _day(text: str) -> date | None:
    """A day as an address has it (2020-04-20) or as it is typed (20/04/2020)."""
    parts = text.split("/")
    iso = "-".join(reversed(parts)) if len(parts) == 3 else text
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _value(text: str) -> Any:
    return {"true": True, "false": False}.get(text, text)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
