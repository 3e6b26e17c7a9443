"""How a value that declarations write as text is told to an editor, which infers numbers, flags and dates by itself."""

from __future__ import annotations

from typing import Any

from guichet.demo.recipe import Rate
from guichet.model import types
from guichet.model.brand import Colour, Initials
from guichet.model.instance import BaseUrl
from guichet.model.scalars import CURRENT_FORMAT
from guichet.model.territory import Email
from guichet.plugin.contracts.base import Secret

__all__ = ["ANY_SCALAR", "IDENTIFIER", "SCALARS", "Schema"]

Schema = dict[str, Any]

_SPACES = " \\u00a0\\u202f"
_WHOLE = rf"[-−]?(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)"
_LETTER = "A-Za-z_\\u00aa-\\u02af\\u0370-\\u1fff"
_PERIODS = "days?|months?|years?|jours?|mois|ans?|années?"

# A pattern is read by the engine of each editor: only what all of them understand alike.
IDENTIFIER = rf"^[{_LETTER}][{_LETTER}0-9\u0300-\u036f]*$"

ANY_SCALAR: Schema = {"type": ["string", "number", "boolean"]}

SCALARS: tuple[tuple[Any, Schema], ...] = (
    (
        types.Cents,
        {
            "anyOf": [
                {"type": "number"},
                {"type": "string", "pattern": rf"^{_WHOLE}(?:[.,]\d{{1,2}})?(?:[{_SPACES}]?€)?$"},
            ],
            "examples": ["2 000 €", "3 500,50 €"],
        },
    ),
    (
        types.Whole,
        {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": rf"^{_WHOLE}$"}], "examples": [10]},
    ),
    (types.Format, {"enum": [CURRENT_FORMAT, str(CURRENT_FORMAT)]}),
    (types.Flag, {"enum": [True, False, "true", "false"]}),
    (types.Day, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["2026-03-02"]}),
    (
        types.LocalInstant,
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$",
            "examples": ["2026-03-02T08:00"],
        },
    ),
    (
        types.Duration,
        {
            "type": "string",
            "pattern": rf"^\d{{1,5}}[{_SPACES}](?:{_PERIODS})$",
            "examples": ["5 days", "2 months", "10 years"],
        },
    ),
    (types.Identifier, {"type": "string", "pattern": IDENTIFIER}),
    (types.Slug, {"type": ["string", "integer"], "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$", "examples": ["mon-aide"]}),
    (types.Expression, ANY_SCALAR | {"examples": ["effectif >= 1", "min(besoin, 3 500 €)"]}),
    (
        Rate,
        {"type": "string", "pattern": rf"^{_WHOLE}(?:[.,]\d+)?[{_SPACES}]?%$", "examples": ["37.5 %"]},
    ),
    (Colour, {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$", "examples": ["#27563f"]}),
    (Email, {"type": "string", "pattern": r"^(?:|à compléter|[^@\s]+@[^@\s]+\.[^@\s]+)$"}),
    (Initials, {"type": ["string", "integer"], "maxLength": 5, "examples": ["BR"]}),
    (BaseUrl, {"type": "string", "pattern": "^https?://", "examples": ["https://aides.exemple.fr"]}),
    (Secret, {"type": "string", "pattern": "^(?:secret:.*)?$", "examples": ["secret:smtp_password"]}),
)
