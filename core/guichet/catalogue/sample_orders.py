"""A plain payment order, tried before anything is published: what its writer could not write is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from guichet.catalogue.compiled import PluginsNeeded
from guichet.catalogue.positions import Locate, Path, nearest_place
from guichet.errors import Problem, nearest
from guichet.model.payment import Payment
from guichet.model.scheme import Scheme
from guichet.plugin.contracts import UNMADE, Act, BatchHeader, OrderPart, PaymentOrder, Reason

_SAMPLE_SIRET, _SAMPLE_IBAN, _SAMPLE_BIC = "73282932000074", "FR7630006000011234567890189", "AGRIFRPP"
_NAMED = 3  # territories named in a warning; the others are counted


def unwritten_payment(
    scheme: Scheme, imputation: Mapping[str, str], plugins: PluginsNeeded, locate: Locate
) -> Problem | None:
    """A warning when the writer could not write a plain order: a column quotes a reference that is given nowhere."""
    payment = scheme.payment
    if payment is None:
        return None
    writer = plugins.payment_writers[payment.writer.plugin]
    given = {**imputation, **payment.imputation}
    sample = _sample(scheme, payment, given)
    options = writer.Options.model_validate(payment.writer.options)
    reason, amount = writer.check(sample, options), ""
    for name, own in payment.imputations.items() if reason is None or reason.about else ():
        part = OrderPart(name, name, sample.cents, {**given, **own})
        reason, amount = writer.check(replace(sample, parts=(part,)), options), name
        if reason is not None:
            break
    if reason is None:
        return None
    path = ("payment", "writer")
    data: dict[str, object] = {"reason_fr": reason.fr, "reason_en": reason.en}
    here = ("payment", "imputations", amount) if amount else ("payment", "imputation")
    meant = nearest(reason.about, payment.imputations.get(amount, payment.imputation)) if reason.about else None
    quoting = _quoting(payment.writer.options, reason.about, (*path, "options")) if reason.about else None
    if meant is not None:
        path = (*here, meant)
        data |= {"nearest": meant, "about": reason.about, "quoted": quoting[-1] if quoting is not None else None}
    elif any(reason.about in own for own in payment.imputations.values()):
        path = here
    elif quoting is not None:
        path = quoting
    return Problem("payment_cannot_be_written", data, nearest_place(locate, path), path, "warning")


def crowded_batch(
    scheme: Scheme, imputation: Mapping[str, str], territory: str, payer: str, plugins: PluginsNeeded
) -> Reason | None:
    """Why a plain order has no room in the batches of a territory: what names the batch does not fit its column."""
    payment = scheme.payment
    if payment is None:
        return None
    writer = plugins.payment_writers[payment.writer.plugin]
    options = writer.Options.model_validate(payment.writer.options)
    sample = _sample(scheme, payment, {**payment.imputation, **imputation})
    if writer.check(sample, options) is not None:
        return None  # told by `unwritten_payment`
    day = scheme.calendar.opens.date()
    header = BatchHeader(UNMADE, 1, day, scheme.id, territory, payment.paid_by or payer, title=scheme.title)
    return writer.check_batch(header, [sample], options).get(sample.id)


def crowded_problem(scheme: Scheme, reason: Reason, territories: Sequence[str], locate: Locate) -> Problem:
    """The warning that no order of some territories would leave, where the column at fault is set."""
    assert scheme.payment is not None  # noqa: S101  what pays nothing has no reason
    path = ("payment", "writer")
    path = _under(scheme.payment.writer.options, reason.about, (*path, "options")) or path
    data: dict[str, object] = {
        "reason_fr": reason.fr,
        "reason_en": reason.en,
        "territories": ", ".join(territories[:_NAMED]),
        "others": max(len(territories) - _NAMED, 0) or None,
    }
    return Problem("payment_batch_cannot_be_written", data, nearest_place(locate, path), path, "warning")


def _under(options: Any, name: str, path: Path) -> Path | None:
    """The option that stands under a name."""
    inside = cast("Mapping[str, Any]", options if isinstance(options, Mapping) else {})
    if name in inside:
        return (*path, name)
    found = (_under(value, name, (*path, str(key))) for key, value in inside.items())
    return next((where for where in found if where is not None), None)


def _sample(scheme: Scheme, payment: Payment, imputation: Mapping[str, str]) -> PaymentOrder:
    siret = _SAMPLE_SIRET if any(field.type == "siret" for field in scheme.fields().values()) else ""
    bic = _SAMPLE_BIC if payment.payee.bic is not None else ""
    details = dict.fromkeys(payment.details, "Camille")
    act, payee = Act(number="2020-1", date=date(2020, 1, 1)), "Camille Martin"
    account = (_SAMPLE_IBAN, bic)
    return PaymentOrder("1", "0000000011", payee, *account, 1_00, "AIDE", siret, imputation, act=act, details=details)


def _quoting(options: Any, name: str, path: Path) -> Path | None:
    """The option whose text quotes `{name}`."""
    if isinstance(options, str):
        return path if f"{{{name}}}" in options else None
    inside = cast("Mapping[str, Any]", options).items() if isinstance(options, Mapping) else ()
    found = (_quoting(value, name, (*path, str(key))) for key, value in inside)
    return next((where for where in found if where is not None), None)
