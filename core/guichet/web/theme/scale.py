"""Designsystemet's colour scale: sixteen roles from one colour, for pages on a light ground.

`colour_scale` is the generator of `@digdir/designsystemet` (MIT) to the hex digit; `legible_scale` adds what it
leaves to the designer: text on a filled button keeps a contrast of 4.5 in each state.
"""

from __future__ import annotations

from guichet.web.theme.colours import (
    InvalidColourError,
    contrast,
    lightness,
    luminance_of_lightness,
    parse_hex,
    with_luminance,
)

__all__ = ["ROLES", "InvalidColourError", "colour_scale", "is_legible", "legible_scale"]

_LUMINANCE = {
    "background-default": 1.0,
    "background-tinted": 0.9,
    "surface-default": 1.0,
    "surface-tinted": 0.81,
    "surface-hover": 0.7,
    "surface-active": 0.59,
    "border-subtle": 0.5,
    "border-default": 0.19,
    "border-strong": 0.11,
    "text-subtle": 0.11,
    "text-default": 0.0245,
}
_BASE = ("base-default", "base-hover", "base-active", "base-contrast-subtle", "base-contrast-default")
ROLES = (*_LUMINANCE, *_BASE)

_AA = 4.5
_WHITE, _BLACK = "#ffffff", "#000000"
_STATE_STEP = 8  # lightness between a button at rest, hovered and pressed


def colour_scale(colour: str) -> dict[str, str]:
    """Gives the hex colour of each role, in the generator's order.

    >>> colour_scale("#0062BA")["base-hover"]
    '#004f96'
    """
    value = lightness(colour)
    step = -_STATE_STEP if value <= 30 or 49 <= value <= 65 else _STATE_STEP
    return _scale(colour, step)


def is_legible(colour: str) -> bool:
    """Tells whether white text can be read on the colour, and the colour on white."""
    return contrast(colour, _WHITE) >= _AA


def legible_scale(colour: str) -> dict[str, str]:
    """Gives the scale of the nearest colour that can carry white text, darkening it only as far as needed.

    A pale brand (a yellow, a light green) keeps its hue in tints and borders, but no button or link is written in it.
    """
    base = colour if is_legible(colour) else _darkened(colour)
    scale = colour_scale(base)
    if all(contrast(scale[role], scale["base-contrast-default"]) >= _AA for role in ("base-hover", "base-active")):
        return scale
    return _scale(base, _STATE_STEP)


def _scale(colour: str, step: int) -> dict[str, str]:
    value = lightness(colour)
    scale = {role: with_luminance(colour, wanted) for role, wanted in _LUMINANCE.items()}
    scale["base-default"] = colour.lower()
    scale["base-hover"] = _at_lightness(colour, value - step)
    scale["base-active"] = _at_lightness(colour, value - 2 * step)
    scale["base-contrast-subtle"] = _subtle_contrast(colour, value)
    scale["base-contrast-default"] = _WHITE if _prefers_white(colour) else _BLACK
    return scale


def _at_lightness(colour: str, value: float) -> str:
    return with_luminance(colour, luminance_of_lightness(value))


def _prefers_white(colour: str) -> bool:
    return contrast(colour, _WHITE) >= contrast(colour, _BLACK)


def _subtle_contrast(colour: str, value: float) -> str:
    distance = 60 if value <= 40 or value >= 60 else 50
    return _at_lightness(colour, value + distance if _prefers_white(colour) else value - distance)


def _darkened(colour: str) -> str:
    """Gives the colour at the luminance where white text reaches 4.5, a hair under it so that rounding keeps it."""
    parse_hex(colour)
    wanted = 1.05 / _AA - 0.05
    while contrast(darker := with_luminance(colour, wanted), _WHITE) < _AA:
        wanted -= 0.001
    return darker
