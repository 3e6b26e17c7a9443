"""What a lying provider, or somebody between it and us, cannot make us believe; each protection has its sabotage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from browsing import Browser
from guichet.storage import accounts
from guichet_plugins.identity.standin import Lies, StandIn
from identity_site import SECRET, IdentitySite, an_identity_site, go_through, is_signed_in


@dataclass(frozen=True)
class Attack:
    """What the provider says wrong, and the check without which it would be believed."""

    lies: dict[str, Any] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    apart_s: int = 0
    """By how much the provider's clock differs."""
    options: dict[str, str] = field(default_factory=dict)
    twin: dict[str, str] = field(default_factory=dict)
    """Options with which the same answer is right."""


def said(**claims: Any) -> dict[str, Any]:
    return {"id_claims": claims}


def signed(**how: Any) -> dict[str, Any]:
    return {"signing": how}


ATTACKER = "https://mechant.example"
AUD = "guichet-franceconnect"

ATTACKS: dict[str, Attack] = {
    # the nonce
    "a token of another sign-in": Attack(said(nonce="f" * 64), off=("nonce",)),
    "a token without nonce": Attack(said(nonce=None), off=("nonce",)),
    "a nonce that is no text": Attack(said(nonce=7), off=("nonce",)),
    # how it is signed
    "alg none": Attack(signed(alg="none")),
    "alg nOnE": Attack(signed(alg="nOnE")),
    "HS256 by our secret where it is not registered": Attack(signed(alg="HS256"), twin={"algorithms": "RS256 HS256"}),
    "HS256 by the public key": Attack(signed(alg="HS256", key="published")),
    "HS256 by the public key where HS256 is registered": Attack(
        signed(alg="HS256", key="published"), options={"algorithms": "RS256 HS256"}
    ),
    "ES256 where it is not registered": Attack(
        signed(alg="ES256"), options={"algorithms": "RS256"}, twin={"algorithms": "ES256 RS256"}
    ),
    "a key of somebody else under the provider's name for its own": Attack(signed(key="foreign")),
    "a key the provider does not publish": Attack(signed(key="foreign", header={"kid": "unknown"})),
    "no key named, signed by somebody else": Attack(signed(key="foreign", header={"kid": None})),
    "a header that brings its own key": Attack(signed(key="foreign", header={"jwk": "own"})),
    "a header that says where its key is": Attack(signed(key="foreign", header={"jku": f"{ATTACKER}/jwks"})),
    "a header that must be understood and is not": Attack(signed(header={"crit": ["b64"], "b64": False})),
    "a token whose signature was taken away": Attack({"tokens": {"id_token": "cut"}}),
    "a token of five parts": Attack({"tokens": {"id_token": "a.b.c.d.e"}}),
    "a token that is no text": Attack({"tokens": {"id_token": 7}}),
    # for whom, by whom
    "a token for another site": Attack(said(aud="another-site"), off=("aud",)),
    "a token for nobody": Attack(said(aud=None), off=("aud",)),
    "a token for us and another, made for the other": Attack(
        said(aud=[AUD, "another-site"], azp="another-site"), off=("aud", "azp")
    ),
    "a token for us and another, made for nobody": Attack(said(aud=[AUD, "another-site"]), off=("aud",)),
    "a token made for another site": Attack(said(azp="another-site"), off=("azp",)),
    "a token of another issuer": Attack(said(iss=ATTACKER), off=("iss",)),
    "a token of nobody": Attack(said(iss=None)),
    "an issuer that only begins alike": Attack(said(iss="http://127.0.0.1"), off=("iss",)),
    # when
    "a clock ten minutes ahead": Attack(apart_s=600, off=("iat",)),
    "a clock ten minutes behind": Attack(apart_s=-600, off=("iat", "exp")),
    "a token that has expired": Attack(said(exp=1), off=("exp",)),
    "a token that never expires": Attack(said(exp=None), off=("exp",)),
    "an end that is no number": Attack(said(exp="9999999999"), off=("exp",)),
    "a token of no date": Attack(said(iat=None), off=("iat",)),
    "a token not yet good": Attack(said(nbf=9_999_999_999), off=("nbf",)),
    # how sure
    "a level below the one asked for": Attack(options={"acr_values": "eidas2"}, off=("acr",)),
    "a level that is none of the provider's": Attack(said(acr="eidas9"), off=("acr",)),
    "no level": Attack(said(acr=None), off=("acr",)),
    # of which access, of whom
    "the access token of another": Attack(said(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), off=("at_hash",)),
    "a token about nobody": Attack(said(sub=None)),
    "a token about an empty name": Attack(said(sub=""), off=("sub",)),
    "a token about an endless name": Attack(said(sub="x" * 300), off=("sub",)),
    "an access token of another kind": Attack({"tokens": {"token_type": "mac"}}),
    "no access token": Attack({"tokens": {"access_token": None}}),
    # what it says of the person
    "a description of somebody else": Attack({"userinfo_claims": {"sub": "somebody else"}}, off=("sub",)),
    "a description of nobody": Attack({"userinfo_claims": {"sub": None}}, off=("sub",)),
    "a description that is not signed": Attack({"userinfo_form": "json"}, twin={"userinfo": "json"}),
    "a description signed by somebody else": Attack({"userinfo_signing": {"key": "foreign"}}),
    "a description signed by nobody": Attack({"userinfo_signing": {"alg": "none"}}),
    "a description for another site": Attack({"userinfo_claims": {"aud": "another-site"}}, off=("aud",)),
    "a description of another issuer": Attack({"userinfo_claims": {"iss": ATTACKER}}, off=("iss",)),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IdentitySite]:
    with an_identity_site(tmp_path_factory.mktemp("tokens")) as made:
        yield made


@pytest.fixture
def standin(site: IdentitySite) -> Iterator[StandIn]:
    standin = site.standins["franceconnect"]
    now = standin.now
    yield standin
    standin.lies, standin.now = Lies(), now


def lie(site: IdentitySite, standin: StandIn, attack: Attack) -> None:
    """Make the provider say what the attack says."""
    standin.lies = Lies(**attack.lies)
    if standin.lies.signing.get("header", {}).get("jwk") == "own":
        standin.lies.signing = {"key": "foreign", "header": {"jwk": standin.signer.foreign.as_dict(private=False)}}
    if standin.lies.tokens.get("id_token") == "cut":
        good = standin.signer.sign({"sub": "x"}, SECRET, {})
        standin.lies.tokens = {"id_token": good.rpartition(".")[0] + "."}
    standin.now = lambda: site.cases.clock.now().timestamp() + attack.apart_s


def is_believed(browser: Browser) -> bool:
    """Whether the person behind the answer was taken for who it says: known, or asked for their account."""
    return browser.path in ("/t/reg-53/", "/t/reg-53/connexion/identite") and browser.status == 200


@pytest.mark.parametrize("name", ATTACKS)
def test_a_lie_is_refused(site: IdentitySite, standin: StandIn, name: str) -> None:
    attack = ATTACKS[name]
    lie(site, standin, attack)
    with site.sabotaged(**attack.options) as browser:
        go_through(browser)
        assert browser.status == 400, name
        assert browser.title == "La connexion n’a pas abouti"
        assert browser.links()["Se connecter par courriel"] == "/t/reg-53/connexion"
        assert not browser.cookie("guichet-arrivee")
        assert not is_signed_in(browser)
    assert site.cases.store.read(lambda tx: accounts.by_email(tx, "camille@exemple.fr")) is None


@pytest.mark.parametrize("name", [name for name, attack in ATTACKS.items() if attack.off or attack.twin])
def test_sabotage_without_the_check_the_same_lie_is_believed(site: IdentitySite, standin: StandIn, name: str) -> None:
    attack = ATTACKS[name]
    lie(site, standin, attack)
    with site.sabotaged(*attack.off, **{**attack.options, **attack.twin}) as browser:
        assert is_believed(go_through(browser)), name


def test_what_is_true_is_believed(site: IdentitySite, standin: StandIn) -> None:
    with site.another_browser() as browser:
        assert is_believed(go_through(browser))


def test_a_token_for_us_and_another_made_for_us_is_believed(site: IdentitySite, standin: StandIn) -> None:
    standin.lies = Lies(id_claims={"aud": [AUD, "another-site"], "azp": AUD})
    with site.another_browser() as browser:
        assert is_believed(go_through(browser))


def test_a_clock_half_a_minute_apart_is_believed(site: IdentitySite, standin: StandIn) -> None:
    lie(site, standin, Attack(apart_s=30))
    with site.another_browser() as browser:
        assert is_believed(go_through(browser))


def test_a_level_above_the_one_asked_for_is_believed(site: IdentitySite, standin: StandIn) -> None:
    standin.lies = Lies(id_claims={"acr": "eidas3"})
    with site.sabotaged(acr_values="eidas2") as browser:
        assert is_believed(go_through(browser))


def test_keys_may_change_at_any_moment(site: IdentitySite, standin: StandIn) -> None:
    with site.another_browser() as browser:
        assert is_believed(go_through(browser))
        before = standin.signer
        try:
            standin.signer = type(before)()
            standin.signer.rotations = 7
            site.cases.clock.advance(seconds=11)  # keys are asked for again no sooner than every ten seconds
            assert is_believed(go_through(browser))
        finally:
            standin.signer = before


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": ATTACKER},
        {"token_endpoint": "http://mechant.example/token"},
        {"authorization_endpoint": "http://mechant.example/authorize"},
        {"jwks_uri": "http://user:pass@127.0.0.1/jwks"},
        {"jwks_uri": None},
    ],
    ids=["another issuer", "token without TLS", "departure without TLS", "keys behind a password", "no keys"],
)
def test_a_description_that_does_not_hold_sends_nobody_away(
    site: IdentitySite, standin: StandIn, described: dict[str, Any]
) -> None:
    standin.lies = Lies(description=described)
    with site.sabotaged() as browser:
        browser.go("/t/reg-53/connexion")
        browser.form(action="avec/franceconnect").send()
        assert browser.status == 400
        assert browser.sees("La connexion n’a pas abouti", "réglages de cette installation")
        assert not browser.cookie("guichet-identite")


def test_a_shared_secret_among_published_keys_signs_nothing(site: IdentitySite, standin: StandIn) -> None:
    published = standin.signer.published()
    secret = {"kty": "oct", "k": "c2VjcmV0IHB1YmxpYyBkZSBsYSBsaXN0ZQ", "kid": "shared", "alg": "HS256"}
    standin.signer.published = lambda: {"keys": [secret, *published["keys"]]}  # type: ignore[method-assign]  the lie of this test alone
    standin.lies = Lies(signing={"alg": "HS256", "key": "secret public de la liste", "header": {"kid": "shared"}})
    try:
        with site.sabotaged(algorithms="RS256 HS256") as browser:
            assert go_through(browser).status == 400
    finally:
        del standin.signer.published


@pytest.mark.parametrize(
    ("options", "logged"),
    [
        ({"client_secret": "secret:oublie"}, "oublie"),
        ({"base_url": "https://id.exemple.fr", "authorization_endpoint": ""}, "id.exemple.fr"),
    ],
    ids=["a secret that is not there", "a host that is not allowed"],
)
def test_what_speaks_to_the_operator_is_not_read_by_applicants(
    site: IdentitySite, options: dict[str, str], logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    with site.sabotaged(**options) as browser:
        browser.go("/t/reg-53/connexion")
        browser.form(action="avec/franceconnect").send()
        assert browser.status == 400
        assert browser.sees("n’est pas bien réglée pour ce service d’identité")
        assert logged not in browser.text
        assert logged in caplog.text
