"""What differs between two declarations, in words of the domain."""

from guichet.engine.comparison.differences import Difference, compare_schemes, compare_versions

__all__ = ["Difference", "compare_schemes", "compare_versions"]
