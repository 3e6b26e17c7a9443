"""Volet 1, volet 2, a local top-up: the aid after another follows what becomes of it, and decides nothing itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from databases import SteppedClock
from guichet.catalogue import write_snapshot
from guichet.loader.library import load_library
from guichet.model.records import Dossier
from guichet.services.act_heads import ActHead
from guichet.services.assessments import assess
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.dossier_views import read_dossier
from guichet.services.opinions import Answers, give_opinions
from guichet.services.payments import run_payments
from guichet.services.rulings import Ruling
from guichet.services.withdrawals import withdraw
from guichet.settings import shipped_folder
from guichet.storage import agents
from guichet.storage import payments as orders
from guichet.web.instruction.dossier_reasons import shift_lines
from house import ROOT, read
from instructing import People, dossiers_to_instruct, instructing, read_again, selected
from pages import blocks
from paying import ON
from revoking import decide, revoke
from worked import DAY, a_filed_dossier, publish_snapshot, the_plugins

TOP_UP = "complement-volet-2"
PAGE = ROOT / "core/docs/how-to/chain-schemes.md"
GRANT = Ruling("grant")


@contextmanager
def chained(folder: Path) -> Iterator[tuple[UseCases, People, str]]:
    """An instance with volet 2 and the top-up that the how-to declares, and the hash of the latter."""
    for block in blocks(read(PAGE)):
        if block.kind == "file":
            written = folder / block.file
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_text(block.content, encoding="utf-8")
    roots = (folder / "schemes", shipped_folder("schemes"))
    library = load_library(roots, (shipped_folder("regions"),), the_plugins(), only=[TOP_UP])
    body = write_snapshot(library.effective(TOP_UP, "reg-53").scheme, "reg-53", {})
    with instructing(folder, clock=SteppedClock(DAY)) as (cases, people):
        digest = cases.store.act(lambda tx: publish_snapshot(tx, body))
        for agent, role in ((people.instructor, "instructor"), (people.decider, "decider")):
            cases.store.act(lambda tx, agent=agent, role=role: _assign(tx, agent, role))
        yield cases, people, digest


def _assign(tx: Any, agent: str, role: str) -> None:
    body = agents.ensure_organisation(tx, territory="reg-53", body="collectivite", name="Région")
    agents.assign(tx, agent_id=agent, role=role, organisation_id=body.id, territory="reg-53", scheme=TOP_UP)


def volet_2(cases: UseCases, people: People, *, paid: bool = False) -> Dossier:
    """A dossier of volet 2 granted by the préfet, and paid by the accountant."""
    (made,) = dossiers_to_instruct(cases, 1)
    assert not give_opinions(cases, people.instructor, selected([made]), Answers(favourable=True)).left
    assert not decide(cases, people, made)
    if paid:
        settle(cases, made, "paid")
    return read_again(cases, made)


def settle(cases: UseCases, dossier: Dossier, state: Any) -> None:
    run_payments(cases, ON)
    (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
    cases.store.act(lambda tx: orders.move(tx, order.id, state, reason="11 incompétence"))


def top_up(cases: UseCases, digest: str, first: Dossier) -> Dossier:
    answers = {name: first.answers[name] for name in ("siret", "raison_sociale", "titulaire", "iban")}
    return a_filed_dossier(
        cases,
        scheme=TOP_UP,
        snapshot_hash=digest,
        answers={**answers, **dict.fromkeys(_ONLY_VOLET_2)},
        checks={"sincerite": True},
        stage="instruction",
        phase="instruction",
        siren=first.siren,
        grant_key=first.siren,
    )


_ONLY_VOLET_2 = (
    "effectif", "exercice_clos", "chiffre_affaires", "actif_disponible", "dettes_30j", "charges_fixes", "pret",
    "date_demande_pret",
)  # fmt: skip


def _head(cases: UseCases) -> ActHead:
    return ActHead("president", "2020-53-C1", cases.today("reg-53"))


def judged(cases: UseCases, dossier: Dossier) -> tuple[str, tuple[str, ...], int | None]:
    """Outcome, failed criteria and amount as an agent would see them now."""

    def look(tx: Any) -> Any:
        return assess(cases, tx, dossier, cases.snapshots.by_hash(dossier.snapshot_hash)).result

    result = cases.store.read(look)
    return result.outcome, result.failed, result.amount


def test_the_top_up_waits_for_the_payment_of_the_aid_before_it_and_is_half_of_it(tmp_path: Path) -> None:
    with chained(tmp_path) as (cases, people, digest):
        first = volet_2(cases, people)
        second = top_up(cases, digest, first)
        assert judged(cases, second) == ("not_eligible", ("volet2_verse",), None)
        settle(cases, first, "suspended")
        assert judged(cases, second) == ("not_eligible", ("volet2_verse",), None)
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, first.id))
        cases.store.act(lambda tx: orders.move(tx, order.id, "paid"))
        assert judged(cases, second) == ("eligible", (), 100_000)


@pytest.mark.parametrize("end", ["refused", "withdrawn", "revoked"])
def test_an_aid_refused_given_up_or_revoked_opens_no_top_up(tmp_path: Path, end: str) -> None:
    with chained(tmp_path) as (cases, people, digest):
        (first,) = dossiers_to_instruct(cases, 1)
        if end == "withdrawn":
            withdraw(cases, first.account or "", first.reference)
        else:
            assert not give_opinions(cases, people.instructor, selected([first]), Answers(favourable=True)).left
            assert not decide(cases, people, first, *(("refuse", "Pièce fausse.") if end == "refused" else ()))
        if end == "revoked":
            revoke(cases, people.decider, read_again(cases, first))
        outcome, failed, _ = judged(cases, top_up(cases, digest, first))
        assert (outcome, failed[0]) == ("not_eligible", "volet2_accorde")


def test_a_grant_revoked_after_the_top_up_is_told_to_agents_and_decides_nothing(tmp_path: Path) -> None:
    with chained(tmp_path) as (cases, people, digest):
        first = volet_2(cases, people, paid=True)
        second = top_up(cases, digest, first)
        assert not give_opinions(cases, people.instructor, selected([second]), Answers(favourable=True)).left
        waiting = read_again(cases, second)
        assert not decide_all(cases, people.decider, selected([waiting]), GRANT, _head(cases)).left
        before = read_again(cases, second)
        assert read_dossier(cases, people.decider, second.reference).shifts == ()

        revoke(cases, people.decider, first)

        view = read_dossier(cases, people.decider, second.reference)
        assert [(one.list, one.now) for one in view.shifts] == [("volet2", None)]
        (line,) = shift_lines(view, "fr")
        assert line.replace("\u00a0", " ").startswith("Le demandeur n’est plus dans la liste « Volet 2 accordé »")
        assert (read_again(cases, second).end, read_again(cases, second).revision) == (before.end, before.revision)
        assert view.assessment.result.amount == 100_000
