"""YAML text to a tree of nodes that know their place in the file; nothing is interpreted, every scalar is text."""

from guichet.loader.reader.caps import Caps
from guichet.loader.reader.files import DISK, Files
from guichet.loader.reader.nodes import Entry, Mapping, Node, Scalar, Sequence, Style, named, verbatim
from guichet.loader.reader.read import read_file, read_text, read_verbatim
from guichet.loader.reader.source import Source, folded

__all__ = [
    "DISK",
    "Caps",
    "Entry",
    "Files",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Source",
    "Style",
    "folded",
    "named",
    "read_file",
    "read_text",
    "read_verbatim",
    "verbatim",
]
