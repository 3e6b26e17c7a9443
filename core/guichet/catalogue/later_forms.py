"""A form that comes after filing, said as a scheme of its own: what compiles an application compiles it too."""

from __future__ import annotations

from guichet.catalogue.positions import Path
from guichet.model.later_form import LaterForm
from guichet.model.rules import Branch, RuleVersion
from guichet.model.scheme import Scheme


def as_application(scheme: Scheme, form: str) -> Scheme:
    """The scheme in which a later form is the application, under its own rules, with nothing else to compile."""
    declared = scheme.later_forms.get(form, LaterForm())
    amount = (Branch(always=declared.due),) if declared.due else ()
    rules = RuleVersion(legal=scheme.legal.basis, criteria=declared.criteria, amount=amount)
    changes = {
        "forms": {"application": scheme.forms[form]},
        "later_forms": {},
        "rules": {min(scheme.rules): rules},
        "payment": None,
        "letters": {},
        "notices": {},
        "title_from": None,
        "grants": None,
        "prefill": {},
    }
    return scheme.model_copy(update=changes)


def path_of_later(form: str, path: Path) -> Path:
    """The path in the scheme's own file of a path of the form said as a scheme."""
    if path[:2] == ("forms", "application"):
        return ("forms", form, *path[2:])
    if path[:1] == ("rules",) and path[2:3] == ("amount",):
        return ("later_forms", form, "due")
    return ("later_forms", form, *path[2:]) if path[:1] == ("rules",) else path
