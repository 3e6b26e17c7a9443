"""The contract of payment writers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from guichet.plugin.contracts import UNMADE, BatchHeader, Context, OrderPart, PaymentOrder, PaymentWriter, Refused
from guichet.testing.context import A_DAY, a_context, accepted, an_order, assert_registers, assert_speaks
from guichet.testing.declared import assert_options
from guichet.testing.strictness import strict


def assert_payment_writer(
    writer: PaymentWriter[Any],
    *,
    hostile: Iterable[PaymentOrder],
    options: Mapping[str, Any] | None = None,
    context: Context | None = None,
) -> None:
    """Check a payment writer: same bytes each time, counted from the file, hostile orders set aside alone.

    Args:
        hostile: Orders the format cannot carry.
    """
    context = context or a_context()
    assert_registers("register_payment_writers", writer)
    assert_options(writer.Options, options)
    writer = strict(writer, PaymentWriter, pure=True)
    chosen = accepted(writer.Options, dict(options or {}))
    header = BatchHeader(id="B-1", number=1, date=A_DAY, scheme="aide-2020", territory="reg-53", payer="DRFiP")
    orders = [an_order(id=f"PO-{number}", cents=number * 100 + number) for number in range(1, 51)]
    kept_out = {order.id: reason.en for order in orders if (reason := writer.check(order, chosen)) is not None}
    assert not kept_out, f"plain orders are not taken: {kept_out}"
    first = writer.write(header, orders, chosen, context)
    assert writer.write(header, orders, chosen, context) == first, "the same batch gives the same bytes"
    names = [file.name for file in first.all]
    assert len(set(names)) == len(names), "each file of a batch has a name of its own"
    assert not any("/" in name for name in names), f"the name of a file has no folder: {names}"
    assert not any(file.beside for file in first.beside), "what stands beside has nothing beside it"
    totals = writer.read_back(first.content, chosen)
    counted, expected = (totals.lines, totals.cents), (len(orders), sum(order.cents for order in orders))
    assert counted == expected, f"read_back finds {counted} lines and cents, not {expected}"
    _assert_room(writer, header, orders, chosen, context)
    whole = orders[0]
    apart = tuple(
        OrderPart(name, name, cents, whole.imputation)
        for name, cents in (("one", 1), ("other", whole.cents - 1))
        if cents
    )
    split = writer.write(header, [replace(whole, parts=apart)], chosen, context)
    totals = writer.read_back(split.content, chosen)
    counted, expected = (totals.lines, totals.cents), (len(apart) if writer.by_part else 1, whole.cents)
    assert counted == expected, f"an order of two amounts gives {counted} lines and cents, not {expected}"
    sandbox = writer.write(replace(header, mode="sandbox"), orders, chosen, context)
    assert not {file.name for file in sandbox.all} & set(names), "a file of the sandbox says so in its name"
    hostile = list(hostile)
    assert hostile, "hostile=[an_order(…)]: nothing shows what the format cannot carry"
    for order in hostile:
        reason = writer.check(order, chosen)
        assert reason is not None, f"{order} is taken"
        assert reason.fr, f"why {order.id} cannot be written is not said in French"
        assert reason.en, f"why {order.id} cannot be written is not said in English"
        _assert_refused(lambda order=order: writer.write(header, [order], chosen, context))
    _assert_refused(lambda: writer.read_back(b"\x00\xff not a file of ours", chosen))
    _assert_refused(lambda: writer.read_back(first.content + b"trailing", chosen))


def _assert_room(
    writer: PaymentWriter[Any], header: BatchHeader, orders: list[PaymentOrder], chosen: Any, context: Context
) -> None:
    """Check that what a batch is called sets orders aside before it is written, and never stops the others."""
    kept_out = {order: reason.en for order, reason in writer.check_batch(header, orders, chosen).items()}
    assert not kept_out, f"plain orders have no room in a plain batch: {kept_out}"
    long = replace(header, id=UNMADE, number=123_456, scheme="s" * 80, territory="t" * 80, payer="P" * 200)
    kept_out = writer.check_batch(long, orders, chosen)
    assert set(kept_out) <= {order.id for order in orders}, f"check_batch names orders it was not given: {kept_out}"
    for order, reason in kept_out.items():
        assert reason.fr, f"why {order} has no room in the batch is not said in French"
        assert reason.en, f"why {order} has no room in the batch is not said in English"
    left = [order for order in orders if order.id not in kept_out]
    try:
        totals = writer.read_back(writer.write(long, left, chosen, context).content, chosen) if left else None
    except Refused as error:
        raise AssertionError(f"check_batch leaves orders that write refuses: {error}") from error
    assert totals is None or totals.lines == len(left), "the orders that check_batch leaves are not all written"


def _assert_refused(work: Any) -> None:
    try:
        work()
    except Refused as error:
        assert_speaks(error)
    else:
        raise AssertionError("nothing was refused")
