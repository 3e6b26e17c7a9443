"""Compiled, frozen schemes: made by the loader or from a snapshot, taken by the engine."""

from guichet.catalogue.compiled import (
    CompiledField,
    CompiledPrefill,
    CompiledScheme,
    CompiledVersion,
    PluginsNeeded,
)
from guichet.catalogue.compiler import PARAMETER_TYPES, compile_scheme
from guichet.catalogue.positions import Locate
from guichet.catalogue.snapshot import SnapshotBody, read_snapshot, write_snapshot
from guichet.catalogue.uses import unwritten_payment

__all__ = [
    "PARAMETER_TYPES",
    "CompiledField",
    "CompiledPrefill",
    "CompiledScheme",
    "CompiledVersion",
    "Locate",
    "PluginsNeeded",
    "SnapshotBody",
    "compile_scheme",
    "read_snapshot",
    "unwritten_payment",
    "write_snapshot",
]
