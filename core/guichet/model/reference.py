"""Public references: ten characters a person can read over the phone.

Nine random symbols of Crockford's base 32 and his check symbol (modulo 37), which catches any wrong or swapped
character. His five extra check symbols (`* ~ $ = U`) never appear: a value that would need one is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["new_reference", "parse_reference"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_CHECK_MODULUS = 37  # the smallest prime above 32, so that every single error and swap shows


def new_reference(random_bytes: Callable[[int], bytes]) -> str:
    """Give a fresh reference from a source of random bytes."""
    while True:
        value = int.from_bytes(random_bytes(6), "big") >> 3
        check = value % _CHECK_MODULUS
        if check < len(ALPHABET):
            return _symbols(value) + ALPHABET[check]


def parse_reference(text: str) -> str | None:
    """Give the reference a person meant, or None: case, spaces, hyphens, O for 0 and I or L for 1 are forgiven.

    >>> parse_reference("ooooo-ooool") is None
    True
    >>> parse_reference("oooOO 00011")
    '0000000011'
    """
    compact = text.upper().replace("-", "").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if len(compact) != LENGTH or any(symbol not in _VALUES for symbol in compact):
        return None
    value = 0
    for symbol in compact[:-1]:
        value = value * 32 + _VALUES[symbol]
    check = _VALUES[compact[-1]]
    return _symbols(value) + ALPHABET[check] if value % _CHECK_MODULUS == check else None


def _symbols(value: int) -> str:
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(40, -1, -5))
