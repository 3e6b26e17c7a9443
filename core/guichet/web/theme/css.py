"""The theme of one territory as CSS text: variables `--ds-color-*` for each named colour, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guichet.web.theme.scale import InvalidColourError, colour_scale, is_legible, legible_scale

__all__ = ["DEFAULT_BRAND", "theme_css"]

DEFAULT_BRAND = ("#1f4e79", "#5b7083")
"""The colours of an instance before a territory is chosen."""

# The reserved colours of Designsystemet: a state keeps the same colour in every territory.
_RESERVED = {
    "neutral": "#24272b",
    "info": "#0a71c0",
    "success": "#068718",
    "warning": "#ea9b1b",
    "danger": "#c01b1b",
}
_MAX_BRAND = 4


def theme_css(brand: Sequence[str] = DEFAULT_BRAND) -> str:
    """Gives the theme of a brand: one colour leads (buttons, links, what is chosen), the others decorate.

    The first colour that carries white text leads; when none does, the first one, darkened.

    Args:
        brand: 2 to 4 colours `#rrggbb`.

    Raises:
        InvalidColourError: a colour is not `#rrggbb`, or there are fewer than 2 or more than 4.
    """
    if not 2 <= len(brand) <= _MAX_BRAND:
        raise InvalidColourError(", ".join(brand))
    scales: dict[str, Mapping[str, str]] = {"accent": legible_scale(_leading(brand))}
    for number in range(1, _MAX_BRAND):
        scales[f"brand{number}"] = legible_scale(brand[min(number, len(brand) - 1)])
    scales |= {name: colour_scale(colour) for name, colour in _RESERVED.items()}
    declarations = [
        f"--ds-color-{name}-{role}:{value}" for name, scale in scales.items() for role, value in scale.items()
    ]
    declarations += [f"--guichet-brand-{number}:{colour.lower()}" for number, colour in enumerate(brand, start=1)]
    return "@layer ds.theme.color-scheme.light{:root{" + ";".join(declarations) + "}}\n"


def _leading(brand: Sequence[str]) -> str:
    return next((colour for colour in brand if is_legible(colour)), brand[0])
