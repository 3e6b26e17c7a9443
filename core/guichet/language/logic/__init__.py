"""What conditions leave possible: contradictions, branches nobody reaches, amounts below zero."""

from guichet.language.logic.advice import advise

__all__ = ["advise"]
