"""Declarations where an engine may err, each with cases worked out by hand: what is unknown, halves, ends of months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, Literal

from declarations import with_change

__all__ = ["EARLY", "HARD", "LATE", "Case", "Hard", "hard_scheme", "tries_of"]

Told = tuple[str, tuple[str, ...], tuple[str, ...]]
Kind = Literal["money", "integer", "decimal", "date", "boolean"]
EARLY: Final = date(2020, 6, 14)
LATE: Final = date(2020, 6, 15)
"""The day a parameter and a definition of the rules change."""


@dataclass(frozen=True, slots=True)
class Case:
    """Answers, and what the expression is of them: None where the fields `missing` leave it unknown."""

    answers: Mapping[str, Any]
    gives: Any
    missing: tuple[str, ...] = ()
    on: date = EARLY


@dataclass(frozen=True, slots=True)
class Hard:
    """An expression of one kind, and its cases."""

    text: str
    kind: Kind
    cases: tuple[Case, ...] = field(default=())


def money(text: str, *cases: Case) -> Hard:
    """An expression that gives an amount, in cents."""
    return Hard(text, "money", cases)


def truth(text: str, *cases: Case) -> Hard:
    """A condition."""
    return Hard(text, "boolean", cases)


def to(gives: Any, on: date = EARLY, /, **answers: Any) -> Case:
    """A case that is known."""
    return Case(answers, gives, (), on)


def unknown(*missing: str, **answers: Any) -> Case:
    """A case that waits for these fields."""
    return Case(answers, None, missing)


def row(montant: int | None = None, choisi: bool | None = None, part: int | None = None) -> dict[str, Any]:
    """A repeated row."""
    return {"montant": montant, "choisi": choisi, "part": part}


HARD: Final = (
    # Halves go away from zero, and an odd cent is half a cent short of the next.
    money("arrondi(m1 * 50 % à 0.01 €)", to(1, m1=1), to(-1, m1=-1), to(2, m1=3), to(-2, m1=-3), unknown("m1")),
    money("arrondi_inf(m1 / 3 à 0.01 €)", to(-34, m1=-100), to(33, m1=100), to(0, m1=0), to(-1, m1=-1)),
    money("arrondi_sup(m1 / 3 à 0.05 €)", to(-30, m1=-100), to(35, m1=100), to(-15, m1=-45), to(0, m1=-1)),
    money("arrondi(m1 * 12.5 % à 0.05 €)", to(10, m1=60), to(-10, m1=-60), to(5, m1=59), to(-5, m1=-59)),
    # 1.11 € × 1.50 × 37.5 % = 62.4375 cents; 0.08 € × 0.50 × 37.5 % = 1.5.
    money(
        "arrondi(m1 * q * 37.5 % à 0.01 €)",
        to(62, m1=111, q=150),
        to(-62, m1=-111, q=150),
        to(2, m1=8, q=50),
        to(-2, m1=-8, q=50),
        to(2, m1=-8, q=-50),
        unknown("q", m1=8),
    ),
    # 0.04 × 12.5 % = 0.005.
    Hard("arrondi(q * 12.5 % à 0.01)", "decimal", (to(1, q=4), to(-1, q=-4), to(0, q=3), to(0, q=-3))),
    money(
        "arrondi(m1 / max(n1, 1) à 0.01 €)",
        to(33, m1=100, n1=3),
        to(100, m1=100, n1=0),
        to(-13, m1=-50, n1=4),
        to(13, m1=50, n1=4),
        unknown("n1", m1=0),
    ),
    money(
        "arrondi(m1 / min(n1, -1) à 0.01 €)",
        to(-13, m1=50, n1=-4),
        to(13, m1=-50, n1=-4),
        to(-50, m1=50, n1=5),
    ),
    # 150 € / 10 / 10 = 1.50 €.
    money(
        "arrondi((m1 / max(n1, 1)) / max(n2, 1) à 1 €)",
        to(200, m1=15_000, n1=10, n2=10),
        to(-200, m1=-15_000, n1=10, n2=10),
        to(100, m1=14_999, n1=10, n2=10),
    ),
    # 1/3 + 1/6 of a euro is exactly 50 cents.
    money(
        "arrondi(m1 / max(n1, 1) + m2 / max(n2, 1) à 0.01 €)",
        to(50, m1=100, n1=3, m2=100, n2=6),
        to(1, m1=1, n1=2, m2=0, n2=7),
        to(-1, m1=-1, n1=2, m2=0, n2=7),
        unknown("m2", m1=1, n1=2, n2=7),
    ),
    money("min(m1, m2)", to(-7, m1=-7, m2=0), to(3, m1=5, m2=3), unknown("m1", m2=-(10**13))),
    money("abs(m1 - m2)", to(12, m1=-7, m2=5), to(12, m1=5, m2=-7), unknown("m1", "m2")),
    money(
        "si b1 alors (si b2 alors m1 sinon 0 €) sinon m2",
        to(5, b1=False, m2=5),
        to(0, b1=True, b2=False),
        to(-9, b1=True, b2=True, m1=-9),
        unknown("b2", b1=True, m1=0, m2=0),
        unknown("b1", b2=True, m1=4, m2=4),
    ),
    truth(
        "b1 ou m1 > 0 €",
        to(True, m1=1),
        to(True, b1=True),
        to(False, b1=False, m1=0),
        unknown("b1", m1=0),
        unknown("m1", b1=False),
    ),
    truth("non (b1 et m1 > 0 €)", to(True, b1=False), to(True, m1=0), to(False, b1=True, m1=1), unknown("b1", m1=1)),
    truth("(m1 - m2) est connu", to(False, m1=1), to(True, m1=1, m2=1)),
    money(
        "somme(lignes.montant)",
        to(0, lignes=()),
        to(-2, lignes=(row(1), row(-3))),
        unknown("lignes"),
        unknown("lignes", lignes=(row(1), row())),
    ),
    money("max(lignes.montant)", to(-5, lignes=(row(-5), row(-6))), unknown(lignes=()), unknown("lignes")),
    Hard(
        "nombre(l dans lignes où l.choisi)",
        "integer",
        (
            to(1, lignes=(row(0, True), row(0, False))),
            to(0, lignes=()),
            unknown("lignes", lignes=(row(0, True), row(0, None))),
        ),
    ),
    truth(
        "quelque l dans lignes satisfait l.montant > 0 €",
        to(True, lignes=(row(None), row(1))),
        to(False, lignes=()),
        unknown("lignes", lignes=(row(None), row(0))),
    ),
    truth(
        "chaque l dans lignes satisfait l.montant > 0 €",
        to(True, lignes=()),
        to(False, lignes=(row(None), row(-1))),
        unknown("lignes", lignes=(row(None), row(1))),
    ),
    # A quarter of a cent twice is half a cent; half a cent twice, each rounded, is two.
    money(
        "arrondi(somme(l.montant * q pour l dans lignes où l.choisi) à 0.01 €)",
        to(1, q=25, lignes=(row(1, True), row(1, True), row(50, False))),
        to(-1, q=25, lignes=(row(-1, True), row(-1, True))),
        to(0, q=25, lignes=(row(1, True),)),
        to(0, q=25, lignes=()),
    ),
    money(
        "somme(arrondi(l.montant * q à 0.01 €) pour l dans lignes)",
        to(2, q=25, lignes=(row(2), row(2))),
        to(-2, q=25, lignes=(row(-2), row(-2))),
        to(0, q=25, lignes=(row(1), row(1))),
    ),
    # 10 € over 2.4 hours is 4.1666… €.
    money(
        "somme(arrondi(10 € / l.part à 0.01 €) pour l dans lignes)",
        to(834, lignes=(row(part=24), row(part=24))),
        to(1_042, lignes=(row(part=10), row(part=240))),
    ),
    # Born on 29 February: a year more on 28 February where there is no 29th, on the 29th where there is.
    Hard(
        "années_entre(d1, d2)",
        "integer",
        (
            to(18, d1=date(2000, 2, 29), d2=date(2018, 2, 28)),
            to(17, d1=date(2000, 2, 29), d2=date(2018, 2, 27)),
            to(3, d1=date(2000, 2, 29), d2=date(2004, 2, 28)),
            to(4, d1=date(2000, 2, 29), d2=date(2004, 2, 29)),
            to(17, d1=date(2000, 3, 1), d2=date(2018, 2, 28)),
            to(-18, d1=date(2018, 2, 28), d2=date(2000, 2, 29)),
            to(0, d1=date(2019, 3, 1), d2=date(2020, 2, 29)),
            unknown("d2", d1=date(2000, 2, 29)),
        ),
    ),
    truth(
        "mois_entre(d1, d2) >= 1 mois",
        to(True, d1=date(2020, 1, 31), d2=date(2020, 2, 29)),
        to(False, d1=date(2020, 1, 31), d2=date(2020, 2, 28)),
        to(True, d1=date(2021, 1, 29), d2=date(2021, 2, 28)),
        to(False, d1=date(2021, 2, 28), d2=date(2021, 1, 28)),
    ),
    Hard(
        "d1 + 1 mois",
        "date",
        (
            to(date(2020, 2, 29), d1=date(2020, 1, 31)),
            to(date(2021, 2, 28), d1=date(2021, 1, 31)),
            to(date(2100, 2, 28), d1=date(2100, 1, 29)),
            to(date(2021, 1, 31), d1=date(2020, 12, 31)),
        ),
    ),
    Hard(
        "d1 + 1 an", "date", (to(date(2021, 2, 28), d1=date(2020, 2, 29)), to(date(2020, 2, 28), d1=date(2019, 2, 28)))
    ),
    Hard(
        "d1 - 1 mois", "date", (to(date(2020, 2, 29), d1=date(2020, 3, 31)), to(date(2019, 12, 1), d1=date(2020, 1, 1)))
    ),
    truth(
        "naf dans liste restauration",
        to(True, naf="56.10A"),
        to(False, naf="56.29A"),
        to(True, naf="56.29B"),
        to(False, naf="47.11A"),
        unknown("naf"),
    ),
    money(
        "palier",
        to(1_000, m1=10_000),
        to(2_000, m1=10_001),
        to(2_000, m1=19_999),
        to(3_000, m1=20_000),
        to(1_000, m1=-5),
    ),
    # 100 € at 10 %, then 0.05 € at 30 %: 10.015 €.
    money(
        "tranches", to(1_000, m1=10_000), to(1_002, m1=10_005), to(0, m1=0), to(4_000, m1=20_000), to(4_000, m1=20_001)
    ),
    money("taux_unique", to(1_000, m1=10_000), to(3_000, m1=10_001), to(6_000, m1=20_000), to(0, m1=20_001)),
    money(
        "min(m1, plafond)",
        to(50_000, EARLY, m1=10**9),
        to(59_995, LATE, m1=10**9),
        to(-1, LATE, m1=-1),
    ),
    money("majoration + m1", to(100, EARLY, m1=0), to(200, LATE, m1=0)),
    # (14 cents × 12 + 6 cents) / 12 = 14.5 cents a month.
    money(
        "par_mois(par_an(arrondi(m1 / 7 mois à 0.01 €)) + 0.06 €/an) * 1 mois",
        to(15, m1=100),
        to(-14, m1=-100),
        unknown("m1"),
    ),
    truth('"loyer" dans besoins', to(False, besoins=()), to(True, besoins=("stock", "loyer")), unknown("besoins")),
    # 9,999,999,999.99 € × 9.99 × 9.99 × 33.333 % = 332,663,673,329.6673… €: beyond 64 bits on the way.
    money(
        "arrondi(m3 * q * q * 33.333 % à 0.01 €)", to(33_266_367_332_967, m3=999_999_999_999, q=999), unknown("q", m3=1)
    ),
)


def hard_scheme() -> str:
    """A scheme whose criterion `c‹n›` holds, where `cas` is n, when the n-th expression gives what is expected."""
    scheme = with_change("      iban: {type: iban, label: IBAN}\n", _FIELDS)
    scheme = with_change("legal:\n", f"{_CODES}legal:\n", scheme)
    scheme = with_change("{value: 500 €, legal: Délibération}\n", _PLAFOND, scheme)
    criteria = "".join(_criterion(place, hard) for place, hard in enumerate(HARD))
    scheme = with_change(
        "      petit:\n        label: Au plus", f"{criteria}      petit:\n        label: Au plus", scheme
    )
    scheme = with_change("    define:\n", f"{_SCALES}    define:\n{_MAJORATION.format(1)}", scheme)
    return with_change("  2020-06-01:\n    legal: Délibération modifiée\n", _SECOND, scheme)


def tries_of(on: date) -> tuple[list[dict[str, Any]], list[Told]]:
    """Dossiers judged on a day, and of each the outcome, what failed, what misses; known values are tried wrong too."""
    dossiers: list[dict[str, Any]] = []
    expected: list[Told] = []
    for place, hard in enumerate(HARD):
        for case in hard.cases:
            if case.on != on:
                continue
            around = {**_OTHERS, "cas": place, **case.answers}
            name = f"attendu_{hard.kind}"
            if case.gives is None:
                dossiers.append({**around, name: _plain(hard.kind)})
                expected.append(("undetermined", (), case.missing))
                continue
            dossiers += [{**around, name: case.gives}, {**around, name: _other(case.gives)}]
            expected += [("eligible", (), ()), ("not_eligible", (f"c{place}",), ())]
    return dossiers, expected


def _criterion(place: int, hard: Hard) -> str:
    awaited = f"attendu_{hard.kind}"
    same = f"({hard.text}) = {awaited}"
    if hard.kind == "boolean":
        same = f"si {hard.text} alors {awaited} sinon non {awaited}"
    lines = [f"      c{place}:", f"        label: Déclaration {place}", f"        when: cas != {place} ou ({same})"]
    return "\n".join([*lines, "        otherwise: Autre chose.", ""])


def _plain(kind: Kind) -> Any:
    return {"date": EARLY, "boolean": True}.get(kind, 0)


def _other(value: Any) -> Any:
    """A value beside another one."""
    if isinstance(value, bool):
        return not value
    return value + timedelta(1) if isinstance(value, date) else value + 1


_OTHERS: Final = {
    "effectif": 3,
    "annule": True,
    "perte": 100,
    "filed_on": EARLY,
    "decided_on": EARLY,
    "territory": "dep-73",
}

_FIELDS = """\
      iban: {type: iban, label: IBAN}
      cas: {type: integer, label: Cas, min: 0, max: 99}
      m1: {type: money, label: M1, required: false}
      m2: {type: money, label: M2, required: false}
      m3: {type: money, label: M3, required: false, min: 0}
      n1: {type: integer, label: N1, required: false}
      n2: {type: integer, label: N2, required: false}
      q: {type: decimal, label: Q, decimals: 2, min: -10, max: 10, required: false}
      b1: {type: boolean, label: B1, required: false}
      b2: {type: boolean, label: B2, required: false}
      d1: {type: date, label: D1, required: false}
      d2: {type: date, label: D2, required: false}
      naf: {type: naf, label: NAF, required: false}
      besoins: {type: multiple_choice, label: Besoins, choices: {loyer: Loyer, stock: Stock}, required: false}
      lignes:
        type: rows
        label: Lignes
        required: false
        fields:
          montant: {type: money, label: Montant, min: -1 000 €, max: 1 000 €, required: false}
          choisi: {type: boolean, label: Choisi, required: false}
          part: {type: decimal, label: Part, decimals: 1, min: 1, max: 24, required: false}
      attendu_money: {type: money, label: Montant attendu, required: false}
      attendu_integer: {type: integer, label: Nombre attendu, required: false}
      attendu_decimal: {type: decimal, label: Décimal attendu, required: false}
      attendu_date: {type: date, label: Jour attendu, required: false}
      attendu_boolean: {type: boolean, label: Réponse attendue, required: false}
"""

_CODES = """\
codes:
  restauration:
    label: Hébergement et restauration
    nomenclature: naf_rev2
    codes: ["55", "56"]
    except: [56.29A]
"""

_PLAFOND = """\
{value: 500 €, legal: Délibération}
      2020-06-15: {value: "599.95 €", legal: Délibération}
"""

_SCALES = """\
    scales:
      palier:
        label: Palier
        of: m1
        brackets:
          - {up_to: 100 €, then: 10 €}
          - {below: 200 €, then: 20 €}
          - else: 30 €
      tranches:
        label: Tranches
        of: m1
        method: marginal
        round: 0.01 €
        brackets:
          - {up_to: 100 €, then: 10 %}
          - {up_to: 200 €, then: 30 %}
          - else: 0 %
      taux_unique:
        label: Taux unique
        of: m1
        method: progressive
        round: 0.01 €
        brackets:
          - {up_to: 100 €, then: 10 %}
          - {up_to: 200 €, then: 30 %}
          - else: 0 %
"""

_MAJORATION = "      majoration: {{label: Majoration, value: {} €}}\n"
_SECOND = f"""\
  2020-06-15:
    legal: Délibération modifiée
    define:
{_MAJORATION.format(2)}"""
