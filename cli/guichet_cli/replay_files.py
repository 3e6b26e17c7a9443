"""The files of a replay: every dossier, those to examine again, the totals. A reference is all they say of a person."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from guichet.engine.replays import Replayed, Summary, as_totals
from guichet.errors import Problem, ProblemsFound
from guichet.locale import Language, Texts

__all__ = ["check_folder", "write_files"]

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


def check_folder(folder: Path) -> None:
    """Refuse a folder that exists: nothing is overwritten."""
    if folder.exists():
        raise ProblemsFound([Problem("cli.replay_out", {"path": folder})])


def write_files(
    folder: Path,
    found: Sequence[Replayed],
    listed: Sequence[Replayed],
    summaries: dict[str, Summary],
    language: Language,
) -> list[Path]:
    """The files written: all dossiers where they are given, and those to examine again; totals as JSON."""
    folder.mkdir(parents=True)
    table, again = folder / "dossiers.csv", folder / "reexamination.csv"
    if found:
        _write_csv(table, found, language)
    _write_csv(again, listed, language)
    as_json, totals = folder / "reexamination.json", folder / "totals.json"
    _write_json(as_json, [one.as_json() for one in listed])
    _write_json(totals, as_totals(summaries))
    return [*([table] if found else []), again, as_json, totals]


def _write_csv(path: Path, found: Sequence[Replayed], language: Language) -> None:
    """A table that a French spreadsheet opens: UTF-8 with its mark, semicolons."""
    say = Texts(language)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerow([say(f"replay.column_{name}") for name in _COLUMNS])
        for one in found:
            values = one.as_json()
            writer.writerow([_cell(values[name]) for name in _COLUMNS])


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = " | ".join(cast("list[str]", value)) if isinstance(value, list) else "" if value is None else str(value)
    return (
        f"'{text}"
        if text.startswith(("=", "+", "@", "\t", "\r")) or (text[:1] == "-" and not _is_number(text))
        else text
    )


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdigit()


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
