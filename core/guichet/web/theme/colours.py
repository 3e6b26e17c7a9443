"""Colours in sRGB: reading hex, relative luminance, contrast, and a colour of a wanted luminance.

A port of the parts of chroma.js 3.2 (BSD-3-Clause) and HSLuv 1.0 (MIT) that Designsystemet's generator uses, with
the same constants and the same bisection, so that both give the same hex digits.
"""

from __future__ import annotations

import math
import re

RGB = tuple[float, float, float]

WHITE: RGB = (255.0, 255.0, 255.0)
BLACK: RGB = (0.0, 0.0, 0.0)

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_PRECISION = 1e-7
_MAX_STEPS = 20
# HSLuv: linear sRGB to the Y of CIE XYZ, and the two constants of CIE lightness.
_TO_Y = (0.21263900587151, 0.71516867876775, 0.072192315360733)
_KAPPA = 903.2962962
_EPSILON = 0.0088564516


class InvalidColourError(ValueError):
    """Raised for a text that is not `#rrggbb`."""


def parse_hex(text: str) -> RGB:
    """Gives red, green and blue from 0 to 255."""
    if not _HEX.fullmatch(text):
        raise InvalidColourError(text)
    return (float(int(text[1:3], 16)), float(int(text[3:5], 16)), float(int(text[5:7], 16)))


def to_hex(colour: RGB) -> str:
    """Gives `#rrggbb`, each channel rounded half up."""
    return "#" + "".join(f"{math.floor(channel + 0.5):02x}" for channel in colour)


def luminance(colour: RGB) -> float:
    """Gives the relative luminance of WCAG 2, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255, 0.03928) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Gives the contrast ratio of WCAG 2 between two hex colours, from 1 to 21."""
    low, high = sorted((luminance(parse_hex(one)), luminance(parse_hex(other))))
    return (high + 0.05) / (low + 0.05)


def with_luminance(text: str, wanted: float) -> str:
    """Gives the colour mixed with black or white until its luminance is the wanted one."""
    if wanted <= 0:
        return to_hex(BLACK)
    if wanted >= 1:
        return to_hex(WHITE)
    colour = parse_hex(text)
    low, high = (BLACK, colour) if luminance(colour) > wanted else (colour, WHITE)
    for _ in range(_MAX_STEPS + 1):
        middle = _halfway(low, high)
        found = luminance(middle)
        if abs(wanted - found) < _PRECISION:
            return to_hex(middle)
        low, high = (low, middle) if found > wanted else (middle, high)
    return to_hex(_halfway(low, high))


def lightness(text: str) -> float:
    """Gives the HSLuv lightness of a colour, from 0 to 100."""
    channels = (_linear(channel / 255, 0.04045) for channel in parse_hex(text))
    y = sum(weight * channel for weight, channel in zip(_TO_Y, channels, strict=True))
    return y * _KAPPA if y <= _EPSILON else 116 * y ** (1 / 3) - 16


def luminance_of_lightness(value: float) -> float:
    """Gives the relative luminance of the grey that has this HSLuv lightness."""
    if value > 99.9999999:
        return 1.0
    if value < 0.00000001:
        return 0.0
    y = value / _KAPPA if value <= 8 else ((value + 16) / 116) ** 3
    channel = 12.92 * y if y <= 0.0031308 else 1.055 * y ** (1 / 2.4) - 0.055
    grey = float(math.floor(channel * 255 + 0.5))
    return luminance((grey, grey, grey))


def _linear(channel: float, threshold: float) -> float:
    return channel / 12.92 if channel <= threshold else ((channel + 0.055) / 1.055) ** 2.4


def _halfway(low: RGB, high: RGB) -> RGB:
    return (
        low[0] + 0.5 * (high[0] - low[0]),
        low[1] + 0.5 * (high[1] - low[1]),
        low[2] + 0.5 * (high[2] - low[2]),
    )
