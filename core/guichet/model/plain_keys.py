"""What two people, or one who tries twice, write differently and means the same: the key of a grant without it."""

from __future__ import annotations

import unicodedata

__all__ = ["plain_address", "plain_key"]

_LATIN = "œ:oe æ:ae ø:o ł:l đ:d ð:d ħ:h ı:i þ:th"
_CYRILLIC = "а:a в:b е:e к:k м:m н:h о:o р:p с:c т:t у:y х:x ѕ:s і:i ј:j ԁ:d һ:h ԛ:q ԝ:w"
_GREEK = "α:a β:b ε:e ζ:z η:h ι:i κ:k μ:m ν:n ο:o ρ:p τ:t υ:y χ:x ϲ:c ϳ:j"
_LOOK_ALIKES = {ord(pair[0]): pair[2:] for pair in f"{_LATIN} {_CYRILLIC} {_GREEK}".split()}
"""Letters that no reader tells from a Latin one in one of its cases, and ligatures that many cannot type."""


def plain_key(text: str) -> str:
    """A text without capitals, accents, spaces, signs or invisible characters, in Latin letters where they look so.

    >>> plain_key("Jean-François  DUPONT"), plain_key("AB 123 CD"), plain_key("Lе\\u200bcœur")
    ('jeanfrancoisdupont', 'ab123cd', 'lecoeur')
    """
    return "".join(filter(str.isalnum, _bare(text)))


def plain_address(text: str) -> str:
    """An e-mail address without capitals or invisible characters; its dots tell two boxes apart.

    >>> plain_address(" Jean.Roy\\u00ad@Exemple.fr")
    'jean.roy@exemple.fr'
    """
    return "".join(each for each in _bare(text) if not each.isspace() and unicodedata.category(each) not in "CcCfCn")


def _bare(text: str) -> str:
    if text.isascii():
        return text.casefold()
    split = unicodedata.normalize("NFKD", text.casefold()).translate(_LOOK_ALIKES)
    return "".join(_digit(each) for each in split if not unicodedata.combining(each))


def _digit(each: str) -> str:
    return str(unicodedata.decimal(each, each)) if each.isdecimal() else each
