"""The plugins that come with the project, as an installation finds them."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Collection
from pathlib import Path

from guichet.plugin import Plugins, load_plugins

_PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def shipped_modules() -> dict[str, object]:
    """Give each shipped plugin's module by name, from the declared entry points."""
    declared = tomllib.loads(_PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]["guichet.plugins"]
    return {name: importlib.import_module(module) for name, module in declared.items()}


def shipped_plugins(*, disabled: Collection[str] = (), extra: dict[str, object] | None = None) -> Plugins:
    """Give the shipped plugins, whether or not the project is installed."""
    return load_plugins(disabled=disabled, extra={**shipped_modules(), **(extra or {})})
