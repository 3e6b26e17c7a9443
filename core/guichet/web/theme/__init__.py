"""The colours of a territory: a brand of 2 to 4 hex colours becomes the theme of every page."""

from guichet.web.theme.css import DEFAULT_BRAND, theme_css
from guichet.web.theme.scale import InvalidColourError, colour_scale, legible_scale

__all__ = ["DEFAULT_BRAND", "InvalidColourError", "colour_scale", "legible_scale", "theme_css"]
