"""All territories of an instance, and the ways to find one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guichet.errors import Position, Problem
from guichet.model.authorities import Authority
from guichet.model.territory import Territory
from guichet.model.territory_ids import parse_territory_id, territory_problem

__all__ = ["Territories"]


@dataclass(frozen=True, slots=True)
class Territories:
    """Territories by id, Régions before Départements, each in the order of its code."""

    by_id: Mapping[str, Territory]
    authorities: Mapping[str, Authority] = field(default_factory=dict[str, Authority])
    """The authorities kept apart from territories (`col-…`)."""

    def __getitem__(self, territory_id: str) -> Territory:
        return self.by_id[territory_id]

    def __contains__(self, territory_id: object) -> bool:
        return territory_id in self.by_id

    def __iter__(self) -> Iterator[Territory]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def names(self) -> dict[str, str]:
        """The name of each territory by id."""
        return {territory.id: territory.name for territory in self}

    def find(self, text: str) -> Territory:
        """The territory of an id; raises ProblemsFound with the ids that may be meant (`53`: reg-53 or dep-53)."""
        return self.by_id[parse_territory_id(text, self.names())]

    def problem(self, text: str, position: Position | None = None, path: tuple[str, ...] = ()) -> Problem | None:
        """Why a text written somewhere is not the id of a territory, or None when it is one."""
        return None if text in self.by_id else territory_problem(text, self.names(), position, path)

    def regions(self) -> tuple[Territory, ...]:
        """The Régions."""
        return tuple(territory for territory in self if territory.kind == "region")

    def departements(self, region: str | None = None) -> tuple[Territory, ...]:
        """The Départements, of one Région when its id is given."""
        return tuple(
            territory for territory in self if territory.kind == "departement" and region in (None, territory.region)
        )
