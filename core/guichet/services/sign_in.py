"""Applicants sign in by a link or a six-digit code sent to their address; either serves once, for fifteen minutes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest

from guichet.locale import Language, Texts
from guichet.model.records import Account, SignIn
from guichet.plugin.contracts import Message
from guichet.services.cases import UseCases
from guichet.services.notices import send_message
from guichet.services.refusals import Refused
from guichet.storage import Tx, accounts, outbox, probes, sign_in_keys

__all__ = [
    "CODE_ATTEMPTS",
    "DUTY",
    "LIFETIME",
    "BadAddress",
    "TooManySignIns",
    "WrongKey",
    "ask_sign_in",
    "pending_address",
    "read_address",
    "send_sign_in",
    "take_code",
    "take_link",
]

DUTY = "sign_in_mail"
LIFETIME = timedelta(minutes=15)
CODE_ATTEMPTS = 5

_SHORT, _LONG = timedelta(minutes=15), timedelta(days=1)
_ADDRESS_LIMITS = ((_SHORT, 5), (_LONG, 20))
_PLACE_LIMITS = ((_SHORT, 60), (_LONG, 600))  # an office or an operator's users share one address
_PLACE_ATTEMPTS = 100
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_LONGEST_ADDRESS = 254
_UNSENT = "unsent:"


class BadAddress(Refused):
    """What was typed is not an e-mail address."""

    def __init__(self, text: str) -> None:
        super().__init__("bad_address", text=text)


class TooManySignIns(Refused):
    """Too many links asked for, or codes tried, from one place or for one address."""

    def __init__(self) -> None:
        super().__init__("too_many_sign_ins")


class WrongKey(Refused):
    """The code or link is wrong, was used, or has expired; which of these is not said."""

    def __init__(self, left: int = 0) -> None:
        self.left = left
        super().__init__("wrong_key", left=left)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sign-in under way: what the browser that asked must bring back with the code."""

    id: str
    email: str


def read_address(text: str) -> str:
    """Give the normalised address; raises BadAddress for anything a header or a mailbox could trip on.

    >>> read_address(" Camille.Le-Goff@Exemple.FR ")
    'camille.le-goff@exemple.fr'
    """
    address = accounts.normalised(text)
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address) or ".." in address:
        raise BadAddress(text)
    return address


def ask_sign_in(
    cases: UseCases, email: str, *, territory: str, place: str, then: str = "", language: Language = "fr"
) -> Asked:
    """Queue the mail that holds a link and a code; the same for an address that has an account and one that has none.

    Args:
        place: where the request comes from, for limits.
        then: the address of the site to open after the link.

    Raises:
        BadAddress, TooManySignIns
    """
    address = read_address(email)

    def act(tx: Tx) -> Asked | None:
        if _exceeds(tx, f"sign-in {_digest(address)}", _ADDRESS_LIMITS) or _exceeds(
            tx, f"sign-in from {_digest(place)}", _PLACE_LIMITS
        ):
            return None
        # The keys are made when the mail is written: until then nothing opens this sign-in.
        waiting = _UNSENT + tx.ids.secret()
        made = accounts.start_sign_in(
            tx, email=address, link_hash=waiting, code_hash=waiting, expires_at=tx.real_now + LIFETIME
        )
        payload = {"sign_in": made.id, "territory": territory, "then": then, "language": language}
        outbox.put(tx, DUTY, payload, key=f"{DUTY}:{made.id}", urgent=True)
        return Asked(made.id, address)

    asked = cases.store.act(act)
    if asked is None:
        raise TooManySignIns
    return asked


def send_sign_in(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Write and send the mail of a sign-in: the duty `sign_in_mail`. Keys are made here and only their hashes kept.

    Raises:
        PluginError, PluginFailed: the mail did not leave; a later try makes fresh keys.
    """
    sign_in_id, territory_id = str(payload["sign_in"]), str(payload["territory"])
    code, link, attempt = _new_code(cases), cases.ids.secret(), cases.ids.secret(4)

    def act(tx: Tx) -> SignIn | None:
        found = accounts.sign_in_by_id(tx, sign_in_id)
        if found is None or found.consumed_at is not None or found.expires_at <= tx.real_now:
            return None
        sign_in_keys.replace(tx, sign_in_id, link_hash=_digest(link), code_hash=_code_hash(sign_in_id, code))
        return found

    found = cases.store.act(act)
    if found is None:
        return
    say = Texts("en" if payload.get("language") == "en" else "fr")
    territory = cases.territory(territory_id)
    address = f"{cases.base_url}/t/{territory_id}/connexion/lien/{link}"
    name = territory.authority_on(cases.today(territory_id)).name
    message = Message(
        id=f"{sign_in_id}-{attempt}",
        to=found.email,
        subject=say("sign_in.mail_subject", code=code),
        body=say("sign_in.mail_body", code=code, link=address, minutes=_minutes(LIFETIME), sender=name),
        sender_name=name,
    )
    send_message(cases, message, territory_id, say.language)


def pending_address(cases: UseCases, sign_in_id: str) -> str:
    """Give the address of a sign-in under way, to echo it; empty when there is none."""
    found = cases.store.read(lambda tx: accounts.sign_in_by_id(tx, sign_in_id))
    return found.email if found is not None and found.consumed_at is None else ""


def take_code(cases: UseCases, sign_in_id: str, code: str, *, place: str) -> Account:
    """Use a sign-in up by its code and give the account, made at the first sign-in.

    Raises:
        WrongKey: wrong, used, expired, or tried too often; says how many tries are left.
        TooManySignIns: too many codes tried from this place.
    """
    typed = re.sub(r"\s", "", code)

    def act(tx: Tx) -> Account | int | None:
        if probes.count(tx, f"codes from {_digest(place)}", _SHORT) > _PLACE_ATTEMPTS:
            return None
        tried = accounts.count_attempt(tx, sign_in_id)
        found = accounts.sign_in_by_id(tx, sign_in_id)
        if found is None or tried > CODE_ATTEMPTS or found.consumed_at is not None:
            return 0
        if not compare_digest(found.code_hash, _code_hash(sign_in_id, typed)):
            return CODE_ATTEMPTS - tried
        return _account_of(tx, found) or 0

    return _account_or_refusal(cases.store.act(act))


def take_link(cases: UseCases, link: str, *, place: str) -> Account:
    """Use a sign-in up by its link and give the account, made at the first sign-in.

    Raises:
        WrongKey: unknown, used or expired.
        TooManySignIns: too many links tried from this place.
    """

    def act(tx: Tx) -> Account | int | None:
        if probes.count(tx, f"codes from {_digest(place)}", _SHORT) > _PLACE_ATTEMPTS:
            return None
        found = accounts.sign_in_by_link(tx, _digest(link))
        return (_account_of(tx, found) if found is not None else None) or 0

    return _account_or_refusal(cases.store.act(act))


def _account_of(tx: Tx, found: SignIn) -> Account | None:
    """The account, once and while the sign-in lives."""
    return accounts.ensure(tx, found.email) if accounts.consume(tx, found.id) else None


def _account_or_refusal(outcome: Account | int | None) -> Account:
    if outcome is None:
        raise TooManySignIns
    if isinstance(outcome, int):
        raise WrongKey(max(outcome, 0))
    return outcome


def _exceeds(tx: Tx, bucket: str, limits: tuple[tuple[timedelta, int], ...]) -> bool:
    counted = [probes.count(tx, f"{bucket} {_minutes(window)}", window) > most for window, most in limits]
    return any(counted)


def _new_code(cases: UseCases) -> str:
    """Six digits, uniform: 2⁶⁴ draws make the bias of the remainder negligible."""
    return f"{int(cases.ids.secret(8), 16) % 1_000_000:06d}"


def _code_hash(sign_in_id: str, code: str) -> str:
    return _digest(f"{sign_in_id} {code}")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
