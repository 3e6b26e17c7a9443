"""Rule versions: each inherits the one before by id and path, replaces what it names, and removes what it lists."""

from __future__ import annotations

from guichet.errors import Problem, guess
from guichet.loader.blocks import lay_over
from guichet.loader.declaration import place
from guichet.loader.reader import Entry, Mapping, Node, Scalar, Sequence
from guichet.model.scalars import ScalarError, parse_day


def resolve_versions(rules: Node, problems: list[Problem]) -> Node:
    """The `rules` mapping with every version complete; cascades (lists) are replaced whole."""
    if not isinstance(rules, Mapping):
        return rules
    resolved: dict[str, Entry] = {}
    before: Node | None = None
    last_day, last_line = "", 0
    for day, entry in rules.entries.items():
        if _is_day(day):  # what is no day is said when the keys are read
            if day <= last_day:
                data = {"day": day, "before": last_day, "line": last_line}
                problems.append(Problem("versions_not_in_order", data, entry.key.position))
            else:
                last_day, last_line = day, entry.key.position.line
        version = entry.value
        if isinstance(version, Mapping):
            removed = version.entries.get("remove")
            own = version.without("remove")
            if removed is not None:
                inherited = before or Mapping({}, version.position)
                inherited = _remove(inherited, removed.value, problems, ("rules", day, "remove"))
                before = inherited if before is not None else None
            version = own if before is None else lay_over(before, own)
        before = version
        resolved[day] = Entry(entry.key, version)
    return Mapping(resolved, rules.position)


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except ScalarError:
        return False
    return True


def _remove(tree: Node, paths: Node, problems: list[Problem], where: tuple[str, ...]) -> Node:
    for item in paths.items if isinstance(paths, Sequence) else (paths,):
        if not isinstance(item, Scalar):
            problems.append(Problem("text_expected", {}, item.position, where))
            continue
        pruned = _without(tree, item.text.split("."))
        if pruned is None:
            known = [f"{group}.{name}" for group, name in _second_level(tree)]
            data = guess(item.text, known)
            if data["nearest"]:
                data["declared"] = place(tree, _odd_step(item.text, str(data["nearest"])), of_key=True)
            problems.append(Problem("nothing_to_remove", data, item.position, where))
        else:
            tree = pruned
    return tree


def _without(tree: Node, steps: list[str]) -> Node | None:
    if not isinstance(tree, Mapping) or steps[0] not in tree.entries:
        return None
    if len(steps) == 1:
        return tree.without(steps[0])
    below = _without(tree.entries[steps[0]].value, steps[1:])
    return None if below is None else tree.with_value(steps[0], below)


def _odd_step(said: str, meant: str) -> tuple[str, ...]:
    """The path of the first step that the two do not share: the key that is written otherwise."""
    group, name = meant.split(".", 1)
    return (group,) if said.partition(".")[0] != group else (group, name)


def _second_level(tree: Node) -> list[tuple[str, str]]:
    if not isinstance(tree, Mapping):
        return []
    return [
        (group, name)
        for group, entry in tree.entries.items()
        if isinstance(entry.value, Mapping)
        for name in entry.value.entries
    ]
