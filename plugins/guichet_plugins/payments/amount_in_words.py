"""A sum in French words, as a statement of sums due spells it."""

from __future__ import annotations

_UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
_NOUNS = ((1_000_000_000_000, "billion"), (1_000_000_000, "milliard"), (1_000_000, "million"))


def amount_in_words(cents: int) -> str:
    """Give an amount of euros and centimes in words.

    >>> amount_in_words(100_000), amount_in_words(100_000_000), amount_in_words(8_050)
    ('mille euros', "un million d'euros", 'quatre-vingts euros et cinquante centimes')
    """
    if cents < 0:
        raise ValueError("a sum due is not negative")
    euros, rest = divmod(cents, 100)
    small = f"{number_in_words(rest)} centime{'s' if rest > 1 else ''}" if rest else ""
    if not euros and small:
        return small
    of = " d'" if euros >= 1_000_000 and euros % 1_000_000 == 0 else " "
    large = f"{number_in_words(euros)}{of}euro{'s' if euros > 1 else ''}"
    return f"{large} et {small}" if small else large


def number_in_words(number: int) -> str:
    """Give a whole number in words: `cent` and `vingt` agree when they end it, `mille` never does.

    >>> number_in_words(71), number_in_words(80), number_in_words(200), number_in_words(200_000)
    ('soixante et onze', 'quatre-vingts', 'deux cents', 'deux cent mille')
    """
    if number == 0:
        return _UNITS[0]
    parts: list[str] = []
    for size, noun in _NOUNS:
        count, number = divmod(number, size)
        if count:  # a noun: what counts it agrees, « deux cents millions »
            parts.append(f"{_below_a_million(count)} {noun}{'s' if count > 1 else ''}")
    if number:
        parts.append(_below_a_million(number))
    return " ".join(parts)


def _below_a_million(number: int) -> str:
    thousands, rest = divmod(number, 1_000)
    parts: list[str] = []
    if thousands:  # an adjective: what stands before it does not agree, « quatre-vingt mille »
        parts.append("mille" if thousands == 1 else f"{_below_a_thousand(thousands, ends=False)} mille")
    if rest:
        parts.append(_below_a_thousand(rest, ends=True))
    return " ".join(parts)


def _below_a_thousand(number: int, *, ends: bool) -> str:
    hundreds, rest = divmod(number, 100)
    parts: list[str] = []
    if hundreds:
        agrees = "s" if hundreds > 1 and not rest and ends else ""
        parts.append("cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent{agrees}")
    if rest:
        parts.append(_below_a_hundred(rest, ends=ends))
    return " ".join(parts)


def _below_a_hundred(number: int, *, ends: bool) -> str:
    if number < 20:
        return _UNITS[number]
    if number >= 80:
        rest = number - 80
        return f"quatre-vingt-{_UNITS[rest]}" if rest else f"quatre-vingt{'s' if ends else ''}"
    tens = 60 if number >= 60 else number // 10 * 10
    rest = number - tens
    if not rest:
        return _TENS[tens]
    return f"{_TENS[tens]} et {_UNITS[rest]}" if rest in (1, 11) else f"{_TENS[tens]}-{_UNITS[rest]}"
