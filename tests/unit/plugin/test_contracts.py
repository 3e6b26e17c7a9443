"""What the contracts do by themselves: cleaning, contexts, secrets, sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

import guichet
from guichet.errors import sentence
from guichet.plugin.contracts import Context, Invalid, Options, Refused, Secret, is_blank, one_text, option_error
from guichet.testing import a_context
from guichet_plugins.forms.text import ShortText


class WithSecret(Options):
    token: Secret = ""


def test_options_refuse_unknown_keys():
    with pytest.raises(ValidationError, match="extra"):
        WithSecret.model_validate({"tokn": "secret:x"})


def test_a_secret_is_named_and_its_value_comes_from_the_installation():
    options = WithSecret.model_validate({"token": "secret:api"})
    context = Context(today=date(2020, 4, 20), secrets={"api": "hunter2"})
    assert context.secret(options.token) == "hunter2"
    assert context.secret("") == ""
    with pytest.raises(Refused) as refused:
        a_context().secret(options.token)
    assert "« api »" in refused.value.reason.fr


def test_a_secret_in_clear_is_refused_by_a_message_in_both_languages():
    with pytest.raises(ValidationError) as refused:
        WithSecret.model_validate({"token": "hunter2"})
    detail = refused.value.errors()[0]
    assert detail["type"] == "guichet"
    assert sentence(detail["ctx"]["code"], detail["ctx"]["data"], "fr") == (  # type: ignore[typeddict-item]  always there
        "un secret ne s'écrit pas dans une déclaration"
    )


def test_a_validator_of_options_speaks_both_languages():
    error = option_error(fr="écrivez 1 ou 2", en="write 1 or 2")
    context = error.context or {}
    assert sentence(context["code"], context["data"], "fr") == "écrivez 1 ou 2"


@pytest.mark.parametrize("raw", [None, "", "  ", [], ["", " "], [None]])
def test_no_text_is_no_answer(raw: object):
    assert is_blank(raw)


@pytest.mark.parametrize("raw", ["a", ["", "a"], {}, {"a": ""}, 0])
def test_anything_else_is_an_answer(raw: object):
    assert not is_blank(raw)


def test_a_text_is_cleaned_once_for_all_types():
    assert one_text(["  a\tb  "]) == "a b"
    assert one_text(" a\r\nb ", multiline=True) == "a\nb"


@pytest.mark.parametrize("given", [True, [], {}, 1.5])
def test_an_exchange_writes_a_text_as_text(given: object):
    with pytest.raises(Invalid):
        ShortText().read(given, ShortText.Options(), a_context())  # type: ignore[arg-type]  what the test is about


def test_an_exchange_may_write_a_text_of_digits_as_a_number():
    assert ShortText().read(Decimal("1E+3"), ShortText.Options(), a_context()) == "1000"


def test_every_public_name_exists():
    assert [name for name in guichet.__all__ if not hasattr(guichet, name)] == []
    assert len(set(guichet.__all__)) == len(guichet.__all__)
