"""The work table: everything it shows is in its address; what is ticked is posted to the act chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from litestar import Request
from litestar.params import FromPath

from guichet.locale import Language, Texts, format_date, format_number, typeset_page
from guichet.plugin.contracts import Context
from guichet.services.exporting import exporters
from guichet.services.selections import pack
from guichet.services.work_columns import Column, Shown, label_of
from guichet.services.work_tables import SIZES, Table, TableQuery, read_table
from guichet.web.instruction.addresses import COLUMN, address_of, dossier_address, parameters, read_query, table_address
from guichet.web.instruction.frame import agent_id, agent_page
from guichet.web.instruction.tabs import tabs_of
from guichet.web.pages import Page, language_of, texts_of
from guichet.web.rendering import safe
from guichet.web.routing import get
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["HANDLERS", "PAGE_OF_ACT"]

PAGE_OF_ACT = {"opinion": "avis", "decision": "decision"}
_SELECTED = {"page", "tout"}


@get("/agents/t/{territory:str}/{scheme:str}", name="work_table")
def work_table(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Shows a page of the table."""
    cases, say, language = cases_of(request), texts_of(request), language_of(request)
    given = {name: request.query_params.getall(name) for name in request.query_params}
    query = read_query(scheme, territory, given)
    visit_of(request).practice = query.practice
    table = read_table(cases, agent_id(request), query, language)
    chosen = request.query_params.get("selection", "")
    selected = chosen if chosen in _SELECTED else ""
    return agent_page(
        request,
        "instruction/table.html",
        title=typeset_page(table.compiled.scheme.title),
        current="home",
        wide=True,
        heading=typeset_page(table.compiled.scheme.title),
        tabs=tabs_of(table, query, say),
        filters=_filters(table, query, say, cases.context(territory, language)),
        filtered=_is_filtered(query),
        clear_url=address_of(_unfiltered(query)),
        columns=[_head(column, query) for column in table.columns],
        rows=[_row(table.columns, row) for row in table.rows],
        caption=say("instruction.table_caption", count=table.total),
        selected=[f"{row.reference}.{row.revision}" for row in table.rows] if selected else [],
        everything=selected == "tout",
        total=table.total,
        total_text=say("instruction.table_total", count=table.total, number=format_number(table.total, 0, language)),
        count=_count(selected, table),
        links={name: address_of(query, [("selection", name)]) for name in ("page", "tout")}
        | {"rien": address_of(query)},
        shown=pack((row.reference, row.revision) for row in table.rows),
        filter_text=urlencode(parameters(query)),
        acts=_acts(table, query, say),
        pages=_pages(table, query),
        previous=address_of(query, page=table.page - 1) if table.page > 1 else "",
        next=address_of(query, page=table.page + 1) if table.page * query.size < table.total else "",
        range=_range(table, query, language),
        sizes=_sizes(query),
        exports=_exports(query, exporters(cases)),
        place=cases.territory(territory).name,
    )


def _sizes(query: TableQuery) -> list[dict[str, Any]]:
    """How many rows a page may hold."""
    return [
        {"label": str(size), "href": address_of(query, page=1, size=size), "current": size == query.size}
        for size in SIZES
    ]


def _exports(query: TableQuery, kinds: Iterable[str]) -> list[dict[str, str]]:
    """The files in which the rows found may be taken away."""
    given = urlencode(parameters(query))
    return [
        {"label": kind.upper(), "href": f"{table_address(query.territory, query.scheme, f'export/{kind}')}?{given}"}
        for kind in kinds
    ]


def _head(column: Column, query: TableQuery) -> dict[str, str]:
    name = query.sort.removeprefix("-")
    way = ("descending" if query.sort.startswith("-") else "ascending") if name == column.id and column.sort else ""
    other = f"-{column.id}" if way == "ascending" else column.id
    href = address_of(query, sort=other, page=1) if column.sort else ""
    return {"label": typeset_page(column.title), "href": href, "sort": way, "align": "end" if column.is_figure else ""}


def _row(columns: tuple[Column, ...], row: Any) -> dict[str, Any]:
    return {
        "id": f"{row.reference}.{row.revision}",
        "label": f"{row.reference} {row.title}",
        "cells": [_cell(column, cell, row.reference) for column, cell in zip(columns, row.cells, strict=True)],
    }


def _cell(column: Column, cell: Shown, reference: str) -> Any:
    if column.id == "reference":
        return {"text": cell.text, "href": dossier_address(reference)}
    if column.id == "delay" and cell.tone:
        return {"text": safe(f'<span class="i-late">{cell.text}</span>')}
    return {"text": cell.text, "tag": cell.tone} if cell.tone and cell.text else cell.text


def _filters(table: Table, query: TableQuery, say: Texts, context: Context) -> dict[str, Any]:
    opinion = [
        {"value": name, "label": say(f"instruction.opinion_{name}")} for name in ("favourable", "unfavourable", "none")
    ]
    outcomes = [
        {"value": name, "label": say(f"instruction.outcome_{name}")}
        for name in ("eligible", "not_eligible", "undetermined")
    ]
    kept = [
        (name, value)
        for name, value in parameters(query)
        if name in ("phase", "etape", "a_completer", "credits", "issue", "tri", "par_page", "exercice")
    ]
    return {
        "action": table_address(query.territory, query.scheme),
        "kept": [{"name": name, "value": value} for name, value in kept],
        "text": query.text,
        "outcome": query.outcomes[0] if len(query.outcomes) == 1 else "",
        "outcomes": outcomes,
        "opinion": query.opinion or "",
        "opinions": opinion,
        "late": query.late,
        "flagged": query.flagged,
        "since": format_date(query.filed_from) if query.filed_from else "",
        "until": format_date(query.filed_until) if query.filed_until else "",
        "columns": list(_column_filters(table, query, say, context)),
    }


def _column_filters(table: Table, query: TableQuery, say: Texts, context: Context) -> Any:
    """A closed list per column of the scheme that offers one."""
    compiled = table.compiled
    yes_no = [{"value": "true", "label": say("form.yes")}, {"value": "false", "label": say("form.no")}]
    for name in compiled.scheme.workflow.columns:
        field = compiled.fields.get(name)
        if field is None:
            continue
        offered = field.type.choices(field.options, context) if field.type.widget in ("radios", "select") else ()
        choices = [{"value": one.value, "label": one.label} for one in offered] or (
            yes_no if field.type.widget == "yes_no" else []
        )
        if choices and len(choices) <= 30:
            value = query.columns.get(name, "")
            shown = str(value).lower() if isinstance(value, bool) else value
            yield {"name": f"{COLUMN}{name}", "label": label_of(compiled, name), "choices": choices, "value": shown}


def _is_filtered(query: TableQuery) -> bool:
    return _unfiltered(query) != query


def _unfiltered(query: TableQuery) -> TableQuery:
    return TableQuery(
        query.scheme,
        query.territory,
        phases=query.phases,
        stages=query.stages,
        to_complete=query.to_complete,
        waiting_for_funds=query.waiting_for_funds,
        ends=query.ends,
        practice=query.practice,
        sort=query.sort,
        size=query.size,
        page=query.page,
    )


def _acts(table: Table, query: TableQuery, say: Texts) -> list[dict[str, str]]:
    """The mass acts that this agent may do on what the table may hold."""
    found: list[dict[str, str]] = []
    if query.phases and "instruction" not in query.phases:
        return found
    for name, stage in table.compiled.scheme.workflow.stages.items():
        rest = PAGE_OF_ACT[stage.act]
        mine = name in table.mine and stage.in_mass
        if mine and (not query.stages or name in query.stages) and not any(act["rest"] == rest for act in found):
            href = table_address(query.territory, query.scheme, rest)
            found.append({"rest": rest, "href": href, "label": say(f"instruction.act_{stage.act}")})
    return found


def _count(selected: str, table: Table) -> int:
    return table.total if selected == "tout" else len(table.rows) if selected == "page" else 0


def _pages(table: Table, query: TableQuery) -> list[dict[str, Any]]:
    last = max(1, -(-table.total // query.size))
    near = {1, last, *range(table.page - 2, table.page + 3)}
    found: list[dict[str, Any]] = []
    before = 0
    for number in sorted(one for one in near if 1 <= one <= last):
        if number > before + 1:
            found.append({"number": 0, "href": "", "current": False})
        found.append({"number": number, "href": address_of(query, page=number), "current": number == table.page})
        before = number
    return found


def _range(table: Table, query: TableQuery, language: Language) -> dict[str, str]:
    if not table.total:
        return {}
    first = (table.page - 1) * query.size + 1
    figures = {"first": first, "last": first + len(table.rows) - 1, "total": table.total}
    return {name: format_number(value, 0, language) for name, value in figures.items()}


HANDLERS = (work_table,)
