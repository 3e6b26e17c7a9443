"""Legal clocks: months, suspensions, and the pauses of an incomplete dossier."""

from datetime import date

import pytest

from guichet.engine.delays import Pause, end_of_delay, silence_date
from guichet.model.legal import Silence
from guichet.model.scalars import Period

TWO_MONTHS = Period(2, "months")
COVID = Pause(date(2020, 3, 12), date(2020, 6, 23))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2020, 7, 1), date(2020, 9, 1)),
        (date(2020, 12, 31), date(2021, 2, 28)),
        (date(2020, 4, 20), date(2020, 8, 24)),
        (date(2020, 3, 12), date(2020, 8, 24)),
        (date(2020, 6, 23), date(2020, 8, 24)),
        (date(2020, 6, 24), date(2020, 8, 24)),
        (date(2020, 3, 2), date(2020, 8, 14)),
        (date(2020, 1, 5), date(2020, 3, 5)),
    ],
)
def test_a_delay_does_not_run_during_a_suspension(start: date, end: date) -> None:
    assert end_of_delay(start, TWO_MONTHS, [COVID]) == end


def test_two_pauses_add_up() -> None:
    pauses = [Pause(date(2020, 8, 1), date(2020, 8, 10)), Pause(date(2020, 7, 5), date(2020, 7, 9))]
    assert end_of_delay(date(2020, 7, 1), TWO_MONTHS, pauses) == date(2020, 9, 16)


@pytest.mark.parametrize(
    ("first", "last", "end"),
    [
        (date(2020, 6, 1), date(2020, 6, 15), date(2020, 8, 14)),  # within the suspension: nothing ran anyway
        (date(2020, 6, 20), date(2020, 6, 30), date(2020, 8, 21)),  # seven days beyond it
        (date(2020, 3, 10), date(2020, 3, 14), date(2020, 8, 16)),  # two days before it
    ],
)
def test_a_day_on_which_two_pauses_hold_counts_once(first: date, last: date, end: date) -> None:
    """An applicant asked for a document during a suspension is not told a later date of silence for it."""
    assert end_of_delay(date(2020, 3, 2), TWO_MONTHS, [COVID, Pause(first, last)]) == end


def test_a_pause_after_the_end_changes_nothing() -> None:
    assert end_of_delay(date(2020, 1, 1), TWO_MONTHS, [COVID]) == date(2020, 3, 1)


def test_silence_counts_suspensions_and_incomplete_days() -> None:
    silence = Silence.model_validate(
        {
            "means": "rejection",
            "after": "2 months",
            "suspended": [{"from": "2020-03-12", "until": "2020-06-23", "legal": "Ordonnance n° 2020-306"}],
        }
    )
    assert silence_date(silence, date(2020, 4, 20)) == date(2020, 8, 24)
    incomplete = [Pause(date(2020, 7, 1), date(2020, 7, 10))]
    assert silence_date(silence, date(2020, 4, 20), incomplete) == date(2020, 9, 3)
