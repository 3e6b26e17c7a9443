"""Plugins that die: the shipped writer, delivery, renderer and channel, killing their process at a chosen point.

`GUICHET_TEST_DIE_AT` names the point; once a file of that name lies in the current folder, nobody dies there again.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from guichet import hookimpl
from guichet_plugins.connect.folder import Folder
from guichet_plugins.documents.typst_letter import TypstLetter
from guichet_plugins.notify.email import Email
from guichet_plugins.payments.chorus_pivot import ChorusPivot

REPLACED = ("chorus_pivot", "email", "folder", "typst_letter")


def die(point: str) -> None:
    """Kill this process, as a power cut would, the first time it comes to the chosen point."""
    mark = Path(f"died-{point}")
    if os.environ.get("GUICHET_TEST_DIE_AT") == point and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


class DyingWriter(ChorusPivot):
    """Dies before the batch is in the database, or when its file is about to be written."""

    def check(self, order: Any, options: Any) -> Any:
        die("check")
        return super().check(order, options)

    def write(self, header: Any, orders: Any, options: Any, context: Any) -> Any:
        die("write")
        return super().write(header, orders, options, context)


class DyingDelivery(Folder):
    """Dies before the file is handed over, or just after."""

    def deliver(self, file: Any, options: Any, context: Any) -> Any:
        die("before-delivery")
        done = super().deliver(file, options, context)
        die("after-delivery")
        return done


class DyingRenderer(TypstLetter):
    """Dies once the document is rendered and nowhere else yet."""

    def render(self, letter: Any, options: Any, context: Any) -> bytes:
        made = super().render(letter, options, context)
        die("rendered")
        return made


class DyingChannel(Email):
    """Dies once the message has left and nobody has noted it."""

    def send(self, message: Any, options: Any, context: Any) -> Any:
        done = super().send(message, options, context)
        die("sent")
        return done


@hookimpl
def register_payment_writers() -> list[Any]:
    """Give the writer."""
    return [DyingWriter()]


@hookimpl
def register_deliveries() -> list[Any]:
    """Give the delivery."""
    return [DyingDelivery()]


@hookimpl
def register_document_renderers() -> list[Any]:
    """Give the renderer."""
    return [DyingRenderer()]


@hookimpl
def register_notification_channels() -> list[Any]:
    """Give the channel."""
    return [DyingChannel()]
