"""Where the published schemes use a connector, and with which options: what a check of it has to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.model.canonical import canonical_json
from guichet.plugin.contracts.base import Contract
from guichet.services.cases import UseCases

__all__ = ["Use", "uses_of"]


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a connector: the territory, where settings may differ by it, and what the scheme declares."""

    territory: str = ""
    declared: Mapping[str, Any] = field(default_factory=dict[str, Any])


def uses_of(cases: UseCases, family: str, contract: Contract[Any]) -> list[Use]:
    """Give each way the published schemes use a connector, once; none where nothing published uses it."""
    found: dict[bytes, Use] = {}
    for scheme, territory in sorted(cases.snapshots.all_current()):
        compiled = cases.snapshots.current(scheme, territory)
        for declared in _declared(compiled, family, contract.key) if compiled is not None else ():
            use = Use(territory if contract.per_territory else "", declared)
            found.setdefault(canonical_json([use.territory, dict(declared)]).encode(), use)
    return list(found.values())


def _declared(compiled: CompiledScheme, family: str, key: str) -> Iterator[Mapping[str, Any]]:
    """The options of the uses of one scheme; those of a prefill are of the question, and none of the service."""
    scheme = compiled.scheme
    if family == "list_sources":
        yield from (one.options for one in scheme.lists.values() if one.plugin == key)
    elif family == "write_backs" and scheme.write_back is not None and scheme.write_back.plugin == key:
        yield scheme.write_back.options
    elif family == "deliveries" and scheme.payment is not None and scheme.payment.delivery.plugin == key:
        yield scheme.payment.delivery.options
    elif key in _without_options(compiled, family):
        yield {}


def _without_options(compiled: CompiledScheme, family: str) -> Iterator[str]:
    """The keys that one scheme uses of a family whose options no scheme says."""
    if family == "prefill_sources":
        yield from (one.plugin for one in compiled.scheme.prefill.values())
    elif family == "notification_channels":
        yield from (key for one in compiled.scheme.notices.values() for key in one.also)
