"""Every component in a real browser, under the real security policy: axe, width, targets, keyboard, no script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from browser import DESK, PHONE, axe_violations, page_of, screenshot_folder, scrolls_sideways, small_targets
from gallery_pages import PAGES
from gallery_server import gallery_server

pytestmark = pytest.mark.browser
ADDRESSES = [*PAGES, "en/gallery"]
WINDOWS = {"phone": PHONE, "desk": DESK}


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    with gallery_server() as address:
        yield address


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    browser: Browser, gallery: str, name: str, window: str
) -> None:
    with page_of(browser, viewport=WINDOWS[window]) as page:
        page.goto(f"{gallery}/{name}")
        if folder := screenshot_folder():
            page.screenshot(path=folder / f"{name.replace('/', '-')}-{window}.png", full_page=True)
        assert axe_violations(page) == []
        assert not scrolls_sideways(page)


def test_axe_would_see_a_fault(browser: Browser, gallery: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{gallery}/gallery")
        page.evaluate("document.querySelector('label[for=f-siret]').remove()")
        assert any(violation.startswith("label:") for violation in axe_violations(page))


@pytest.mark.parametrize(("name", "least"), [("gallery", 44), ("confirm", 44), ("work_table", 24)])
def test_targets_are_large_enough_for_a_finger(browser: Browser, gallery: str, name: str, least: int) -> None:
    with page_of(browser, viewport=PHONE) as page:
        page.goto(f"{gallery}/{name}")
        assert small_targets(page, least) == []


def test_the_error_summary_takes_the_focus_and_leads_to_its_field(browser: Browser, gallery: str) -> None:
    with page_of(browser, javascript=False) as page:
        page.goto(f"{gallery}/gallery")
        summary = page.locator(".ds-error-summary")
        expect(summary).to_be_focused()
        assert page.title().startswith("Erreur")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#f-siret")).to_be_focused()


def test_the_first_tab_offers_to_skip_to_the_content(browser: Browser, gallery: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{gallery}/work_table")
        page.keyboard.press("Tab")
        expect(page.get_by_text("Aller au contenu")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


def test_the_focus_is_visible_on_each_element_that_takes_it(browser: Browser, gallery: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{gallery}/work_table")
        seen = 0
        for _ in range(40):
            page.keyboard.press("Tab")
            shown = page.evaluate(
                """() => {
                  const element = document.activeElement;
                  if (element === document.body) return 'end';
                  const style = getComputedStyle(element);
                  const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                  return ringed ? 'yes' : element.outerHTML;
                }""",
            )
            if shown == "end":
                break
            assert shown == "yes"
            seen += 1
        assert seen > 20


def test_the_whole_line_of_a_choice_is_its_target(browser: Browser, gallery: str) -> None:
    with page_of(browser, viewport=PHONE, javascript=False) as page:
        page.goto(f"{gallery}/gallery")
        option = page.locator(".g-option", has_text="La banque a accepté")
        option.click(position={"x": 200, "y": 8})
        expect(option.get_by_role("radio")).to_be_checked()


def test_a_zoom_of_400_percent_and_wider_letters_keep_the_page_in_its_window(browser: Browser, gallery: str) -> None:
    with page_of(browser, viewport={"width": 320, "height": 256}) as page:
        page.goto(f"{gallery}/gallery")
        page.evaluate(
            """css => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(css);
              document.adoptedStyleSheets = [sheet];
            }""",
            "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}",
        )
        assert not scrolls_sideways(page)


def test_motion_stops_for_those_who_ask(browser: Browser, gallery: str) -> None:
    with page_of(browser) as page:
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{gallery}/gallery")
        moving = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter(e => {
              const style = getComputedStyle(e);
              return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
            }).length""",
        )
        assert moving == 0


def test_paper_shows_no_navigation(browser: Browser, gallery: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{gallery}/gallery")
        page.emulate_media(media="print")
        for place in (".g-nav", ".g-breadcrumb", ".g-buttons >> nth=0"):
            expect(page.locator(place)).to_be_hidden()


def test_a_second_click_on_a_sending_button_sends_nothing_more(browser: Browser, gallery: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{gallery}/confirm")
        sent = page.evaluate(
            """() => {
              let sent = 0;
              window.addEventListener('submit', event => {
                if (!event.defaultPrevented) sent += 1;
                event.preventDefault();
              });
              const button = document.querySelector('main form button');
              button.click();
              button.click();
              return sent;
            }""",
        )
        assert sent == 1
