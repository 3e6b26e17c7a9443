"""What an editor asks about declarations: mistakes, names, what may be typed, renaming."""

from dataclasses import replace
from pathlib import Path

import pytest

from declarations import with_change
from guichet.editor.workspace import Workspace
from guichet.editor.workspace.checks import diagnose
from guichet.editor.workspace.completing import Offer, complete
from guichet.editor.workspace.functions import function_note
from guichet.editor.workspace.hovering import hover
from guichet.editor.workspace.naming import Edit, name_at, reads_of, rename
from guichet.editor.workspace.outline import outline
from guichet.errors import ProblemsFound
from guichet.language.words import FUNCTIONS
from guichet.runtime import read_library
from guichet.services.checking import check
from guichet.settings import Settings
from texting import TEXTING, texting_plugins
from written import EXAMPLES_FILE, OVERLAY_FILE, SCHEME_FILE, Written, a_workspace


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return a_workspace(tmp_path)


def codes(written: Written, name: str = SCHEME_FILE) -> dict[str, list[tuple[str, int]]]:
    found = diagnose(written.workspace, written.path(name))
    return {
        path.name: [(one.code, one.position.line if one.position else 0) for one in problems]
        for path, problems in found.items()
        if problems
    }


ROWS = """    fields:
      membres:
        type: rows
        label: Membres
        fields:
          revenu: {type: money, label: Revenu}
          a_charge: {type: boolean, label: À charge}
"""


def offers(written: Written, mark: str, name: str = SCHEME_FILE) -> dict[str, Offer]:
    """Give what may be typed after a mark."""
    line, column = written.place(mark, name, after=len(mark))
    return {one.label: one for one in complete(written.workspace, written.path(name), line, column)}


def changed(written: Written, edits: dict[Path, list[Edit]]) -> dict[str, str]:
    """Give the texts of the files with the edits made."""
    texts: dict[str, str] = {}
    for path, found in edits.items():
        lines = written.workspace.files.text(path).split("\n")
        for one in reversed(found):
            line = lines[one.line - 1]
            lines[one.line - 1] = line[: one.column - 1] + one.text + line[one.column - 1 + one.length :]
        texts[path.relative_to(written.folder).as_posix()] = "\n".join(lines)
    return texts


def test_the_problems_are_those_of_the_check(written: Written) -> None:
    written.path().write_text(written.text().replace("effectif <= 10", "efectif <= 10"), "utf-8")
    library = read_library(Settings(instance=written.folder), written.workspace.plugins, shown_from=written.folder,
                           only=["essai"])  # fmt: skip
    expected = check(library, ["essai"]).problems
    found = diagnose(written.workspace, written.path())
    assert [one for problems in found.values() for one in problems] == list(expected) != []


def test_an_unsaved_text_is_what_is_checked(written: Written) -> None:
    before = codes(written)
    written.type("label: Effectif,", "labell: Effectif,")
    assert codes(written)["scheme.yaml"] == [("unknown_key", 28)]
    written.workspace.files.drop(written.path())
    assert codes(written) == before


def test_a_mistake_of_yaml_is_told_where_it_stands(written: Written) -> None:
    written.type("title: Aide d'essai", "title: [Aide d'essai")
    assert [line for _, line in codes(written)["scheme.yaml"]] == [5]


def test_an_example_that_differs_is_told_in_its_file(written: Written) -> None:
    written.type("failed: [petit]", "failed: [annulation]", EXAMPLES_FILE)
    assert codes(written)["examples.yaml"] == [("example_differs", 11)]


def test_only_what_changed_is_read_again(written: Written) -> None:
    diagnose(written.workspace, written.path())
    before = dict(written.workspace.files._trees)  # pyright: ignore[reportPrivateUsage]  the very thing under test
    written.type("effectif <= 10", "effectif <= 11")
    diagnose(written.workspace, written.path())
    after = written.workspace.files._trees  # pyright: ignore[reportPrivateUsage]  as above
    assert [path.name for path in after if after[path] is not before.get(path)] == ["scheme.yaml"]


def test_keys_are_those_of_the_model_without_those_already_there(written: Written) -> None:
    written.type("    title: Votre demande\n", "    title: Votre demande\n    in\n")
    found = offers(written, "    in")
    assert set(found) == {"intro", "asked_when"}
    assert (found["intro"].insert, found["intro"].replaces) == ("intro: ", 2)
    assert found["intro"].note


def test_the_keys_of_a_field_are_those_of_its_type(written: Written) -> None:
    written.type("      titulaire:", "      montant:\n        type: money\n        ma\n      titulaire:")
    assert {"max", "min", "label", "help"} <= set(offers(written, "        ma\n".rstrip("\n") + ""))


def test_values_are_those_of_the_key(written: Written) -> None:
    diagnose(written.workspace, written.path())
    written.type("  competence: social", "  competence: ")
    assert set(offers(written, "  competence: ")) == {"economic", "social"}
    written.type("delivery: {plugin: folder}", "delivery: {plugin: fo}")
    assert "folder" in offers(written, "delivery: {plugin: fo")
    written.type("payee: {name: titulaire,", "payee: {name: ti,")
    assert "titulaire" in offers(written, "payee: {name: ti")
    written.type("letters: {use: courriers}", "letters: {use: co}")
    assert offers(written, "letters: {use: co")["courriers"].note


def test_a_message_offers_the_channels_installed_and_the_fields_and_texts_they_take(tmp_path: Path) -> None:
    typed = with_change("to: telephone, text: sms_complete", "to: te, text: sms", TEXTING)
    written = a_workspace(tmp_path, files={SCHEME_FILE: typed})
    written = replace(written, workspace=Workspace(Settings(instance=tmp_path), texting_plugins(), tmp_path, "fr"))
    assert "telephone" in offers(written, "{to: te")
    assert "sms_complete" in offers(written, "text: sms")
    written.type("also: {sms: {to: te, text: sms}}", "also: {s}")
    assert set(offers(written, "also: {s")) == {"sms"}


def test_a_column_offers_indicators_too(written: Written) -> None:
    written.type("    define:\n", '    indicators: {part: {label: Part, value: "perte"}}\n    define:\n')
    diagnose(written.workspace, written.path())
    written.type("  use: instructeur_puis_valideur", "  use: instructeur_puis_valideur\n  columns: [p]")
    assert {"part", "perte", "retenu"} <= set(offers(written, "columns: [p"))


def test_a_function_is_called_in_the_words_of_its_reader(written: Written) -> None:
    assert "(rows.column)" in function_note("somme", written.workspace.plugins, "en")
    assert "(lignes.colonne)" in function_note("somme", written.workspace.plugins, "fr")
    for name in FUNCTIONS:
        assert function_note(name, written.workspace.plugins, "fr").splitlines()[2:], name


def test_an_expression_offers_what_rules_can_read(written: Written) -> None:
    written.type("when: effectif <= 10", "when: effectif <= 10 et p")
    found = offers(written, "when: effectif <= 10 et p")
    assert {"perte", "retenu", "plafond", "min", "et", "siren", "filed_on"} <= set(found)
    assert (found["perte"].kind, found["perte"].detail, found["perte"].replaces) == ("field", "Perte", 1)
    assert "petit" not in found


def test_the_condition_of_a_stage_offers_the_computed_amount_and_no_other_expression_does(written: Written) -> None:
    stages = "workflow:\n  bodies: {a: A}\n  stages:\n    avis:\n      body: a\n      act: opinion\n      when: co"
    written.type("workflow:\n  use: instructeur_puis_valideur", stages)
    assert {"computed_amount", "effectif"} <= set(offers(written, "      when: co"))
    assert "computed_amount" not in offers(written, "        when: effectif <= 10")


def test_a_row_named_in_an_expression_offers_its_columns_before_and_after_it_is_named(written: Written) -> None:
    written.type("    fields:\n      effectif:", ROWS + "      effectif:")
    diagnose(written.workspace, written.path())
    written.type("when: effectif <= 10", "when: somme(m. pour m dans membres où m.a) <= 10 €")
    assert set(offers(written, "somme(m.")) == {"revenu", "a_charge"}
    assert set(offers(written, "où m.a")) == {"revenu", "a_charge"}
    written.type("somme(m. pour", "somme( pour")
    assert offers(written, "somme(")["m"].detail == "membres"


def test_choices_are_offered_where_one_is_compared(tmp_path: Path) -> None:
    written = a_workspace(tmp_path)
    written.type("annule: {type: boolean, label: Annulé ?}", "annule: {type: choice, label: A, choices: {oui_da: Oui}}")
    diagnose(written.workspace, written.path())
    written.type("when: effectif <= 10", "when: annule = ou")
    assert offers(written, "when: annule = ou")["oui_da"].detail == "Oui"


@pytest.mark.parametrize(
    ("mark", "after", "told"),
    [
        ("min(perte, plafond)", 5, ["**perte** (champ): Perte", "Type : un montant", "- petit: 300"]),
        ("then: retenu", 7, ["**retenu** (définition)", "min(perte, plafond)", "version du 2020-05-01"]),
        ("parameter: plafond", 12, ["**plafond** (paramètre): Plafond", "schemes/essai/scheme.yaml:19"]),
        ('value: "min(', 9, ["**min(a, b, …)**"]),
        ("  competence: social", 4, ["**competence**"]),
    ],
)
def test_a_thing_says_what_it_is(written: Written, mark: str, after: int, told: list[str]) -> None:
    diagnose(written.workspace, written.path())
    said = hover(written.workspace, written.path(), *written.place(mark, after=after))
    assert [one for one in told if one not in said.replace("\u202f", " ").replace("\u00a0", " ")] == []


def test_a_thing_says_which_overlay_replaces_it(tmp_path: Path) -> None:
    written = a_workspace(tmp_path, files={OVERLAY_FILE: "format: 1\nset:\n  parameters.plafond: 400 €\n"})
    said = hover(written.workspace, written.path(), *written.place("min(perte, plafond)", after=12))
    assert f"Remplacé par `{OVERLAY_FILE}:3`" in said


def test_a_name_leads_to_what_declares_it(written: Written) -> None:
    found = name_at(written.workspace, written.path(), *written.place("asked_when: annule", after=13))
    assert found is not None
    assert [(path.name, one.position.line) for path, one in found.declared] == [("scheme.yaml", 29)]
    block = name_at(written.workspace, written.path(), *written.place("use: instructeur_puis_valideur", after=8))
    assert block is not None
    assert [path.name for path, _ in block.declared] == ["instructeur_puis_valideur.yaml"]


def test_a_name_is_found_in_every_file(written: Written) -> None:
    place = written.place("      effectif: {", after=8)
    found = name_at(written.workspace, written.path(), *place)
    assert found is not None
    reads = list(reads_of(written.workspace, written.path(), found))
    # Declared once, read by two conditions and one reason, answered by two examples.
    assert sorted(path.name for path, _ in reads) == ["examples.yaml"] * 2 + ["scheme.yaml"] * 4


def test_a_renamed_field_means_the_same_everywhere(written: Written) -> None:
    before = codes(written)
    found = name_at(written.workspace, written.path(), *written.place("asked_when: annule", after=13))
    assert found is not None
    texts = changed(written, rename(written.workspace, written.path(), found, "tournoi_annulé"))
    assert set(texts) == {SCHEME_FILE, EXAMPLES_FILE}
    for name, text in texts.items():
        written.workspace.files.put(written.path(name), text)
        assert "annule:" not in text
    assert codes(written) == before


def test_a_renamed_field_follows_overlays_letters_and_texts(tmp_path: Path) -> None:
    path = "forms.application.demande.fields.effectif.help"
    files = {
        OVERLAY_FILE: f"format: 1\nset:\n  {path}: Selon {{effectif}}\n",
        "schemes/essai/texts/note.md": "Vous avez {effectif} salariés, {autre}.\n",
    }
    written = a_workspace(tmp_path, files=files)
    found = name_at(written.workspace, written.path(), *written.place("      effectif: {", after=8))
    assert found is not None
    texts = changed(written, rename(written.workspace, written.path(), found, "salaries"))
    assert f"  {path.replace('effectif', 'salaries')}: Selon {{salaries}}\n" in texts[OVERLAY_FILE]
    assert texts["schemes/essai/texts/note.md"] == "Vous avez {salaries} salariés, {autre}.\n"


def test_a_name_quoted_by_a_markdown_text_leads_to_its_declaration(tmp_path: Path) -> None:
    note = "schemes/essai/texts/note.md"
    written = a_workspace(tmp_path, files={note: "Bonjour,\n\nvous avez {effectif} salariés ({dossier.reference}).\n"})
    found = name_at(written.workspace, written.path(note), *written.place("{effectif}", note, after=2))
    assert found is not None
    assert [path.name for path, _ in found.declared] == ["scheme.yaml"]
    assert name_at(written.workspace, written.path(note), *written.place("{dossier", note, after=2)) is None


@pytest.mark.parametrize(
    ("mark", "after", "new", "code"),
    [
        ("asked_when: annule", 13, "perte", "rename.taken"),
        ("asked_when: annule", 13, "sinon", "rename.reserved"),
        ("asked_when: annule", 13, "pas-bon", "scalar.identifier"),
        ("use: instructeur_puis_valideur", 8, "autre", "rename.not_here"),
    ],
)
def test_a_name_that_cannot_be_taken_is_refused(written: Written, mark: str, after: int, new: str, code: str) -> None:
    found = name_at(written.workspace, written.path(), *written.place(mark, after=after))
    assert found is not None
    with pytest.raises(ProblemsFound) as refused:
        rename(written.workspace, written.path(), found, new)
    assert [one.code for one in refused.value.problems] == [code]


def test_the_outline_holds_what_is_declared(written: Written) -> None:
    entries = {one.name: one for one in outline(written.workspace, written.path())}
    assert entries["title"].detail == "Aide d'essai"
    version = entries["rules"].inside[0]
    assert version.name == "2020-05-01"
    assert [one.name for one in version.inside] == ["define", "criteria", "amount"]
    assert entries["rules"].last_line > entries["rules"].position.line


def test_a_broken_text_keeps_the_names_it_had(written: Written) -> None:
    diagnose(written.workspace, written.path())
    written.type("when: effectif <= 10", 'when: "effectif <= 10 et per')
    assert "perte" in offers(written, '"effectif <= 10 et per')


def test_a_text_broken_from_the_start_keeps_the_names_of_its_other_lines(written: Written) -> None:
    written.type("title: Aide d'essai", "title: [Aide d'essai")
    written.type("when: effectif <= 10", "when: effectif <= 10 et per")
    assert {"perte", "retenu", "plafond"} <= set(offers(written, "when: effectif <= 10 et per"))
