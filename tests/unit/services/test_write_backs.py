"""A decision is told to the software where the applicant filed, however long that is silent, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from guichet.catalogue import write_snapshot
from guichet.model.payment import WriteBackUse
from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.repinning import repin
from guichet.services.rulings import Ruling
from guichet.storage import dossiers, journal, outbox
from guichet.worker.loop import drain
from guichet_plugins.connect.demarches.stand_in import Demarche, StandIn
from instances import the_library
from instructing import People, a_siret, an_agents_browser, dossiers_to_instruct, head_of_act, instructing, selected
from revoking import revoke
from sandboxes import Calls, Sandbox, a_door, sandbox
from worked import publish_snapshot

SCHEME = "fds-volet-2"


@dataclass
class At:
    """An instance that tells decisions, and the démarche that is told."""

    cases: UseCases
    people: People
    demarche: Demarche
    served: Sandbox

    def decide(self, ruling: Ruling, number: int = 1, **values: Any) -> Dossier:
        (filed,) = dossiers_to_instruct(self.cases, 1, first=number, answers={"effectif": number}, **values)
        assert repin(self.cases, SCHEME, ["reg-53"], "Décisions à dire ailleurs.").done
        made = self.cases.store.read(lambda tx: dossiers.by_id(tx, filed.id))
        assert not give_opinions(self.cases, self.people.instructor, selected([made]), Answers(favourable=True)).left
        dossier = self.cases.store.read(lambda tx: dossiers.by_id(tx, made.id))
        assert decide_all(self.cases, self.people.decider, selected([dossier]), ruling, head_of_act(self.cases)).done
        return dossier

    def told(self) -> Any:
        return drain(self.cases, kinds=("write_back",))


@contextmanager
def telling(tmp_path: Path, number: str = "effectif", siret: str = a_siret(1)) -> Iterator[At]:
    whose = {"demandeur": {"__typename": "PersonneMorale", "siret": siret}, "email": "autre@exemple.fr"}
    demarche = Demarche(7, (), 0, lambda _: whose, annotations=(("Montant", "DecimalNumberChamp"),))
    demarche._numbers = list(range(1, 50))
    demarche._state = lambda _: "en_instruction"
    with instructing(tmp_path) as (plain, people), sandbox(StandIn(demarche)) as served:
        there = {"base_url": served.url, "token": "secret:ds", "instructor": "Instructeur-1"}
        cases = replace(plain, outside=a_door(), services={"demarches_simplifiees": there}, secrets={"ds": "any"})
        use = WriteBackUse(
            plugin="demarches_simplifiees",
            number=number,
            options={"demarche": "7", "annotations": {"Montant": "amount"}},
        )
        scheme = the_library().effective(SCHEME, "reg-53").scheme.model_copy(update={"write_back": use})
        body = write_snapshot(scheme, "reg-53", cases.plugins.versions())
        cases.store.act(lambda tx: publish_snapshot(tx, body))
        cases.snapshots.refresh()
        yield At(cases, people, demarche, served)


def test_a_grant_is_told_and_journaled(tmp_path: Path) -> None:
    with telling(tmp_path) as at:
        calls = Calls()
        at.cases = replace(at.cases, outside=a_door(log=calls))
        dossier = at.decide(Ruling("grant"))
        assert at.told().done == 1
        assert {call.dossier for call in calls.kept} == {dossier.id}
        kept = at.demarche.kept(int(dossier.answers["effectif"]))
        assert (kept.state, kept.annotations) == ("accepte", {"Montant": 2000})
        events = at.cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))
        assert "decision_written_back" in [event.kind for event in events]


def test_a_silent_service_is_told_when_it_is_back(tmp_path: Path) -> None:
    with telling(tmp_path) as at:
        dossier = at.decide(Ruling("grant"))
        at.served.fail("5xx")
        went = at.told()
        assert (went.failed, went.dead) == (1, 0)
        at.served.fail("none")
        at.cases.clock.move(hours=2)  # type: ignore[attr-defined]  a test's clock
        assert at.told().done == 1
        assert at.demarche.kept(int(dossier.answers["effectif"])).state == "accepte"


def test_what_the_service_refuses_is_shown_dead_and_the_decision_stands(tmp_path: Path) -> None:
    with telling(tmp_path) as at:
        at.demarche._state = lambda _: "refuse"
        dossier = at.decide(Ruling("grant"))
        assert at.told().dead == 1
        (dead,) = at.cases.store.read(lambda tx: outbox.dead(tx))
        assert "another decision" in (dead.last_error or "")
        assert at.cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id)).end == "granted"


def test_a_dossier_without_a_number_there_is_not_told(tmp_path: Path) -> None:
    with telling(tmp_path, number="situation") as at:
        at.decide(Ruling("grant"))
        assert ("write_back", "queued") not in at.cases.store.read(outbox.counts)


def test_the_dossier_of_another_company_is_left_alone_and_the_agents_read_why(tmp_path: Path) -> None:
    with telling(tmp_path, siret=a_siret(2)) as at:
        dossier = at.decide(Ruling("grant"))
        assert at.told().dead == 1
        kept = at.demarche.kept(int(dossier.answers["effectif"]))
        assert (kept.state, kept.annotations) == ("en_instruction", None)
        with an_agents_browser(at.cases, at.people.instructor) as agent:
            page = agent.go(f"/agents/dossiers/{dossier.reference}")
            assert page.sees("Décision non rapportée au logiciel du dépôt", "celui d'un autre établissement")


def test_the_address_that_the_applicant_proved_goes_with_the_decision(tmp_path: Path) -> None:
    with telling(tmp_path) as at:
        at.demarche._made = lambda _: {"demandeur": {"__typename": "PersonnePhysique"}, "email": "ANNE@exemple.fr"}
        mine, theirs = at.decide(Ruling("grant")), at.decide(Ruling("grant"), number=2, email="autre@exemple.fr")
        assert (at.told().done, at.told().dead) == (1, 0)
        assert at.demarche.kept(int(mine.answers["effectif"])).state == "accepte"
        assert at.demarche.kept(int(theirs.answers["effectif"])).state == "en_instruction"


def test_a_revocation_is_told_once_and_the_dossier_waits_again_there(tmp_path: Path) -> None:
    with telling(tmp_path) as at:
        dossier = at.decide(Ruling("grant"))
        assert at.told().done == 1
        revoke(at.cases, at.people.decider, dossier)
        assert [at.told().done for _ in range(2)] == [1, 0]
        kept = at.demarche.kept(int(dossier.answers["effectif"]))
        assert (kept.state, kept.annotations) == ("en_instruction", {"Montant": 0})
        lines = [one.kind for one in at.cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))]
        assert lines.count("decision_written_back") == 2


def test_a_grant_and_its_revocation_are_told_in_their_order_after_a_silence(tmp_path: Path) -> None:
    with telling(tmp_path) as at:
        dossier = at.decide(Ruling("grant"))
        at.served.fail("5xx")
        assert at.told().failed == 1
        revoke(at.cases, at.people.decider, dossier)
        at.served.fail("none")
        assert (at.told().done, at.told().done) == (0, 0)  # the revocation waits for the grant
        asked = at.served.requests
        at.cases.clock.move(hours=2)  # type: ignore[attr-defined]  a test's clock
        at.told()
        at.cases.clock.move(hours=2)  # type: ignore[attr-defined]  a test's clock
        at.told()
        kept = at.demarche.kept(int(dossier.answers["effectif"]))
        assert (kept.state, at.served.requests > asked) == ("en_instruction", True)
        assert ("write_back", "queued") not in at.cases.store.read(outbox.counts)


def test_a_grant_given_up_before_its_revocation_was_told_is_never_told_after_it(tmp_path: Path) -> None:
    with telling(tmp_path) as at:
        at.demarche._state = lambda _: "refuse"
        dossier = at.decide(Ruling("grant"))
        assert at.told().dead == 1
        revoke(at.cases, at.people.decider, dossier)
        assert at.told().done == 1
        (dead,) = at.cases.store.read(lambda tx: outbox.dead(tx))
        at.cases.store.act(lambda tx: outbox.revive(tx, dead.id))
        assert at.told().done == 1
        assert at.demarche.kept(int(dossier.answers["effectif"])).state == "en_instruction"
