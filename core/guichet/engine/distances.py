"""How far a comparison is from holding, in words."""

from __future__ import annotations

from typing import Final

from guichet.catalogue import CompiledField
from guichet.engine.wording.names import show_value
from guichet.language import Comparison
from guichet.language.types import NUMERIC
from guichet.locale import Language, Texts

__all__ = ["gap_of"]

_SHORT: Final = {">=": 0, ">": 1}
_OVER: Final = {"<=": 0, "<": 1}


def gap_of(comparison: Comparison, field: CompiledField | None, language: Language) -> str:
    """How much is lacking, or too much; empty where nothing is counted.

    A strict comparison lacks one unit more than the difference: the cent that makes it hold.
    """
    apart, sign, kind = comparison.distance, comparison.operator, comparison.type
    if apart is None or (kind.kind != "date" and kind.kind not in NUMERIC):
        return ""
    say, family = Texts(language), "day" if kind.kind == "date" else "value"
    if sign in _SHORT:
        return _said(say, f"explain.short_{family}", _SHORT[sign] - apart, comparison, field, language)
    if sign in _OVER:
        return _said(say, f"explain.over_{family}", apart + _OVER[sign], comparison, field, language)
    return _said(say, f"explain.apart_{family}", abs(apart), comparison, field, language) if sign == "=" else ""


def _said(
    say: Texts, key: str, amount: int, comparison: Comparison, field: CompiledField | None, language: Language
) -> str:
    if comparison.type.kind == "date":
        return say(key, count=amount)
    in_its_unit = field is not None and field.type.rule_type(field.options) == comparison.type
    shown = field.type.show(amount, field.options, language) if field is not None and in_its_unit else ""
    return say(key, value=shown or show_value(amount, comparison.type, language))
