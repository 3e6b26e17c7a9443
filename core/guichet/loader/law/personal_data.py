"""What may be asked of people, and what they must be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from guichet.loader.checked import Checked, Path
from guichet.loader.law.rule import Finding, LawRule
from guichet.model.form import Field

_NIR: Final = re.compile(r"\bnir\b|s[ée]curit[ée][ _]sociale|\bn[°o]\s*s[ée]cu\b|social security number", re.IGNORECASE)
_GIVEN_BY_API: Final = (
    (re.compile(r"k-?bis|extrait k\b|registre du commerce", re.IGNORECASE), "extrait du registre du commerce"),
    (re.compile(r"insee|sirene", re.IGNORECASE), "avis de situation Insee"),
    (re.compile(r"attestation\s\S*\s?fiscale|r[ée]gularit[ée] fiscale", re.IGNORECASE), "attestation fiscale"),
    (re.compile(r"urssaf|attestation sociale|attestation de vigilance", re.IGNORECASE), "attestation sociale"),
)
"""What administrations supply each other about companies, after domain facts of API Entreprise."""


def _fields(checked: Checked) -> Iterator[tuple[Path, str, Field]]:
    for form, pages in checked.scheme.forms.items():
        for page, declared in pages.items():
            for name, field in declared.fields.items():
                path = ("forms", form, page, "fields", name)
                yield path, name, field
                yield from (((*path, "fields", column), column, inner) for column, inner in field.fields.items())


def _social_security_numbers(checked: Checked) -> Iterator[Finding]:
    for path, name, field in _fields(checked):
        named = _NIR.search(name.replace("_", " ")) or _NIR.search(field.label)
        if named and (field.type in ("text", "integer") or field.type == "nir"):
            yield path, {"value": name}


def _documents_others_give(checked: Checked) -> Iterator[Finding]:
    filled = {field for prefill in checked.scheme.prefill.values() for field in prefill.fields}
    for path, name, field in _fields(checked):
        if field.type != "attachment" or not field.required or name in filled:
            continue
        given = next((what for pattern, what in _GIVEN_BY_API if pattern.search(field.label)), None)
        if given is not None:
            yield path, {"value": name, "given": given}


_RGPD = date(2018, 5, 25)

LAWS = (
    # Which decree allows what is for the controller to check: the rule asks, it does not assert.
    LawRule(
        "law.social_security_number",
        "loi n° 78-17 du 6 janvier 1978",
        date(1978, 1, 7),
        _social_security_numbers,
    ),
    LawRule("law.document_others_give", "CRPA, art. L114-8", date(2016, 1, 1), _documents_others_give),
    LawRule(
        "law.retention_missing",
        "RGPD, art. 5 et 13",
        _RGPD,
        severity="error",
        missing=(("legal", "retention"), *(("legal", "retention", end) for end in ("granted", "refused", "dropped"))),
    ),
    LawRule(
        "law.controller_missing",
        "RGPD, art. 13",
        _RGPD,
        severity="error",
        missing=(("legal", "data"), ("legal", "data", "controller")),
    ),
    LawRule("law.officer_missing", "RGPD, art. 13 et 37", _RGPD, severity="error", missing=(("legal", "data", "dpo"),)),
    LawRule(
        "law.notice_incomplete",
        "RGPD, art. 13",
        _RGPD,
        severity="error",
        missing=tuple(("legal", "data", key) for key in ("purposes", "legal_basis", "recipients")),
    ),
)
