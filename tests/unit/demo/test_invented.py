"""Invented numbers pass every check and are never the same twice."""

from __future__ import annotations

from itertools import islice
from random import Random

from schwifty import IBAN
from stdnum.fr import siren as siren_checks
from stdnum.fr import siret as siret_checks

from guichet.demo.invented import iban, off_by_one, sirens, siret


def test_a_siren_passes_its_check() -> None:
    assert all(siren_checks.is_valid(one) for one in islice(sirens(Random(1)), 500))


def test_no_siren_comes_twice() -> None:
    assert len(set(islice(sirens(Random(1)), 20_000))) == 20_000


def test_skipping_gives_the_sirens_that_come_later() -> None:
    assert list(islice(sirens(Random(1)), 100, 103)) == list(islice(sirens(Random(1), skip=100), 3))


def test_a_siret_passes_its_check_and_begins_with_its_siren() -> None:
    rng = Random(2)
    for one in islice(sirens(rng), 200):
        made = siret(one, rng)
        assert siret_checks.is_valid(made)
        assert made.startswith(one)


def test_a_siren_off_by_one_passes_no_check() -> None:
    assert not any(siren_checks.is_valid(off_by_one(one)) for one in islice(sirens(Random(3)), 200))


def test_an_account_passes_both_its_keys() -> None:
    rng = Random(4)
    for _ in range(200):
        IBAN(iban(rng), validate_bban=True)
