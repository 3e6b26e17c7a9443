"""The launch list: green when all is there, red at its place when one thing is not, waived by name."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from guichet.errors import ProblemsFound, sentence
from guichet.locale import Language, Text
from guichet.plugin.contracts import Refused
from guichet.services.cases import UseCases
from guichet.services.publication import publish
from guichet.services.readiness import sender
from guichet.services.readiness.launch_list import Line, NotReady, launch_lists
from guichet.services.readiness.waivers import unwaive, waive
from guichet.services.suggested_text import as_yaml
from guichet.services.suggestions import suggest
from guichet.storage import agents, journal, outbox, snapshots
from guichet.worker.loop import drain
from launching import EXAMPLES, PLACE, READY_SCHEME, READY_TERRITORY, a_launch, complete_library, people_for
from shipped_plugins import shipped_plugins


def lines(cases: UseCases, folder: Path, **changed: str) -> dict[str, Line]:
    (found,) = launch_lists(cases, complete_library(folder, **changed), "essai", [PLACE])
    return {line.item: line for line in found.lines}


def red(cases: UseCases, folder: Path, **changed: str) -> list[str]:
    return [item for item, line in lines(cases, folder, **changed).items() if line.state == "red"]


def a_test_message(cases: UseCases, by: str = "Anne Le Goff") -> str:
    sender.ask_test(cases, PLACE, "boite@exemple.fr")
    assert drain(cases, kinds=(sender.DUTY,)).done == 1
    (mail,) = [path.read_text(encoding="utf-8") for path in (cases.folder / "mails").glob("sender_test*.eml")]
    code = re.findall(r"[A-Z2-9]{8}\b", mail)[-1]
    if by:
        sender.acknowledge(cases, PLACE, code, by)
    return code


def test_a_launch_that_lacks_nothing_is_green_from_end_to_end(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        people_for(cases)
        a_test_message(cases)
        assert red(cases, tmp_path) == []
        told = lines(cases, tmp_path)
        letter = told["letters"].finding.told[0]
        assert isinstance(letter, Text)
        assert letter.fr.startswith("accord : accordé, ")
        assert letter.en.endswith(" bytes")
        assert len(told["letters"].finding.told) == 8
        assert told["opening"].finding.told == ("2020-05-04 08:00", "Europe/Paris", "2020-05-04 06:00 UTC")


def test_an_empty_instance_says_that_nobody_can_act_and_no_message_was_tried(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        assert red(cases, tmp_path) == ["sender", "agents"]


@pytest.mark.parametrize(
    ("item", "before", "after", "place"),
    [
        ("act", "Délibération n° 2020-05", "Délibération n° à compléter", "schemes/essai/scheme.yaml:10"),
        ("data_protection", "dpo: dpo@exemple.fr", "dpo: à compléter", "schemes/essai/scheme.yaml:12"),
        ("impact_assessment", ", dpia: 2020-04-01", "", "schemes/essai/scheme.yaml:12"),
        ("impact_assessment", "dpia: 2020-04-01", "dpia: 2020-05-05", "schemes/essai/scheme.yaml:12"),
        ("homologation", "until: 2023-04-01", "until: 2020-05-03", "schemes/essai/scheme.yaml:14"),
        ("retention", "Visa n° 12 des archives", "à compléter", "schemes/essai/scheme.yaml:13"),
        ("envelope", "as_of_right: true", "as_of_right: false", "schemes/essai/scheme.yaml:1"),
        ("payer", 'nature: "6745"', "nature: à compléter", "schemes/essai/scheme.yaml"),
    ],
)
def test_a_fact_the_scheme_lacks_is_red_where_it_is_written(
    tmp_path: Path, item: str, before: str, after: str, place: str
) -> None:
    assert before in READY_SCHEME
    with a_launch(tmp_path) as cases:
        line = lines(cases, tmp_path, scheme=READY_SCHEME.replace(before, after))[item]
    assert line.state == "red"
    position = line.finding.problems[0].position
    assert position is not None
    assert f"{position.file}:{position.line}".startswith(place)


@pytest.mark.parametrize(
    ("item", "before", "after", "line_of"),
    [
        ("signatory", "name: Claude Favre", "name: à compléter", 17),
        ("signatory", "until: 2021-06-30", "until: 2020-05-03", 17),
        ("helpdesk", "phone: 04 50 00 00 00", "phone: à compléter", 13),
        ("helpdesk", "hours: du lundi au vendredi, 9 h – 17 h", 'hours: ""', 15),
        ("payer", "name: Département de la Haute-Savoie", "name: à compléter", 18),
        ("accessibility", "accessibility: {status: partial, assessed: 2020-03-10}\n", "", 1),
    ],
)
def test_a_fact_the_territory_lacks_is_red_where_it_is_written(
    tmp_path: Path, item: str, before: str, after: str, line_of: int
) -> None:
    assert before in READY_TERRITORY
    with a_launch(tmp_path) as cases:
        line = lines(cases, tmp_path, territory=READY_TERRITORY.replace(before, after))[item]
    assert line.state == "red"
    position = line.finding.problems[0].position
    assert position is not None
    assert (position.file, position.line) == ("regions/dep-74-haute-savoie/territory.yaml", line_of)


def test_one_agent_for_a_role_is_not_enough_nor_two_of_whom_one_left(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        people_for(cases, each=1)
        assert [problem.data["count"] for problem in lines(cases, tmp_path)["agents"].finding.problems] == [1, 1]
        people_for(cases, each=2)
        assert lines(cases, tmp_path)["agents"].state == "green"
        gone = cases.store.read(lambda tx: agents.by_email(tx, "decider1@exemple.fr"))
        assert gone is not None
        cases.store.act(lambda tx: agents.set_active(tx, gone.id, active=False))
        assert [problem.data["role_en"] for problem in lines(cases, tmp_path)["agents"].finding.problems] == ["decider"]


def test_a_letter_without_an_example_of_its_outcome_is_red(tmp_path: Path) -> None:
    only = EXAMPLES[: EXAMPLES.index("  refusé:")]
    with a_launch(tmp_path) as cases:
        line = lines(cases, tmp_path, examples=only)["letters"]
    assert [problem.data["letter"] for problem in line.finding.problems] == ["refused"]


def test_a_letter_that_still_says_to_be_supplied_is_red(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        unfinished = READY_TERRITORY.replace("1 rue de l'Exemple, 74000 Annecy", "à compléter")
        line = lines(cases, tmp_path, territory=unfinished)["letters"]
    assert {problem.code for problem in line.finding.problems} == {"ready.letter_unfinished"}
    assert {problem.data["part_fr"] for problem in line.finding.problems} == {
        "les coordonnées de l’expéditeur, en tête"
    }


@pytest.mark.parametrize(("language", "said"), [("fr", "Police absente."), ("en", "No such font.")])
def test_why_a_letter_cannot_be_made_is_said_in_the_language_of_who_reads(
    tmp_path: Path, language: Language, said: str
) -> None:
    def refuses(*_: object) -> bytes:
        raise Refused(fr="Police absente.", en="No such font.")

    with a_launch(tmp_path) as cases:
        kinds = dict(cases.plugins.document_renderers)
        mute = type("Mute", (), {"Options": kinds["typst_letter"].Options, "render": refuses})()
        told = replace(cases, plugins=replace(shipped_plugins(), document_renderers={**kinds, "typst_letter": mute}))
        (launch,) = launch_lists(told, complete_library(tmp_path), "essai", [PLACE])
    (problem, *_) = next(line for line in launch.lines if line.item == "letters").finding.problems
    assert said in sentence(problem.code, problem.data, language)


def test_a_renderer_that_fails_is_red_and_names_the_letter(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        library = complete_library(tmp_path)
        kinds = dict(cases.plugins.document_renderers)
        broken = type("Broken", (), {"Options": kinds["typst_letter"].Options, "render": _breaks})()
        dying = replace(cases, plugins=replace(shipped_plugins(), document_renderers={**kinds, "typst_letter": broken}))
        (launch,) = launch_lists(dying, library, "essai", [PLACE])
        found = {line.item: line for line in launch.lines}
    assert {problem.code for problem in found["letters"].finding.problems} == {"ready.letter_fails"}


def _breaks(*_: object) -> bytes:
    raise OSError("no font")


def test_a_failing_example_is_red(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        assert (
            lines(cases, tmp_path, examples=EXAMPLES.replace("amount: 400", "amount: 300"))["examples"].state == "red"
        )


def test_examples_that_nobody_has_confirmed_are_counted_at_the_first_of_them(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        found = suggest(complete_library(tmp_path), "essai", "", "fr")
        waiting = EXAMPLES + as_yaml(found)
        line = lines(cases, tmp_path, examples=waiting)["examples"]
        (problem,) = line.finding.problems
        assert problem.code == "ready.examples_unconfirmed"
        assert problem.data["examples"] == tuple(one.id for one in found)
        assert problem.position is not None
        assert problem.position.file.endswith("schemes/essai/examples.yaml")
        assert problem.position.line == 1 + waiting[: waiting.index(f"  {found[0].id}:")].count("\n")
        half = waiting.replace('title: "À confirmer : ', 'title: "')
        assert lines(cases, tmp_path, examples=half)["examples"].state == "red"
        done = "".join(row for row in half.splitlines(keepends=True) if "À CONFIRMER" not in row)
        assert lines(cases, tmp_path, examples=done)["examples"].state == "green"


def test_after_its_closing_a_scheme_does_not_open(tmp_path: Path) -> None:
    with a_launch(tmp_path, on=date(2020, 7, 1)) as cases:
        assert lines(cases, tmp_path)["opening"].state == "red"


def test_a_message_that_nobody_has_read_proves_nothing(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        a_test_message(cases, by="")
        assert lines(cases, tmp_path)["sender"].finding.problems[0].code == "ready.sender_not_read"
        with pytest.raises(ProblemsFound):
            sender.acknowledge(cases, PLACE, "FAUXCODE", "Anne Le Goff")


def test_settings_changed_since_the_test_make_it_void(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        a_test_message(cases)
        moved = replace(cases, services={"email": {"smtp_host": "mail.exemple.fr"}})
        assert lines(cases, tmp_path)["sender"].state == "green"
        assert lines(moved, tmp_path)["sender"].finding.problems[0].code == "ready.sender_changed"


def test_the_code_of_an_older_message_is_refused(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        first = a_test_message(cases, by="")
        cases.clock.advance(minutes=1)
        sender.ask_test(cases, PLACE, "boite@exemple.fr")
        assert drain(cases, kinds=(sender.DUTY,)).done == 1
        with pytest.raises(ProblemsFound):
            sender.acknowledge(cases, PLACE, first, "Anne Le Goff")


def test_a_message_put_off_that_leaves_after_a_newer_one_takes_nothing_from_it(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        sender.ask_test(cases, PLACE, "boite@exemple.fr")
        (put_off,) = cases.store.act(lambda tx: outbox.claim(tx, "w", kinds=(sender.DUTY,)))
        cases.clock.advance(minutes=1)
        newest = a_test_message(cases, by="")
        sender.send_test(cases, {**put_off.payload, "duty": put_off.id})
        sender.acknowledge(cases, PLACE, newest, "Anne Le Goff")
        assert lines(cases, tmp_path)["sender"].state == "green"


def test_a_live_instance_without_a_mail_server_is_red_whatever_was_tried(tmp_path: Path) -> None:
    with a_launch(tmp_path, mode="live") as cases:
        a_test_message(cases)
        assert lines(cases, tmp_path)["sender"].finding.problems[0].code == "ready.no_mail_server"


def test_a_waiver_is_signed_dated_journalled_and_taken_back(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        waive(cases, "essai", PLACE, "agents", because="Renfort lundi", by="Anne Le Goff")
        line = lines(cases, tmp_path)["agents"]
        assert line.state == "waived"
        assert line.waiver is not None
        assert (line.waiver.by, line.waiver.because, line.waiver.at) == (
            "Anne Le Goff", "Renfort lundi", cases.clock.business(),
        )  # fmt: skip
        unwaive(cases, "essai", PLACE, "agents", by="Yann Riou")
        assert lines(cases, tmp_path)["agents"].state == "red"
        told = cases.store.read(lambda tx: journal.page(tx, PLACE))
        assert [(event.kind, json.loads(event.body or "")["data"]["by"]) for event in told] == [
            ("readiness_waived", "Anne Le Goff"), ("readiness_unwaived", "Yann Riou"),
        ]  # fmt: skip


@pytest.mark.parametrize(("item", "because", "by"), [("agent", "x", "y"), ("agents", " ", "y"), ("agents", "x", "")])
def test_a_waiver_without_an_item_a_reason_or_a_name_is_refused(
    tmp_path: Path, item: str, because: str, by: str
) -> None:
    with a_launch(tmp_path) as cases:
        with pytest.raises(ProblemsFound):
            waive(cases, "essai", PLACE, item, because=because, by=by)
        assert cases.store.read(lambda tx: journal.page(tx, PLACE)) == []


def test_a_live_instance_publishes_nothing_while_an_item_is_red(tmp_path: Path) -> None:
    library = complete_library(tmp_path)
    with a_launch(tmp_path, mode="live") as cases:
        with pytest.raises(NotReady) as refused:
            publish(cases, library, "essai", (PLACE,))
        assert {line.item for line in refused.value.lists[0].red} == {"sender", "agents"}
        assert cases.store.read(snapshots.all_current) == []
        waive(cases, "essai", PLACE, "sender", because="Serveur demain", by="Anne Le Goff")
        people_for(cases)
        (done,) = publish(cases, library, "essai", (PLACE,))
        assert done.changed


def test_a_sandbox_publishes_what_is_red(tmp_path: Path) -> None:
    with a_launch(tmp_path) as cases:
        (done,) = publish(cases, complete_library(tmp_path), "essai", (PLACE,))
        assert done.changed


def test_a_waiver_of_one_territory_opens_no_other(tmp_path: Path) -> None:
    library = complete_library(tmp_path)
    with a_launch(tmp_path, mode="live") as cases:
        for item in ("sender", "agents"):
            waive(cases, "essai", PLACE, item, because="Essai", by="Anne Le Goff")
        with pytest.raises(NotReady) as refused:
            publish(cases, library, "essai", (PLACE, "dep-73"))
        assert [one.territory for one in refused.value.lists] == ["dep-73"]
