"""Dossiers that a list brings: the list, its columns, the questions they answer, what was declared elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from guichet.errors import Problem
from guichet.loader.checked import Checked
from guichet.model.pull import Pull
from guichet.plugin.contracts import FetchedList

__all__ = ["check_pull"]


def check_pull(checked: Checked) -> Iterator[Problem]:
    """Rows that become dossiers are those of a list of the territory's own, and fill questions of the form."""
    pull = checked.scheme.pull
    if pull is None:
        return
    yield from _list(checked, pull)
    for field in pull.fields:
        if field not in checked.fields:
            yield checked.unknown("unknown_field", ("pull", "fields", field), field, checked.fields)
    yield from _files(checked, pull)
    for field in pull.values:
        if field not in pull.fields:
            yield checked.unknown("unknown_field", ("pull", "values", field), field, list(pull.fields))
    declarable = sorted(
        {name for version in checked.scheme.rules.values() for name, one in version.criteria.items() if one.attested}
    )
    for index, name in enumerate(pull.attested):
        if name not in declarable:
            yield checked.unknown("unknown_attestation", ("pull", "attested", str(index)), name, declarable)
    missing = [
        name
        for name, field in checked.scheme.fields().items()
        if field.required
        and not field.asked_when
        and name not in {*pull.fields, *pull.files}
        and field.type not in ("note", "section")
    ]
    if missing:
        yield checked.problem("pull_leaves_required", ("pull", "fields"), severity="warning", fields=missing)


def _files(checked: Checked, pull: Pull) -> Iterator[Problem]:
    """Files go to questions that take one, from places that the list names."""
    places = _places(checked, pull)
    for field, named in pull.files.items():
        path = ("pull", "files", field)
        if field not in checked.fields:
            yield checked.unknown("unknown_field", path, field, checked.fields)
        elif not _takes_file(checked, field):
            yield checked.problem("pull_no_file_field", path, field=field)
        elif places is not None and named not in places:
            yield checked.unknown("unknown_file_place", path, named, list(places))


def _takes_file(checked: Checked, field: str) -> bool:
    types = checked.plugins.field_types if checked.plugins is not None else {}
    found = types.get(checked.scheme.fields()[field].type)
    return found is None or found.widget == "file"  # an unknown type is said where it is declared


def _places(checked: Checked, pull: Pull) -> tuple[str, ...] | None:
    """The places where rows bring files; None where the list itself cannot be read, which is said elsewhere."""
    listed = checked.scheme.lists.get(pull.list)
    source = checked.plugins.list_sources.get(listed.plugin) if listed is not None and checked.plugins else None
    if listed is None or source is None:
        return None
    try:
        options = source.Options.model_validate(listed.options)
    except ValidationError:
        return None
    return source.file_places(options) if isinstance(source, FetchedList) else ()


def _list(checked: Checked, pull: Pull) -> Iterator[Problem]:
    lists = checked.scheme.lists
    if pull.list not in lists:
        yield checked.unknown("unknown_list", ("pull", "list"), pull.list, list(lists))
        return
    if lists[pull.list].across != "territory":
        yield checked.problem("pull_from_common_list", ("pull", "list"), list=pull.list)
    columns = [lists[pull.list].key, *lists[pull.list].columns]
    if pull.email not in columns:
        yield checked.unknown("unknown_column", ("pull", "email"), pull.email, columns)
    for field, column in pull.fields.items():
        if column not in columns:
            yield checked.unknown("unknown_column", ("pull", "fields", field), column, columns)
