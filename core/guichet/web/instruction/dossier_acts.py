"""What an agent may do from a dossier's page: give an opinion or decide, ask for more, send on, write."""

from __future__ import annotations

from typing import Any

from guichet.locale import Texts
from guichet.services.asked_documents import asked_documents
from guichet.services.dossier_views import DossierView
from guichet.web.instruction.addresses import dossier_address, table_address

__all__ = ["acts_model"]

_GRANTS = ("grant", "grant_in_part")


def acts_model(view: DossierView, say: Texts) -> dict[str, Any]:
    """Gives the acts a dossier waits for and those open to its agent, each with its address."""
    dossier = view.dossier
    return {
        "acts": _acts(view, say),
        "act_url": table_address(dossier.territory, dossier.scheme, "avis" if _is_opinion(view) else "decision"),
        "selection": f"{dossier.reference}.{dossier.revision}",
        "revision": str(dossier.revision),
        "waits_for_other": _waits(view, say),
        "asked": _asked(view),
        "to_complete": dossier.to_complete,
        "askable": [
            {"title": page.title, "choices": [{"value": name, "label": label} for name, label in page.fields]}
            for page in view.rights.askable
        ],
        "ask_url": dossier_address(dossier.reference, "pieces-manquantes") if view.rights.may_act else "",
        "transfer_url": dossier_address(dossier.reference, "transmission") if view.rights.may_act else "",
        "transfer_needs_act": view.rights.transfer_needs_act,
        "transfer_signatories": [
            {"value": key, "label": f"{one.name}, {one.quality}"}
            for key, one in view.rights.transfer_signatories.items()
        ],
        "message_url": dossier_address(dossier.reference, "message"),
        "can_write": bool(view.rights.roles & {"instructor", "decider"}),
    }


def _acts(view: DossierView, say: Texts) -> list[dict[str, str]]:
    """The acts this agent may do now, each leading to the same form as in mass."""
    if not view.rights.may_act:
        return []
    if _is_opinion(view):
        return [
            {"name": "avis", "value": name, "label": say(f"instruction.give_{name}"), "kind": kind}
            for name, kind in (("favourable", "primary"), ("unfavourable", "secondary"))
        ]
    first, last = ("refuse", _GRANTS) if view.dossier.outcome == "not_eligible" else ("grant", ())
    choices = sorted(view.rights.choices, key=lambda one: (one != first, one in last))
    return [
        {
            "name": "choix_decision",
            "value": one,
            "label": say(f"instruction.choice_{one}"),
            "kind": "primary" if one == first else "secondary",
        }
        for one in choices
    ]


def _is_opinion(view: DossierView) -> bool:
    return view.here is not None and view.here.stage.act == "opinion"


def _waits(view: DossierView, say: Texts) -> str:
    if view.rights.may_act or view.here is None:
        return ""
    return say(
        "instruction.waits_for", body=view.acting.scheme.workflow.bodies.get(view.here.stage.body, view.here.stage.body)
    )


def _asked(view: DossierView) -> list[str]:
    """What the applicant was asked and has not sent: questions by their labels, documents by their names."""
    if not view.dossier.to_complete:
        return []
    asked = [field.declaration.label for name, field in view.compiled.fields.items() if name in view.tracking.asked]
    return [*asked, *asked_documents(view.dossier)]
