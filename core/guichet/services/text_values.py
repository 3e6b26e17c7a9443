"""What the names of a letter or a notice stand for, as text: amounts, days, places, people, reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from guichet.catalogue import CompiledScheme
from guichet.engine.delays import silence_date
from guichet.engine.explanation_text import explanation_lines
from guichet.engine.explanations import Explanation
from guichet.engine.repayments import detail_lines
from guichet.locale import Language, Texts, format_day, format_money
from guichet.model.placeholders import PLACEHOLDER
from guichet.model.records import AmountPart, Decision, Dossier, PaymentOrder
from guichet.model.scheme import Helpdesk
from guichet.model.template_text import Markdown, escape_markdown, fill, fill_markdown
from guichet.model.territory import Territory
from guichet.services.cases import UseCases
from guichet.services.pauses import pauses_of

__all__ = [
    "MISSING",
    "About",
    "deciding_body",
    "dossier_link",
    "fill_letter",
    "fill_notice",
    "helpdesk_of",
    "in_sentence",
    "issuer_name",
    "letter_values",
    "notice_values",
    "reason_sentence",
    "typed_reasons",
]

MISSING = "–"
"""What stands for a value that nobody gave."""
_ARTICLED = "decision.issuer"
_FEMININE = re.compile(r"(ète|ente|trice|ière|ion|ée)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """What a text is about; the decision, the order and the explanation where there is one."""

    dossier: Dossier
    compiled: CompiledScheme
    day: date
    """The day the text bears."""
    applicant: str = ""
    decision: Decision | None = None
    order: PaymentOrder | None = None
    explanation: Explanation | None = None
    parts: tuple[AmountPart, ...] = ()
    """The amounts of the aid that a claim is of."""
    message: str = ""
    language: Language = "fr"


def notice_values(cases: UseCases, about: About) -> dict[str, str]:
    """Every name of `NOTICE_NAMES` and its text."""
    dossier, scheme, territory = about.dossier, about.compiled.scheme, cases.territory(about.dossier.territory)
    say = Texts(about.language)
    filed_on = cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at else None
    tribunal = territory.tribunal_for(deciding_body(about.compiled), filed_on or about.day)
    helpdesk = helpdesk_of(about.compiled, territory)
    silent_on = silence_date(scheme.legal.silence, filed_on, pauses_of(cases, dossier)) if filed_on else None
    decision, order = about.decision, about.order
    paid = order.cents if order is not None else decision.amount_cents if decision is not None else None
    return {
        "dossier.reference": dossier.reference,
        "dossier.filed_on": _day(filed_on, about.language),
        "dossier.title": dossier.title or dossier.reference,
        "applicant.email": about.applicant or MISSING,
        "scheme.title": scheme.title,
        "territory.name": territory.name,
        "territory.the": territory.forms.the,
        "territory.of": territory.forms.of,
        "territory.in": territory.forms.within,
        "territory.council": territory.authority_on(about.day).council,
        "territory.prefecture": territory.prefecture.name,
        "territory.tribunal": in_sentence(tribunal.name),
        "territory.tribunal_address": tribunal.address or say("letters.seat", city=tribunal.city),
        "helpdesk.name": helpdesk.name,
        "helpdesk.phone": helpdesk.phone,
        "helpdesk.email": helpdesk.email,
        "helpdesk.hours": helpdesk.hours,
        "silence.date": _day(silent_on, about.language),
        "dates.today": format_day(about.day, about.language),
        "link.dossier": dossier_link(cases, dossier),
        "message": about.message,
        "decision.amount": _money(decision.amount_cents if decision else None, about.language),
        "decision.outcome": say(f"letters.outcome_{decision.kind}") if decision else MISSING,
        "payment.amount": _money(paid, about.language),
        "payment.reference": order.reference if order is not None else MISSING,
    }


def letter_values(cases: UseCases, about: About) -> dict[str, str]:
    """Every name of `LETTER_NAMES` and its text; the reasons are Markdown."""
    decision, compiled = about.decision, about.compiled
    territory = cases.territory(about.dossier.territory)
    legal = compiled.scheme.legal
    version = compiled.version_on(date.fromisoformat(about.dossier.rules_version or about.day.isoformat()))
    computed = about.dossier.computed_cents
    if computed is None:
        computed = about.dossier.provisional_cents
    return {
        **notice_values(cases, about),
        "payee.name": about.dossier.payee or about.dossier.title or MISSING,
        "decision.computed_amount": _money(computed, about.language),
        "decision.act_number": (decision.act_number if decision else None) or MISSING,
        "decision.act_date": _day((decision.act_date if decision else None) or about.day, about.language),
        "decision.issuer": issuer_name(territory, decision, about.day, about.language),
        "decision.signatory": (decision.signatory_name if decision else None) or MISSING,
        "decision.quality": (decision.signatory_quality if decision else None) or MISSING,
        "decision.details": details_markdown(about),
        "decision.explanation": explanation_markdown(about),
        "decision.reasons": reasons_markdown(about),
        "decision.reason": "; ".join(text for _, text in typed_reasons(decision) if text) or MISSING,
        **_transfer_values(about),
        "rules.legal": version.rules.legal if version is not None else MISSING,
        "rules.version": _day(version.first_day if version is not None else None, about.language),
        "legal.basis": legal.basis,
        "legal.algorithm": legal.algorithm or MISSING,
    }


def fill_letter(text: str, values: Mapping[str, str]) -> str:
    """The Markdown of a letter with its names filled in: no value can become markup."""
    return fill_markdown(*_agreed(text, values))


def fill_notice(text: str, values: Mapping[str, str]) -> str:
    """The plain text of a message with its names filled in; the text's own marks of bold are left out."""
    return fill(*_agreed(text.replace("**", ""), values)).strip() + "\n"


def dossier_link(cases: UseCases, dossier: Dossier) -> str:
    """The address at which its owner follows a dossier."""
    return f"{cases.base_url}/t/{dossier.territory}/dossiers/{dossier.reference}"


def helpdesk_of(compiled: CompiledScheme, territory: Territory) -> Helpdesk:
    """Who answers applicants: the scheme's helpdesk, and the territory's contacts where it says nothing."""
    own, local = compiled.scheme.helpdesk, territory.contacts
    return Helpdesk(
        name=_first(own.name, local.service),
        phone=_first(own.phone, local.phone),
        email=_first(own.email, local.email),
        hours=_first(own.hours, local.hours),
    )


def deciding_body(compiled: CompiledScheme) -> str:
    """The body that decides in a scheme."""
    stages = compiled.scheme.workflow.stages.values()
    return next((stage.body for stage in stages if stage.act == "decision"), "")


def issuer_name(territory: Territory, decision: Decision | None, day: date, language: Language = "fr") -> str:
    """Who decided, with an article: `le préfet de région`; the instance's own words when no file names the issuer."""
    issuer = decision.issuer if decision is not None else None
    if not issuer:
        return Texts(language)("letters.issuer_unknown")
    found = territory.signatories.get(issuer) or next(iter(territory.signatories_for(issuer, day).values()), None)
    quality = found.quality if found is not None else issuer.replace("_", " ")
    return quality if language == "en" else _with_article(quality)


def typed_reasons(decision: Decision | None) -> list[tuple[str, str]]:
    """The (criterion, text) pairs a decision carries; a free reason has no criterion."""
    found: list[tuple[str, str]] = []
    for item in decision.reasons if decision is not None else ():
        if isinstance(item, Mapping):
            entry = cast("Mapping[str, object]", item)
            found.append((str(entry.get("criterion") or ""), str(entry.get("reason") or entry.get("text") or "")))
        else:
            found.append(("", str(item)))
    return found


def _transfer_values(about: About) -> dict[str, str]:
    """Where an application was sent on to, by which act and why; without act or reason, nothing is said of them."""
    decision, say = about.decision, Texts(about.language)
    reasons = decision.reasons if decision is not None else ()
    written = [cast("Mapping[str, object]", one) for one in reasons if isinstance(one, Mapping)]
    told: Mapping[str, object] = next((one for one in written if "to" in one), dict[str, object]())
    act = ""
    if told and decision is not None and decision.act_number and decision.act_date:
        day = format_day(decision.act_date, about.language)
        name, quality = decision.signatory_name or "", decision.signatory_quality or ""
        act = say("letters.transfer_act", number=decision.act_number, day=day, name=name, quality=quality)
    return {
        "transfer.to": str(told.get("to") or MISSING),
        "transfer.act": act,
        "transfer.reason": str(told.get("reason") or ""),
    }


def reasons_markdown(about: About) -> Markdown:
    """The reasons of law and of fact as a list: label, sentence, article, and what an agent typed."""
    say = Texts(about.language)
    typed = typed_reasons(about.decision)
    known = {reason.id: reason for reason in about.explanation.reasons} if about.explanation is not None else {}
    lines: list[str] = []
    for reason in known.values():
        if reason.state == "failed":
            text = reason.text.strip() or next((text for name, text in typed if name == reason.id), "")
            lines.append(_reason_line(say, say("letters.reason_failed", label=reason.label), text, reason.legal))
    for name, text in typed:
        reason = known.get(name)
        if reason is None and text:
            lines.append(_reason_line(say, "", text, ""))
        elif reason is not None and reason.state != "failed":
            lines.append(_reason_line(say, reason.label, text, reason.legal))
    return Markdown("\n".join(lines) or MISSING)


def explanation_markdown(about: About) -> Markdown:
    """How each criterion and the amount came out, as a list: the same words as on the page of the dossier."""
    lines = explanation_lines(about.explanation, about.language)
    return Markdown("\n".join(f"- {escape_markdown(line)}" for line in lines) or MISSING)


def details_markdown(about: About) -> Markdown:
    """The parts of what is granted and the schedule of an advance as a list; nothing for a plain sum."""
    decision, found = about.decision, about.explanation
    if about.parts:
        lines = [(part.label, format_money(part.cents, about.language)) for part in about.parts]
    elif decision is None or decision.amount_cents is None or found is None:
        return Markdown("")
    else:
        day = decision.act_date or about.day
        lines = detail_lines(found.shares, found.terms, decision.amount_cents, day, about.language)
    colon = Texts(about.language)("repayments.colon")
    return Markdown("\n".join(f"- {escape_markdown(label)}{colon}{escape_markdown(value)}" for label, value in lines))


def reason_sentence(say: Texts, text: str, article: str) -> str:
    """The sentence that tells one reason, with its article where there is one."""
    sentence = " ".join(text.split())
    if not article:
        return sentence
    told = say("letters.reason_with_article", text=sentence.removesuffix("."), article=article).strip()
    return f"{told}." if sentence.endswith(".") else told


def _reason_line(say: Texts, label: str, text: str, article: str) -> str:
    shown = escape_markdown(reason_sentence(say, text, article))
    return f"- **{escape_markdown(label)}.** {shown}" if label else f"- {shown}"


def _agreed(text: str, values: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """The text and values in which `à {decision.issuer}` reads « au préfet » and a sentence starts with a capital."""
    issuer = values.get(_ARTICLED)
    if not issuer:
        return text, values
    name = "{" + _ARTICLED + "}"
    text = re.sub(rf"(?<=[àÀ]) {re.escape(name)}", "{@to}", text).replace("à{@to}", "{@to}").replace("À{@to}", "{@To}")
    text = re.sub(rf"\b(?:de) {re.escape(name)}", "{@of}", text)
    text = re.sub(rf"(\A|\n\s*\n|[.!?]\s+){re.escape(name)}", r"\1{@capital}", text)
    to, of = _contracted(issuer)
    more = {"@to": to, "@To": _capital(to), "@of": of, "@capital": _capital(issuer)}
    return text, {**values, **more}


def _contracted(value: str) -> tuple[str, str]:
    if value.startswith("le "):
        return f"au {value[3:]}", f"du {value[3:]}"
    if value.startswith("les "):
        return f"aux {value[4:]}", f"des {value[4:]}"
    return f"à {value}", f"de {value}"


def _with_article(quality: str) -> str:
    """`Préfet de région` as a sentence has it.

    >>> _with_article("Préfet de région"), _with_article("Présidente du conseil"), _with_article("Adjoint au maire")
    ('le préfet de région', 'la présidente du conseil', "l'adjoint au maire")
    """
    word = in_sentence(quality)
    if word[:1] in "aeiouéèêh":
        return f"l'{word}"
    return f"{'la' if _FEMININE.search(word.split(' ')[0]) else 'le'} {word}"


def in_sentence(name: str) -> str:
    """A name as it stands within a sentence: « le tribunal administratif de Rennes »."""
    return name[:1].lower() + name[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _first(*texts: str) -> str:
    """The first text that says something; a placeholder only when nothing else does."""
    said: Sequence[str] = [text for text in texts if text]
    return next((text for text in said if text != PLACEHOLDER), said[0] if said else MISSING)


def _day(day: date | None, language: Language) -> str:
    return format_day(day, language) if day is not None else MISSING


def _money(cents: int | None, language: Language) -> str:
    return format_money(cents, language) if cents is not None else MISSING
