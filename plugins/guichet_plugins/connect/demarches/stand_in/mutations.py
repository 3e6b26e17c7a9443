"""What the stand-in does when asked to change a dossier; what it refuses, it says in the payload like the real one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guichet_plugins.connect.demarches.stand_in.held import Demarche, is_ended

_DECISIONS = {"dossierAccepter": "accepte", "dossierRefuser": "refuse", "dossierClasserSansSuite": "sans_suite"}
_WORDS = {
    "en_instruction": "en instruction",
    "accepte": "accepté",
    "refuse": "refusé",
    "sans_suite": "classé sans suite",
}
_NEEDS_WORDS = frozenset({"dossierRefuser", "dossierClasserSansSuite"})


def do_mutation(demarches: Iterable[Demarche], name: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do a mutation and give its payload."""
    number = int(str(asked["dossierId"]).removeprefix("Dossier-"))
    for demarche in demarches:
        if number in demarche:
            break
    else:
        return _no("Dossier not found")
    if not asked.get("instructeurId"):
        return _no("L’instructeur n’a pas les droits d’accès à ce dossier")
    if name == "dossierPasserEnInstruction":
        if demarche.kept(number).state != "en_construction":
            return _no(f"Le dossier est déjà {_words(demarche.kept(number).state)}")
        demarche.change(number, state="en_instruction")
        return {"errors": None}
    if name == "dossierRepasserEnInstruction":
        state = demarche.kept(number).state
        if not is_ended(state):
            return _no(f"Le dossier est déjà {_words(state)}")
        demarche.change(number, state="en_instruction", motivation=None, decided=None)
        return {"errors": None}
    if name in _DECISIONS:
        return _decide(demarche, number, name, asked)
    return _note(demarche, number, asked)


def _decide(demarche: Demarche, number: int, name: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    state = demarche.kept(number).state
    if is_ended(state):
        return _no(f"Le dossier est déjà {_words(state)}")
    if state != "en_instruction":
        return _no("Le dossier n’est pas en instruction")
    if name in _NEEDS_WORDS and not asked.get("motivation"):
        return _no("La motivation doit être remplie")
    demarche.change(number, state=_DECISIONS[name], motivation=asked.get("motivation"), decided=demarche.now())
    return {"errors": None}


def _note(demarche: Demarche, number: int, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    ranks = {f"annotation-{rank}-value": label for rank, (label, _) in enumerate(demarche.annotations, 1)}
    label = ranks.get(str(asked["annotationId"]))
    if label is None:
        return _no("L’annotation n’existe pas")
    kept = demarche.kept(number)
    demarche.change(number, annotations={**(kept.annotations or {}), label: asked["value"]})
    return {"errors": None}


def _words(state: str) -> str:
    return _WORDS.get(state, state)


def _no(message: str) -> Mapping[str, Any]:
    return {"errors": [{"message": message}]}
