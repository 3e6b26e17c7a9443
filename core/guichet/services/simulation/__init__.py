"""Simulations on whole populations; see `core/docs/how-to/simulate.md`. Needs the extra `bulk`."""

from guichet.services.simulation.asked import LINE, Simulation, Where
from guichet.services.simulation.histogram import amounts_as_svg
from guichet.services.simulation.lists import GivenList, GivenLists, read_lists
from guichet.services.simulation.origins import Origin, read_origin
from guichet.services.simulation.programs import bulk_of
from guichet.services.simulation.results import Decoded, Results
from guichet.services.simulation.runs import simulate
from guichet.services.simulation.summary import Group, Summary

__all__ = [
    "LINE",
    "Decoded",
    "GivenList",
    "GivenLists",
    "Group",
    "Origin",
    "Results",
    "Simulation",
    "Summary",
    "Where",
    "amounts_as_svg",
    "bulk_of",
    "read_lists",
    "read_origin",
    "simulate",
]
