"""Primary keys are UUIDs of version 7 that never go back."""

from __future__ import annotations

import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from guichet.model.identifiers import Ids, uuid7

NOW = datetime(2020, 4, 20, 8, 0, tzinfo=UTC)


def test_a_key_is_the_uuid_of_the_rfc() -> None:
    # RFC 9562, appendix A.6: 2022-02-22T19:22:22Z, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F
    random = (0xCC3 << 64 | 0x18C4DC0C0C07398F).to_bytes(10, "big")

    assert uuid7(0x017F22E279B0, random) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_keys_made_in_the_same_millisecond_are_in_order() -> None:
    ids = Ids(lambda: NOW, os.urandom)
    made = [ids.new() for _ in range(10_000)]  # more than the counter holds: it borrows from the next millisecond

    assert made == sorted(set(made))
    assert {uuid.UUID(key).version for key in made} == {7}


def test_keys_do_not_go_back_when_the_clock_does() -> None:
    instants = iter([NOW, NOW.replace(year=2019), NOW])
    ids = Ids(lambda: next(instants), os.urandom)
    made = [ids.new() for _ in range(3)]

    assert made == sorted(made)


def test_threads_never_get_the_same_key() -> None:
    ids = Ids(lambda: NOW, lambda size: bytes(size))
    with ThreadPoolExecutor(8) as people:
        made = list(people.map(lambda _: ids.new(), range(4000)))

    assert len(set(made)) == 4000


def test_salts_and_secrets_have_their_size() -> None:
    ids = Ids(lambda: NOW, os.urandom)

    assert (len(ids.salt()), len(ids.secret()), len(ids.secret(16))) == (32, 64, 32)
