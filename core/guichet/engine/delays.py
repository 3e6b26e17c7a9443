"""Legal and expected delays: when silence makes a decision, until when an appeal is open, how long a stage takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guichet.model.days import add_days
from guichet.model.legal import Silence
from guichet.model.scalars import Period


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a clock does not run, both ends included."""

    first: date
    last: date


def end_of_delay(start: date, delay: Period, pauses: Iterable[Pause] = ()) -> date:
    """The day a delay ends when it starts on `start` and does not run during the pauses.

    A delay that would start during a pause starts whole on the day after it; one that is running when a pause
    begins goes on after it for the days it had left (ordonnance 2020-306, art. 7).

    >>> from guichet.model.scalars import Period
    >>> covid = [Pause(date(2020, 3, 12), date(2020, 6, 23))]
    >>> end_of_delay(date(2020, 4, 20), Period(2, "months"), covid)
    datetime.date(2020, 8, 24)
    >>> end_of_delay(date(2020, 3, 2), Period(2, "months"), covid)
    datetime.date(2020, 8, 14)
    >>> end_of_delay(date(2020, 7, 1), Period(2, "months"), covid)
    datetime.date(2020, 9, 1)
    """
    end = delay.after(start)
    for pause in _joined(pauses):
        if pause.last < start or pause.first >= end:
            continue
        if start >= pause.first:
            start = add_days(pause.last, 1)
            end = delay.after(start)
        else:
            end = add_days(end, (pause.last - pause.first).days + 1)
    return end


def _joined(pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses in order, those that run over one another as one: a day on which nothing runs counts once."""
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.first):
        if joined and pause.first <= joined[-1].last:
            joined[-1] = Pause(joined[-1].first, max(joined[-1].last, pause.last))
        else:
            joined.append(pause)
    return joined


def silence_date(silence: Silence, filed_on: date, incomplete: Iterable[Pause] = ()) -> date:
    """The day on which silence makes an implicit decision (CRPA L231-1, L231-4; suspended while incomplete, L114-5)."""
    legal = [Pause(pause.first, pause.until) for pause in silence.suspended]
    return end_of_delay(filed_on, silence.after, [*legal, *incomplete])


def expected_by(since: date, delay: Period | None) -> date | None:
    """The day by which a stage is expected to end; None when the scheme promises nothing."""
    return delay.after(since) if delay is not None else None
