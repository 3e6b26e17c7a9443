"""The law, as the loader knows it: one small rule object for each article."""

from guichet.loader.law.check import LAWS, check_law, restated
from guichet.loader.law.rule import LawRule

__all__ = ["LAWS", "LawRule", "check_law", "restated"]
