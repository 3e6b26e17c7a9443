"""`guichet pay`: the day's payment files, and what became of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guichet.errors import Problem, ProblemsFound, guess
from guichet.locale import Text, format_day, format_money, format_number
from guichet.model.records import Batch
from guichet.services.cases import UseCases
from guichet.services.payments import run_payments
from guichet.storage import batch_answers, holds, payment_runs
from guichet.storage import returns as returns_read
from guichet.storage.returns import RejectedReturnLine
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.pay_accountant import resume, returns, suspend
from guichet_cli.pay_settle import settle
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY

__all__ = ["command"]

_ABOUT = Text(fr="Fichiers de paiement.", en="Payment files.")
_RUN = Text(
    fr="Écrit et remet les fichiers de paiement d'un jour : chaque mise en paiement est dans un fichier et un seul. Une"
    " deuxième fois le même jour ne trouve rien de nouveau.",
    en="Write and deliver the payment files of a day: each payment order is in one file and no other. A second run of"
    " the same day finds nothing new.",
)
_SHOW = Text(
    fr="Montre les lots et les mises en paiement tenues à l'écart.", en="Show the batches and the orders set aside."
)
_DATE = Text(fr="Jour du lot, comme 2020-04-20.", en="Day of the batch, such as 2020-04-20.")
_SCHEME = Text(fr="Un seul dispositif.", en="One scheme only.")
_BATCH = Text(
    fr="{territory} : {lines} mises en paiement, {amount}, {file}",
    en="{territory}: {lines} orders, {amount}, {file}",
    fr_one="{territory} : {lines} mise en paiement, {amount}, {file}",
    en_one="{territory}: {lines} order, {amount}, {file}",
)
_ASIDE = Text(fr="{dossier} : mis à l'écart, {amount}. {reason}", en="{dossier}: set aside, {amount}. {reason}")
_FAILED = Text(
    fr="{territory} : le fichier n'est pas parti, rien n'est perdu : relancez une fois la cause levée. {error}",
    en="{territory}: the file did not leave, nothing is lost: run again once the cause is mended. {error}",
)
_TOTAL = Text(
    fr="Total du {day} : {amount} (fichiers : {files}, mises en paiement : {lines})",
    en="Total of {day}: {amount} (files: {files}, orders: {lines})",
)
_HOLD = Text(
    fr="{scheme}, {territory} : paiements suspendus depuis le {day}, aucun fichier ne part. {because}",
    en="{scheme}, {territory}: payments suspended since {day}, no file leaves. {because}",
)
_NOTHING = Text(fr="{day} : rien à payer", en="{day}: nothing to pay")
_SHOWN = Text(
    fr="{day}  {scheme}  {territory}  n° {number}  {state}  {lines} mises en paiement  {amount}  {file}",
    en="{day}  {scheme}  {territory}  no. {number}  {state}  {lines} orders  {amount}  {file}",
    fr_one="{day}  {scheme}  {territory}  n° {number}  {state}  {lines} mise en paiement  {amount}  {file}",
    en_one="{day}  {scheme}  {territory}  no. {number}  {state}  {lines} order  {amount}  {file}",
)
_STATES = {
    "written": Text(fr="à remettre", en="to deliver"),
    "transmitted": Text(fr="remis", en="delivered"),
    "closed": Text(fr="clos", en="closed"),
}
_REJECTED = Text(
    fr="Montre aussi les lignes rejetées de retours, que rien n'a rétablies depuis, le dernier retour d'abord.",
    en="Show the lines that returns rejected and nothing has put right since as well, the latest return first.",
)
_REJECTED_LINE = Text(
    fr="{scheme}  {territory}  {file}, lu le {day}, ligne {line} rejetée : {because}",
    en="{scheme}  {territory}  {file}, read on {day}, line {line} rejected: {because}",
)
_NO_REJECTED = Text(fr="Aucune ligne de retour rejetée.", en="No rejected line of a return.")
_NO_BATCH = Text(fr="Aucun lot.", en="No batch.")


@bilingual.group("pay", text=_ABOUT)
def command() -> None:
    """Groups the commands about payment files."""


for part in (suspend, resume, returns, settle):
    command.add_command(part)


@command.command("run", cls=bilingual.Command, text=_RUN, options_metavar="[OPTIONS]")
@bilingual.option("--date", "on", type=DAY, required=True, text=_DATE)
@bilingual.option("--scheme", default=None, text=_SCHEME)
@pass_terminal
def run(terminal: Terminal, on: date, scheme: str | None) -> int:
    """Runs the day's payments; exits with 1 when a file did not leave."""
    language = terminal.language
    with open_instance(terminal) as cases:
        _refuse_unknown(cases, scheme)
        report = run_payments(cases, on, scheme)
        since = {hold: cases.day_of(hold.begun_at, hold.territory) for hold in report.held}
    for one in report.delivered:
        terminal.say(
            _BATCH,
            count=one.batch.lines,
            territory=one.batch.territory,
            lines=format_number(one.batch.lines, 0, language),
            amount=format_money(one.batch.cents, language),
            file=_named(one.batch.file_name or one.reference, one.reference),
        )
    for left in report.set_aside:
        terminal.say(_ASIDE, dossier=left.dossier, amount=format_money(left.order.cents, language), reason=left.reason)
    for hold, day in since.items():
        _hold(terminal, hold, day)
    for failed in report.failed:
        terminal.note(_FAILED, territory=failed.territory, error=failed.error)
    said = format_day(on, language)
    if report.delivered:
        files, lines = len(report.delivered), format_number(report.lines, 0, language)
        terminal.say(_TOTAL, day=said, files=files, lines=lines, amount=format_money(report.cents, language))
    elif not (report.failed or report.held):
        terminal.say(_NOTHING, day=said)
    return 1 if report.failed else 0


@command.command("show", cls=bilingual.Command, text=_SHOW, options_metavar="[OPTIONS]")
@bilingual.option("--date", "on", type=DAY, default=None, text=_DATE)
@bilingual.option("--scheme", default=None, text=_SCHEME)
@bilingual.option("--rejected", "rejected_too", is_flag=True, text=_REJECTED)
@pass_terminal
def show(terminal: Terminal, on: date | None, scheme: str | None, rejected_too: bool) -> None:
    """Shows the batches, the latest first, then what is set aside."""
    with open_instance(terminal) as cases:
        _refuse_unknown(cases, scheme)
        batches = cases.store.read(lambda tx: payment_runs.of_days(tx, first=on, last=on, scheme=scheme))
        aside = cases.store.read(lambda tx: payment_runs.set_aside(tx, scheme))
        held = cases.store.read(holds.of_schemes)
        rejected = cases.store.read(lambda tx: returns_read.rejected_lines(tx, scheme))
        since = {hold: cases.day_of(hold.begun_at, hold.territory) for hold in held}
        read_on = [cases.day_of(one.at, one.territory) for one in rejected]
        over = cases.store.read(lambda tx: batch_answers.not_received(tx, [batch.id for batch in batches]))
    if not batches:
        terminal.say(_NO_BATCH)
    for batch in batches:
        _show(terminal, batch, "closed" if batch.id in over else batch.state)
    for hold, day in since.items():
        if scheme in (None, hold.scheme):
            _hold(terminal, hold, day)
    for order, dossier in aside:
        amount = format_money(order.cents, terminal.language)
        terminal.say(_ASIDE, dossier=dossier, amount=amount, reason=order.set_aside_reason or "")
    if rejected_too:
        _show_rejected(terminal, list(zip(rejected, read_on, strict=True)))


def _show_rejected(terminal: Terminal, rejected: Sequence[tuple[RejectedReturnLine, date]]) -> None:
    if not rejected:
        terminal.say(_NO_REJECTED)
    for one, day in rejected:
        terminal.say(
            _REJECTED_LINE,
            scheme=one.scheme,
            territory=one.territory,
            file=one.file_name,
            day=day.isoformat(),
            line=one.line,
            because=one.because or "–",
        )


def _named(file: str, reference: str) -> str:
    """The file, and where it lies when whoever took it names it otherwise."""
    return file if reference == file else f"{file} → {reference}"


def _hold(terminal: Terminal, hold: holds.Hold, since: date) -> None:
    day = format_day(since, terminal.language)
    terminal.note(_HOLD, scheme=hold.scheme, territory=hold.territory, day=day, because=hold.because)


def _refuse_unknown(cases: UseCases, scheme: str | None) -> None:
    """Refuses a scheme that nothing here is published nor owed under: a slip would find nothing to pay."""
    owed = cases.store.read(payment_runs.places)
    known = {name for name, _ in (*cases.snapshots.all_current(), *owed)}
    if scheme is not None and scheme not in known:
        raise ProblemsFound([Problem("unknown_scheme", guess(scheme, sorted(known)))])


def _show(terminal: Terminal, batch: Batch, state: str) -> None:
    terminal.say(
        _SHOWN,
        count=batch.lines,
        day=batch.on_day.isoformat(),
        scheme=batch.scheme,
        territory=batch.territory,
        number=batch.number,
        state=terminal.text(_STATES[state]),
        lines=format_number(batch.lines, 0, terminal.language),
        amount=format_money(batch.cents, terminal.language),
        file=batch.file_name or "–",
    )
