"""The outside services an installation set up, each asked by its own plugin whether its settings work.

Services are asked side by side, each for a bounded time; nothing that is said shows a secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from guichet.plugin import Plugins
from guichet.plugin.contracts import Answered, Context, PluginError, Reason
from guichet.plugin.contracts.base import Contract
from guichet.plugin.health import PluginFailed, PluginSetAside
from guichet.plugin.outside import AllowedHosts
from guichet.plugin.registry import FAMILIES
from guichet.services.cases import UseCases
from guichet.services.diagnosis.findings import Finding, finding
from guichet.services.diagnosis.uses import Use, uses_of
from guichet.services.notices import CHANNEL
from guichet.storage import outside_calls
from guichet.storage.errors import StoreClosedError

__all__ = ["PATIENCE_S", "look_at_services"]

PATIENCE_S = 30.0
"""How long all services together may take to answer."""
_LOOKED_AT = 5
"""Calls in a row that must have failed for a service to be said silent: as many as open its breaker."""
_SHORTEST_SECRET = 4


@dataclass(frozen=True, slots=True)
class _Check:
    """One service as one family of plugins calls it, for one use."""

    family: str
    contract: Contract[Any]
    use: Use

    @property
    def item(self) -> str:
        return f"service:{self.contract.key}" + (f":{self.use.territory}" if self.use.territory else "")


def look_at_services(
    cases: UseCases, hosts: tuple[str, ...], *, offline: bool = False, patience_s: float = PATIENCE_S
) -> Iterator[Finding]:
    """Yield what there is to say of each service in `instance.yaml`, and of mail when nothing sends it.

    Args:
        offline: Look at the settings alone, and ask nobody.
    """
    allowed = AllowedHosts(hosts, cases.mode)
    if not cases.services.get(CHANNEL, {}).get("smtp_host"):
        yield finding(f"service:{CHANNEL}", "red" if cases.mode == "live" else "green", "mails_to_files")
    services = {
        key: list(_checks(cases, key))
        for key in cases.services
        if key != CHANNEL or cases.services[key].get("smtp_host")
    }
    asked = {key: _Asked(cases, checks, allowed, offline=offline) for key, checks in services.items()}
    for one in asked.values():
        one.start()
    until = monotonic() + patience_s
    for key, one in asked.items():
        one.join(max(0.0, until - monotonic()))
        yield from _said_once(list(one.said))
        if one.is_alive():
            yield finding(f"service:{key}", "red", "service_slow", key=key, seconds=round(patience_s))
        elif not one.said:
            yield finding(f"service:{key}", "green", "service_unused", key=key)
    yield from _unset(cases)


class _Asked(Thread):
    """One service being asked, use after use; what it has said so far is in `said`."""

    def __init__(self, cases: UseCases, checks: list[_Check], allowed: AllowedHosts, *, offline: bool) -> None:
        super().__init__(daemon=True)
        self._cases, self._checks, self._allowed, self._offline = cases, checks, allowed, offline
        self.said: list[Finding] = []

    def run(self) -> None:
        for check in self._checks:
            try:
                found = _looked_at(self._cases, check, self._allowed, offline=self._offline)
            except StoreClosedError:  # who asked waited no longer, and has closed: nobody reads this answer
                return
            self.said += [found] if found is not None else []


def _said_once(said: list[Finding]) -> Iterator[Finding]:
    """What is the same of several families or uses is said once: a service may read lists and be told decisions."""
    yield from (one for place, one in enumerate(said) if one not in said[:place])


def _checks(cases: UseCases, key: str) -> Iterator[_Check]:
    for family, contract in _contracts(cases.plugins, key):
        for use in uses_of(cases, family, contract) or [Use()]:
            yield _Check(family, contract, use)


def _contracts(plugins: Plugins, key: str) -> Iterator[tuple[str, Contract[Any]]]:
    for family in FAMILIES:
        things: Mapping[str, object] = getattr(plugins, family.name)
        thing = things.get(key)
        if isinstance(thing, Contract) and family.name != "field_types":
            yield family.name, thing


def _unset(cases: UseCases) -> Iterator[Finding]:
    """What a published scheme cannot work without, and that nobody has set."""
    for family in ("list_sources", "write_backs", "deliveries", "notification_channels"):
        things: Mapping[str, Contract[Any]] = getattr(cases.plugins, family)
        for key, contract in things.items():
            if key in cases.services:
                continue
            for use in uses_of(cases, family, contract)[:1]:
                options, context = cases.service_options(contract, use.declared), _context(cases, use)
                missing = cases.plugins.call(
                    f"{family}:{key}", lambda of=contract, options=options, at=context: of.check_settings(options, at)
                )
                if missing is not None:
                    yield _red(cases, _Check(family, contract, use), missing)


def _looked_at(cases: UseCases, check: _Check, allowed: AllowedHosts, *, offline: bool) -> Finding | None:
    """What there is to say of a use; None where the options need what only a scheme says, and none says it."""
    contract, key = check.contract, check.contract.key
    named = f"{check.family}:{key}"
    try:
        _check_address(cases.services[key], allowed)
        options = cases.service_options(contract, check.use.declared)
        context = _context(cases, check.use)
        missing = cases.plugins.call(named, lambda: contract.check_settings(options, context))
        if missing is not None:
            return _red(cases, check, missing)
        if offline:
            return finding(check.item, "green", "service_not_asked", key=key)
        if _checks_itself(contract):
            return _answer(cases, check, cases.plugins.call(named, lambda: contract.check_config(options, context)))
    except ValidationError:
        return None
    except PluginError as error:
        return _red(cases, check, error.reason)
    except (PluginFailed, PluginSetAside) as error:
        return _red(cases, check, Reason(fr=str(error), en=str(error)))
    calls = cases.store.read(lambda tx: outside_calls.latest(tx, service=key, limit=_LOOKED_AT))
    if len(calls) == _LOOKED_AT and all(call.outcome != "answered" for call in calls):
        return finding(check.item, "red", "service_silent", key=key, count=_LOOKED_AT)
    return finding(check.item, "green", "service_set", key=key)


def _answer(cases: UseCases, check: _Check, said: object) -> Finding:
    key = check.contract.key
    if isinstance(said, Reason):
        return _red(cases, check, said)
    if isinstance(said, Answered):
        fr, en = _bare(cases, said.fr), _bare(cases, said.en)
        return finding(check.item, "green", "service_answered", key=key, said_fr=fr, said_en=en)
    return finding(check.item, "green", "service_answers", key=key)


def _red(cases: UseCases, check: _Check, reason: Reason) -> Finding:
    fr, en = _bare(cases, reason.fr), _bare(cases, reason.en)
    return finding(check.item, "red", "service_says", key=check.contract.key, said_fr=fr, said_en=en)


def _bare(cases: UseCases, text: str) -> str:
    """A sentence without the secrets of this installation, whoever put them there: a service may echo what it got."""
    for secret in cases.secrets.values():
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "[…]")
    return text


def _context(cases: UseCases, use: Use) -> Context:
    context = cases.context(use.territory) if use.territory else cases.context()
    return replace(context, now=cases.clock.now())


def _checks_itself(contract: object) -> bool:
    """Whether a plugin wrote a check of its own."""
    return getattr(type(contract), "check_config", None) is not vars(Contract)["check_config"]


def _check_address(options: Mapping[str, Any], allowed: AllowedHosts) -> None:
    """Raises Refused for an address of the options that the instance may not call."""
    for value in options.values():
        if isinstance(value, str) and urlsplit(value).scheme in ("http", "https"):
            allowed.check(value)
