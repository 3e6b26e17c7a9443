"""`guichet pay suspend`, `resume`, `returns`: what the accountant does after the file."""

from __future__ import annotations

from pathlib import Path

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text, Texts, format_money, format_number
from guichet.plugin import PluginFailed, PluginSetAside
from guichet.plugin.contracts import PluginError
from guichet.services.cases import UseCases
from guichet.services.payment_returns import Imported, import_returns
from guichet.services.refusals import Refused
from guichet.services.suspensions import Moved, resume_payments, suspend_payments
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import FILE

__all__ = ["resume", "returns", "suspend"]

_SUSPEND = Text(
    fr="Suspend les paiements d'un dispositif dans un territoire, ou certaines mises en paiement : plus aucun fichier"
    " ne part, et chaque demandeur reçoit un message avec la raison. Relancée, la commande ne change rien.",
    en="Suspend the payments of a scheme in a territory, or some orders: no file leaves any more, and each applicant"
    " gets a message with the reason. Run again, it changes nothing.",
)
_RESUME = Text(
    fr="Reprend les paiements suspendus : chaque mise en paiement part dans un prochain fichier, et un seul.",
    en="Resume suspended payments: each order leaves in one later file and no other.",
)
_RETURNS = Text(
    fr="Lit ce que répond le comptable, ou son logiciel : mandaté, payé, rejeté, suspendu. Le même fichier deux fois ne"
    " change rien.",
    en="Read what the accountant, or their software, answers: accepted, paid, rejected, suspended. The same file twice"
    " changes nothing.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_FILE = Text(fr="Fichier du retour.", en="File of the return.")
_TERRITORY = Text(fr="Territoire, comme dep-74.", en="Territory, such as dep-74.")
_BECAUSE = Text(fr="Raison, que liront les demandeurs.", en="Reason, which applicants will read.")
_ORDER = Text(
    fr="Référence d'une mise en paiement ; l'option peut être répétée. Sans elle, toutes.",
    en="Reference of an order; the option may be repeated. Without it, all of them.",
)
_SUSPENDED = Text(fr="Mises en paiement suspendues : {number}, {amount}.", en="Orders suspended: {number}, {amount}.")
_RESUMED = Text(
    fr="Mises en paiement reprises : {number}, {amount}. Elles partent avec le prochain fichier.",
    en="Orders resumed: {number}, {amount}. They leave with the next file.",
    fr_one="Mises en paiement reprises : {number}, {amount}. Elle part avec le prochain fichier.",
    en_one="Orders resumed: {number}, {amount}. It leaves with the next file.",
)
_NONE_RESUMED = Text(
    fr="Aucune mise en paiement n'était suspendue : rien n'est repris.",
    en="No order was suspended: nothing is resumed.",
)
_HELD = Text(
    fr="{territory} : aucun fichier ne part plus, jusqu'à « guichet pay resume ».",
    en='{territory}: no file leaves any more, until "guichet pay resume".',
)
_RELEASED = Text(fr="{territory} : les fichiers partent de nouveau.", en="{territory}: files leave again.")
_LEFT = Text(fr="{order} : laissée, {state}.", en="{order}: left, {state}.")
_LEDGER = Text(
    fr="{file} : lignes lues {read} = appliquées {applied} + inchangées {unchanged} + rejetées {rejected}.",
    en="{file}: lines read {read} = applied {applied} + unchanged {unchanged} + rejected {rejected}.",
)
_LINE = Text(fr="ligne {line} : {reason}", en="line {line}: {reason}")
_CELL = Text(fr="ligne {line}, colonne {column} : {reason}", en="line {line}, column {column}: {reason}")


@bilingual.command("suspend", text=_SUSPEND)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", required=True, text=_TERRITORY)
@bilingual.option("--because", required=True, text=_BECAUSE)
@bilingual.option("--order", "orders", multiple=True, text=_ORDER)
@pass_terminal
def suspend(terminal: Terminal, scheme: str, territory: str, because: str, orders: tuple[str, ...]) -> int:
    """Suspends; exits with 1 when an order named could not be."""
    with open_instance(terminal) as cases:
        where = _place(cases, scheme, territory)
        try:
            moved = suspend_payments(cases, scheme, where, because, references=orders)
        except Refused as error:
            raise _problem(terminal, error) from error
    return _told(terminal, moved, where, _SUSPENDED, _HELD)


@bilingual.command("resume", text=_RESUME)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", required=True, text=_TERRITORY)
@bilingual.option("--because", default="", text=_BECAUSE)
@bilingual.option("--order", "orders", multiple=True, text=_ORDER)
@pass_terminal
def resume(terminal: Terminal, scheme: str, territory: str, because: str, orders: tuple[str, ...]) -> int:
    """Resumes; exits with 1 when an order named could not be."""
    with open_instance(terminal) as cases:
        where = _place(cases, scheme, territory)
        moved = resume_payments(cases, scheme, where, because, references=orders)
    return _told(terminal, moved, where, _RESUMED if moved.orders else _NONE_RESUMED, _RELEASED)


@bilingual.command("returns", text=_RETURNS)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.argument("file", type=FILE, text=_FILE)
@bilingual.option("--territory", required=True, text=_TERRITORY)
@pass_terminal
def returns(terminal: Terminal, scheme: str, file: Path, territory: str) -> int:
    """Reads a return; exits with 1 when it rejects a line, which somebody must look at."""
    language = terminal.language
    with open_instance(terminal) as cases:
        imported = _imported(terminal, cases, scheme, _place(cases, scheme, territory), file)
    ledger = imported.ledger
    counts = ("read", "applied", "unchanged", "rejected")
    numbers = {name: format_number(getattr(ledger, name), 0, language) for name in counts}
    terminal.say(_LEDGER, file=ledger.file_name, **numbers)
    for one in imported.rejected:
        text = _CELL if one.column else _LINE
        terminal.note(text, line=one.line, column=one.column, reason=one.reason.text(language))
    return 1 if imported.rejected else 0


def _place(cases: UseCases, scheme: str, territory: str) -> str:
    """The territory, and a scheme published there."""
    where = cases.territories.find(territory).id
    if cases.snapshots.current(scheme, where) is None:
        raise ProblemsFound([Problem("run.not_published", {"scheme": scheme, "territories": [where]})])
    return where


def _imported(terminal: Terminal, cases: UseCases, scheme: str, territory: str, file: Path) -> Imported:
    try:
        return import_returns(cases, scheme, territory, file, language=terminal.language)
    except PluginError as error:
        problem = Problem("run.return_refused", {"path": file, "reason": error.text(terminal.language)})
    except (PluginFailed, PluginSetAside) as error:
        problem = Problem("run.plugin_failed", {"plugin": error.plugin, "error": str(error)})
    except Refused as error:
        problem = _problem(terminal, error).problems[0]
    raise ProblemsFound([problem])


def _problem(terminal: Terminal, error: Refused) -> ProblemsFound:
    reason = Texts(terminal.language)(f"refusals.{error.code}", **error.data)
    return ProblemsFound([Problem("run.payment_refused", {"reason": reason})])


def _told(terminal: Terminal, moved: Moved, territory: str, done: Text, held: Text) -> int:
    language, say = terminal.language, Texts(terminal.language)
    number, amount = format_number(moved.orders, 0, language), format_money(moved.cents, language)
    terminal.say(done, count=moved.orders, number=number, amount=amount)
    if moved.held:
        terminal.say(held, territory=territory)
    for order, state in moved.left:
        terminal.note(_LEFT, order=order, state=say(f"instruction.order_{state}").lower())
    return 1 if moved.left else 0
