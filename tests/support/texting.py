"""An instance whose scheme also sends text messages, by the plugin of `tests/outside/guichet-texting`.

    python texting.py FOLDER GATEWAY

does the duties that wait there, in a process of its own that may be killed.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from databases import SteppedClock, sqlite_url
from declarations import with_change
from guichet.loader.library import Library, load_library
from guichet.model.records import Dossier
from guichet.plugin import Plugins
from guichet.services.cases import UseCases
from guichet.services.publication import publish
from guichet.settings import shipped_folder
from guichet.storage import outbox
from guichet.worker.loop import drain
from sandboxes import Sandbox, a_door, sandbox
from shipped_plugins import shipped_plugins
from worked import DAY, a_filed_dossier, opened_cases

PACKAGE = Path(__file__).parents[1] / "outside" / "guichet-texting"
TERRITORY, TELEPHONE = "dep-74", "+33612345678"
ANSWERS: dict[str, Any] = {"annule": True, "perte": 20_000, "telephone": TELEPHONE}
ALSO = "notices: {use: messages, completed: {also: {sms: {to: telephone, text: sms_complete}}}}"
TEXTING = with_change(
    "      titulaire: {", "      telephone: {type: phone, label: Téléphone, asked_when: annule}\n      titulaire: {"
)
TEXTING = with_change("notices: {use: messages}", ALSO, TEXTING)
TEXTING = with_change(
    "textes_messages]}", 'textes_messages], sms_complete: "Dossier {dossier.reference} complet."}', TEXTING
)


@dataclass
class Gateway:
    """The gateway of text messages that a test serves: what it took, in order."""

    served: Sandbox
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list[tuple[str, dict[str, Any]]])


def texting_plugins() -> Plugins:
    """Give the shipped plugins and the one that sends text messages."""
    if str(PACKAGE) not in sys.path:
        sys.path.append(str(PACKAGE))
    return shipped_plugins(extra={"texting": importlib.import_module("guichet_texting")})


def texting_library(folder: Path, scheme: str = TEXTING, files: Mapping[str, str] | None = None) -> Library:
    """Give the library of the one scheme `essai`, and other files, where the channel is installed."""
    for name, text in {"schemes/essai/scheme.yaml": scheme, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    declared = (shipped_folder("schemes"), folder / "schemes"), (shipped_folder("regions"), folder / "regions")
    return load_library(*declared, texting_plugins(), shown_from=folder, only=["essai"])


@contextmanager
def a_gateway(served: Any = None) -> Iterator[Gateway]:
    """Serve the gateway over a real socket while the block runs; `served` is told of each message before its answer."""
    texting_plugins()
    channels = importlib.import_module("guichet_texting.notification_channels")
    gateway: list[Gateway] = []

    def take(name: str, said: dict[str, Any]) -> None:
        gateway[0].taken.append((name, said))
        if served is not None:
            served(name)

    with sandbox(channels.a_gateway(take)) as found:
        gateway.append(Gateway(found))
        yield gateway[0]


def opened(folder: Path, url: str, *, clock: SteppedClock | None = None, mode: str = "sandbox") -> UseCases:
    """Open the instance of a folder, whose gateway is at an address; empty for none."""
    folder.mkdir(parents=True, exist_ok=True)
    there, chosen = next(folder.glob("*.sqlite3"), None), clock or SteppedClock(DAY)
    database = f"sqlite:///{there}" if there is not None else sqlite_url(folder)
    cases = opened_cases(database, folder / "instance", clock=chosen, mode=mode, plugins=texting_plugins())
    door = a_door(clock=chosen, mode=mode, hosts=("127.0.0.1",))
    return replace(cases, outside=door, services={"sms": {"base_url": url}} if url else {})


@contextmanager
def a_texting_instance(folder: Path, url: str, **how: Any) -> Iterator[UseCases]:
    """Open a fresh instance with the scheme published, closed at the end."""
    cases = opened(folder, url, **how)
    try:
        publish(cases, texting_library(folder), "essai", (TERRITORY,))
        yield cases
    finally:
        cases.store.close()


def a_told_dossier(cases: UseCases, **values: Any) -> Dossier:
    """Give a filed dossier of which the event `completed` is owed."""
    current = cases.snapshots.current("essai", TERRITORY)
    assert current is not None
    told = {"rules_version": "2020-05-01", "snapshot_hash": current.hash, **values}
    answers = {**ANSWERS, **told.pop("answers", {})}
    dossier = a_filed_dossier(cases, scheme="essai", territory=TERRITORY, answers=answers, **told)
    cases.store.act(lambda tx: outbox.put(tx, "notice", {"dossier": dossier.id, "event": "completed"}))
    return dossier


def main(folder: str, url: str) -> None:
    """Say `ready`, do the duties, say `done`."""
    cases = opened(Path(folder), url)
    print("ready", flush=True)
    drain(cases)
    cases.store.close()
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
