"""An example that differs says what decided, what was read, and where each of them is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from declarations import SCHEME, a_library
from guichet.loader.declaration import find
from guichet.loader.library import Library
from guichet.services.checking import check
from guichet.services.example_places import choice_meant, declared_at, written_in
from instances import the_library

FILE = "schemes/essai/examples.yaml"
EXAMPLES = """\
format: 1
examples:
  perdu:
    title: Un tournoi annulé
    on: 2020-05-20
    answers: {effectif: 3, annule: true, perte: 200}
    expect: {outcome: eligible, amount: 200}
  heritier:
    title: Le même, en juin
    on: 2020-06-10
    like: perdu
    expect: {outcome: eligible, amount: 200}
"""


def a_case(folder: Path, old: str = "", new: str = "") -> Library:
    assert old in EXAMPLES
    return a_library(folder, files={FILE: EXAMPLES.replace(old, new, 1)})


def reasons(folder: Path, old: str, new: str) -> dict[str, object]:
    """What is said of the first difference once the examples are changed."""
    found = check(a_case(folder, old, new), ["essai"]).problems
    return dict(next(one.data for one in found if one.code == "example_differs"))


def test_what_an_heir_does_not_write_is_found_in_the_one_it_is_like(tmp_path: Path) -> None:
    library = a_case(tmp_path)
    tree, declared = library.source("essai").examples, library.examples("essai")
    assert declared is not None
    own = written_in(tree, declared.examples, "heritier", ("on",))
    inherited = written_in(tree, declared.examples, "heritier", ("answers", "perte"))
    assert (own and own.line, inherited and inherited.line) == (10, 6)
    assert written_in(tree, declared.examples, "heritier", ("answers", "iban")) is None
    assert written_in(None, declared.examples, "heritier", ("on",)) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [("effectif", "effectif: {type: integer"), ("petit", "petit:"), ("@petit", "petit:"), ("volet", "")],
)
def test_a_name_is_found_where_it_is_declared(tmp_path: Path, name: str, text: str) -> None:
    effective = a_case(tmp_path).effective("essai")
    found = declared_at(effective.compiled, effective.node, name)
    assert (found.text.strip().startswith(text) and bool(text)) if found else not text


def test_an_answer_that_is_no_choice_is_told_the_nearest_and_its_line() -> None:
    effective = the_library().effective("haute-savoie-1000")
    meant = choice_meant(effective.compiled, effective.node, ("statut",), "tsn")
    where = meant["declared"]
    assert (meant["nearest"], meant["choices"]) == ("tns", ("tns", "gerant_salarie", "independant", "micro"))
    assert find(effective.node, ("forms", "application", "personne", "fields", "statut", "choices", "tns"))
    assert getattr(where, "text", "").strip() == "tns: Travailleur non salarié"
    assert choice_meant(effective.compiled, effective.node, ("nom",), "x")["choices"] == ()


ROWS = """\
      devis:
        type: rows
        label: Vos devis
        required: false
        fields:
          nature: {type: choice, label: Nature, choices: {acces: Accès, bain: Salle de bain}}
          piece: {type: attachment, label: Le devis}
"""


def with_rows(folder: Path, row: str) -> Library:
    """The essai with quotes as rows, whose first example writes one."""
    before = "      titulaire: {type: text"
    scheme = SCHEME.replace(before, ROWS + before, 1)
    return a_library(folder, scheme, {FILE: EXAMPLES.replace("perte: 200}", f"perte: 200, devis: [{{{row}}}]}}", 1)})


def test_a_wrong_cell_is_told_where_it_stands_with_its_own_value_and_choice(tmp_path: Path) -> None:
    (refused,) = check(with_rows(tmp_path, "nature: acess"), ["essai"]).problems
    assert refused.code == "case_value_refused"
    assert (refused.data["value"], refused.data["field"], refused.data["nearest"]) == ("acess", "nature", "acces")
    assert refused.path == ("examples", "perdu", "answers", "devis", "0", "nature")


def test_an_example_needs_no_file_in_its_rows(tmp_path: Path) -> None:
    assert not [
        one for one in check(with_rows(tmp_path, "nature: acces"), ["essai"]).problems if one.code != "example_differs"
    ]


def test_an_outcome_that_differs_names_the_criterion_and_the_answer_it_read(tmp_path: Path) -> None:
    said = reasons(tmp_path, "effectif: 3", "effectif: 30")
    assert said["decided"] == ["petit (schemes/essai/scheme.yaml:41:15)"]
    assert said["read"] == [f"effectif = 30 ({FILE}:6:25)"]
    assert said["version"] == "2020-05-01 (schemes/essai/scheme.yaml:34:3)"


def test_an_amount_that_differs_names_its_branch_and_the_parameter_of_the_day(tmp_path: Path) -> None:
    said = reasons(tmp_path, "amount: 200}\n  heritier", "amount: 300}\n  heritier")
    (branch,) = said["decided"] if isinstance(said["decided"], list) else []
    read = said["read"]
    assert str(branch).startswith("retenu (")
    assert isinstance(read, list)
    assert "plafond (schemes/essai/scheme.yaml:23:7)" in read
    assert f"perte = 200 ({FILE}:6:49)" in read


def test_a_criterion_that_does_not_exist_is_told_by_the_nearest(tmp_path: Path) -> None:
    said = reasons(tmp_path, "amount: 200}\n  heritier", "amount: 200, failed: [petits]}\n  heritier")
    assert (said["unknown"], said["nearest"]) == ("petits", "petit")


def test_a_missing_answer_is_named(tmp_path: Path) -> None:
    said = reasons(tmp_path, "effectif: 3, ", "")
    assert said["lacking"] == ("effectif",)


def test_a_day_before_all_rules_is_told(tmp_path: Path) -> None:
    found = check(a_case(tmp_path, "2020-05-20", "2019-05-20"), ["essai"]).problems
    assert [str(one.data["no_rules"]) for one in found if one.code == "example_differs"][:1] == ["2019-05-20"]
