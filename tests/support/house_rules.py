"""The rules of the house, each a function from a text to the lines that break it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

Fault = tuple[int, str]

LONGEST_FILE = 450
VAGUE_NAMES = frozenset({"util", "utils", "helper", "helpers", "common", "misc"})

# Brackets inside the words keep these patterns from finding themselves.
_MACHINE_PATH = re.compile(r"(?<![\w.~}\])])/(?:w[o]rk|f[a]rm|r[o]ot|t[m]p|U[s]ers|h[o]me/\w+|opt/w[h]eels)(?:/|\b)")
_REGISTRY = re.compile(
    r"p[y]pi\.org|p[y]thonhosted\.org|n[p]mjs\.(?:org|com)|(?<!emit-)(?:i[n]dex-url|f[i]nd-links)", re.IGNORECASE
)
_UNFINISHED = re.compile(r"\b(?:T[O]DO|F[I]XME)\b")

_NOQA = re.compile(r"#\s*noqa(?P<rest>.*)", re.IGNORECASE)
_NOQA_WHOLE = re.compile(r":\s*[A-Z]+[0-9]+(?:\s*,\s*[A-Z]+[0-9]+)*(?:\s+#)?\s+\S.*\w")
_IGNORE = re.compile(r"#\s*(?:type|pyright):\s*ignore(?P<rest>.*)")
_IGNORE_WHOLE = re.compile(r"\[[\w, -]+\](?:\s+#)?\s+\S.*\w")
_FILE_WIDE = re.compile(r"^#\s*(?:pyright:\s*(?!ignore)|ruff:\s*noqa|mypy:)")
_COMMENT = re.compile(r"^#\s*(?!pyright:|ruff:|mypy:)\w.*")


def unfinished(text: str) -> Iterator[Fault]:
    """Work left for later without an issue."""
    return _found(_UNFINISHED, text, "unfinished work")


def addresses(text: str) -> Iterator[Fault]:
    """Paths of one machine and addresses of package registries."""
    yield from _found(_MACHINE_PATH, text, "path of a machine")
    yield from _found(_REGISTRY, text, "address of a registry")


def unreasoned_waivers(text: str) -> Iterator[Fault]:
    """Waivers of a lint or type rule that do not name the rule and the reason."""
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        for waiver, whole in ((_NOQA, _NOQA_WHOLE), (_IGNORE, _IGNORE_WHOLE)):
            match = waiver.search(line)
            if match and not _FILE_WIDE.match(line) and not whole.match(match["rest"].strip()):
                yield number, f"waiver without rule and reason: {match[0].strip()}"
        if _FILE_WIDE.match(line) and not _COMMENT.match("".join(lines[number - 2 : number - 1])):
            yield number, "waiver of a whole file without a comment above it that says why"


def special_words(text: str, words: re.Pattern[str]) -> Iterator[Fault]:
    """Words of one scheme in code that must serve any."""
    return _found(words, text, "word of one scheme")


def too_long(text: str) -> Iterator[Fault]:
    """A file longer than an idea."""
    length = len(text.splitlines())
    if length > LONGEST_FILE:
        yield length, f"{length} lines, at most {LONGEST_FILE}"


def missing_docstring(text: str) -> Iterator[Fault]:
    """A module that does not say what it is."""
    if not ast.get_docstring(ast.parse(text)):
        yield 1, "module without docstring"


def imports_of_the_folder(text: str) -> Iterator[Fault]:
    """Imports by the name of a top-level folder (`core.guichet`), which only work in a checkout."""
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names.append(node.module or "")
        for name in names:
            if name.partition(".")[0] in ("core", "plugins", "cli"):
                yield node.lineno, f"import of {name}"


def environment_readers(text: str) -> Iterator[Fault]:
    """Reads of the environment, which belong to `guichet.settings` alone."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv"):
            yield node.lineno, f"reads the environment ({node.attr})"
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            for alias in node.names:
                if alias.name in ("environ", "environb", "getenv"):
                    yield node.lineno, f"reads the environment ({alias.name})"


def _found(pattern: re.Pattern[str], text: str, what: str) -> Iterator[Fault]:
    for number, line in enumerate(text.splitlines(), start=1):
        match = pattern.search(line)
        if match:
            yield number, f"{what}: {match[0]}"
