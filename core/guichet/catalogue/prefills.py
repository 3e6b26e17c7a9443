"""What a scheme asks of sources, resolved and checked: items that exist, fields that can hold them, no circle."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.catalogue.compiled import CompiledField, CompiledPrefill, PluginsNeeded
from guichet.catalogue.positions import Locate, Path, nearest_place
from guichet.catalogue.uses import exists, validate_options
from guichet.errors import Problem, guess
from guichet.model.prefills import PREFILL_KEYS, Prefill
from guichet.model.scheme import Scheme
from guichet.plugin.contracts import ItemKind
from guichet.plugin.health import PluginStopped

_OF_RULES: Mapping[ItemKind, tuple[str, ...]] = {
    "text": ("text", "choice"),
    "integer": ("integer", "decimal"),
    "decimal": ("decimal",),
    "money": ("money",),
    "date": ("date",),
    "boolean": ("boolean",),
}
"""Kind of an item → what the rules must see of a field that can hold it."""


def compile_prefills(
    scheme: Scheme, fields: Mapping[str, CompiledField], plugins: PluginsNeeded, locate: Locate, problems: list[Problem]
) -> dict[str, CompiledPrefill]:
    """The prefills of a scheme by id; every mistake is reported."""
    found: dict[str, CompiledPrefill] = {}
    filled: dict[str, str] = {}
    for name, declared in scheme.prefill.items():
        path = ("prefill", name)
        for field in declared.fields:
            if field in filled:
                where = (*path, "fields", field)
                data = {"value": field, "other": filled[field]}
                problems.append(Problem("filled_twice", data, nearest_place(locate, where), where))
            filled[field] = name
        made = _compile(name, declared, fields, plugins, path, locate, problems)
        if made is not None:
            found[name] = made
    _check_circles(found, locate, problems)
    return found


def _compile(
    name: str,
    declared: Prefill,
    fields: Mapping[str, CompiledField],
    plugins: PluginsNeeded,
    path: Path,
    locate: Locate,
    problems: list[Problem],
) -> CompiledPrefill | None:
    if not exists(plugins.prefill_sources, declared.plugin, (*path, "plugin"), locate, problems):
        return None
    source = plugins.prefill_sources[declared.plugin]
    use = validate_options(source.Use, declared.options, path, locate, problems, PREFILL_KEYS)
    if use is None:
        return None
    try:
        wanted, items = source.needs(use), source.items(use)
    except PluginStopped:
        return None  # its health tells; the scheme runs without it, as where no service is set up
    needs = _needs(wanted, declared, fields, path, locate, problems)
    for field, filling in declared.fields.items():
        where = (*path, "fields", field)
        if field not in fields:
            problems.append(Problem("unknown_field", guess(field, list(fields)), nearest_place(locate, where), where))
        if filling.item not in items:
            data = guess(filling.item, list(items))
            problems.append(Problem("unknown_item", data, nearest_place(locate, where), where))
        elif field in fields and not _can_hold(fields[field], items[filling.item].kind, bool(filling.values)):
            data = {"value": field, "type": fields[field].type.key, "item": filling.item}
            data |= {"kind": items[filling.item].kind}
            problems.append(Problem("item_does_not_fit", data, nearest_place(locate, where), where))
    hidden = frozenset(
        field
        for field, filling in declared.fields.items()
        if filling.item in items and _is_hidden(declared, field, protected=items[filling.item].protected)
    )
    labels = {field: items[filling.item].label for field, filling in declared.fields.items() if filling.item in items}
    return CompiledPrefill(name, declared, source, use, needs, labels, hidden)


def _is_hidden(declared: Prefill, field: str, *, protected: bool) -> bool:
    return (declared.who_sees(field) or ("agents" if protected else "applicant")) == "agents"


def _needs(
    wanted: Mapping[str, str],
    declared: Prefill,
    fields: Mapping[str, CompiledField],
    path: Path,
    locate: Locate,
    problems: list[Problem],
) -> dict[str, str]:
    """Need → the field that holds it; one that is not there, or holds something else, is reported."""
    for name in declared.needs:
        if name not in wanted:
            where = (*path, "needs", name)
            problems.append(Problem("unknown_key", guess(name, list(wanted)), nearest_place(locate, where), where[:-1]))
    found = {name: declared.needs.get(name, name) for name in wanted}
    for name, field in found.items():
        where = (*path, "needs", name) if name in declared.needs else (*path, "plugin")
        if field not in fields:
            data = {"need": name, "type": wanted[name], **guess(field, list(fields))}
            problems.append(Problem("prefill_needs_field", data, nearest_place(locate, where), where))
        elif fields[field].type.key != wanted[name]:
            data = {"value": field, "expected": wanted[name]}
            problems.append(Problem("field_of_other_type", data, nearest_place(locate, where), where))
    return found


def _can_hold(field: CompiledField, kind: ItemKind, mapped: bool) -> bool:
    if kind in ("address", "file"):
        return field.type.widget == kind
    of_rules = field.type.rule_type(field.options)
    if of_rules is None:
        return False
    return of_rules.kind in _OF_RULES[kind] or (mapped and of_rules.kind == "choice")


def _check_circles(found: Mapping[str, CompiledPrefill], locate: Locate, problems: list[Problem]) -> None:
    """A prefill that waits, through others, for a field it fills itself would never be asked."""
    filled_by = {field: name for name, made in found.items() for field in made.declared.fields}
    for name in found:
        stack = [(name, [name])]
        while stack:
            seen, way = stack.pop()
            before = {filled_by[field] for field in found[seen].needs.values() if field in filled_by}
            if name in before:
                if name == min(way):  # said once, not once for each of the circle
                    where = ("prefill", name)
                    data = {"path": " → ".join([*reversed(way), way[-1]])}
                    problems.append(Problem("prefill_circle", data, nearest_place(locate, where), where))
                break
            stack += [(other, [*way, other]) for other in sorted(before) if other not in way]
