"""Plain values for the tests of a plugin, and its registration through the true door."""

from __future__ import annotations

from datetime import date
from types import ModuleType
from typing import Any

from guichet.plugin import Plugins, hookimpl, load_plugins
from guichet.plugin.contracts import Context, PaymentOrder, PluginError
from guichet.plugin.registry import FAMILIES

A_DAY = date(2020, 4, 20)


def a_context(**changes: Any) -> Context:
    """Give a context of 20 April 2020, in French, in Bretagne, live, with the changes."""
    return Context(**{"today": A_DAY, "territory": "reg-53", **changes})


def an_order(**changes: Any) -> PaymentOrder:
    """Give a payment order of 2 000 €, with the changes."""
    plain = {
        "id": "PO-1",
        "dossier": "7K3M9QXW2F",
        "payee": "SARL Les Lilas",
        "iban": "FR7630006000011234567890189",
        "bic": "AGRIFRPP",
        "cents": 200_000,
        "label": "Aide 7K3M9QXW2F",
        "siret": "55204944776279",
    }
    return PaymentOrder(**{**plain, **changes})


def loaded(hook: str, thing: object) -> Plugins:
    """Give the plugins of an installation that holds this one object, registered by its hook and given back as it is.

    Raises:
        ProblemsFound: The object would be refused at start.
    """
    module = ModuleType("under_test")

    def register() -> list[object]:
        return [thing]

    setattr(module, hook, hookimpl(register))
    return load_plugins(extra={"under_test": module}, installed=False, guarding=False)


def assert_registers(hook: str, thing: Any) -> None:
    """Check that an installation takes an object, under its key."""
    family = next(one for one in FAMILIES if one.hook == hook)
    (key,) = getattr(loaded(hook, thing), family.name)
    assert key == family.key_of(thing), f"it is registered as {key}, not {family.key_of(thing)}"


def accepted(options_model: type[Any], declared: dict[str, Any] | None) -> Any:
    """Give the options as the core validates them from a declaration."""
    return options_model.model_validate(declared or {})


def assert_speaks(error: PluginError) -> None:
    """Check that a refusal says what to do in both languages, and does not blame."""
    for language, blame in (
        ("fr", ("erreur", "invalide", "incorrect", "erroné")),
        ("en", ("error", "invalid", "wrong")),
    ):
        sentence = error.text(language)
        assert sentence, f"no sentence in {language}"
        assert sentence[0] == sentence[0].upper(), f"not a sentence: {sentence!r}"
        assert sentence[-1] in ".?!", f"not a sentence: {sentence!r}"
        assert not any(word in sentence.casefold() for word in blame), f"blames instead of helping: {sentence!r}"
    assert error.text("fr") != error.text("en"), f"said in one language only: {error.text('fr')!r}"
