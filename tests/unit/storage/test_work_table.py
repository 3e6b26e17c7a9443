"""The work table shows what an agent may see, in the order asked for."""

from __future__ import annotations

import pytest

from databases import SteppedClock, each_database
from guichet.model.records import Dossier, WorkFilter
from guichet.storage import Store, counts, work_table
from stored import SCHEME, TERRITORY, a_dossier

MINE = WorkFilter(scheme=SCHEME, territories=(TERRITORY,))


def five(store: Store, clock: SteppedClock) -> list[Dossier]:
    made: list[Dossier] = []
    for index, need in enumerate((300_00, 20_00, None, 1_000_00, 20_00)):
        clock.move(minutes=1)
        columns = {} if need is None else {"besoin": need, "ferme": index % 2 == 0, "secteur": "s1"}
        made.append(store.act(lambda tx, columns=columns: a_dossier(tx, columns=columns)))
    return made


@each_database
def test_pages_follow_the_filing_instant(store: Store, clock: SteppedClock) -> None:
    made = five(store, clock)

    first = store.read(lambda tx: work_table.page(tx, MINE, size=2))
    last = store.read(lambda tx: work_table.page(tx, MINE, page=3, size=2))

    assert (list(first.dossiers), first.total) == (made[:2], 5)
    assert list(last.dossiers) == made[4:]
    assert store.read(lambda tx: work_table.ids(tx, MINE, sort="-filed_at")) == [one.id for one in reversed(made)]


@each_database
def test_a_column_of_the_scheme_sorts_as_a_number_and_empty_values_come_last(store: Store, clock: SteppedClock) -> None:
    made = five(store, clock)

    def order(sort: str) -> list[int]:
        ids = store.read(lambda tx: work_table.ids(tx, MINE, sort=sort))
        return [[one.id for one in made].index(id_) for id_ in ids]

    assert order("columns.besoin") == [1, 4, 0, 3, 2]
    assert order("-columns.besoin") == [3, 0, 4, 1, 2]


@each_database
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [({"besoin": 20_00}, 2), ({"ferme": True}, 2), ({"secteur": "s1"}, 4), ({"secteur": "s2"}, 0), ({"x": 1}, 0)],
    ids=str,
)
def test_a_column_of_the_scheme_filters(
    store: Store, clock: SteppedClock, wanted: dict[str, object], expected: int
) -> None:
    five(store, clock)

    chosen = WorkFilter(scheme=SCHEME, territories=(TERRITORY,), columns=wanted)

    assert store.read(lambda tx: work_table.size(tx, chosen)) == expected


@each_database
def test_an_agent_without_territory_sees_nothing(store: Store, clock: SteppedClock) -> None:
    five(store, clock)

    for territories in ((), ("reg-84",)):
        chosen = WorkFilter(scheme=SCHEME, territories=territories)
        assert store.read(lambda tx, chosen=chosen: work_table.page(tx, chosen)).dossiers == ()


@pytest.mark.parametrize("sort", ["answers", "search", "1; DROP TABLE dossier", "", "-"])
def test_a_column_that_is_not_one_is_refused(store: Store, sort: str) -> None:
    with pytest.raises(ValueError, match="no column"):
        store.read(lambda tx: work_table.page(tx, MINE, sort=sort))


@each_database
def test_a_hostile_column_name_matches_nothing(store: Store, clock: SteppedClock) -> None:
    five(store, clock)
    name = "besoin\"') OR 1=1 --"

    chosen = WorkFilter(scheme=SCHEME, territories=(TERRITORY,), columns={name: 1})

    assert store.read(lambda tx: work_table.size(tx, chosen)) == 0
    assert len(store.read(lambda tx: work_table.ids(tx, MINE, sort=f"columns.{name}"))) == 5


@each_database
def test_filters_narrow_by_phase_stage_end_marks_instant_and_text(store: Store, clock: SteppedClock) -> None:
    made = five(store, clock)
    decided = {"phase": "decided", "stage": None, "end": "granted", "granted_cents": 1, "title": "Crêperie Ti Coz"}
    store.act(lambda tx: a_dossier(tx, waiting_for_funds=True, **decided))

    def size(**wanted: object) -> int:
        chosen = WorkFilter(scheme=SCHEME, territories=(TERRITORY,), **wanted)
        return store.read(lambda tx: work_table.size(tx, chosen))

    assert size(phases=("decided",)) == size(ends=("granted",)) == size(waiting_for_funds=True) == 1
    assert size(stages=("opinion",)) == size(waiting_for_funds=False) == 5
    assert size(text="CREPERIE coz") == 1
    assert size(filed_from=made[1].filed_at, filed_before=made[3].filed_at) == 2


@each_database
def test_counts_agree_with_the_dossiers(store: Store, clock: SteppedClock) -> None:
    five(store, clock)
    store.act(lambda tx: a_dossier(tx, phase="decided", stage=None, end="granted", granted_cents=2_000_00))
    store.act(lambda tx: a_dossier(tx, phase="decided", stage=None, end="refused"))
    store.act(lambda tx: a_dossier(tx, practice=True))

    totals = store.read(lambda tx: counts.totals(tx, SCHEME))

    assert (totals.filed, totals.granted, totals.refused, totals.open) == (7, 1, 1, 5)
    assert totals.granted_cents == 2_000_00
