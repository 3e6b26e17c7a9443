"""Names between braces: found with their place, filled or refused."""

import pytest

from guichet.model.template_text import UnknownPlaceholderError, escape_markdown, fill, fill_markdown, placeholders


def test_placeholders_come_with_the_place_of_their_name() -> None:
    text = "Arrêtée au {volet1.date} pour {chiffre_affaires}."
    assert placeholders(text) == [("volet1.date", 12), ("chiffre_affaires", 31)]
    assert all(text[offset : offset + len(name)] == name for name, offset in placeholders(text))


def test_a_malformed_name_comes_out_as_written_so_that_it_can_be_reported() -> None:
    assert [name for name, _ in placeholders("{ a }, {a + 1}, {}")] == [" a ", "a + 1", ""]


def test_doubled_braces_are_braces() -> None:
    assert placeholders("{{a}}") == []
    assert fill("{{a}} {b}", {"b": "1"}) == "{a} 1"


def test_an_open_brace_alone_is_text() -> None:
    assert fill("a { b", {}) == "a { b"


def test_plain_filling_keeps_the_value_as_it_is() -> None:
    assert fill("Objet : {x}", {"x": "*a* {x}"}) == "Objet : *a* {x}"


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownPlaceholderError):
        fill("{nom}", {})


def test_line_breaks_of_a_value_stay_in_its_paragraph() -> None:
    assert escape_markdown(" a\r\n\n    b \n") == "a\\\n\\\nb"


def test_a_value_may_be_the_address_of_a_link() -> None:
    assert fill_markdown("[x]({u})", {"u": "https://a.example"}) == "[x](https\\:\\/\\/a\\.example)"
