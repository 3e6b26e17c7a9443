"""What would change the outcome: single inputs, each changed alone and judged by the real rules."""

from guichet.engine.flips.judging import Judge, Standing, standing_of
from guichet.engine.flips.search import Flip, find_flips

__all__ = ["Flip", "Judge", "Standing", "find_flips", "standing_of"]
