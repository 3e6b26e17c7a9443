"""The files of a replay: every dossier, those to examine again, the totals. A reference is all they say of a person."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Any, Self, TextIO, cast

from guichet.engine.replays import Replayed, Summary, as_totals
from guichet.errors import Problem, ProblemsFound
from guichet.locale import Language, Texts
from guichet.model.formulas import is_formula

__all__ = ["ReplayFolder", "check_folder"]

_COLUMNS = (
    "reference",
    "territory",
    "change",
    "outcome_before",
    "outcome_after",
    "amount_before_cents",
    "amount_after_cents",
    "difference_cents",
    "end",
    "reasons_before",
    "to_ask",
)


_SPOKEN = {"change": "changes", "outcome_before": "outcome", "outcome_after": "outcome", "end": "end"}
"""Columns whose values are said in words → how their texts begin."""


def check_folder(folder: Path) -> None:
    """Refuse a folder that exists: nothing is overwritten."""
    if folder.exists():
        raise ProblemsFound([Problem("cli.replay_out", {"path": folder})])


class ReplayFolder:
    """A folder that fills while dossiers are replayed, one line each; one that fails half-way leaves nothing."""

    def __init__(self, folder: Path, language: Language) -> None:
        self._folder, self._say = folder, Texts(language)
        self._table = folder / "dossiers.csv"
        self._stream: TextIO | None = None
        self._write: Callable[[Replayed], None] | None = None

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()
        if kind is not None:
            rmtree(self._folder)

    def add(self, one: Replayed) -> None:
        """Write one dossier."""
        if self._write is None:
            self._stream = _opened(self._table)
            self._write = _lines(self._stream, self._say)
        self._write(one)

    def finish(self, listed: Sequence[Replayed], summaries: Mapping[str, Summary]) -> list[Path]:
        """Write the lists and the totals, and give every file written."""
        again = self._folder / "reexamination.csv"
        with _opened(again) as stream:
            write = _lines(stream, self._say)
            for one in listed:
                write(one)
        as_json, totals = self._folder / "reexamination.json", self._folder / "totals.json"
        _write_json(as_json, [one.as_json() for one in listed])
        _write_json(totals, as_totals(summaries))
        return [*([self._table] if self._stream is not None else []), again, as_json, totals]


def _opened(path: Path) -> TextIO:
    """A table that a French spreadsheet opens: UTF-8 with its mark, semicolons."""
    return path.open("w", encoding="utf-8-sig", newline="")


def _lines(stream: TextIO, say: Texts) -> Callable[[Replayed], None]:
    """Writes the heading at once, then gives what writes one dossier, in words."""
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([say(f"replay.column_{name}") for name in _COLUMNS])

    def write(one: Replayed) -> None:
        values = one.as_json()
        writer.writerow([_cell(_said(name, values[name], say)) for name in _COLUMNS])

    return write


def _said(column: str, value: Any, say: Texts) -> Any:
    """A value as people read it: what changes, the outcomes and the end in words."""
    if not value or column not in _SPOKEN:
        return value
    key = f"replay.{_SPOKEN[column]}_{value}"
    return say(key) if say.has(key) else value


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = " | ".join(cast("list[str]", value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if is_formula(text) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdigit()


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
