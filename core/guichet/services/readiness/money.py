"""The items about money: who pays under which references, and the budget."""

from __future__ import annotations

from guichet.locale import Text, format_money
from guichet.model.placeholders import is_supplied
from guichet.services.batch_settings import imputation_of
from guichet.services.readiness.launches import Finding, Launch, in_words, problem_at, to_supply

__all__ = ["envelope", "payer"]


def payer(launch: Launch) -> Finding:
    """The payer's name and every accounting reference, the territory's before the scheme's."""
    payment = launch.scheme.payment
    if payment is None:
        return Finding("payer", (), ("–",))
    name = launch.territory.payer.name
    problems = launch.missing([(launch.in_territory("payer", "name"), name)])
    for key, text in imputation_of(launch.territory, payment).items():
        if not is_supplied(text):
            problems.append(to_supply(launch.in_scheme("payment", "imputation", key), f"imputation.{key}"))
    for amount, own in payment.imputations.items():
        for key, text in own.items():
            if not is_supplied(text):
                where = launch.in_scheme("payment", "imputations", amount, key)
                problems.append(to_supply(where, f"imputations.{amount}.{key}"))
    return Finding("payer", tuple(problems), (name, payment.writer.plugin, payment.delivery.plugin))


def envelope(launch: Launch) -> Finding:
    """A budget, unless the aid is of right: then nothing is refused for want of money."""
    declared = launch.scheme.envelope
    if declared is not None:
        shared, spent = in_words(f"across_{declared.across}"), in_words(f"spent_{declared.when_spent}")
        told = (Text(format_money(declared.ceiling, "fr"), format_money(declared.ceiling, "en")), shared, spent)
        return Finding("envelope", (), told)
    if launch.scheme.legal.as_of_right or launch.scheme.payment is None:
        return Finding("envelope", (), ("–",))
    return Finding("envelope", (problem_at("ready.no_envelope", launch.in_scheme("envelope")),))
