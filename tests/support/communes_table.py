"""Makes the tables of communes and EPCI of the nomenclatures plugin, from the package that carries the official ones.

    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-*.tgz
    python tests/support/communes_table.py package/data

The package is the year's Code officiel géographique (Insee) and the list of EPCI with own taxation (DGCL), under
Licence Ouverte; 6.0.0 is that of 2026.
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


if __name__ == "__main__":
    for name, lines in zip(("communes", "epci"), communes_and_epci(Path(sys.argv[1])), strict=True):
        (TABLES / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
