"""Files of dossiers filed on a démarche: brought whole, once each, or said to be missing; the dossier is never lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import select

from applying import IBAN
from databases import each_address
from guichet.errors import ProblemsFound
from guichet.loader.library import Library, load_library
from guichet.model.records import Attachment, Dossier
from guichet.runtime import build
from guichet.services import pulled_files
from guichet.services.attachments import open_attachment
from guichet.services.cases import UseCases
from guichet.services.diagnosis.services import look_at_services
from guichet.services.duties import tries_of
from guichet.services.list_fetches import fetch_list
from guichet.services.publication import publish
from guichet.services.pulled_files import bring_files
from guichet.services.pulling import Pulled, pull, pull_duty
from guichet.settings import Settings, shipped_folder
from guichet.storage import dossiers, files, journal, outside_calls
from guichet.storage.tables import dossier
from guichet.worker.loop import drain
from guichet_plugins.connect.demarches.stand_in import Demarche, HeldFile, StandIn
from guichet_plugins.connect.demarches.stand_in.files import LIVES, PREFIX, invented_pdf
from instances import TEST_SCHEMES, MovableClock, the_plugins, the_territories
from instructing import a_siret
from sandboxes import Sandbox, sandbox

SCHEME, WHERE, NUMBER = "aide-simple", "reg-53", 12345
LABELS = ("Nom", "Salariés", "Titulaire", "IBAN")
CHAMPS = (
    *((label, "TextChamp") for label in LABELS),
    ("Kbis", "PieceJustificativeChamp"),
    ("Photos", "PieceJustificativeChamp"),
)
LISTED = """
lists:
  demarche:
    plugin: demarches_simplifiees
    key: siret
    across: territory
    columns: {courriel: text, nom: text, effectif: integer, titulaire: text, iban: text}
    demarche: 12345
    champs: {nom: Nom, effectif: Salariés, titulaire: Titulaire, iban: IBAN}
    dossier: {siret: demandeur.siret, courriel: usager.email}
    files: {kbis: Kbis, photos: Photos}
pull:
  list: demarche
  email: courriel
  fields: {nom: nom, siret: siret, effectif: effectif, titulaire: titulaire, iban: iban}
  files: {extrait: kbis, photo: photos}
  attested: [sincerite]
rules:
"""
ASKED = """effectif: {type: integer, label: Salariés, min: 0}
      extrait: {type: attachment, label: Extrait Kbis}
      photo: {type: attachment, label: Une photo, required: false}
"""


@dataclass
class At:
    """An instance whose applicants file on a démarche served here."""

    cases: UseCases
    demarche: Demarche
    stand_in: StandIn
    served: Sandbox

    def fetch(self) -> None:
        compiled = self.cases.snapshots.current(SCHEME, WHERE)
        assert compiled is not None
        fetch_list(self.cases, SCHEME, "demarche", compiled.scheme.lists["demarche"], territory=WHERE)

    def dossiers(self) -> list[Dossier]:
        return self.cases.store.read(lambda tx: [dossiers.by_id(tx, row.id) for row in tx.all(select(dossier.c.id))])

    def attached(self) -> list[Attachment]:
        (one,) = self.dossiers()
        return self.cases.store.read(lambda tx: files.attachments(tx, one.id))

    def told(self) -> list[tuple[str, Any]]:
        (one,) = self.dossiers()
        lines = self.cases.store.read(lambda tx: list(journal.of_subject(tx, one.id)))
        return [(line.kind, json.loads(line.body or "{}")["data"]) for line in lines]

    def bring(self) -> None:
        (one,) = self.dossiers()
        bring_files(
            self.cases, {"dossier": one.id, "number": str(self.demarche.page(1, None, None, None)[0][0].number)}
        )


def a_pdf(text: str) -> HeldFile:
    return HeldFile(f"{text}.pdf", invented_pdf(text))


def a_dossier(*extraits: HeldFile, photos: tuple[HeldFile, ...] = (), n: int = 1) -> dict[str, Any]:
    values = {"Nom": f"Atelier {n}", "Salariés": "2", "Titulaire": f"Atelier {n}", "IBAN": IBAN}
    company = {"__typename": "PersonneMorale", "siret": a_siret(n)}
    return {"demandeur": company, "email": f"a{n}@exemple.fr", "champs": {**values, "Kbis": extraits, "Photos": photos}}


def a_library(folder: Path, **changes: str) -> Library:
    text = (TEST_SCHEMES / SCHEME / "scheme.yaml").read_text()
    text = text.replace("effectif: {type: integer, label: Salariés, min: 0}\n", ASKED).replace("\nrules:\n", LISTED)
    for find, put in changes.items():
        text = text.replace(find, put)
    (folder / SCHEME).mkdir()
    (folder / SCHEME / "scheme.yaml").write_text(text)
    return load_library((folder, shipped_folder("schemes")), (shipped_folder("regions"),), the_plugins())


@cache
def the_library() -> Library:
    """The simple scheme with its files, read once for a run."""
    with TemporaryDirectory() as folder:
        return a_library(Path(folder))


@contextmanager
def an_instance(tmp_path: Path, *held: dict[str, Any], url: str | None = None) -> Iterator[At]:
    at = datetime(2020, 4, 20, 10, tzinfo=UTC)
    clock = MovableClock(at, at)
    demarche = Demarche(NUMBER, CHAMPS, 0, lambda _: {}, now=clock.now)
    for content in held:
        demarche.put(content)
    stand_in = StandIn(demarche, token="s3cret", per_minute=10_000)
    with sandbox(stand_in) as served:
        cases = replace(
            build(
                Settings(database_url=url),
                folder=tmp_path / "own",
                plugins=the_plugins(),
                territories=the_territories(),
                clock=clock,
            ),
            services={"demarches_simplifiees": {"base_url": served.url, "token": "secret:ds"}},
            secrets={"ds": "s3cret"},
        )
        publish(cases, the_library(), SCHEME, (WHERE,))
        try:
            yield At(cases, demarche, stand_in, served)
        finally:
            cases.store.close()


@each_address
def test_a_pulled_dossier_has_its_files_once_and_byte_for_byte(address: Any, tmp_path: Path) -> None:
    kbis, first, second = a_pdf("kbis"), a_pdf("vitrine"), a_pdf("atelier")
    with address(tmp_path) as url, an_instance(tmp_path, a_dossier(kbis, photos=(first, second)), url=url) as at:
        at.fetch()
        assert pull(at.cases, SCHEME, WHERE) == Pulled(filed=1), "a required file may come after"
        (filed,) = at.dossiers()
        assert filed.checks["@later"] in (["extrait", "photo"], ("extrait", "photo"))
        went = drain(at.cases)
        assert (went.failed, went.dead) == (0, 0)
        assert at.cases.store.read(lambda tx: outside_calls.latest(tx, dossier=filed.id)), "logged under its dossier"
        at.bring()
        kept = at.attached()
        assert [(one.field, one.file_name) for one in kept] == [
            ("extrait", "kbis.pdf"), ("photo", "vitrine.pdf"), ("photo", "atelier.pdf"),
        ]  # fmt: skip
        assert b"".join(open_attachment(at.cases, kept[0])) == kbis.content
        (done,) = at.dossiers()
        assert done.answers["extrait"]["digest"] == sha256(kbis.content).hexdigest()
        assert done.answers["photo"]["name"] == "vitrine.pdf", "the first answers; the others lie beside it"
        assert "@later" not in done.checks
        assert [kind for kind, _ in at.told()].count("file_brought") == 3


def test_what_a_field_would_refuse_of_an_applicant_is_refused_and_said_beside_the_dossier(tmp_path: Path) -> None:
    script = HeldFile("kbis.pdf", b"#!/bin/sh\necho", "application/pdf")
    huge = HeldFile("photo.pdf", b"%PDF-1.4\n" + b"0" * 10_500_000)
    sick = HeldFile("malade.pdf", invented_pdf("malade"), virus="infected")
    with an_instance(tmp_path, a_dossier(script, photos=(huge, sick))) as at:
        at.fetch()
        drain(at.cases)
        assert at.attached() == []
        said = [body["reason"] for kind, body in at.told() if kind == "file_not_brought"]
        assert len(said) == 3
        assert "PDF, JPEG, PNG" in said[0]
        assert "10 Mo" in said[1]
        assert "infectée" in said[2]
        (one,) = at.dossiers()
        assert one.phase == "instruction", "an agent may now ask the applicant"
        assert "@later" not in one.checks
        kept = [path for path in (at.cases.folder / "files").rglob("*") if path.is_file()]
        assert {path.read_bytes()[:5] for path in kept} <= {b"%PDF-"}, "what is refused is not kept"


def test_a_name_of_another_machine_is_only_a_name(tmp_path: Path) -> None:
    with an_instance(tmp_path, a_dossier(HeldFile("../../../etc/pass\x00wd\r\nX: y", invented_pdf("x")))) as at:
        at.fetch()
        drain(at.cases)
        (kept,) = at.attached()
        assert "/" not in kept.file_name
        assert not set("\r\n\x00") & set(kept.file_name)
        assert {path.parent for path in at.cases.folder.rglob("*") if path.is_file() and "pass" in path.name} == set()


LIES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda body: body[:-9],
    "altered": lambda body: body[:-1] + b"X",
    "longer than told": lambda body: body + b"+",
}


def test_a_dead_or_lying_file_server_delays_the_files_and_never_the_dossier(tmp_path: Path) -> None:
    with an_instance(tmp_path, a_dossier(a_pdf("kbis"))) as at:
        at.fetch()
        whole = at.stand_in._send_file
        for fault in ("503", "404", "reset", *LIES):

            def broken(environ: Any, start_response: Any, fault: str = fault) -> Any:
                if fault == "reset":
                    raise ConnectionResetError
                if fault.isdecimal():
                    start_response(f"{fault} No", [])
                    return [b""]
                (body,) = whole(environ, lambda *_: None)
                start_response("200 OK", [("Content-Type", "application/pdf")])
                return [LIES[fault](body)]

            at.stand_in._send_file = broken
            drain(at.cases)
            (one,) = at.dossiers()
            assert (one.phase, one.outcome, at.attached()) == ("instruction", "eligible", []), fault
            at.cases.clock.advance(minutes=30)  # pyright: ignore[reportAttributeAccessIssue]  the clock of the tests moves
        at.stand_in._send_file = whole
        for _ in range(3):
            drain(at.cases)
            at.cases.clock.advance(hours=2)  # pyright: ignore[reportAttributeAccessIssue]  the clock of the tests moves
        assert [kept.file_name for kept in at.attached()] == ["kbis.pdf"]


def test_a_link_that_expired_meanwhile_is_asked_for_again(tmp_path: Path) -> None:
    with an_instance(tmp_path, a_dossier(a_pdf("kbis"))) as at:
        at.fetch()
        pull(at.cases, SCHEME, WHERE)
        whole = at.stand_in._send_file

        def slow(environ: Any, start_response: Any) -> Any:
            at.cases.clock.advance(seconds=LIVES.total_seconds() + 1)  # pyright: ignore[reportAttributeAccessIssue]  as above
            at.stand_in._send_file = whole
            return whole(environ, start_response)

        at.stand_in._send_file = slow
        drain(at.cases)
        assert at.attached() == []
        at.cases.clock.advance(minutes=1)  # pyright: ignore[reportAttributeAccessIssue]  as above
        drain(at.cases)
        assert len(at.attached()) == 1


def test_a_file_still_looked_over_is_waited_for(tmp_path: Path) -> None:
    pending = replace(a_pdf("kbis"), virus="pending")
    with an_instance(tmp_path, a_dossier(pending)) as at:
        at.fetch()
        assert drain(at.cases).failed == 1
        at.demarche.change(1_000_001, content=a_dossier(replace(pending, virus="safe")))
        at.cases.clock.advance(minutes=1)  # pyright: ignore[reportAttributeAccessIssue]  the clock of the tests moves
        drain(at.cases)
        assert len(at.attached()) == 1


def test_what_was_given_up_is_said_then_taken_up_with_the_next_fetch(tmp_path: Path) -> None:
    with an_instance(tmp_path, a_dossier(a_pdf("kbis"))) as at:
        at.fetch()
        at.stand_in.files.opened = lambda path, query: None
        drain(at.cases)
        for _ in range(tries_of("bring_files").most):
            at.cases.clock.advance(hours=2)  # pyright: ignore[reportAttributeAccessIssue]  the clock of the tests moves
            drain(at.cases)
        assert at.told()[-1][0] == "files_not_brought"
        assert "lien" in at.told()[-1][1]["reason"]
        del at.stand_in.files.opened
        pull_duty(at.cases, {"scheme": SCHEME, "territory": WHERE})
        drain(at.cases)
        assert [one.field for one in at.attached()] == ["extrait"]


@pytest.mark.parametrize("protected", [True, False], ids=["protected", "sabotaged"])
def test_files_cut_short_anywhere_are_brought_once(
    protected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut after each file; without the note made with it, the next attempt would bring the first ones again."""
    if not protected:
        monkeypatch.setattr(pulled_files, "_brought", lambda dossier: {})
    held = a_dossier(a_pdf("a"), a_pdf("b"), photos=(a_pdf("c"), a_pdf("d")))
    with an_instance(tmp_path, held) as at:
        at.fetch()
        pull(at.cases, SCHEME, WHERE)
        whole = pulled_files._keep
        for _ in range(5):
            left = iter((True, False))

            def keep_once(*given: Any, left: Iterator[bool] = left) -> None:
                if not next(left, False):
                    raise KeyboardInterrupt
                whole(*given)

            monkeypatch.setattr(pulled_files, "_keep", keep_once)
            try:
                at.bring()
            except KeyboardInterrupt:
                continue
        assert (sorted(one.file_name for one in at.attached()) == ["a.pdf", "b.pdf", "c.pdf", "d.pdf"]) is protected


def test_files_of_another_demarche_are_never_taken_and_no_token_goes_to_the_file_server(tmp_path: Path) -> None:
    with an_instance(tmp_path, a_dossier(a_pdf("kbis"))) as at:
        at.fetch()
        seen: list[Any] = []
        whole = at.stand_in._send_file
        at.stand_in._send_file = lambda environ, start: [seen.append(environ), whole(environ, start)][1]
        drain(at.cases)
        assert [one["PATH_INFO"].startswith(PREFIX) for one in seen] == [True]
        assert not any("s3cret" in str(value) for one in seen for value in one.values())
        other = Demarche(99, CHAMPS, 0, lambda _: {}, now=at.cases.clock.now)
        number = other.put(a_dossier(a_pdf("volé"), n=2), number=None)
        other._numbers[-1] = 2_000_000
        other._kept[2_000_000] = replace(other._kept[number], number=2_000_000)
        at.stand_in.demarches[99] = other
        (one,) = at.dossiers()
        with pytest.raises(Exception, match="12345"):
            bring_files(at.cases, {"dossier": one.id, "number": "2000000"})
        assert len(at.attached()) == 1


def test_a_pull_that_names_no_file_field_or_no_place_is_refused_where_it_is_written(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as refused:
        a_library(tmp_path, **{"{extrait: kbis, photo: photos}": "{nom: kbis, photo: photo}"}).effective(SCHEME, WHERE)
    assert {"pull_no_file_field", "unknown_file_place"} <= {one.code for one in refused.value.problems}


def test_the_doctor_asks_the_demarche_of_each_published_list_and_misses_the_settings_nobody_gave(
    tmp_path: Path,
) -> None:
    with an_instance(tmp_path) as at:
        (asked,) = (one for one in look_at_services(at.cases, ()) if "demarches" in one.item)
        assert (asked.state, "12345 s'est décrite" in str(asked.problem.data["said_fr"])) == ("green", True)
        (missed,) = (one for one in look_at_services(replace(at.cases, services={}), ()) if "demarches" in one.item)
        assert (missed.state, "base_url" in str(missed.problem.data["said_fr"])) == ("red", True)
