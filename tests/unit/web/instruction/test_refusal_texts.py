"""Every refusal a use case or the store can raise has its sentence, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import guichet.services
from guichet.locale import Texts
from guichet.locale.typography import typeset
from guichet.web.instruction.refusal_texts import refusal_text

SAID_ELSEWHERE = {
    # by commands
    "list_not_imported",
    "list_place",
    "nothing_to_award",
    "payment_not_published",
    "payment_placeholders",
    # by the pages of the sign-ins
    "agent_refused",
    "bad_address",
    "identity_not_trusted",
    "identity_silent",
    "no_assignment",
    "no_other_way_in",
    "no_second_factor",
    "not_an_agent",
    "other_identity",
    "too_many_sign_ins",
    "weak_password",
    "wrong_key",
}


def raised_codes() -> set[str]:
    """Every code that the services give to Refused or to one of its kinds."""
    folder = Path(guichet.services.__file__).parent
    pattern = re.compile(r"(?:Refused|NoFunds|GateClosed|super\(\).__init__)\(\s*\"(\w+)\"")
    return {code for path in folder.glob("*.py") for code in pattern.findall(path.read_text(encoding="utf-8"))}


def test_every_code_of_the_services_has_a_text() -> None:
    assert raised_codes() >= {"already_decided", "not_found", "author_of_the_opinion"}
    missing = sorted(
        code
        for code in raised_codes() - SAID_ELSEWHERE
        if refusal_text(code, _anything()).startswith("Cet acte n’a pas")
    )
    assert missing == []


@pytest.mark.parametrize(
    ("code", "data", "text"),
    [
        (
            "already_decided",
            {"by": "Yann Le Bihan", "at": "2020-04-20T08:05:00+00:00", "end": "granted"},
            "Déjà décidé par Yann Le Bihan, le 20 avril 2020 à 10\u00a0h\u00a005.",
        ),
        (
            "changed_since",
            {"by": "applicant", "at": datetime(2020, 4, 20, 8, 5, tzinfo=UTC)},
            "Modifié depuis par le demandeur, le 20 avril 2020 à 10\u00a0h\u00a005 : relisez-le avant d’agir.",
        ),
        (
            "signatory_not_valid",
            {"day": date(2020, 5, 1)},
            "Ce signataire n’a pas de délégation en vigueur le 1er mai 2020.",
        ),
        (
            "part_out_of_bounds",
            {"cents": 1, "most": 200_000},
            "Le montant accordé doit être supérieur à zéro et au plus égal au montant calculé, 2\u202f000\u00a0€.",
        ),
        ("message_too_long", {"length": 5000, "most": 4000}, "Le message est trop long : 4000 caractères au plus."),
        ("a_code_to_come", {}, "Cet acte n’a pas été possible (a_code_to_come)."),
    ],
)
def test_a_refusal_is_a_sentence_with_its_values(code: str, data: dict[str, object], text: str) -> None:
    assert typeset(refusal_text(code, data)) == typeset(text)


def test_a_storage_refusal_never_names_the_other_dossier() -> None:
    said = refusal_text("storage.already_granted", {"scheme": "x", "scope": "", "dossier": "secret-id"}, "en")

    assert "secret-id" not in said
    assert said == Texts("en")("refusals.already_granted")


def _anything() -> dict[str, object]:
    words = (
        "amount",
        "sum",
        "by",
        "outcome",
        "labels",
        "criterion",
        "end",
        "choice",
        "stage",
        "body",
        "scheme",
        "name",
        "limit",
        "territory",
        "number",
        "why",
        "receipt",
        "why",
    )
    numbers = ("most", "cents", "left_cents", "asked_cents", "length")
    return (
        dict.fromkeys(words, "x")
        | dict.fromkeys(numbers, 1)
        | {"at": "2020-04-20", "day": "2020-04-20", "until": "2020-04-20"}
    )
