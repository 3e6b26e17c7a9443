"""What a request of the API says, read whole: who applies, what they answer, quote and attest, or all that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.form_flow import gate_fields
from guichet.locale import Language
from guichet.model.api import Sender
from guichet.model.records import ApiUpload
from guichet.services.api.answers import named_files, read_answers
from guichet.services.api.faults import BodyRefused, Fault, a_fault, pointer_to, sorted_faults
from guichet.services.api.parts import Keeper
from guichet.services.api.schemas import Applications, quoted
from guichet.services.cases import UseCases
from guichet.services.practice_accounts import is_practice
from guichet.storage import accounts, api_tokens

__all__ = ["Application", "read_application"]


@dataclass(frozen=True, slots=True)
class Application:
    """A body read."""

    email: str
    values: Mapping[str, Any]
    uploads: tuple[str, ...]
    proofs: Mapping[str, Mapping[str, str]]
    attested: Mapping[str, bool]
    asked: Mapping[str, bool] | None
    """Whether each question is asked, by the rules of the day it was read."""
    day: date


def read_application(
    cases: UseCases,
    applications: Applications,
    compiled: CompiledScheme,
    given: Mapping[str, Any],
    keeper: Keeper,
    *,
    later: Sequence[str] = (),
) -> Application:
    """Give what a body says; the files that come with it are kept on the way.

    Args:
        later: Fields that may be left out.

    Raises:
        BodyRefused: With every part that is wrong or missing.
    """
    language = keeper.language
    awaited = {pointer_to("answers", name) for name in later}
    faults = [
        one
        for one in applications.faults(compiled, given, language)
        if one.code != "required" or one.pointer not in awaited
    ]
    answers, wrong = keeper.keep(_whole(compiled, given.get("answers"), faults))
    # An answer left out for its shape may be the one that names a part: nothing is said of parts in excess then.
    faults += [fault for fault in wrong if not (faults and fault.code == "unused_part")]
    ids = tuple(dict.fromkeys(file_id for _, file_id in named_files(compiled, answers)))
    context = cases.context(compiled.territory, language)
    refused = {fault.pointer for fault in wrong}
    read = read_answers(compiled, answers, _files(cases, keeper.token, compiled, ids), context, whole=not faults)
    faults += [fault for fault in read.faults if fault.pointer not in refused]
    if faults:
        raise BodyRefused(sorted_faults(faults))
    proofs = cast("Mapping[str, Mapping[str, str]]", given.get("proofs", {}))
    faults = _left_out_of_the_gate(compiled, read.values, proofs, context.today, language)
    if not _is_address(given["applicant"]["email"]):
        faults.append(a_fault("/applicant/email", "format", language, limit="email"))
    if faults:
        raise BodyRefused(sorted_faults(faults))
    attested = cast("list[str]", given.get("attested", []))
    declared = dict.fromkeys(attested, True)
    return Application(given["applicant"]["email"], read.values, ids, proofs, declared, read.asked, context.today)


def _whole(compiled: CompiledScheme, answers: object, faults: list[Fault]) -> Mapping[str, Any]:
    """The answers in which the schema found nothing wrong: they are read all the same, so that all is said at once."""
    if not isinstance(answers, Mapping):
        return {}
    wrong = {fault.pointer.split("/")[2] for fault in faults if fault.pointer.startswith("/answers/")}
    given = cast("Mapping[str, Any]", answers)
    return {name: value for name, value in given.items() if name in compiled.fields and name not in wrong}


def _left_out_of_the_gate(
    compiled: CompiledScheme,
    values: Mapping[str, Any],
    proofs: Mapping[str, Mapping[str, str]],
    today: date,
    language: Language,
) -> list[Fault]:
    """What the gate asks and the body does not say: on the site, the gate's own page would ask for it."""
    gate = gate_fields(compiled, today)
    faults = [a_fault(pointer_to("answers", name), "required", language) for name in gate if values.get(name) is None]
    if gate:
        faults += [
            a_fault(pointer_to("proofs", name, column), "required", language)
            for name, asked in quoted(compiled).items()
            for column, _ in asked
            if not proofs.get(name, {}).get(column, "").strip()
        ]
    return faults


def _files(cases: UseCases, token: Sender, compiled: CompiledScheme, ids: tuple[str, ...]) -> dict[str, ApiUpload]:
    if not ids:
        return {}
    place = (compiled.territory, compiled.scheme.id)
    return cases.store.read(lambda tx: api_tokens.uploads(tx, token.id, *place, ids))


def _is_address(email: str) -> bool:
    """Whether an applicant can be written to: what an account of the site needs; never one of agents who practise."""
    if is_practice(accounts.normalised(email)):
        return False
    name, at, host = email.partition("@")
    return bool(at and name and "." in host.strip(".") and email == email.strip() and len(email.split()) == 1)
