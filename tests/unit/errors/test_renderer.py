"""The one form of every error: where, what, the quoted line, what to do."""

from __future__ import annotations

from datetime import date

from guichet.errors import Position, Problem, render, render_all, sentence
from guichet.errors.message import Message, required_placeholders, without_missing_parts
from guichet.errors.renderer import hint

_LINE = "      when: chifre_affaires < 0"
_PLACE = Position("schemes/aide/rules.yaml", 12, 13, 15, _LINE)


def test_a_problem_shows_place_sentence_path_line_caret_hint_and_page():
    problem = Problem("yaml.missing_space", {"mended": "when: x"}, _PLACE, ("criteria", "solde", "when"))
    assert render(problem, "en") == (
        "schemes/aide/rules.yaml:12:13  a space is missing after the colon\n"
        "  in    criteria › solde › when\n"
        "  12 |       when: chifre_affaires < 0\n"
        "     |             ^^^^^^^^^^^^^^^\n"
        "  hint  write:  when: x\n"
        "  code  yaml.missing_space, core/docs/reference/messages/yaml.missing_space.md"
    )


def test_french_is_said_in_french():
    text = render(Problem("yaml.missing_space", {"mended": "when: x"}, _PLACE, ("criteria",)), "fr")
    assert "il manque une espace après les deux-points" in text
    assert "\n  dans  criteria\n" in text
    assert "\n  aide  écrivez :  when: x\n" in text


def test_a_warning_says_that_it_is_one():
    problem = Problem("yaml.empty_key", severity="warning", position=Position("a.yaml", 1, 1))
    assert render(problem, "fr").startswith("a.yaml:1:1  avertissement : deux-points")
    assert render(problem, "en").startswith("a.yaml:1:1  warning: colon")


def test_a_hint_disappears_when_its_value_is_missing():
    assert "hint" not in render(Problem("yaml.missing_space", {"mended": None}), "en")


def test_optional_parts_of_a_hint_come_and_go_with_their_values():
    assert hint("yaml.indentation", {"column": 5}, "en").endswith("column, here probably column 5.")
    assert hint("yaml.indentation", {}, "en").endswith("same column.")


def test_without_missing_parts_keeps_what_can_be_said():
    template = Message("", "", hint_en="[[did you mean {nearest}? ]]Fields: {fields}.").hint("en")
    assert required_placeholders(template) == {"fields"}
    assert (
        without_missing_parts(template, frozenset({"nearest", "fields"})) == "did you mean {nearest}? Fields: {fields}."
    )


def test_values_are_written_as_people_read_them():
    data = {"key": ["a", "b"], "first": Position("x.yaml", 3, 4)}
    assert sentence("yaml.duplicate_key", data, "en") == 'the key "a, b" already stands at x.yaml:3:4'
    assert sentence("yaml.escape", {"escape": date(2020, 4, 1)}, "en").startswith('"2020-04-01"')
    assert sentence("yaml.escape", {"escape": True}, "fr").startswith("« oui »")
    assert sentence("yaml.escape", {"escape": {"b", "a"}}, "fr").startswith("« a, b »")


def test_of_a_long_list_the_nearest_choices_are_told_then_how_many_others():
    codes = tuple(f"A{number}" for number in range(97))
    unknown = {"value": "A96x", "nearest": "", "choices": codes}
    told = hint("cli.explain_example", unknown, "fr")
    assert told.startswith("Possibles : A96, A6, A9, ")
    assert told.endswith(" … et 72 autres.")
    assert told.count(", ") == 24
    assert hint("cli.explain_example", unknown, "en").endswith(" … and 72 more.")
    assert "…" not in hint("cli.explain_example", {**unknown, "choices": codes[:26]}, "fr")


def test_braces_in_a_value_are_printed_as_they_are():
    assert sentence("yaml.escape", {"escape": "{x}"}, "en").startswith('"{x}"')


def test_an_unknown_code_or_a_missing_value_never_hides_the_problem():
    assert sentence("no.such_code", {"name": "x"}, "fr") == "no.such_code (name=x)"
    assert sentence("yaml.escape", {}, "en").startswith('"{escape}"')


def test_the_caret_stands_under_wide_and_combining_characters():
    text = "e\u0301漢: x"
    shown = render(Problem("yaml.empty_key", position=Position("a", 1, 6, 1, text)), "en").splitlines()
    assert shown[2] == "    |      ^"


def test_a_very_long_line_is_cut_around_the_mistake():
    shown = render(Problem("yaml.empty_key", position=Position("a", 1, 500, 3, "x" * 499 + "abc" + "y" * 500)), "en")
    quoted, carets = shown.splitlines()[1:3]
    assert len(quoted) < 140
    assert quoted[carets.index("^") : carets.rindex("^") + 1] == "abc"


def test_all_problems_come_in_file_order_with_a_count():
    problems = [
        Problem("yaml.empty_key", position=Position("b.yaml", 1, 1)),
        Problem("yaml.empty_key", position=Position("a.yaml", 10, 1), severity="warning"),
        Problem("yaml.empty_key", position=Position("a.yaml", 2, 1)),
    ]
    text = render_all(problems, "en")
    assert [line for line in text.splitlines() if ".yaml:" in line] == [
        "a.yaml:2:1  colon without a key before it",
        "a.yaml:10:1  warning: colon without a key before it",
        "b.yaml:1:1  colon without a key before it",
    ]
    assert text.endswith("\n\n2 errors, 1 warning")
    assert render_all(problems, "fr").endswith("\n\n2 erreurs, 1 avertissement")
