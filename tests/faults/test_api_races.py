"""Two requests of one key at once file one dossier, and two followers of a journal tell each event once."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from calling import a_token, simple_body
from databases import each_address
from guichet.locale import Language
from guichet.model.webhooks import Webhook
from guichet.services.api import submissions
from guichet.services.api.faults import KeyReused
from guichet.services.api.schemas import Applications
from guichet.services.api.submissions import Submission, submit
from guichet.services.api.tokens import known_token
from guichet.services.cases import UseCases
from guichet.services.webhooks import following
from guichet.services.webhooks.following import follow
from guichet.settings import Settings
from guichet.storage import Tx, idempotency, webhooks
from instances import an_instance

SIMPLE = "aide-simple"
FRENCH: Language = "fr"


@contextmanager
def two_processes(url: str, folder: Path) -> Iterator[tuple[UseCases, UseCases]]:
    """Give the use cases of two processes on one database, with a webhook that no one serves."""
    settings = Settings(database_url=url)
    with (
        an_instance(folder, schemes=[SIMPLE], territories=["reg-53"], settings=settings) as one,
        an_instance(folder, settings=settings) as other,
    ):
        yield one, other


def all_at_once(number: int, work: Callable[[int], Any]) -> list[Any]:
    start = Barrier(number)

    def one(index: int) -> Any:
        start.wait(30)
        try:
            return work(index)
        except Exception as error:
            return error

    with ThreadPoolExecutor(number) as people:
        return list(people.map(one, range(number)))


def race(pair: tuple[UseCases, UseCases], keys: int, of_each: int, bodies: Callable[[int], Any]) -> list[Any]:
    """Send `of_each` requests of each of some keys from both processes at once and give the answers."""
    secret = a_token(pair[0])
    token = known_token(pair[0], secret)
    assert token is not None
    applications = Applications("")

    def send(index: int) -> Any:
        body = json.dumps(bodies(index)).encode()
        sent = Submission(token, "reg-53", SIMPLE, f"key-{index % keys}", body, FRENCH)
        return submit(pair[index % 2], applications, sent)

    return all_at_once(keys * of_each, send)


def filed(cases: UseCases) -> int:
    return cases.store.read(lambda tx: tx.value(text("SELECT count(*) FROM dossier")))


@each_address
def test_requests_of_one_key_at_once_file_one_dossier(address, tmp_path: Path) -> None:
    with address(tmp_path) as url, two_processes(url, tmp_path) as pair:
        answers = race(pair, keys=4, of_each=6, bodies=lambda index: simple_body(f"person{index % 4}@exemple.fr"))
        assert [one for one in answers if isinstance(one, Exception)] == []
        assert filed(pair[0]) == 4
        references = Counter(one.answer["reference"] for one in answers)
        assert sorted(references.values()) == [6, 6, 6, 6]
        assert Counter(one.again for one in answers) == {False: 4, True: 20}


@each_address
def test_without_the_key_kept_the_same_race_files_too_many(
    address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: keys are forgotten, and the test above would go red."""

    def forgetful(tx: Tx, scope: str, key: str, work: Callable[[], Any]) -> Any:
        return work()

    monkeypatch.setattr(idempotency, "once", forgetful)
    with address(tmp_path) as url, two_processes(url, tmp_path) as pair:
        race(pair, keys=1, of_each=4, bodies=lambda _: simple_body())
        assert filed(pair[0]) == 4


@each_address
def test_of_two_bodies_under_one_key_at_once_one_is_filed_and_the_other_told(address, tmp_path: Path) -> None:
    with address(tmp_path) as url, two_processes(url, tmp_path) as pair:
        answers = race(pair, keys=1, of_each=8, bodies=lambda index: simple_body(effectif=1 + index % 2))
        assert filed(pair[0]) == 1
        assert Counter(isinstance(one, KeyReused) for one in answers) == {True: 4, False: 4}


@each_address
def test_two_followers_at_once_owe_each_event_once(address, tmp_path: Path) -> None:
    with address(tmp_path) as url, two_processes(url, tmp_path) as pair:
        assert events_owed(pair) == 10


@each_address
def test_without_the_cursor_held_followers_owe_events_twice(
    address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: nobody holds the cursor and duties bear no key of their own, and the test above would go red."""
    monkeypatch.setattr(following.webhooks, "hold", lambda tx, name, territory: 0)
    monkeypatch.setattr(following.webhooks, "key_of", lambda *parts: f"webhook:{os.urandom(6).hex()}")
    with address(tmp_path) as url, two_processes(url, tmp_path) as pair:
        assert events_owed(pair) > 10


def events_owed(pair: tuple[UseCases, UseCases]) -> int:
    """File ten dossiers while both processes follow the journal, and give how many events are owed in the end."""
    declared = {"compta": Webhook(url="http://127.0.0.1:1/x", secret="secret:x", events=("dossier.filed",))}
    told = [cases_with(cases, declared) for cases in pair]
    for one in told:
        follow(one)

    def work(index: int) -> None:
        if index < 4:
            for _ in range(10):
                follow(told[index % 2])
        else:
            race_one(told[index % 2], index)

    found = [one for one in all_at_once(14, work) if isinstance(one, Exception)]
    assert found == []
    for one in told:
        follow(one)
    return pair[0].store.read(lambda tx: tx.value(text("SELECT count(*) FROM outbox WHERE kind = 'webhook'")))


def cases_with(cases: UseCases, declared: dict[str, Webhook]) -> UseCases:
    from dataclasses import replace

    return replace(cases, webhooks=declared)


def race_one(cases: UseCases, index: int) -> None:
    token = known_token(cases, a_token(cases))
    assert token is not None
    body = json.dumps(simple_body(f"person{index}@exemple.fr")).encode()
    submit(cases, Applications(""), Submission(token, "reg-53", SIMPLE, f"key-{index}", body, FRENCH))


def test_the_names_sabotaged_are_those_used() -> None:
    assert submissions.idempotency is idempotency
    assert following.webhooks is webhooks
