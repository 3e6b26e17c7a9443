"""Sign-in by mail, under haste and on both databases: a key opens once, limits hold, nothing is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from databases import each_address
from guichet.model.records import Account
from guichet.services.cases import UseCases
from guichet.services.refusals import Refused
from guichet.services.sign_in import (
    CODE_ATTEMPTS,
    DUTY,
    BadAddress,
    TooManySignIns,
    WrongKey,
    ask_sign_in,
    pending_address,
    read_address,
    take_code,
    take_link,
)
from guichet.settings import Settings
from guichet.storage import outbox
from instances import an_instance, run_duties
from signing_in import code_of, last_mail, link_of, mails

EMAIL = "camille@exemple.fr"
PLACE = "192.0.2.1"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path) as made:
        yield made


def asked(cases: UseCases, email: str = EMAIL, place: str = PLACE) -> str:
    return ask_sign_in(cases, email, territory="reg-53", place=place).id


@each_address
def test_a_code_given_twenty_times_at_once_opens_one_session(
    address: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, settings=Settings(database_url=url)) as cases:
        sign_in = asked(cases)
        link = link_of(last_mail(cases)).rpartition("/")[2]

        def try_it(number: int) -> Account | None:
            try:
                return take_link(cases, link, place=f"192.0.2.{number}")
            except Refused:
                return None

        with ThreadPoolExecutor(20) as pool:
            opened = [found for found in pool.map(try_it, range(20)) if found is not None]
        assert [one.email for one in opened] == [EMAIL]
        assert pending_address(cases, sign_in) == ""


@each_address
def test_guesses_made_at_once_are_all_counted(
    address: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, settings=Settings(database_url=url)) as cases:
        sign_in = asked(cases)
        code = code_of(last_mail(cases))
        guesses = [f"{(int(code) + number) % 1_000_000:06d}" for number in range(1, 13)]

        def guess(typed: str) -> int:
            with pytest.raises(WrongKey) as refused:
                take_code(cases, sign_in, typed, place=PLACE)
            return refused.value.left

        with ThreadPoolExecutor(12) as pool:
            left = list(pool.map(guess, guesses))
        assert sorted(left, reverse=True)[:CODE_ATTEMPTS] == [4, 3, 2, 1, 0]
        with pytest.raises(WrongKey):
            take_code(cases, sign_in, code, place=PLACE)


def test_the_outbox_holds_no_key(cases: UseCases) -> None:
    sign_in = asked(cases)
    duty = cases.store.read(lambda tx: outbox.by_key(tx, f"{DUTY}:{sign_in}"))
    assert duty is not None
    assert set(duty.payload) == {"sign_in", "territory", "then", "language"}


def test_no_key_opens_before_its_mail_is_written(cases: UseCases) -> None:
    sign_in = asked(cases)
    for typed in ("", "000000", "unsent:"):
        with pytest.raises(WrongKey):
            take_code(cases, sign_in, typed, place=PLACE)


def test_a_mail_is_not_written_for_a_sign_in_that_is_over(cases: UseCases) -> None:
    asked(cases)
    cases.clock.advance(minutes=16)
    run_duties(cases)
    assert mails(cases) == []


def test_one_place_cannot_write_to_everybody(cases: UseCases) -> None:
    for number in range(60):
        asked(cases, f"personne{number}@exemple.fr")
    with pytest.raises(TooManySignIns):
        asked(cases, "une.de.trop@exemple.fr")
    asked(cases, "une.de.trop@exemple.fr", place="198.51.100.7")


def test_one_address_gets_twenty_mails_a_day_at_most(cases: UseCases) -> None:
    sent = 0
    for _ in range(10):
        for place in range(5):
            try:
                asked(cases, place=f"192.0.2.{place}")
                sent += 1
            except TooManySignIns:
                break
        cases.clock.advance(minutes=15)
    assert sent == 20


def test_the_same_code_of_another_sign_in_opens_nothing(cases: UseCases) -> None:
    asked(cases)
    code = code_of(last_mail(cases))
    other = asked(cases, "autre@exemple.fr")
    run_duties(cases)
    with pytest.raises(WrongKey):
        take_code(cases, other, code, place=PLACE)


def test_codes_have_six_digits_and_differ(cases: UseCases) -> None:
    for number in range(12):
        asked(cases, f"a{number}@exemple.fr")
    codes = {code_of(path.read_text().partition("\n\n")[2]) for path in mails(cases)}
    assert len(codes) > 10
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)


def test_the_account_is_made_at_the_first_sign_in_and_found_again(cases: UseCases) -> None:
    accounts = []
    for typed in (EMAIL, " CAMILLE@exemple.fr"):
        sign_in = asked(cases, typed)
        accounts.append(take_code(cases, sign_in, code_of(last_mail(cases)), place=PLACE).id)
    assert accounts[0] == accounts[1]


def test_the_mail_speaks_the_language_asked_for_and_names_the_authority(cases: UseCases) -> None:
    ask_sign_in(cases, EMAIL, territory="reg-53", place=PLACE, language="en")
    assert "Your sign-in code" in last_mail(cases)
    assert "Région Bretagne" in last_mail(cases)


@pytest.mark.parametrize(
    "typed", ["a@exemple.fr\nBcc: x@y.fr", "a@b", "a@@b.fr", "", "a@exemple.fr\0", "a@-x.fr", "@x.fr"]
)
def test_what_a_header_could_trip_on_is_no_address(typed: str) -> None:
    with pytest.raises(BadAddress):
        read_address(typed)


@pytest.mark.parametrize("typed", ["a@exemple.fr", "prenom.nom+aide@sous.domaine.exemple.fr", "o'brien@exemple.museum"])
def test_ordinary_addresses_are_taken(typed: str) -> None:
    assert read_address(f"  {typed.upper()} ") == typed
