"""Markdown as plain data."""

from guichet_plugins.documents.markdown import nodes_of


def texts(markdown: str) -> str:
    return str(nodes_of(markdown))


def test_html_is_the_text_it_was_typed_as():
    (paragraph,) = nodes_of("<b>gras</b>")
    assert "".join(child["text"] for child in paragraph["children"]) == "<b>gras</b>"


def test_levels_of_headings_are_closed_up():
    levels = [node["level"] for node in nodes_of("### a\n\n##### b\n\n## c\n\n### d") if node["kind"] == "heading"]
    assert levels == [1, 2, 1, 2]


def test_a_tight_list_is_told_from_a_loose_one():
    assert [node["tight"] for node in nodes_of("- a\n- b\n\ntexte\n\n- a\n\n- b") if node["kind"] == "bullets"] == [
        True,
        False,
    ]


def test_a_numbered_list_keeps_its_first_number():
    assert nodes_of("3. a\n4. b")[0]["start"] == 3


def test_a_table_keeps_its_alignment():
    (table,) = nodes_of("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert (table["columns"], table["align"]) == (2, ["left", "right"])


def test_a_link_elsewhere_than_the_web_is_only_its_text():
    assert "javascript" not in texts("[a](javascript:alert(1))").replace("'text': '[a](javascript:alert(1))'", "")
    assert nodes_of("[a](https://exemple.fr)")[0]["children"][0]["target"] == "https://exemple.fr"
