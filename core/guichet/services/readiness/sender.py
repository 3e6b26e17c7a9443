"""The item about the sender: a test message really left through the configured channel, and someone read it.

What this proves: with these settings, at that moment, a message reached a mailbox that a person reads. What it does not
prove: that every provider will take our messages (SPF, DKIM, DMARC and the reputation of the server are checked
elsewhere). Settings changed since make the proof void.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, cast

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Texts
from guichet.model.records import Event
from guichet.plugin.contracts import Message
from guichet.services.cases import UseCases
from guichet.services.notices import CHANNEL, send_message
from guichet.services.readiness.launches import Finding, Launch
from guichet.services.sign_in import read_address
from guichet.storage import Tx, journal, outbox

__all__ = ["DUTY", "acknowledge", "ask_test", "last_failure", "leaves", "send_test", "sender"]

DUTY = "sender_test"
_SENT, _READ = "sender_test_sent", "sender_test_read"
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class _Proof:
    """The last test of a territory's sender: when it left, and who read it."""

    settings: str
    sent_at: datetime
    code: str
    read_by: str = ""


def sender(launch: Launch) -> Finding:
    """The last test message was acknowledged, under the settings in force, and no other channel lacks a setting."""
    found, lacking = _mail(launch), tuple(_others(launch))
    return Finding("sender", (*found.problems, *lacking), () if lacking else found.told)


def _others(launch: Launch) -> Iterator[Problem]:
    """The channels through which the scheme also sends, where the operator has something left to set."""
    cases, scheme = launch.cases, launch.scheme
    for key in dict.fromkeys(key for notice in scheme.notices.values() for key in notice.also):
        channel = cases.plugins.notification_channels.get(key)
        if channel is None:
            continue  # publishing refuses the scheme
        options, context = cases.service_options(channel), cases.context(launch.territory.id)
        missing = cases.plugins.call(
            f"notification_channels:{key}",
            lambda of=channel, options=options, at=context: of.check_settings(options, at),
        )
        if missing is not None:
            yield Problem("ready.channel_not_set", {"channel": key, "said_fr": missing.fr, "said_en": missing.en})


def _mail(launch: Launch) -> Finding:
    cases, territory = launch.cases, launch.territory.id
    options = _options(cases)
    if not leaves(cases) and cases.mode == "live":
        return Finding("sender", (Problem("ready.no_mail_server", {}),))
    proof = cases.store.read(lambda tx: _last(tx, territory))
    data = {"scheme": launch.scheme.id, "territory": territory}
    if proof is None:
        return Finding("sender", (Problem("ready.sender_not_tested", data),))
    day = cases.day_of(proof.sent_at, territory)
    if not proof.read_by:
        return Finding("sender", (Problem("ready.sender_not_read", {**data, "day": day}),))
    if proof.settings != _fingerprint(options):
        return Finding("sender", (Problem("ready.sender_changed", {**data, "day": day}),))
    return Finding("sender", (), (day.isoformat(), proof.read_by))


def ask_test(cases: UseCases, territory: str, address: str) -> str:
    """Queue a test message to a mailbox that someone can read; gives the id of the duty. Raises BadAddress."""
    to = read_address(address)
    cases.territory(territory)
    payload = {"territory": territory, "to": to, "code": _code(cases)}
    return cases.store.act(lambda tx: outbox.put(tx, DUTY, payload, urgent=True)) or ""


def send_test(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Send a test message: the duty `sender_test {territory, to, code}`. Raises PluginError, PluginFailed."""
    territory, code = str(payload["territory"]), str(payload["code"])
    say, named = Texts("fr"), cases.territory(territory)
    body = say("readiness.test_body", territory=named.name, code=code)
    sent = send_message(
        cases,
        Message(
            id=f"{DUTY}-{payload['duty']}",
            to=str(payload["to"]),
            subject=say("readiness.test_subject", territory=named.name),
            body=body,
            sender_name=named.authority_on(cases.today(territory)).name,
        ),
        territory,
    )
    data = {
        "settings": _fingerprint(_options(cases)),
        "code": _hashed(code),
        "message": sent.reference,
        "duty": str(payload["duty"]),
    }
    cases.store.act(lambda tx: tx.journal(territory, _SENT, subject=_subject(territory), data=data))


def leaves(cases: UseCases) -> bool:
    """Whether a message leaves at all: without a mail server it becomes a file."""
    return bool(_options(cases).get("smtp_host"))


def last_failure(cases: UseCases) -> str:
    """Why the last test message that was tried did not leave; empty when none failed."""
    found = cases.store.read(lambda tx: outbox.latest(tx, DUTY))
    return (found.last_error or "") if found is not None else ""


def acknowledge(cases: UseCases, territory: str, code: str, by: str) -> None:
    """Note that someone read the last test message: they know its code.

    Raises:
        ProblemsFound: No message awaits, or it holds another code.
    """

    def act(tx: Tx) -> None:
        proof = _last(tx, territory)
        if proof is None:
            raise ProblemsFound([Problem("ready.no_test_awaits", {"territory": territory})])
        if not compare_digest(proof.code, _hashed(code)):
            raise ProblemsFound([Problem("ready.code_differs", {"territory": territory})])
        data = {"by": by, "code": proof.code}
        tx.journal(territory, _READ, subject=_subject(territory), data=data)

    cases.store.act(act)


def _last(tx: Tx, territory: str) -> _Proof | None:
    """The test asked for last among those that left: one that was put off may leave after it."""
    proof: _Proof | None = None
    newest = ""
    for event in journal.of_subject(tx, _subject(territory)):
        data = _data(event)
        if event.kind == _SENT and (duty := str(data.get("duty", ""))) >= newest:
            newest = duty
            proof = _Proof(str(data["settings"]), event.at, str(data["code"]))
        elif event.kind == _READ and proof is not None and data["code"] == proof.code:
            proof = _Proof(proof.settings, proof.sent_at, proof.code, str(data["by"]))
    return proof


def _data(event: Event) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", json.loads(event.body or "{}")).get("data", {})


def _subject(territory: str) -> str:
    return f"sender:{territory}"


def _options(cases: UseCases) -> Mapping[str, str]:
    return cases.services.get(CHANNEL, {})


def _fingerprint(options: Mapping[str, str]) -> str:
    """What tells two settings apart; secrets stand in them by name only."""
    return sha256(json.dumps(dict(options), sort_keys=True).encode()).hexdigest()[:16]


def _hashed(code: str) -> str:
    return sha256(code.strip().upper().encode()).hexdigest()


def _code(cases: UseCases) -> str:
    number = int(cases.ids.secret(8), 16)
    return "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(8))
