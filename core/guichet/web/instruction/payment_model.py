"""The payments of a dossier as its page shows them: orders, mandates, accounts that gave way, what may be asked."""

from __future__ import annotations

from typing import Any

from guichet.locale import Language, Texts, format_day, format_money
from guichet.model.later_form import LATER_FORMS
from guichet.model.records import PaymentOrder
from guichet.services.cases import UseCases
from guichet.services.dossier_views import DossierView
from guichet.services.later_files import filed_form
from guichet.services.later_forms import SETTLERS, settlers_of
from guichet.services.new_accounts import FORM, may_be_asked_again
from guichet.web.instruction.addresses import dossier_address

_SETTLED_HERE = frozenset(("filed", form) for form in LATER_FORMS if form != FORM)

__all__ = ["amounts_of", "masked", "payment_model"]


def payment_model(cases: UseCases, view: DossierView, say: Texts, language: Language, at: Any) -> dict[str, Any]:
    """Gives what the part about payments of a dossier's page reads."""
    reference = view.dossier.reference
    open_forms = [one for one in view.tracking.later if one.form == FORM and one.state in ("asked", "filed")]
    asked = any(one.state == "asked" for one in open_forms)
    filed = next((one for one in open_forms if one.state == "filed"), None)
    may = view.rights.may_ask_account and view.dossier.phase == "decided"
    settles = may and bool(view.rights.roles & set(SETTLERS))
    return {
        "orders": [_order(view, one, say, language, at, may=may and not open_forms) for one in view.tracking.orders],
        "account_url": dossier_address(reference, "autre-compte"),
        "account_asked": asked,
        "account_filed": _filed(view, filed.answers) if filed is not None else "",
        "settle_url": dossier_address(reference, f"formulaires/{filed.id}") if filed is not None and settles else "",
        "filed_forms": _filed_forms(cases, view, say, language),
        "accounts_before": [
            say(
                "paying.account_before",
                payee=one.payee_before,
                iban=_iban(one.iban_before, view),
                day=format_day(cases.day_of(one.at, view.dossier.territory), language),
            )
            for one in view.accounts
        ],
    }


def _filed_forms(cases: UseCases, view: DossierView, say: Texts, language: Language) -> list[dict[str, Any]]:
    """The forms that wait to be settled, but the account's; the address only for whom it is to settle."""
    found = [filed_form(cases, one, language) for one in view.tracking.later if (one.state, one.form) in _SETTLED_HERE]
    return [
        {
            "title": say("paying.form_filed", title=one.title, reference=one.reference),
            "answers": [{"label": label, "lines": lines} for label, lines in one.answers],
            "files": [
                {"name": kept.file_name, "href": dossier_address(view.dossier.reference, f"pieces/{kept.id}")}
                for kept in view.tracking.attachments
                if kept.stored_as in one.files and kept.field.startswith(f"{one.form}.")
            ],
            "proposed": say("paying.form_proposed", amount=format_money(one.cents, language)) if one.cents else "",
            "reason": f"reason.{one.id}",
            "settle_url": dossier_address(view.dossier.reference, f"formulaires/{one.id}")
            if view.rights.roles & settlers_of(one.form)
            else "",
        }
        for one in found
    ]


def amounts_of(view: DossierView, owner: str, language: Language) -> list[str]:
    """Gives the amounts of the aid that make an order or a claim, each with its cents."""
    return [f"{part.label} : {format_money(part.cents, language)}" for part in view.parts.get(owner, ())]


def masked(iban: str) -> str:
    """An IBAN by its first and last four characters.

    >>> masked("FR7630006000011234567890189")
    'FR76 … 0189'
    """
    return f"{iban[:4]} … {iban[-4:]}"


def _iban(iban: str, view: DossierView) -> str:
    return (
        " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
        if view.rights.shows_iban
        else masked(iban)
    )


def _filed(view: DossierView, answers: Any) -> str:
    """The account that waits to be settled: holder and number, masked for those who pay nothing."""
    payment = view.acting.scheme.payment
    if payment is None:
        return ""
    iban = str(answers.get(payment.payee.iban) or "")
    return f"{answers.get(payment.payee.name) or ''}, {_iban(iban, view)}"


def _order(
    view: DossierView, one: PaymentOrder, say: Texts, language: Language, at: Any, *, may: bool
) -> dict[str, Any]:
    mandate = view.mandates.get(one.id)
    day = mandate.mandate_on or mandate.on_day if mandate is not None else None
    return {
        "reference": one.reference,
        "payee": one.payee,
        "iban": _iban(one.iban, view),
        "amount": format_money(one.cents, language),
        "state": say(f"instruction.order_{one.state}"),
        "parts": amounts_of(view, one.id, language),
        "at": at(one.state_at),
        "aside": one.set_aside_reason or one.state_reason or "",
        "mandate": say("paying.order_mandate", mandate=mandate.mandate, day=format_day(day, language))
        if mandate is not None and day is not None
        else "",
        "may_ask": may and may_be_asked_again(one, view.tracking.orders),
    }
