"""A histogram of amounts as SVG: bars, a scale, a title and a description that a screen reader says."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Final

from guichet.locale import Language, Text
from guichet.services.simulation.summary import BIN

__all__ = ["amounts_as_svg", "bars"]

_MOST: Final = 25
_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 760, 380, 70, 50, 40
_STEPS: Final = (1, 2, 5)
_TITLE = Text(fr="Montants accordés par la simulation", en="Amounts granted by the simulation")
_ABOUT = Text(
    fr="{granted} dossiers aidés, de {low} à {high} euros. Le plus souvent ({most}) : de {from_} à {to} euros.",
    en="{granted} dossiers granted, from {low} to {high} euros. Most frequent ({most}): {from_} to {to} euros.",
    fr_one="{granted} dossier aidé, de {low} à {high} euros. Le plus souvent ({most}) : de {from_} à {to} euros.",
    en_one="{granted} dossier granted, from {low} to {high} euros. Most frequent ({most}): {from_} to {to} euros.",
)
_NONE = Text(fr="Aucun dossier aidé.", en="No dossier granted.")
_AXIS = Text(fr="Montant (€)", en="Amount (€)")
_BAR = Text(
    fr="De {from_} à {to} € : {held} dossiers",
    en="{from_} to {to} €: {held} dossiers",
    fr_one="De {from_} à {to} € : {held} dossier",
    en_one="{from_} to {to} €: {held} dossier",
)


def bars(bins: Counter[int]) -> list[tuple[int, int, int]]:
    """Amounts in at most 25 bars of a round width: first and last euro, dossiers; empty ones between included.

    >>> bars(Counter({200: 3, 350: 1}))[:2]
    [(2000, 2100, 3), (2100, 2200, 0)]
    """
    if not bins:
        return []
    first, last = min(bins), max(bins)
    width = next(
        step * 10**power
        for power in range(20)
        for step in _STEPS
        if last // (step * 10**power) - first // (step * 10**power) < _MOST
    )
    counted = Counter[int]()
    for place, count in bins.items():
        counted[place // width] += count
    euros = width * BIN // 100
    return [(bar * euros, (bar + 1) * euros, counted[bar]) for bar in range(first // width, last // width + 1)]


def amounts_as_svg(bins: Counter[int], language: Language) -> str:
    """The whole drawing."""
    found = bars(bins)
    highest = max((count for _, _, count in found), default=1)
    inner_width, inner_height = _WIDTH - _LEFT - 20, _HEIGHT - _TOP - _BOTTOM
    slot = inner_width / max(len(found), 1)
    drawn: list[str] = []
    for place, (low, high, count) in enumerate(found):
        tall = round(inner_height * count / highest, 1)
        x, y = round(_LEFT + place * slot, 1), round(_TOP + inner_height - tall, 1)
        said = _BAR.form(language, count).format(
            from_=_euros(low, language), to=_euros(high, language), held=_grouped(count, language)
        )
        drawn.append(
            f'<rect x="{x}" y="{y}" width="{round(slot * 0.9, 1)}" height="{tall}" fill="#1f5f99">'
            f"<title>{escape(said)}</title></rect>"
        )
        if place % max(1, len(found) // 8) == 0:
            drawn.append(_label(x, _HEIGHT - _BOTTOM + 18, _euros(low, language), "start"))
    for part in (0, 0.5, 1):
        y = round(_TOP + inner_height * (1 - part), 1)
        drawn.append(f'<line x1="{_LEFT}" y1="{y}" x2="{_WIDTH - 20}" y2="{y}" stroke="#767676" stroke-width="0.5"/>')
        drawn.append(_label(_LEFT - 8, y + 4, _grouped(round(highest * part) if found else 0, language), "end"))
    title, about = _TITLE.form(language, None), _described(found, language)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" lang="{language}"'
        ' aria-labelledby="title about" font-family="sans-serif" font-size="12">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="about">{escape(about)}</desc>\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>\n'
        f'<text x="{_LEFT}" y="22" font-size="15" fill="#1e1e1e">{escape(title)}</text>\n'
        + "\n".join(drawn)
        + f"\n{_label(_LEFT + inner_width / 2, _HEIGHT - 12, _AXIS.form(language, None), 'middle')}\n</svg>\n"
    )


def _described(found: list[tuple[int, int, int]], language: Language) -> str:
    if not found:
        return _NONE.form(language, None)
    low, high, most = max(found, key=lambda bar: bar[2])
    granted = sum(count for _, _, count in found)
    return _ABOUT.form(language, granted).format(
        granted=_grouped(granted, language),
        low=_euros(found[0][0], language),
        high=_euros(found[-1][1], language),
        from_=_euros(low, language),
        to=_euros(high, language),
        most=_grouped(most, language),
    )


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="#1e1e1e">{escape(text)}</text>'


def _euros(amount: int, language: Language) -> str:
    return _grouped(amount, language)


def _grouped(number: int, language: Language) -> str:
    return f"{number:,}".replace(",", "\u202f") if language == "fr" else f"{number:,}"
