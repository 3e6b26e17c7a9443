"""A hostile identity provider: nobody enters by it, the other doors stay open, no dossier changes, it is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from browsing import Browser, a_browser
from guichet.plugin import Plugins, manager
from guichet.plugin.health import HealthBook
from guichet.web.app import create_app
from hostile_plugins import AT_WORK, HOSTILE, Switch, plugins_with, prints
from hostile_story import filed_digests
from identity_site import IdentitySite, an_identity_site, code_for, come_back, first_time, is_signed_in, leave_for
from worked import SCHEME, a_filed_dossier, publish_snapshot, snapshot_of

SIGN_IN = "/t/reg-53/connexion"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[IdentitySite]:
    """A site where Camille has an account that a provider knows, and a filed dossier."""
    with an_identity_site(tmp_path) as made:
        first_time(made, made.browser)
        made.cases.store.act(lambda tx: publish_snapshot(tx, snapshot_of(SCHEME, "reg-53")))
        a_filed_dossier(made.cases, email="camille@exemple.fr")
        yield made


def a_browser_with(site: IdentitySite, plugins: Plugins) -> Browser:
    return a_browser(create_app(replace(site.cases, plugins=plugins)), address="192.0.2.97")


def test_nobody_enters_by_it_and_the_other_door_stays_open(site: IdentitySite) -> None:
    switch = Switch()
    plugins = plugins_with("identity_providers", "franceconnect", switch)
    before = filed_digests(site.cases)
    assert len(before) == 1
    with a_browser_with(site, plugins) as browser:
        for fault in AT_WORK.values():
            back = code_for(leave_for(browser), "camille")
            failures = plugins.health.of(HOSTILE).failures
            switch.fault = fault
            assert come_back(browser, back).status == 503  # the page says that the provider is silent
            assert not is_signed_in(browser)
            assert browser.go(SIGN_IN).status == 200
            assert browser.document.xpath("//input[@name='email']")
            assert not browser.document.xpath("//form[contains(@action, 'avec/franceconnect')]")
            assert plugins.health.of(HOSTILE).failures > failures
            switch.fault = None
            plugins.health.restore(HOSTILE)
        switch.fault = prints
        come_back(browser, code_for(leave_for(browser), "camille"))
        assert is_signed_in(browser)
    assert [one.name for one in plugins.describe() if one.health.failures] == [HOSTILE]
    assert filed_digests(site.cases) == before


def test_without_the_guard_a_page_breaks(site: IdentitySite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotage: what the provider gives goes on its way through the core."""
    monkeypatch.setattr(manager, "guarded", lambda thing, kind, plugin, health: thing)
    monkeypatch.setattr(HealthBook, "call", lambda self, plugin, work, *arguments: work(*arguments))
    switch = Switch()
    with a_browser_with(site, plugins_with("identity_providers", "franceconnect", switch)) as browser:
        switch.fault = AT_WORK["wrong type"]
        assert browser.go(SIGN_IN).status >= 500
