"""The contract of screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from guichet.plugin.contracts import (
    CallSeen,
    Context,
    DossierSeen,
    DutySeen,
    PluginError,
    Screen,
    ScreenAsked,
    ServiceSeen,
    WorkerSeen,
)
from guichet.services.screens.looking import fault_of
from guichet.testing.context import a_context, accepted, assert_registers, assert_speaks
from guichet.testing.declared import assert_options
from guichet.testing.strictness import strict

__all__ = ["a_dossier_seen", "asked_of", "assert_screen"]

_AT = datetime(2020, 4, 20, 8, 30, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script>'
"""What an applicant may have typed: a screen hands it on as it is, in a cell."""


def a_dossier_seen(**changes: Any) -> DossierSeen:
    """Give a filed dossier of 2 000 €, with the changes."""
    plain = {
        "reference": "7K3M9QXW2F",
        "title": "SARL Les Lilas",
        "phase": "instruction",
        "stage": "Avis",
        "filed_on": date(2020, 4, 17),
        "outcome": "eligible",
        "cents": 200_000,
    }
    return DossierSeen(**{**plain, **changes})


def asked_of(screen: Screen[Any], **changes: Any) -> ScreenAsked:
    """Give what a screen is told: a little of each thing it reads, nothing of the rest, with the changes."""
    asked = ScreenAsked(territory="reg-53", scheme="" if screen.place == "territory" else "aide")
    if screen.place == "dossier":
        answers = {"raison_sociale": "SARL Les Lilas", "remarque": HOSTILE}
        dossier = a_dossier_seen(answers=answers if "answers" in screen.reads else {})
        asked = replace(asked, dossier=dossier)
    if "dossiers" in screen.reads:
        asked = replace(asked, dossiers=(a_dossier_seen(), a_dossier_seen(reference="7K3M9QXW2G", title=HOSTILE)))
    if "calls" in screen.reads:
        calls = (
            CallSeen(_AT, "registre", "adresse du siège", "answered", 200, 41, "7K3M9QXW2F"),
            CallSeen(_AT, "registre", "adresse du siège", "timeout", None, 5000),
        )
        services = (ServiceSeen("registre", "adresse du siège", 2, 1, 2520, 5000, _AT, None, "open", 12),)
        asked = replace(asked, calls=calls, services=services)
    if "work" in screen.reads:
        workers = (WorkerSeen("machine-1", _AT, _AT, late=False), WorkerSeen("machine-2", _AT, _AT, late=True))
        asked = replace(asked, workers=workers, duties=(DutySeen("letter", 2, _AT, 1),))
    return replace(asked, **changes)


def assert_screen(
    screen: Screen[Any],
    *,
    options: Mapping[str, Any] | None = None,
    context: Context | None = None,
    asked: Sequence[ScreenAsked] = (),
) -> None:
    """Check a screen: pure, the same twice, in both languages, and that our pages can show what it gives.

    Args:
        asked: Further moments to try, besides a little of everything it reads, and nothing.
    """
    context = context or a_context()
    assert_registers("register_screens", screen)
    assert_options(screen.Options, options)
    chosen = accepted(screen.Options, dict(options or {}))
    watched = strict(screen, Screen, pure=True)
    nothing = replace(asked_of(screen), dossiers=(), calls=(), services=(), workers=(), duties=())
    for one in (asked_of(screen), nothing, replace(asked_of(screen), page=2), *asked):
        shown: dict[str, object] = {}
        for language in ("fr", "en"):
            here = replace(context, language=language)
            try:
                given = watched.show(one, chosen, here)
            except PluginError as error:
                assert_speaks(error)
                continue
            fault = fault_of(given)
            assert not fault, f"the page cannot show it: {fault}"
            assert watched.show(one, chosen, here) == given, "asked twice, it shows something else"
            shown[language] = given
        if len(shown) == 2 and asked_of(screen) == one:
            assert shown["fr"] != shown["en"], "the same words in both languages: it does not read context.language"
