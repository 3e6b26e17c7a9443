"""The collector rests while somebody reads, and only then."""

from __future__ import annotations

import gc

from guichet.loader.collector import collector_at_rest


def test_the_collector_wakes_when_the_last_reader_has_finished():
    assert gc.isenabled()
    first, second = collector_at_rest(), collector_at_rest()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_a_collector_that_slept_before_is_left_asleep():
    gc.disable()
    try:
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
