"""An attribute that will not do is told at start, by the plugin's name, before a scheme stumbles on it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from guichet import INTEGER, TEXT, Signature, hookimpl
from guichet.errors import ProblemsFound, render
from guichet.plugin.manager import load_plugins
from guichet_plugins.forms.naf import Naf


def a_function(**changes: Any) -> Signature:
    given: dict[str, Any] = {"name": "f", "words": {"fr": "f", "en": "f"}, "parameters": (TEXT, INTEGER)}
    return Signature(**{**given, "returns": TEXT, "call": lambda text, number: text * number, **changes})


class OfUnknownWidget(Naf):
    """Drawn by nothing."""

    widget = "numbr"  # pyright: ignore[reportAssignmentType]  what the test is about


class OfUnknownKeyboard(Naf):
    """Typed on no keyboard."""

    input_mode = "numerique"


def refusal(hook: str, thing: object) -> str:
    ours = ModuleType("ours")
    setattr(ours, hook, hookimpl(lambda: [thing]))
    with pytest.raises(ProblemsFound) as refused:
        load_plugins(extra={"ours": ours}, installed=False)
    (problem,) = refused.value.problems
    return render(problem, "en")


@pytest.mark.parametrize(
    ("changes", "attribute"),
    [
        ({"words": {"fr": "f"}}, "words"),
        ({"words": {"fr": "deux mots", "en": "f"}}, "words"),
        ({"words": {"fr": "si", "en": "f"}}, "words"),
        ({"parameters": TEXT}, "parameters"),
        ({"parameters": (str, INTEGER)}, "parameters"),
        ({"returns": str}, "returns"),
        ({"call": lambda text: text}, "call"),
        ({"call": "f"}, "call"),
    ],
)
def test_a_rule_function_is_refused_by_the_attribute_that_is_wrong(changes: dict[str, Any], attribute: str) -> None:
    told = refusal("register_rule_functions", a_function(**changes))
    assert told.startswith('plugin "ours": Signature, given by "register_rule_functions"')
    assert f'has an attribute "{attribute}" that will not do' in told


@pytest.mark.parametrize(("kind", "attribute"), [(OfUnknownWidget, "widget"), (OfUnknownKeyboard, "input_mode")])
def test_a_field_type_is_refused_by_the_attribute_that_is_wrong(kind: type[Naf], attribute: str) -> None:
    assert f'has an attribute "{attribute}" that will not do' in refusal("register_field_types", kind())


def test_a_label_that_speaks_of_an_argument_there_is_not_says_so() -> None:
    with pytest.raises(ValueError, match=r"'the \{2\}' speaks of an argument there is not: 2 arguments"):
        a_function(label={"fr": "le {0}", "en": "the {2}"})


def test_an_object_of_another_hook_is_told_which_one_it_is_given_by() -> None:
    assert "this one is given by register_field_types" in refusal("register_payment_writers", Naf())


def test_a_plugin_that_marks_no_hook_is_told_rather_than_listed_as_well() -> None:
    with pytest.raises(ProblemsFound) as refused:
        load_plugins(extra={"ours": list}, installed=False)
    told = render(refused.value.problems[0], "en")
    assert told.startswith('plugin "ours": nothing is given by it')
    assert "@hookimpl" in told


def test_a_function_written_in_c_is_taken_as_it_is() -> None:
    ours = ModuleType("ours")
    ours.__dict__["register_rule_functions"] = hookimpl(lambda: [a_function(call=max)])
    assert "f" in load_plugins(extra={"ours": ours}, installed=False).rule_functions
