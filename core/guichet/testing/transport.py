"""The contracts of deliveries and of notification channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from guichet.plugin.contracts import (
    Attached,
    Context,
    Delivery,
    Message,
    NotificationChannel,
    OutgoingFile,
    Refused,
)
from guichet.testing.context import accepted, assert_registers, assert_speaks
from guichet.testing.declared import assert_options
from guichet.testing.strictness import strict


def assert_delivery(
    delivery: Delivery[Any],
    *,
    context: Context,
    read: Callable[[str], bytes],
    options: Mapping[str, Any] | None = None,
) -> None:
    """Check a delivery: whole, once, never over another file, never outside its place.

    Args:
        read: Gives the bytes that lie at the receiver's under a file's name.
    """
    assert_registers("register_deliveries", delivery)
    assert_options(delivery.Options, options)
    delivery = strict(delivery, Delivery, pure=False)
    chosen = accepted(delivery.Options, dict(options or {}))
    file = OutgoingFile(name="lot-0001.csv", content=b"a;b\r\n" * 1000)
    assert not delivery.deliver(file, chosen, context).already, "a file never sent is told as already there"
    assert read(file.name) == file.content, "the receiver holds other bytes"
    again = delivery.deliver(file, chosen, context)
    assert again.already, "the same file twice is one delivery"
    _assert_refused(lambda: delivery.deliver(replace(file, content=b"other"), chosen, context))
    assert read(file.name) == file.content, "a refused file replaces nothing"
    for name in ("../x.csv", "a/b.csv", "", ".hidden", "a\x00b", "a\nb.csv"):
        _assert_refused(lambda name=name: delivery.deliver(replace(file, name=name), chosen, context))


def assert_notification_channel(
    channel: NotificationChannel[Any],
    *,
    context: Context,
    to: str,
    bad_addresses: tuple[str, ...],
    options: Mapping[str, Any] | None = None,
) -> None:
    """Check a notification channel: takes a message with attachments, no text becomes a header."""
    assert_registers("register_notification_channels", channel)
    assert_options(channel.Options, options)
    channel = strict(channel, NotificationChannel, pure=False)
    chosen = accepted(channel.Options, dict(options or {}))
    message = Message(
        id="M-1",
        to=to,
        subject="Décision sur votre demande – 2 000 €",
        body="Bonjour,\n\nvotre demande est acceptée.\n.\nÀ bientôt",
        attachments=(Attached("courrier.pdf", "application/pdf", b"%PDF-1.7"),),
        sender_name="Région Bretagne, aides",
    )
    sent = channel.send(message, chosen, context)
    assert sent.reference, "a message sent has a reference"
    assert channel.send(message, chosen, context) == sent, "the same message bears the same reference"
    for address in bad_addresses:
        _assert_refused(lambda address=address: channel.send(replace(message, to=address), chosen, context))
    for text in ("x\nBcc: y@exemple.fr", "x\r\n\r\nbody", "x\u2028y"):
        _assert_refused(lambda text=text: channel.send(replace(message, subject=text), chosen, context))
        _assert_refused(lambda text=text: channel.send(replace(message, sender_name=text), chosen, context))


def _assert_refused(work: Callable[[], object]) -> None:
    try:
        work()
    except Refused as error:
        assert_speaks(error)
    else:
        raise AssertionError("nothing was refused")
