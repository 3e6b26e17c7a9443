"""What a plugin prints goes to the log, what a command writes goes out."""

from __future__ import annotations

import io
import logging

import pytest

from guichet.plugin import HealthBook
from guichet_cli.clean_output import CleanOutput


def test_chatter_of_a_plugin_stays_out_of_the_output(caplog: pytest.LogCaptureFixture) -> None:
    stream = io.StringIO()
    out = CleanOutput(stream)
    with caplog.at_level(logging.WARNING):
        print("[1, ", file=out, end="")
        HealthBook().call("chatty", lambda: print("CHATTER", file=out))
        print("2]", file=out)
    assert stream.getvalue() == "[1, 2]\n"
    assert "plugin chatty printed: CHATTER" in caplog.text


def test_everything_else_of_the_stream_is_its_own() -> None:
    stream = io.StringIO()
    CleanOutput(stream).writelines(["a", "b"])
    assert stream.getvalue() == "ab"
    assert CleanOutput(stream).isatty() is False
