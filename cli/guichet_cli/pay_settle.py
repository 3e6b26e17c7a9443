"""`guichet pay settle`: what the receiver says of a batch that could not be finished."""

from __future__ import annotations

from datetime import date

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text, Texts, format_number
from guichet.services.batch_answers import settle_batch
from guichet.services.refusals import NotFound, Refused
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY

__all__ = ["settle"]

_SETTLE = Text(
    fr="Règle un lot qui n'a pas pu partir, d'après la réponse de son destinataire : il a le fichier, ou ne l'a jamais"
    " eu. Dans ce cas les mises en paiement partent avec le prochain fichier. Demandez au destinataire avant : votre"
    " réponse est au journal.",
    en="Settle a batch that could not leave, as its receiver answered: they have the file, or never had it. Then its"
    " orders leave with the next file. Ask the receiver first: your answer is in the journal.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORY = Text(fr="Territoire, comme dep-74.", en="Territory, such as dep-74.")
_DATE = Text(fr="Jour du lot, comme 2020-04-20.", en="Day of the batch, such as 2020-04-20.")
_NUMBER = Text(fr="Numéro du lot dans sa journée.", en="Number of the batch in its day.")
_ANSWER = Text(
    fr="Le destinataire a le fichier qui paie, ou il ne l'a jamais reçu.",
    en="The receiver has the file that pays, or never received it.",
)
_BECAUSE = Text(fr="Qui a répondu, quand et comment.", en="Who answered, when and how.")
_BY = Text(fr="Votre nom et votre qualité.", en="Your name and quality.")
_TAKEN = Text(fr="Lot remis : {number} mises en paiement.", en="Batch delivered: {number} orders.",
              fr_one="Lot remis : {number} mise en paiement.", en_one="Batch delivered: {number} order.")  # fmt: skip
_FREED = Text(
    fr="Lot clos : {number} mises en paiement partent avec le prochain fichier.",
    en="Batch closed: {number} orders leave with the next file.",
    fr_one="Lot clos : {number} mise en paiement part avec le prochain fichier.",
    en_one="Batch closed: {number} order leaves with the next file.",
)


@bilingual.command("settle", text=_SETTLE)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", required=True, text=_TERRITORY)
@bilingual.option("--date", "on", type=DAY, required=True, text=_DATE)
@bilingual.option("--number", type=int, required=True, text=_NUMBER)
@bilingual.option("--received/--not-received", "received", default=None, required=True, text=_ANSWER)
@bilingual.option("--because", required=True, text=_BECAUSE)
@bilingual.option("--by", required=True, text=_BY)
@pass_terminal
def settle(
    terminal: Terminal,
    scheme: str,
    territory: str,
    on: date,
    number: int,
    received: bool,
    because: str,
    by: str,
) -> None:
    """Settles a batch that was left behind."""
    answer = "received" if received else "not_received"
    with open_instance(terminal) as cases:
        where = cases.territories.find(territory).id
        try:
            done = settle_batch(cases, scheme, where, on, number, answer, because=because, by=by)
        except NotFound as error:
            data = {"scheme": scheme, "territory": where, "day": on.isoformat(), "number": number}
            raise ProblemsFound([Problem("run.no_batch", data)]) from error
        except Refused as error:
            reason = Texts(terminal.language)(f"refusals.{error.code}", **error.data)
            raise ProblemsFound([Problem("run.payment_refused", {"reason": reason})]) from error
    orders = len(done.orders)
    terminal.say(_TAKEN if received else _FREED, count=orders, number=format_number(orders, 0, terminal.language))
