"""Compiled, frozen schemes: made by the loader or from a snapshot, taken by the engine."""

from guichet.catalogue.compiled import (
    CompiledField,
    CompiledPrefill,
    CompiledScheme,
    CompiledVersion,
    PluginsNeeded,
)
from guichet.catalogue.compiler import compile_scheme
from guichet.catalogue.environment import LIST_TYPES, PARAMETER_TYPES
from guichet.catalogue.passages import COMPUTED_AMOUNT
from guichet.catalogue.positions import Locate
from guichet.catalogue.sample_orders import crowded_batch, crowded_problem, unwritten_payment
from guichet.catalogue.snapshot import SnapshotBody, read_snapshot, write_snapshot

__all__ = [
    "COMPUTED_AMOUNT",
    "LIST_TYPES",
    "PARAMETER_TYPES",
    "CompiledField",
    "CompiledPrefill",
    "CompiledScheme",
    "CompiledVersion",
    "Locate",
    "PluginsNeeded",
    "SnapshotBody",
    "compile_scheme",
    "crowded_batch",
    "crowded_problem",
    "read_snapshot",
    "unwritten_payment",
    "write_snapshot",
]
