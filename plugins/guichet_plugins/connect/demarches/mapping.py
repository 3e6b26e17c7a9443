"""Where each column stands in a dossier, settled once for a page: champs by descriptor id or by label, other places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias

from guichet import Invalid, ListColumns, ListRow, Reason, Refused, RejectedRow
from guichet_plugins.connect.demarches.cells import read_as, value_of
from guichet_plugins.connect.demarches.options import ListOptions
from guichet_plugins.connect.demarches.paths import Steps, at, steps_of

Place: TypeAlias = str | Steps
"""A champ by its id or label, or the way to another place."""


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A champ as the démarche describes it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class RowMapping:
    """How rows are read: column → the type it is read as and where its value stands."""

    key: str
    places: Mapping[str, tuple[str, Place]]
    champs: frozenset[str]

    def row(self, dossier: Mapping[str, Any]) -> ListRow | RejectedRow:
        """Give the row of a dossier, or why it is set aside."""
        number = int(dossier["number"])
        champs = self._champs(dossier)
        values: dict[str, Any] = {}
        for column, (kind, place) in self.places.items():
            if isinstance(place, str):
                champ = champs.get(place)
                found = None if champ is None else value_of(champ)
            else:
                found = at(dossier, place)
            try:
                values[column] = read_as(kind, found)
            except Invalid as error:
                return RejectedRow(number, column, error.reason, str(number))
        if values[self.key] is None:
            return RejectedRow(number, self.key, Reason(fr="La clé est vide.", en="The key is empty."), str(number))
        return ListRow(number, values, str(number))

    def _champs(self, dossier: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        """The champs that columns are read from, by the name they are mapped under: an id goes before a label."""
        by_label: dict[str, Mapping[str, Any]] = {}
        by_id: dict[str, Mapping[str, Any]] = {}
        for champ in dossier.get("champs") or ():
            if (label := champ.get("label")) in self.champs:
                by_label[label] = champ
            if (name := champ.get("champDescriptorId")) in self.champs:
                by_id[name] = champ
        return by_label | by_id


def mapping_of(key: str, columns: ListColumns, options: ListOptions) -> RowMapping:
    """Give how the rows of a list are read.

    Raises:
        Refused: A column has no place, or two.
    """
    kinds = {key: "text", **columns}
    nowhere = [column for column in kinds if (column in options.champs) == (column in options.dossier)]
    if nowhere:
        raise Refused(
            fr=f"Dites où prendre {', '.join(nowhere)} : sous `champs` ou sous `dossier`, une fois chacun.",
            en=f"Say where to take {', '.join(nowhere)} from: under `champs` or under `dossier`, once each.",
        )
    places = {
        column: (
            kind,
            steps_of(options.dossier[column]) if column in options.dossier else options.champs[column],
        )
        for column, kind in kinds.items()
    }
    return RowMapping(key, places, frozenset(options.champs.values()))


def refuse_unknown_champs(wanted: Mapping[str, str], described: Sequence[Descriptor]) -> None:
    """Raise Refused when the démarche has no such champ, or several under one label: a misspelt label reads nothing."""
    labels = [one.label for one in described]
    ids = {one.id for one in described}
    for column, name in wanted.items():
        if name in ids or labels.count(name) == 1:
            continue
        if name in labels:
            several = ", ".join(one.id for one in described if one.label == name)
            raise Refused(
                fr=f"Plusieurs champs s'appellent « {name} » : pour {column}, donnez l'identifiant, un de {several}.",
                en=f'Several champs are called "{name}": for {column}, give the id, one of {several}.',
            )
        near = get_close_matches(name, labels, 1)
        guess_fr = f" Vouliez-vous dire « {near[0]} » ?" if near else f" Ses champs : {', '.join(labels[:30])}."
        guess_en = f' Did you mean "{near[0]}"?' if near else f" Its champs: {', '.join(labels[:30])}."
        raise Refused(
            fr=f"La démarche n'a pas de champ « {name} », où prendre {column}.{guess_fr}",
            en=f'The démarche has no champ "{name}", to take {column} from.{guess_en}',
        )
