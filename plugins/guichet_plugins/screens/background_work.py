"""The work behind the pages: which workers are alive, what waits, what was given up."""

from __future__ import annotations

from guichet import (
    Context,
    ExportColumn,
    NoOptions,
    Screen,
    ScreenAsked,
    ScreenContent,
    ScreenFact,
    ScreenFigures,
    ScreenNote,
    ScreenTable,
)

_WORDS = {
    "fr": {
        "alive": "Ouvriers en vie",
        "waiting": "Devoirs en attente",
        "given_up": "Devoirs abandonnés",
        "nobody": "Aucun ouvrier n'est en vie : courriers, messages et paiements attendent. Rien n'est perdu ; relancez"
        " « guichet serve » ou « guichet worker ».",
        "lost": "Des devoirs ont été abandonnés : « guichet doctor » dit pourquoi,"
        " « guichet worker --drain --revive » les reprend.",
        "workers": "Ouvriers",
        "name": "Nom",
        "state": "État",
        "late": "Sans nouvelles, ou bloqué",
        "well": "En vie",
        "began": "Depuis",
        "seen": "Dernier signe",
        "duties": "Ce qui n'est pas fait",
        "kind": "Devoir",
        "since": "Le plus ancien, dû depuis",
    },
    "en": {
        "alive": "Workers alive",
        "waiting": "Duties waiting",
        "given_up": "Duties given up",
        "nobody": "No worker is alive: letters, messages and payments wait. Nothing is lost; start “guichet serve” or"
        " “guichet worker” again.",
        "lost": "Duties were given up: “guichet doctor” says why,"
        " “guichet worker --drain --revive” takes them up again.",
        "workers": "Workers",
        "name": "Name",
        "state": "State",
        "late": "Silent, or stuck",
        "well": "Alive",
        "began": "Since",
        "seen": "Last sign",
        "duties": "What is not done",
        "kind": "Duty",
        "since": "The oldest, due since",
    },
}


class BackgroundWork(Screen[NoOptions]):
    """The workers of the installation and the duties that wait for them."""

    key = "background_work"
    Options = NoOptions
    titles = {"fr": "Travail de fond", "en": "Background work"}
    place = "territory"
    roles = frozenset({"admin"})
    reads = frozenset({"work"})

    def show(self, asked: ScreenAsked, options: NoOptions, context: Context) -> ScreenContent:
        """Give figures, workers and duties."""
        words = _WORDS[context.language]
        alive = sum(not one.late for one in asked.workers)
        given_up = sum(one.given_up for one in asked.duties)
        figures = ScreenFigures(
            (
                ScreenFact(words["alive"], alive, "integer"),
                ScreenFact(words["waiting"], sum(one.waiting for one in asked.duties), "integer"),
                ScreenFact(words["given_up"], given_up, "integer"),
            )
        )
        notes: list[ScreenNote] = []
        if not alive:
            notes.append(ScreenNote(words["nobody"], "danger"))
        if given_up:
            notes.append(ScreenNote(words["lost"], "warning"))
        workers = ScreenTable(
            words["workers"],
            (
                ExportColumn(words["name"]),
                ExportColumn(words["state"]),
                ExportColumn(words["began"], "instant"),
                ExportColumn(words["seen"], "instant"),
            ),
            tuple(
                (one.name, words["late" if one.late else "well"], one.began_at, one.seen_at) for one in asked.workers
            ),
        )
        duties = ScreenTable(
            words["duties"],
            (
                ExportColumn(words["kind"]),
                ExportColumn(words["waiting"], "integer"),
                ExportColumn(words["since"], "instant"),
                ExportColumn(words["given_up"], "integer"),
            ),
            tuple((one.kind, one.waiting, one.since, one.given_up) for one in asked.duties),
        )
        return ScreenContent((*notes, figures, workers, duties))
