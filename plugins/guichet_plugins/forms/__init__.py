"""The field types that come with Guichet."""

from __future__ import annotations

from typing import Any

from guichet import FieldType, hookimpl
from guichet_plugins.forms.boolean import Boolean
from guichet_plugins.forms.choice import MultipleChoice, OneChoice
from guichet_plugins.forms.days import Date, Month
from guichet_plugins.forms.iban import Iban
from guichet_plugins.forms.money import Money
from guichet_plugins.forms.numbers import Decimal, Integer
from guichet_plugins.forms.siret import Siret
from guichet_plugins.forms.text import LongText, ShortText


@hookimpl
def register_field_types() -> list[FieldType[Any]]:
    """Give every field type of this folder."""
    return [
        ShortText(),
        LongText(),
        Integer(),
        Decimal(),
        Money(),
        Boolean(),
        OneChoice(),
        MultipleChoice(),
        Date(),
        Month(),
        Siret(),
        Iban(),
    ]
