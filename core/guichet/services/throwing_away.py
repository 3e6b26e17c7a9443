"""What was forgotten leaves the disk too: the act that forgets owes it, and it is done at once.

Cut short between the two, a worker does what is left: no mail, no payment file keeps a name that the books let go of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Any

from guichet.services.attachments import files_folder
from guichet.services.cases import UseCases
from guichet.services.deliveries import FOLDER
from guichet.storage import Tx, blobs, erasure, outbox

__all__ = ["forget_dossiers", "throw_away", "throw_away_duty"]

_KIND = "throw_away"


def forget_dossiers(cases: UseCases, choose: Callable[[Tx], Sequence[str]]) -> tuple[int, int]:
    """Forget the dossiers that `choose` gives, with their files; gives how many dossiers and how many files."""
    looked_at = blobs.instant_of(files_folder(cases))

    def act(tx: Tx) -> tuple[int, Mapping[str, Any], str | None]:
        erased = erasure.erase(tx, choose(tx))
        owed = {
            "files": list(erased.files),
            "looked_at": looked_at.isoformat(),
            "payments": list(erased.payment_files),
            "messages": list(erased.notices),
        }
        return len(erased.ids), owed, outbox.put(tx, _KIND, owed) if erased.ids else None

    dossiers, owed, duty = cases.store.act(act)
    files = throw_away(cases, owed)
    if duty is not None:
        cases.store.act(lambda tx: outbox.let_go(tx, duty))
    return dossiers, files


def throw_away_duty(cases: UseCases, payload: Mapping[str, Any]) -> None:
    """Do the duty `throw_away {files, looked_at, payments, messages}`."""
    throw_away(cases, payload)


def throw_away(cases: UseCases, owed: Mapping[str, Any]) -> int:
    """Remove attachments and letters, messages that became files, payment files; gives how many there were.

    A file that a page has brought again since nobody named it stays.
    """
    before = datetime.fromisoformat(str(owed["looked_at"]))
    gone = sum(blobs.forget(files_folder(cases), str(one), before=before) for one in owed["files"])
    gone += sum(_removed(cases.folder / FOLDER, str(name)) for name in owed["payments"])
    return gone + sum(_removed(cases.folder, f"{one}.eml") for one in owed["messages"])


def _removed(folder: Path, name: str) -> int:
    found = list(folder.rglob(escape(Path(name).name)))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
