"""A scheme under check, with what gives the place of any part of it."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.catalogue import CompiledScheme, PluginsNeeded
from guichet.errors import Problem, Severity, guess
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
        """The fields of the application, in the order of the form."""
        return list(self.scheme.fields())

    def is_of(self, declared: str, wanted: str) -> bool:
        """Whether a type of field is the one wanted; one that nobody knows is told elsewhere, and may be."""
        unknown = self.plugins is not None and declared not in self.plugins.field_types
        return declared == wanted or unknown

    def problem(self, code: str, path: Path, *, severity: Severity = "error", **data: object) -> Problem:
        """A problem of what stands at a path."""
        return Problem(code, data, place(self.node, path), path, severity)

    def unknown(self, code: str, path: Path, value: str, choices: list[str], *, of_key: bool = False) -> Problem:
        """A name that is none of the choices, at a path or as the key that ends it."""
        return Problem(code, guess(value, choices), place(self.node, path, of_key=of_key), path)

    def unread(self, code: str, path: Path, name: str) -> Problem:
        """A warning about a name that nothing reads, at the key that declares it."""
        return Problem(code, {"value": name}, place(self.node, path, of_key=True), path[:-1], "warning")

    def is_shared(self, path: Path) -> bool:
        """Whether a part comes from a shared block, which may bring more than one scheme needs."""
        return "_blocks/" in place(self.node, path, of_key=True).file
