"""The work behind the pages: which workers are alive, what waits, what was given up."""

from __future__ import annotations

from guichet import (
    Context,
    DutySeen,
    NoOptions,
    Screen,
    ScreenAsked,
    ScreenContent,
    ScreenNote,
    ScreenTable,
    WorkerSeen,
)
from guichet_plugins.screens.frames import Words, columns_of, figures_of

_WORDS: dict[str, Words] = {
    "fr": {
        "alive": "Exécutants actifs",
        "waiting": "Tâches en attente",
        "given_up": "Tâches abandonnées",
        "nobody": "Aucun exécutant n'est actif : courriers, messages et paiements attendent. Rien n'est perdu ;"
        " relancez « guichet serve » ou « guichet worker ».",
        "lost": "Des tâches ont été abandonnées : « guichet doctor » dit pourquoi,"
        " « guichet worker --drain --revive » les reprend.",
        "workers": "Exécutants",
        "name": "Nom",
        "state": "État",
        "late": "Sans nouvelles, ou bloqué",
        "well": "Actif",
        "began": "Depuis",
        "seen": "Dernier signe",
        "duties": "Ce qui n'est pas fait",
        "kind": "Tâche",
        "since": "La plus ancienne, due depuis",
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
        given_up = sum(one.given_up for one in asked.duties)
        alive = sum(not one.late for one in asked.workers)
        waiting = sum(one.waiting for one in asked.duties)
        notes: list[ScreenNote] = []
        if not alive:
            notes.append(ScreenNote(words["nobody"], "danger"))
        if given_up:
            notes.append(ScreenNote(words["lost"], "warning"))
        figures = figures_of(words, alive=alive, waiting=waiting, given_up=given_up)
        return ScreenContent((*notes, figures, _workers(asked.workers, words), _duties(asked.duties, words)))


def _workers(workers: tuple[WorkerSeen, ...], words: Words) -> ScreenTable:
    columns = columns_of(words, name="text", state="text", began="instant", seen="instant")
    rows = ((one.name, words["late" if one.late else "well"], one.began_at, one.seen_at) for one in workers)
    return ScreenTable(words["workers"], columns, tuple(rows))


def _duties(duties: tuple[DutySeen, ...], words: Words) -> ScreenTable:
    columns = columns_of(words, kind="text", waiting="integer", since="instant", given_up="integer")
    rows = ((one.label or one.kind, one.waiting, one.since, one.given_up) for one in duties)
    return ScreenTable(words["duties"], columns, tuple(rows))
