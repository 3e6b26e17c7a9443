"""From what the table or a page of an act posted to the dossiers it is about."""

from __future__ import annotations

import re
from unicodedata import category
from urllib.parse import parse_qs

from litestar import Request

from guichet.services.selections import Chosen, Selection, pack, read_selection, unpack
from guichet.services.work_columns import Row, declared_columns
from guichet.services.work_tables import TableQuery, select_all
from guichet.web.instruction.addresses import address_of, read_query
from guichet.web.instruction.frame import agent_id
from guichet.web.pages import language_of
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["chosen_dossiers", "figures_of", "packed", "query_posted", "revision_seen", "table_url", "typed_text"]

_LONGEST = 4000
_REVISION = re.compile(r"[0-9]{1,18}")


def query_posted(request: Request, scheme: str, territory: str) -> TableQuery:
    """The query of the table that a page came from."""
    visit = visit_of(request)
    query = read_query(scheme, territory, parse_qs(visit.form.get("filtre"), keep_blank_values=False))
    visit.practice = visit.practice or query.practice
    return query


def table_url(request: Request, scheme: str, territory: str) -> str:
    """The address of the table that a page came from."""
    return address_of(query_posted(request, scheme, territory))


def chosen_dossiers(request: Request, scheme: str, territory: str) -> Selection:
    """The dossiers posted: ticked one by one, all that a filter shows but the unticked, or packed by the page before.

    Raises:
        NotFound: The agent reads nothing here.
    """
    cases, form, who = cases_of(request), visit_of(request).form, agent_id(request)
    if form.get("choix"):
        pairs = unpack(form.get("choix"))
    else:
        pairs = unpack(" ".join(form.all("dossier")))
        if form.get("tout") == "1":
            ticked = dict(pairs)
            left = {name for name, _ in unpack(form.get("vus")) if name not in ticked}
            everything = select_all(cases, who, query_posted(request, scheme, territory))
            pairs = [(name, revision) for name, revision in everything if name not in left]
    return read_selection(cases, who, scheme, territory, pairs)


def revision_seen(request: Request) -> int | None:
    """The revision of its dossier that a posted page showed; None where it says none."""
    posted = visit_of(request).form.get("revision")
    return int(posted) if _REVISION.fullmatch(posted) else None


def packed(selection: Selection) -> str:
    """A selection as one hidden field, at the revisions seen."""
    return pack((one.dossier.reference, one.revision) for one in selection.chosen)


def figures_of(request: Request, one: Chosen) -> list[dict[str, str]]:
    """What the scheme's own columns say of a dossier, in short."""
    language = language_of(request)
    row = Row(one.dossier, one.opinions, cases_of(request).today(one.dossier.territory))
    shown = ((column.title, column.cell(row).text) for column in declared_columns(one.compiled, language))
    return [{"label": label, "value": text} for label, text in shown if text]


def typed_text(text: str) -> str:
    """A reason as it can be printed: without the characters that no keyboard types, of a bounded length.

    >>> typed_text(" Sans\x07 suite.\r\nVu. ")
    'Sans suite.\nVu.'
    """
    kept = (one for one in text.replace("\r\n", "\n") if one in "\n\t" or category(one) not in ("Cc", "Cs"))
    return "".join(kept).strip()[:_LONGEST]
