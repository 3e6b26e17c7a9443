"""The rules in words: names as their labels, values as people write them, expressions as sentences."""

from guichet.engine.wording.names import MISSING, Names, as_line, as_sentence, with_name
from guichet.engine.wording.sentences import Wording

__all__ = ["MISSING", "Names", "Wording", "as_line", "as_sentence", "with_name"]
