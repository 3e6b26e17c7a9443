"""A workspace over a small scheme spread over files, as an author writes one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from declarations import SCHEME
from guichet.editor.workspace import Workspace
from guichet.settings import Settings
from shipped_plugins import shipped_plugins

EXAMPLES = """\
format: 1
examples:
  petit:
    title: Petit
    answers: {effectif: 5, annule: true, perte: 300 €, titulaire: Martin, iban: FR7630006000011234567890189}
    expect: {outcome: eligible, amount: 300 €}
  grand:
    title: Grand
    like: petit
    answers: {effectif: 50}
    expect: {outcome: not_eligible, failed: [petit]}
  plus_tard:
    title: Après la seconde version
    like: petit
    on: 2020-06-15
    expect: {outcome: eligible, amount: 300 €}
"""
OVERLAY = """\
format: 1
set:
  calendar.closes: 2020-07-15
"""
SCHEME_FILE, EXAMPLES_FILE = "schemes/essai/scheme.yaml", "schemes/essai/examples.yaml"
OVERLAY_FILE = "regions/dep-74-haute-savoie/overlays/essai.yaml"


@dataclass(frozen=True, slots=True)
class Written:
    """The workspace, and where its files lie."""

    workspace: Workspace
    folder: Path

    def path(self, name: str = SCHEME_FILE) -> Path:
        """Give a file's path."""
        return self.folder / name

    def text(self, name: str = SCHEME_FILE) -> str:
        """Give a file's text as it now stands."""
        return self.workspace.files.text(self.path(name))

    def type(self, old: str, new: str, name: str = SCHEME_FILE) -> None:
        """Change the open text of a file in one place."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        self.workspace.files.put(self.path(name), text.replace(old, new))

    def place(self, mark: str, name: str = SCHEME_FILE, *, after: int = 0) -> tuple[int, int]:
        """Give the line and column, counted from 1, of the only place where something stands."""
        text = self.text(name)
        assert text.count(mark) == 1, f"{mark!r} stands {text.count(mark)} times"
        before = text[: text.index(mark) + after]
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def a_workspace(folder: Path, language: str = "fr", files: dict[str, str] | None = None) -> Written:
    """Give a workspace over the small scheme `essai`, its examples, and an overlay of it."""
    written = {SCHEME_FILE: SCHEME, EXAMPLES_FILE: EXAMPLES, OVERLAY_FILE: OVERLAY, **(files or {})}
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = replace(Settings(), instance=folder)
    return Written(Workspace(settings, shipped_plugins(), folder, "en" if language == "en" else "fr"), folder)
