"""What schemes write becomes safe HTML; what applicants type never becomes markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from guichet.web.markdown import Markdown, UnknownPlaceholderError, markdown, substitute


def test_paragraphs_lists_and_emphasis_become_html() -> None:
    assert markdown("Un **mot**.\n\n- a\n- b", "en") == (
        "<p>Un <strong>mot</strong>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    )


def test_html_is_shown_not_obeyed() -> None:
    assert "<script" not in markdown("<script>alert(1)</script>\n\na <b onclick=x>b</b>")


@pytest.mark.parametrize(
    "text",
    ["[x](javascript:alert(1))", "[x](data:text/html,x)", "[x](/t/reg-53)", "[x](//evil.example)", "<ftp://x.example>",
     "[x](JaVaScRiPt:alert)", "[x](&#106;avascript:alert(1))", "[x](java&#10;script:alert(1))", "http://bare.example"],
)  # fmt: skip
def test_only_web_mail_and_phone_links_are_links(text: str) -> None:
    assert "<a" not in markdown(text)


@pytest.mark.parametrize(
    "url", ["https://bretagne.example/aide?a=1", "mailto:aides@bretagne.example", "tel:+33200000000"]
)
def test_a_link_keeps_its_address_and_gets_the_look(url: str) -> None:
    (link,) = html.fromstring(markdown(f"[aide]({url})")).xpath("//a")
    assert dict(link.attrib) == {"href": url, "class": "ds-link", "rel": "noopener"}


def test_images_are_not_fetched() -> None:
    assert "<img" not in markdown("![x](https://tracker.example/p.png)")


def test_headings_leave_the_page_its_only_first_level() -> None:
    assert markdown("# A\n\n## B") == "<h2>A</h2>\n<h3>B</h3>\n"
    assert markdown("#### D", top_heading=4) == "<h6>D</h6>\n"


def test_french_texts_get_their_no_break_spaces() -> None:
    assert markdown("Pourquoi ? 5 000 €") == "<p>Pourquoi\u202f? 5\u202f000\u00a0€</p>\n"
    assert markdown("Why ? 5 000 €", "en") == "<p>Why ? 5 000 €</p>\n"


def test_a_name_that_is_not_given_is_an_error() -> None:
    with pytest.raises(UnknownPlaceholderError) as raised:
        substitute("Bonjour {nom}", {"name": "x"})
    assert raised.value.name == "nom"


HOSTILE = st.text(
    st.sampled_from("[]()<>!*_`#-+=|~&;:/.\\{}\"'1a \n\t\r\u2028") | st.characters(exclude_categories=["Cs", "Cc"]),
)


@given(HOSTILE, st.sampled_from(["Bonjour **{x}**.", "{x}", "- {x}", "> {x}", "# {x}", "avant\n{x}\naprès", "1. {x}"]))
def test_what_an_applicant_types_adds_no_element(value: str, template: str) -> None:
    plain = html.fragments_fromstring(markdown(substitute(template, {"x": "x"}), "en"))
    hostile = html.fragments_fromstring(markdown(substitute(template, {"x": value}), "en"))
    allowed = {element.tag for element in _elements(plain)} | {"br", "p"}
    assert {element.tag for element in _elements(hostile)} <= allowed


@given(HOSTILE.map(lambda text: " ".join(text.split())).filter(bool))
def test_what_an_applicant_types_is_shown_letter_by_letter(value: str) -> None:
    (paragraph,) = html.fragments_fromstring(markdown(substitute("a{x}b", {"x": value}), "en"))
    assert paragraph.text_content() == f"a{value}b"


def test_a_value_is_not_read_again_for_names() -> None:
    assert substitute("{a}{b}", {"a": "{b}", "b": "x"}) == "\\{b\\}x"


def test_markdown_made_by_the_program_is_kept() -> None:
    assert substitute("{reasons}", {"reasons": Markdown("- a\n- b")}) == "- a\n- b"


def _elements(fragments: list) -> list:
    return [element for fragment in fragments if not isinstance(fragment, str) for element in fragment.iter()]
