"""What an authority says of the territories it acts for: its communes are theirs, its days agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from guichet.errors import Problem
from guichet.loader.declaration import place
from guichet.loader.doubtful import out_of_order
from guichet.loader.doubtful_days import in_words, swapped
from guichet.loader.reader import Node
from guichet.loader.territory_files import ActsFor, AuthorityFile
from guichet.model.territory_ids import departement_of_commune


def check_authority(file: AuthorityFile, node: Node, regions: Mapping[str, str | None]) -> Iterator[Problem]:
    """Every mistake of what an authority acts for.

    Args:
        regions: The Département → its Région.
    """
    for territory, held in file.acts_for.items():
        yield from _communes(territory, held, node, regions)
    yield from _days(file, node)


def _communes(territory: str, held: ActsFor, node: Node, regions: Mapping[str, str | None]) -> Iterator[Problem]:
    path = ("acts_for", territory, "communes")
    for index, commune in enumerate(held.communes):
        departement = departement_of_commune(commune) or ""
        if territory not in (departement, regions.get(departement)):
            where = (*path, str(index))
            yield Problem("territory.commune_of_other", {"value": commune, "id": territory}, place(node, where), where)
    at = out_of_order(held.communes)
    if at is not None:
        where = (*path, str(at))
        data = {"value": held.communes[at], "before": held.communes[at - 1] if at else ""}
        yield Problem("territory.commune_out_of_order", data, place(node, where), where)


def _days(file: AuthorityFile, node: Node) -> Iterator[Problem]:
    """Two days of one authority that differ by two digits exchanged: the rarer one, or the later in the file."""
    days = {name: held.first.isoformat() for name, held in file.acts_for.items() if held.first is not None}
    count = Counter(days.values())
    for name, day in reversed(days.items()):
        other = next((each for each in days if swapped(days[each], day) and count[days[each]] >= count[day]), None)
        if other is not None and not any(words in file.legal for words in in_words(day)):
            path = ("acts_for", name, "from")
            line = place(node, ("acts_for", other, "from")).line
            data = {"value": day, "nearest": days[other], "line": line}
            yield Problem("territory.day_like_another", data, place(node, path), path)
            return
