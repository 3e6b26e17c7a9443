"""The page of each code about a declaration: what it means, a broken file that shows it, how it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guichet.errors.catalogue import DECLARATIONS, messages_of
from guichet.errors.message import Message
from guichet.loader.law import LAWS
from reference_texts import AREAS, plain

INVALID = Path(__file__).parents[1] / "data/invalid"
_CODE = re.compile(r"^  code  (\S+), ", re.MULTILINE)

_OF_PLUGINS = "Said of a plugin's own code, which is no declaration: `tests/unit/plugin` shows it."
_OF_ANSWERS = "Said of what an applicant types, in a form or in an example: `tests/unit/model` shows it."
_OF_SEVERAL = "Said of several files at once: `tests/unit/services/test_checking.py` and `tests/unit/cli` show it."
_OF_DISKS = "Said of a file that cannot be opened: there is nothing to show."
_IN_DECLARATIONS = ("plugin.secret_in_clear", "plugin.set_by_operator")

NO_BROKEN_FILE: dict[str, str] = {
    **{code: _OF_PLUGINS for code in messages_of("plugin") if code not in _IN_DECLARATIONS},
    **{code: _OF_ANSWERS for code in messages_of("scalars") if code.startswith("input.")},
    "yaml.no_such_file": _OF_DISKS,
    "yaml.unreadable": _OF_DISKS,
    "function_without_label": "Said of a call of your own plugin: `tests/unit/loader/test_library.py`.",
    "scalar.month": _OF_ANSWERS,
    "instance.other_mode": "Said when an installation begun in one mode is opened in the other: `tests/unit/cli`.",
    "snapshot_does_not_compile": "Said of what was published, when a plugin has gone since.",
    **dict.fromkeys(
        ("grants_share_key", "grants_without_key"),
        "Said of dossiers granted already: `tests/unit/services/test_grant_limits.py`.",
    ),
    **dict.fromkeys(
        (
            "case_not_utf8", "example_fails", "invalid_value", "issuer_missing_somewhere", "not_a_scheme",
            "no_version_on", "territory_not_meant",
        ),
        _OF_SEVERAL,
    ),
}  # fmt: skip
"""Code → why no broken file shows it."""


@dataclass(frozen=True)
class Shown:
    """A broken file, what is printed of it, and what mends it."""

    name: str
    broken: str
    mended: str
    french: str
    english: str


def codes() -> dict[str, str]:
    """Every code about declarations, and its area."""
    return {code: area for area in sorted(DECLARATIONS) for code in sorted(messages_of(area))}


def code_page(code: str) -> Iterator[str]:
    """Yields the lines of the page of one code."""
    area = codes()[code]
    message = messages_of(area)[code]
    shown = examples().get(code)
    yield from [f"[{AREAS[area]}]({area}.md)" + (" · a warning" if shown and _is_warning(code, shown) else ""), ""]
    yield from _said("Français", message, "fr")
    yield from _said("English", message, "en")
    for law in LAWS:
        if law.code == code:
            until = f" to {law.until}" if law.until else ""
            yield from [f"Article: {law.article}. Tried on schemes open from {law.since}{until} on.", ""]
    if shown is None:
        yield from ["## No example", "", f"{NO_BROKEN_FILE.get(code, '')}", ""]
        return
    yield from [f"## An example: `{shown.name}`", "", *_fenced("yaml", shown.broken), "", "prints, in French"]
    yield from ["", *_fenced("text", shown.french), "", "and in English", "", *_fenced("text", shown.english), ""]
    if shown.mended:
        yield from ["Mended:", "", *_fenced("yaml", shown.mended), ""]


@cache  # the files do not change while pages are made
def examples() -> dict[str, Shown]:
    """For each code, the broken file that is named after it, else the first that shows it."""
    found: dict[str, Shown] = {}
    for shown in _all_shown():
        for code in _CODE.findall(shown.french):
            named = shown.name.rpartition("/")[2].startswith(code.rpartition(".")[2])
            if code not in found or (named and not _named_after(found[code], code)):
                found[code] = shown
    return found


def _named_after(shown: Shown, code: str) -> bool:
    return shown.name.rpartition("/")[2].startswith(code.rpartition(".")[2])


def _all_shown() -> Iterator[Shown]:
    for path in sorted((INVALID / "schemes").glob("*.txt"), key=lambda path: path.stem):
        *changes, french, english = path.read_text("utf-8").split("\n=====\n")
        pairs = list(zip(changes[::2], changes[1::2], strict=True))
        broken = [f"# {find[4:]}\n{text}" if find.startswith("+++ ") else text for find, text in pairs]
        mended = [find for find, _ in pairs if not find.startswith("+++ ")]
        yield Shown(_name(path), "\n…\n".join(broken), "\n…\n".join(mended), french, english)
    for path in sorted((INVALID / "rules").glob("*.txt")):
        broken, french, english = re.split(r"^--- (?:fr|en)\n", path.read_text("utf-8"), flags=re.MULTILINE)
        yield Shown(_name(path), broken, "", french, english)
    for path in sorted((INVALID / "yaml").glob("*.yaml")):
        french, english = (path.with_suffix(f".{each}.txt").read_text("utf-8") for each in ("fr", "en"))
        yield Shown(_name(path), _printable(path), "", french, english)
    for folder, mark in (("instances", "=====\n"), ("folders", "\n=====\n"), ("cases", "\n=====\n")):
        for path in sorted((INVALID / folder).glob("*.txt")):
            broken, french, english = path.read_text("utf-8").split(mark)
            yield Shown(_name(path), broken, "", french, english)
    for path in sorted((INVALID / "territories").glob("*/expected.txt")):
        said = path.read_text("utf-8")
        yield Shown(_name(path.parent), _folder(path.parent), "", said, said)


def _name(path: Path) -> str:
    return path.relative_to(INVALID.parents[2]).as_posix()


def _printable(path: Path) -> str:
    """The text of a broken file as far as a page can show it."""
    text = path.read_bytes()[:400].decode("utf-8", errors="replace")
    return "".join(char if char == "\n" or char.isprintable() else "�" for char in text)


def _folder(folder: Path) -> str:
    files = sorted(path for path in (folder / "regions").rglob("*") if path.is_file())
    return "\n".join(f"# {path.relative_to(folder).as_posix()}\n{path.read_text('utf-8').rstrip()}" for path in files)


def _said(language: str, message: Message, spoken: str) -> Iterator[str]:
    code = "fr" if spoken == "fr" else "en"
    yield from [f"**{language}.** {plain(message.text(code))}", ""]
    if message.hint(code):
        yield from [f"*{plain(message.hint(code))}*", ""]


def _is_warning(code: str, shown: Shown) -> bool:
    before = shown.english.partition(f"  code  {code}, ")[0]
    return "  warning: " in before.rpartition("\n\n")[2]


def _fenced(kind: str, text: str) -> list[str]:
    return [f"```{kind}", *text.strip("\n").split("\n"), "```"]
