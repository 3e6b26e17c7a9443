"""Publishing: all territories or none, the same content once, one journal event a change, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from databases import each_address
from declarations import SCHEME, a_library, with_change
from guichet.errors import ProblemsFound, render_all
from guichet.services.cases import UseCases
from guichet.services.publication import ExamplesFail, publish
from guichet.services.snapshots import Snapshots
from guichet.settings import Settings
from guichet.storage import journal, snapshots
from instances import an_instance, the_library, the_plugins

REGIONS = (
    "reg-01", "reg-11", "reg-24", "reg-27", "reg-28", "reg-32", "reg-44", "reg-52", "reg-53", "reg-75", "reg-76",
    "reg-84", "reg-93", "reg-94",
)  # fmt: skip
BOTH = ("dep-73", "dep-74")
WRONG = "format: 1\nexamples:\n  faux:\n    title: Faux\n    answers: {effectif: 3}\n    expect: {outcome: eligible}\n"


def events(cases: UseCases, territory: str) -> list[str]:
    return [event.kind for event in cases.store.read(lambda tx: journal.page(tx, territory))]


def served(cases: UseCases) -> dict[str, int]:
    return {row.territory: row.number for row in cases.store.read(snapshots.all_current)}


def test_the_same_content_is_published_once_and_each_change_has_its_event(tmp_path: Path) -> None:
    library = a_library(tmp_path)
    with an_instance(tmp_path / "instance") as cases:
        first = publish(cases, library, "essai", BOTH)
        again = publish(cases, library, "essai", BOTH)
        changed = publish(cases, a_library(tmp_path, with_change("Aide d'essai", "Aide")), "essai", ("dep-74",))
        assert [(done.number, done.changed) for done in (*first, *again, *changed)] == [
            (1, True), (1, True), (1, False), (1, False), (2, True),
        ]  # fmt: skip
        assert events(cases, "dep-73") == ["scheme_published"]
        assert events(cases, "dep-74") == ["scheme_published", "scheme_published"]


def test_a_failing_example_publishes_nothing(tmp_path: Path) -> None:
    library = a_library(tmp_path, files={"schemes/essai/examples.yaml": WRONG})
    with an_instance(tmp_path / "instance") as cases:
        with pytest.raises(ExamplesFail) as refused:
            publish(cases, library, "essai", BOTH)
        assert [run.id for run in refused.value.failed] == ["faux"]
        assert served(cases) == {}


@pytest.mark.parametrize("stranger", ["reg-53", "dep-999"])
def test_one_territory_too_many_publishes_nothing(tmp_path: Path, stranger: str) -> None:
    for scheme in (SCHEME, with_change("territories: [dep-73, dep-74]\n", "")):
        if scheme is not SCHEME and stranger == "reg-53":
            continue
        with an_instance(tmp_path / "instance") as cases:
            with pytest.raises(ProblemsFound):
                publish(cases, a_library(tmp_path, scheme), "essai", (*BOTH, stranger))
            assert served(cases) == {}


def test_a_mistake_in_the_fourteenth_overlay_publishes_none_of_the_fourteen(tmp_path: Path) -> None:
    scheme = with_change("territories: [dep-73, dep-74]", "territories: [regions]")
    overlay = {"regions/reg-94-corse/overlays/essai.yaml": "format: 1\nset:\n  parameters.plafond: 700 €\n"}
    with an_instance(tmp_path / "instance") as cases:
        with pytest.raises(ProblemsFound):
            publish(cases, a_library(tmp_path, scheme, overlay), "essai", REGIONS)
        assert served(cases) == {}
        assert all(events(cases, territory) == [] for territory in REGIONS)


@each_address
def test_publications_at_the_same_moment_leave_one_number_and_one_event_each(address, tmp_path: Path) -> None:
    library = the_library()
    with address(tmp_path) as url, an_instance(tmp_path, settings=Settings(database_url=url)) as cases:
        orders = [REGIONS, REGIONS[::-1]] * 4
        with ThreadPoolExecutor(len(orders)) as people:
            done = list(people.map(lambda order: publish(cases, library, "fds-volet-2", order), orders))
        assert served(cases) == dict.fromkeys(REGIONS, 1)
        assert sum(one.changed for each in done for one in each) == len(REGIONS)
        assert [tuple(one.territory for one in each) for each in done] == orders
        assert {territory: events(cases, territory) for territory in REGIONS} == {
            territory: ["scheme_published"] for territory in REGIONS
        }


def test_a_snapshot_whose_plugin_is_missing_is_refused_by_name(tmp_path: Path) -> None:
    with an_instance(tmp_path / "instance") as cases:
        (done,) = publish(cases, a_library(tmp_path), "essai", ("dep-74",))
        plugins = the_plugins()
        fewer = {key: kind for key, kind in plugins.field_types.items() if key != "iban"}
        elsewhere = Snapshots(cases.store, replace(plugins, field_types=fewer))
        with pytest.raises(ProblemsFound) as refused:
            elsewhere.by_hash(done.hash)
        text = render_all(refused.value.problems, "fr")
        assert 'la publication de "essai" pour dep-74 ne peut pas être servie par cette installation' in text
        assert 'type de champ inconnu "iban"' in text
        assert "installez les extensions de sa publication (" in text


def test_a_snapshot_is_served_by_an_installation_with_more_plugins(tmp_path: Path) -> None:
    with an_instance(tmp_path / "instance") as cases:
        (done,) = publish(cases, a_library(tmp_path), "essai", ("dep-74",))
        plugins = the_plugins()
        more = {**plugins.field_types, "autre": plugins.field_types["text"]}
        assert Snapshots(cases.store, replace(plugins, field_types=more)).by_hash(done.hash).territory == "dep-74"
