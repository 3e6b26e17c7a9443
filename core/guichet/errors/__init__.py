"""Error values, their French and English texts, and the one renderer."""

from guichet.errors.guesses import guess
from guichet.errors.message import Language, Message
from guichet.errors.problem import GuichetError, Position, Problem, ProblemsFound, Severity, once
from guichet.errors.renderer import count, hint, in_order, position_text, render, render_all, sentence
from guichet.errors.spelling import nearest

__all__ = [
    "GuichetError",
    "Language",
    "Message",
    "Position",
    "Problem",
    "ProblemsFound",
    "Severity",
    "count",
    "guess",
    "hint",
    "in_order",
    "nearest",
    "once",
    "position_text",
    "render",
    "render_all",
    "sentence",
]
