"""Makes the tables of communes and EPCI of the nomenclatures plugin, from the packages that carry the official ones.

    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-*.tgz && mv package 2026
    python tests/support/communes_table.py 2026/data 2025/data … 2021/data

A package is the Code officiel géographique (Insee) and the list of EPCI with own taxation (DGCL) of a year, under
Licence Ouverte: 1.1.1 of 2021, 2.3.1, 3.1.1, 4.1.0, 5.3.0, 6.0.0 of 2026. The first is written whole, the others by
what differs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from house import ROOT

TABLES = ROOT / "plugins/guichet_plugins/rules/nomenclatures"
KEPT = ("commune-actuelle", "arrondissement-municipal")


def communes_and_epci(data: Path) -> tuple[list[str], list[str]]:
    """The lines of both tables: `code;epci;name`, and `code;type;name`."""
    epci: list[Any] = json.loads((data / "epci.json").read_text("utf-8"))
    communes: list[Any] = json.loads((data / "communes.json").read_text("utf-8"))
    of = {member["code"]: one["code"] for one in epci for member in one["membres"]}
    kept = sorted((one for one in communes if one["type"] in KEPT), key=lambda one: one["code"])
    places = [f"{one['code']};{of.get(one.get('commune', one['code']), '')};{one['nom']}" for one in kept]
    return places, sorted(f"{one['code']};{one['type']};{one['nom']}" for one in epci)


def differences(folders: list[Path], which: int) -> list[str]:
    """`year;mark;line`: what each year differs by from the year after, the latest first."""
    after, found = _by_code(communes_and_epci(folders[0])[which]), list[str]()
    for folder in folders[1:]:
        own, year = _by_code(communes_and_epci(folder)[which]), folder.parent.name
        for code in sorted(own.keys() | after.keys()):
            if code not in own:
                found.append(f"{year};-;{code}")
            elif own[code] != after.get(code):
                found.append(f"{year};{'=' if code in after else '+'};{own[code]}")
        after = own
    return found


def _by_code(lines: list[str]) -> dict[str, str]:
    return {line.partition(";")[0]: line for line in lines}


if __name__ == "__main__":
    years = [Path(each) for each in sys.argv[1:]]
    for place, name in enumerate(("communes", "epci")):
        (TABLES / f"{name}.csv").write_text("\n".join(communes_and_epci(years[0])[place]) + "\n", "utf-8")
        (TABLES / f"{name}_before.csv").write_text("\n".join(differences(years, place)) + "\n", "utf-8")
