"""A process that does duties or pays on an instance, and may die at a chosen point.

    python working_child.py URL FOLDER drain|pay|doubling

It starts working when a line comes on its input. `doubling` drains with the protection switched off: documents and
messages bear random ids, as if nothing told a second try from a second thing.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from uuid import uuid4

import dying_plugins
import worked
from guichet.services import documents, notices
from guichet.services.payments import run_payments
from guichet.worker.loop import drain
from shipped_plugins import shipped_plugins


def main(url: str, folder: str, work: str) -> None:
    """Open the instance, say so, wait for the word, work, say `done`."""
    dying = shipped_plugins(disabled=dying_plugins.REPLACED, extra={"dying": dying_plugins})
    if work == "doubling":
        documents.id_for = notices.id_for = lambda *_parts: str(uuid4())
    cases = worked.opened_cases(url, Path(folder), plugins=dying)
    print("ready", flush=True)
    sys.stdin.readline()
    if work == "pay":
        report = run_payments(cases, date(2020, 4, 20))
        print(len(report.delivered), report.lines, report.cents, *report.failed, flush=True)
    else:
        print(drain(cases, threads=2), flush=True)
    cases.store.close()
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
