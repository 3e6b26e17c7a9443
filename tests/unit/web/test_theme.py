"""The colours of a territory: equal to Designsystemet's generator, and legible whatever the brand."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.web.theme import InvalidColourError, colour_scale, legible_scale, theme_css
from guichet.web.theme.colours import contrast

EXPECTED = json.loads(
    (Path(__file__).parents[2] / "data" / "theme" / "designsystemet-1.15.0.json").read_text(encoding="utf-8"),
)["scales"]
COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize("colour", EXPECTED)
def test_scale_is_the_one_of_the_npm_tool_to_the_digit(colour: str) -> None:
    assert colour_scale(colour) == EXPECTED[colour]


@given(COLOURS)
def test_text_on_a_button_is_legible_in_each_state_whatever_the_brand(colour: str) -> None:
    scale = legible_scale(colour)
    for state in ("base-default", "base-hover", "base-active"):
        assert contrast(scale["base-contrast-default"], scale[state]) >= 4.5


@given(COLOURS)
def test_text_and_links_are_legible_on_each_ground_whatever_the_brand(colour: str) -> None:
    scale = legible_scale(colour)
    for ground in ("background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover"):
        for text in ("text-default", "text-subtle"):
            assert contrast(scale[text], scale[ground]) >= 4.5


@given(COLOURS)
def test_borders_of_controls_stand_out_whatever_the_brand(colour: str) -> None:
    scale = legible_scale(colour)
    for ground in ("background-default", "background-tinted"):
        assert contrast(scale["border-default"], scale[ground]) >= 3


def test_the_upstream_scale_alone_would_fail_for_some_brands() -> None:
    scale = colour_scale("#4877b1")
    assert contrast(scale["base-contrast-default"], scale["base-active"]) < 4.5


def test_a_legible_brand_is_kept_as_it_is() -> None:
    assert legible_scale("#0062BA")["base-default"] == "#0062ba"


def test_theme_declares_each_role_of_each_colour_and_the_raw_brand() -> None:
    css = theme_css(("#1b4f72", "#f2b705", "#3d8b63"))
    for name in ("accent", "brand1", "brand2", "brand3", "neutral", "info", "success", "warning", "danger"):
        assert len(re.findall(rf"--ds-color-{name}-[a-z-]+:#[0-9a-f]{{6}}", css)) == 16
    assert "--guichet-brand-2:#f2b705" in css


def test_the_first_colour_that_carries_white_text_leads() -> None:
    assert "--ds-color-accent-base-default:#0a2f5c;" in theme_css(("#ffd400", "#0a2f5c"))


def test_a_brand_of_pale_colours_is_led_by_its_first_one_darkened() -> None:
    lead = re.search(r"--ds-color-accent-base-default:(#[0-9a-f]{6})", theme_css(("#ffd400", "#c8e6ff")))
    assert lead
    assert lead[1] == legible_scale("#ffd400")["base-default"] != "#ffd400"


def test_every_colour_the_foundation_names_is_in_the_theme() -> None:
    foundation = Path(__file__).parents[3] / "core/guichet/web/static/foundation.css"
    wanted = set(re.findall(r"var\((--ds-color-[a-z0-9-]+)\)", foundation.read_text(encoding="utf-8")))
    given_names = set(re.findall(r"(--ds-color-[a-z0-9-]+):", theme_css()))
    assert wanted <= given_names


@pytest.mark.parametrize("brand", [("#123456",), ("#1",) * 2, ("#123456",) * 5, ("#123456", "red;}body{display:none")])
def test_a_brand_that_is_not_two_to_four_hex_colours_is_refused(brand: tuple[str, ...]) -> None:
    with pytest.raises(InvalidColourError):
        theme_css(brand)
