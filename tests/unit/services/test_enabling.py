"""Enabling a scheme: what each territory needs is made once, in one journaled act, and nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from databases import each_address
from declarations import SCHEME, a_library, with_change
from guichet.errors import ProblemsFound
from guichet.loader.library import Library
from guichet.services.cases import UseCases
from guichet.services.enabling import Enabled, NotPublished, enable
from guichet.settings import Settings
from guichet.storage import Tx, agents, envelopes, journal, snapshots
from instances import an_instance

BOTH = ("dep-73", "dep-74")
WITH_ENVELOPE = with_change("overlay_may_set:", "envelope: {ceiling: 40 000 €}\noverlay_may_set:")


@pytest.fixture(params=each_address.args[1])
def cases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UseCases]:
    with (
        request.param(tmp_path) as url,
        an_instance(tmp_path / "instance", settings=Settings(database_url=url)) as made,
    ):
        yield made


def one(cases: UseCases, library: Library, territory: str = "dep-74", **options: str) -> Enabled:
    return enable(cases, library, "essai", (territory,), **options)[0]


def state(cases: UseCases) -> tuple[object, ...]:
    """Everything that enabling may change, journal included."""
    places = (*BOTH, "reg-53")
    return (
        [(row.territory, row.hash) for row in cases.store.read(snapshots.all_current)],
        [cases.store.read(lambda tx, place=place: agents.organisations(tx, place)) for place in places],
        cases.store.read(lambda tx: envelopes.all_envelopes(tx, "essai")),
        [cases.store.read(lambda tx, place=place: journal.page(tx, place)) for place in places],
    )


def test_all_that_the_first_day_needs_is_made_and_journaled(cases: UseCases, tmp_path: Path) -> None:
    made = one(cases, a_library(tmp_path, WITH_ENVELOPE))

    assert made.published is not None
    assert made.published.changed
    assert made.organisations == ("Services de la collectivité",)
    assert made.envelope_state == "opened"
    assert made.envelope is not None
    assert (made.envelope.ceiling_cents, made.envelope.territory) == (40_000_00, "dep-74")
    events = cases.store.read(lambda tx: journal.page(tx, "dep-74"))
    assert [event.kind for event in events] == ["scheme_published", "scheme_enabled"]


def test_again_without_a_change_nothing_moves(cases: UseCases, tmp_path: Path) -> None:
    library = a_library(tmp_path, WITH_ENVELOPE)
    enable(cases, library, "essai", BOTH)
    before = state(cases)

    again = enable(cases, library, "essai", BOTH)

    assert [done.changed for done in again] == [False, False]
    assert state(cases) == before


def test_a_changed_overlay_changes_its_own_teleservice_alone(cases: UseCases, tmp_path: Path) -> None:
    enable(cases, a_library(tmp_path, WITH_ENVELOPE), "essai", BOTH)
    untouched = cases.snapshots.current("essai", "dep-74")
    overlay = {"regions/dep-73-savoie/overlays/essai.yaml": "format: 1\nset:\n  calendar.closes: 2020-06-15\n"}

    savoie, haute_savoie = enable(cases, a_library(tmp_path, WITH_ENVELOPE, overlay), "essai", BOTH)

    assert savoie.changed
    assert not haute_savoie.changed
    now = cases.snapshots.current("essai", "dep-74")
    assert untouched is not None
    assert now is not None
    assert now.hash == untouched.hash


def test_an_overlay_that_touches_a_national_rule_is_refused_where_it_stands(cases: UseCases, tmp_path: Path) -> None:
    overlay = {"regions/dep-73-savoie/overlays/essai.yaml": "format: 1\nset:\n  legal.basis: Autre texte\n"}
    before = state(cases)

    with pytest.raises(ProblemsFound) as found:
        enable(cases, a_library(tmp_path, SCHEME, overlay), "essai", BOTH)

    (problem,) = found.value.problems
    assert problem.code == "overlay_not_open"
    assert problem.position is not None
    assert (problem.position.file, problem.position.line) == ("regions/dep-73-savoie/overlays/essai.yaml", 3)
    assert state(cases) == before


def test_an_organisation_that_a_file_of_agents_named_is_kept(cases: UseCases, tmp_path: Path) -> None:
    cases.store.act(
        lambda tx: agents.ensure_organisation(tx, territory="dep-74", body="collectivite", name="Direction des sports")
    )

    assert one(cases, a_library(tmp_path)).organisations == ()


def test_the_agents_of_another_scheme_get_the_same_roles_once(cases: UseCases, tmp_path: Path) -> None:
    library = a_library(tmp_path)

    def engage(email: str, role: str, scheme: str | None, body: str = "collectivite") -> None:
        def act(tx: Tx) -> None:
            agent = agents.ensure(tx, email=email, name=email)
            held = agents.ensure_organisation(tx, territory="dep-74", body=body, name="Services")
            agents.assign(tx, agent_id=agent.id, role=role, organisation_id=held.id, territory="dep-74", scheme=scheme)

        cases.store.act(act)

    engage("a@exemple.fr", "instructor", "ancienne-aide")
    engage("b@exemple.fr", "decider", "ancienne-aide")
    engage("c@exemple.fr", "decider", "ancienne-aide", "prefecture")
    engage("d@exemple.fr", "instructor", None)

    without = one(cases, library)
    given = one(cases, library, agents_of="ancienne-aide")
    again = one(cases, library, agents_of="ancienne-aide")

    assert without.able == {"instructor": 1}
    assert (given.assignments, given.able) == (2, {"instructor": 2, "decider": 1})
    assert not again.changed


def test_an_envelope_follows_its_declaration(cases: UseCases, tmp_path: Path) -> None:
    one(cases, a_library(tmp_path, WITH_ENVELOPE))
    raised = a_library(tmp_path, WITH_ENVELOPE.replace("40 000 €", "60 000 €"))

    moved = one(cases, raised)

    assert moved.envelope_state == "moved"
    assert moved.envelope is not None
    assert moved.envelope.ceiling_cents == 60_000_00


def test_a_live_instance_that_is_not_ready_is_prepared_and_not_published(tmp_path: Path) -> None:
    with an_instance(tmp_path / "instance", mode="live") as cases:
        with pytest.raises(NotPublished) as held:
            enable(cases, a_library(tmp_path, WITH_ENVELOPE), "essai", ("dep-74",))

        (made,) = held.value.enabled
        assert made.published is None
        assert made.organisations
        assert made.envelope_state == "opened"
        assert cases.store.read(snapshots.all_current) == []
