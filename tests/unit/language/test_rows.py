"""Values of rows: what is gathered, what is unknown, what is refused."""

from __future__ import annotations

import pytest

from rules_at_hand import complaint, program, value

ROWS = (
    {"montant": 10_000, "nature": "loyer", "echue": True, "depuis": None},
    {"montant": 25_050, "nature": "eau", "echue": False, "depuis": None},
    {"montant": 5_000, "nature": "eau", "echue": True, "depuis": None},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("somme(d.montant pour d dans dettes)", 40_050),
        ("somme(d.montant pour d dans dettes où d.echue)", 15_000),
        ("nombre(d dans dettes où d.montant > 60 €)", 2),
        ("nombre(d dans dettes où non d.echue et d.montant < 60 €)", 0),
        ("max(d.montant pour d dans dettes où d.echue)", 10_000),
        ("min(si d.echue alors d.montant sinon 1 € pour d dans dettes)", 100),
        ("arrondi(somme(d.montant * 12.5 % pour d dans dettes) à 0.01 €)", 5_006),
        ("somme(arrondi(d.montant * 12.5 % à 0.01 €) pour d dans dettes)", 5_006),
        ("somme(arrondi(d.montant / 3 à 1 €) pour d dans dettes où d.echue)", 5_000),
        ("somme(nombre(e dans dettes où e.montant > d.montant) pour d dans dettes)", 3),
        ("nombre(b dans besoins où b != stock)", 1),
    ],
)
def test_rows_are_counted_summed_and_compared(text: str, expected: object) -> None:
    assert value(text, dettes=ROWS) == expected


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("somme(d.montant pour d dans dettes où d.echue)", (), 0),
        ("nombre(d dans dettes où d.echue)", (), 0),
        ("max(d.montant pour d dans dettes où d.echue)", ({"montant": 1, "echue": False},), None),
        ("somme(d.montant pour d dans dettes où d.echue)", ({"montant": None, "echue": False},), 0),
        ("somme(d.montant pour d dans dettes où d.echue)", ({"montant": None, "echue": True},), None),
        ("somme(d.montant pour d dans dettes où d.echue)", ({"montant": 1, "echue": None},), None),
        ("nombre(d dans dettes où d.echue)", ({"montant": 1, "echue": None},), None),
        ("nombre(d dans dettes où d.echue)", None, None),
    ],
)
def test_what_a_row_does_not_say_leaves_the_whole_unknown_only_where_it_counts(
    text: str, rows: object, expected: object
) -> None:
    assert value(text, dettes=rows) == expected


def test_english_words_gather_the_same() -> None:
    assert value("sum(d.montant for d in dettes where d.echue)", "en", dettes=ROWS) == 15_000
    assert value("count(d in dettes where d.echue)", "en", dettes=ROWS) == 2


def test_an_unknown_row_is_asked_for_by_the_field_that_holds_it() -> None:
    rules = program("somme(d.montant pour d dans dettes où d.echue) > 10 €")
    result = rules.evaluate({"dettes": ({"montant": None, "echue": True},)})
    assert (result.outcome, result.missing) == ("undetermined", ("dettes",))


def test_a_total_of_rows_is_explained_with_its_value() -> None:
    trace = program("somme(d.montant pour d dans dettes où d.echue) > 200 €").explain({"dettes": ROWS})
    (met,) = trace.conditions[0].comparisons
    assert (met.found, met.threshold, met.distance, met.holds) == (15_000, 20_000, -5_000, False)


def test_a_cap_inside_a_row_is_not_a_cap_of_the_amount() -> None:
    """Each row meets its own cap; what the whole meets is said once."""
    rules = program("somme(min(d.montant, 50 €) pour d dans dettes) <= 150 €")
    (met,) = rules.explain({"dettes": ROWS}).conditions[0].comparisons
    assert met.found == 15_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("somme(d dans dettes où d.echue) > 1 €", "plusieurs valeurs"),
        ("somme(d.montant pour plafond dans dettes) > 1 €", "plafond"),
        ("somme(d.montant pour d dans effectif) > 1 €", "effectif"),
        ("somme(d.monant pour d dans dettes) > 1 €", '"montant"'),
        ("somme(d.montant / max(d.montant, 1 €) pour d dans dettes) > 1", "arrondi"),
        ("d.montant pour d dans dettes > 1", "pour"),
    ],
)
def test_a_slip_about_rows_is_refused_in_its_own_words(text: str, said: str) -> None:
    assert said in complaint(text)
