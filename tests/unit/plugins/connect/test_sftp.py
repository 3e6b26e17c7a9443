"""The SFTP delivery against a real server: pinned key, whole files, once, silent and refused told apart."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import paramiko
import pytest
from pydantic import ValidationError

from guichet import Answered, Context, OutgoingFile, Refused, Unavailable
from guichet.plugin.contracts.base import operator_options
from guichet.testing import a_context, a_door, assert_delivery
from guichet_plugins.connect.sftp import Sftp
from guichet_plugins.connect.sftp_options import SftpOptions
from sandboxes import a_door as a_real_door
from sftp_server import PASSWORD, Served, an_sftp_server

FILE = OutgoingFile("mandats_0001.csv", b"a;b\r\n" * 200_000)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    with an_sftp_server(tmp_path / "served") as served:
        yield served


def the_context(**secrets: str) -> Context:
    return a_context(secrets={"sftp": PASSWORD} | secrets, outside=a_door())


def deliver(server: Served, file: OutgoingFile = FILE, context: Context | None = None, **changes: Any) -> Any:
    options = SftpOptions.model_validate(server.options(**changes))
    return Sftp().deliver(file, options, context or the_context())


def test_it_keeps_the_contract_of_deliveries(server: Served) -> None:
    options = server.options()
    read = lambda name: (server.root / name).read_bytes()  # noqa: E731  one expression, used once
    assert_delivery(Sftp(), context=the_context(), read=read, options=options)


def test_a_file_is_written_under_another_name_then_renamed(server: Served) -> None:
    done = deliver(server)
    assert not done.already
    assert done.reference == f"sftp://127.0.0.1:{server.port}/mandats_0001.csv"
    assert server.moves == [(".mandats_0001.csv.part", "mandats_0001.csv")]
    assert [path.name for path in server.root.iterdir()] == ["mandats_0001.csv"]


def test_a_line_cut_in_the_middle_leaves_no_half_file_and_the_next_try_goes_through(server: Served) -> None:
    server.cut_after = 300_000
    with pytest.raises(Unavailable):
        deliver(server)
    assert not (server.root / FILE.name).exists()
    server.cut_after = None
    assert not deliver(server).already
    assert (server.root / FILE.name).read_bytes() == FILE.content
    assert list(server.root.iterdir()) == [server.root / FILE.name]


def test_another_key_than_the_pinned_one_is_refused_before_anything_is_said(server: Served) -> None:
    other = paramiko.ECDSAKey.generate()
    with pytest.raises(Refused, match="another key"):
        deliver(server, host_key=f"{other.get_name()} {other.get_base64()}")
    assert list(server.root.iterdir()) == []


def test_a_key_of_another_kind_is_refused(server: Served) -> None:
    other = paramiko.RSAKey.generate(2048)
    with pytest.raises(Refused):
        deliver(server, host_key=f"ssh-rsa {other.get_base64()}")
    assert list(server.root.iterdir()) == []


def test_a_private_key_signs_in(server: Served) -> None:
    server.user_key = paramiko.ECDSAKey.generate()
    text = io.StringIO()
    server.user_key.write_private_key(text)
    context = the_context(cle=text.getvalue())
    assert not deliver(server, context=context, key="secret:cle", password="").already
    with pytest.raises(Refused, match="private key cannot be read"):
        deliver(server, context=the_context(cle="pas une clé"), key="secret:cle", password="")


@pytest.mark.parametrize("secret", ["faux", ""])
def test_a_wrong_password_is_refused_and_never_shown(server: Served, secret: str) -> None:
    with pytest.raises(Refused) as refusal:
        deliver(server, context=the_context(sftp=secret))
    assert "collectivite" in refusal.value.text("fr")
    assert not secret or secret not in refusal.value.text("fr")


def test_a_silent_server_is_unavailable(server: Served) -> None:
    server.silent = True
    with pytest.raises(Unavailable):
        deliver(server, timeout_s="1")


def test_nobody_at_the_address_is_unavailable(tmp_path: Path) -> None:
    with an_sftp_server(tmp_path) as gone:
        pass
    with pytest.raises(Unavailable):
        deliver(gone, timeout_s="1")


def test_a_folder_that_is_absent_or_closed_is_refused(server: Served) -> None:
    with pytest.raises(Refused, match="does not exist"):
        deliver(server, folder="absent")
    server.read_only = True
    with pytest.raises(Refused, match="refuses to write"):
        deliver(server)


def test_other_bytes_under_the_name_are_refused_and_kept(server: Served) -> None:
    (server.root / FILE.name).write_bytes(b"theirs")
    with pytest.raises(Refused, match="Another file"):
        deliver(server)
    assert (server.root / FILE.name).read_bytes() == b"theirs"
    with pytest.raises(Refused, match="Another file"):
        deliver(server, replace(FILE, content=b"theirs too"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"host_key": "AAAA"},
        {"host_key": "ssh-ed25519 pas-de-la-base64"},
        {"host_key": "ssh-dss AAAAB3NzaC1kc3M="},
        {"password": ""},
        {"password": "en-clair"},
        {"folder": "../ailleurs"},
        {"folder": "/ailleurs"},
        {"root": "../ailleurs"},
        {"user": ""},
        {"host_key": ""},
        {"port": "70000"},
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_check(server: Served, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        SftpOptions.model_validate(server.options(**wrong))


def test_a_scheme_names_a_folder_below_the_operators_own(server: Served) -> None:
    (server.root / "depot" / "aides").mkdir(parents=True)
    done = deliver(server, root="depot", folder="aides")
    assert done.reference == f"sftp://127.0.0.1:{server.port}/depot/aides/mandats_0001.csv"
    assert (server.root / "depot" / "aides" / FILE.name).read_bytes() == FILE.content


def test_only_the_operator_sets_where_files_go() -> None:
    assert operator_options(SftpOptions) == set(SftpOptions.model_fields) - {"folder"}


def test_a_server_that_nobody_set_takes_nothing() -> None:
    with pytest.raises(Refused, match="services: sftp"):
        Sftp().deliver(FILE, SftpOptions(folder="aides"), the_context())


def test_a_territory_may_have_a_server_of_its_own(server: Served) -> None:
    own = server.options()
    options = SftpOptions.model_validate({"territories": {"reg-53": own}})
    there = replace(the_context(), territory="reg-53")
    assert not Sftp().deliver(FILE, options, there).already
    with pytest.raises(Refused, match="services: sftp"):
        Sftp().deliver(FILE, options, replace(there, territory="reg-28"))


@pytest.mark.parametrize(
    ("hosts", "mode", "allowed"),
    [
        ((), "sandbox", True),
        ((), "live", False),
        (("127.0.0.1:22",), "live", False),
        (("127.0.0.1",), "live", False),
        (("127.0.0.1:{port}",), "live", True),
    ],
)
def test_a_server_is_called_only_where_the_operator_allows_its_host_and_port(
    server: Served, hosts: tuple[str, ...], mode: str, allowed: bool
) -> None:
    door = a_real_door(hosts=[one.format(port=server.port) for one in hosts], mode=mode)
    context = replace(the_context(), outside=door)
    if allowed:
        assert not deliver(server, context=context).already
    else:
        with pytest.raises(Refused, match=f"127.0.0.1:{server.port}.*`hosts`"):
            deliver(server, context=context)
        assert list(server.root.iterdir()) == []


def test_the_check_of_the_installation_signs_in(server: Served) -> None:
    options = SftpOptions.model_validate(server.options())
    answered = Sftp().check_config(options, the_context())
    assert isinstance(answered, Answered)
    assert "nothing was laid" in answered.en
    with pytest.raises(Refused, match="refuses the account"):
        Sftp().check_config(options, the_context(sftp="faux"))
