"""Problems as text: where, what, the quoted line, then what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from guichet.errors.catalogue import all_messages, page_of
from guichet.errors.message import Language, Message, required_placeholders, without_missing_parts
from guichet.errors.problem import Position, Problem
from guichet.errors.spelling import ranked

_IN = {"fr": "dans", "en": "in"}
_HINT = {"fr": "aide", "en": "hint"}
_WARNING = {"fr": "avertissement : ", "en": "warning: "}
_WIDEST_QUOTE = 120
_OFFERED = ("choices", "examples")
_MOST_OFFERED = 25


def render(problem: Problem, language: Language) -> str:
    """One problem as a block of lines: place and sentence, path, quoted line with caret, hint, code and page."""
    place = f"{position_text(problem.position)}  " if problem.position else ""
    warning = _WARNING[language] if problem.severity == "warning" else ""
    lines = [f"{place}{warning}{sentence(problem.code, problem.data, language)}"]
    if problem.path:
        lines.append(f"  {_IN[language]:<4}  {' › '.join(problem.path)}")
    if problem.position and problem.position.text.strip():
        lines.extend(_quoted(problem.position))
    advice = hint(problem.code, problem.data, language)
    if advice:
        lines.append(f"  {_HINT[language]:<4}  {advice}")
    page = page_of(problem.code)
    if page:
        lines.append(f"  code  {problem.code}, {page}")
    return "\n".join(lines)


def render_all(problems: Iterable[Problem], language: Language) -> str:
    """Every problem in the order of files and lines, then a line that counts errors and warnings."""
    ordered = in_order(problems)
    return "\n\n".join([*(render(problem, language) for problem in ordered), count(ordered, language)])


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in the order of files and lines."""
    return sorted(problems, key=_place)


def sentence(code: str, data: Mapping[str, object], language: Language) -> str:
    """What one code says, on one line, without place or hint: also what an applicant may read."""
    message = all_messages().get(code)
    if message is None:
        quoted = ", ".join(f"{name}={_shown(value, language)}" for name, value in data.items())
        return f"{code} ({quoted})" if quoted else code
    return _filled(message.text(language, data.get("count")), data, language)


def hint(code: str, data: Mapping[str, object], language: Language) -> str:
    """What to do about one code, empty when nothing useful can be said."""
    message: Message | None = all_messages().get(code)
    if message is None:
        return ""
    template = message.hint(language)
    if not required_placeholders(template) <= _present(data):
        return ""
    return _filled(template, data, language)


def position_text(position: Position) -> str:
    """The place as `file:line:column`, which editors and terminals open."""
    return f"{position.file}:{position.line}:{position.column}"


def _filled(template: str, data: Mapping[str, object], language: Language) -> str:
    listed = {name: _offered(data[name], data.get("value"), language) for name in _OFFERED if name in data}
    shown = _Shown({name: _shown(value, language) for name, value in {**data, **listed}.items()})
    return without_missing_parts(template, _present(data)).format_map(shown).strip()


def _offered(value: object, written: object, language: Language) -> object:
    """What may be written instead; of a long list what looks most like what was written, then how many others."""
    if not isinstance(value, tuple | list):
        return value
    choices = [_shown(one, language) for one in cast("Sequence[object]", value)]
    others = len(choices) - _MOST_OFFERED
    if others < 2:
        return choices
    kept = (ranked(written, choices) if isinstance(written, str) else choices)[:_MOST_OFFERED]
    return (
        f"{', '.join(kept)} … {'et' if language == 'fr' else 'and'} {others} {'autres' if language == 'fr' else 'more'}"
    )


class _Shown(dict[str, str]):
    """Values ready to print; a name without value prints as itself, since an error must never hide another."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def _present(data: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for name, value in data.items() if value is not None and value not in ("", (), []))


def _shown(value: object, language: Language) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return ("oui" if value else "non") if language == "fr" else ("yes" if value else "no")
        case Position():
            return position_text(value)
        case date():
            return value.isoformat()
        case set() | frozenset():
            return ", ".join(sorted(_shown(item, language) for item in value))
        case list() | tuple() | dict():
            return ", ".join(_shown(item, language) for item in value)
        case _:
            return str(value)


def _quoted(position: Position) -> list[str]:
    """The line of the mistake under its number, and carets under the words concerned."""
    text, start = position.text.rstrip("\n").replace("\t", " "), max(position.column - 1, 0)
    text, start = _window(text, start)
    marked = max(1, min(position.length, len(text) - start))
    number = str(position.line)
    carets = " " * _width(text[:start]) + "^" * max(1, _width(text[start : start + marked]))
    return [f"  {number} | {text}".rstrip(), f"  {' ' * len(number)} | {carets}"]


def _window(text: str, start: int) -> tuple[str, int]:
    """The part of a very long line around the mistake, and where the mistake stands in it."""
    if len(text) <= _WIDEST_QUOTE:
        return text, start
    first = max(0, min(start - _WIDEST_QUOTE // 3, len(text) - _WIDEST_QUOTE))
    cut = text[first : first + _WIDEST_QUOTE]
    before, after = ("…" if first else ""), ("…" if first + _WIDEST_QUOTE < len(text) else "")
    return f"{before}{cut}{after}", start - first + len(before)


def _width(text: str) -> int:
    """How many columns a terminal gives to the text."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def _place(problem: Problem) -> tuple[str, int, int]:
    if problem.position is None:
        return ("", 0, 0)
    return (problem.position.file, problem.position.line, problem.position.column)


def count(problems: Iterable[Problem], language: Language) -> str:
    """How many errors there are and, apart, how many warnings."""
    severities = [problem.severity for problem in problems]
    errors, warnings = severities.count("error"), severities.count("warning")
    if language == "fr":
        # In French zero and one are singular.
        words = [f"{errors} erreur{'s' if errors > 1 else ''}"]
        words += [f"{warnings} avertissement{'s' if warnings > 1 else ''}"] if warnings else []
    else:
        words = [f"{errors} error{'' if errors == 1 else 's'}"]
        words += [f"{warnings} warning{'' if warnings == 1 else 's'}"] if warnings else []
    return ", ".join(words)
