"""Numbers that pass every check and belong to nobody: companies, establishments, bank accounts."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

__all__ = ["iban", "off_by_one", "one_page_pdf", "sirens", "siret"]

# A step prime to the modulus walks through every number once: distinct SIRENs without remembering any.
_FIRST, _MODULUS = 10_000_000, 89_999_999
_BANK = 99_999  # no bank has this code


def _luhn_parts() -> tuple[int, ...]:
    """For each group of four digits, its part of the Luhn sum when its second and fourth digits are doubled."""
    doubled = [digit * 2 // 10 + digit * 2 % 10 for digit in range(10)]
    return tuple(n // 1000 + doubled[n // 100 % 10] + n // 10 % 10 + doubled[n % 10] for n in range(10_000))


_PARTS = _luhn_parts()


def sirens(rng: Random, skip: int = 0) -> Iterator[str]:
    """Distinct SIRENs, ninety millions of them in no visible order, from the first that is not skipped."""
    step, start = rng.randrange(1_000_003, _MODULUS - 1), rng.randrange(_MODULUS)
    number = (start + skip * step) % _MODULUS
    while True:
        yield _with_key(_FIRST + number)
        number = (number + step) % _MODULUS
        if number == start:
            return


def siret(siren: str, rng: Random) -> str:
    """An establishment of a company."""
    nic = f"{rng.choice((1, 1, 1, 2, 3)):04d}"
    digits = [int(digit) for digit in siren + nic]
    total = sum(digit if place % 2 else _doubled(digit) for place, digit in enumerate(digits))
    return f"{siren}{nic}{-total % 10}"


def off_by_one(siren: str) -> str:
    """The same SIREN with its check digit off by one: it passes no check.

    >>> off_by_one("732829320")
    '732829321'
    """
    return siren[:-1] + str((int(siren[-1]) + 1) % 10)


def iban(rng: Random) -> str:
    """A French account in a bank that does not exist, its two keys right."""
    branch, account = rng.randrange(100_000), rng.randrange(10**11)
    key = 97 - (89 * _BANK + 15 * branch + 3 * account) % 97
    bban = f"{_BANK:05d}{branch:05d}{account:011d}{key:02d}"
    check = 98 - int(f"{bban}152700") % 97  # FR00, its letters counted from ten
    return f"FR{check:02d}{bban}"


def one_page_pdf(text: str) -> bytes:
    """A document of one page that says a text of ASCII letters, and nothing true."""
    shown = f"BT /F1 14 Tf 60 760 Td ({text}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font 6 0 R >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /F1 5 0 R >>",
    )
    made, places = bytearray(b"%PDF-1.4\n"), list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(made)


def _with_key(root: int) -> str:
    high, low = divmod(root, 10_000)
    return f"{root}{-(_PARTS[high] + _PARTS[low]) % 10}"


def _doubled(digit: int) -> int:
    return digit * 2 - 9 if digit > 4 else digit * 2
