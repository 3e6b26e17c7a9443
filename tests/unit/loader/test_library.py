"""Declarations joined: versions, parameters, overlays, extra attachments, and the effective scheme of a territory."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from declarations import SCHEME, a_library, with_change
from guichet import MONEY, Signature, hookimpl
from guichet.errors import ProblemsFound, render_all
from guichet.language.words import Words
from guichet.loader.library import Library
from shipped_plugins import shipped_plugins

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


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("texts.courrier_acord: Bonjour.", 'vouliez-vous dire "texts.courrier_accord" ?'),
        ("texts: {courrier_acord: Bonjour.}", 'vouliez-vous dire "texts.courrier_accord" ?'),
        ("calendar.close: 2020-07-01", 'vouliez-vous dire "calendar.closes" ?'),
        ("parameters.plafond.values: 400 €", "ne laisse pas un territoire changer"),
        ("helpdesk.phon: 04", 'vouliez-vous dire "phone" ?'),
    ],
)
def test_what_an_overlay_misspells_is_refused_at_its_line(tmp_path: Path, change: str, told: str) -> None:
    scheme = with_change("  - helpdesk", "  - helpdesk\n  - texts")
    text = problems(a_library(tmp_path, scheme, {OVERLAY: f"format: 1\nset:\n  {change}\n"}), "essai", "dep-74")
    assert text.startswith(f"{OVERLAY}:3:")
    assert told in text


def test_an_overlay_changes_one_text_and_keeps_the_others(tmp_path: Path) -> None:
    scheme = with_change("  - helpdesk", "  - helpdesk\n  - texts")
    changes = "format: 1\nset:\n  texts:\n    courrier_accord: Bonjour.\n"
    library = a_library(tmp_path, scheme, {OVERLAY: changes})
    shared, changed = library.effective("essai").scheme.texts, library.effective("essai", "dep-74").scheme.texts
    assert changed == shared | {"courrier_accord": "Bonjour."}


def test_an_overlay_for_a_territory_the_scheme_is_not_meant_for_is_refused_at_its_file(tmp_path: Path) -> None:
    stray = "regions/dep-01-ain/overlays/essai.yaml"
    text = problems(a_library(tmp_path, files={stray: "format: 1\nset: {}\n"}), "essai", "dep-01")
    assert text.startswith(f'{stray}:1:1  le dispositif "essai" ne vise pas le territoire "dep-01"')
    assert "il vise (territories) : dep-73, dep-74." in text


def test_an_overlay_whose_section_is_misspelt_is_told_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        a_library(tmp_path, files={OVERLAY: "format: 1\nsett: {}\n"})
    assert 'vouliez-vous dire "set" ?' in render_all(found.value.problems, "fr")


def test_the_first_version_has_nothing_to_remove(tmp_path: Path) -> None:
    scheme = with_change("  2020-05-01:\n    legal", "  2020-05-01:\n    remove: [criteria.petit]\n    legal")
    with pytest.raises(ProblemsFound) as found:
        a_library(tmp_path, scheme)
    assert [problem.code for problem in found.value.problems] == ["nothing_to_remove"]


@pytest.mark.parametrize(
    ("find", "replace", "told"),
    [
        (
            "effectif: {type: integer, label",
            "effectif: {type: integer, labell",
            'scheme.yaml:28:33  clé inconnue "labell"',
        ),
        ("effectif: {type: integer", "effectif: {typ: integer", 'scheme.yaml:28:18  clé inconnue "typ"'),
        ("format: 1\nkind", "format: 2\nkind", "ce Guichet ne lit pas le format « 2 »"),
        ("closes: 2020-06-30", "closes: 31/06/2020", "l'année d'abord, comme 2020-04-01."),
        ("opens: 2020-05-04T08:00", "opens: 04/05/2020", "écrivez par exemple 2020-05-04T08:00 ou"),
        ("[dep-73, dep-74]\nabout", "[departement]\nabout", "vouliez-vous dire departements ?"),
    ],
)
def test_a_beginner_s_mistake_is_told_with_the_way_out(tmp_path: Path, find: str, replace: str, told: str) -> None:
    assert told in problems(a_library(tmp_path, with_change(find, replace)), "essai")


def test_an_issuer_some_territories_lack_is_warned_of_by_their_names(tmp_path: Path) -> None:
    scheme = with_change("territories: [dep-73, dep-74]", "territories: [reg-53, dep-74]")
    scheme = with_change(
        "  use: instructeur_puis_valideur",
        "  use: instructeur_puis_valideur\n  stages: {validation: {issued_by: prefet}}",
        scheme,
    )
    library = a_library(tmp_path, scheme)
    warnings = library.warnings(library.effective("essai"))
    assert render_all(warnings, "fr").splitlines()[0].endswith('n\'ont pas de signataire pour "prefet" : reg-53')
    assert [problem.severity for problem in warnings] == ["warning"]


def test_a_definition_changed_to_an_expression_alone_keeps_its_label(tmp_path: Path) -> None:
    """Whether a later version changes it, or a scheme what a block defines."""
    block = "format: 1\nversion: 1\ntitle: Perte\noverridable: [retenu]\ncontent:\n"
    block += '  define:\n    retenu: {label: Perte retenue, value: "min(perte, plafond)"}\n'
    scheme = with_change(
        '    define:\n      retenu: {label: Perte retenue, value: "min(perte, plafond)"}\n',
        "    use: perte\n    define:\n      retenu: min(perte, 2 €)\n",
    )
    scheme = with_change("Délibération modifiée\n", "Délibération modifiée\n    define: {retenu: perte}\n", scheme)
    library = a_library(tmp_path, scheme, {"schemes/_blocks/perte.yaml": block})
    versions = library.effective("essai").compiled.versions
    defined = [version.rules.define["retenu"] for version in versions]
    assert [each.label for each in defined] == ["Perte retenue", "Perte retenue"]
    assert [each.value for each in defined] == ["min(perte, 2 €)", "perte"]


def test_a_plugin_s_function_without_a_label_is_warned_of_where_it_is_called(tmp_path: Path) -> None:
    def doubled(label: dict[Words, str]) -> list[str]:
        function = Signature(
            "twice", {"fr": "double", "en": "twice"}, (MONEY,), MONEY, lambda cents: 2 * cents, label=label
        )
        module = SimpleNamespace(register_rule_functions=hookimpl(lambda: [function]))
        scheme = with_change('"min(perte, plafond)"', '"min(double(perte), plafond)"')
        library = replace(a_library(tmp_path, scheme), plugins=shipped_plugins(extra={"ours": module}))
        return [render_all([one], "fr") for one in library.warnings(library.effective("essai"))]

    (told,) = [said for said in doubled({}) if "function_without_label" in said]
    assert 'scheme.yaml:37:50  avertissement : la fonction "double"' in told
    assert not any("double" in said for said in doubled({"fr": "le double de {0}", "en": "twice {0}"}))
