"""`guichet journal`: shows that nothing was rewritten, and gives the journal to whoever wants to check it alone."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

from guichet.errors import Problem, ProblemsFound, guess
from guichet.locale import Text, format_number
from guichet.services.cases import UseCases
from guichet.storage import journal
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Journal : une ligne par acte, enchaînées par empreinte, territoire par territoire.",
    en="Journal: a line for each act, chained by hash, territory by territory.",
)
_VERIFY = Text(
    fr="Vérifie que chaque ligne découle de la précédente. Un repère gardé ailleurs montre que la chaîne n'a pas été"
    " récrite en entier.",
    en="Verify that each line follows from the one before. A checkpoint kept elsewhere shows that the chain was not"
    " rewritten whole.",
)
_EXPORT = Text(
    fr="Écrit un fichier par journal et le programme qui les vérifie sans Guichet, avec Python seul.",
    en="Write a file for each journal and the program that verifies them without Guichet, with Python alone.",
)
_TERRITORIES = Text(
    fr="Journal, comme reg-53 ou instance (tous sinon).", en="Journal, such as reg-53 or instance (else all)."
)
_CHECKPOINT = Text(
    fr="Repère TERRITOIRE:NUMÉRO:EMPREINTE ; peut être répété.", en="Checkpoint TERRITORY:NUMBER:HASH; may be repeated."
)
_TO = Text(fr="Dossier où écrire.", en="Folder to write to.")
_WHOLE = Text(
    fr="{territory} : chaîne entière (lignes : {lines}, purgées : {purged})",
    en="{territory}: chain whole (lines: {lines}, purged: {purged})",
)
_BROKEN = Text(
    fr="{territory} : chaîne rompue (lignes : {lines}, anomalies : {faults})",
    en="{territory}: chain broken (lines: {lines}, faults: {faults})",
)
_WRITTEN = Text(fr="{path}  repère {checkpoint}", en="{path}  checkpoint {checkpoint}")
_EMPTY = Text(fr="Aucun journal : il ne s'est encore rien passé.", en="No journal: nothing has happened yet.")
_PROGRAM = "verify_journal.py"


@bilingual.group("journal", text=_ABOUT)
def command() -> None:
    """Groups the commands about the journal."""


@command.command("verify", cls=bilingual.Command, text=_VERIFY, options_metavar="[OPTIONS]")
@bilingual.argument("territories", nargs=-1, text=_TERRITORIES)
@bilingual.option("--checkpoint", "checkpoints", multiple=True, text=_CHECKPOINT)
@pass_terminal
def verify(terminal: Terminal, territories: tuple[str, ...], checkpoints: tuple[str, ...]) -> int:
    """Verifies chains; exits with 1 when one is broken."""
    kept = _checkpoints(checkpoints)
    broken = False
    with open_instance(terminal) as cases:
        for territory in _chains(terminal, cases, (*territories, *kept)):
            chain = cases.store.read(
                lambda tx, territory=territory: journal.verify(tx, territory, kept.get(territory, {}))
            )
            lines, faults = format_number(chain.number, 0, terminal.language), len(chain.faults)
            said = _BROKEN if chain.faults else _WHOLE
            terminal.say(said, territory=territory, lines=lines, purged=chain.purged, faults=faults)
            for fault in chain.faults:
                terminal.out.print(f"  {fault}", markup=False, highlight=False, soft_wrap=True)
            broken = broken or bool(chain.faults)
    return 1 if broken else 0


@command.command("export", cls=bilingual.Command, text=_EXPORT, options_metavar="[OPTIONS]")
@bilingual.argument("territories", nargs=-1, text=_TERRITORIES)
@bilingual.option("--to", "folder", default="journal", text=_TO)
@pass_terminal
def export(terminal: Terminal, territories: tuple[str, ...], folder: str) -> None:
    """Writes chains as files, and beside them the program that checks them."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with open_instance(terminal) as cases:
        for territory in _chains(terminal, cases, territories):
            path = target / f"{territory}.jsonl"
            head = cases.store.read(lambda tx, territory=territory, path=path: _write(tx, territory, path))
            terminal.say(_WRITTEN, path=path, checkpoint=f"{territory}:{head.number}:{head.hash}")
    with as_file(files("guichet.storage") / _PROGRAM) as program:
        shutil.copyfile(program, target / _PROGRAM)


def _write(tx: journal.Tx, territory: str, path: Path) -> journal.Head:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(journal.export(tx, territory))
    return next(head for head in journal.heads(tx) if head.territory == territory)


def _chains(terminal: Terminal, cases: UseCases, named: Sequence[str]) -> list[str]:
    known = [head.territory for head in cases.store.read(journal.heads)]
    if not known:
        terminal.say(_EMPTY)
    unknown = [name for name in named if name not in known]
    if unknown:
        problems = (Problem("run.unknown_chain", {"territory": name, **guess(name, known)}) for name in unknown)
        raise ProblemsFound(problems)
    return list(dict.fromkeys(named)) or known


def _checkpoints(texts: Sequence[str]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for text in texts:
        territory, _, rest = text.partition(":")
        number, _, digest = rest.partition(":")
        if not (territory and digest and number.isascii() and number.isdigit()):
            raise ProblemsFound([Problem("run.bad_checkpoint", {"text": text})])
        found.setdefault(territory, {})[int(number)] = digest
    return found
