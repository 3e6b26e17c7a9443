"""The law is dated, names its articles, and lets through what it allows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from conditional import under_condition
from declarations import SCHEME, a_library, with_change
from guichet.errors import Problem, ProblemsFound
from guichet.errors.catalogue import all_messages
from guichet.loader.law import LAWS

LEGAL = "  competence: social\n"
FIELD = "      effectif: {type: integer, label: Effectif, min: 0}\n"


def found(folder: Path, scheme: str) -> set[str]:
    """Give the codes of what the law says of a scheme."""
    try:
        library = a_library(folder, scheme)
        problems: tuple[Problem, ...] = tuple(library.warnings(library.effective("essai")))
    except ProblemsFound as error:
        problems = error.problems
    return {problem.code for problem in problems if problem.code.startswith("law.")}


def test_each_rule_names_an_article_and_has_its_texts_in_both_languages() -> None:
    assert len(LAWS) >= 12
    assert len({law.code for law in LAWS}) == len(LAWS)
    for law in LAWS:
        assert law.article
        message = all_messages()[law.code]
        assert "{article}" in message.fr
        assert "{article}" in message.en
        assert message.hint_fr


def test_a_plain_scheme_breaks_no_rule(tmp_path: Path) -> None:
    assert found(tmp_path, SCHEME) == set()


def test_a_rule_holds_from_its_first_day_only() -> None:
    law = next(law for law in LAWS if law.code == "law.departement_economic")
    assert not law.concerns(date(2014, 1, 1), date(2015, 8, 7))
    assert law.concerns(date(2014, 1, 1), date(2015, 8, 8))


def test_a_departement_could_give_an_economic_aid_before_the_law_changed(tmp_path: Path) -> None:
    economic = with_change(LEGAL, "  competence: economic\n  state_aid: {regime: De minimis}\n")
    before = economic.replace("2020-", "2014-")
    assert found(tmp_path / "now", economic) == {"law.departement_economic"}
    assert "law.departement_economic" not in found(tmp_path / "then", before)


def test_a_single_authority_gives_economic_aids_in_its_departement(tmp_path: Path) -> None:
    economic = with_change(LEGAL, "  competence: economic\n  state_aid: {regime: De minimis}\n")
    martinique = economic.replace("territories: [dep-73, dep-74]", "territories: [dep-972]")
    assert found(tmp_path, martinique) == set()


@pytest.mark.parametrize("line", ["  convention: {exempt: Décret n° 2020-1}", "  convention: {stage: instruction}"])
def test_a_large_grant_with_its_agreement_or_its_exemption_is_accepted(tmp_path: Path, line: str) -> None:
    company = SCHEME.replace(FIELD, f"      siret: {{type: siret, label: SIRET}}\n{FIELD}")
    large = company.replace("- else: 100 €", "- else: 30 000 €")
    assert found(tmp_path / "without", large) == {"law.no_agreement"}
    assert found(tmp_path / "with", large.replace(LEGAL, f"{LEGAL}{line}\n")) == set()


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("computed_amount > 23 000 €", set[str]()),
        ("23 000 € < computed_amount ou effectif > 3", set[str]()),
        ("computed_amount >= 23 000.01 €", set[str]()),
        ("computed_amount > 23 000 € et effectif > 3", {"law.agreement_passed_over"}),
        ("computed_amount >= 23 001 €", {"law.agreement_passed_over"}),
        ("effectif > 3", {"law.agreement_passed_over"}),
    ],
)
def test_a_stage_of_the_agreement_is_entered_by_every_amount_above_the_threshold(
    tmp_path: Path, when: str, expected: set[str]
) -> None:
    company = under_condition(when).replace(FIELD, f"      siret: {{type: siret, label: SIRET}}\n{FIELD}")
    large = company.replace("- else: 100 €", "- else: 30 000 €")
    assert found(tmp_path, large.replace(LEGAL, f"{LEGAL}  convention: {{stage: commission}}\n")) == expected


def test_a_large_aid_to_people_needs_no_agreement(tmp_path: Path) -> None:
    assert found(tmp_path, SCHEME.replace("- else: 100 €", "- else: 30 000 €")) == set()


def test_an_optional_document_is_no_demand(tmp_path: Path) -> None:
    asked = f"{FIELD}      kbis: {{type: attachment, label: Extrait Kbis}}\n"
    assert found(tmp_path / "required", SCHEME.replace(FIELD, asked)) == {"law.document_others_give"}
    optional = asked.replace("Kbis}", "Kbis, required: false}")
    assert found(tmp_path / "optional", SCHEME.replace(FIELD, optional)) == set()


OWN_WRITER = "{plugin: pain_001, options: {debtor: REGION, debtor_iban: FR7630006000011234567890189}}"


@pytest.mark.parametrize(
    "payer", ["Région Bretagne", "le Conseil départemental", "Département de la Haute-Savoie", "l’État"]
)
def test_who_has_no_account_is_not_made_a_payer_by_its_name(tmp_path: Path, payer: str) -> None:
    writer = "  writer: {use: pivot_logiciel_financier}\n"
    of_its_own = with_change(writer, f"  writer: {OWN_WRITER}\n  paid_by: {payer}\n")
    assert "law.no_own_account" in found(tmp_path / "body", of_its_own)
    agency = of_its_own.replace(f"paid_by: {payer}", "paid_by: Agence de services et de paiement")
    assert "law.no_own_account" not in found(tmp_path / "agency", agency)


def test_a_file_that_needs_an_account_is_refused_through_a_block_too(tmp_path: Path) -> None:
    block = f"format: 1\nversion: 1\ntitle: Virements\ncontent: {OWN_WRITER}\n"
    scheme = with_change("{use: pivot_logiciel_financier}", "{use: virements}")
    with pytest.raises(ProblemsFound) as refused:
        a_library(tmp_path, scheme, {"schemes/_blocks/virements.yaml": block}).effective("essai")
    assert {problem.code for problem in refused.value.problems} == {"law.no_own_account"}


@pytest.mark.parametrize("opened", [False, True], ids=["closed", "opened by the scheme"])
def test_no_territory_sets_such_a_writer_by_an_overlay(tmp_path: Path, opened: bool) -> None:
    overlay = "format: 1\nset:\n  payment.writer.plugin: pain_001\n"
    scheme = with_change("  - helpdesk\n", "  - helpdesk\n  - payment.writer.plugin\n") if opened else SCHEME
    with pytest.raises(ProblemsFound) as refused:
        a_library(tmp_path, scheme, {"regions/dep-74-haute-savoie/overlays/essai.yaml": overlay}).effective(
            "essai", "dep-74"
        )
    places = {(problem.code, problem.position and problem.position.line) for problem in refused.value.problems}
    assert ("law.no_own_account" if opened else "overlay_not_open", 3) in places
