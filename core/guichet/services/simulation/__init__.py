"""Simulations on whole populations; see `core/docs/how-to/simulate.md`. Needs the extra `bulk`."""

from guichet.services.simulation.histogram import amounts_as_svg
from guichet.services.simulation.runs import LINE, Simulation, Where, bulk_of, simulate
from guichet.services.simulation.summary import Group, Summary

__all__ = ["LINE", "Group", "Simulation", "Summary", "Where", "amounts_as_svg", "bulk_of", "simulate"]
