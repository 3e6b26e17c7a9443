"""Messages to applicants: written once, sent through a channel, traced; tried again later, shown when given up.

A message to a file leaves exactly once: the file bears the message's own id. Through a mail server it leaves at least
once: a worker killed between the server's answer and our note sends the same Message-ID again.

Every message is a mail; those that a scheme sends also through another channel are duties of their own, owed by the act
that writes the mail: neither waits for the other, nor fails with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from guichet.catalogue import CompiledScheme
from guichet.locale import Language, Texts
from guichet.model.letters import MAIL, NoticeEvent
from guichet.model.records import Dossier, Notice
from guichet.plugin.contracts import Message, PluginError, Sent, Unavailable
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.documents import existing
from guichet.services.notice_channels import Bound, bound_for, owe_others
from guichet.services.practice_accounts import practice_address
from guichet.services.quarantine import require_released
from guichet.services.receipts import legal_lines, receipt_of
from guichet.services.text_values import About, fill_notice, helpdesk_of, notice_values
from guichet.storage import Tx, accounts, decisions, dossiers, notices, payments
from guichet.storage.made_once import id_for, notice_once

__all__ = ["CHANNEL", "give_up_notice", "send_message", "send_notice"]

CHANNEL = MAIL


@dataclass(frozen=True, slots=True)
class _Draft:
    notice: Notice
    about: About
    text: str = ""
    """The entry of `texts` to send; empty where the scheme has none."""


def send_notice(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Write and send the message of an event: the duty `notice {dossier, event, decision?, order?, message?, …}`.

    With `channel` and `beside`, it is what the scheme also sends through that channel, beside the mail of that id.

    Raises:
        PluginError, PluginFailed: It did not leave.
    """
    draft = cases.store.read(lambda tx: _draft(cases, tx, payload))
    if draft is None:
        return
    written = _with_body(cases, draft)
    standing = cases.store.act(lambda tx: _keep(tx, draft, written, payload))
    if standing.state == "sent":
        return
    _deliver(cases, standing, draft.about)


def give_up_notice(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Show as not sent the message of a duty that was given up."""
    notice_id = _id_of(payload)

    def act(tx: Tx) -> None:
        found = notices.by_id(tx, notice_id)
        if found is not None and found.state == "queued":
            notices.failed(tx, notice_id, for_good=True)
            dossier = dossiers.by_id(tx, str(payload["dossier"]))
            data = {"event": found.event, "channel": found.channel, "notice": notice_id}
            tx.journal(dossier.territory, "notice_given_up", subject=dossier.id, data=data)

    cases.store.act(act)


def send_message(
    cases: UseCases,
    message: Message,
    territory: str,
    language: Language = "fr",
    *,
    by: str = CHANNEL,
    dossier: str = "",
) -> Sent:
    """Hand a message to a channel, isolated like any work of a plugin."""
    require_released(cases)
    channel = cases.plugins.notification_channels.get(by)
    if channel is None:
        raise Unavailable(
            fr=f"Aucune extension n'apporte plus le canal « {by} » : remettez-la en marche.",
            en=f'No plugin brings the channel "{by}" any more: switch it on again.',
        )
    options = cases.service_options(channel)
    context = replace(cases.context(territory, language, dossier=dossier), now=cases.clock.now())
    return cases.plugins.call(f"notification_channels:{by}", lambda: channel.send(message, options, context))


def _draft(cases: UseCases, tx: Tx, payload: Mapping[str, object]) -> _Draft | None:
    """The message to send; None when the scheme has none for the event, nobody to tell, or its letter is awaited."""
    dossier = dossiers.by_id(tx, str(payload["dossier"]))
    event, account = str(payload["event"]), accounts.by_id(tx, dossier.account) if dossier.account else None
    compiled = cases.snapshots.current(dossier.scheme, dossier.territory) or compiled_for(cases, dossier)
    declared = compiled.scheme.notices.get(cast("NoticeEvent", event))
    if account is None or (declared is None and event != "filed"):
        return None
    applicant, channel = practice_address(tx, account.email), str(payload.get("channel") or CHANNEL)
    bound: Bound | None = Bound(CHANNEL, applicant, declared.text if declared is not None else "")
    if channel != CHANNEL:
        bound = bound_for(cases, compiled, dossier, event, channel)
    if bound is None:
        return None
    decision = decisions.by_id(tx, str(payload["decision"])) if payload.get("decision") else None
    if event == "decided" and decision is not None and _awaits_letter(tx, compiled, decision.id, decision.kind):
        return None
    about = About(
        dossier=dossier,
        compiled=compiled,
        day=cases.today(dossier.territory),
        applicant=applicant,
        decision=decision,
        order=payments.by_id(tx, str(payload["order"])) if payload.get("order") else None,
        message=_message(payload, compiled),
    )
    return _Draft(
        Notice(
            id=_id_of(payload),
            dossier=dossier.id,
            channel=bound.channel,
            address=bound.address,
            subject="",
            body="",
            event=event,
            state="queued",
            attempts=0,
            created_at=tx.now,
            sent_at=None,
            provider_reference=None,
        ),
        about,
        bound.text,
    )


def _keep(tx: Tx, draft: _Draft, written: Notice, payload: Mapping[str, object]) -> Notice:
    """Note a message unless it stands, with what its event sends also."""
    standing, is_new = notice_once(tx, written)
    if is_new:
        owe_others(tx, draft.about.compiled, draft.about.dossier, standing, payload)
    return standing


def _message(payload: Mapping[str, object], compiled: CompiledScheme) -> str:
    """What an agent wrote, then each question asked again, under its label, and each document, by its name."""
    names = cast("Iterable[str]", payload.get("fields") or ())
    labels = [compiled.fields[name].declaration.label for name in names if name in compiled.fields]
    asked = [f"– {one}" for one in (*labels, *cast("Iterable[str]", payload.get("documents") or ()))]
    return "\n".join(filter(None, (str(payload.get("message") or ""), *asked)))


def _awaits_letter(tx: Tx, compiled: CompiledScheme, decision: str, kind: str) -> bool:
    """Whether the letter that the message announces is still to be written: its own duty will queue the message."""
    return kind in compiled.scheme.letters and existing(tx, "letter", decision) is None


def _with_body(cases: UseCases, draft: _Draft) -> Notice:
    """The message with its texts; the one of a filing carries the legal content of the receipt."""
    about, event = draft.about, cast("NoticeEvent", draft.notice.event)
    values = notice_values(cases, about)
    declared = about.compiled.scheme.notices.get(event)
    subject = fill_notice(declared.subject, values).strip() if declared is not None else ""
    body = fill_notice(about.compiled.scheme.texts[draft.text], values) if draft.text else ""
    if draft.notice.channel != CHANNEL:
        body = Texts(about.language)("letters.sandbox_body", body=body) if cases.mode == "sandbox" else body
    elif event == "filed":
        receipt = receipt_of(cases, about.dossier)
        legal = "\n".join(legal_lines(receipt))
        body = f"{body}\n{legal}\n" if body else f"{receipt.reference}\n\n{legal}\n\n{receipt.link}\n"
        subject = subject or receipt.reference
    if about.dossier.practice:
        say = Texts(about.language)
        subject, body = say("letters.practice_subject", subject=subject), say("letters.practice_body", body=body)
    return replace(draft.notice, subject=" ".join(subject.split()), body=body)


def _deliver(cases: UseCases, notice: Notice, about: About) -> None:
    territory = cases.territory(about.dossier.territory)
    reply_to = helpdesk_of(about.compiled, territory).email
    message = Message(
        id=notice.id,
        to=notice.address,
        subject=notice.subject,
        body=notice.body,
        sender_name=territory.authority_on(about.day).name,
        reply_to=reply_to if "@" in reply_to else "",
    )
    try:
        sent = send_message(cases, message, territory.id, by=notice.channel, dossier=about.dossier.id)
    except Exception as error:
        for_good = isinstance(error, PluginError) and not isinstance(error, Unavailable)
        why = str(error)
        cases.store.act(lambda tx: _not_sent(tx, about.dossier, notice, why, for_good=for_good))
        raise
    cases.store.act(lambda tx: _sent(tx, about.dossier, notice, sent.reference))


def _sent(tx: Tx, dossier: Dossier, notice: Notice, reference: str) -> None:
    notices.sent(tx, notice.id, reference)
    data = {"event": notice.event, "channel": notice.channel, "notice": notice.id}
    tx.journal(dossier.territory, "notice_sent", subject=dossier.id, data=data)


def _not_sent(tx: Tx, dossier: Dossier, notice: Notice, error: str, *, for_good: bool) -> None:
    notices.failed(tx, notice.id, for_good=for_good)
    if for_good:
        data = {"event": notice.event, "channel": notice.channel, "notice": notice.id, "error": error[:200]}
        tx.journal(dossier.territory, "notice_refused", subject=dossier.id, data=data)


def _id_of(payload: Mapping[str, object]) -> str:
    """One message per event and decision, order or dossier; an event that may come back is told apart by its duty.

    Through another channel, one per mail that it stands beside.
    """
    if payload.get("channel"):
        return id_for("notice", str(payload["beside"]), str(payload["channel"]))
    event = str(payload["event"])
    once = payload.get("turn") or payload.get("decision") or payload.get("order")
    if once is None:
        once = payload["dossier"] if event == "filed" else payload.get("duty", payload["dossier"])
    return id_for("notice", event, str(once))
