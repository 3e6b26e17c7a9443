"""What would change the outcome: single inputs, each changed alone and judged by the real rules."""

from guichet.engine.flips.candidates import choices_of
from guichet.engine.flips.edges import Edge, edge_of
from guichet.engine.flips.judging import Judge, Standing, standing_of
from guichet.engine.flips.search import Flip, find_flips, find_other_amounts

__all__ = [
    "Edge",
    "Flip",
    "Judge",
    "Standing",
    "choices_of",
    "edge_of",
    "find_flips",
    "find_other_amounts",
    "standing_of",
]
