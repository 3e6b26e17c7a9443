import pytest

from guichet import Invalid
from guichet_plugins.forms.typed import grouped_digits, scaled_number


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("0,05", 5),
        ("1234.5", 123450),
        ("1 234,50", 123450),
        ("1.234,50", 123450),
        ("1,234.50", 123450),
        ("1.234.567", 123456700),
        ("1'234,50", 123450),
        ("−12", -1200),
        ("+12", 1200),
        ("1,500", None),
        ("12 34", None),
        ("1,2,3", None),
        ("1e3", None),
        ("٣", None),
        ("", None),
        ("-", None),
    ],
)
def test_a_typed_number_has_one_reading_or_none(text: str, cents: int | None):
    if cents is None:
        with pytest.raises(Invalid):
            scaled_number(text, 2, "1", "1")
    else:
        assert scaled_number(text, 2, "1", "1") == cents


@pytest.mark.parametrize("units", [0, 5, -5, 99, 100, -123456789, 2**62])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_shown_reads_back_as_the_same_number(units: int, language: str):
    shown = grouped_digits(units, 2, language)
    assert scaled_number(shown, 2, "1", "1") == units


def test_a_misplaced_space_is_asked():
    with pytest.raises(Invalid) as refused:
        scaled_number("12 34", 2, "1", "1")
    assert refused.value.reason.fr == "Écrivez le nombre sans espace mal placé : voulez-vous dire 1234 ?"
