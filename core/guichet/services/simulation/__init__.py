"""Simulations on whole populations; see `core/docs/how-to/simulate.md`. Needs the extra `bulk`."""

from guichet.services.simulation.asked import LINE, Simulation, Where
from guichet.services.simulation.histogram import amounts_as_svg
from guichet.services.simulation.lists import GivenList, GivenLists, read_lists
from guichet.services.simulation.programs import bulk_of
from guichet.services.simulation.runs import simulate
from guichet.services.simulation.summary import Group, Summary

__all__ = [
    "LINE",
    "GivenList",
    "GivenLists",
    "Group",
    "Simulation",
    "Summary",
    "Where",
    "amounts_as_svg",
    "bulk_of",
    "read_lists",
    "simulate",
]
