"""The reference of texts: every message by area, and the names that letters and messages may quote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guichet.errors.catalogue import DECLARATIONS, messages_of
from guichet.errors.message import Message
from guichet.model.text_names import LETTER_NAMES, NOTICE_NAMES
from reference_models import in_table

NAMES: dict[str, str] = {
    "dossier.reference": "the dossier's public reference",
    "dossier.filed_on": "the day it was filed",
    "dossier.title": "its title (`title_from`), or its reference",
    "applicant.email": "the applicant's address",
    "scheme.title": "the scheme's title",
    "territory.name": "the territory: « Bretagne »",
    "territory.the": "with its article: « la Bretagne »",
    "territory.of": "of it: « de Bretagne »",
    "territory.in": "in it: « en Bretagne »",
    "territory.council": "the council of the authority that acts for it",
    "territory.prefecture": "its préfecture",
    "territory.tribunal": "the tribunal administratif, ready for a sentence",
    "territory.tribunal_address": "its address",
    "helpdesk.name": "who answers applicants",
    "helpdesk.phone": "their phone",
    "helpdesk.email": "their address",
    "helpdesk.hours": "when they answer",
    "silence.date": "the day on which silence counts as an answer, suspensions included",
    "dates.today": "the day the text bears",
    "link.dossier": "the address at which the applicant follows the dossier",
    "message": "what an agent wrote, for a request of missing attachments",
    "decision.amount": "the amount granted",
    "decision.outcome": "the decision, in words",
    "payment.amount": "the amount of the payment order, else of the decision",
    "payment.reference": "the payment order's reference",
    "payee.name": "the account holder",
    "decision.computed_amount": "the amount by the rules",
    "decision.explanation": "how each criterion and the amount came out, as a list",
    "decision.details": "each of several amounts, and the schedule of an advance; nothing for a plain sum",
    "decision.act_number": "the number of the act",
    "decision.act_date": "its date",
    "decision.issuer": "its issuer (auteur de l'acte), with the article",
    "decision.signatory": "the name of the signatory",
    "decision.quality": "the quality of the signatory",
    "decision.reasons": "every reason, as a Markdown list",
    "decision.reason": "the reasons typed by agents, on one line",
    "transfer.to": "the body that an application was sent on to",
    "transfer.act": "the act that sent it on, with its number, day and signatory; nothing without an act",
    "transfer.reason": "why it was sent on, as an agent wrote it; nothing when they did not",
    "rules.legal": "the text of law of the rule version that judged",
    "rules.version": "the first day of that version",
    "legal.basis": "the text that creates the aid",
    "legal.algorithm": "the purpose of the algorithmic processing",
}

AREAS: dict[str, str] = {
    "agents": "Importing agents",
    "api": "The HTTP API",
    "backup": "Backups and restorations",
    "bulk": "Simulations",
    "cli": "The command line",
    "demo": "The demonstration",
    "doctor": "Diagnosis",
    "editor": "The editor and the formatter",
    "files": "Files",
    "instance": "Installations",
    "language": "Expressions: how they are written",
    "language_types": "Expressions: what they mean",
    "tables": "Bracket tables, several amounts, lists of codes",
    "examples": "Examples and cases",
    "law": "The law",
    "new": "Beginning something",
    "plugin": "Plugins",
    "ready": "Before a real opening",
    "results": "Answers of a simulation",
    "running": "At work",
    "scalars": "Amounts, days, numbers, names",
    "scheme": "Schemes, blocks, overlays",
    "serve": "Serving",
    "storage": "The database",
    "territory": "Territories",
    "slips": "What is allowed and looks like a slip",
    "uses": "What is read by nothing, or not in time",
    "yaml": "YAML itself",
}


def placeholders() -> Iterator[str]:
    """Yields the names that messages and letters may quote."""
    yield from ["## In notices and letters", "", "| write | is |", "| --- | --- |"]
    yield from (f"| `{{{name}}}` | {NAMES[name]} |" for name in NAMES if name in NOTICE_NAMES)
    yield from ["", "## In letters only", "", "| write | is |", "| --- | --- |"]
    yield from (f"| `{{{name}}}` | {NAMES[name]} |" for name in NAMES if name in LETTER_NAMES - NOTICE_NAMES)
    forgotten = LETTER_NAMES - NAMES.keys()
    if forgotten:
        raise ValueError(f"say what these names are: {sorted(forgotten)}")


def messages(area: str) -> Iterator[str]:
    """Yields the messages of one area: code, sentence and hint in both languages."""
    yield from ["| code | French | English |", "| --- | --- | --- |"]
    for code, message in sorted(messages_of(area).items()):
        name = f"[`{code}`]({code}.md)" if area in DECLARATIONS else f"`{code}`"
        yield f"| {name} | {_cell(message, 'fr')} | {_cell(message, 'en')} |"


def _cell(message: Message, language: str) -> str:
    spoken = "fr" if language == "fr" else "en"
    hint = message.hint(spoken)
    return plain(message.text(spoken)) + (f"<br>*{plain(hint)}*" if hint else "")


def plain(text: str) -> str:
    """A template that Markdown shows letter by letter."""
    return re.sub(r"([*_<>\[\]`~])", r"\\\1", in_table(re.sub(r"\[\[|\]\]", "", text)))
