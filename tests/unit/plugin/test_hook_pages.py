"""Each hook has its page, its contract suite and a shipped plugin; the pages hold the exact signatures."""

from __future__ import annotations

import pytest

import guichet.testing
from guichet.plugin import hookspecs
from guichet.plugin.registry import FAMILIES, HOOKS, Family
from hook_pages import END, EXAMPLE, PAGES, SAYS_NO_APART, SHARED_PAGE, START, generated, page_of, shared, signature_of
from shipped_plugins import shipped_plugins

SUITES = {
    "rule_functions": "assert_rule_function",
    "field_types": "assert_field_type",
    "data": "assert_data",
    "list_sources": "assert_list_source",
    "prefill_sources": "assert_prefill_source",
    "payment_writers": "assert_payment_writer",
    "return_readers": "assert_return_reader",
    "deliveries": "assert_delivery",
    "write_backs": "assert_write_back",
    "notification_channels": "assert_notification_channel",
    "identity_providers": "assert_identity_provider",
    "document_renderers": "assert_document_renderer",
    "exporters": "assert_exporter",
    "screens": "assert_screen",
    "commands": "assert_command",
}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_heading_of_the_page_is_the_hooks_exact_signature(family: Family):
    text = page_of(family).read_text(encoding="utf-8")
    assert f"## `{signature_of(getattr(hookspecs, family.hook))}`\n" in text


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_generated_part_of_the_page_is_up_to_date(family: Family):
    text = page_of(family).read_text(encoding="utf-8")
    assert text[text.index(START) : text.index(END) + len(END)] == generated(family)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_page_says_what_goes_wrong_and_holds_an_example(family: Family):
    text = generated(family)
    assert ("| method | raises | when |" in text) != (family.hook in SAYS_NO_APART)
    assert f"`{EXAMPLE}/{family.name}.py`\n\n```python\n" in text


def test_the_page_of_what_plugins_share_is_up_to_date():
    text = SHARED_PAGE.read_text(encoding="utf-8")
    assert text[text.index(START) : text.index(END) + len(END)] == shared()
    assert all(f"### `{suite}(" in text for suite in SUITES.values())


def test_every_hook_is_a_family_and_every_family_a_hook():
    assert {name for name in dir(hookspecs) if name.startswith("register_")} == set(HOOKS)


def test_every_hook_has_a_page_and_the_list_of_hooks_names_it():
    contents = (PAGES / "README.md").read_text(encoding="utf-8")
    assert {page.stem for page in PAGES.glob("register_*.md")} == set(HOOKS)
    assert all(f"({hook}.md)" in contents for hook in HOOKS)


def test_every_hook_has_a_contract_suite():
    assert set(SUITES) == {family.name for family in FAMILIES}
    assert all(suite in guichet.testing.__all__ for suite in SUITES.values())


def test_every_hook_comes_with_a_shipped_plugin():
    plugins = shipped_plugins()
    assert [family.name for family in FAMILIES if not getattr(plugins, family.name)] == []
