"""Grants of money: agreements, state aid, silence, and the accounts they leave from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from guichet.catalogue import COMPUTED_AMOUNT
from guichet.errors.spelling import unaccented
from guichet.language import tree
from guichet.loader.checked import Checked
from guichet.loader.law.rule import Finding, LawRule

AGREEMENT_ABOVE: Final = 23_000_00
"""Cents above which a grant to a private body needs an agreement (décret n° 2001-495, art. 1)."""

_DE_MINIMIS: Final = (
    (re.compile(r"1407/2013"), date(2014, 1, 1), date(2023, 12, 31)),
    (re.compile(r"2023/2831"), date(2024, 1, 1), date(2030, 12, 31)),
)

_COLLECTIVITE: Final = re.compile(
    r"(l[ae]\s+|l['’])?(region|departement|conseil\s+(regional|departemental|general)|collectivite|metropole|etat|prefecture)\b"
)
"""How the name of a body without a bank account begins; an agency or an association bears another."""


def _is_for_companies(checked: Checked) -> bool:
    return any(field.type in ("siret", "rna") for field in checked.scheme.fields().values())


def _without_agreement(checked: Checked) -> Iterator[Finding]:
    """A grant that may exceed the threshold, to applicants who may be private bodies, with no agreement declared."""
    legal = checked.scheme.legal
    if not _is_for_companies(checked) or legal.convention is not None:
        return
    for version in checked.compiled.versions if checked.compiled is not None else ():
        for index, step in enumerate(version.program.plan.amount):
            if step.value is None:
                continue
            bounds = step.value.bounds
            if bounds is None or bounds[1] > AGREEMENT_ABOVE:
                yield ("rules", version.first_day.isoformat(), "amount", str(index)), {}
                return


def _agreement_passed_over(checked: Checked) -> Iterator[Finding]:
    """A stage where the agreement is signed, whose condition does not hold for every grant over the threshold."""
    convention = checked.scheme.legal.convention
    stage = convention.stage if convention is not None else None
    if stage is None or not _is_for_companies(checked):
        return
    for version in checked.compiled.versions if checked.compiled is not None else ():
        passage = version.passages.get(stage)
        condition = passage.plan.conditions[0][1] if passage is not None else None
        if condition is not None and not _holds_above(condition):
            yield ("workflow", "stages", stage, "when"), {"stage": stage}
            return


def _holds_above(node: tree.Node) -> bool:
    """Whether a condition is true of every amount above the threshold, whatever else is known."""
    match node:
        case tree.Logic():
            return (all if node.operator == "and" else any)(map(_holds_above, node.operands))
        case tree.Compare(operator=">" | ">=", left=tree.Read(name=name), right=limit) if name == COMPUTED_AMOUNT:
            return _at_most_threshold(limit, or_equal=node.operator == ">=")
        case tree.Compare(operator="<" | "<=", left=limit, right=tree.Read(name=name)) if name == COMPUTED_AMOUNT:
            return _at_most_threshold(limit, or_equal=node.operator == "<=")
        case _:
            return False


def _at_most_threshold(limit: tree.Node, *, or_equal: bool) -> bool:
    """Whether every amount above the threshold is above a limit."""
    return limit.bounds is not None and limit.bounds[1] <= AGREEMENT_ABOVE + or_equal


def _without_regime(checked: Checked) -> Iterator[Finding]:
    if checked.scheme.legal.competence == "economic" and checked.scheme.legal.state_aid is None:
        yield ("legal",), {}


def _regime_of_other_days(checked: Checked) -> Iterator[Finding]:
    """A de minimis regulation that does not hold on the opening day."""
    aid, opens = checked.scheme.legal.state_aid, checked.scheme.calendar.opens.date()
    for pattern, first, last in _DE_MINIMIS if aid is not None else ():
        for key in ("regime", "reference"):
            if pattern.search(getattr(aid, key)) and not first <= opens <= last:
                yield ("legal", "state_aid", key), {"first": first, "last": last, "opens": opens}
                return


def _rests_on_the_general_rule(checked: Checked) -> bool:
    return "L231-4" in checked.scheme.legal.silence.legal


def _silence_grants(checked: Checked) -> Iterator[Finding]:
    pays = any(version.amount for version in checked.scheme.rules.values())
    if pays and checked.scheme.legal.silence.means == "acceptance" and _rests_on_the_general_rule(checked):
        yield ("legal", "silence", "means"), {}


def _other_delay(checked: Checked) -> Iterator[Finding]:
    after = checked.scheme.legal.silence.after
    if _rests_on_the_general_rule(checked) and (after.count, after.unit.rstrip("s")) != (2, "month"):
        yield ("legal", "silence", "after"), {}


def _has_none(payer: str) -> bool:
    """Whether a payer is a collectivité or the State, whose money only a public accountant moves.

    >>> _has_none("Conseil régional de Bretagne"), _has_none("Régie régionale des transports")
    (True, False)
    """
    return _COLLECTIVITE.match(unaccented(payer.casefold()).strip()) is not None


def _without_account(checked: Checked) -> Iterator[Finding]:
    """A file that moves money from an account, when the payer is a Région or a Département, which has none."""
    payment = checked.scheme.payment
    if payment is None or checked.plugins is None or (payment.paid_by and not _has_none(payment.paid_by)):
        return
    writer = checked.plugins.payment_writers.get(payment.writer.plugin)
    if writer is not None and writer.own_account:
        yield ("payment", "writer", "plugin"), {"value": payment.writer.plugin}


LAWS = (
    LawRule(
        "law.no_agreement",
        "loi n° 2000-321 du 12 avril 2000, art. 10 ; décret n° 2001-495 du 6 juin 2001",
        date(2001, 6, 10),
        _without_agreement,
        of_rules=True,
    ),
    LawRule(
        "law.agreement_passed_over",
        "loi n° 2000-321 du 12 avril 2000, art. 10 ; décret n° 2001-495 du 6 juin 2001",
        date(2001, 6, 10),
        _agreement_passed_over,
        of_rules=True,
    ),
    LawRule("law.no_state_aid_regime", "TFUE, art. 107 et 108", date(2009, 12, 1), _without_regime, "error"),
    LawRule(
        "law.regime_of_other_days", "règlements (UE) 1407/2013 et 2023/2831", date(2014, 1, 1), _regime_of_other_days
    ),
    LawRule("law.silence_grants_money", "CRPA, art. L231-4, 3°", date(2016, 1, 1), _silence_grants),
    LawRule("law.silence_delay", "CRPA, art. L231-1 et L231-4", date(2016, 1, 1), _other_delay),
    LawRule(
        "law.silence_missing",
        "CRPA, art. L231-4 et R112-11-1",
        date(2016, 1, 1),
        severity="error",
        missing=(("legal", "silence"), ("legal", "silence", "means"), ("legal", "silence", "after")),
    ),
    LawRule(
        "law.no_own_account",
        "loi organique n° 2001-692 du 1er août 2001, art. 26",
        date(2005, 1, 1),
        _without_account,
        "error",
    ),
)
