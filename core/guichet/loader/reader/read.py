"""A YAML text to its tree, or every problem that can be found in it at once."""

from __future__ import annotations

import os
from pathlib import Path

from guichet.errors import Position, Problem, ProblemsFound
from guichet.loader.reader import diagnose
from guichet.loader.reader.build import Builder, CapReached
from guichet.loader.reader.caps import Caps
from guichet.loader.reader.decode import decode, too_large
from guichet.loader.reader.events import SyntaxFailure, events
from guichet.loader.reader.finding import Finding
from guichet.loader.reader.nodes import Node, Scalar, verbatim
from guichet.loader.reader.source import Source

_ROUNDS = 8
# The pure parser has the last word on a text the fast one refuses, as long as that stays quick (characters read).
_PURE_BUDGET = 60_000
# After a mistake of structure is mended, what the rest of the tree lacks or repeats proves nothing.
_STRUCTURE = frozenset({"yaml.indentation", "yaml.nested_under_text", "yaml.missing_colon"})
_MOST_OF_STRUCTURE = 4
_DOUBTFUL = frozenset({"yaml.duplicate_key", "yaml.empty_value", "yaml.empty_item", "yaml.not_a_mapping"})


def read_text(text: str | bytes, file: str, caps: Caps | None = None, *, accelerated: bool = True) -> Node:
    """The tree of one declaration file; raises ProblemsFound with every problem of the text.

    Args:
        text: the content; bytes are read as UTF-8.
        file: the name that positions show.
        caps: the limits; the default ones when None.
        accelerated: False reads with ruamel's pure parser, which gives the same tree more slowly.
    """
    caps = caps or Caps()
    source = decode(text, file, caps)
    return _Reading(source, caps, accelerated=accelerated).result()


def read_file(path: Path, shown_as: str | None = None, caps: Caps | None = None) -> Node:
    """The tree of a file, named in problems as `shown_as`; a file that cannot be opened is a problem too."""
    file = shown_as or str(path)
    caps = caps or Caps()
    return read_text(_content(path, file, caps), file, caps)


def read_verbatim(path: Path, shown_as: str) -> Scalar:
    """A whole file as one text, such as a Markdown file; raises ProblemsFound when it is no text in UTF-8."""
    caps = Caps()
    return verbatim(decode(_content(path, shown_as, caps), shown_as, caps).text, shown_as)


def _content(path: Path, file: str, caps: Caps) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(caps.size + 1)
            size = stream.seek(0, os.SEEK_END)
    except OSError as error:
        code = "yaml.no_such_file" if isinstance(error, FileNotFoundError) else "yaml.unreadable"
        raise ProblemsFound([Problem(code, {"reason": error.strerror}, Position(file, 1, 1))]) from error
    if size > caps.size:
        raise too_large(file, size, caps)
    return content


class _Reading:
    """Reads, mends the lines found wrong, and reads again, so that one mistake does not hide the next."""

    def __init__(self, source: Source, caps: Caps, *, accelerated: bool) -> None:
        self.source = source
        self.caps = caps
        self.accelerated = accelerated
        self.pure_budget = _PURE_BUDGET
        self.found: dict[int, Finding] = {}

    def result(self) -> Node:
        current = self._mended(self.source, diagnose.spaces(self.source))
        root, problems = None, list[Problem]()
        for _ in range(_ROUNDS):
            root, problems, failure = self._attempt(current)
            if failure is None:
                break
            findings = diagnose.findings(current, failure)
            if self._level_is_guessed() and findings[0].code in _STRUCTURE:
                break  # the levels of the lines around a tab are guessed: what they seem to lack proves nothing
            if self.found and findings[0].code == "yaml.syntax":
                break  # nothing precise to add: what was found already says more
            following = self._mended(current, findings)
            if following is current or self._has_enough():
                break
            current = following
        problems = [*(finding.problem(self.source) for finding in self.found.values()), *self._credible(problems)]
        if problems or root is None:
            raise ProblemsFound(sorted(problems, key=_place)[: self.caps.problems])
        return root

    def _attempt(self, source: Source) -> tuple[Node | None, list[Problem], SyntaxFailure | None]:
        outcome = self._build(source, accelerated=self.accelerated)
        if outcome[2] is None or not self.accelerated or self.pure_budget < len(source.text):
            return outcome
        self.pure_budget -= len(source.text)
        return self._build(source, accelerated=False)

    def _build(self, source: Source, *, accelerated: bool) -> tuple[Node | None, list[Problem], SyntaxFailure | None]:
        builder = Builder(source, events(source, accelerated=accelerated), self.caps)
        try:
            return builder.document(), builder.problems, None
        except CapReached:
            return None, builder.problems, None
        except SyntaxFailure as failure:
            return None, builder.problems, failure

    def _mended(self, source: Source, findings: list[Finding]) -> Source:
        """The text with the findings mended, or the same object when nothing can be."""
        lines = list(source.lines)
        for finding in findings:
            self.found.setdefault(finding.line, finding)
            if finding.repair is not None:
                lines[finding.line] = finding.repair
        return source if lines == source.lines else Source(source.file, "\n".join(lines))

    def _level_is_guessed(self) -> bool:
        return any(diagnose.hides_levels(self.source, finding) for finding in self.found.values())

    def _has_enough(self) -> bool:
        """Whether more reading would only repeat itself: a lost indentation shifts everything below it."""
        of_structure = sum(finding.code in _STRUCTURE for finding in self.found.values())
        return of_structure >= _MOST_OF_STRUCTURE or len(self.found) >= self.caps.problems

    def _credible(self, problems: list[Problem]) -> list[Problem]:
        """The problems of the tree that are not a consequence of a mended line."""
        broken = [line for line, finding in self.found.items() if finding.code in _STRUCTURE]
        if self._level_is_guessed():
            broken.append(0)
        doubtful_from = min(broken, default=len(self.source.lines))
        return [
            problem
            for problem in problems
            if problem.position is not None
            and problem.position.line - 1 not in self.found
            and not (problem.code in _DOUBTFUL and problem.position.line - 1 >= doubtful_from)
        ]


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.position.line, problem.position.column) if problem.position else (0, 0)
