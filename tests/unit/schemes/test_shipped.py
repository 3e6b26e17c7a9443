"""The shipped schemes: each reads, compiles and judges its own examples as it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from guichet.loader.declaration import plain
from guichet.loader.library import Library, load_library
from guichet.loader.reader import read_file
from guichet.loader.schemes import scheme_folders
from guichet.plugin import Plugins
from guichet.plugin.contracts import PaymentOrder
from guichet.services.checking import check
from guichet.services.examples import run_examples
from shipped_plugins import shipped_plugins

IBAN = "FR7630006000011234567890189"
SIRET = "12345678200010"
ROOT = Path(__file__).parents[3]
SCHEMES = sorted(scheme_folders([ROOT / "schemes"]))


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    """The plugins the project ships."""
    return shipped_plugins()


@pytest.fixture(scope="module")
def library(plugins: Plugins) -> Library:
    """Everything the project declares, with its own plugins."""
    return load_library([ROOT / "schemes"], [ROOT / "regions"], plugins, shown_from=ROOT)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_shipped_scheme_has_no_problem_and_no_warning(library: Library, scheme: str) -> None:
    assert check(library, [scheme]).problems == ()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_example_of_a_shipped_scheme_comes_out_as_it_says(library: Library, scheme: str) -> None:
    runs = run_examples(library, scheme)
    assert [(run.id, run.differences) for run in runs if not run.passed] == []
    assert runs


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_version_has_an_example_and_every_criterion_one_where_it_fails_alone(
    library: Library, scheme: str
) -> None:
    compiled = library.effective(scheme).compiled
    runs = run_examples(library, scheme)
    judged_by = {version.first_day for run in runs if (version := compiled.version_on(run.on)) is not None}
    alone = {run.result.failed[0] for run in runs if len(run.result.failed) == 1}
    assert judged_by == set(compiled.scheme.rules)
    for version in compiled.scheme.rules.values():
        assert {*version.gates, *version.criteria} <= alone


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_is_used_and_every_event_of_a_grant_has_its_letter(library: Library, scheme: str) -> None:
    declared = library.effective(scheme).scheme
    used = {template.text for template in (*declared.letters.values(), *declared.notices.values())}
    assert set(declared.texts) == used
    assert set(declared.letters) >= {"granted", "granted_in_part", "refused", "inadmissible", "dropped"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_letter_says_how_to_appeal_and_that_a_calculation_helped(library: Library, scheme: str) -> None:
    declared = library.effective(scheme).scheme
    for event, letter in declared.letters.items():
        text = declared.texts[letter.text]
        if event == "transferred":  # it decides nothing: the body that receives the application will
            assert "{transfer.to}" in text
            continue
        required = ["{territory.tribunal}", "deux mois", "www.telerecours.fr"]
        if event not in ("revoked", "claimed"):  # nothing is computed when a decision is undone, or money claimed
            required += ["L311-3-1", "R311-3-1-1", "CADA", "{rules.legal}"]
        assert [word for word in required if word not in text] == [], event
        assert event == "granted" or "{decision.reasons}" in text


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_plugins_a_scheme_chooses_take_its_options(library: Library, plugins: Plugins, scheme: str) -> None:
    declared = library.effective(scheme).scheme
    payment = declared.payment
    assert payment is not None
    writer = plugins.payment_writers[payment.writer.plugin]
    options = writer.Options.model_validate(payment.writer.options)
    order = PaymentOrder("1", "0000000011", "Jeanne Durand", IBAN, "", 100_000, "AIDE", SIRET, payment.imputation)
    assert writer.check(order, options) is None
    plugins.deliveries[payment.delivery.plugin].Options.model_validate(payment.delivery.options)
    for listed in declared.lists.values():
        plugins.list_sources[listed.plugin].Options.model_validate(listed.options)


def test_a_flat_sum_scheme_fits_in_one_file_of_about_a_hundred_lines() -> None:
    lines = (ROOT / "schemes/haute-savoie-1000/scheme.yaml").read_text("utf-8").splitlines()
    assert len(lines) <= 125  # its second version of the rules comprised


def test_the_law_that_judges_a_volet_2_dossier_is_that_of_its_filing(library: Library) -> None:
    declared = library.effective("fds-volet-2").scheme
    assert declared.legal.judged_on == "filing"
    assert list(declared.rules) == [
        date(2020, 4, 1), date(2020, 4, 17), date(2020, 5, 14), date(2020, 6, 22), date(2020, 7, 18),
    ]  # fmt: skip


def test_the_loan_leaves_the_rules_with_the_judgements_about_it(library: Library) -> None:
    last = library.effective("fds-volet-2").scheme.rules[date(2020, 7, 18)]
    assert list(last.criteria) == ["un_salarie", "tresorerie_negative", "risque_cessation", "sincerite"]


def test_the_demo_recipe_names_fields_territories_and_judgements_that_exist(library: Library) -> None:
    declared = library.effective("fds-volet-2").scheme
    recipe = plain(read_file(ROOT / "schemes/fds-volet-2/demo.yaml", "demo.yaml"))
    in_profiles = [set(case["fields"]) for profile in recipe["profiles"].values() for case in profile.values()]
    known = {name for version in declared.rules.values() for name in version.criteria}
    assert set().union(recipe["fields"], *in_profiles) <= set(declared.fields())
    assert set(recipe["judgements"]) <= known
    assert set(recipe["territories"]) <= set(library.territories_of(declared))
    assert len(recipe["territories"]) == 14


def test_the_demo_recipe_uses_only_the_distributions_it_documents() -> None:
    text = (ROOT / "schemes/fds-volet-2/demo.yaml").read_text("utf-8")
    documented = text.partition("Les distributions")[2].partition("format:")[0]
    used = set(re.findall(r"distribution: (\w+)", text))
    assert {name for name in used if not re.search(rf"\b{name}\b", documented)} == set()
