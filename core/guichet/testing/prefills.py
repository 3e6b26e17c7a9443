"""The contract of prefill sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from time import sleep
from typing import Any, get_args

from guichet.plugin.contracts import (
    Context,
    Given,
    GivenFile,
    ItemKind,
    LoggedCall,
    Match,
    NotKnown,
    PluginError,
    PrefillAnswer,
    PrefillSource,
    Silent,
    Unavailable,
)
from guichet.plugin.outside import AllowedHosts, OutsideClient
from guichet.plugin.sandboxes import Fault, Faults, serve_sandbox
from guichet.services.clocks import SystemClock
from guichet.testing.context import a_context, accepted, assert_registers, assert_speaks
from guichet.testing.declared import assert_options
from guichet.testing.outside import assert_by_the_door
from guichet.testing.strictness import strict

_FAULTS = ("5xx", "reset", "bad_json", "error_in_200")
_HOSTILE = ("", "  ", "a", "\x00\x01", "' OR 1=1 --", "<script>", "%00&q=x#", "é" * 5_000, "\U0001f600")


def assert_prefill_source(
    source: PrefillSource[Any],
    *,
    known: Mapping[str, str] | None = None,
    gives: Mapping[str, Any] | None = None,
    not_known: Mapping[str, str] | None = None,
    search: str = "",
    options: Mapping[str, Any] | None = None,
    use: Mapping[str, Any] | None = None,
    context: Context | None = None,
) -> None:
    """Check a prefill source: three outcomes, never one for another, and nothing it was not asked.

    A source with a stand-in is tried against it over a real socket, `base_url` being its address; then against one
    that fails.

    Args:
        known: What it needs, by name; for a source that is searched, leave it out.
        gives: Items it gives for `known` (or in the first match of `search`), with their values.
        not_known: Needs of which it knows nothing.
        search: Words that find something.
        options: The operator's, and `use` a scheme's, as declared.
    """
    assert_registers("register_prefill_sources", source)
    assert_options(source.Options, options)
    assert_options(source.Use, use)
    source = strict(source, PrefillSource)
    chosen_use = accepted(source.Use, dict(use or {}))
    items = source.items(chosen_use)
    assert items, "a source gives something"
    for name, item in items.items():
        assert item.kind in get_args(ItemKind), f"{name}: no such kind: {item.kind}"
        assert item.label.fr, f"{name} has no label in French"
        assert item.label.en, f"{name} has no label in English"
    calls: list[LoggedCall] = []
    with _served(source, options or {}, context, calls) as (chosen, told, faults):
        if source.searched:
            assert not source.needs(chosen_use), "what is searched needs nothing else"
            _assert_searches(source, search, gives or {}, chosen_use, chosen, told)
        else:
            assert set(source.needs(chosen_use)) == set(known or {}), "known holds each need"
            _assert_answers(source, known or {}, gives or {}, not_known, chosen_use, chosen, told)
        if faults is not None:
            assert_by_the_door(faults, calls)
        for kind in _FAULTS if faults is not None else ():
            assert faults is not None
            faults.set(Fault(kind))
            door = _door(wait=lambda _: None)
            _assert_silent(source, kind, known or {}, search, chosen_use, chosen, _through(told, door))


def _assert_answers(
    source: PrefillSource[Any],
    known: Mapping[str, str],
    gives: Mapping[str, Any],
    not_known: Mapping[str, str] | None,
    use: Any,
    options: Any,
    context: Context,
) -> None:
    wanted = frozenset(source.items(use))
    found = source.ask(wanted, known, use, options, context)
    _assert_named(found, wanted)
    for name, value in gives.items():
        answer = found.get(name)
        assert isinstance(answer, Given), f"{name} is not given: {answer}"
        assert isinstance(answer.value, GivenFile) or answer.value == value, f"{name}: {answer.value!r}"
        assert answer.provider.fr, f"{name} comes from nobody"
        assert answer.provider.en, f"{name} comes from nobody in English"
    assert source.ask(wanted, known, use, options, context) == found, "the same question gives the same answers"
    one = frozenset(sorted(gives or wanted)[:1])
    _assert_named(source.ask(one, known, use, options, context), one)
    if not_known is not None:
        unknown = source.ask(wanted, not_known, use, options, context)
        _assert_named(unknown, wanted)
        wrong = {name: answer for name, answer in unknown.items() if not isinstance(answer, NotKnown)}
        assert not wrong, f"what is not known is said so, never guessed: {wrong}"
        assert unknown, "what is not known is said so"


def _assert_searches(
    source: PrefillSource[Any], words: str, gives: Mapping[str, Any], use: Any, options: Any, context: Context
) -> None:
    names = set(source.items(use))
    found = source.search(words, use, options, context)
    assert found, f"{words!r} finds nothing"
    _assert_matches(found, names)
    for name, value in gives.items():
        assert found[0].items[name].value == value, f"{name}: {found[0].items.get(name)}"
    assert source.search(words, use, options, context) == found, "the same words find the same"
    for text in _HOSTILE:
        try:
            _assert_matches(source.search(text, use, options, context), names)
        except PluginError as error:
            assert_speaks(error)


def _assert_silent(
    source: PrefillSource[Any],
    kind: str,
    known: Mapping[str, str],
    words: str,
    use: Any,
    options: Any,
    context: Context,
) -> None:
    try:
        if source.searched:
            found: object = source.search(words, use, options, context)
            raise AssertionError(f"with the fault {kind}, a search gives {found!r} instead of Unavailable")
        answers = source.ask(frozenset(source.items(use)), known, use, options, context)
    except Unavailable as error:
        assert_speaks(error)
        return
    wrong = {name: answer for name, answer in answers.items() if not isinstance(answer, Silent)}
    assert not wrong, f"with the fault {kind}, silence is taken for an answer: {wrong}"


def _assert_named(found: Mapping[str, PrefillAnswer], wanted: frozenset[str]) -> None:
    assert set(found) <= wanted, f"what was not asked is not answered: {set(found) - wanted}"
    wrong = [answer for answer in found.values() if not isinstance(answer, Given | NotKnown | Silent)]
    assert not wrong, f"no such outcome: {wrong}"
    empty = [name for name, answer in found.items() if isinstance(answer, Given) and answer.value in (None, "")]
    assert not empty, f"nothing is given as something: {empty}"


def _assert_matches(found: tuple[Match, ...], names: set[str]) -> None:
    assert len({match.key for match in found}) == len(found), "each match has a key of its own"
    for match in found:
        assert match.key, "a match has a key"
        assert match.label, "a match has a label to choose it by"
        assert set(match.items) <= names, f"items that the source does not declare: {set(match.items) - names}"


@contextmanager
def _served(
    source: PrefillSource[Any], options: Mapping[str, Any], context: Context | None, calls: list[LoggedCall]
) -> Iterator[tuple[Any, Context, Faults | None]]:
    app = source.sandbox()
    told = context or a_context(mode="sandbox")
    if app is None:
        yield accepted(source.Options, dict(options)), told, None
        return
    faults = Faults(app)
    with serve_sandbox(faults) as server:
        door = _door(log=calls.append)
        yield accepted(source.Options, {**options, "base_url": server.url}), _through(told, door), faults


def _door(wait: Callable[[float], None] = sleep, log: Callable[[LoggedCall], None] = lambda _: None) -> OutsideClient:
    return OutsideClient(AllowedHosts((), "sandbox"), SystemClock(None), log, wait=wait)


def _through(told: Context, door: OutsideClient) -> Context:
    return replace(told, outside=door)
