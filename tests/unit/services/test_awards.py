"""Award without request: dossiers from a list, once each, an account afterwards; lists of another scheme."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from databases import each_address
from declarations import SCHEME, a_library
from guichet.model.records import ListRow
from guichet.services.act_heads import ActHead
from guichet.services.assessments import look_up
from guichet.services.awards import award
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.drafts import start_draft
from guichet.services.later_forms import file_later, openable_forms
from guichet.services.opinions import Answers, give_opinions
from guichet.services.pre_instruction import pre_instruct
from guichet.services.refusals import NotOpen, Refused
from guichet.services.rulings import Ruling
from guichet.settings import Settings
from guichet.storage import Tx, accounts, agents, dossiers, granted
from guichet.storage import payments as orders
from guichet.storage.list_imports import import_rows
from instances import an_instance
from instructing import selected

NAME, PLACE = "mayotte-chido", "reg-06"
SIRETS = ("73282932000074", "12345678200010", "55204944776279")


def a_row(siret: str, **changed: Any) -> ListRow:
    columns: dict[str, Any] = {
        "siret": siret, "raison_sociale": f"Boutique {siret[:3]}", "courriel": f"b{siret[:3]}@exemple.yt",
        "mois": "2025-01", "date_creation": "2015-03-01", "inscrite_rne": True, "a_jour": True,
        "procedure_collective": False, "exercice_2022": True, "ca_mensuel_2022": 3_000_000, "impots_dus": 0,
        "plan_de_reglement": False, "minimis_recus": 0,
    }  # fmt: skip
    return ListRow(siret, {**columns, **changed})


def awarding(folder: Path, url: str) -> AbstractContextManager[UseCases]:
    settings = Settings(database_url=url)
    return an_instance(folder, schemes=[NAME], territories=[PLACE], on=date(2025, 2, 3), settings=settings)


def imported(cases: UseCases, *rows: ListRow, sha: str = "0") -> None:
    import_rows(cases.store, rows, scheme=NAME, list_="entreprises", as_of=date(2025, 1, 20), sha256=sha * 64)


def two_agents(cases: UseCases) -> list[str]:
    def make(tx: Tx) -> list[str]:
        made: list[str] = []
        for role in ("instructor", "decider"):
            agent = agents.ensure(tx, email=f"{role}@etat.fr", name=role)
            body = agents.ensure_organisation(tx, territory=PLACE, body="collectivite", name="Services")
            agents.assign(tx, agent_id=agent.id, role=role, organisation_id=body.id, territory=PLACE)
            made.append(agent.id)
        return made

    return cases.store.act(make)


@each_address
def test_a_row_is_awarded_told_and_paid_to_the_account_it_gives(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, awarding(tmp_path / "i", url) as cases:
        with pytest.raises(Refused):
            award(cases, NAME, PLACE)
        told = a_row(SIRETS[0])
        of_file = {name: value for name, value in told.columns.items() if name != "siret"}  # the key of a file's rows
        imported(cases, ListRow(told.key, of_file), a_row(SIRETS[1], courriel=""))
        first = award(cases, NAME, PLACE)
        assert (len(first.made), first.there, first.left) == (1, 0, ((SIRETS[1], "courriel"),))
        again = award(cases, NAME, PLACE)
        assert (again.made, again.there) == ((), 1)

        found = cases.store.read(lambda tx: dossiers.by_reference(tx, first.made[0]))
        assert found is not None
        dossier = pre_instruct(cases, found.id)
        assert (dossier.outcome, dossier.computed_cents) == ("eligible", 600_000)
        instructor, decider = two_agents(cases)
        give_opinions(cases, instructor, selected([dossier]), Answers(favourable=True, reason="Vu."))
        dossier = cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))
        today = cases.today(PLACE)
        signatory = next(iter(cases.territory(PLACE).signatories_for("prefet_region", today)))
        result = decide_all(
            cases, decider, selected([dossier]), Ruling("grant"), ActHead(signatory, "2025-06-1", today)
        )
        assert not result.left, result.left
        assert cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id)) == []

        account = dossier.account or ""
        assert openable_forms(cases, account, dossier.reference) == ("bank_account",)
        given = {"titulaire": "Boutique 732", "iban": "FR7630006000011234567890189"}
        assert file_later(cases, account, dossier.reference, "bank_account", given) == {}
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        assert (order.cents, order.iban, order.payee) == (600_000, given["iban"], given["titulaire"])
        assert openable_forms(cases, account, dossier.reference) == ()


def test_nobody_files_what_is_awarded_without_a_request(tmp_path: Path) -> None:
    with an_instance(tmp_path / "i", schemes=[NAME], territories=[PLACE], on=date(2025, 2, 3)) as cases:
        account = cases.store.act(lambda tx: accounts.ensure(tx, "anne@exemple.yt")).id
        with pytest.raises(NotOpen):
            start_draft(cases, account, NAME, PLACE)


def test_a_scheme_asks_whether_another_one_was_granted(tmp_path: Path) -> None:
    """`lists: {…: {scheme: …}}`: prerequisite of another aid, or exclusion with it, read where it was decided."""
    listed = "lists:\n  premiere: {scheme: haute-savoie-1000, key: siren, columns: {reference: text, amount: money}}\n"
    text = SCHEME.replace("parameters:\n", listed + "parameters:\n", 1)
    text = text.replace("      titulaire: {type", "      siret: {type: siret, label: SIRET}\n      titulaire: {type", 1)
    text = text.replace("        when: effectif <= 10\n", "        when: siren(siret) dans liste premiere\n", 1)
    compiled = a_library(tmp_path / "s", text).effective("essai", "dep-74").compiled
    with an_instance(tmp_path / "i", schemes=["haute-savoie-1000"], territories=["dep-74"]) as cases:
        first = cases.snapshots.current("haute-savoie-1000", "dep-74")
        assert first is not None

        def grant(tx: Tx) -> None:
            dossiers.start(
                tx, scheme="haute-savoie-1000", territory="dep-74", snapshot_hash=first.hash, by="test",
                account=accounts.ensure(tx, "a@exemple.fr").id, phase="decided", siren="732829320", decided_at=tx.now,
                filed_at=tx.now, granted_cents=100_000, end="granted", answers={},
            )  # fmt: skip

        cases.store.act(grant)
        seen = cases.store.read(lambda tx: look_up(tx, compiled, "premiere", "732829320", {}))
        assert (seen["amount"], len(seen["reference"])) == (100_000, 10)
        assert cases.store.read(lambda tx: look_up(tx, compiled, "premiere", "123456782", {})) is False
        elsewhere = cases.store.read(
            lambda tx: granted.grant_of(tx, "haute-savoie-1000", "732829320", by_siren=True, territory="dep-73")
        )
        assert elsewhere is None


@each_address
def test_two_awards_at_once_make_one_dossier_of_each_row(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, awarding(tmp_path / "i", url) as cases:
        imported(cases, *(a_row(siret) for siret in SIRETS))
        with ThreadPoolExecutor(4) as threads:
            done = [one.result() for one in [threads.submit(award, cases, NAME, PLACE) for _ in range(4)]]
        assert sorted(len(one.made) + one.there for one in done) == [3, 3, 3, 3]
        assert sum(len(one.made) for one in done) == 3
