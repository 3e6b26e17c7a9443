"""Suggested examples as YAML: added at the end of a file of examples, or a file of their own; nothing is rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from guichet.errors import Problem, ProblemsFound
from guichet.language import Result
from guichet.loader.declaration import declare
from guichet.loader.reader import read_text
from guichet.locale import Language, Texts
from guichet.model.examples import Examples
from guichet.services.suggestions import Suggestion

__all__ = ["add_to_file", "as_yaml", "whole_file"]

_HEAD = "format: 1\nexamples:\n"


def as_yaml(found: Iterable[Suggestion], language: Language = "fr") -> str:
    """The entries, each under a line that asks for confirmation."""
    say = Texts(language)
    return "".join(_entry(one, say) for one in found)


def whole_file(found: Iterable[Suggestion], language: Language = "fr") -> str:
    """A file of examples made of the entries alone."""
    return _HEAD + as_yaml(found, language)


def add_to_file(path: Path, found: Iterable[Suggestion], language: Language = "fr") -> None:
    """Add the entries after those of a file, every byte before them kept; raises ProblemsFound where that cannot be."""
    before = path.read_text("utf-8") if path.exists() else _HEAD
    added = as_yaml(found, language)
    text = before if before.endswith("\n") else before + "\n"
    text += added
    kept = declare(Examples, read_text(before, str(path))).examples if path.exists() else {}
    try:
        after = declare(Examples, read_text(text, str(path))).examples
    except ProblemsFound as error:
        raise ProblemsFound([Problem("cli.suggest_file", {"path": path})]) from error
    if [after[name] for name in kept] != list(kept.values()):
        raise ProblemsFound([Problem("cli.suggest_file", {"path": path})])
    path.write_text(text, "utf-8")


def _entry(one: Suggestion, say: Texts) -> str:
    lines = [f"\n  # {say('suggest.confirm')}", f"  {one.id}:", f"    title: {_quoted(one.title)}"]
    if one.like:
        lines.append(f"    like: {one.like}")
    lines.append(f"    on: {one.on.isoformat()}")
    if one.territory:
        lines.append(f"    territory: {one.territory}")
    for name, values in (("answers", one.answers), ("facts", one.facts), ("checks", one.checks)):
        lines += _mapping(name, values)
    lines.append("    expect:")
    lines += [f"      {key}: {value}" for key, value in _expected(one.result).items()]
    return "\n".join(lines) + "\n"


def _mapping(name: str, values: Mapping[str, str]) -> list[str]:
    return [f"    {name}:", *(f"      {key}: {value}" for key, value in values.items())] if values else []


def _expected(result: Result) -> dict[str, str]:
    found = {"outcome": result.outcome}
    if result.amount is not None:
        found["amount"] = _euros(result.amount)
    if result.provisional is not None:
        found["provisional"] = _euros(result.provisional)
    for name in ("failed", "missing", "awaited"):
        values: tuple[str, ...] = getattr(result, name)
        if values and (name != "awaited" or result.outcome == "undetermined"):
            found[name] = f"[{', '.join(values)}]"
    return found


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d} €" if cents % 100 else f"{cents // 100} €"


def _quoted(text: str) -> str:
    """A title in double quotes: whatever it holds, YAML takes it as text."""
    plain = text.replace("\u202f", " ").replace("\xa0", " ")
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
