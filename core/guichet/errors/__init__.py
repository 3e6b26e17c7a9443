"""Error values, their French and English texts, and the one renderer."""

from guichet.errors.problem import GuichetError, Position, Problem, ProblemsFound, Severity

__all__ = ["GuichetError", "Position", "Problem", "ProblemsFound", "Severity"]
