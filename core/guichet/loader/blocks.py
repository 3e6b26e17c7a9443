"""Shared blocks: `use: rib` puts a block's content under a mapping's own keys, which may change what it opens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

from guichet.errors import Problem, ProblemsFound, guess, nearest
from guichet.loader.declaration import declare, plain
from guichet.loader.places import shown
from guichet.loader.reader import DISK, Entry, Files, Mapping, Node, Scalar, Sequence
from guichet.model.base import Value
from guichet.model.types import Format, Identifier, Text, Whole

_DEFINITION = frozenset({"label", "value"})
Steps = tuple[str, ...]
"""The keys that lead to a place of a declaration."""


class BlockHead(Value):
    """The head of a block file: what it is, its version, and the keys that its users may change."""

    format: Format
    """The version of the way declarations are written."""
    version: Whole
    """Grows when the meaning of the block changes."""
    title: Text
    """What the block is, for who chooses one."""
    overridable: tuple[Identifier, ...] = ()
    """Keys that a scheme may change, wherever they stand in the content."""


@dataclass(frozen=True, slots=True)
class Block:
    """One shared block: its head and the mapping it brings."""

    head: BlockHead
    content: Mapping


def load_blocks(roots: list[Path], shown_from: Path | None = None, files: Files = DISK) -> dict[str, Block]:
    """Every block of `schemes/_blocks/` by id; later roots lie over earlier ones."""
    blocks: dict[str, Block] = {}
    problems: list[Problem] = []
    for root in roots:
        for path in sorted((root / "_blocks").glob("*.yaml")):
            try:
                blocks[path.stem] = _read_block(files.node(path, shown(path, shown_from)))
            except ProblemsFound as error:
                problems += error.problems
    if problems:
        raise ProblemsFound(problems)
    return blocks


def _read_block(node: Node) -> Block:
    if not isinstance(node, Mapping):
        raise ProblemsFound([Problem("mapping_expected", {}, node.position)])
    content = node.entries.get("content")
    if content is None or not isinstance(content.value, Mapping):
        strangers = [key for key in node.entries if key not in BlockHead.model_fields]
        misspelt = nearest("content", strangers)
        if content is None and misspelt is not None:
            data = {"value": misspelt, "nearest": "content", "choices": (*BlockHead.model_fields, "content")}
            raise ProblemsFound([Problem("unknown_key", data, node.entries[misspelt].key.position)])
        raise ProblemsFound([Problem("missing_key", {"key": "content"}, node.position)])
    return Block(declare(BlockHead, node.without("content")), content.value)


def expand_uses(
    node: Node, blocks: dict[str, Block], problems: list[Problem], path: Steps = (), within: Steps = ()
) -> Node:
    """The tree with every `use:` replaced by what its blocks hold; positions stay those of the source.

    Args:
        within: The blocks whose content this is, the outermost first: none of them may come back.
    """
    if not _uses_blocks(node):
        return node
    if isinstance(node, Sequence):
        inside = [((*path, str(index)), item) for index, item in enumerate(node.items)]
        items = tuple(expand_uses(item, blocks, problems, where, within) for where, item in inside)
        return Sequence(items, node.position)
    if not isinstance(node, Mapping):
        return node
    node = _with_use_put_right(node, blocks, problems, path)
    own = node.without("use")
    merged: Node = Mapping({}, node.position)
    use = node.entries.get("use")
    for name in _names(use.value) if use is not None else ():
        meant = _meant_by(name, blocks, within, problems, path)
        if meant is None:
            continue
        block = blocks[meant]
        merged = lay_over(merged, expand_uses(block.content, blocks, problems, path, (*within, meant)))
        _check_overrides(block.content, own, set(block.head.overridable), name.text, problems, path)
    expanded = {
        key: Entry(entry.key, expand_uses(entry.value, blocks, problems, (*path, key), within))
        for key, entry in own.entries.items()
    }
    return lay_over(merged, Mapping(expanded, node.position))


def _meant_by(
    name: Scalar, blocks: dict[str, Block], within: Steps, problems: list[Problem], path: Steps
) -> str | None:
    """The block that a name means, or perhaps means: what follows is checked with it; None when it brings nothing."""
    meant = name.text
    if meant not in blocks:
        data = guess(name.text, sorted(blocks))
        problems.append(Problem("unknown_block", data, name.position, (*path, "use")))
        meant = str(data["nearest"])
    if meant in within:
        circle = " → ".join((*within[within.index(meant) :], meant))
        problems.append(Problem("block_circle", {"path": circle}, name.position, (*path, "use")))
        return None
    return meant if meant in blocks else None


_MISSPELT_USES = frozenset(
    word
    for start, end in (("use"[:at], "use"[at:]) for at in range(4))
    for letter in ("", *ascii_lowercase)
    for word in (start + letter + end, start + letter + end[1:], start + end[1:2] + end[:1] + end[2:])
) - {"use"}
"""`use` with one letter more, less, other or exchanged."""


def _with_use_put_right(node: Mapping, blocks: dict[str, Block], problems: list[Problem], path: Steps) -> Mapping:
    """A misspelt `use:` that names blocks, read as one: the whole scheme would miss what they bring."""
    misspelt = node.entries.keys() & _MISSPELT_USES if "use" not in node.entries else ()
    for key in misspelt:
        names = _names(node.entries[key].value)
        if names and all(name.text in blocks for name in names):
            data = {"value": key, "nearest": "use", "choices": ("use",)}
            problems.append(Problem("unknown_key", data, node.entries[key].key.position, path))
            entries = {"use" if name == key else name: entry for name, entry in node.entries.items()}
            return Mapping(entries, node.position)
    return node


def _uses_blocks(node: Node) -> bool:
    if isinstance(node, Mapping):
        named = "use" in node.entries or not node.entries.keys().isdisjoint(_MISSPELT_USES)
        return named or any(_uses_blocks(entry.value) for entry in node.entries.values())
    return isinstance(node, Sequence) and any(map(_uses_blocks, node.items))


def _names(node: Node) -> tuple[Scalar, ...]:
    if isinstance(node, Scalar):
        return (node,)
    return tuple(item for item in node.items if isinstance(item, Scalar)) if isinstance(node, Sequence) else ()


def _check_overrides(
    block: Mapping, own: Mapping, opened: set[str], name: str, problems: list[Problem], path: Steps
) -> None:
    """Refuse a change of a key that the block does not open."""
    for key, entry in own.entries.items():
        theirs = block.entries.get(key)
        if theirs is None or key in opened:
            continue
        if isinstance(theirs.value, Mapping) and isinstance(entry.value, Mapping):
            _check_overrides(theirs.value, entry.value, opened, name, problems, (*path, key))
        elif plain(theirs.value) != plain(entry.value):
            data = {"key": key, "block": name, "choices": sorted(opened)}
            problems.append(Problem("block_not_overridable", data, entry.key.position, (*path, key)))


def lay_over(under: Node, over: Node) -> Node:
    """Two trees as one: mappings are merged by key in the order of `under`, anything else is replaced whole.

    A definition written as an expression alone keeps the label it had.
    """
    if isinstance(over, Scalar) and isinstance(under, Mapping) and under.entries.keys() == _DEFINITION:
        return Mapping({**under.entries, "value": Entry(under.entries["value"].key, over)}, over.position)
    if not (isinstance(under, Mapping) and isinstance(over, Mapping)):
        return over
    entries = dict(under.entries)
    for key, entry in over.entries.items():
        below = entries.get(key)
        entries[key] = entry if below is None else Entry(entry.key, lay_over(below.value, entry.value))
    return Mapping(entries, over.position)
