"""What is declared and read by nothing, and what is read by people under no name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.errors import Problem
from guichet.language import Uses
from guichet.loader.checked import Checked
from guichet.loader.doubtful import texts
from guichet.loader.reader import Mapping
from guichet.model.template_text import placeholders

_READ_BY_RULES = frozenset({"boolean", "integer", "decimal", "money", "rate", "date", "choice"})
"""The kinds of answers that people do not read for themselves: something has to use them."""


def check_unused(checked: Checked, compiled: CompiledScheme) -> Iterator[Problem]:
    """A warning for each parameter, list, definition and computable field that nothing reads."""
    by_rules = [_read_by_rules(version) for version in compiled.versions]
    read = frozenset().union(*(each.inputs for each in by_rules)) | _quoted(checked) | _named(checked)
    for name in checked.scheme.parameters:
        if name not in read:
            yield checked.unread("unused_parameter", ("parameters", name), name)
    yield from _definitions(checked, compiled, [each.definitions | read for each in by_rules])
    yield from _unlabelled(compiled, frozenset().union(*(each.definitions for each in by_rules)) | read, checked)
    yield from _functions(checked, frozenset().union(*(each.functions for each in by_rules)))
    yield from _fields(checked, compiled, read)
    lists = frozenset().union(*(each.lists for each in by_rules))
    pulled = checked.scheme.pull.list if checked.scheme.pull is not None else None
    for name in checked.scheme.lists:
        if checked.scheme.award is not None and checked.scheme.award.list == name:
            continue
        if name != pulled and name not in lists and not any(each.startswith(f"{name}.") for each in read):
            yield checked.unread("unused_list", ("lists", name), name)


def _fields(checked: Checked, compiled: CompiledScheme, read: frozenset[str]) -> Iterator[Problem]:
    """Questions asked for nothing: neither rules read the answer, nor a body that judges, nor a shared block."""
    versions = checked.scheme.rules.values()
    if any(criterion.checked_by for version in versions for criterion in version.criteria.values()):
        return
    for name, field in compiled.fields.items():
        kind = field.type.rule_type(field.options)
        path = ("forms", "application", field.page, "fields", name)
        if kind is not None and kind.kind in _READ_BY_RULES and name not in read and not checked.is_shared(path):
            yield checked.unread("unused_field", path, name)


def _definitions(checked: Checked, compiled: CompiledScheme, read: list[frozenset[str]]) -> Iterator[Problem]:
    """Definitions that no version with them reads: one that a later version merely inherits is no mistake."""
    of_versions = list(zip(compiled.versions, read, strict=True))
    told: set[str] = set()
    for version, _ in of_versions:
        for name in version.rules.define:
            used = any(name in names for other, names in of_versions if name in other.rules.define)
            if not used and name not in told:
                told.add(name)
                yield checked.unread(
                    "unused_definition", ("rules", version.first_day.isoformat(), "define", name), name
                )


def _unlabelled(compiled: CompiledScheme, read: frozenset[str], checked: Checked) -> Iterator[Problem]:
    """Definitions without a label: the public page of the rules, explanations and letters say them by their id."""
    labelled = {name for version in compiled.versions for name, one in version.rules.define.items() if one.label}
    told: set[str] = set()
    for version in compiled.versions:
        for name in version.rules.define:
            if name in read and name not in labelled and name not in told:
                told.add(name)
                path = ("rules", version.first_day.isoformat(), "define", name)
                yield checked.unread("definition_without_label", path, name)


def _functions(checked: Checked, called: frozenset[str]) -> Iterator[Problem]:
    """Functions of plugins that say in no words what they give: people read their call as it is written."""
    functions = checked.plugins.rule_functions if checked.plugins is not None else {}
    entry = checked.node.entries.get("rules") if isinstance(checked.node, Mapping) else None
    for name in sorted(called & functions.keys()):
        function = functions[name]
        if function.label or entry is None:
            continue
        call = re.compile(rf"(?<!\w)(?:{'|'.join(sorted({name, *function.words.values()}))})(?= *\()")
        for path, scalar in texts(entry.value, ("rules",)):
            if (found := call.search(scalar.text)) is not None:
                place = scalar.locate(found.start(), len(found[0]))
                yield Problem("function_without_label", {"value": found[0]}, place, path, "warning")
                break


def _read_by_rules(version: CompiledVersion) -> Uses:
    """What conditions, amount, indicators and the conditions of questions read, through definitions."""
    plan = version.program.plan
    read = version.program.uses | plan.uses(*plan.asked.values(), *plan.keys.values())
    for passage in version.passages.values():
        read |= passage.uses
    over = version.rules.repayment.over if version.rules.repayment is not None else ""
    if over not in plan.definitions:
        return read
    return read | plan.uses(plan.definitions[over]) | Uses(definitions=frozenset({over}))


def _quoted(checked: Checked) -> frozenset[str]:
    """The names that reasons quote."""
    conditions = [
        condition
        for version in checked.scheme.rules.values()
        for condition in (*version.gates.values(), *version.criteria.values())
    ]
    return frozenset(name for condition in conditions for name, _ in placeholders(condition.otherwise))


def _named(checked: Checked) -> frozenset[str]:
    """The names that the rest of the scheme says: columns, payment, sources, what one grant is given for."""
    scheme = checked.scheme
    named = [*scheme.workflow.columns, scheme.title_from, scheme.legal.judged_on]
    if scheme.grants is not None:
        named += scheme.grants.one_per
    if scheme.payment is not None:
        payment = scheme.payment
        named += [payment.payee.name, payment.payee.iban, payment.payee.bic, *payment.details.values(), *payment.facts]
    if scheme.write_back is not None:
        named.append(scheme.write_back.number)
    if scheme.pull is not None:
        named += [*scheme.pull.fields, *scheme.pull.files]
    for prefill in scheme.prefill.values():
        named += [*prefill.needs.values(), *prefill.fields]
    return frozenset(name for name in named if name)
