"""Filed dossiers in the order of their changes, and those deleted since, on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from databases import SteppedClock, each_database
from guichet.model.records import ApiToken
from guichet.storage import Store, Tx, api_tokens, dossier_feed, dossiers
from guichet.storage.dossier_feed import FeedFilter
from stored import SCHEME, TERRITORY, a_dossier

HERE = FeedFilter(TERRITORY, SCHEME)


def delete(store: Store, *ids: str) -> None:
    for one in ids:
        store.act(lambda tx, one=one: tx.run(text("DELETE FROM dossier WHERE id = :id"), {"id": one}))


@each_database
def test_changes_come_in_their_order_and_ties_by_id(database, tmp_path: Path) -> None:
    clock = SteppedClock()
    with database(tmp_path, clock=clock) as store:
        first, second, third = store.act(lambda tx: [a_dossier(tx) for _ in range(3)])
        store.act(lambda tx: a_dossier(tx, phase="draft", filed_at=None))
        store.act(lambda tx: a_dossier(tx, territory="reg-84"))
        clock.move(seconds=1)
        store.act(lambda tx: dossiers.save(tx, dossiers.lock(tx, second.id), by="x", stage="decision"))

        def pages(tx: Tx) -> list[str]:
            met: list[str] = []
            after = None
            while found := dossier_feed.changed(tx, HERE, after=after, limit=1):
                met += [one.id for one in found]
                after = (found[-1].changed_at, found[-1].id)
            return met

        assert store.read(pages) == [first.id, third.id, second.id]
        since = FeedFilter(TERRITORY, SCHEME, since=clock.now())
        assert [one.id for one in store.read(lambda tx: dossier_feed.changed(tx, since, after=None, limit=9))] == [
            second.id
        ]


@each_database
def test_a_filed_dossier_that_is_deleted_leaves_its_reference(database, tmp_path: Path) -> None:
    with database(tmp_path) as store:
        filed = store.act(a_dossier)
        draft = store.act(lambda tx: a_dossier(tx, phase="draft", filed_at=None))
        delete(store, filed.id, draft.id)
        (gone,) = store.read(lambda tx: dossier_feed.gone(tx, TERRITORY, SCHEME, since=None, after=None, limit=9))
        assert (gone.reference, gone.territory, gone.scheme) == (filed.reference, TERRITORY, SCHEME)
        assert gone.gone_at.tzinfo is not None
        later = gone.gone_at + timedelta(microseconds=1)
        assert not store.read(lambda tx: dossier_feed.gone(tx, TERRITORY, SCHEME, since=later, after=None, limit=9))


@each_database
def test_a_token_is_found_while_it_lives(database, tmp_path: Path) -> None:
    clock = SteppedClock()
    with database(tmp_path, clock=clock) as store:

        def made(tx: Tx) -> ApiToken:
            return api_tokens.add(
                tx,
                name="Compta",
                secret_hash="h",
                territories=["reg-53"],
                schemes=[],
                verbs=["read"],
                per_minute=10,
                expires_at=clock.now() + timedelta(days=1),
            )

        token = store.act(made)
        assert store.read(lambda tx: api_tokens.by_hash(tx, "h")) == token
        assert token.covers("reg-53", "anything")
        assert not token.covers("reg-84")
        assert store.read(lambda tx: api_tokens.by_hash(tx, "x")) is None
        assert store.act(lambda tx: api_tokens.revoke(tx, token.id))
        assert store.read(lambda tx: api_tokens.by_hash(tx, "h")) is None
        assert not store.act(lambda tx: api_tokens.revoke(tx, token.id))


@each_database
def test_a_token_is_nothing_from_its_last_instant_on(database, tmp_path: Path) -> None:
    clock = SteppedClock()
    with database(tmp_path, clock=clock) as store:
        ends = clock.now() + timedelta(days=1)
        store.act(
            lambda tx: api_tokens.add(
                tx,
                name="x",
                secret_hash="h",
                territories=["reg-53"],
                schemes=[],
                verbs=["read"],
                per_minute=1,
                expires_at=ends,
            )
        )
        clock.move(days=1, seconds=-1)
        assert store.read(lambda tx: api_tokens.by_hash(tx, "h")) is not None
        clock.move(seconds=1)
        assert store.read(lambda tx: api_tokens.by_hash(tx, "h")) is None


@each_database
def test_files_nobody_came_to_name_are_forgotten(database, tmp_path: Path) -> None:
    clock = SteppedClock()
    with database(tmp_path, clock=clock) as store:

        def add(tx: Tx) -> None:
            token = api_tokens.add(
                tx,
                name="x",
                secret_hash="h",
                territories=["reg-53"],
                schemes=[],
                verbs=["submit"],
                per_minute=1,
                expires_at=clock.now() + timedelta(days=9),
            )
            kept = {"reference": "ab/cd", "name": "a.pdf"}
            api_tokens.add_upload(tx, token=token.id, territory="reg-53", scheme=SCHEME, field="rib", stored=kept)

        store.act(add)
        assert store.read(api_tokens.upload_files) == {"ab/cd"}
        clock.move(days=2)
        assert store.act(lambda tx: api_tokens.sweep_uploads(tx, before=tx.real_now - timedelta(days=1))) == 1
        assert store.read(api_tokens.upload_files) == set()
