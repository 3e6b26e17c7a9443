"""The outside services an installation set up, each asked by its own plugin whether its settings work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from guichet.plugin import Plugins
from guichet.plugin.contracts import PluginError
from guichet.plugin.contracts.base import Contract
from guichet.plugin.health import PluginFailed, PluginSetAside
from guichet.plugin.outside import AllowedHosts
from guichet.plugin.registry import FAMILIES
from guichet.services.cases import UseCases
from guichet.services.diagnosis.findings import Finding, finding
from guichet.services.notices import CHANNEL
from guichet.storage import outside_calls

__all__ = ["look_at_services"]

_LOOKED_AT = 5
"""Calls in a row that must have failed for a service to be said silent: as many as open its breaker."""


def look_at_services(cases: UseCases, hosts: tuple[str, ...]) -> Iterator[Finding]:
    """Yield what there is to say of each service in `instance.yaml`, and of mail when nothing sends it."""
    allowed = AllowedHosts(hosts, cases.mode)
    if not cases.services.get(CHANNEL, {}).get("smtp_host"):
        yield finding(f"service:{CHANNEL}", "red" if cases.mode == "live" else "green", "mails_to_files")
    for key in cases.services:
        if key == CHANNEL and not cases.services[key].get("smtp_host"):
            continue
        # One service may read lists and be told decisions: what is the same of both is said once.
        said = [
            _service(cases, f"{family}:{key}", contract, allowed) for family, contract in _contracts(cases.plugins, key)
        ]
        yield from (one for place, one in enumerate(said) if one not in said[:place])


def _contracts(plugins: Plugins, key: str) -> Iterator[tuple[str, Contract[Any]]]:
    for family in FAMILIES:
        things: Mapping[str, object] = getattr(plugins, family.name)
        thing = things.get(key)
        if isinstance(thing, Contract) and family.name != "field_types":
            yield family.name, thing


def _service(cases: UseCases, named: str, contract: Contract[Any], allowed: AllowedHosts) -> Finding:
    key, item = contract.key, f"service:{contract.key}"
    try:
        _check_address(cases.services[key], allowed)
        if _checks_itself(contract):
            options = cases.service_options(contract)
            context = replace(cases.context(), now=cases.clock.now())
            wrong = cases.plugins.call(named, lambda: contract.check_config(options, context))
            if wrong is not None:
                return finding(item, "red", "service_says", key=key, said_fr=wrong.fr, said_en=wrong.en)
            return finding(item, "green", "service_answers", key=key)
    except PluginError as error:
        return finding(item, "red", "service_says", key=key, said_fr=error.reason.fr, said_en=error.reason.en)
    except (PluginFailed, PluginSetAside) as error:
        return finding(item, "red", "service_says", key=key, said_fr=str(error), said_en=str(error))
    calls = cases.store.read(lambda tx: outside_calls.latest(tx, service=key, limit=_LOOKED_AT))
    if len(calls) == _LOOKED_AT and all(call.outcome != "answered" for call in calls):
        return finding(item, "red", "service_silent", key=key, count=_LOOKED_AT)
    return finding(item, "green", "service_set", key=key)


def _checks_itself(contract: object) -> bool:
    """Whether a plugin wrote a check of its own."""
    return getattr(type(contract), "check_config", None) is not vars(Contract)["check_config"]


def _check_address(options: Mapping[str, Any], allowed: AllowedHosts) -> None:
    """Raises Refused for an address of the options that the instance may not call."""
    for value in options.values():
        if isinstance(value, str) and urlsplit(value).scheme in ("http", "https"):
            allowed.check(value)
