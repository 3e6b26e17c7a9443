"""A plugin that fails is isolated, counted, set aside, and called again once restored."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from guichet.plugin import Health, PluginFailed, PluginSetAside
from guichet.plugin.contracts import Invalid, Refused, Unavailable
from guichet.plugin.health import FAILURES_BEFORE_SET_ASIDE, HealthBook
from shipped_plugins import shipped_plugins


def broken() -> None:
    raise ZeroDivisionError("oops")


WHERE = f"test_health.py:{broken.__code__.co_firstlineno + 1}"


def fail(book: HealthBook, times: int) -> None:
    for _ in range(times):
        with pytest.raises(PluginFailed):
            book.call("a", broken)


def test_the_result_of_the_work_comes_back():
    assert HealthBook().call("a", lambda: 42) == 42


def test_each_failure_is_logged_with_its_place_and_without_its_words(caplog: pytest.LogCaptureFixture):
    fail(HealthBook(), 1)
    fail(HealthBook(logs=False), 1)
    assert caplog.messages == [f"plugin a failed, 1 of 5 in a row: ZeroDivisionError ({WHERE})"]


def test_a_failure_is_counted_and_its_cause_is_kept():
    book = HealthBook()
    with pytest.raises(PluginFailed) as failed:
        book.call("a", broken)
    assert isinstance(failed.value.__cause__, ZeroDivisionError)
    assert book.of("a") == Health("failing", 1, 1, f"ZeroDivisionError: oops ({WHERE})")
    assert book.of("b") == Health()


def test_a_plugin_that_failed_five_times_in_a_row_is_not_called_any_more():
    book = HealthBook()
    fail(book, FAILURES_BEFORE_SET_ASIDE)
    called: list[int] = []
    with pytest.raises(PluginSetAside, match="oops"):
        book.call("a", lambda: called.append(1))
    assert (called, book.of("a").state) == ([], "set_aside")


def test_one_success_starts_the_count_again():
    book = HealthBook()
    fail(book, FAILURES_BEFORE_SET_ASIDE - 1)
    book.call("a", lambda: None)
    fail(book, FAILURES_BEFORE_SET_ASIDE - 1)
    assert book.of("a").state == "failing"
    assert book.of("a").failures == 2 * (FAILURES_BEFORE_SET_ASIDE - 1)


def test_a_late_success_does_not_bring_back_a_plugin_set_aside_meanwhile():
    book = HealthBook()
    fail(book, FAILURES_BEFORE_SET_ASIDE - 1)

    def slow() -> int:
        book.failed("a", "no answer in time")  # as another thread sees it
        return 42

    assert book.call("a", slow) == 42
    health = book.of("a")
    assert (health.state, health.in_a_row) == ("set_aside", FAILURES_BEFORE_SET_ASIDE)


def test_a_restored_plugin_is_called_again():
    book = HealthBook()
    fail(book, FAILURES_BEFORE_SET_ASIDE)
    book.restore("a")
    assert book.call("a", lambda: 42) == 42


@pytest.mark.parametrize("kind", [Invalid, Refused, Unavailable])
def test_a_no_on_purpose_is_no_failure(kind: type[Invalid]):
    book = HealthBook()

    def refuse() -> None:
        raise kind(fr="Non.", en="No.")

    for _ in range(FAILURES_BEFORE_SET_ASIDE + 1):
        with pytest.raises(kind):
            book.call("a", refuse)
    assert book.of("a") == Health()


def test_failures_of_many_threads_are_all_counted():
    book = HealthBook()

    def one(_: int) -> int:
        try:
            book.call("a", broken)
        except PluginFailed:
            return 1
        except PluginSetAside:
            return 0
        finally:
            book.restore("a")
        raise AssertionError("a broken plugin gave a result")

    with ThreadPoolExecutor(8) as pool:
        failed = sum(pool.map(one, range(400)))
    assert book.of("a").failures == failed > 0


def test_the_view_finds_the_owner_of_a_key():
    plugins = shipped_plugins()
    with pytest.raises(PluginFailed, match="plugin forms failed"):
        plugins.call("field_types:money", broken)
    assert next(found for found in plugins.describe() if found.name == "forms").health.failures == 1
