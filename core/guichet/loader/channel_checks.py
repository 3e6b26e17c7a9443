"""Messages that also leave through another channel than mail: the channel, and the question that holds the address."""

from __future__ import annotations

from collections.abc import Iterator

from guichet.errors import Problem
from guichet.loader.checked import Checked
from guichet.loader.declaration import place
from guichet.model.letters import MAIL
from guichet.plugin.contracts import TextFieldType

__all__ = ["check_channels"]

_ONE_LINE = frozenset({"text", "tel", "email"})
"""The inputs in which an address is typed."""


def check_channels(checked: Checked) -> Iterator[Problem]:
    """Each channel is installed and is not mail, and each address is the answer to a question that takes one."""
    channels = checked.plugins.notification_channels if checked.plugins is not None else None
    others = [key for key in channels or () if key != MAIL]
    for event, notice in checked.scheme.notices.items():
        for key, sent in notice.also.items():
            path = ("notices", event, "also", key)
            if key == MAIL:
                where = place(checked.node, path, of_key=True)
                yield Problem("mail_sent_twice", {"event": event}, where, path)
            elif channels is not None and key not in others:
                yield checked.unknown("unknown_channel", path, key, others, of_key=True)
            if sent.to not in checked.fields:
                yield checked.unknown("unknown_field", (*path, "to"), sent.to, checked.fields)
            elif not _holds_address(checked, sent.to):
                declared = checked.scheme.fields()[sent.to].type
                yield checked.problem("field_without_address", (*path, "to"), value=sent.to, type=declared)


def _holds_address(checked: Checked, field: str) -> bool:
    """Whether one line is typed there that a plugin may be told; an unknown type is said where it is declared."""
    declared = checked.scheme.fields()[field].type
    found = checked.plugins.field_types.get(declared) if checked.plugins is not None else None
    if found is None:
        return True
    return isinstance(found, TextFieldType) and found.widget in _ONE_LINE and declared != "iban"
