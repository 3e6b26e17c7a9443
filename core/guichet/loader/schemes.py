"""Scheme folders: `scheme.yaml`, and beside it forms, rules, workflow, payment, texts and examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guichet.errors import Problem, ProblemsFound
from guichet.loader.blocks import Block, expand_uses
from guichet.loader.declaration import find
from guichet.loader.reader import DISK, Entry, Files, Mapping, Node, named
from guichet.loader.strays import strays
from guichet.loader.versions import resolve_versions

_HARMLESS = frozenset({"block_not_overridable", "declared_twice", "nothing_to_remove", "unknown_file"})
_GUESSED = frozenset({"unknown_block", "unknown_key"})
"""Put right for the check, where a near name is known."""
PARTS = ("rules", "workflow", "payment", "legal", "letters", "prefill")


@dataclass(frozen=True, slots=True)
class SchemeSource:
    """One scheme as its files say it: blocks and versions resolved, positions kept."""

    id: str
    folder: Path
    shown_as: str
    node: Mapping
    examples: Node | None
    met: tuple[Problem, ...] = ()
    """Mistakes gone past while reading: such a scheme is checked further, never used."""


def scheme_folders(roots: Sequence[Path]) -> dict[str, Path]:
    """The folder of each scheme by id; later roots (an instance's own) lie over earlier ones."""
    return {
        folder.name: folder
        for root in roots
        if root.is_dir()
        for folder in sorted(root.iterdir())
        if (folder / "scheme.yaml").is_file()
    }


def read_scheme(
    folder: Path, shown_as: str, blocks: dict[str, Block], problems: list[Problem], source: Files = DISK
) -> SchemeSource | None:
    """The source of one scheme folder; None when its files, or what they take up, cannot be made out.

    Args:
        problems: Where every mistake of all its files is added, those that can be gone past included.
    """
    met: list[Problem] = []
    found = _read_past(folder, shown_as, blocks, met, source)
    problems += met
    return replace(found, met=tuple(met)) if found is not None and all(map(_can_be_gone_past, met)) else None


def _can_be_gone_past(problem: Problem) -> bool:
    """Whether what follows a mistake can be checked all the same: nothing that it needs is lost."""
    return problem.code in _HARMLESS or (problem.code in _GUESSED and bool(problem.data["nearest"]))


def _read_past(
    folder: Path, shown_as: str, blocks: dict[str, Block], problems: list[Problem], source: Files
) -> SchemeSource | None:
    files = dict(_read_parts(folder, shown_as, problems, source))
    root = files.pop("", None)
    if root is None or not all(map(_can_be_gone_past, problems)):
        return None
    node: Node = _desugar(_join(root, files, _texts(folder, shown_as, problems, source), problems), problems)
    node = expand_uses(node, blocks, problems)
    assert isinstance(node, Mapping)  # noqa: S101  expand_uses keeps the shape of what it is given
    rules = node.entries.get("rules")
    if rules is not None:
        node = node.with_value("rules", resolve_versions(rules.value, problems))
    examples = folder / "examples.yaml"
    tree = _guarded(examples, f"{shown_as}/examples.yaml", problems, source) if examples.exists() else None
    return SchemeSource(folder.name, folder, shown_as, node, tree)


def _read_parts(folder: Path, shown_as: str, problems: list[Problem], source: Files) -> Iterator[tuple[str, Mapping]]:
    wanted = {"": folder / "scheme.yaml"} | {part: folder / f"{part}.yaml" for part in PARTS}
    wanted |= {f"forms.{path.stem}": path for path in sorted((folder / "forms").glob("*.yaml"))}
    known = ["scheme.yaml", *(f"{part}.yaml" for part in PARTS), "examples.yaml", "demo.yaml"]
    problems += strays(folder, shown_as, known, ("forms", "texts"))
    problems += strays(folder / "forms", f"{shown_as}/forms", (), ending=".yaml")
    problems += strays(folder / "texts", f"{shown_as}/texts", (), ending=".md")
    present = {entry.name for entry in folder.iterdir()}
    for part, path in wanted.items():
        if path.parent == folder and path.name not in present:
            continue
        node = _guarded(path, f"{shown_as}/{path.relative_to(folder).as_posix()}", problems, source)
        if isinstance(node, Mapping):
            yield part, node
        elif node is not None:
            problems.append(Problem("mapping_expected", {}, node.position))


def _guarded(path: Path, shown_as: str, problems: list[Problem], source: Files) -> Node | None:
    try:
        return source.node(path, shown_as)
    except ProblemsFound as error:
        problems += error.problems
        return None


def _join(root: Mapping, files: dict[str, Mapping], texts: dict[str, Entry], problems: list[Problem]) -> Mapping:
    """The scheme with the files beside it in their places; a key declared twice is refused."""
    entries = dict(root.entries)
    for part, node in files.items():
        name, _, form = part.partition(".")
        key = named(name, node.position)
        if form:
            forms = entries.get("forms")
            inside = dict(forms.value.entries) if forms and isinstance(forms.value, Mapping) else {}
            before = inside.get(form) or (entries.get("form") if form == "application" else None)
            if before is not None:
                data = {"key": before.key.text, "file": node.position.file}
                problems.append(Problem("declared_twice", data, before.key.position))
            inside[form] = Entry(named(form, node.position), node)
            entries["forms"] = Entry(key, Mapping(inside, node.position))
        elif name in entries:
            problems.append(
                Problem("declared_twice", {"key": name, "file": node.position.file}, entries[name].key.position)
            )
        else:
            entries[name] = Entry(key, node)
    if texts:
        own = entries.get("texts")
        inside = texts | (dict(own.value.entries) if own and isinstance(own.value, Mapping) else {})
        place = own.value.position if own else next(iter(texts.values())).key.position
        entries["texts"] = Entry(own.key if own else named("texts", place), Mapping(inside, place))
    return Mapping(entries, root.position)


def _texts(folder: Path, shown_as: str, problems: list[Problem], source: Files) -> dict[str, Entry]:
    """The Markdown files of `texts/`, each a text whose id is its name."""
    found: dict[str, Entry] = {}
    for path in sorted((folder / "texts").glob("*.md")):
        try:
            text = source.verbatim(path, f"{shown_as}/texts/{path.name}")
        except ProblemsFound as error:
            problems += error.problems
            continue
        found[path.stem] = Entry(named(path.stem, text.position), text)
    return found


def with_extra_attachments(node: Node) -> Node:
    """The tree in which the page `extra_attachments`, of the scheme or of an overlay, ends the application."""
    forms, application = find(node, ("forms",)), find(node, ("forms", "application"))
    if not (isinstance(node, Mapping) and isinstance(forms, Mapping) and isinstance(application, Mapping)):
        return node
    if "extra_attachments" not in node.entries:
        return node
    pages = application.with_entries({"extra_attachments": node.entries["extra_attachments"]})
    return node.without("extra_attachments").with_value("forms", forms.with_value("application", pages))


def _desugar(node: Mapping, problems: list[Problem]) -> Mapping:
    """`form:` said as `forms.application`."""
    entries = dict(node.entries)
    form = entries.pop("form", None)
    if form is not None:
        forms = entries.get("forms")
        inside = dict(forms.value.entries) if forms and isinstance(forms.value, Mapping) else {}
        again = inside.get("application")
        if again is not None and again.key.position.file == form.key.position.file:
            data = {"key": "form", "file": f"forms.application ({again.key.position.line})"}
            problems.append(Problem("declared_twice", data, form.key.position))
        entries["forms"] = Entry(form.key, Mapping({"application": form, **inside}, form.key.position))
    return Mapping(entries, node.position)
