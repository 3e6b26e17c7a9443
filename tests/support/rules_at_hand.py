"""Builders for tests of the rule language: an environment close to volet 2, and rules with plain defaults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from guichet.errors import Position, ProblemsFound, render
from guichet.language import (
    BOOLEAN,
    DATE,
    INTEGER,
    MONEY,
    TEXT,
    Branch,
    Condition,
    Environment,
    Input,
    ListSignature,
    Program,
    Result,
    Rules,
    Signature,
    Source,
    choice,
    compile_rules,
    compile_value,
    decimal,
    list_of,
    rate,
    rows,
)
from guichet.language.expression import execute
from guichet.language.generation.code import Namespace
from guichet.language.generation.partial import partial_function

PRET = choice(["refuse", "sans_reponse", "accepte"])


def siren(siret: str) -> str | None:
    """The nine first digits, None for what is not a SIRET."""
    bare = siret.replace(" ", "")
    return bare[:9] if len(bare) == 14 and bare.isdigit() else None


def _without_spaces(typed: str) -> str | None:
    """How a form keeps a SIRET; None for what is none."""
    bare = typed.replace(" ", "")
    return bare if len(bare) == 14 and bare.isdigit() else None


SIREN = Signature("siren", {"fr": "siren", "en": "siren"}, (TEXT,), TEXT, siren)
PLACE = Signature(
    "place_of", {"fr": "lieu_de", "en": "place_of"}, (TEXT,), TEXT, lambda _: "dep-74", nomenclature="places"
)


def an_environment(words: str = "fr", /, **inputs: Input) -> Environment:
    """Fields of volet 2 in form order, one of each other type, facts, a parameter, and the volet 1 list."""
    closed, open_ = ("exercice_clos", "non exercice_clos") if words == "fr" else ("exercice_clos", "not exercice_clos")
    known = {
        "siret": Input(TEXT, "field", kept=_without_spaces),
        "effectif": Input(INTEGER, "field", minimum=0, maximum=100_000),
        "ferme_public": Input(BOOLEAN, "field"),
        "exercice_clos": Input(BOOLEAN, "field"),
        "chiffre_affaires": Input(MONEY, "field", asked_when=Source(closed), minimum=0, maximum=10**13),
        "ca_mensuel_moyen": Input(MONEY, "field", asked_when=Source(open_), minimum=0, maximum=10**13),
        "actif_disponible": Input(MONEY, "field"),
        "dettes_30j": Input(MONEY, "field", minimum=0),
        "charges_fixes": Input(MONEY, "field", minimum=0),
        "pret": Input(PRET, "field"),
        "date_demande_pret": Input(DATE, "field"),
        "quotite": Input(rate(1), "field", minimum=0, maximum=1000),
        "coefficient": Input(decimal(2), "field", minimum=0, maximum=10_000),
        "besoins": Input(list_of(choice(["loyer", "salaires", "stock"])), "field"),
        "dettes": Input(rows({"montant": MONEY, "nature": TEXT, "echue": BOOLEAN, "depuis": DATE}), "field"),
        "filed_on": Input(DATE, "fact"),
        "territory": Input(TEXT, "fact"),
        "plafond": Input(MONEY, "parameter", minimum=0, maximum=10**9),
    }
    lists = {"volet1": ListSignature({"amount": MONEY, "reference": TEXT})}
    tables = {"places": ({"dep-73": {}, "dep-74": {}},)}
    functions = (SIREN, PLACE)
    return Environment("fr" if words == "fr" else "en", {**known, **inputs}, lists, functions, nomenclatures=tables)


def complete_values(**changes: object) -> dict[str, object]:
    """A complete dossier: turnover of 350 000 €, balance of −2 750.50 €."""
    values: dict[str, object] = {
        "siret": "123 456 789 00011",
        "effectif": 3,
        "ferme_public": False,
        "exercice_clos": True,
        "chiffre_affaires": 35_000_000,
        "actif_disponible": 50_000,
        "dettes_30j": 200_000,
        "charges_fixes": 125_050,
        "pret": "refuse",
        "date_demande_pret": date(2020, 3, 10),
        "quotite": 375,
        "coefficient": 150,
        "besoins": ("loyer", "stock"),
        "dettes": ({"montant": 1_000, "nature": "loyer", "echue": True, "depuis": date(2020, 1, 1)},),
        "filed_on": date(2020, 4, 20),
        "territory": "reg-53",
        "plafond": 500_000,
        "@volet1": {"amount": 150_000, "reference": "A1"},
    }
    return {**values, **{name.replace("at_", "@", 1): value for name, value in changes.items()}}


def rules(
    *conditions: str | Condition,
    define: Mapping[str, str] | None = None,
    amount: tuple[Branch, ...] = (),
    indicators: Mapping[str, str] | None = None,
) -> Rules:
    """Rules whose criteria are called c1, c2…"""
    return Rules(
        "2020-04-17",
        {name: Source(text, ("define", name)) for name, text in (define or {}).items()},
        tuple(
            Condition(f"c{place}", "criterion", Source(each, ("criteria", f"c{place}", "when")))
            if isinstance(each, str)
            else each
            for place, each in enumerate(conditions, 1)
        ),
        amount,
        {name: Source(text, ("indicators", name)) for name, text in (indicators or {}).items()},
    )


def branch(condition: str | None, value: str | None, unverified: str | None = None) -> Branch:
    """One branch of an amount."""
    test = None if condition is None else Source(condition, ("amount", "if"))
    return Branch(test, None if value is None else Source(value, ("amount", "then")), unverified)


def volet2() -> Rules:
    """The rules of 17 April 2020, in French."""
    return Rules(
        "2020-04-17",
        {"solde": Source("actif_disponible - (dettes_30j + charges_fixes)"), "besoin": Source("abs(solde)")},
        (
            Condition("volet1_recu", "gate", Source("siren(siret) dans liste volet1")),
            Condition("un_salarie", "criterion", Source("effectif >= 1")),
            Condition("tresorerie_negative", "criterion", Source("solde < 0 €")),
            Condition(
                "pret_refuse",
                "criterion",
                Source(
                    "pret = refuse ou (pret = sans_reponse et days_between(date_demande_pret, filed_on) > 10 jours)"
                ),
            ),
            Condition("pret_depuis_mars", "criterion", Source("date_demande_pret >= 2020-03-01")),
            Condition("pret_raisonnable", "criterion", None, "judged"),
            Condition("sincerite", "criterion", None, "attested"),
        ),
        (
            branch("(non exercice_clos) ou chiffre_affaires < 200 000 € ou besoin < 2 000 €", "2 000 €"),
            branch("chiffre_affaires < 600 000 €", "min(besoin, 3 500 €)"),
            branch(None, "min(besoin, 5 000 €)"),
        ),
        {"part_des_dettes": Source("round(dettes_30j / max(dettes_30j + charges_fixes, 1 €) to 0.1 %)")},
    )


def program(*conditions: str | Condition, words: str = "fr", **declared: object) -> Program:
    """The compiled rules."""
    return compile_rules(rules(*conditions, **declared), an_environment(words))


def value(text: str, words: str = "fr", **changes: object) -> object:
    """What an expression is worth on the complete dossier."""
    return compile_value(Source(text), an_environment(words)).evaluate(complete_values(**changes))


def located(text: str, *path: str) -> Source:
    """A source as the loader gives it: a file, a line, a column."""
    line = f"        when: {text}"

    def locate(start: int, length: int) -> Position:
        return Position("schemes/essai/rules.yaml", 12, 15 + start, length, line)

    return Source(text, path or ("criteria", "essai", "when"), locate)


def complaint(text: str, language: str = "fr", words: str = "fr", environment: Environment | None = None) -> str:
    """The full text of what the compiler says about a criterion written in a file."""
    condition = Condition("essai", "criterion", located(text))
    return complaint_about(Rules("2020-04-17", {}, (condition,)), language, environment or an_environment(words))


def complaint_about(declared: Rules, language: str = "fr", environment: Environment | None = None) -> str:
    """The full text of what the compiler says about rules, problems apart by an empty line."""
    try:
        compiled = compile_rules(declared, environment or an_environment())
    except ProblemsFound as found:
        return "\n\n".join(render(problem, "fr" if language == "fr" else "en") for problem in found.problems)
    return "\n\n".join(render(problem, "fr" if language == "fr" else "en") for problem in compiled.warnings)


_CAREFUL: WeakKeyDictionary[Program, object] = WeakKeyDictionary()


def careful_answer(program: Program, values: Mapping[str, object]) -> Result:
    """What the function that expects any value to be unknown answers: the one `evaluate` turns to for a hole."""
    if program not in _CAREFUL:
        namespace = Namespace()
        _CAREFUL[program] = execute(partial_function(program.plan, namespace), namespace)["partial"]
    answer: Any = _CAREFUL[program]
    return answer(values)
