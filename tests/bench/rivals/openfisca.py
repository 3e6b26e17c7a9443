"""OpenFisca on the rules of 17 April 2020, run by the bench in an environment of its own.

Told a folder of one raw file a column: says how many are eligible and for how much, then for each line read how long a
round takes.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MONTH = "2020-04"
JUDGED = ("pret_raisonnable", "risque_cessation", "lien_pret_risque", "sincerite")
MONEYS = ("chiffre_affaires", "actif_disponible", "dettes_30j", "charges_fixes")
INPUTS: dict[str, type] = {
    **dict.fromkeys(("effectif", "pret", *MONEYS), int),
    **dict.fromkeys(("exercice_clos", "volet1", *JUDGED), bool),
    "date_demande_pret": date,
}
DOSSIER = Entity("dossier", "dossiers", "", "")


def solde(dossier: Any, period: Any) -> Any:
    """The balance at thirty days."""
    return dossier("actif_disponible", period) - (dossier("dettes_30j", period) + dossier("charges_fixes", period))


def eligible(dossier: Any, period: Any) -> Any:
    """Every condition."""
    asked, loan = dossier("date_demande_pret", period), dossier("pret", period)
    late = (np.datetime64("2020-04-20") - asked).astype("timedelta64[D]").astype(int) > 10
    fine = dossier("volet1", period) * (dossier("effectif", period) >= 1) * (dossier("solde", period) < 0)
    fine = fine * (asked >= np.datetime64("2020-03-01")) * ((loan == 0) + (loan == 1) * late)
    for name in JUDGED:
        fine = fine * dossier(name, period)
    return fine


def amount(dossier: Any, period: Any) -> Any:
    """The amount in cents, -1 where there is none."""
    turnover, need = dossier("chiffre_affaires", period), np.abs(dossier("solde", period))
    small = np.logical_not(dossier("exercice_clos", period)) + (turnover < 20_000_000) + (need < 200_000)
    large = np.where(turnover < 60_000_000, np.minimum(need, 350_000), np.minimum(need, 500_000))
    return np.where(dossier("eligible", period), np.where(small, 200_000, large), -1)


def variable(name: str, type_: type, formula: Any = None) -> type[Variable]:
    """A variable of the dossier, a month at a time."""
    body = {"value_type": type_, "entity": DOSSIER, "definition_period": DateUnit.MONTH, "label": name}
    return type(name, (Variable,), body if formula is None else {**body, "formula": formula})


def main() -> None:
    """Says the totals, then times a round for each line read."""
    system = TaxBenefitSystem([DOSSIER])
    for name, type_ in INPUTS.items():
        system.add_variable(variable(name, type_))
    for formula, type_ in ((solde, int), (eligible, bool), (amount, int)):
        system.add_variable(variable(formula.__name__, type_, formula))
    kinds = {int: "int32", bool: "bool", date: "datetime64[D]"}
    folder = Path(sys.argv[1])
    raw = {name: np.fromfile(folder / name, dtype="int32") for name in INPUTS}
    data = {name: raw[name].astype(kinds[type_]) for name, type_ in INPUTS.items()}

    def run() -> tuple[Any, Any]:
        simulation = SimulationBuilder().build_default_simulation(system, len(data["effectif"]))
        for name, values in data.items():
            simulation.set_input(name, periods.period(MONTH), values)
        return simulation.calculate("eligible", MONTH), simulation.calculate("amount", MONTH)

    fine, cents = run()
    print(json.dumps([int(fine.sum()), int(cents[cents > 0].sum())]), flush=True)
    for _ in sys.stdin:
        start = perf_counter()
        run()
        print(perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
