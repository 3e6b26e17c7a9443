"""What happens every day is put once, at each territory's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from guichet.services.cases import UseCases
from guichet.services.payments import run_payments
from guichet.services.schedule import put_due
from guichet.storage import outbox
from worked import an_instance


def put_at(cases: UseCases, hour: int, minute: int = 0, day: int = 20) -> int:
    return put_due(cases, datetime(2020, 4, day, hour, minute, tzinfo=UTC))


def kinds(cases: UseCases) -> dict[str, int]:
    found = cases.store.read(outbox.counts)
    return {kind: number for (kind, _), number in found.items()}


def test_a_duty_is_put_once_a_day_however_often_one_looks(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        assert put_at(cases, 15, 59) == 1  # 17:59 in Rennes: the envelope's only
        assert put_at(cases, 16) == 1
        assert put_at(cases, 16) == put_at(cases, 20) == 0
        assert kinds(cases) == {"resume_waiting": 1, "pay": 1}
        assert put_at(cases, 16, day=21) == 2


def test_each_territory_follows_its_own_clock(tmp_path: Path) -> None:
    with an_instance(tmp_path, published=("reg-53", "reg-01")) as cases:
        put_at(cases, 16)
        assert kinds(cases)["pay"] == 1  # noon in Guadeloupe
        put_at(cases, 22)
        assert kinds(cases)["pay"] == 2


def test_the_day_is_the_territory_s_own(tmp_path: Path) -> None:
    with an_instance(tmp_path, published=("reg-04",)) as cases:
        put_at(cases, 23)  # three in the morning of the 21st in La Réunion
        put_at(cases, 14)  # six in the evening of the 20th
        assert cases.store.read(lambda tx: outbox.by_key(tx, "pay:fds-volet-2:reg-04:2020-04-20")) is not None
        assert run_payments(cases, date(2020, 4, 20)).delivered == ()
