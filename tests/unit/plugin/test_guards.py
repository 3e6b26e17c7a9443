"""What stands in front of a plugin's objects: theirs in every way, but for what may go wrong."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from guichet import TEXT, Context, FetchedList, ListPage, Options, Text, TextFieldType, hookimpl
from guichet.plugin import PluginFailed, Plugins, load_plugins
from guichet.testing import a_context


class SomeOptions(Options):
    """Options that hold containers."""

    titles: dict[str, Text] = {}


class Code(TextFieldType[SomeOptions]):
    """A field type that keeps something on itself."""

    key = "code"
    Options = SomeOptions

    def __init__(self) -> None:
        self.seen = 0

    def rule_type(self, options: SomeOptions) -> Any:
        return TEXT

    def from_text(self, text: str, options: SomeOptions, context: Context) -> str:
        self.seen += 1
        return text

    def json_schema(self, options: SomeOptions) -> dict[str, Any]:
        return {"type": "string"}


class Broken(FetchedList[SomeOptions]):
    """A fetched list whose service nobody can speak to."""

    key = "broken"
    Options = SomeOptions

    def fetch(self, cursor: str, key: str, columns: Any, options: SomeOptions, context: Context) -> ListPage:
        raise ZeroDivisionError("oops")


def loaded(**hooks: Any) -> Plugins:
    module = ModuleType("ours")
    for hook, thing in hooks.items():
        setattr(module, hook, _giving(thing))
    return load_plugins(extra={"ours": module}, installed=False)


def _giving(thing: Any) -> Any:
    return hookimpl(lambda: [thing])


def test_a_guarded_object_is_of_its_own_class_and_keeps_what_it_keeps() -> None:
    code = Code()
    front = loaded(register_field_types=code).field_types["code"]
    assert isinstance(front, Code)
    assert front.parse(" x ", SomeOptions(), a_context()) == "x"
    assert (front.seen, code.seen) == (1, 1)  # pyright: ignore[reportAttributeAccessIssue]  its own attribute


def test_a_contract_more_special_than_its_familys_is_guarded_as_well() -> None:
    plugins = loaded(register_list_sources=Broken())
    source: Any = plugins.list_sources["broken"]
    with pytest.raises(PluginFailed, match="plugin ours failed: ZeroDivisionError"):
        source.fetch("", "id", {}, SomeOptions(), a_context())
    assert plugins.health.of("ours").failures == 1


def test_what_options_hold_cannot_be_changed() -> None:
    options = SomeOptions(titles={"a": "A"})
    with pytest.raises(TypeError, match="options cannot be changed"):
        options.titles["b"] = "B"
    with pytest.raises(TypeError, match="options cannot be changed"):
        options.titles.clear()
    assert options.titles == {"a": "A"}


def test_the_secrets_of_a_context_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        a_context(secrets={"a": "b"}).secrets["a"] = "c"
