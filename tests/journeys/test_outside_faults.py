"""Every connector dead or lying: filing goes on, services are left alone, and all is caught up once they are back.

The stand-ins are those of whatever is installed: a connector that lands later joins by having one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.plugin.contracts import Call, Reply, Unavailable
from guichet.plugin.outside.breaker import FAILURES_BEFORE_OPEN, Breaker
from guichet.services.schedule import put_due
from guichet.storage import dossiers, lists, outbox, prefills
from guichet.worker.loop import drain
from outside_world import DEAD_OR_LYING, World, a_world


def work_off(world: World, times: int = 1, **span: float) -> None:
    """Do what is due, then let time pass, so many times."""
    for _ in range(times):
        put_due(world.cases)
        went = drain(world.cases)
        assert went.dead == 0
        world.later(**(span or {"minutes": 1}))


def waiting(world: World) -> dict[tuple[str, str], int]:
    return {key: count for key, count in world.cases.store.read(outbox.counts).items() if key[1] == "queued"}


@pytest.mark.parametrize("kind", DEAD_OR_LYING)
def test_filing_goes_on_and_all_is_caught_up(kind: str, tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        world.order(kind)
        references = world.file_many(8)
        assert len(set(references)) == 8
        work_off(world, times=2)
        assert waiting(world)["enrich", "queued"] == 8
        assert waiting(world)["fetch_list", "queued"] == 1
        assert world.cases.store.read(lambda tx: lists.latest(tx, "essai", "soutenus")) is None
        world.order("none")
        work_off(world, times=12, minutes=20)
        assert waiting(world) == {}
        assert world.cases.store.read(lambda tx: lists.size(tx, "essai", "soutenus")) == 150
        for reference in references:
            dossier = world.cases.store.read(lambda tx, of=reference: dossiers.by_reference(tx, of))
            assert dossier is not None
            assert dossier.answers["effectif"] == 813
            said = world.cases.store.read(lambda tx, of=dossier.id: prefills.of_dossier(tx, of))
            assert {one.state for one in said.values()} == {"given"}


def test_a_dead_service_is_asked_five_times_then_left_alone(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        world.order("5xx")
        world.file_many(12)
        assert world.apps["api_entreprise"].requests <= FAILURES_BEFORE_OPEN + 3  # those under way at the fifth
        with pytest.raises(Unavailable, match="failed too often"):
            world.cases.outside.within().ask(Call("api_entreprise", "GET", "http://127.0.0.1:9/", "to see"), Reply.json)


def test_without_a_breaker_a_dead_service_is_asked_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotage of the test above."""
    monkeypatch.setattr(Breaker, "failed", lambda self: None)
    with a_world(tmp_path) as world:
        world.order("5xx")
        world.file_many(12)
        assert world.apps["api_entreprise"].requests > FAILURES_BEFORE_OPEN + 3


def test_every_installed_stand_in_is_in_the_world(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        assert {"api_entreprise", "demarches_simplifiees"} <= world.apps.keys()
        assert world.cases.services.keys() <= world.apps.keys()
        assert all(address["base_url"].startswith("http://127.0.0.1:") for address in world.cases.services.values())
