"""What a scheme sends also through another channel than mail: owed with the mail, to an answer of the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from guichet.catalogue import CompiledScheme
from guichet.engine.form_flow import visible_answers
from guichet.model.letters import MAIL, NoticeEvent
from guichet.model.records import Dossier, Notice
from guichet.services.answers import load_answers
from guichet.services.cases import UseCases
from guichet.storage import Tx, outbox

__all__ = ["Bound", "bound_for", "owe_others"]


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a message goes: through which channel, to which address, with which entry of `texts`."""

    channel: str
    address: str
    text: str


def bound_for(cases: UseCases, compiled: CompiledScheme, dossier: Dossier, event: str, channel: str) -> Bound | None:
    """Where the message of an event goes through another channel; None where nobody is to be told so.

    In practice nobody is: a number typed to practise is somebody's, and the mail of the event reaches the agent.
    """
    declared = compiled.scheme.notices.get(cast("NoticeEvent", event))
    sent = declared.also.get(channel) if declared is not None else None
    if sent is None or dossier.practice:
        return None
    filed_on = cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at else cases.today(dossier.territory)
    answers = visible_answers(compiled, load_answers(compiled, dossier.answers), filed_on)
    address = str(answers.get(sent.to) or "")
    return Bound(channel, address, sent.text) if address else None


def owe_others(tx: Tx, compiled: CompiledScheme, dossier: Dossier, mail: Notice, payload: Mapping[str, object]) -> None:
    """Queue what the event of a mail sends also, one duty per channel, once whatever happens."""
    declared = compiled.scheme.notices.get(cast("NoticeEvent", mail.event))
    if mail.channel != MAIL or declared is None or dossier.practice:
        return
    told = {name: value for name, value in payload.items() if name != "duty"}
    for channel in declared.also:
        owed = {**told, "channel": channel, "beside": mail.id}
        outbox.put(tx, "notice", owed, key=f"notice:{channel}:{mail.id}")
