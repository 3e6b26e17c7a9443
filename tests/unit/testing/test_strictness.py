"""The contract suites see what a plugin must not do: touch the outside, change what it is given, give another type."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guichet import INTEGER, TEXT, Context, Options, Refused, Signature, TextFieldType, Whole
from guichet.testing import an_order, assert_field_type, assert_options, assert_payment_writer, assert_rule_function
from guichet.testing.strictness import TouchesOutside, no_outside
from shipped_plugins import shipped_modules


class CodeOptions(Options):
    """One option."""

    digits: Whole = 6


class Code(TextFieldType[CodeOptions]):
    """A field type that does something else besides."""

    key = "code"
    Options = CodeOptions

    def __init__(self, besides: Callable[[], Any] = lambda: None) -> None:
        self.besides = besides

    def rule_type(self, options: CodeOptions) -> Any:
        return TEXT

    def from_text(self, text: str, options: CodeOptions, context: Context) -> str:
        self.besides()
        return text

    def json_schema(self, options: CodeOptions) -> dict[str, Any]:
        return {"type": "string"}


def test_a_field_type_that_keeps_to_itself_passes() -> None:
    assert_field_type(Code(), good=[("x", "x")], options={"digits": "4"})


@pytest.mark.parametrize(
    "besides",
    [
        lambda: Path("guichet-never-written").write_text("x"),
        lambda: Path("/etc/hostname").read_text(),
        lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        lambda: subprocess.run(["true"], check=False),
    ],
)
def test_a_field_type_that_touches_the_outside_is_seen(besides: Callable[[], Any]) -> None:
    with pytest.raises(TouchesOutside, match="in a method that is pure"):
        assert_field_type(Code(besides), good=[("x", "x")])
    assert not Path("guichet-never-written").exists()


def test_a_rule_function_that_reads_a_file_is_seen() -> None:
    words = {"fr": "code", "en": "code"}
    function = Signature("code", words, (INTEGER,), INTEGER, lambda n: len(Path("/etc/hostname").read_text()) and n)
    with pytest.raises(TouchesOutside):
        assert_rule_function(function, cases=[((1,), 1)])


def test_a_writer_that_changes_its_orders_is_seen() -> None:
    (writer,) = shipped_modules()["chorus_pivot"].register_payment_writers()  # pyright: ignore[reportAttributeAccessIssue]  a module

    class Thief(type(writer)):
        def check(self, order: Any, options: Any) -> Any:
            object.__setattr__(order, "cents", order.cents + 1)

    with pytest.raises(AssertionError, match="check changes its arguments"):
        assert_payment_writer(Thief(), hostile=[an_order(cents=0)])


def test_a_writer_that_sees_only_at_writing_what_its_batch_makes_too_long_is_seen() -> None:
    (writer,) = shipped_modules()["chorus_pivot"].register_payment_writers()  # pyright: ignore[reportAttributeAccessIssue]  a module
    options = {"columns": {"qui": "{payer}", "montant": "{amount}"}, "optional": [], "max_lengths": {"qui": 20}}
    assert_payment_writer(writer, hostile=[an_order(cents=0)], options=options)

    class Late(type(writer)):
        def check_batch(self, header: Any, orders: Any, options: Any) -> Any:
            return {}

        def write(self, header: Any, orders: Any, options: Any, context: Any) -> Any:
            if super().check_batch(header, orders, options):
                raise Refused(fr="Trop long.", en="Too long.")
            return super().write(header, orders, options, context)

    with pytest.raises(AssertionError, match="check_batch leaves orders that write refuses: Too long"):
        assert_payment_writer(Late(), hostile=[an_order(cents=0)], options=options)


def test_a_field_type_that_shows_no_text_is_seen() -> None:
    class Numeric(Code):
        def show(self, value: Any, options: CodeOptions, language: str) -> Any:
            return 3 if value else ""

    with pytest.raises(AssertionError, match="show gives 3, which its contract does not"):
        assert_field_type(Numeric(), good=[("x", "x")])


def test_an_option_that_is_wrong_is_told_where_it_stands() -> None:
    assert_options(CodeOptions, {"digits": "4"}, refused=[{"digits": "many"}, {"digits": "1.5"}])
    with pytest.raises(AssertionError, match="is taken"):
        assert_options(CodeOptions, refused=[{"digits": "8"}])


def test_the_trap_sleeps_outside_its_span(tmp_path: Path) -> None:
    with no_outside():
        pass
    assert (tmp_path / "x").write_text("x") == 1
    assert replace(an_order(), cents=1).cents == 1
