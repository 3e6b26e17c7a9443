"""The schemas that editors read: every shipped file is valid, every mistake of shape is refused."""

import json
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from declarations import SCHEME, with_change
from guichet.editor.declared import root_of
from guichet.editor.schemas import KINDS, kind_of, schema_file, schema_line, schema_of
from guichet.editor.schemas.files import schema_text
from guichet.editor.schemas.notes import docstrings, note_of_key
from guichet.editor.schemas.uses import Choices
from guichet.errors import Language
from guichet.loader.blocks import load_blocks
from guichet.loader.reader import read_file, read_text
from guichet.settings import shipped_folder
from inferring import inferred
from shipped_plugins import shipped_plugins

ROOT = Path(__file__).parents[3]
INVALID = ROOT / "tests/data/invalid"
SHIPPED = sorted(
    path for folder in ("schemes", "regions", "plugins") for path in (ROOT / folder).rglob("*.yaml") if path.is_file()
)
# Mistakes of shape: the others need the rest of the scheme, the plugins or the rules to be seen.
OF_SHAPE = {
    "amount_or_amounts", "bracket_one_shape", "branch_one_shape", "criterion_one_way", "empty_page", "list_expected",
    "mapping_expected", "opening_one_way", "text_expected", "unknown_field_type", "unknown_key", "unknown_value",
}  # fmt: skip
TERRITORIES = {
    "colour", "colours", "default_wrong_once", "defaults_unknown_kind", "email", "initials",
    "tribunals_not_a_mapping", "tribunals_unknown_key", "unknown_key",
}  # fmt: skip


@cache
def schema(kind: str, language: Language = "fr") -> Draft202012Validator:
    choices = Choices(shipped_plugins(), load_blocks([shipped_folder("schemes")]))
    return Draft202012Validator(schema_of(KINDS[kind], choices, language))


def mistakes(kind: str, text: str) -> list[str]:
    return [error.message for error in schema(kind).iter_errors(inferred(read_text(text, "file.yaml")))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind).schema)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_shipped_file_is_valid(path: Path) -> None:
    kind = kind_of(path)
    assert kind is not None
    assert list(schema(kind.name).iter_errors(inferred(read_file(path)))) == []


def test_the_small_scheme_of_the_broken_ones_is_valid() -> None:
    assert mistakes("scheme", SCHEME) == []


@pytest.mark.parametrize("code", sorted(OF_SHAPE))
def test_a_broken_scheme_is_refused(code: str) -> None:
    find, replace, *_ = (INVALID / f"schemes/{code}.txt").read_text("utf-8").split("\n=====\n")
    assert mistakes("scheme", with_change(find, replace)) != []


@pytest.mark.parametrize("case", sorted(TERRITORIES))
def test_a_broken_territory_is_refused(case: str) -> None:
    found = {path: kind_of(path) for path in (INVALID / "territories" / case).rglob("*.yaml")}
    assert any(kind and mistakes(kind.name, path.read_text("utf-8")) for path, kind in found.items())


@pytest.mark.parametrize("case", ["several", "webhooks"])
def test_a_broken_instance_is_refused(case: str) -> None:
    text = (INVALID / f"instances/{case}.txt").read_text("utf-8").split("\n=====\n")[0]
    assert mistakes("instance", text) != []


def test_a_needed_key_is_asked_for_unless_a_block_may_bring_it() -> None:
    page = "demande:\n  title: Votre demande\n  fields:\n    nom:\n      label: Nom\n"
    assert mistakes("form", page) == ["'type' is a required property"]
    assert mistakes("form", page.replace("  title: Votre demande\n", "  use: entreprise\n")) == []


def test_a_later_version_leaves_to_the_first_what_it_does_not_name() -> None:
    first = "2020-04-01:\n  legal: Décret\n  criteria:\n    un:\n      label: Un\n      when: effectif >= 1\n"
    later = "2020-05-01:\n  legal: Autre décret\n  criteria:\n    un:\n      when: effectif >= 2\n"
    assert mistakes("rules", first + later) == []
    assert mistakes("rules", later.replace("2020-05", "2020-04")) == ["'label' is a required property"]


@pytest.mark.parametrize(
    ("options", "valid"),
    [
        ("type: choice, choices: {a: Un, b: Deux}", True),
        ("type: choice", False),
        ("type: money, min: 10, max: 2 000 €", True),
        ("type: money, max_chosen: 2", False),
        ("type: integer, min: dix", False),
    ],
)
def test_the_options_of_a_field_are_those_of_its_type(options: str, valid: bool) -> None:
    page = f"demande:\n  title: Votre demande\n  fields:\n    champ: {{label: Champ, {options}}}\n"
    assert (mistakes("form", page) == []) is valid


def test_the_options_of_a_payment_are_those_of_its_writer() -> None:
    payment = "payee: {name: nom, iban: iban}\nlabel: AIDE\nwriter: {plugin: chorus_pivot, options: {colonnes: {}}}\n"
    assert mistakes("payment", payment + "delivery: {plugin: folder}\n") != []


@pytest.mark.parametrize(("written", "valid"), [("calendar.closes: 2026-12-31", True), ("calendar.close: x", False)])
def test_an_overlay_names_paths_of_a_scheme(written: str, valid: bool) -> None:
    assert (mistakes("overlay", f"format: 1\nset:\n  {written}\n") == []) is valid


def test_each_key_says_what_it_is() -> None:
    keys = schema("scheme", "en").schema["properties"]
    assert keys["title"]["description"] == "The name people read."
    assert keys["calendar"]["description"] == "When it opens and closes."


def test_what_keys_are_is_said_in_french_too() -> None:
    assert schema("scheme").schema["properties"]["title"]["description"] == "Le nom que les gens lisent."
    told = {
        (model.__name__, name): note_of_key(model, name, "fr") == note
        for kind in ("scheme", "examples", "territory", "authority", "instance", "block", "demo")
        for model in models_below(root_of(kind))
        for name, note in docstrings(model).items()
    }
    left = [key for key, english in told.items() if english]
    # A key that has just come may wait for its French; many at once may not.
    assert len(left) < len(told) / 20, left


@pytest.mark.parametrize("kind", ["scheme", "territory", "authority", "demo", "instance", "examples"])
def test_no_key_is_left_without_a_word(kind: str) -> None:
    silent = [
        f"{model.__name__}.{field.alias or name}"
        for model in models_below(root_of(kind))
        for name, field in model.model_fields.items()
        if not note_of_key(model, name, "en")
    ]
    assert silent == []


def models_below(annotation: Any, found: dict[Any, None] | None = None) -> dict[Any, None]:
    """Give the models that a type is made of."""
    known: dict[Any, None] = {} if found is None else found
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in known:
            known[annotation] = None
            for hint in get_type_hints(annotation).values():
                models_below(hint, known)
    else:
        for inner in get_args(annotation):
            models_below(inner, known)
    return known


def test_the_same_installation_gives_the_same_text() -> None:
    choices = Choices(shipped_plugins())
    once, again = (schema_text(schema_of(KINDS["scheme"], choices, "fr")) for _ in range(2))
    assert once == again
    assert json.loads(once)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_file_names_its_schema_from_where_it_lies() -> None:
    line = schema_line(Path("/a/schemes/aide/scheme.yaml"), Path("/a/.guichet/schemas"), KINDS["scheme"])
    assert line == "# yaml-language-server: $schema=../../.guichet/schemas/scheme.schema.json"
    assert schema_file(KINDS["rules"]) == "rules.schema.json"


def test_the_options_of_shipped_questions_lists_and_payments_say_what_they_are_in_both_languages() -> None:
    plugins = shipped_plugins()
    families = (plugins.field_types, {"csv": plugins.list_sources["csv"]}, plugins.return_readers)
    writers = {key: plugins.payment_writers[key] for key in ("finance_software", "chorus_pivot")}
    models = {one.Options for family in (*families, writers) for one in family.values()}
    unsaid = [
        (model.__name__, name, language)
        for model in models
        for name in model.model_fields
        for language in ("fr", "en")
        if not note_of_key(model, name, language)
    ]
    same = [
        (model.__name__, name)
        for model in models
        for name in model.model_fields
        if note_of_key(model, name, "fr") == note_of_key(model, name, "en")
    ]
    assert (unsaid, same) == ([], [])
