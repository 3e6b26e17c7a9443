"""Loading plugins: what is refused at start, by whose name, and what the view holds."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from types import ModuleType
from typing import Any

import click
import pytest

from guichet import TEXT, NoOptions, Signature, TextFieldType, hookimpl
from guichet.errors import ProblemsFound, render
from guichet.plugin import manager
from guichet.plugin.manager import load_plugins
from shipped_plugins import shipped_plugins


class Code(TextFieldType[NoOptions]):
    """A field type of the tests."""

    key = "code"
    Options = NoOptions

    def rule_type(self, options: NoOptions) -> Any:
        return TEXT

    def from_text(self, text: str, options: NoOptions, context: Any) -> str:
        return text

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        return {"type": "string"}


def a_plugin(**functions: Any) -> ModuleType:
    module = ModuleType("a_plugin")
    for name, function in functions.items():
        function.__module__ = "a_plugin"
        setattr(module, name, function)
    return module


def giving(*things: object) -> Any:
    return hookimpl(lambda: list(things))


def refusals(**plugins: object) -> list[str]:
    with pytest.raises(ProblemsFound) as refused:
        load_plugins(extra=plugins, installed=False)
    return [render(problem, "en") for problem in refused.value.problems]


def test_a_hook_is_called_once_and_its_objects_are_found_by_key():
    calls: list[int] = []

    def register() -> list[Code]:
        calls.append(1)
        return [Code()]

    plugins = load_plugins(extra={"codes": a_plugin(register_field_types=hookimpl(register))}, installed=False)
    assert isinstance(plugins.field_types["code"], Code)
    assert calls == [1]


def test_the_view_cannot_be_changed():
    plugins = load_plugins(extra={"codes": a_plugin(register_field_types=giving(Code()))}, installed=False)
    with pytest.raises(TypeError):
        plugins.field_types["other"] = Code()  # type: ignore[index]  what the test is about


def test_a_misspelt_hook_is_refused_with_the_nearest_name():
    (text,) = refusals(codes=a_plugin(register_field_typs=giving(Code())))
    assert text.splitlines()[0] == 'plugin "codes": there is no hook "register_field_typs"'
    assert ': did you mean "register_field_types"? Hooks: register_rule_functions,' in text


def test_an_unmarked_hook_is_refused():
    def register_field_types() -> list[Code]:
        return [Code()]

    (text,) = refusals(codes=a_plugin(register_field_types=register_field_types))
    line = register_field_types.__code__.co_firstlineno
    assert text.splitlines() == [
        'plugin "codes": the function "register_field_types" is not marked, it would never be called',
        f"  hint  test_manager.py:{line}: add @hookimpl above it, or another name if it is no hook.",
        "  code  plugin.unmarked_hook, core/docs/reference/messages/plugin.unmarked_hook.md",
    ]


@pytest.mark.parametrize("hook", [lambda context: [], lambda context=None: [], lambda *rest: [], lambda **rest: []])
def test_a_hook_takes_nothing_not_even_with_a_default(hook: Any):
    (text,) = refusals(codes=a_plugin(register_field_types=hookimpl(hook)))
    assert '"register_field_types" takes nothing, yet it declares: ' in text


def test_an_asynchronous_hook_is_refused():
    async def register() -> list[Code]:
        return [Code()]

    (text,) = refusals(codes=a_plugin(register_field_types=hookimpl(register)))
    assert text.splitlines()[0] == 'plugin "codes": "register_field_types" is asynchronous, it would never run'


def test_an_asynchronous_method_is_refused():
    class Stray(Code):
        async def rule_type(self, options: NoOptions) -> Any:
            return TEXT

    (text,) = refusals(codes=a_plugin(register_field_types=giving(Stray())))
    assert text.splitlines()[0] == 'plugin "codes": "Stray.rule_type" is asynchronous, it would never run'


def test_a_class_in_the_place_of_an_object_is_refused():
    (text,) = refusals(codes=a_plugin(register_field_types=giving(Code)))
    assert '"register_field_types" gives an object Code (class), FieldType expected' in text.splitlines()[0]


@pytest.mark.parametrize("key", ["", "Code", "a-b", "é", "1a", None])
def test_a_key_is_a_plain_word(key: Any):
    thing = Code()
    thing.key = key
    (text,) = refusals(codes=a_plugin(register_field_types=giving(thing)))
    assert "has no valid key" in text


def test_options_are_declared():
    thing = Code()
    thing.Options = dict  # type: ignore[assignment]  what the test is about
    (text,) = refusals(codes=a_plugin(register_field_types=giving(thing)))
    assert "has no Options model" in text


def test_the_same_key_twice_is_refused_with_both_names():
    one, two = (a_plugin(register_field_types=giving(Code())) for _ in range(2))
    (text,) = refusals(one=one, two=two)
    assert text.splitlines()[0] == (
        'plugin "two": the key "code" of "register_field_types" is already taken by the plugin "one"'
    )


def test_the_same_key_in_two_families_is_no_conflict():
    word = Signature("code", {"fr": "code", "en": "code"}, (TEXT,), TEXT, str.upper)
    module = a_plugin(register_field_types=giving(Code()), register_rule_functions=giving(word))
    plugins = load_plugins(extra={"codes": module}, installed=False)
    assert (plugins.owners["field_types", "code"], plugins.owners["rule_functions", "code"]) == ("codes", "codes")


def test_a_hook_that_fails_at_start_is_refused_and_the_others_are_still_checked():
    def register() -> list[Code]:
        raise RuntimeError("no network")

    first, second = refusals(
        broken=a_plugin(register_field_types=hookimpl(register)), other=a_plugin(register_fields=giving())
    )
    where = f"test_manager.py:{register.__code__.co_firstlineno + 1}"
    assert first.splitlines()[0] == (
        f'plugin "broken": "register_field_types" failed at start (RuntimeError: no network ({where}))'
    )
    assert '"register_fields"' in second


def test_a_hook_that_gives_nothing_to_go_through_is_refused():
    (text,) = refusals(codes=a_plugin(register_field_types=hookimpl(lambda: None)))
    assert text.splitlines() == [
        'plugin "codes": "register_field_types" gives nothing',
        "  hint  return a list, even an empty one.",
        "  code  plugin.hook_gives_nothing, core/docs/reference/messages/plugin.hook_gives_nothing.md",
    ]


def test_a_hook_that_gives_one_object_instead_of_a_list_is_refused():
    def register() -> Code:
        return Code()

    (text,) = refusals(codes=a_plugin(register_field_types=hookimpl(register)))
    assert text.splitlines()[0] == 'plugin "codes": "register_field_types" gives one object Code, a list is expected'
    assert "write return [object], even for a single FieldType." in text


def test_commands_are_found_by_name():
    plugins = load_plugins(
        extra={"tools": a_plugin(register_commands=giving(click.Command("import-naf")))}, installed=False
    )
    assert list(plugins.commands) == ["import-naf"]


def test_a_disabled_plugin_gives_nothing():
    plugins = shipped_plugins(disabled=["example"])
    assert "rna" not in plugins.field_types
    assert "example" not in [described.name for described in plugins.describe()]


def test_disabling_an_unknown_plugin_is_refused_with_the_nearest_name():
    with pytest.raises(ProblemsFound) as refused:
        shipped_plugins(disabled=["exemple"])
    assert 'did you mean "example"?' in render(refused.value.problems[0], "en")


def test_an_installed_module_that_cannot_be_imported_is_refused_by_name(monkeypatch: pytest.MonkeyPatch):
    broken = EntryPoint(name="broken", value="no_such_module_of_ours", group="guichet.plugins")
    monkeypatch.setattr(manager, "entry_points", lambda group: (broken,))
    with pytest.raises(ProblemsFound) as refused:
        load_plugins()
    assert render(refused.value.problems[0], "fr").startswith(
        "extension « broken » : le module no_such_module_of_ours ne se charge pas (ModuleNotFoundError"
    )
    assert load_plugins(disabled=["broken"]).describe() == ()


def test_each_plugin_is_described_with_its_hooks_and_keys():
    found = {described.name: described for described in shipped_plugins().describe()}
    assert found["enterprise"].hooks == ("register_rule_functions",)
    assert found["enterprise"].keys == {"register_rule_functions": ("departement_of", "nic", "siren")}
    assert list(found) == sorted(found)
    assert all(described.health.state == "ok" for described in found.values())
