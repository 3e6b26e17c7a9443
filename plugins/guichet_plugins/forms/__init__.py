"""The field types that come with Guichet."""

from __future__ import annotations

from typing import Any

from guichet import FieldType, hookimpl
from guichet_plugins.forms.address import PostalAddress
from guichet_plugins.forms.attachment import Attachment
from guichet_plugins.forms.boolean import Boolean
from guichet_plugins.forms.choice import MultipleChoice, OneChoice
from guichet_plugins.forms.civility import Civility
from guichet_plugins.forms.commune import Commune
from guichet_plugins.forms.days import Date, Month
from guichet_plugins.forms.email import Email
from guichet_plugins.forms.iban import Iban
from guichet_plugins.forms.money import Money
from guichet_plugins.forms.naf import Naf
from guichet_plugins.forms.numbers import Decimal, Integer
from guichet_plugins.forms.phone import Phone
from guichet_plugins.forms.rows import Rows
from guichet_plugins.forms.siret import Siret
from guichet_plugins.forms.territories import Departement, Region
from guichet_plugins.forms.text import LongText, ShortText
from guichet_plugins.forms.words import Note, Section


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
        Email(),
        Phone(),
        Civility(),
        Siret(),
        Iban(),
        Naf(),
        PostalAddress(),
        Commune(),
        Departement(),
        Region(),
        Attachment(),
        Rows(),
        Note(),
        Section(),
    ]
