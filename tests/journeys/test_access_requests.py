"""What a hostile or broken request meets: tokens, bodies, methods, headers, and pages that give nothing away."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Request

from browsing import Browser, a_browser
from guichet.services.cases import UseCases
from guichet.web.access import MATRIX, Rule
from guichet.web.app import HANDLERS, WebApp, create_app
from guichet.web.pages import Page, html, redirect, render
from guichet.web.routing import get, post
from guichet.web.security.front import CSP
from guichet.web.security.visits import csrf_of, form_of
from instances import an_instance
from signing_in import code_of, last_mail, sign_in_applicant

EMAIL = "camille@exemple.fr"
LIMIT = 300_000


@post("/essai/envoi", name="try_upload", body_limit=LIMIT)
def upload(request: Request) -> Page:
    """Says what came."""
    form = form_of(request)
    files = [f"{one.name} {one.file_name} {one.size} {len(one.content.read())}" for one in form.files]
    return html(" | ".join([*(f"{name}={value}" for name, value in form.fields if name[0] != "_"), *files]))


@get("/essai/panne", name="try_crash")
def crash(request: Request) -> Page:
    """Breaks, with a secret in hand."""
    raise ValueError("secret FR7630006000011234567890189")


@get("/essai/ailleurs", name="try_elsewhere")
def elsewhere(request: Request) -> Page:
    """Sends somewhere else, which is refused."""
    return redirect(request, "https://mechant.example/")


@get("/essai/dire", name="try_say")
def say(request: Request) -> Page:
    """Says something on the next page."""
    return redirect(request, "/", said="sign_in.signed_out")


@get("/essai/page", name="try_page")
def page(request: Request) -> Page:
    """Shows a page with an error."""
    return render(request, "public/home.html", title="Essai", has_errors=True, groups=[])


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UseCases]:
    with an_instance(tmp_path_factory.mktemp("requests"), schemes=["aide-simple"], territories=["reg-53"]) as made:
        yield made


@pytest.fixture(scope="module")
def app(cases: UseCases) -> WebApp:
    anyone = Rule(frozenset({"anonymous"}))
    ours = [upload, crash, elsewhere, say, page]
    rules = {**MATRIX, **{str(handler.name): anyone for handler in ours}}
    return create_app(cases, handlers=[*HANDLERS, *ours], rules=rules)


@pytest.fixture
def browser(app: WebApp) -> Iterator[Browser]:
    with a_browser(app) as made:
        yield made


def token_of(browser: Browser) -> str:
    return browser.go("/t/reg-53/connexion").token()


# Tokens


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "é" * 64, "\ud800"])
def test_a_post_without_the_right_token_does_nothing(browser: Browser, cases: UseCases, token: str) -> None:
    token_of(browser)
    before = len(list(cases.folder.rglob("*.eml")))
    body = {"_csrf_token": token.encode("utf-8", "replace").decode(), "email": EMAIL}
    browser.post("/t/reg-53/connexion", body)
    assert browser.status == 403
    assert browser.title == "Cette page n’est plus valable"
    assert len(list(cases.folder.rglob("*.eml"))) == before


def test_a_token_of_somebody_else_is_refused(app: WebApp, browser: Browser) -> None:
    with a_browser(app) as attacker:
        foreign = token_of(attacker)
    token_of(browser)
    browser.post("/t/reg-53/connexion", {"_csrf_token": foreign, "email": EMAIL})
    assert browser.status == 403


def test_the_token_of_before_sign_in_is_refused_after(cases: UseCases, app: WebApp) -> None:
    with a_browser(app) as browser:
        before = token_of(browser)
        sign_in_applicant(browser, cases, "reg-53", "jeton@exemple.fr")
        browser.post("/t/reg-53/deconnexion", {"_csrf_token": before})
        assert browser.status == 403
        assert browser.go("/t/reg-53/").sees("Connecté : jeton@exemple.fr")


def test_what_another_site_posts_is_refused_even_with_a_good_token(browser: Browser) -> None:
    token = token_of(browser)
    for site in ("cross-site", "same-site"):
        browser.post("/essai/envoi", {"_csrf_token": token}, headers={"Sec-Fetch-Site": site})
        assert browser.status == 403
    browser.post("/essai/envoi", {"_csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"})
    assert browser.status == 200


# Uploads


def parts(*names: str) -> bytes:
    made = {
        "text": b'Content-Disposition: form-data; name="nom"\r\n\r\nAnne',
        "file": b'Content-Disposition: form-data; name="piece"; filename="a.pdf"\r\nContent-Type: text/x\r\n\r\n%PDF',
    }
    return b"".join(b"--lim\r\n" + made[name] + b"\r\n" for name in names)


def token_part(token: str) -> bytes:
    return b'--lim\r\nContent-Disposition: form-data; name="_csrf_token"\r\n\r\n' + token.encode() + b"\r\n"


FIELD = b'--lim\r\nContent-Disposition: form-data; name="a"\r\n\r\n'
MULTIPART = {"Content-Type": "multipart/form-data; boundary=lim"}


def test_files_come_with_their_names_and_sizes(browser: Browser) -> None:
    body = token_part(token_of(browser)) + parts("text", "file") + b"--lim--\r\n"
    browser.post("/essai/envoi", content=body, headers=MULTIPART)
    assert browser.body == "nom=Anne | piece a.pdf 4 4"


def test_a_file_input_left_empty_is_no_file(browser: Browser) -> None:
    empty = b'--lim\r\nContent-Disposition: form-data; name="piece"; filename=""\r\n\r\n\r\n'
    browser.post("/essai/envoi", content=token_part(token_of(browser)) + empty + b"--lim--\r\n", headers=MULTIPART)
    assert (browser.status, browser.body) == (200, "")


def test_the_path_in_a_file_name_is_left_out(browser: Browser) -> None:
    named = b'--lim\r\nContent-Disposition: form-data; name="p"; filename="..\\\\..\\\\etc/../a.pdf"\r\n\r\nx\r\n'
    browser.post("/essai/envoi", content=token_part(token_of(browser)) + named + b"--lim--\r\n", headers=MULTIPART)
    assert browser.body == "p a.pdf 1 1"


def test_an_upload_without_token_is_refused_before_its_file_is_read(app: WebApp) -> None:
    rest = [b"x" * 65536] * 4
    status = asyncio.run(sent_in_pieces(app, [parts("text", "file"), *rest]))
    assert status == (403, 4)


def test_a_cut_connection_leaves_nothing(app: WebApp) -> None:
    session = "a" * 64
    whole = token_part(csrf_of(session)) + parts("text", "file")
    status, left = asyncio.run(sent_in_pieces(app, [whole, b"x" * 100, None], session))
    assert (status, left) == (400, 0)


async def sent_in_pieces(app: WebApp, pieces: list[bytes | None], session: str = "a" * 64) -> tuple[int, int]:
    """Post pieces of an upload that never ends, None for a lost connection; gives the status and the pieces left."""
    answers: list[dict[str, Any]] = []
    waiting = list(pieces)

    async def receive() -> dict[str, Any]:
        piece = waiting.pop(0)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/essai/envoi", "raw_path": b"/essai/envoi", "query_string": b"", "root_path": "",
        "headers": [(b"content-type", MULTIPART["Content-Type"].encode()), (b"cookie", f"guichet={session}".encode())],
        "client": ("192.0.2.1", 1), "server": ("testserver.local", 80),
    }  # fmt: skip
    await app(scope, receive, send)  # pyright: ignore[reportArgumentType]  a plain ASGI exchange
    return answers[0]["status"], len(waiting)


def test_a_file_before_the_token_is_refused(browser: Browser) -> None:
    token = token_of(browser)
    browser.post("/essai/envoi", content=parts("file") + token_part(token) + b"--lim--\r\n", headers=MULTIPART)
    assert browser.status == 403


def test_too_much_is_refused_with_a_page_that_says_so(browser: Browser) -> None:
    token = token_of(browser)
    big = b'--lim\r\nContent-Disposition: form-data; name="p"; filename="a"\r\n\r\n' + b"x" * (LIMIT + 1)
    browser.post("/essai/envoi", content=token_part(token) + big + b"\r\n--lim--\r\n", headers=MULTIPART)
    assert browser.status == 413
    assert browser.title == "Envoi trop volumineux"

    def unannounced() -> Iterator[bytes]:
        yield token_part(token)
        yield big
        yield b"\r\n--lim--\r\n"

    browser.post("/essai/envoi", content=unannounced(), headers=MULTIPART)
    assert browser.status == 413
    browser.post("/essai/envoi", {"_csrf_token": token, "a": "x" * LIMIT})
    assert browser.status == 413


# Bodies


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"_csrf_token=TOKEN&a=%ff%fe"),
        ("application/x-www-form-urlencoded", b"_csrf_token=TOKEN&a=\xff"),
        ("application/x-www-form-urlencoded", b"_csrf_token=TOKEN&a=%00"),
        ("application/x-www-form-urlencoded", b"_csrf_token=TOKEN&" + b"a=1&" * 3000),
        ("multipart/form-data", b"--lim\r\n"),
        ("multipart/form-data; boundary=", b"--lim\r\n"),
        ("multipart/form-data; boundary=lim", b"HEAD--li"),
        ("multipart/form-data; boundary=lim", b"HEAD--lim\r\nContent-Disposition: form-data\r\n\r\nx\r\n--lim--\r\n"),
        ("multipart/form-data; boundary=lim", b"HEAD" + FIELD + b"\xff\r\n--lim--\r\n"),
        ("multipart/form-data; boundary=lim", b"HEAD" + (FIELD + b"1\r\n") * 2100),
        ("multipart/form-data; boundary=lim", b""),
    ],
)  # fmt: skip
def test_a_malformed_body_is_a_bad_request(browser: Browser, kind: str, body: bytes) -> None:
    token = token_of(browser)
    sent = body.replace(b"TOKEN", token.encode()).replace(b"HEAD", token_part(token))
    browser.post("/essai/envoi", content=sent, headers={"Content-Type": kind})
    assert browser.status in (400, 403), browser.body[:200]
    assert browser.title in ("Cette demande est incompréhensible", "Cette page n’est plus valable")


@pytest.mark.parametrize(
    ("kind", "body"),
    [("application/json", b'{"_csrf_token": "x"'), ("text/plain", b"a=b"), ("", b""), ("application/msgpack", b"\xc1")],
)
def test_what_no_form_sends_carries_no_token(browser: Browser, kind: str, body: bytes) -> None:
    token_of(browser)
    browser.post("/essai/envoi", content=body, headers={"Content-Type": kind})
    assert browser.status == 403


@pytest.mark.parametrize(
    "path", ["/t/reg-53/connexion?suite=%ff%00", "/?lang=%00", "/t/%ff/", "/%00", "/a%0d%0ab", "/?" + "a" * 9000]
)
def test_a_strange_address_never_breaks_the_site(browser: Browser, path: str) -> None:
    assert browser.go(path).status in (200, 400, 404)


# Methods


def test_head_gives_the_headers_of_get_without_a_body(browser: Browser) -> None:
    whole = browser.client.get("/t/reg-53/")
    head = browser.client.head("/t/reg-53/")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-security-policy"] == whole.headers["content-security-policy"]
    assert browser.client.head("/nulle-part").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "POST", "BREW"])
def test_other_methods_are_refused_with_a_page(browser: Browser, method: str) -> None:
    browser._take(browser.client.request(method, "/t/reg-53/"))
    assert browser.status == 405
    assert "GET" in browser.response.headers["allow"]


# Headers


def test_every_answer_bears_the_security_headers(browser: Browser) -> None:
    for path in (
        "/",
        "/t/reg-53/",
        "/nulle-part",
        "/static/guichet.css",
        "/essai/panne",
        "/sante",
        "/t/reg-53/theme.css",
    ):
        headers = browser.go(path).response.headers
        assert headers["content-security-policy"] == CSP, path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "strict-transport-security" not in headers  # a sandbox over http
        assert "server" not in headers
    for path in ("/", "/t/reg-53/", "/nulle-part", "/essai/panne"):
        assert browser.go(path).response.headers["cache-control"] == "no-store"


def test_a_refused_form_stays_in_its_browser_until_signing_out(browser: Browser, cases: UseCases) -> None:
    refused = browser.go("/t/reg-53/connexion").fill(email="pas une adresse").send()
    assert (refused.status, refused.response.headers["cache-control"]) == (422, "private, no-cache")
    sign_in_applicant(browser, cases, "reg-53", "partant@exemple.fr")
    token = {"_csrf_token": csrf_of(browser.client.cookies["guichet"])}
    left = browser.post("/t/reg-53/deconnexion", token, follow=False)
    assert left.response.headers["clear-site-data"] == '"cache"'


def test_the_policy_allows_no_inline_script_or_style(browser: Browser) -> None:
    assert "unsafe" not in CSP
    for path in ("/", "/t/reg-53/", "/t/reg-53/connexion", "/agents/connexion", "/nulle-part"):
        page = browser.go(path).document
        assert page.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]") == []


def test_what_a_page_names_is_served_and_kept_for_ever(browser: Browser) -> None:
    named = browser.go("/t/reg-53/").document.xpath(
        "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"
    )
    assert len(named) >= 6
    for url in named:
        answer = browser.go(url).response
        assert answer.status_code == 200, url
        assert "immutable" in answer.headers["cache-control"], url


def test_a_page_without_a_form_leaves_no_cookie(browser: Browser) -> None:
    for path in ("/", "/t/reg-53/", "/t/reg-53/mentions-legales", "/nulle-part", "/static/guichet.css"):
        assert "set-cookie" not in browser.go(path).response.headers, path
    assert "guichet=" in browser.go("/t/reg-53/connexion").response.headers["set-cookie"]


def test_style_sheets_travel_compressed_to_who_takes_it(browser: Browser) -> None:
    plain = browser.go("/static/guichet.css", **{"Accept-Encoding": "identity"}).response
    small = browser.go("/static/guichet.css", **{"Accept-Encoding": "gzip"}).response
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["vary"] == "Accept-Encoding"
    assert small.text == plain.text
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"])


def test_over_tls_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    with (
        an_instance(
            tmp_path, schemes=["aide-simple"], territories=["reg-53"], base_url="https://aides.exemple.fr", mode="live"
        ) as cases,
        a_browser(create_app(cases), base_url="https://aides.exemple.fr") as browser,
    ):
        browser.go("/t/reg-53/connexion")
        (cookie,) = browser.response.headers.get_list("set-cookie")
        assert cookie.startswith("__Host-guichet=")
        assert all(f"; {word}" in cookie for word in ("Path=/", "HttpOnly", "SameSite=Lax", "Secure"))
        assert "Domain" not in cookie
        assert browser.response.headers["strict-transport-security"].startswith("max-age=")
        browser.fill(email=EMAIL).send()
        browser.fill(code=code_of(last_mail(cases))).send()
        assert browser.sees(f"Connecté : {EMAIL}")
        browser.client.cookies.clear()
        browser.plant("guichet", "a" * 64)
        assert "Connecté" not in browser.go("/t/reg-53/").whole_text


def test_nobody_can_make_the_site_say_something(browser: Browser) -> None:
    for value in ("x", "%", "bnVsbA==", "WyJzdWNjZXNzIiwgImEuYiIsIHt9XQ==", "W10="):
        browser.plant("guichet-said", value)
        assert browser.go("/").status == 200
    assert browser.go("/essai/dire").sees("Vous êtes déconnecté.")
    assert not browser.go("/").sees("Vous êtes déconnecté.")


def test_links_in_mails_never_follow_the_host_header(cases: UseCases, browser: Browser) -> None:
    browser.go("/t/reg-53/connexion", Host="mechant.example")
    data = {"_csrf_token": browser.token(), "email": "hote@exemple.fr"}
    browser.post("/t/reg-53/connexion", data, headers={"Host": "mechant.example"}, follow=False)
    assert "mechant" not in last_mail(cases)
    assert "mechant" not in browser.response.headers["location"]


# Errors


def test_a_crash_shows_a_number_that_the_log_repeats_and_nothing_else(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        browser.go("/essai/panne")
    assert browser.status == 500
    (number,) = re.findall(r"\b[0-9A-F]{8}\b", browser.text)
    (line,) = [one.getMessage() for one in caplog.records if one.name == "guichet.web" and number in one.getMessage()]
    assert "try_crash" in line
    assert "/essai/panne" not in line  # an address may hold a link that signs in
    assert "secret" not in browser.body
    assert "ValueError" not in browser.body


def test_a_handler_cannot_send_to_another_site(browser: Browser) -> None:
    assert browser.go("/essai/ailleurs").status == 500
    assert "location" not in browser.response.headers


def test_a_page_with_errors_says_so_in_title_and_status(browser: Browser) -> None:
    browser.go("/essai/page")
    assert browser.status == 422
    assert "Erreur" in str(browser.document.findtext(".//title"))


def test_pages_speak_english_when_asked_and_remember(browser: Browser) -> None:
    browser.go("/t/reg-53/").click("English")
    assert browser.sees("Open schemes")
    assert browser.go("/nulle-part").title == "Page not found"
    assert browser.document.get("lang") == "en"
    assert "suite=%2Ft%2Freg-53%2Fx" in browser.go("/t/reg-53/connexion?suite=/t/reg-53/x").links()["Français"]
    browser.go("/").click("Français")
    assert browser.go("/nulle-part").title == "Page introuvable"


def test_a_database_that_does_not_answer_gives_a_light_page(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53"]) as cases:
        app = create_app(cases)
        cases.store.close()
        with a_browser(app) as browser:
            assert browser.go("/sante").status == 200
            assert browser.go("/sante/pret").status == 503
            assert browser.response.headers["retry-after"] == "60"
            assert browser.go("/").sees("très demandé")


def test_overload_is_said_early_with_a_light_page(cases: UseCases) -> None:
    with a_browser(create_app(cases, most_at_once=0)) as browser:
        assert browser.go("/").status == 503
        assert browser.response.headers["retry-after"] == "60"
        assert browser.response.headers["content-security-policy"] == CSP
        assert browser.sees("Rien n’est perdu")
