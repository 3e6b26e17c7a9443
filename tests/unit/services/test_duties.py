"""Duties: each kind put by an act has a function, and doing one twice changes nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import guichet.services as services
from guichet.locale import Texts
from guichet.plugin.contracts import Refused, Unavailable
from guichet.services import duties
from guichet.services.duties import DUTIES, UnknownDuty, cannot_help, perform
from guichet.storage import Tx, dossiers, journal
from guichet.storage.errors import NotFoundError, StaleDossier
from worked import DAY, a_filed_dossier, an_instance, decided
from worked_books import effects

PUT = re.compile(r'outbox\.put\(\s*tx,\s*"(\w+)"')


def test_every_kind_that_an_act_puts_has_a_function() -> None:
    folder = Path(str(services.__path__[0]))
    put = {kind for path in folder.glob("*.py") for kind in PUT.findall(path.read_text(encoding="utf-8"))}
    assert put
    assert put <= DUTIES.keys()


def test_every_kind_is_described_in_the_table() -> None:
    described = set(re.findall(r"^\| `(\w+)` \|", duties.__doc__ or "", flags=re.MULTILINE))
    assert described == DUTIES.keys()


def test_every_kind_has_a_name_that_people_read() -> None:
    assert all(Texts(language)(f"duties.{kind}") for kind in DUTIES for language in ("fr", "en"))


def test_a_kind_from_a_newer_guichet_is_said(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, pytest.raises(UnknownDuty):
        perform(cases, "teleport", {})


@pytest.mark.parametrize(
    ("error", "no_use"),
    [
        (Refused(fr="non", en="no"), True),
        (Unavailable(fr="plus tard", en="later"), False),
        (NotFoundError(kind="dossier", id="x"), True),
        (StaleDossier(reference="x", by="y", at=DAY), False),
        (RuntimeError("bug"), False),
    ],
)
def test_only_what_trying_again_can_mend_is_tried_again(error: Exception, no_use: bool) -> None:
    assert cannot_help(error) is no_use


@pytest.mark.parametrize("kind", ["pre_instruct", "receipt", "letter", "notice"])
def test_doing_a_duty_twice_changes_nothing(tmp_path: Path, kind: str) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)
        payload: dict[str, Any] = {"dossier": dossier.id, "event": "filed", "duty": "one"}
        if kind == "letter":

            def act(tx: Tx) -> str:
                return decided(cases, tx, dossier).decision.id

            payload["decision"] = cases.store.act(act)
        perform(cases, kind, payload)
        once = (effects(cases), cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id)))
        lines = len(cases.store.read(lambda tx: journal.page(tx, "reg-53")))
        perform(cases, kind, payload)
        assert (effects(cases), cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))) == once
        assert len(cases.store.read(lambda tx: journal.page(tx, "reg-53"))) == lines > 0
