"""A reference list read from the dossiers of a démarche: whole at first, then what changed and what was deleted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from wsgiref.types import WSGIApplication

from guichet import Answered, Context, FetchedList, ListColumns, ListPage, ListValue, OfferedFile, Reason, Refused
from guichet_plugins.connect.demarches import questions
from guichet_plugins.connect.demarches.asking import Answer, ask, ask_nothing, missing_setting
from guichet_plugins.connect.demarches.files import content_of, offered_files
from guichet_plugins.connect.demarches.mapping import Descriptor, RowMapping, mapping_of, refuse_unknown_champs
from guichet_plugins.connect.demarches.options import ListOptions

_OVERLAP = timedelta(minutes=2)  # changes are asked for from a little before: reading a dossier twice changes nothing
_PURPOSE = "liste de référence"
_PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fetch is: among the dossiers, then among the deleted ones; since when, and from when next time."""

    part: str = "dossiers"
    after: str | None = None
    since: str | None = None
    began: str | None = None


class DossierList(FetchedList[ListOptions]):
    """Reads accepted dossiers, or those in the states declared, a hundred at a time."""

    key = "demarches_simplifiees"
    Options = ListOptions

    def check_settings(self, options: ListOptions, context: Context) -> Reason | None:
        """Say whether the address or the token is missing."""
        return missing_setting(options, context)

    def check_config(self, options: ListOptions, context: Context) -> Reason | Answered | None:
        """Ask the démarche for its champs, and see that those of the list are among them."""
        if options.demarche is None:
            return ask_nothing(options, context)
        described = _described(options, context).taken
        refuse_unknown_champs({**options.champs, **options.files}, described)
        return Answered(
            fr=f"la démarche {options.demarche} s'est décrite (champs : {len(described)}), ceux de la liste en sont",
            en=f"the démarche {options.demarche} described itself (champs: {len(described)}), the list's are there",
        )

    def fetch(self, cursor: str, key: str, columns: ListColumns, options: ListOptions, context: Context) -> ListPage:
        """Give one page."""
        place = _place(cursor)
        if place.part == "deleted":
            return _deleted(place, options, context)
        rows = mapping_of(key, columns, options)
        if place.after is None:
            place = _begun(place, options, context)
        alone = options.states[0] if len(options.states) == 1 and place.since is None else None
        return _dossiers(place, options, context, alone, rows)

    def file_places(self, options: ListOptions) -> tuple[str, ...]:
        """Give the names under which the options map champs of files."""
        return tuple(options.files)

    def files(self, identity: str, options: ListOptions, context: Context) -> Mapping[str, tuple[OfferedFile, ...]]:
        """Give the files of a dossier, their links made now."""
        return offered_files(identity, _number(options), options, context)

    def file_content(self, file: OfferedFile, options: ListOptions, context: Context) -> bytes:
        """Give the bytes of a file, of the length and the checksum that the service told."""
        return content_of(file, context)

    def sandbox(self) -> WSGIApplication:
        """Give a stand-in that holds a few hundred invented dossiers."""
        from guichet_plugins.connect.demarches.stand_in import an_invented_service  # not needed to work for real

        return an_invented_service()

    def stand_in(
        self, rows: Sequence[Mapping[str, ListValue]], key: str, columns: ListColumns, options: ListOptions
    ) -> WSGIApplication:
        """Give a stand-in that holds these rows as accepted dossiers."""
        from guichet_plugins.connect.demarches.stand_in import a_service_of_rows  # not needed to work for real

        return a_service_of_rows(rows, {key: "text", **columns}, options)


def _begun(place: _Place, options: ListOptions, context: Context) -> _Place:
    """The first page: the démarche is there and has the champs that are mapped."""
    answer = _described(options, context)
    refuse_unknown_champs({**options.champs, **options.files}, answer.taken)
    return replace(place, began=_text(answer.at - _OVERLAP))


def _described(options: ListOptions, context: Context) -> Answer[list[Descriptor]]:
    """The champs of the démarche."""

    def take(data: Mapping[str, Any]) -> list[Descriptor]:
        described = _demarche(data, options)["activeRevision"] or {}
        return [Descriptor(str(one["id"]), str(one["label"])) for one in described.get("champDescriptors") or ()]

    asked = {"demarcheNumber": _number(options)}
    return ask(options, context, questions.DESCRIBE, asked, take, purpose=_PURPOSE, patience_s=_PATIENCE_S)


def _dossiers(place: _Place, options: ListOptions, context: Context, state: str | None, rows: RowMapping) -> ListPage:
    asked = {
        "demarcheNumber": _number(options),
        "first": options.page,
        "after": place.after,
        "state": state,
        "updatedSince": place.since,
        **({"includeDossiers": True} if options.query_id else {}),
    }

    def take(data: Mapping[str, Any]) -> ListPage:
        page = _demarche(data, options)["dossiers"]
        shown = [one for one in page["nodes"] if one is not None]
        here = tuple(rows.row(one) for one in shown if one["state"] in options.states)
        gone = tuple(str(one["number"]) for one in shown if one["state"] not in options.states)
        if page["pageInfo"]["hasNextPage"]:
            return ListPage(here, _next(place, page), last=False, gone=gone)
        if place.since is not None:
            return ListPage(here, _cursor(replace(place, part="deleted", after=None)), last=False, gone=gone)
        return ListPage(here, _cursor(_Place(since=place.began)), last=True, gone=gone)

    return _asked(options, context, questions.DOSSIERS, asked, take)


def _deleted(place: _Place, options: ListOptions, context: Context) -> ListPage:
    asked = {
        "demarcheNumber": _number(options),
        "deletedFirst": options.page,
        "deletedAfter": place.after,
        "deletedSince": place.since,
        **({"includeDeletedDossiers": True} if options.query_id else {}),
    }

    def take(data: Mapping[str, Any]) -> ListPage:
        page = _demarche(data, options)["deletedDossiers"]
        gone = tuple(str(one["number"]) for one in page["nodes"] if one is not None)
        if page["pageInfo"]["hasNextPage"]:
            return ListPage((), _next(place, page), last=False, gone=gone)
        return ListPage((), _cursor(_Place(since=place.began)), last=True, gone=gone)

    return _asked(options, context, questions.DELETED, asked, take)


def _asked(
    options: ListOptions,
    context: Context,
    question: str,
    asked: Mapping[str, Any],
    take: Callable[[Mapping[str, Any]], ListPage],
) -> ListPage:
    return ask(
        options, context, question, asked, take, purpose=_PURPOSE, operation="getDemarche", patience_s=_PATIENCE_S
    ).taken


def _demarche(data: Mapping[str, Any], options: ListOptions) -> Mapping[str, Any]:
    found = data["demarche"]
    if found is None:
        raise Refused(
            fr=f"La démarche {options.demarche} n'est pas visible avec ce jeton.",
            en=f"The démarche {options.demarche} is not visible with this token.",
        )
    return found


def _number(options: ListOptions) -> int:
    if options.demarche is None:
        raise Refused(
            fr="Dites de quelle démarche la liste vient : `demarche`.",
            en="Say which démarche the list comes from: `demarche`.",
        )
    return options.demarche


def _place(cursor: str) -> _Place:
    return _Place(**json.loads(cursor)) if cursor else _Place()


def _next(place: _Place, page: Mapping[str, Any]) -> str:
    return _cursor(replace(place, after=str(page["pageInfo"]["endCursor"])))


def _cursor(place: _Place) -> str:
    return json.dumps({name: value for name, value in asdict(place).items() if value is not None})


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
