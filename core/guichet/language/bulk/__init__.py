"""The back end for whole populations, through Narwhals; see `core/docs/explanation/bulk.md`. Needs the extra `bulk`."""

from guichet.language.bulk.calendar import day_of
from guichet.language.bulk.columns import KEY
from guichet.language.bulk.engines import ENGINES, EngineName
from guichet.language.bulk.listed import KEY_OF_LIST, with_lists
from guichet.language.bulk.masks import Mask
from guichet.language.bulk.program import ANSWERS, BulkProgram
from guichet.language.bulk.reading import SILENT, Column
from guichet.language.bulk.refusals import NotInBulk
from guichet.language.bulk.rows import PLACE

__all__ = [
    "ANSWERS",
    "ENGINES",
    "KEY",
    "KEY_OF_LIST",
    "PLACE",
    "SILENT",
    "BulkProgram",
    "Column",
    "EngineName",
    "Mask",
    "NotInBulk",
    "day_of",
    "with_lists",
]
