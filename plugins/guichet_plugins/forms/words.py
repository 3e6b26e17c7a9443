"""What stands on a page without asking anything: an explanation, the heading of a section."""

from __future__ import annotations

from typing import Any, Literal

from guichet import Context, FieldType, NoOptions, Options, Raw, Type


class NoteOptions(Options):
    """How the explanation stands out."""

    french = {
        "tone": "Comment elle ressort.",
    }

    tone: Literal["info", "warning"] = "info"
    """How it stands out."""


class Note(FieldType[NoteOptions]):
    """An explanation: its label is its title, its help its text."""

    key = "note"
    Options = NoteOptions
    widget = "note"

    def rule_type(self, options: NoteOptions) -> Type | None:
        """There is no value."""
        return None

    def parse(self, raw: Raw, options: NoteOptions, context: Context) -> None:
        """There is no value."""

    def show(self, value: None, options: NoteOptions, language: str) -> str:
        """There is no value."""
        return ""

    def json_schema(self, options: NoteOptions) -> dict[str, Any]:
        """There is no value."""
        return {"type": "null"}


class Section(FieldType[NoOptions]):
    """The heading of a group of questions: its label."""

    key = "section"
    Options = NoOptions
    widget = "heading"

    def rule_type(self, options: NoOptions) -> Type | None:
        """There is no value."""
        return None

    def parse(self, raw: Raw, options: NoOptions, context: Context) -> None:
        """There is no value."""

    def show(self, value: None, options: NoOptions, language: str) -> str:
        """There is no value."""
        return ""

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """There is no value."""
        return {"type": "null"}
