"""What was confirmed is what is granted: sums shown before the act bind it, dossier by dossier."""

from __future__ import annotations

from pathlib import Path

from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.rulings import Ruling
from guichet.services.selections import pack, unpack
from guichet.storage import decisions, dossiers
from instructing import an_agents_browser, dossiers_to_instruct, head_of_act, instructing, selected

GRANT = Ruling("grant")


def test_a_sum_that_is_no_longer_the_one_confirmed_leaves_its_dossier(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 3)
        give_opinions(cases, people.instructor, selected(made), Answers(favourable=True))
        now = [cases.store.read(lambda tx, one=one: dossiers.by_id(tx, one.id)) for one in made]
        confirmed = {now[0].id: 200_000, now[1].id: 150_000}  # the third was shown as left

        result = decide_all(cases, people.decider, selected(now), GRANT, head_of_act(cases), confirmed=confirmed)

        assert [one.id for one in result.done] == [now[0].id]
        assert [(one.code, one.data["cents"]) for one in result.left] == [("sum_changed", 200_000)] * 2
        assert not cases.store.read(lambda tx: decisions.of_dossier(tx, now[1].id))


def test_the_recap_carries_the_sums_it_showed_to_the_act(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 2)
        give_opinions(cases, people.instructor, selected(made), Answers(favourable=True))
        with an_agents_browser(cases, people.decider) as browser:
            table = "/agents/t/reg-53/fds-volet-2?phase=instruction&etape=decision&a_completer=non"
            browser.go(f"{table}&selection=page").press("Décider")
            signatory = browser.document.xpath("//select[@name='signataire']/option[@value!='']/@value")[0]
            browser.fill(choix_decision="grant", numero="7", signataire=signatory).send()
            confirm = browser.form(button="Accorder")
            assert {cents for _, cents in unpack(confirm.element.fields["sommes"])} == {200_000}
            # What the agent read is no longer what the rules say of the first dossier.
            confirm.element.fields["sommes"] = pack([(made[0].reference, 100_000), (made[1].reference, 200_000)])
            confirm.send()

            assert browser.title == "1 décidé, 1 laissé."
            assert browser.sees("Les règles donnent à présent 2 000 €")


def test_a_practice_grant_takes_nothing_from_the_company_it_is_about(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        practice = dossiers_to_instruct(cases, 1, practice=True)
        real = dossiers_to_instruct(cases, 1)
        for made, number in ((practice, "P-1"), (real, "2020-53-1")):
            give_opinions(cases, people.instructor, selected(made), Answers(favourable=True))
            now = [cases.store.read(lambda tx, one=made[0]: dossiers.by_id(tx, one.id))]
            result = decide_all(cases, people.decider, selected(now), GRANT, head_of_act(cases, number))
            assert [one.code for one in result.left] == []
