"""State aid: the ceilings of de minimis regulations by their dates, and the page that asks what was received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from guichet import MONEY, DataPackage, DataTable, TableVersion, hookimpl

CEILINGS = DataTable(
    name="de_minimis",
    columns={"ceiling": MONEY},
    versions=(
        TableVersion(
            first_day=date(2020, 1, 1),  # earlier aids are no business of a scheme declared here
            legal="Règlement (UE) n° 1407/2013",
            rows={"general": {"ceiling": 20_000_000}},
            last_day=date(2023, 12, 31),
        ),
        TableVersion(
            first_day=date(2024, 1, 1),
            legal="Règlement (UE) 2023/2831",
            rows={"general": {"ceiling": 30_000_000}},
            last_day=date(2030, 12, 31),
        ),
    ),
    labels={
        "ceiling": {
            "fr": "le plafond d’aides de minimis en vigueur à {1}",
            "en": "the ceiling of de minimis aid in force on {1}",
        }
    },
)


class StateAid(DataPackage):
    """`de_minimis_ceiling("general", day)`, and the block `de_minimis`."""

    key = "state_aid"

    def tables(self) -> Sequence[DataTable]:
        """Give the ceilings."""
        return (CEILINGS,)

    def declarations(self) -> Path:
        """Give the folder of the block."""
        return Path(__file__).parent / "declarations"


@hookimpl
def register_data() -> list[DataPackage]:
    """Give the data to Guichet."""
    return [StateAid()]
