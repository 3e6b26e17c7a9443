"""A publication that limits grants by something else: those that stand follow, or nothing is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from databases import each_address
from declarations import SCHEME
from guichet.errors import ProblemsFound, render_all
from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.services.grant_limits import limit_of
from guichet.storage import Tx, dossiers, grants
from mended import TERRITORY, a_dossier, a_trial, lines_of_territory, now, publish_trial


def limited_by(fields: str, scheme: str = SCHEME, across: str = "territory") -> str:
    return scheme.replace("calendar:", f"grants: {{one_per: {fields}, across: {across}}}\ncalendar:", 1)


def granted(cases: UseCases, key: str, scope: str = TERRITORY, **answers: object) -> Dossier:
    """A dossier that holds the grant of a key, as its decision left it."""
    dossier = a_dossier(cases, **answers)

    def act(tx: Tx) -> None:
        grants.take(tx, scheme="essai", scope=scope, key=key, dossier=dossier.id)
        decided = {"phase": "decided", "stage": None, "decided_at": tx.now, "end": "granted"}
        dossiers.save(tx, dossiers.by_id(tx, dossier.id), by="x", grant_key=key, granted_cents=100, **decided)

    cases.store.act(act)
    return dossier


def holder(cases: UseCases, key: str, scope: str = TERRITORY) -> str | None:
    return cases.store.read(lambda tx: grants.holder(tx, scheme="essai", scope=scope, key=key))


@each_address
def test_grants_that_stand_follow_the_key_of_the_publication(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, a_trial(tmp_path, url) as (cases, _):
        publish_trial(cases, tmp_path / "one", limited_by("titulaire"))
        # The second takes the key that the first leaves.
        first = granted(cases, "12", titulaire="12", effectif=8)
        second = granted(cases, "8", titulaire="8", effectif=12)

        publish_trial(cases, tmp_path / "two", limited_by("effectif"))

        assert (holder(cases, "8"), holder(cases, "12")) == (first.id, second.id)
        assert [now(cases, one).grant_key for one in (first, second)] == ["8", "12"]
        assert lines_of_territory(cases, "scheme_published")[-1]["grants_rekeyed"] == 2


def test_who_was_granted_under_the_former_key_is_not_granted_again(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        publish_trial(cases, tmp_path / "one", limited_by("titulaire"))
        before = granted(cases, "club", titulaire="Club", effectif=8)
        waiting = a_dossier(cases, titulaire="Autre", effectif=8)

        publish_trial(cases, tmp_path / "two", limited_by("effectif"))

        current = cases.snapshots.current("essai", TERRITORY)
        assert current is not None
        limit = limit_of(cases, cases.snapshots.by_hash(waiting.snapshot_hash), current, now(cases, waiting))
        assert limit is not None
        assert limit[1] is not None
        assert holder(cases, limit[1]) == before.id


def test_a_granted_dossier_that_cannot_give_its_new_key_stops_the_publication(tmp_path: Path) -> None:
    asked = SCHEME.replace("      titulaire:", "      ville: {type: text, label: Ville}\n      titulaire:")
    with a_trial(tmp_path) as (cases, _):
        publish_trial(cases, tmp_path / "one", limited_by("titulaire"))
        dossier = granted(cases, "club")

        with pytest.raises(ProblemsFound) as refused:
            publish_trial(cases, tmp_path / "two", limited_by("ville", asked))

        assert dossier.reference in render_all(refused.value.problems, "fr")
        assert [problem.code for problem in refused.value.problems] == ["grants_without_key"]
        assert holder(cases, "club") == dossier.id


def test_two_grants_that_would_become_one_stop_the_publication(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        publish_trial(cases, tmp_path / "one", limited_by("titulaire"))
        granted(cases, "un", titulaire="Un")
        granted(cases, "deux", titulaire="Deux")

        with pytest.raises(ProblemsFound) as refused:
            publish_trial(cases, tmp_path / "two", limited_by("effectif"))

        assert [problem.code for problem in refused.value.problems] == ["grants_share_key"]


def test_a_limit_across_all_territories_is_followed_in_those_not_published_too(tmp_path: Path) -> None:
    everywhere = "all_territories"
    with a_trial(tmp_path) as (cases, _):
        publish_trial(cases, tmp_path / "one", limited_by("titulaire", across=everywhere), "dep-73", "dep-74")
        dossier = granted(cases, "club", scope="", effectif=8)

        publish_trial(cases, tmp_path / "two", limited_by("effectif", across=everywhere), "dep-74")

        assert holder(cases, "8", "") == dossier.id
