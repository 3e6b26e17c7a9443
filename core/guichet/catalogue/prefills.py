"""What a scheme asks of sources, resolved and checked: items that exist, fields that can hold them, no circle."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.catalogue.compiled import CompiledField, CompiledPrefill, PluginsNeeded
from guichet.catalogue.options import validate_options
from guichet.catalogue.positions import Path
from guichet.catalogue.report import Report
from guichet.catalogue.uses import exists
from guichet.errors import guess
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
    scheme: Scheme, fields: Mapping[str, CompiledField], plugins: PluginsNeeded, report: Report
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
                report.add("filled_twice", where, data)
            filled[field] = name
        made = _compile(name, declared, fields, plugins, path, report)
        if made is not None:
            found[name] = made
    _check_circles(found, report)
    return found


def _compile(
    name: str,
    declared: Prefill,
    fields: Mapping[str, CompiledField],
    plugins: PluginsNeeded,
    path: Path,
    report: Report,
) -> CompiledPrefill | None:
    if not exists(plugins.prefill_sources, declared.plugin, (*path, "plugin"), report):
        return None
    source = plugins.prefill_sources[declared.plugin]
    use = validate_options(source.Use, declared.options, path, report, PREFILL_KEYS)
    if use is None:
        return None
    try:
        wanted, items = source.needs(use), source.items(use)
    except PluginStopped:
        return None  # its health tells; the scheme runs without it, as where no service is set up
    needs = _needs(wanted, declared, fields, path, report)
    for field, filling in declared.fields.items():
        where = (*path, "fields", field)
        if field not in fields:
            report.add("unknown_field", where, guess(field, list(fields)))
        if filling.item not in items:
            data = guess(filling.item, list(items))
            report.add("unknown_item", where, data)
        elif field in fields and not _can_hold(fields[field], items[filling.item].kind, bool(filling.values)):
            data = {"value": field, "type": fields[field].type.key, "item": filling.item}
            data |= {"kind": items[filling.item].kind}
            report.add("item_does_not_fit", where, data)
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
    report: Report,
) -> dict[str, str]:
    """Need → the field that holds it; one that is not there, or holds something else, is reported."""
    for name in declared.needs:
        if name not in wanted:
            where = (*path, "needs", name)
            report.add("unknown_key", where[:-1], guess(name, list(wanted)), shown=where)
    found = {name: declared.needs.get(name, name) for name in wanted}
    for name, field in found.items():
        where = (*path, "needs", name) if name in declared.needs else (*path, "plugin")
        if field not in fields:
            data = {"need": name, "type": wanted[name], **guess(field, list(fields))}
            report.add("prefill_needs_field", where, data)
        elif fields[field].type.key != wanted[name]:
            data = {"value": field, "expected": wanted[name]}
            report.add("field_of_other_type", where, data)
    return found


def _can_hold(field: CompiledField, kind: ItemKind, mapped: bool) -> bool:
    if kind in ("address", "file"):
        return field.type.widget == kind
    of_rules = field.type.rule_type(field.options)
    if of_rules is None:
        return False
    return of_rules.kind in _OF_RULES[kind] or (mapped and of_rules.kind == "choice")


def _check_circles(found: Mapping[str, CompiledPrefill], report: Report) -> None:
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
                    report.add("prefill_circle", where, data)
                break
            stack += [(other, [*way, other]) for other in sorted(before) if other not in way]
