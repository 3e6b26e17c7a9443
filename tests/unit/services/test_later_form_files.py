"""Files of a form filed after the application: agents read them, clean-ups and purges keep what they must."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest

from guichet.catalogue import read_snapshot, write_snapshot
from guichet.locale import Texts
from guichet.model.form import Field
from guichet.model.later_form import LaterForm
from guichet.model.records import Attachment, PaymentOrder
from guichet.services.attachments import files_folder, keep_upload
from guichet.services.cases import UseCases
from guichet.services.later_forms import file_later
from guichet.services.new_accounts import ask_new_account
from guichet.services.payments import run_payments
from guichet.services.practice import purge_practice
from guichet.services.sweeping import sweep_files
from guichet.storage import Tx, agents, api_tokens, blobs, dossiers, files
from guichet.storage import payments as orders
from guichet.web.teleservice.later_form_pages import later_text, later_title
from instructing import an_agents_browser
from paying import HS, ON, local_order
from worked import SCHEME, a_filed_dossier, an_instance, publish_snapshot, snapshot_of

GOOD = {"titulaire": "LUCIE FAVRE", "iban": "FR14 2004 1010 0505 0001 3M02 606"}
PDF = b"%PDF-1.7\n" + b"releve " * 50 + b"\n%%EOF\n"


def with_a_file(cases: UseCases, **later: str) -> None:
    """Publish the scheme with a form for another account that asks for its proof."""
    scheme, _ = read_snapshot(snapshot_of(HS, "dep-74").body)
    (name, page), *_ = scheme.forms["new_iban"].items()
    proof = Field.model_validate({"type": "attachment", "label": "Relevé du compte"})
    changed = page.model_copy(update={"fields": {**page.fields, "releve": proof}})
    forms = {**scheme.forms, "new_iban": {name: changed}}
    given = {"forms": forms, "later_forms": {"new_iban": LaterForm.model_validate(later)}}
    body = write_snapshot(scheme.model_copy(update=given), "dep-74", {})
    cases.store.act(lambda tx: publish_snapshot(tx, body))
    cases.snapshots.refresh()


def sent_back(cases: UseCases) -> PaymentOrder:
    order = local_order(cases)
    run_payments(cases, ON)
    cases.store.act(lambda tx: orders.move(tx, order.id, "rejected", reason="Compte clos"))
    cases.store.act(lambda tx: ask_new_account(cases, tx, order, by="system", reason="rejected"))
    return order


def filed(cases: UseCases, order: PaymentOrder) -> Attachment:
    """The file that the applicant sent with their other account."""
    dossier = cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier))
    field = cases.snapshots.current(HS, "dep-74").later["new_iban"].fields["releve"]  # type: ignore[union-attr]  published
    sent = keep_upload(cases, field.type, field.options, "releve.pdf", BytesIO(PDF), cases.context("dep-74"))
    assert file_later(cases, dossier.account or "", dossier.reference, "new_iban", {**GOOD, "releve": sent}) == {}
    (found,) = cases.store.read(lambda tx: files.attachments(tx, dossier.id))
    return found


def test_the_file_is_noted_beside_those_of_the_application_and_no_clean_up_takes_it(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        with_a_file(cases)
        found = filed(cases, sent_back(cases))
        assert (found.field, found.file_name, found.size) == ("new_iban.releve", "releve.pdf", len(PDF))
        abandoned = blobs.keep(files_folder(cases), b"sent with a page never filed").stored_as
        for kept in (found.stored_as, abandoned):
            os.utime(blobs.path_of(files_folder(cases), kept), (0, 0))
        assert sweep_files(cases) == 1
        assert not blobs.path_of(files_folder(cases), abandoned).exists()
        assert blobs.read(files_folder(cases), found.stored_as) == PDF


def test_agents_read_the_file_under_the_name_the_form_gives_it(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        with_a_file(cases)
        order = sent_back(cases)
        found = filed(cases, order)
        dossier = cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier))

        def hire(tx: Tx) -> str:
            made = agents.ensure(tx, email="instructeur@exemple.fr", name="Inès")
            where = agents.ensure_organisation(tx, territory="dep-74", body="collectivite", name="Département")
            agents.assign(tx, agent_id=made.id, role="instructor", organisation_id=where.id, territory="dep-74")
            return made.id

        with an_agents_browser(cases, cases.store.act(hire)) as agent:
            assert agent.go(f"/agents/dossiers/{dossier.reference}").sees("releve.pdf", "Relevé du compte")
            answer = agent.go(f"/agents/dossiers/{dossier.reference}/pieces/{found.id}")
            assert answer.status == 200


@pytest.mark.parametrize("waited_for", [True, False])
def test_purging_practice_keeps_the_bytes_that_wait_for_another_dossier(tmp_path: Path, waited_for: bool) -> None:
    with an_instance(tmp_path) as cases:
        blob = blobs.keep_stream(files_folder(cases), iter([PDF]))
        practised = a_filed_dossier(cases, practice=True)

        def note(tx: Tx) -> None:
            named = {"file_name": "kbis.pdf", "media_type": "application/pdf", "size": len(PDF), "sha256": blob.sha256}
            files.add_attachment(tx, field="kbis", stored_as=blob.stored_as, dossier=practised.id, **named)
            token = api_tokens.add(
                tx,
                name="Partenaire",
                secret_hash="0" * 64,
                territories=("reg-53",),
                schemes=(SCHEME,),
                verbs=(),
                per_minute=60,
                expires_at=tx.real_now,
            )
            api_tokens.note_filing(tx, practised.id, token.id)
            if waited_for:
                stored = {"reference": blob.stored_as}
                api_tokens.add_upload(
                    tx, token=token.id, territory="reg-53", scheme=SCHEME, field="kbis", stored=stored
                )

        cases.store.act(note)
        purged = purge_practice(cases, SCHEME, "reg-53")
        assert (purged.dossiers, purged.files) == (1, 0 if waited_for else 1)
        assert (files_folder(cases) / blob.stored_as).exists() == waited_for
        assert cases.store.read(lambda tx: api_tokens.filed_by(tx, practised.id)) is None


def test_the_page_says_what_the_form_itself_says(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        texts = Texts("fr")
        compiled = cases.snapshots.current(HS, "dep-74")
        assert compiled is not None
        assert "nous referons le versement" in later_text(compiled, "new_iban", texts)
        with_a_file(cases, title="Votre nouveau RIB", text="La banque a fermé ce compte.")
        declared = cases.snapshots.current(HS, "dep-74")
        assert declared is not None
        assert later_title(declared, "new_iban") == "Votre nouveau RIB"
        assert later_text(declared, "new_iban", texts) == "La banque a fermé ce compte."
        assert "compte" not in later_text(compiled, "payment_request", texts)
