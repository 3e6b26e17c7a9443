"""ZEN, CEL and json-logic on the rules of 17 April 2020, run by the bench in an environment of their own.

Told a rival and a JSON file of dossiers: says the answers, then for each line read how long one round takes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

One = Callable[[dict[str, Any]], tuple[bool, Any]]
JUDGED = ("pret_raisonnable", "risque_cessation", "lien_pret_risque", "sincerite")
LOW, MIDDLE, FEW = 20_000_000, 60_000_000, 200_000


def zen() -> One:
    """ZEN's decision graph: one node of expressions."""
    import zen as engine

    judged = " and ".join(JUDGED)
    loan = "(pret == 'refuse' or (pret == 'sans_reponse' and today - asked > 10))"
    amount = (
        f"(not exercice_clos or chiffre_affaires < {LOW} or $.besoin < {FEW}) ? 200000 :"
        f" (chiffre_affaires < {MIDDLE} ? min([$.besoin, 350000]) : min([$.besoin, 500000]))"
    )
    expressions = {
        "solde": "actif_disponible - (dettes_30j + charges_fixes)",
        "besoin": "abs($.solde)",
        "ok": f"volet1 and effectif >= 1 and $.solde < 0 and asked >= march and {loan} and {judged}",
        "amount": f"$.ok ? ({amount}) : -1",
    }
    place = {"x": 0, "y": 0}
    written = [{"id": key, "key": key, "value": value} for key, value in expressions.items()]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": place},
        {"id": "do", "name": "do", "type": "expressionNode", "position": place, "content": {"expressions": written}},
        {"id": "out", "name": "out", "type": "outputNode", "position": place},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "do", "type": "edge"},
        {"id": "b", "sourceId": "do", "targetId": "out", "type": "edge"},
    ]
    decision = engine.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def one(dossier: dict[str, Any]) -> tuple[bool, Any]:
        result = decision.evaluate(dossier)["result"]
        return result["ok"], result["amount"]

    return one


def cel_text() -> str:
    """The rules in CEL, which has no definitions: the balance is written where it is read."""
    balance = "(actif_disponible - (dettes_30j + charges_fixes))"
    need = f"(-{balance})"  # read only where the balance is negative
    loan = "(pret == 'refuse' || (pret == 'sans_reponse' && today - asked > 10))"
    fine = f"volet1 && effectif >= 1 && {balance} < 0 && asked >= march && {loan} && {' && '.join(JUDGED)}"
    middle = f"({need} < 350000 ? {need} : 350000)"
    large = f"({need} < 500000 ? {need} : 500000)"
    small = f"!exercice_clos || chiffre_affaires < {LOW} || {need} < {FEW}"
    amount = f"({small}) ? 200000 : (chiffre_affaires < {MIDDLE} ? {middle} : {large})"
    return f"({fine}) ? ({amount}) : -1"


def cel() -> One:
    """CEL compiled once, in Rust; it is handed dictionaries, or contexts made of them beforehand."""
    import cel as engine

    program = engine.compile(cel_text())

    def one(dossier: dict[str, Any]) -> tuple[bool, Any]:
        amount = program.execute(dossier)
        return amount != -1, amount

    return one


def cel_python() -> One:
    """The same in cel-python, which is written in Python and wants values of its own."""
    import celpy as engine
    from celpy.adapter import json_to_cel

    environment = engine.Environment()
    program = environment.program(environment.compile(cel_text()))

    def one(dossier: dict[str, Any]) -> tuple[bool, Any]:
        amount = program.evaluate({name: json_to_cel(value) for name, value in dossier.items()})
        return amount != -1, amount

    return one


def json_logic() -> One:
    """json-logic, in its maintained Python port."""
    from json_logic import jsonLogic

    def var(name: str) -> dict[str, str]:
        return {"var": name}

    balance = {"-": [var("actif_disponible"), {"+": [var("dettes_30j"), var("charges_fixes")]}]}
    need = {"-": [0, balance]}
    silent = {"and": [{"==": [var("pret"), "sans_reponse"]}, {">": [{"-": [var("today"), var("asked")]}, 10]}]}
    fine = {
        "and": [
            *(var("volet1"), {">=": [var("effectif"), 1]}, {"<": [balance, 0]}),
            *({">=": [var("asked"), var("march")]}, {"or": [{"==": [var("pret"), "refuse"]}, silent]}),
            *(var(name) for name in JUDGED),
        ]
    }
    small = {"or": [{"!": var("exercice_clos")}, {"<": [var("chiffre_affaires"), LOW]}, {"<": [need, FEW]}]}
    middle = {"<": [var("chiffre_affaires"), MIDDLE]}
    amount = {"if": [small, 200_000, middle, {"min": [need, 350_000]}, {"min": [need, 500_000]}]}
    rule = {"if": [fine, amount, -1]}

    def one(dossier: dict[str, Any]) -> tuple[bool, Any]:
        amount = jsonLogic(rule, dossier)
        return amount != -1, amount

    return one


def main() -> None:
    """Says the answers, then times a round for each line read."""
    one = {"zen": zen, "cel": cel, "cel-contexts": cel, "cel-python": cel_python, "json-logic": json_logic}[
        sys.argv[1]
    ]()
    dossiers = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    if sys.argv[1] == "cel-contexts":
        from cel import Context  # this rival only

        dossiers = [Context(variables=dossier) for dossier in dossiers]
    found = [one(dossier) for dossier in dossiers]
    print(json.dumps([int(amount) if fine else None for fine, amount in found]), flush=True)
    for _ in sys.stdin:
        start = process_time()
        for dossier in dossiers:
            one(dossier)
        print(process_time() - start, flush=True)


if __name__ == "__main__":
    main()
