"""Where an expression was written, and the problems found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guichet.errors import Position, Problem, Severity
from guichet.language.types import Type, render_type


@dataclass(frozen=True, slots=True)
class Source:
    """One expression as its author wrote it: text, path in the declaration, and how to find its place."""

    text: str
    path: tuple[str, ...] = ()
    locate: Callable[[int, int], Position] | None = None

    def position(self, start: int, length: int) -> Position:
        """The place of a slice of the text; in the text itself when no file is known."""
        if self.locate is not None:
            return self.locate(start, length)
        return Position("<expression>", 1, start + 1, max(length, 1), self.text)


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of a source, counted in characters."""

    start: int
    end: int

    def until(self, other: Span) -> Span:
        """The slice from the start of this one to the end of the other."""
        return Span(self.start, other.end)

    def of(self, source: Source) -> str:
        """The words the slice covers."""
        return source.text[self.start : self.end]


class Mistake(Exception):  # noqa: N818  internal: stops reading one expression, becomes a Problem
    """A mistake after which the rest of one expression makes no sense."""

    def __init__(self, code: str, span: Span, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.span = span
        self.data = data


class Report:
    """Collects the problems of a compilation, in the order they are found."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, code: str, source: Source, span: Span, **data: object) -> None:
        """Notes one problem of a slice of a source, once."""
        self._note("error", code, source, span, data)

    def warn(self, code: str, source: Source, span: Span, **data: object) -> None:
        """Notes something that is probably a slip and forbids nothing."""
        self._note("warning", code, source, span, data)

    def _note(self, severity: Severity, code: str, source: Source, span: Span, data: dict[str, object]) -> None:
        nowhere = not source.text and source.locate is None
        position = None if nowhere else source.position(span.start, span.end - span.start)
        shown = {name: _unquoted(value) for name, value in data.items()}
        problem = Problem(code, shown, position, source.path, severity)
        if problem not in self.problems:
            self.problems.append(problem)

    def add_mistake(self, mistake: Mistake, source: Source) -> None:
        """Notes a mistake that stopped the reading of a source."""
        self.add(mistake.code, source, mistake.span, **mistake.data)

    @property
    def errors(self) -> list[Problem]:
        """The problems that forbid the declaration."""
        return [problem for problem in self.problems if problem.severity == "error"]


def _unquoted(value: object) -> object:
    """A quoted text without its quotes: messages quote what they cite."""
    return value[1:-1] if isinstance(value, str) and len(value) > 1 and value[0] == value[-1] == '"' else value


def naming(name: str, type_: Type) -> dict[str, object]:
    """A type as message data, in both languages: `{name_fr}` and `{name_en}`."""
    return {f"{name}_fr": render_type(type_, "fr"), f"{name}_en": render_type(type_, "en")}
