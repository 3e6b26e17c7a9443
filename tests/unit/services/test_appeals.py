"""An appeal goes back to those who decided."""

from __future__ import annotations

from pathlib import Path

from guichet.catalogue import write_snapshot
from guichet.services.appeals import reopen
from guichet.services.cases import UseCases
from guichet.storage import Tx, dossiers
from guichet.storage.later_filings import LaterFiling
from worked import SCHEME, a_filed_dossier, an_instance, decided, publish_snapshot


def two_deciders(cases: UseCases) -> str:
    """Publish the scheme with a decision of the president before the one of the préfet."""
    compiled = cases.snapshots.current(SCHEME, "reg-53")
    assert compiled is not None
    declared = compiled.scheme
    first = declared.workflow.stages["decision"].model_copy(update={"issued_by": "president_region", "needs": None})
    stages = {"premiere": first, **declared.workflow.stages}
    changed = declared.model_copy(update={"workflow": declared.workflow.model_copy(update={"stages": stages})})
    body = write_snapshot(changed, "reg-53", {})
    return cases.store.act(lambda tx: publish_snapshot(tx, body))


def test_an_appeal_goes_back_to_the_stage_of_its_decision_and_not_to_the_first_that_decides(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases, snapshot_hash=two_deciders(cases))

        def act(tx: Tx) -> None:
            refused = decided(cases, tx, dossier, kind="refused", cents=None).dossier
            filing = LaterFiling(
                **{**dict.fromkeys(LaterFiling.__slots__), "reference": "A", "dossier": dossier.id}  # type: ignore[arg-type]  what nothing reads here
            )
            reopen(cases, tx, refused, filing, {})

        cases.store.act(act)
        after = cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))
    assert (after.phase, after.stage) == ("instruction", "decision")
