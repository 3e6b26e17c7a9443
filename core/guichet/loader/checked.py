"""A scheme under check, with what gives the place of any part of it."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.catalogue import CompiledScheme, PluginsNeeded
from guichet.errors import Problem, guess
from guichet.loader.declaration import place
from guichet.loader.reader import Node
from guichet.model.scheme import Scheme
from guichet.model.territories import Territories

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One scheme under check."""

    scheme: Scheme
    node: Node
    territories: Territories
    plugins: PluginsNeeded | None = None
    compiled: CompiledScheme | None = None
    """The scheme with its rules as programs; None while only what is written can be judged."""

    @property
    def fields(self) -> list[str]:
        return list(self.scheme.fields())

    def problem(self, code: str, path: Path, *, severity: str = "error", **data: object) -> Problem:
        level = "warning" if severity == "warning" else "error"
        return Problem(code, data, place(self.node, path), path, level)

    def unknown(self, code: str, path: Path, value: str, choices: list[str]) -> Problem:
        return Problem(code, guess(value, choices), place(self.node, path), path)

    def unread(self, code: str, path: Path, name: str) -> Problem:
        """A warning about a name that nothing reads, at the key that declares it."""
        return Problem(code, {"value": name}, place(self.node, path, of_key=True), path[:-1], "warning")

    def is_shared(self, path: Path) -> bool:
        """Whether a part comes from a shared block, which may bring more than one scheme needs."""
        return "_blocks/" in place(self.node, path, of_key=True).file
