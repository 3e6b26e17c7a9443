"""`guichet doctor`: each item says how it stands and what to do; red ones make it leave with 2."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guichet.runtime import build
from guichet.services.diagnosis.machine import look_at_machine
from guichet.services.diagnosis.work import look_at_work
from guichet.services.duties import tries_of
from guichet.settings import Settings
from guichet.storage import Tx, outbox
from guichet_cli.main import run
from instances import MovableClock, an_instance
from sandboxes import sandbox
from shipped_plugins import shipped_plugins
from smtp_sink import smtp_sink

Captured = pytest.CaptureFixture[str]
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    """A new instance, in which one stands."""
    monkeypatch.chdir(tmp_path)
    assert run(("new", "instance", "."), Settings(language="en")) == 0
    capsys.readouterr()
    return tmp_path


def doctor(capsys: Captured, *options: str) -> tuple[int, dict[str, tuple[str, str, str]]]:
    code = run(("doctor", "--json", *options), Settings(language="en"))
    found = json.loads(capsys.readouterr().out)
    return code, {one["item"]: (one["state"], one["says"], one["do"]) for one in found}


def with_mail(here: Path, port: int, extra: str = "") -> None:
    file = here / "instance.yaml"
    options = f"{{smtp_host: 127.0.0.1, smtp_port: {port}, security: none{extra}}}"
    file.write_text(f"format: 1\nmode: sandbox\nservices:\n  email: {options}\n", "utf-8")


def test_a_new_sandbox_holds_nothing_red(here: Path, capsys: Captured) -> None:
    code, found = doctor(capsys)
    assert code == 0
    assert {state for state, _, _ in found.values()} <= {"green", "amber"}
    assert found["database"][0] == "amber"
    assert not (here / "var" / "guichet.sqlite3").exists()

    assert run(("agents", "list"), Settings(language="en")) == 0
    capsys.readouterr()
    _, found = doctor(capsys)
    assert found["database"][:2] == (
        "green", "database up to date, sandbox mode; schemes published: 0; territories served: 0",
    )  # fmt: skip


def test_each_mistake_of_the_instance_file_is_red_with_its_place(here: Path, capsys: Captured) -> None:
    (here / "instance.yaml").write_text("format: 1\nmode: live\n", "utf-8")
    code, found = doctor(capsys)
    assert code == 2
    assert found["instance"][1].startswith("instance.yaml:2:7  a live instance needs an https address")
    assert "base_url: https://" in found["instance"][2]


def test_a_secret_named_and_missing_is_red_and_so_is_one_that_others_can_read(here: Path, capsys: Captured) -> None:
    with_mail(here, 9, ", user: aides, password: secret:mail")
    assert run(("agents", "list"), Settings(language="en")) == 0
    capsys.readouterr()

    code, found = doctor(capsys)
    assert code == 2
    assert found["secrets"][:2] == ("red", "secrets named and missing: mail")

    secret = here / "secrets" / "mail"
    secret.write_text("hunter2", "utf-8")
    secret.chmod(0o644)
    assert doctor(capsys)[1]["secret_files"][0] == "green"  # nobody else may enter the folder
    (here / "secrets").chmod(0o755)
    state, says, do = doctor(capsys)[1]["secret_files"]
    assert state == "red"
    assert says.endswith("secrets, mail")
    assert "chmod 700" in do
    assert "hunter2" not in says + do


def test_the_mail_server_is_really_asked(here: Path, capsys: Captured) -> None:
    assert run(("agents", "list"), Settings(language="en")) == 0
    capsys.readouterr()
    with smtp_sink() as sink:
        with_mail(here, sink.port)
        code, found = doctor(capsys)
        assert (code, found["service:email"][0]) == (0, "green")
        assert sink.mails == []
    code, found = doctor(capsys)
    assert code == 2
    assert "does not take us" in found["service:email"][1]


def test_an_address_the_instance_may_not_call_is_red(here: Path, capsys: Captured) -> None:
    file = here / "instance.yaml"
    assert run(("agents", "list"), Settings(language="en")) == 0
    capsys.readouterr()
    service = "services:\n  recherche_entreprises: {base_url: https://ailleurs.exemple.fr}\n"
    for hosts, state in (("hosts: []\n", "red"), ("hosts: [ailleurs.exemple.fr]\n", "green")):
        file.write_text(f"format: 1\nmode: sandbox\n{hosts}{service}", "utf-8")
        assert doctor(capsys, "--offline")[1]["service:recherche_entreprises"][0] == state


def test_a_service_of_two_families_is_said_once_and_an_address_is_named_as_hosts_takes_it(
    here: Path, capsys: Captured
) -> None:
    assert run(("agents", "list"), Settings(language="en")) == 0
    capsys.readouterr()
    service = "services:\n  demarches_simplifiees: {base_url: http://10.0.0.5:8901/ds, token: secret:ds}\n"
    (here / "secrets" / "ds").write_text("x", "utf-8")
    (here / "secrets" / "ds").chmod(0o600)
    (here / "instance.yaml").write_text(f"format: 1\nmode: sandbox\n{service}", "utf-8")
    assert run(("doctor", "--json", "--offline"), Settings(language="en")) == 2
    said = [one for one in json.loads(capsys.readouterr().out) if one["item"] == "service:demarches_simplifiees"]
    assert len(said) == 1
    assert '"http://10.0.0.5:8901"' in said[0]["says"]
    hosts = 'hosts: ["http://10.0.0.5:8901"]\n'
    (here / "instance.yaml").write_text(f"format: 1\nmode: sandbox\n{hosts}{service}", "utf-8")
    assert doctor(capsys, "--offline")[1]["service:demarches_simplifiees"][:2] == (
        "green", "demarches_simplifiees is set; it was asked nothing (--offline)",
    )  # fmt: skip


def test_a_service_is_asked_at_its_own_address_and_its_silence_is_red(here: Path, capsys: Captured) -> None:
    assert run(("agents", "list"), Settings(language="en")) == 0
    capsys.readouterr()
    stand_in = shipped_plugins().prefill_sources["base_adresse"].sandbox()
    assert stand_in is not None
    with sandbox(stand_in) as served:
        service = f"services:\n  base_adresse: {{base_url: {served.url}}}\n"
        (here / "instance.yaml").write_text(f"format: 1\nmode: sandbox\n{service}", "utf-8")
        assert doctor(capsys)[1]["service:base_adresse"][:2] == (
            "green", "base_adresse: a search made to try was answered",
        )  # fmt: skip
        assert served.requests == 1
    code, found = doctor(capsys)
    assert (code, found["service:base_adresse"][0]) == (2, "red")
    assert "services.base_adresse" in found["service:base_adresse"][2]


def test_an_identity_provider_is_read_and_its_secret_must_be_there(here: Path, capsys: Captured) -> None:
    assert run(("agents", "list"), Settings(language="en")) == 0
    capsys.readouterr()
    stand_in = shipped_plugins().identity_providers["oidc"].sandbox()
    assert stand_in is not None
    with sandbox(stand_in) as served:
        options = f"{{base_url: {served.url}, client_id: guichet, client_secret: secret:oidc}}"
        service = f"services:\n  oidc: {options}\n"
        (here / "instance.yaml").write_text(f"format: 1\nmode: sandbox\n{service}", "utf-8")
        assert "oidc" in doctor(capsys)[1]["service:oidc"][1]
        (here / "secrets" / "oidc").write_text("sesame", "utf-8")
        found = doctor(capsys)[1]["service:oidc"]
        host = served.url.removeprefix("http://")
        assert found[:2] == ("green", f"oidc: {served.url} described itself; signing keys read at {host}: 2")


def test_the_mode_of_the_file_must_be_the_database_s(here: Path, capsys: Captured) -> None:
    assert run(("agents", "list"), Settings(language="en")) == 0
    capsys.readouterr()
    (here / "instance.yaml").write_text("format: 1\nmode: live\nbase_url: https://aides.gouv.fr\n", "utf-8")
    code, found = doctor(capsys)
    assert code == 2
    assert found["database"][1].startswith("instance.yaml:2:7  instance.yaml says")


@pytest.mark.parametrize(("minutes", "state"), [(1, "green"), (10, "amber"), (90, "red")])
def test_work_that_nobody_does_turns_amber_then_red(tmp_path: Path, minutes: int, state: str) -> None:
    with an_instance(tmp_path) as cases:
        cases.store.act(lambda tx: outbox.put(tx, "receipt", {"dossier": "x"}))
        assert isinstance(cases.clock, MovableClock)
        cases.clock.advance(minutes=minutes)
        found = {one.item: one.state for one in look_at_work(cases)}
    assert found["worker"] == state
    assert found["given_up"] == "green"


def test_what_a_silent_machine_keeps_waiting_for_long_is_amber_before_it_is_given_up(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        cases.store.act(lambda tx: outbox.put(tx, "notice", {"dossier": "x"}))
        assert isinstance(cases.clock, MovableClock)
        for _ in range(outbox.SOON.most):
            assert "retried" not in {one.item for one in look_at_work(cases)}
            (row,) = cases.store.act(lambda tx: outbox.claim(tx, "w"))
            cases.store.act(lambda tx, row=row: outbox.fail(tx, row, "the mail server is silent", tries_of(row.kind)))
            cases.clock.advance(hours=1)
        told = {one.item: one for one in look_at_work(cases)}
    assert (told["retried"].state, told["given_up"].state) == ("amber", "green")
    assert told["retried"].problem.data["error"] == "the mail server is silent"


def test_a_duty_given_up_is_red_until_it_is_taken_up_again(here: Path, capsys: Captured) -> None:
    cases = build(Settings(instance=here), folder=here / "var", plugins=shipped_plugins())

    def give_up(tx: Tx) -> None:
        for _ in range(120):
            outbox.put(tx, "no_such_kind", {})
            outbox.bury(tx, outbox.claim(tx, "w", lease=timedelta(minutes=1))[0], "the file is gone")

    cases.store.act(give_up)
    cases.store.close()
    code, found = doctor(capsys)
    assert (code, found["given_up"][0]) == (2, "red")
    assert "the file is gone" in found["given_up"][1]
    assert "120 duties given up (no_such_kind)" in found["given_up"][1]

    run(("worker", "--drain", "--revive"), Settings(language="en"))
    assert "taken up again: 120" in capsys.readouterr().err


@pytest.mark.parametrize(("gib", "state"), [(5.0, "green"), (0.5, "amber"), (0.1, "red")])
def test_a_disk_almost_full_is_told_before_it_is_full(tmp_path: Path, gib: float, state: str) -> None:
    found = {one.item: one.state for one in look_at_machine(tmp_path, NOW, on_sqlite=True, free=int(gib * (1 << 30)))}
    assert found["disk"] == state


def test_a_clock_that_is_years_behind_is_red(tmp_path: Path) -> None:
    behind = datetime(1970, 1, 1, tzinfo=UTC)
    states = {one.item: one.state for one in look_at_machine(tmp_path, behind, on_sqlite=False)}
    assert states["clock"] == "red"
    assert "sqlite" not in states


def test_the_key_that_seals_the_secrets_of_phones_is_missed(here: Path, capsys: Captured) -> None:
    assert doctor(capsys)[1]["second_factors"][0] == "green"
    (here / "secrets" / "second_factors").unlink()
    state, said, _ = doctor(capsys)[1]["second_factors"]
    assert state == "amber"
    assert "in clear in the database" in said


def test_a_mail_server_that_hosts_does_not_name_is_told_and_not_called(here: Path, capsys: Captured) -> None:
    services = "services:\n  email: {smtp_host: mail.exemple.invalid}\n"
    (here / "instance.yaml").write_text(f"format: 1\nmode: sandbox\n{services}", "utf-8")
    assert run(("agents", "list"), Settings(language="en")) == 0
    capsys.readouterr()
    state, said, _ = doctor(capsys)[1]["service:email"]
    assert state == "red"
    assert "mail.exemple.invalid:587" in said
    assert "hosts" in said


@pytest.mark.parametrize("url", ["https://exemple.fr", "https://aides.example.org:8443", "https://aides.exemple.fr"])
def test_an_address_of_an_example_is_told_whatever_its_port(url: str, here: Path, capsys: Captured) -> None:
    with (here / "instance.yaml").open("a", encoding="utf-8") as file:
        file.write(f"base_url: {url}\n")
    _, found = doctor(capsys)
    assert found["address"][0] == "amber"
