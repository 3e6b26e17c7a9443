"""The contract of return readers."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from guichet.plugin.contracts import Context, Refused, RejectedRow, ReturnLine, ReturnReader
from guichet.testing.context import a_context, accepted, assert_registers, assert_speaks
from guichet.testing.declared import assert_options
from guichet.testing.strictness import strict


def assert_return_reader(
    reader: ReturnReader[Any],
    *,
    content: bytes,
    gives: Sequence[ReturnLine],
    rejects: Sequence[int] = (),
    unreadable: Sequence[bytes] = (b"\x00\xff not a return",),
    options: Mapping[str, Any] | None = None,
    context: Context | None = None,
) -> None:
    """Check a return reader: the same lines each time, a bad one rejected alone, another file refused whole.

    Args:
        content: A return with good lines and bad ones.
        gives: What its good lines say, in order.
        rejects: The numbers of its bad lines.
        unreadable: Files of another kind.
    """
    context = context or a_context()
    assert_registers("register_return_readers", reader)
    assert_options(reader.Options, options)
    reader = strict(reader, ReturnReader, pure=True)
    chosen = accepted(reader.Options, dict(options or {}))
    read = list(reader.lines(io.BytesIO(content), chosen, context))
    assert list(reader.lines(io.BytesIO(content), chosen, context)) == read, "the same file gives the same lines"
    good = [line for line in read if isinstance(line, ReturnLine)]
    assert good == list(gives), f"the good lines say {good}, not {list(gives)}"
    rejected = [line for line in read if isinstance(line, RejectedRow)]
    numbers = [line.line for line in rejected]
    assert numbers == list(rejects), f"the lines rejected are {numbers}, not {list(rejects)}"
    for line in rejected:
        assert line.reason.fr, f"why line {line.line} is rejected is not said in French"
        assert line.reason.en, f"why line {line.line} is rejected is not said in English"
    for other in unreadable:
        try:
            list(reader.lines(io.BytesIO(other), chosen, context))
        except Refused as error:
            assert_speaks(error)
        else:
            raise AssertionError(f"{other[:20]!r} is taken for a return")
