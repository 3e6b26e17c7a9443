"""A process that fetches a list of tests: `python fetching_child.py FOLDER URL`; made to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from fetched_lists import numbered_plugin
from guichet.model.scheme import ReferenceList
from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.services.list_fetches import fetch_list
from guichet.settings import Settings
from shipped_plugins import shipped_plugins

__all__ = ["a_process", "fetch"]


def a_process(folder: Path) -> UseCases:
    """Give the use cases of a process on the instance in a folder."""
    return build(Settings(), folder=folder, plugins=shipped_plugins(extra={"numbered": numbered_plugin()}))


def fetch(cases: UseCases, url: str) -> tuple[int, int, int]:
    """Fetch the list and give how many rows were read, added, removed."""
    columns = {"name": "text", "amount": "money"}
    declared = {"plugin": "numbered", "key": "siren", "columns": columns, "options": {"base_url": url}}
    ledger = fetch_list(cases, "s", "l", ReferenceList.model_validate(declared)).ledger
    return ledger.read, ledger.added, ledger.removed


if __name__ == "__main__":
    fetch(a_process(Path(sys.argv[1])), sys.argv[2])
