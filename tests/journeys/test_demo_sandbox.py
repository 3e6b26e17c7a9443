"""A prepared sandbox: full at every stage, its people can come in, its next start finds everything again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pyotp.totp import TOTP
from sqlalchemy import select

from browsing import a_browser
from guichet.demo.persons import PASSWORD, Cast
from guichet.demo.sandbox import Opened, open_sandbox
from guichet.errors import ProblemsFound
from guichet.services.agent_sign_in import check_code, check_password
from guichet.services.cases import UseCases
from guichet.settings import Settings
from guichet.storage import counts, instances, outside_calls, payment_runs
from guichet.storage.tables import dossier
from guichet.web.app import create_app
from guichet_cli.main import run
from instances import run_duties, the_library
from signing_in import sign_in_applicant

HOME = "http://testserver.local"


def opened(folder: Path) -> Opened:
    return open_sandbox(Settings(), the_library(), folder, base_url=HOME, dossiers=36, rows=400)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[UseCases, Cast, Path]]:
    """A sandbox prepared once, smaller than the true one."""
    folder = tmp_path_factory.mktemp("sandbox") / "demo"
    found = opened(folder)
    assert found.new
    yield found.cases, found.cast, folder
    found.cases.store.close()


def test_it_stands_on_the_day_of_the_recipe(sandbox: tuple[UseCases, Cast, Path]) -> None:
    cases, cast, _ = sandbox
    assert cast.business_day == date(2020, 4, 20)
    assert cases.store.read(instances.get).business_day == date(2020, 4, 20)
    assert all(cases.today(place) == date(2020, 4, 20) for place in cast.places)


def test_its_list_was_fetched_from_a_stand_in(sandbox: tuple[UseCases, Cast, Path]) -> None:
    calls = sandbox[0].store.read(lambda tx: outside_calls.latest(tx, service="demarches_simplifiees"))
    assert [call.outcome for call in calls] == ["answered"] * 5  # the champs, then four pages of a hundred dossiers


def test_dossiers_stand_at_every_stage(sandbox: tuple[UseCases, Cast, Path]) -> None:
    cases, cast, _ = sandbox
    stands = select(dossier.c.phase, dossier.c.stage, dossier.c.end).where(dossier.c.scheme == cast.scheme).distinct()
    assert {tuple(row) for row in cases.store.read(lambda tx: tx.all(stands))} >= {
        ("draft", None, None),
        ("instruction", "opinion", None),
        ("instruction", "decision", None),
        ("decided", None, "granted"),
    }
    assert cases.store.read(lambda tx: payment_runs.of_days(tx, scheme=cast.scheme))


def test_the_duties_that_wait_can_all_be_done(sandbox: tuple[UseCases, Cast, Path]) -> None:
    assert run_duties(sandbox[0]) >= 0


def test_each_agent_told_of_comes_in_with_password_and_code(sandbox: tuple[UseCases, Cast, Path]) -> None:
    cases, cast, _ = sandbox
    seated = [one for one in cast.persons if one.totp_secret]
    assert [one.role for one in seated] == ["instructor", "decider", "helpdesk"]
    for one in seated:
        agent = check_password(cases, one.email, PASSWORD, place="here")
        check_code(cases, agent, TOTP(one.totp_secret).at(datetime.now(UTC)))


def test_an_applicant_told_of_finds_a_dossier(sandbox: tuple[UseCases, Cast, Path]) -> None:
    cases, cast, _ = sandbox
    person = next(one for one in cast.persons if one.role == "applicant")
    with a_browser(create_app(cases), HOME) as browser:
        sign_in_applicant(browser, cases, person.territory, person.email)
        browser.go(f"/t/{person.territory}/dossiers")
        assert browser.status == 200
        assert browser.sees("20 avril 2020")


def test_the_companies_told_of_open_the_gate(sandbox: tuple[UseCases, Cast, Path]) -> None:
    cases, cast, _ = sandbox
    one = cast.tries[0]
    with a_browser(create_app(cases), HOME) as browser:
        sign_in_applicant(browser, cases, one.territory, "camille@exemple.fr")
        browser.go(f"/t/{one.territory}/{cast.scheme}/demande").form().send()
        form = browser.form()
        asked = [name for name in form.names() if name not in ("_csrf_token", "shown")]
        form.fill(dict(zip(asked, (*one.fields.values(), *one.proofs.values()), strict=True))).send()
        assert "/pages/" in browser.path, browser.text


def test_what_a_collectivite_would_know_is_invented(sandbox: tuple[UseCases, Cast, Path]) -> None:
    cases, cast, folder = sandbox
    place = cases.territory(cast.places[0])
    assert "à compléter" not in {place.contacts.phone, place.contacts.email}
    assert all(one.name != "à compléter" for one in place.signatories.values())
    assert (folder / "regions" / cast.places[0] / "territory.yaml").read_text("utf-8").startswith("# Inventé")


def test_the_people_are_told_again_on_demand(
    sandbox: tuple[UseCases, Cast, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _, cast, folder = sandbox
    assert run(["demo", "--codes", "--folder", str(folder)], Settings(language="fr")) == 0
    said = capsys.readouterr().out
    assert all(one.email in said for one in cast.persons)
    assert PASSWORD in said
    assert all(TOTP(one.totp_secret).at(datetime.now(UTC)) in said for one in cast.persons if one.totp_secret)


def test_a_second_start_finds_everything_again(tmp_path: Path) -> None:
    first = open_sandbox(Settings(), the_library(), tmp_path / "demo", dossiers=6, rows=60)
    before = first.cases.store.read(lambda tx: counts.totals(tx, first.cast.scheme))
    first.cases.store.close()
    second = open_sandbox(Settings(), the_library(), tmp_path / "demo")
    try:
        assert not second.new
        assert second.cast == replace(first.cast, places=list(first.cast.places))
        assert second.cases.store.read(lambda tx: counts.totals(tx, second.cast.scheme)) == before
    finally:
        second.cases.store.close()


def test_a_preparation_cut_short_begins_anew(tmp_path: Path) -> None:
    def cut(step: str, done: int, total: int) -> None:
        if step == "filing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_sandbox(Settings(), the_library(), tmp_path / "demo", dossiers=6, rows=60, told=cut)
    found = open_sandbox(Settings(), the_library(), tmp_path / "demo", dossiers=6, rows=60)
    found.cases.store.close()
    assert found.new
    assert found.cast.filed == 6


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ProblemsFound):
        opened(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
