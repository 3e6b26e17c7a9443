"""A neutral logo made of a territory's initials and colours: no charter is copied, no file is kept."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from guichet.model.brand import Brand

__all__ = ["logo_svg"]

_SIDE = 96
_LIGHT, _DARK = "#ffffff", "#14181f"


def logo_svg(brand: Brand, title: str) -> str:
    """The logo as an SVG document: initials in a rounded square over a band of the other colours."""
    ground, *others = brand.colours
    size = {1: 52, 2: 44, 3: 34}.get(len(brand.initials), 26)
    width = _SIDE / len(others)
    band = "".join(
        f'<rect x="{number * width:g}" y="80" width="{width:g}" height="16" fill="{colour}"/>'
        for number, colour in enumerate(others)
    )
    font = f'font-family="sans-serif" font-weight="700" font-size="{size}" fill="{_readable_on(ground)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}" role="img"'
        f" aria-label={quoteattr(title)}>"
        f"<title>{escape(title)}</title>"
        f'<clipPath id="shape"><rect width="{_SIDE}" height="{_SIDE}" rx="18"/></clipPath>'
        f'<g clip-path="url(#shape)"><rect width="{_SIDE}" height="{_SIDE}" fill="{ground}"/>{band}</g>'
        f'<text x="48" y="42" {font} text-anchor="middle" dominant-baseline="central">{escape(brand.initials)}</text>'
        "</svg>\n"
    )


def _readable_on(ground: str) -> str:
    """White or near black, whichever contrasts more (relative luminance of WCAG 2.2)."""
    channels = [int(ground[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return _DARK if (luminance + 0.05) ** 2 > 1.05 * 0.05 else _LIGHT
