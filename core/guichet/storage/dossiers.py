"""Dossiers: inserted once, read by id or reference, changed under a guarded revision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, Unpack, cast

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, tuple_, update

from guichet.errors.spelling import unaccented
from guichet.model.records import Dossier, DossierChanges, DossierStart
from guichet.model.reference import parse_reference
from guichet.storage.errors import NotFoundError, StaleDossier
from guichet.storage.prepared import Prepared
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tables.money import payment_order
from guichet.storage.tables.paying import return_fact
from guichet.storage.tables.people import account
from guichet.storage.tx import Tx

__all__ = [
    "Place",
    "by_account",
    "by_id",
    "by_reference",
    "count_others",
    "find",
    "fold",
    "insert",
    "lies_in",
    "lock",
    "lock_by_reference",
    "same_iban",
    "same_siren",
    "save",
    "sought_words",
    "start",
    "unkept",
]

Place: TypeAlias = tuple[str, str | None]
"""A territory and a scheme, None for all the schemes there."""

_PHONE = re.compile(r"\+[0-9]{8,15}")
_DIALLED = re.compile(r"(?:0|(?:00|\+)(?:33|262|590|594|596|508|687|689)0?)([1-9][0-9]{8})")
"""A French number as it is dialled, at home or from abroad: what follows is the same in every spelling."""
_SHORTEST_ADDRESS = 6
_SIREN = 9
_SHORTEST_NUMBER = 6
"""Digits under which half a number tells nothing apart."""
_JOINS = re.compile(r"[-'’]")
_CIVILITIES = frozenset({"m", "m.", "mr", "mme", "mlle", "madame", "monsieur", "mademoiselle"})
_READ = reading(dossier, Dossier)
_SOUGHT = bindparam("sought")
# Made once: every act reads and writes dossiers by these, and making a statement costs more than running it.
_OF_REFERENCE = _READ.where(dossier.c.reference == _SOUGHT)
_BY_ID = Prepared(_READ.where(dossier.c.id == _SOUGHT))
_LOCKED = Prepared(_READ.where(dossier.c.id == _SOUGHT).with_for_update())
_BY_REFERENCE = Prepared(_OF_REFERENCE)
_BY_REFERENCE_LOCKED = Prepared(_OF_REFERENCE.with_for_update())
_STARTED = Prepared(dossier.insert())
_SEEN = Prepared(
    update(dossier).where(dossier.c.id == bindparam("seen_id"), dossier.c.revision == bindparam("seen_revision"))
)


def start(tx: Tx, **values: Unpack[DossierStart]) -> Dossier:
    """Insert a dossier, a draft unless told otherwise, and give it."""
    made = unkept(tx, **values)
    tx.run(_STARTED, _values(made))
    return made


def unkept(tx: Tx, **values: Unpack[DossierStart]) -> Dossier:
    """Give a dossier that is not in the database yet: `insert` keeps it."""
    given = cast("dict[str, Any]", {**_BLANK, **values})
    return Dossier(
        id=tx.ids.new(),
        reference=tx.ids.reference(),
        revision=1,
        created_at=tx.now,
        changed_at=tx.now,
        changed_by=given.pop("by"),
        **given,
    )


def insert(tx: Tx, made: Dossier, **changes: Unpack[DossierChanges]) -> Dossier:
    """Keep a dossier as it has become since it was made, and give it."""
    values = {**{name: getattr(made, name) for name in Dossier.__slots__}, **changes}
    kept = Dossier(**cast("dict[str, Any]", values))
    tx.run(_STARTED, {**values, "search": search_text(kept)})
    return kept


def by_id(tx: Tx, dossier_id: str) -> Dossier:
    """Give the dossier of an id; raises NotFoundError."""
    found = one(tx, Dossier, _BY_ID, sought=dossier_id)
    if found is None:
        raise NotFoundError(kind="dossier", id=dossier_id)
    return found


def lock(tx: Tx, dossier_id: str) -> Dossier:
    """Give the dossier and hold it until the end of the act: the first lock an act takes."""
    found = one(tx, Dossier, _LOCKED, sought=dossier_id)
    if found is None:
        raise NotFoundError(kind="dossier", id=dossier_id)
    return found


def by_reference(tx: Tx, text: str, *, territories: Sequence[str] | None = None) -> Dossier | None:
    """Give the dossier of a reference as a person types it; outside the territories it is not there."""
    reference = parse_reference(text)
    if reference is None:
        return None
    if territories is None:
        return one(tx, Dossier, _BY_REFERENCE, sought=reference)
    return one(tx, Dossier, _OF_REFERENCE.where(dossier.c.territory.in_(territories)), sought=reference)


def lock_by_reference(tx: Tx, reference: str) -> Dossier | None:
    """Give the dossier of a reference and hold it until the end of the act, as `lock` does."""
    return one(tx, Dossier, _BY_REFERENCE_LOCKED, sought=parse_reference(reference))


def by_account(tx: Tx, account_id: str) -> list[Dossier]:
    """Give an applicant's dossiers, the latest first."""
    return every(tx, Dossier, _READ.where(dossier.c.account == account_id).order_by(dossier.c.id.desc()))


def same_siren(tx: Tx, scheme: str, siren: str) -> list[Dossier]:
    """Give the dossiers a company has really filed for a scheme, in every territory."""
    return every(tx, Dossier, _SAME_SIREN, sought=siren, of_scheme=scheme)


def count_others(tx: Tx, scheme: str, siren: str, dossier_id: str) -> int:
    """Give how many other dossiers a company has really filed for a scheme, in every territory."""
    return tx.value(_OTHERS, {"sought": siren, "of_scheme": scheme, "this": dossier_id})


def same_iban(tx: Tx, iban_hash: str) -> list[Dossier]:
    """Give the dossiers filed with the same bank account, in every scheme and territory."""
    return every(tx, Dossier, _SAME_IBAN, sought=iban_hash)


def find(tx: Tx, text: str, *, places: Sequence[Place], limit: int = 50) -> list[Dossier]:
    """Give filed dossiers by what a caller says: the helpdesk's one box.

    Args:
        places: Where they are looked for.
        text: A reference of theirs or of a payment order, alone or in the line of a bank statement, a mandate's
            number, a title, a SIREN, a payee, a telephone number, or the applicant's address from its first letter
            (a point or an `@` tells that it is one).
    """
    words = sought_words(text)
    if not words:
        return []
    sought = [_contains(words), *_of_address(words)]
    references = {found for part in (text, *text.split()) if (found := parse_reference(part)) is not None}
    if references:
        of_order = select(payment_order.c.dossier).where(payment_order.c.reference.in_(references))
        sought += [dossier.c.reference.in_(references), dossier.c.id.in_(of_order)]
    if any(character.isdigit() for character in text):
        typed = " ".join(text.split())
        mandate = return_fact.c.mandate.in_((typed, typed.upper(), typed.lower()))
        paid = select(payment_order.c.dossier).join(return_fact, return_fact.c.payment_order == payment_order.c.id)
        sought.append(dossier.c.id.in_(paid.where(mandate)))
    statement = _READ.where(lies_in(places), or_(*sought)).limit(limit)
    return every(tx, Dossier, _filed(statement))


def lies_in(places: Sequence[Place]) -> ColumnElement[bool]:
    """Give the condition that a dossier is of one of some places; none is of no place."""
    whole = [territory for territory, scheme in places if scheme is None]
    apart = [place for place in places if place[1] is not None]
    return or_(dossier.c.territory.in_(whole), tuple_(dossier.c.territory, dossier.c.scheme).in_(apart))


def save(tx: Tx, seen: Dossier, *, by: str, **changes: Unpack[DossierChanges]) -> Dossier:
    """Write changes over the revision that was seen and give the new one.

    Raises:
        StaleDossier: someone changed it since; carries who and when.
    """
    saved = replace(
        seen, revision=seen.revision + 1, changed_at=tx.now, changed_by=by, **cast("dict[str, Any]", changes)
    )
    values = {name: getattr(saved, name) for name in (*changes, "revision", "changed_at", "changed_by")}
    bound = {"seen_id": seen.id, "seen_revision": seen.revision, "search": search_text(saved)}
    if tx.run(_SEEN, {**values, **bound}).rowcount == 0:
        current = by_id(tx, seen.id)
        raise StaleDossier(reference=current.reference, by=current.changed_by, at=current.changed_at)
    return saved


def search_text(of: Dossier) -> str:
    """Give what a search box looks through: telephone numbers too, as their fields keep them."""
    return fold(" ".join(filter(None, (of.reference, of.title, of.siren, of.payee, *_phones(of.answers.values())))))


def _phones(values: Iterable[object]) -> Iterator[str]:
    """The telephone numbers among answers, in repeated rows too: any field may hold one, whatever it is called."""
    for value in values:
        if isinstance(value, str):
            yield from (value,) if _PHONE.fullmatch(value) else ()
        elif isinstance(value, Mapping):
            yield from _phones(cast("Mapping[str, object]", value).values())
        elif isinstance(value, (list, tuple)):
            yield from _phones(cast("Sequence[object]", value))


def fold(text: str) -> str:
    """Give a text without case or accents.

    >>> fold("Café ŒUVRE")
    'cafe œuvre'
    """
    folded = text.casefold()
    return folded if folded.isascii() else unaccented(folded)


def sought_words(text: str) -> list[str]:
    """Give the words a search box asks for: the SIREN of a SIRET, a telephone number without its prefix, a bare name.

    >>> sought_words("732 829 320 00074"), sought_words("Mme Le Goff"), sought_words("02.99 00-00 01")
    (['732829320'], ['le', 'goff'], ['299000001'])
    >>> sought_words("06 12 34"), sought_words("7328 2932"), sought_words("Madame")
    (['+3361234'], ['73282932'], ['madame'])
    """
    bare = re.sub(r"[\s.\-()]", "", text)
    if phone := _DIALLED.fullmatch(bare):
        return [phone[1]]
    if bare.isascii() and bare.isdigit() and len(bare) >= _SHORTEST_NUMBER:
        return [f"+33{bare[1:]}" if bare.startswith("0") and len(bare) < _SIREN else bare[:_SIREN]]
    words = fold(text).split()
    return words[1:] if len(words) > 1 and words[0] in _CIVILITIES else words


def _of_address(words: Sequence[str]) -> list[Any]:
    """Who signed in with an address that begins so: `anne.legoff` is enough to a caller, three letters are not."""
    if len(words) > 1 or len(words[0]) < _SHORTEST_ADDRESS or not {".", "@"} & set(words[0]):
        return []
    return [dossier.c.account.in_(select(account.c.id).where(account.c.email.startswith(words[0], autoescape=True)))]


def _contains(words: Sequence[str]) -> Any:
    """The words as typed, or with what joins a name (`Jean-François`, `O'Brien`) read as a space on both sides."""
    typed = " ".join(words)
    apart = dossier.c.search
    for join in "-'’":
        apart = func.replace(apart, join, " ")
    as_typed = dossier.c.search.contains(typed, autoescape=True)
    return or_(as_typed, apart.contains(_JOINS.sub(" ", typed), autoescape=True))


def _filed(statement: Select[Any]) -> Select[Any]:
    return statement.where(dossier.c.filed_at.is_not(None)).order_by(dossier.c.filed_at, dossier.c.id)


def _values(of: Dossier) -> dict[str, object]:
    return {**{name: getattr(of, name) for name in Dossier.__slots__}, "search": search_text(of)}


_REAL = dossier.c.practice.is_(False)
_OF_SIREN = (dossier.c.siren == _SOUGHT, dossier.c.scheme == bindparam("of_scheme"), _REAL)
_SAME_SIREN = Prepared(_filed(_READ.where(*_OF_SIREN)))
_OTHERS = Prepared(
    select(func.count(dossier.c.id)).where(
        *_OF_SIREN, dossier.c.filed_at.is_not(None), dossier.c.id != bindparam("this")
    )
)
_SAME_IBAN = Prepared(_filed(_READ.where(dossier.c.iban_hash == _SOUGHT, _REAL)))
_BLANK: DossierChanges = {
    "account": None,
    "title": "",
    "phase": "draft",
    "stage": None,
    "stage_at": None,
    "to_complete": False,
    "waiting_for_funds": False,
    "practice": False,
    "filed_at": None,
    "decided_at": None,
    "answers": {},
    "checks": {},
    "result": None,
    "indicators": {},
    "columns": {},
    "outcome": None,
    "rules_version": None,
    "computed_cents": None,
    "provisional_cents": None,
    "granted_cents": None,
    "end": None,
    "grant_key": None,
    "siren": None,
    "iban_hash": None,
    "payee": None,
}
