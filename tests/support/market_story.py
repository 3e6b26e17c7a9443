"""Files, instructs and pays three dossiers of the scheme of `tests/outside/`, in an instance that holds its plugins.

`python market_story.py FOLDER`; it says as JSON how each dossier came out, and where the payment file lies.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from drafting import a_draft, an_account, the_dossier_of
from guichet.runtime import build
from guichet.services import drafts, filing, payment_orders
from guichet.services.cases import UseCases
from guichet.services.payments import run_payments
from guichet.settings import read_settings
from guichet.storage import Tx, dossiers
from guichet.worker.loop import drain
from worked import decided

SCHEME, TERRITORY = "aide-marches", "dep-29"
DAY = date(2020, 5, 12)
CARDS = ("29 00017", "2900042", "29-99999")


def main(folder: str) -> None:
    """Play, and say how it went."""
    cases = build(read_settings(), folder=Path(folder), business_day=DAY)
    told: dict[str, Any] = {"dossiers": {}}
    for number, card in enumerate(CARDS):
        reference = file_one(cases, f"titulaire{number}@exemple.fr", card)
        drain(cases)
        found = the_dossier_of(cases, reference)
        told["dossiers"][found.answers["carte"]] = [found.outcome, found.computed_cents]
        if found.outcome == "eligible":
            cases.store.act(lambda tx, reference=reference: grant(cases, tx, reference))
    drain(cases)
    report = run_payments(cases, DAY)
    told["files"] = [str(path) for path in cases.folder.rglob("*.csv") if "payments" in path.parts]
    told["paid"] = [report.lines, report.cents]
    told["failures"] = [one.name for one in cases.plugins.describe() if one.health.failures]
    cases.store.close()
    print(json.dumps(told))


def file_one(cases: UseCases, email: str, card: str) -> str:
    """Fill the form as its applicant types it, and file."""
    who = an_account(cases, email)
    reference = a_draft(cases, who, SCHEME, TERRITORY).reference
    pages = {
        "activite": {
            "siret": "732 829 320 00074", "carte": card, "fermeture": "17/03/2020", "reouverture": "11 mai 2020",
            "par_semaine": "3",
        },
        "compte": {"titulaire": "ANNE GUIVARC'H", "iban": "FR76 3000 6000 0112 3456 7890 189"},
    }  # fmt: skip
    for page, values in pages.items():
        saved = drafts.save_page(cases, who, reference, page, values)
        assert not saved.refused, saved.refused
    return filing.file(cases, who, reference, {}, f"key-{reference}").reference


def grant(cases: UseCases, tx: Tx, reference: str) -> None:
    """Decide as the issuer does, and order the payment in the same act."""
    found = dossiers.by_reference(tx, reference)
    assert found is not None
    granted = decided(cases, tx, found, cents=found.computed_cents)
    compiled = cases.snapshots.by_hash(found.snapshot_hash)
    payment_orders.order_payment(cases, tx, compiled, granted.dossier, granted.decision)


if __name__ == "__main__":
    main(*sys.argv[1:])
