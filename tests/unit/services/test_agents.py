"""What an agent may do, and the file that says so: counted line by line, the same the second time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from guichet.errors import ProblemsFound, render, render_all
from guichet.services.agent_files import COLUMNS, read_agent_file, read_role
from guichet.services.agents import ROLES, SignedAgent, may, read_agent
from guichet.services.cases import UseCases
from guichet.services.organisations import (
    Imported,
    close_agent,
    first_passwords,
    import_agents,
    reset_agent,
    unassign,
)
from guichet.storage import agents, journal
from instances import an_instance
from signing_in import an_agent

DAY = date(2020, 4, 20)
HEAD = "email;name;role;organisation;body;territory;scheme;ends_on\n"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53", "reg-84"]) as made:
        yield made


def agent_of(cases: UseCases, agent_id: str) -> SignedAgent:
    found = cases.store.read(lambda tx: read_agent(tx, agent_id))
    assert found is not None
    return found


def imported(cases: UseCases, text: str) -> tuple[Imported, str]:
    lines, problems = read_agent_file(cases, text.encode(), "agents.csv")
    return import_agents(cases, lines, problems), render_all(problems, "fr") if problems else ""


# What an agent may do


def test_a_role_counts_in_its_territory_for_its_scheme_until_its_last_day(cases: UseCases) -> None:
    agent = agent_of(cases, an_agent(cases, role="decider", scheme="aide-simple", ends_on=DAY))
    assert may(agent, "decider", "reg-53", "aide-simple", DAY)
    assert not may(agent, "decider", "reg-53", "aide-simple", date(2020, 4, 21))
    assert not may(agent, "decider", "reg-84", "aide-simple", DAY)
    assert not may(agent, "decider", "reg-53", "autre-aide", DAY)
    assert not may(agent, "instructor", "reg-53", "aide-simple", DAY)


def test_an_assignment_without_scheme_counts_for_all_and_without_end_for_ever(cases: UseCases) -> None:
    agent = agent_of(cases, an_agent(cases, role="helpdesk"))
    assert may(agent, "helpdesk", "reg-53", "aide-simple", date(2099, 1, 1))
    assert may(agent, "helpdesk", "reg-53", None, DAY)


def test_roles_of_one_territory_are_not_lent_to_another(cases: UseCases) -> None:
    an_agent(cases, role="decider", territory="reg-84")
    agent = agent_of(cases, an_agent(cases, role="helpdesk", territory="reg-53"))
    assert agent.roles_in("reg-53", "aide-simple", DAY) == {"helpdesk"}
    assert agent.roles_in("reg-84", "aide-simple", DAY) == {"decider"}
    assert agent.territories(ROLES, DAY) == ("reg-53", "reg-84")
    assert agent.territories(["decider"], DAY) == ("reg-84",)


def test_a_closed_agent_is_nobody(cases: UseCases) -> None:
    agent_id = an_agent(cases)
    close_agent(cases, "agent@exemple.fr")
    assert cases.store.read(lambda tx: read_agent(tx, agent_id)) is None


def test_a_role_taken_back_opens_nothing_more_and_the_others_stay(cases: UseCases) -> None:
    an_agent(cases, role="decider")
    an_agent(cases, role="decider", scheme="aide-simple")
    agent_id = an_agent(cases, role="helpdesk")
    assert unassign(cases, "AGENT@exemple.fr", "decider", "reg-53", "aide-simple") == 1
    assert may(agent_of(cases, agent_id), "decider", "reg-53", "aide-simple", DAY)
    assert unassign(cases, "agent@exemple.fr", "decider", "reg-53") == 1
    assert agent_of(cases, agent_id).roles_in("reg-53", "aide-simple", DAY) == {"helpdesk"}
    lines = cases.store.read(lambda tx: journal.of_subject(tx, agent_id))
    assert [json.loads(line.body or "")["data"]["scheme"] for line in lines if line.kind == "agent_unassigned"] == [
        "aide-simple",
        None,
    ]


def test_a_role_nobody_gave_is_not_taken_back(cases: UseCases) -> None:
    an_agent(cases, role="helpdesk")
    with pytest.raises(ProblemsFound) as caught:
        unassign(cases, "agent@exemple.fr", "decider", "reg-53", "aide-simple")
    said = render_all(caught.value.problems, "fr")
    assert said.startswith("agent@exemple.fr n'est pas decider pour reg-53 et aide-simple\n")
    assert "Habilitations : helpdesk reg-53." in said


# The file


def test_a_file_is_imported_once_however_often_it_is_given(cases: UseCases) -> None:
    text = HEAD + "".join(
        f"agent{number}@exemple.fr;Agent {number};instructor;Région;collectivite;reg-53;;31/12/2020\n"
        for number in range(350)
    )
    assert imported(cases, text)[0] == Imported(added=350, updated=0, unchanged=0, rejected=0)
    assert imported(cases, text)[0] == Imported(added=0, updated=0, unchanged=350, rejected=0)
    changed = text.replace("Agent 7;", "Agente 7;").replace("31/12/2020", "2021-06-30", 1)
    assert imported(cases, changed)[0] == Imported(added=0, updated=2, unchanged=348, rejected=0)
    known = cases.store.read(agents.all_agents)
    assert len(known) == 350
    found = cases.store.read(lambda tx: agents.assignments(tx, known[0].id, on=DAY))
    assert [one.ends_on for one in found] == [date(2021, 6, 30)]


def test_one_agent_may_have_several_lines(cases: UseCases) -> None:
    text = HEAD + (
        "a@exemple.fr;Anne;instructor;Région;collectivite;reg-53;;\n"
        "A@Exemple.fr;Anne;helpdesk;Plateforme;collectivite;reg-84;;\n"
    )
    assert imported(cases, text)[0].added == 2
    (agent,) = cases.store.read(agents.all_agents)
    assert agent_of(cases, agent.id).territories(ROLES, DAY) == ("reg-53", "reg-84")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
def test_a_french_file_is_read_whatever_its_encoding_and_separator(
    cases: UseCases, encoding: str, separator: str
) -> None:
    rows = [
        ["Courriel", "Nom", "Rôle", "Organisme", "Instance", "Territoire", "Dispositif", "Fin"],
        ["a@exemple.fr", "Hélène", "valideur", "Préfecture", "collectivite", "reg-53", "aide-simple", "30/06/2020"],
        [],
    ]
    content = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    lines, problems = read_agent_file(cases, content, "agents.csv")
    assert problems == []
    (line,) = lines
    assert (line.name, line.role, line.organisation) == ("Hélène", "decider", "Préfecture")
    assert (line.scheme, line.ends_on) == ("aide-simple", date(2020, 6, 30))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x;A;instructor;O;collectivite;reg-53;;", 'agents.csv:2:1  "x" n\'est pas une adresse électronique'),
        ("a@exemple.fr;A;instructeuse;O;collectivite;reg-53;;", 'rôle inconnu "instructeuse"'),
        (
            "a@exemple.fr;A;instructor;O;collectivite;53;;",
            "\"53\" ne dit pas s'il s'agit d'une Région ou d'un Département",
        ),
        ("a@exemple.fr;A;instructor;O;prefecture;reg-53;;", "n'a d'instance \"prefecture\""),
        ("a@exemple.fr;A;instructor;O;collectivite;reg-53;aide-simpl;", 'vouliez-vous dire "aide-simple"'),
        ("a@exemple.fr;;instructor;;collectivite;reg-53;;", "il manque : name, organisation"),
        ("a@exemple.fr;A;instructor;O;collectivite;reg-53;;31/02/2020", "31/02/2020"),
        ("a@exemple.fr;" + "A" * 300 + ";instructor;O;collectivite;reg-53;;", "trop long : name"),
        ("a@exemple.fr;A\x07;instructor;O;collectivite;reg-53;;", "agents.csv:2:1"),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_the_others_are_kept(cases: UseCases, line: str, said: str) -> None:
    good = "b@exemple.fr;B;instructor;O;collectivite;reg-53;;"
    counted, text = imported(cases, f"{HEAD}{line}\n{good}\n")
    assert said in text
    assert (counted.added, counted.rejected, counted.read) == (1, 1, 2)


def test_everything_wrong_with_a_line_is_said_at_once_and_counts_as_one_rejection(cases: UseCases) -> None:
    counted, text = imported(cases, HEAD + "x;A;y;O;collectivite;53;;hier\n")
    assert counted.rejected == 1
    assert text.count("agents.csv:2:1") == 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "il manque des colonnes"),
        (b"email;name\n", "il manque des colonnes : role, organisation, body, territory"),
        (b"email;nam;role;organisation;body;territory\n", 'vouliez-vous dire "name"'),
        (b"email;courriel;name;role;organisation;body;territory\n", 'la colonne "email" est là deux fois'),
        (b'email;name;role;organisation;body;territory\n"a', "les guillemets de cette ligne ne se ferment pas"),
        (b"\x81\x8d\x8f", "ni en UTF-8 ni en Windows-1252"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(cases: UseCases, content: bytes, said: str) -> None:
    with pytest.raises(ProblemsFound) as refused:
        read_agent_file(cases, content, "agents.csv")
    assert said in "\n".join(render(problem, "fr") for problem in refused.value.problems)


def test_columns_are_those_of_the_documentation() -> None:
    assert list(COLUMNS) == HEAD.strip().split(";")


@pytest.mark.parametrize("written", ["décideur", "Decideur", "VALIDEUR", "decider"])
def test_a_role_is_read_without_its_capitals_and_accents(written: str) -> None:
    assert read_role(written) == "decider"


# First passwords


def test_first_passwords_go_to_those_who_have_none(cases: UseCases) -> None:
    imported(cases, HEAD + "a@exemple.fr;Anne;instructor;Région;collectivite;reg-53;;\n")
    (given,) = first_passwords(cases)
    assert given.email == "a@exemple.fr"
    assert len(given.password) == 19
    assert first_passwords(cases) == []
    assert reset_agent(cases, "a@exemple.fr").password != given.password


def test_a_first_password_that_is_not_kept_is_not_given(cases: UseCases) -> None:
    imported(cases, HEAD + "a@exemple.fr;Anne;instructor;Région;collectivite;reg-53;;\n")

    def full(_given: object) -> None:
        raise OSError("no space left on the disk")

    with pytest.raises(OSError, match="no space"):
        first_passwords(cases, full)
    assert [one.email for one in first_passwords(cases)] == ["a@exemple.fr"]


def test_an_unknown_agent_is_said_with_the_nearest(cases: UseCases) -> None:
    an_agent(cases, "anne@exemple.fr")
    with pytest.raises(ProblemsFound) as refused:
        reset_agent(cases, "ane@exemple.fr")
    assert 'vouliez-vous dire "anne@exemple.fr"' in render(refused.value.problems[0], "fr")
