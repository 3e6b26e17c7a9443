"""Who may give which aid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guichet.loader.checked import Checked
from guichet.loader.law.rule import Finding, LawRule


def _economic_departements(checked: Checked) -> Iterator[Finding]:
    """Départements whose council gives an economic aid, and acts for no Région."""
    if checked.scheme.legal.competence != "economic":
        return
    day = checked.scheme.calendar.opens.date()
    of_regions = {region.authority_on(day).id for region in checked.territories.regions()}
    alone = [
        territory.id
        for territory in checked.territories.departements()
        if checked.scheme.is_meant_for(territory.id) and territory.authority_on(day).id not in of_regions
    ]
    if alone:
        yield ("legal", "competence"), {"territories": _some(alone)}


def _some(names: list[str]) -> list[str]:
    return names if len(names) <= 5 else [*names[:5], "…"]


LAWS = (
    # In July 2020 the accountant suspended the payment of a Département's aid until its social nature was confirmed.
    LawRule(
        "law.departement_economic",
        "loi n° 2015-991 du 7 août 2015 (NOTRe), art. 94",
        date(2015, 8, 8),
        _economic_departements,
    ),
)
