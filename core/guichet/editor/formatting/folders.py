"""Which files are laid out, in which words, and writing them so that no half of one is ever seen."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guichet.editor.formatting.expressions import Dialect
from guichet.editor.formatting.files import format_text, language_of
from guichet.editor.schemas import kind_of
from guichet.errors import Problem, ProblemsFound
from guichet.language.declarations import Signature
from guichet.language.words import Words
from guichet.loader.places import shown
from guichet.loader.reader import read_file, read_text

__all__ = ["Laid", "declarations_in", "function_words", "lay_out", "scheme_of", "write_over"]

_ROOT = "scheme.yaml"


@dataclass(frozen=True, slots=True)
class Laid:
    """One file as it is and as it should be, or what keeps it from being read."""

    path: Path
    before: str
    after: str
    problems: tuple[Problem, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether there is something to write."""
        return not self.problems and self.before != self.after


def declarations_in(paths: Iterable[Path]) -> list[Path]:
    """The declaration files that some paths mean: files themselves, and those below folders."""
    found: dict[Path, None] = {}
    for path in paths:
        below = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        inside = [one for one in below if not any(part.startswith(".") for part in one.relative_to(path).parts)]
        found |= dict.fromkeys(one for one in inside if path.is_file() or kind_of(one) is not None)
    return list(found)


def lay_out(
    path: Path, functions: Mapping[str, Mapping[Words, str]], to: Words | None, shown_from: Path | None = None
) -> Laid:
    """One file laid out, its expressions in the words of its scheme, or in those of another language."""
    name = shown(path, shown_from)
    try:
        before = _text(path, name)
        language = words_of(path)
        said = _with_language(before, name, to) if to is not None and path.name == _ROOT else before
        after = format_text(said, name, Dialect(language, to or language, functions))
    except ProblemsFound as error:
        return Laid(path, "", "", tuple(error.problems))
    return Laid(path, before, after)


def function_words(functions: Iterable[Signature]) -> dict[str, Mapping[Words, str]]:
    """Each name of a plugin's function → its name in each language."""
    found: dict[str, Mapping[Words, str]] = {}
    for one in functions:
        names: Mapping[Words, str] = {"fr": one.name, "en": one.name, **one.words}
        found |= dict.fromkeys([one.name, *names.values()], names)
    return found


def scheme_of(path: Path) -> Path | None:
    """The folder of the scheme that a file belongs to; None for a block, a territory, an instance."""
    return next((one for one in (path.parent, path.parent.parent) if (one / _ROOT).is_file()), None)


def words_of(path: Path) -> Words:
    """The words of the expressions of a file: those of its scheme, French elsewhere."""
    folder = scheme_of(path)
    if folder is None:
        return "fr"
    try:
        return "en" if language_of(read_file(folder / _ROOT)) == "en" else "fr"
    except ProblemsFound:
        return "fr"  # the file says itself what is wrong in it


def write_over(files: Sequence[Laid]) -> Iterator[Path]:
    """Writes each file that changes, whole or not at all, and gives its path."""
    for one in files:
        if not one.changes:
            continue
        target = one.path.resolve()
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(one.after)
            beside.chmod(target.stat().st_mode & 0o777)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
        yield one.path


def _text(path: Path, name: str) -> str:
    read_file(path, name)  # refuses what is no text, or too large, in our words
    return path.read_text(encoding="utf-8-sig")


def _with_language(text: str, name: str, to: Words) -> str:
    """A scheme that leaves its language out, saying it: it will be read in another one."""
    node = read_text(text, name)
    entries = getattr(node, "entries", {})
    if "language" in entries or to == "fr" or "id" not in entries:
        return text
    lines = text.splitlines(keepends=True)
    lines.insert(entries["id"].key.position.line - 1, "language: fr\n")
    return "".join(lines)
