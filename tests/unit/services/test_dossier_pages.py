"""The answers of a dossier as agents read them, page by page."""

from pathlib import Path

from guichet.engine.wording import Names
from guichet.services.assessments import compiled_for
from guichet.services.dossier_pages import pages_of
from guichet.storage import dossiers
from paying import HS, local_order
from worked import an_instance


def test_a_commune_is_read_with_its_name_and_not_by_its_code_alone(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        dossier = cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier))
        pages = pages_of(compiled_for(cases, dossier), dossier, {}, "fr")
        answers = {one.field: one.text for page in pages for one in page.answers}
        assert (answers["commune"], answers["titulaire"]) == ("74010 Annecy", "LUCIE FAVRE")


def test_reasons_and_thresholds_name_a_commune_as_pages_do(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        compiled = compiled_for(cases, cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier)))
        asked = compiled.fields["commune"]
        kind = asked.type.rule_type(asked.options)
        assert Names(compiled, "fr").value("74010", kind, "commune") == "74010 Annecy"
