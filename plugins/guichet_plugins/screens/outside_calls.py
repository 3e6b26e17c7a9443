"""The log of calls to other services, for who watches over them and for who asks why a field was left empty."""

from __future__ import annotations

from guichet import (
    CallSeen,
    Context,
    DossierLink,
    NoOptions,
    Screen,
    ScreenAsked,
    ScreenContent,
    ScreenNote,
    ScreenTable,
    ServiceSeen,
)
from guichet_plugins.screens.frames import Words, columns_of, figures_of

_WORDS: dict[str, Words] = {
    "fr": {
        "calls": "Appels depuis 24 heures",
        "unanswered": "Sans réponse",
        "alone": "Services laissés au repos",
        "alone_note": "Après cinq échecs de suite, un service est laissé au repos trente secondes, puis rappelé."
        " Les dépôts continuent ; ce qui manque est demandé de nouveau plus tard.",
        "services": "Par service et par objet",
        "latest": "Derniers appels",
        "service": "Service",
        "purpose": "Objet de l'appel",
        "count": "Appels",
        "average": "Moyenne (ms)",
        "slowest": "Plus long (ms)",
        "last": "Dernier",
        "status": "Statut",
        "breaker": "Disjoncteur",
        "quota": "Quota",
        "at": "Quand",
        "outcome": "Issue",
        "ms": "Durée (ms)",
        "dossier": "Dossier",
        "closed": "En service",
        "open": "Au repos",
        "trying": "À l'essai",
        "answered": "Réponse",
        "unavailable": "En panne",
        "timeout": "Délai dépassé",
        "no_connection": "Injoignable",
        "reset": "Coupure",
        "too_big": "Réponse trop longue",
        "refused": "Refusé",
        "nothing": "Aucun appel n'a été fait.",
    },
    "en": {
        "calls": "Calls in the last 24 hours",
        "unanswered": "Unanswered",
        "alone": "Services left alone",
        "alone_note": "After five failures in a row a service is left alone for thirty seconds, then called again."
        " Filing goes on; what is missing is asked for again later.",
        "services": "By service and purpose",
        "latest": "Latest calls",
        "service": "Service",
        "purpose": "Purpose of the call",
        "count": "Calls",
        "average": "Average (ms)",
        "slowest": "Longest (ms)",
        "last": "Latest",
        "status": "Status",
        "breaker": "Breaker",
        "quota": "Quota",
        "at": "When",
        "outcome": "Outcome",
        "ms": "Time (ms)",
        "dossier": "Dossier",
        "closed": "In service",
        "open": "Left alone",
        "trying": "On trial",
        "answered": "Answered",
        "unavailable": "Failing",
        "timeout": "Timed out",
        "no_connection": "Out of reach",
        "reset": "Cut off",
        "too_big": "Answer too long",
        "refused": "Refused",
        "nothing": "No call was made.",
    },
}


class OutsideCalls(Screen[NoOptions]):
    """Calls to other services made for a territory: by service and purpose, then one by one."""

    key = "outside_calls"
    Options = NoOptions
    titles = {"fr": "Appels extérieurs", "en": "Outside calls"}
    place = "territory"
    roles = frozenset({"admin", "supervisor"})
    reads = frozenset({"calls"})

    def show(self, asked: ScreenAsked, options: NoOptions, context: Context) -> ScreenContent:
        """Give figures, services and calls."""
        words = _WORDS[context.language]
        if not asked.services and not asked.calls:
            return ScreenContent((ScreenNote(words["nothing"]),))
        alone = {one.service for one in asked.services if one.breaker == "open"}
        made = sum(one.calls for one in asked.services)
        figures = figures_of(
            words, calls=made, unanswered=made - sum(one.answered for one in asked.services), alone=len(alone)
        )
        note = (ScreenNote(words["alone_note"], "warning"),) if alone else ()
        latest = _latest(asked.calls, words, with_dossier=True)
        return ScreenContent((*note, figures, _services(asked.services, words), latest))


class DossierCalls(Screen[NoOptions]):
    """Calls to other services made for one dossier."""

    key = "dossier_calls"
    Options = NoOptions
    titles = {"fr": "Appels extérieurs de ce dossier", "en": "Outside calls of this dossier"}
    place = "dossier"
    roles = frozenset({"supervisor", "instructor"})
    reads = frozenset({"calls"})

    def show(self, asked: ScreenAsked, options: NoOptions, context: Context) -> ScreenContent:
        """Give the calls."""
        words = _WORDS[context.language]
        if not asked.calls:
            return ScreenContent((ScreenNote(words["nothing"]),))
        return ScreenContent((_latest(asked.calls, words, with_dossier=False),))


def _services(services: tuple[ServiceSeen, ...], words: Words) -> ScreenTable:
    columns = columns_of(
        words,
        service="text",
        purpose="text",
        count="integer",
        unanswered="integer",
        average="integer",
        slowest="integer",
        breaker="text",
        quota="integer",
        last="instant",
    )
    rows = tuple(
        (
            one.service,
            one.purpose,
            one.calls,
            one.calls - one.answered,
            one.average_ms,
            one.slowest_ms,
            words[one.breaker],
            one.quota_left,
            one.last_at,
        )
        for one in services
    )
    return ScreenTable(words["services"], columns, rows)


def _latest(calls: tuple[CallSeen, ...], words: Words, *, with_dossier: bool) -> ScreenTable:
    columns = columns_of(
        words, at="instant", service="text", purpose="text", outcome="text", status="integer", ms="integer"
    )
    rows = tuple(
        (one.at, one.service, one.purpose, words.get(one.outcome, one.outcome), one.status, one.milliseconds)
        for one in calls
    )
    if not with_dossier:
        return ScreenTable(words["latest"], columns, rows)
    linked = ((*row, DossierLink(one.dossier) if one.dossier else None) for row, one in zip(rows, calls, strict=True))
    return ScreenTable(words["latest"], (*columns, *columns_of(words, dossier="text")), tuple(linked))
