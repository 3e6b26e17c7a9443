"""The repayment of an advance: its length is a duration, written or named, of whole periods."""

from __future__ import annotations

from guichet.catalogue.compiled import CompiledVersion
from guichet.catalogue.report import Report
from guichet.errors import nearest
from guichet.language import MONTHS
from guichet.model.scalars import ScalarError, parse_period


def check_repayment(version: CompiledVersion, report: Report) -> None:
    """Report a length of repayment that is no duration, and a period that is not counted in months or years."""
    declared = version.rules.repayment
    if declared is None:
        return
    path = ("rules", version.first_day.isoformat(), "repayment")
    try:
        lasts = parse_period(declared.over).unit != "days"
    except ScalarError:
        lasts = version.program.definition_types.get(declared.over) == MONTHS
    if not lasts:
        lengths = [name for name, kind in version.program.definition_types.items() if kind == MONTHS]
        data = {"value": declared.over, "nearest": nearest(declared.over, lengths) or ""}
        report.add("repayment_without_length", (*path, "over"), data)
    if declared.every.unit == "days":
        where = (*path, "every")
        data = {"value": f"{declared.every.count} days"}
        report.add("repayment_without_length", where, data)
