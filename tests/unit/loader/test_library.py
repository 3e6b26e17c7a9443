"""Declarations joined: versions, parameters, overlays, extra attachments, and the effective scheme of a territory."""

from datetime import date
from pathlib import Path

import pytest

from declarations import SCHEME, a_library, with_change
from guichet.errors import ProblemsFound, render_all
from guichet.loader.library import Library

LAST_VERSION = "    criteria:\n      petit:\n        when: effectif <= 20"
OVERLAY = "regions/dep-74-haute-savoie/overlays/essai.yaml"


def problems(library: Library, *arguments: str) -> str:
    with pytest.raises(ProblemsFound) as found:
        library.effective(*arguments)
    return render_all(found.value.problems, "fr")


def test_a_version_inherits_what_it_does_not_name(tmp_path: Path) -> None:
    rules = a_library(tmp_path).effective("essai").scheme.rules
    later = rules[date(2020, 6, 1)]
    assert later.criteria["petit"].when == "effectif <= 20"
    assert later.criteria["petit"].label == "Au plus dix salariés"
    assert list(later.criteria) == ["petit", "annulation"]
    assert later.amount == rules[date(2020, 5, 1)].amount


def test_a_version_removes_what_it_lists(tmp_path: Path) -> None:
    scheme = with_change(LAST_VERSION, "    remove: [criteria.annulation]")
    assert list(a_library(tmp_path, scheme).effective("essai").scheme.rules[date(2020, 6, 1)].criteria) == ["petit"]


def test_removing_what_is_not_there_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    scheme = with_change(LAST_VERSION, "    remove: [criteria.anulation]")
    with pytest.raises(ProblemsFound) as found:
        a_library(tmp_path, scheme)
    assert 'vouliez-vous dire "criteria.annulation"' in render_all(found.value.problems, "fr")


def test_versions_out_of_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        a_library(tmp_path, with_change("  2020-06-01:", "  2020-04-01:"))
    assert found.value.problems[0].code == "versions_not_in_order"


def test_a_parameter_has_its_value_of_the_day(tmp_path: Path) -> None:
    compiled = a_library(tmp_path).effective("essai").compiled
    assert compiled.parameters_on(date(2020, 5, 10)) == {"plafond": 50000}
    assert compiled.parameters_on(date(2020, 4, 10)) == {"plafond": None}


def test_an_overlay_changes_one_territory_alone(tmp_path: Path) -> None:
    library = a_library(tmp_path, files={OVERLAY: "format: 1\nset:\n  calendar.closes: 2020-07-15\n"})
    assert library.effective("essai", "dep-74").scheme.calendar.closes == date(2020, 7, 15)
    assert library.effective("essai", "dep-73").scheme.calendar.closes == date(2020, 6, 30)


def test_an_overlay_sets_a_parameter_within_its_bounds(tmp_path: Path) -> None:
    library = a_library(tmp_path, files={OVERLAY: "format: 1\nset:\n  parameters.plafond: 400 €\n"})
    assert library.effective("essai", "dep-74").compiled.parameters_on(date(2020, 5, 10)) == {"plafond": 40000}


def test_an_overlay_beyond_a_bound_is_refused_at_its_line(tmp_path: Path) -> None:
    library = a_library(tmp_path, files={OVERLAY: "format: 1\nset:\n  parameters.plafond: 700 €\n"})
    text = problems(library, "essai", "dep-74")
    assert f"{OVERLAY}:3:23" in text
    assert '"700 €" sort des bornes ouvertes aux territoires : de 100 € à 600 €' in text


def test_an_overlay_that_touches_a_national_rule_is_refused_by_name_and_line(tmp_path: Path) -> None:
    rule = "format: 1\nset:\n  rules.2020-05-01.legal: Rien\n"
    text = problems(a_library(tmp_path, files={OVERLAY: rule}), "essai", "dep-74")
    assert f'{OVERLAY}:3:3  le dispositif "essai" ne laisse pas un territoire changer "rules.2020-05-01.legal"' in text
    assert "helpdesk, calendar.closes, parameters.plafond" in text


def test_extra_attachments_end_the_application(tmp_path: Path) -> None:
    scheme = with_change("  - helpdesk", "  - helpdesk\n  - extra_attachments")
    fields = "{kbis: {type: attachment, label: Kbis}}"
    page = f"format: 1\nset:\n  extra_attachments:\n    title: Pièces\n    fields: {fields}\n"
    library = a_library(tmp_path, scheme, {OVERLAY: page})
    assert list(library.effective("essai", "dep-74").scheme.application) == ["demande", "extra_attachments"]
    assert list(library.effective("essai", "dep-73").scheme.application) == ["demande"]


def test_a_scheme_is_refused_to_a_territory_it_is_not_meant_for(tmp_path: Path) -> None:
    assert 'ne vise pas le territoire "reg-53"' in problems(a_library(tmp_path), "essai", "reg-53")


def test_a_block_lets_only_its_open_keys_be_changed(tmp_path: Path) -> None:
    scheme = with_change(
        "  use: instructeur_puis_valideur", "  use: instructeur_puis_valideur\n  stages: {validation: {body: autre}}"
    )
    with pytest.raises(ProblemsFound) as found:
        a_library(tmp_path, scheme)
    assert 'le bloc "instructeur_puis_valideur" ne laisse pas changer "body"' in render_all(found.value.problems, "fr")


def test_every_value_keeps_the_file_and_line_it_comes_from(tmp_path: Path) -> None:
    from guichet.loader.declaration import place  # the function under test here

    node = a_library(tmp_path).effective("essai").node
    assert place(node, ("legal", "silence", "means")).file.endswith("_blocks/cadre_legal.yaml")
    assert place(node, ("legal", "basis")).file == "schemes/essai/scheme.yaml"


def test_shape_names_and_expressions_are_reported_together(tmp_path: Path) -> None:
    scheme = with_change("title: Aide d'essai", "titel: Aide d'essai")
    scheme = with_change("effectif <= 10", "efectif <= 10", scheme)
    scheme = with_change("type: boolean", "type: bolean", scheme)
    text = problems(a_library(tmp_path, scheme), "essai")
    assert 'clé inconnue "titel"' in text
    assert 'vouliez-vous dire "title"' in text
    assert 'champ inconnu "efectif"' in text
    assert 'type de champ inconnu "bolean"' in text


def test_the_small_scheme_is_right(tmp_path: Path) -> None:
    library = a_library(tmp_path, SCHEME)
    assert library.warnings(library.effective("essai")) == []


def test_a_parameter_that_is_not_of_its_type_is_refused_at_its_place(tmp_path: Path) -> None:
    text = problems(a_library(tmp_path, with_change("value: 500 €", "value: cinq cents")), "essai")
    assert "schemes/essai/scheme.yaml:23:27" in text
    assert "cinq cents" in text
