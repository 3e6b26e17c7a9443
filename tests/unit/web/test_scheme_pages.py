"""What a scheme says of itself to everyone: its legal frame on the page of its rules, its lines on the help page."""

from __future__ import annotations

from pathlib import Path

from browsing import a_browser
from declarations import with_change
from guichet.services.cases import UseCases
from guichet.web.app import create_app
from mended import a_trial, publish_trial

TOLD = with_change(
    "  competence: social\n",
    "  competence: social\n  state_aid: {regime: Régime d'essai, reference: SA.1}\n",
).replace("calendar:", "contacts: {permanence_du_lundi: 'Mairie, 9 h à 12 h'}\ncalendar:", 1)


def page(cases: UseCases, path: str) -> str:
    with a_browser(create_app(cases), "https://testserver.local") as browser:
        return browser.client.get(path).text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_of_the_rules_names_competence_and_state_aid(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        assert "Régime d’aide d’État" not in page(cases, "/t/dep-73/essai/regles")
        publish_trial(cases, tmp_path / "told", TOLD)
        cases.snapshots.refresh()
        shown = page(cases, "/t/dep-73/essai/regles")
    assert "Compétence : action sociale." in shown
    assert "SA.1" in shown


def test_the_help_page_shows_a_scheme_s_own_lines(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        publish_trial(cases, tmp_path / "told", TOLD)
        cases.snapshots.refresh()
        shown = page(cases, "/t/dep-73/aide")
    assert "Permanence du lundi" in shown
    assert "Mairie, 9 h à 12 h" in shown


def test_the_page_of_the_rules_says_conditions_amount_parameters_and_what_each_version_changes(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        shown = page(cases, "/t/dep-73/essai/regles")
        english = page(cases, "/t/dep-73/essai/regles?lang=en")
    assert "« Effectif » est supérieur ou égal" not in shown  # ten at most, as the rules say it
    assert "« Effectif » est inférieur ou égal à 10." in shown
    assert "Si la réponse à « Annulé » est oui" in shown
    assert "« Perte », dans la limite de « Plafond » (500 €)" in shown
    assert "Ce que cette version change" in shown
    assert "Seuil : 10 → 20" in shown
    assert "500 €" in shown
    assert "Threshold: 10 → 20" in english


def test_where_nobody_was_named_the_scheme_links_to_the_help_page_which_says_so_and_asks_for_no_call(
    tmp_path: Path,
) -> None:
    with a_trial(tmp_path) as (cases, _):
        shown, help_page = page(cases, "/t/dep-73/essai"), page(cases, "/t/dep-73/aide")
    assert '<a class="ds-link" href="/t/dep-73/aide">Écrivez-nous depuis la page « Aide et contact ».</a>' in shown
    assert "Les coordonnées de ce service ne sont pas encore publiées." in help_page
    assert "appelez ou écrivez" not in help_page
