"""Every option of every shipped plugin says what it is in both languages: editors, pages and messages show them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import guichet_plugins
from guichet import Options
from guichet.editor.schemas.notes import note_of_key


def kinds_of(model: type[Options]) -> Iterator[type[Options]]:
    """Every model of options that extends one, however far."""
    for kind in model.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def untold(models: list[type[Options]]) -> list[str]:
    """The options that have no words, or the same ones in both languages."""
    found: list[str] = []
    for model in models:
        for name in model.model_fields:
            french, english = note_of_key(model, name, "fr"), note_of_key(model, name, "en")
            if not (french and english) or french == english:
                found.append(f"{model.__name__}.{name}")
    return found


def shipped_options() -> list[type[Options]]:
    """The models of options of the shipped plugins."""
    for module in pkgutil.walk_packages(guichet_plugins.__path__, "guichet_plugins."):
        importlib.import_module(module.name)
    found = {kind for kind in kinds_of(Options) if kind.__module__.startswith("guichet_plugins.")}
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def test_every_option_of_a_shipped_plugin_says_what_it_is_in_french_and_in_english() -> None:
    models = shipped_options()
    assert {"SftpOptions", "TransferOptions", "OidcOptions", "EmailOptions"} <= {model.__name__ for model in models}
    assert untold(models) == []


def test_an_option_without_its_french_is_found() -> None:
    class HalfTold(Options):
        told: str = ""
        """Something."""
        silent: str = ""

    assert untold([HalfTold]) == ["HalfTold.told", "HalfTold.silent"]
