"""Plugins a scheme uses by key: each exists, and takes the options it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guichet.catalogue.code_lists import check_codes
from guichet.catalogue.compiled import PluginsNeeded
from guichet.catalogue.environment import LIST_TYPES
from guichet.catalogue.options import validate_options
from guichet.catalogue.positions import Path
from guichet.catalogue.report import Report
from guichet.errors import guess
from guichet.model.payment import PluginUse
from guichet.model.scheme import LIST_KEYS, ReferenceList, Scheme
from guichet.plugin.contracts.base import Contract

GRANTED_COLUMNS = ("reference", "amount", "granted_on")
"""What a list of the granted dossiers of another scheme tells of each."""


def check_uses(scheme: Scheme, plugins: PluginsNeeded, report: Report) -> None:
    """Report every plugin that does not exist and every option that does not fit."""
    if scheme.payment is not None:
        _check_use(plugins.payment_writers, scheme.payment.writer, ("payment", "writer"), report)
        _check_use(plugins.deliveries, scheme.payment.delivery, ("payment", "delivery"), report)
        if scheme.payment.returns is not None:
            _check_use(plugins.return_readers, scheme.payment.returns, ("payment", "returns"), report)
    if scheme.write_back is not None:
        _check_use(plugins.write_backs, scheme.write_back, ("write_back",), report)
    for event, letter in scheme.letters.items():
        exists(plugins.document_renderers, letter.renderer, ("letters", event, "renderer"), report)
    for name, declared in scheme.lists.items():
        _check_list(plugins, declared, ("lists", name), report)
    check_codes(scheme, plugins, report)


def _check_list(plugins: PluginsNeeded, declared: ReferenceList, path: Path, report: Report) -> None:
    if declared.scheme is not None:
        for column in declared.columns:
            if column not in GRANTED_COLUMNS:
                where = (*path, "columns", column)
                data = guess(column, GRANTED_COLUMNS)
                report.add("unknown_column", where, data)
    elif exists(plugins.list_sources, declared.plugin, (*path, "plugin"), report):
        validate_options(plugins.list_sources[declared.plugin].Options, declared.options, path, report, LIST_KEYS)
    for column, kind in declared.columns.items():
        if kind not in LIST_TYPES:
            where = (*path, "columns", column)
            report.add("unknown_value", where, guess(kind, tuple(LIST_TYPES)))


def _check_use(family: Mapping[str, Contract[Any]], use: PluginUse, path: Path, report: Report) -> None:
    if exists(family, use.plugin, (*path, "plugin"), report):
        validate_options(family[use.plugin].Options, use.options, (*path, "options"), report)


def exists(family: Mapping[str, object], key: str, path: Path, report: Report) -> bool:
    """Whether a plugin of this key exists; reported when it does not."""
    if key not in family:
        report.add("unknown_plugin", path, guess(key, sorted(family)))
    return key in family
