"""Duties: what is owed outside the request, by kind. A duty function takes `(cases, payload)` and may be run again.

| kind | payload | put by | does |
| --- | --- | --- | --- |
| `pre_instruct` | dossier | filing | intake, admissibility, amount, indicators |
| `receipt` | dossier | filing | the receipt's PDF, then `notice filed` |
| `letter` | dossier, decision | the deciding act | the decision's PDF, its notification, then `notice decided` |
| `notice` | dossier, event, decision?, order?, message? | any act | one message, written once and sent |
| | and channel, beside | the mail of the event | what the scheme sends also, through that channel |
| `claim_papers` | recovery | a claim | its letter, then what the accountant needs to collect it |
| `deliver_batch` | batch | a payment run | finishes a batch that its run left behind |
| `pay` | scheme, territory, day | the schedule | the day's payment file |
| `money_came_back` | dossier | a return | what its undone decision held goes back to the envelope |
| `resume_waiting` | scheme, territory | a release, the schedule | calls waiting dossiers back, by filing instant |
| `reevaluate` | scheme, territory, day | the schedule | judges again the dossiers whose rules changed that day |
| `fetch_list` | scheme, list, territory?, day | the schedule | fetches what changed in a list that a service keeps |
| `enrich` | dossier | filing | asks the sources that were silent, fills what was left for later |
| `bring_files` | dossier, number | the filing of a row of a list | the files that the row brings |
| `recheck` | scheme, territory? | a list import | judges again dossiers held at the gate, files what a list brings |
| `sender_test` | territory, to, code | the launch list | a test message, whose reader quotes its code |
| `webhook` | webhook, message, event, told | following the journals | tells another software of an event |
| `write_back` | dossier, decision | the deciding act | tells the decision to the software where the applicant filed |
| `forget` | scheme, territory, day | the schedule | forgets the dossiers whose time is over |
| `throw_away` | files, looked_at, payments, messages | forgetting | the files of what was forgotten leave the disk |
| `sign_in_mail` | sign_in, territory, then, language | a sign-in | the link and the code |

The worker adds `duty`, the id of the outbox row, to the payload. A duty that is done twice must change nothing the
second time: documents and messages bear ids that follow from what they are about, orders and batches are unique.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

from guichet.plugin.contracts import PluginError, Unavailable
from guichet.services.cases import UseCases
from guichet.services.claim_papers import write_claim_papers
from guichet.services.deliveries import deliver_batch
from guichet.services.enrichments import enrich
from guichet.services.envelopes import resume_waiting
from guichet.services.letters import write_letter
from guichet.services.list_fetches import fetch_duty
from guichet.services.notices import give_up_notice, send_notice
from guichet.services.payments import run_duty
from guichet.services.pre_instruction import pre_instruct
from guichet.services.pulled_files import bring_files, give_up_files
from guichet.services.pulling import pull_duty
from guichet.services.readiness.sender import send_test
from guichet.services.receipts import write_receipt
from guichet.services.rechecks import recheck_held
from guichet.services.recoveries import money_came_back
from guichet.services.reevaluation import reevaluate
from guichet.services.retention import forget_duty
from guichet.services.sign_in import send_sign_in
from guichet.services.throwing_away import throw_away_duty
from guichet.services.webhooks.sending import send_event
from guichet.services.write_backs import give_up_write_back, write_back
from guichet.storage.errors import NotFoundError
from guichet.storage.outbox import SOON, Tries

__all__ = [
    "DUTIES",
    "MOST_KILLS",
    "OUTSIDE",
    "Duty",
    "KilledItsWorkers",
    "UnknownDuty",
    "cannot_help",
    "given_up",
    "perform",
    "tries_of",
]

Duty: TypeAlias = Callable[[UseCases, Mapping[str, Any]], None]


class UnknownDuty(LookupError):  # noqa: N818  reads as the fact it states
    """No function does duties of this kind: an older worker than the act that put it."""


class KilledItsWorkers(RuntimeError):  # noqa: N818  reads as the fact it states
    """A duty is tried no more: the workers that held it did not come back."""

    def __init__(self, kills: int, last_error: str | None) -> None:
        said = f"; before that: {last_error}" if last_error else ""
        super().__init__(f"{kills} workers in a row held it and did not come back{said}")


def _pre_instruct(cases: UseCases, payload: Mapping[str, Any]) -> None:
    pre_instruct(cases, str(payload["dossier"]))


def _recheck(cases: UseCases, payload: Mapping[str, Any]) -> None:
    recheck_held(cases, payload)
    pull_duty(cases, payload)


DUTIES: Mapping[str, Duty] = MappingProxyType(
    {
        "pre_instruct": _pre_instruct,
        "receipt": write_receipt,
        "letter": write_letter,
        "notice": send_notice,
        "claim_papers": write_claim_papers,
        "deliver_batch": deliver_batch,
        "pay": run_duty,
        "money_came_back": money_came_back,
        "resume_waiting": resume_waiting,
        "fetch_list": fetch_duty,
        "enrich": enrich,
        "bring_files": bring_files,
        "recheck": _recheck,
        "reevaluate": reevaluate,
        "sign_in_mail": send_sign_in,
        "write_back": write_back,
        "webhook": send_event,
        "sender_test": send_test,
        "forget": forget_duty,
        "throw_away": throw_away_duty,
    }
)


OUTSIDE = frozenset({"bring_files", "deliver_batch", "enrich", "notice", "webhook", "write_back"})
"""The duties that another's machine has to answer: it may be down for a night, or from a Friday to a Monday."""
_OUTSIDE_TRIES = Tries(most=47, longest=timedelta(hours=2))  # about three days


MOST_KILLS = 5
"""How many workers in a row a duty may end, whatever its kind: each is a process, and all other work waits for it."""


def tries_of(kind: str) -> Tries:
    """How long a duty is tried; a message with a link that expires is not kept for days."""
    return _OUTSIDE_TRIES if kind in OUTSIDE else SOON


def perform(cases: UseCases, kind: str, payload: Mapping[str, Any]) -> None:
    """Do a duty; raises what it raises, and UnknownDuty."""
    if kind not in DUTIES:
        raise UnknownDuty(kind)
    DUTIES[kind](cases, payload)


def cannot_help(error: Exception) -> bool:
    """Whether trying again cannot help: someone has to act first."""
    if isinstance(error, PluginError):
        return not isinstance(error, Unavailable)
    return isinstance(error, NotFoundError | KilledItsWorkers)


def given_up(cases: UseCases, kind: str, payload: Mapping[str, Any], error: Exception) -> None:
    """Show, beside its dossier, what will not be done: a message, a decision told elsewhere, files to bring."""
    if kind == "notice":
        give_up_notice(cases, payload)
    if kind == "bring_files":
        give_up_files(cases, payload, error)
    if kind == "write_back":
        give_up_write_back(cases, payload, error)
