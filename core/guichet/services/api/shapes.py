"""The JSON Schemas of what the API answers, the same for every scheme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from guichet.model.api import VERBS
from guichet.model.records import End, OrderState, Outcome, Phase

__all__ = ["SHAPES"]

_TEXT: Mapping[str, Any] = {"type": "string"}
_INSTANT: Mapping[str, Any] = {"type": "string", "format": "date-time"}
_EUROS: Mapping[str, Any] = {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"}
_PHASE: Mapping[str, Any] = {"enum": [phase for phase in get_args(Phase) if phase != "draft"]}


def _or_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _list_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def _object(required: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "properties": {**required, **(optional or {})}, "required": [*required]}


def _page_of(name: str) -> dict[str, Any]:
    return _object(
        {
            "items": _list_of({"$ref": f"#/components/schemas/{name}"}),
            "next": {**_or_null(_TEXT), "description": "The cursor of the next page; null on the last one."},
            "as_of": {**_INSTANT, "description": "Come back later with this instant: nothing is missed."},
        }
    )


_MEASURE = _object({"name": _TEXT, "found": _TEXT, "operator": _TEXT, "threshold": _TEXT})
_REASON = _object(
    {
        "id": _TEXT,
        "label": _TEXT,
        "state": {"enum": ["met", "failed", "awaited", "unknown"]},
        "text": _TEXT,
        "article": _TEXT,
        "measures": _list_of(_MEASURE),
    }
)
_FILE = _object({"field": _TEXT, "name": _TEXT, "media_type": _TEXT, "size": {"type": "integer"}, "sha256": _TEXT})
_PAYMENT = _object(
    {
        "reference": _TEXT,
        "instalment": {"type": "integer"},
        "amount": _EUROS,
        "state": {"enum": list(get_args(OrderState))},
        "state_at": _INSTANT,
        "reason": _or_null(_TEXT),
    }
)

SHAPES: Mapping[str, Any] = {
    "Problem": _object(
        {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}},
        {
            "detail": _TEXT,
            "errors": _list_of(_object({"pointer": _TEXT, "code": _TEXT, "detail": _TEXT})),
            "reasons": _list_of(_TEXT),
            "needs": _list_of({"enum": list(VERBS)}),
            "incident": _TEXT,
        },
    ),
    "Filed": _object(
        {
            "reference": _TEXT,
            "territory": _TEXT,
            "scheme": _TEXT,
            "snapshot": _TEXT,
            "filed_at": _INSTANT,
            "receipt": {"type": "string", "description": "The applicant's receipt, behind their sign-in."},
            "dossier": {"type": "string", "description": "Where this API shows the dossier."},
            "outcome": {"enum": list(get_args(Outcome))},
            "outcome_text": _TEXT,
            "amount": _or_null(_EUROS),
            "provisional_amount": _or_null(_EUROS),
            "failed": _list_of(_TEXT),
            "missing": _list_of(_TEXT),
            "unavailable": _list_of(_TEXT),
            "awaited": _list_of(_TEXT),
            "rules_version": _or_null({"type": "string", "format": "date"}),
            "judged_on": {"type": "string", "format": "date"},
            "reasons": _list_of(_REASON),
        }
    ),
    "SentFile": _object({"id": _TEXT, **_FILE["properties"], "kept_until": _INSTANT}),
    "Dossier": _object(
        {
            "reference": _TEXT,
            "territory": _TEXT,
            "scheme": _TEXT,
            "phase": _PHASE,
            "stage": _or_null(_TEXT),
            "to_complete": {"type": "boolean"},
            "waiting_for_funds": {"type": "boolean"},
            "end": _or_null({"enum": list(get_args(End))}),
            "outcome": _or_null({"enum": list(get_args(Outcome))}),
            "computed_amount": _or_null(_EUROS),
            "provisional_amount": _or_null(_EUROS),
            "granted_amount": _or_null(_EUROS),
            "practice": {"type": "boolean"},
            "filed_at": _INSTANT,
            "decided_at": _or_null(_INSTANT),
            "changed_at": _INSTANT,
            "snapshot": _TEXT,
            "self": _TEXT,
        },
        {
            "title": {"type": "string", "description": "With read_answers."},
            "siren": {**_or_null(_TEXT), "description": "With read_answers."},
            "answers": {"type": "object", "description": "With read_answers; accounts with read_bank_account."},
            "attested": {**_list_of(_TEXT), "description": "With read_answers."},
            "files": {**_list_of(_FILE), "description": "With read_answers."},
            "payments": {**_list_of(_PAYMENT), "description": "With read_payment."},
        },
    ),
    "Dossiers": _page_of("Dossier"),
    "GoneDossier": _object({"reference": _TEXT, "territory": _TEXT, "scheme": _TEXT, "gone_at": _INSTANT}),
    "GoneDossiers": _page_of("GoneDossier"),
    "Token": _object(
        {
            "name": _TEXT,
            "territories": _list_of(_TEXT),
            "schemes": _or_null(_list_of(_TEXT)),
            "verbs": _list_of({"enum": list(VERBS)}),
            "per_minute": {"type": "integer"},
            "expires_at": _INSTANT,
        }
    ),
}
