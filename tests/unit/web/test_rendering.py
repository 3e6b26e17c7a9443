"""Templates: strict, escaped, formatted text only, addresses that change with the content."""

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html
from minijinja import TemplateError

from gallery_pages import PAGES, gallery_page
from guichet.locale import MissingTextError
from guichet.locale.texts import all_texts
from guichet.web.rendering import (
    PACKAGED_STATIC,
    PACKAGED_TEMPLATES,
    Renderer,
    StaticFiles,
    UnknownWidgetError,
    UnsafeValueError,
    csrf_field,
)

VENDORED = [*PACKAGED_STATIC.glob("vendor/*"), *Path(__file__).parents[2].glob("support/vendor/*")]
TEMPLATES = sorted(PACKAGED_TEMPLATES.rglob("*.html"))


def a_renderer(folder: Path, **templates: str) -> Renderer:
    for name, source in templates.items():
        (folder / f"{name}.html").write_text(source, encoding="utf-8")
    return Renderer([folder, PACKAGED_TEMPLATES])


def test_values_are_escaped_in_text_and_attributes(tmp_path: Path) -> None:
    renderer = a_renderer(tmp_path, page='<p title="{{ value }}">{{ value }}</p>')
    page = renderer.render("page.html", value="\"><script>'&/")
    assert page == ('<p title="&quot;&gt;&lt;script&gt;&#x27;&amp;/">&quot;&gt;&lt;script&gt;&#x27;&amp;/</p>')


def test_a_typed_entity_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    renderer = a_renderer(tmp_path, page="{{ value }}")
    assert html.fromstring(f"<p>{renderer.render('page.html', value='&#x2f;')}</p>").text == "&#x2f;"


def test_a_name_that_is_not_given_is_an_error(tmp_path: Path) -> None:
    renderer = a_renderer(tmp_path, page="{% if missing %}x{% endif %}")
    with pytest.raises(TemplateError):
        renderer.render("page.html")


def test_an_error_does_not_quote_the_values_of_the_page(tmp_path: Path) -> None:
    renderer = a_renderer(tmp_path, page="{{ iban }}{{ missing }}")
    with pytest.raises(TemplateError) as raised:
        renderer.render("page.html", iban="FR7630001007941234567890185")
    assert "FR76" not in str(raised.value)


@dataclass(frozen=True)
class Box:
    amount: object


@pytest.mark.parametrize("value", [1.5, Decimal("1.10"), date(2020, 4, 20), b"x", object(), {1, 2}])
def test_only_text_and_whole_numbers_reach_a_template(tmp_path: Path, value: object) -> None:
    renderer = a_renderer(tmp_path, page="x")
    for context in ({"rows": [{"amount": value}]}, {"amount": value}, {"box": Box(value)}, {"boxes": (Box(value),)}):
        with pytest.raises(UnsafeValueError, match="amount"):
            renderer.render("page.html", **context)


def test_a_missing_text_is_an_error(tmp_path: Path) -> None:
    renderer = a_renderer(tmp_path, page='{{ t("form.nothing") }}')
    with pytest.raises(MissingTextError):
        renderer.render("page.html")


def test_the_language_of_a_page_chooses_its_texts(tmp_path: Path) -> None:
    renderer = a_renderer(tmp_path, page='{{ language }} {{ t("form.optional") }}')
    assert renderer.render("page.html") == "fr facultatif"
    assert renderer.render("page.html", language="en") == "en optional"


def test_a_folder_before_the_packaged_one_wins(tmp_path: Path) -> None:
    (tmp_path / "components").mkdir()
    renderer = a_renderer(tmp_path, **{"components/tag": "{% macro tag(label) %}<b>{{ label }}</b>{% endmacro %}"})
    (tmp_path / "page.html").write_text('{% from "components/tag.html" import tag %}{{ tag("x") }}', encoding="utf-8")
    assert renderer.render("page.html") == "<b>x</b>"


def test_a_package_brings_its_own_template_for_a_question(tmp_path: Path) -> None:
    renderer = a_renderer(
        tmp_path,
        map_widget='{% from "components/field.html" import control %}<input{{ control(q.name) }}>',
        page='{% from "components/question.html" import question %}{{ question(q) }}',
    )
    page = renderer.render("page.html", q={"widget": "template", "template": "map_widget.html", "name": "lieu"})
    assert page.strip() == '<input id="f-lieu" name="lieu" required>'


def test_an_unknown_widget_is_an_error(tmp_path: Path) -> None:
    renderer = a_renderer(tmp_path, page='{% from "components/question.html" import question %}{{ question(q) }}')
    with pytest.raises(UnknownWidgetError, match="mystery"):
        renderer.render("page.html", q={"widget": "mystery", "name": "x"})


def test_the_csrf_field_is_escaped_and_ready() -> None:
    assert csrf_field('a"b') == '<input type="hidden" name="_csrf_token" value="a&#34;b">'


def test_a_static_address_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}", encoding="utf-8")
    before = StaticFiles(tmp_path).url("a.css")
    (tmp_path / "a.css").write_text("b{}", encoding="utf-8")
    after = StaticFiles(tmp_path).url("a.css")
    assert before.startswith("/static/a.css?v=")
    assert before != after


def test_a_static_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(LookupError):
        StaticFiles().url("nothing.css")


def test_threads_share_a_renderer(tmp_path: Path) -> None:
    renderer = a_renderer(tmp_path, page="{{ value }}")
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda value: renderer.render("page.html", value=value), range(200)))
    assert pages == [str(value) for value in range(200)]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_component_renders_without_a_style_or_a_script_in_the_page(name: str, language: str) -> None:
    page = html.document_fromstring(gallery_page(name, "en" if language == "en" else "fr"))
    assert page.get("lang") == language
    assert not page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_each_error_of_the_summary_leads_to_a_control_that_says_it() -> None:
    page = html.document_fromstring(gallery_page("gallery"))
    targets = page.xpath("//div[contains(@class, 'ds-error-summary')]//a/@href")
    assert targets
    for target in targets:
        (control,) = page.xpath(f"//*[@id='{target[1:]}']")
        names = " ".join(control.xpath("@aria-describedby | ancestor::fieldset/@aria-describedby")).split()
        assert any("ds-validation-message" in page.get_element_by_id(name).get("class", "") for name in names)


def test_each_control_has_a_label_and_each_description_exists() -> None:
    page = html.document_fromstring(gallery_page("gallery"))
    controls = page.xpath("//main//*[self::input or self::select or self::textarea][not(@type='hidden')]")
    described = page.xpath("//@aria-describedby | //@aria-labelledby")
    assert controls
    assert described
    for control in controls:
        assert page.xpath(f"//label[@for='{control.get('id')}']"), control.get("name")
    for names in described:
        for name in names.split():
            assert page.xpath(f"//*[@id='{name}']"), name


def test_the_lines_of_a_long_answer_are_kept() -> None:
    page = html.document_fromstring(gallery_page("gallery"))
    assert page.get_element_by_id("f-situation").text.lstrip("\n") == "Deux lignes\net <fin>"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_each_text_a_template_names_exists(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    keys = set(re.findall(r'\bt\("([a-z_.]+)"(?! ~)', source))
    assert keys <= set(all_texts())
    for prefix in re.findall(r'\bt\("([a-z_.]+)" ~', source):
        assert any(key.startswith(prefix) for key in all_texts())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_each_template_says_at_its_top_what_it_takes(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    head = source[: source.index("#}")] if source.startswith("{#") else ""
    for macro in re.findall(r"\{% macro ([a-z_]+)\(", source) if "components" in path.parts else []:
        public = re.search(rf"import [^%]*\b{macro}\b", "".join(p.read_text(encoding="utf-8") for p in GALLERY))
        assert not public or f"{macro}(" in head, macro
    assert head


@pytest.mark.parametrize("folder", VENDORED, ids=lambda path: path.name)
def test_each_vendored_file_is_the_one_of_its_release(folder: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    files = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert {"VERSION", "LICENSE"} < files == set(sums)
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


GALLERY = sorted((Path(__file__).parents[2] / "support" / "gallery").glob("*.html"))
