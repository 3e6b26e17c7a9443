"""Snapshots, attachments, documents, notices, exchanges, opinions: kept and given back."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from databases import each_database
from guichet.model.records import Document
from guichet.storage import Store, Tx, decisions, exchanges, files, notices, snapshots
from guichet.storage.errors import ConstraintError, NotFoundError
from guichet.storage.made_once import document_once
from stored import HASH, SCHEME, TERRITORY, a_decision, a_dossier, a_snapshot, an_agent


@each_database
def test_the_last_publication_is_the_current_one(store: Store) -> None:
    def publish(tx: Tx, hash_: str) -> object:
        a_snapshot(tx, hash_=hash_)
        return snapshots.make_current(tx, SCHEME, TERRITORY, hash_)

    for hash_ in ("a" * 64, "b" * 64):
        store.act(lambda tx, hash_=hash_: publish(tx, hash_))

    current = store.read(lambda tx: snapshots.current(tx, SCHEME, TERRITORY))
    assert current is not None
    assert (current.hash, current.number) == ("b" * 64, 2)
    assert store.read(snapshots.all_current) == [current]


@each_database
def test_a_snapshot_is_kept_once_and_never_changes(store: Store) -> None:
    store.act(a_snapshot)
    store.act(a_snapshot)

    assert store.read(lambda tx: snapshots.by_hash(tx, HASH)).plugin_versions == {"guichet": "0.1.0"}
    with pytest.raises(ConstraintError, match="immutable"):
        store.act(lambda tx: tx.run(text("UPDATE snapshot SET body = ''")))
    with pytest.raises(NotFoundError):
        store.read(lambda tx: snapshots.by_hash(tx, "b" * 64))


@each_database
def test_an_opinion_is_revoked_and_stays_readable(store: Store) -> None:
    def act(tx: Tx) -> tuple[str, str]:
        dossier = a_dossier(tx)
        made = decisions.add_opinion(
            tx,
            dossier=dossier.id,
            stage="opinion",
            body="region",
            agent=an_agent(tx).id,
            favourable=False,
            checks={"pret_raisonnable": False},
            reason="prêt trop élevé",
        )
        assert decisions.opinions(tx, dossier.id) == [made]
        return dossier.id, made.id

    dossier, opinion = store.act(act)

    assert [store.act(lambda tx: decisions.revoke_opinion(tx, opinion)) for _ in range(2)] == [True, False]
    assert store.read(lambda tx: decisions.opinions(tx, dossier)) == []
    assert len(store.read(lambda tx: decisions.opinions(tx, dossier, revoked=True))) == 1


@each_database
def test_a_decision_is_notified_once(store: Store) -> None:
    decision = store.act(lambda tx: a_decision(tx, a_dossier(tx)))

    notified = [store.act(lambda tx: decisions.notify(tx, decision.id, by="e-mail")) for _ in range(2)]

    assert notified == [True, False]
    assert store.read(lambda tx: decisions.by_id(tx, decision.id)).notified_by == "e-mail"


@each_database
def test_files_messages_and_calls_of_a_dossier_come_in_order(store: Store) -> None:
    def act(tx: Tx) -> str:
        dossier = a_dossier(tx).id
        sheet = {"file_name": "rib.pdf", "media_type": "application/pdf", "size": 3, "sha256": "a"}
        attached = files.add_attachment(tx, dossier=dossier, field="rib", stored_as="aa/1", **sheet)
        written = {"bytes": 3, **{name: sheet[name] for name in sheet if name != "size"}}
        document_once(tx, Document("letter-1", dossier, "letter", stored_as="aa/2", at=tx.now, **written))
        for body in ("Bonjour", "Merci"):
            exchanges.add(tx, dossier=dossier, author_kind="agent", author="a", body=body, attachment=attached.id)
        exchanges.add_call(tx, dossier=dossier, agent=an_agent(tx).id, note="a rappelé")
        notices.add(tx, channel="email", address="a@b.fr", subject="s", body="b", event="filed", dossier=dossier)
        return dossier

    dossier = store.act(act)

    assert [one.field for one in store.read(lambda tx: files.attachments(tx, dossier))] == ["rib"]
    assert [one.kind for one in store.read(lambda tx: files.documents(tx, dossier))] == ["letter"]
    assert [one.body for one in store.read(lambda tx: exchanges.of_dossier(tx, dossier))] == ["Bonjour", "Merci"]
    assert [one.note for one in store.read(lambda tx: exchanges.calls(tx, dossier))] == ["a rappelé"]
    assert store.read(lambda tx: files.unnamed(tx, ["aa/1", "aa/2", "aa/3"])) == {"aa/3"}
    (notice,) = store.read(lambda tx: notices.of_dossier(tx, dossier))
    store.act(lambda tx: notices.failed(tx, notice.id, for_good=False))
    store.act(lambda tx: notices.sent(tx, notice.id, "provider-1"))
    sent = store.read(lambda tx: notices.by_id(tx, notice.id))
    assert sent is not None
    assert (sent.state, sent.attempts, sent.provider_reference) == ("sent", 2, "provider-1")
    assert store.read(notices.counts) == {"sent": 1}


@each_database
def test_a_row_that_hangs_on_nothing_is_refused(store: Store) -> None:
    with pytest.raises(ConstraintError):
        store.act(lambda tx: exchanges.add(tx, dossier="nothing", author_kind="agent", author="a", body="Bonjour"))
