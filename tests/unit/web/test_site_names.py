"""The names that no scheme may bear: every fixed word that stands where a scheme's name could."""

from __future__ import annotations

import pytest
from litestar import Router

from guichet.model.scalars import ScalarError, parse_slug
from guichet.model.site_names import SITE_NAMES
from guichet.web.app import HANDLERS

BEFORE_A_SCHEME = ("", "/t/{territory:str}", "/agents", "/agents/t/{territory:str}")


def fixed_words() -> set[str]:
    """Give the fixed words of the routes that follow what may stand before the name of a scheme."""
    routes = {path for handler in HANDLERS if not isinstance(handler, Router) for path in getattr(handler, "paths", ())}
    found = {
        path.removeprefix(f"{before}/").partition("/")[0]
        for path in routes
        for before in BEFORE_A_SCHEME
        if path.startswith(f"{before}/")
    }
    return {word for word in found if is_slug(word)}


def is_slug(word: str) -> bool:
    try:
        return parse_slug(word) == word
    except ScalarError:
        return False


def test_every_address_of_the_site_is_a_reserved_name() -> None:
    assert len(fixed_words()) > 10
    assert fixed_words() - SITE_NAMES == set()


@pytest.mark.parametrize("name", ["connexion", "aide", "agents", "dossiers"])
def test_the_names_met_first_are_reserved(name: str) -> None:
    assert name in SITE_NAMES
