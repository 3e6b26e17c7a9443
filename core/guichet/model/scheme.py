"""An aid scheme as declared: the root of everything the engine does with it."""

from __future__ import annotations

from typing import Any, Literal, cast

from pydantic import field_validator, model_validator

from guichet.model.base import Value
from guichet.model.form import Field, Form, gather_options
from guichet.model.legal import Legal
from guichet.model.letters import Letter, LetterEvent, Notice, NoticeEvent
from guichet.model.payment import Envelope, Payment
from guichet.model.rules import Parameter, RuleVersion
from guichet.model.types import Day, Flag, Identifier, LocalInstant, Slug, Text, Whole
from guichet.model.workflow import Workflow

CURRENT_FORMAT = 1


class Grants(Value):
    """How many grants one key may hold: filings are never limited, grants are."""

    one_per: Identifier
    across: Literal["territory", "all_territories"] = "all_territories"


class Calendar(Value):
    """When applicants may file and agents decide, in the territory's time; `closes` is the whole day."""

    opens: LocalInstant
    closes: Day
    decidable_from: Day | None = None


class Helpdesk(Value):
    """Who answers applicants."""

    name: Text = ""
    phone: Text = ""
    email: Text = ""
    hours: Text = ""


class About(Value):
    """The scheme page: what it is, who may have it, how much, what to prepare."""

    what: Text
    who: Text
    amount: Text
    prepare: tuple[Text, ...] = ()


_LIST_KEYS = {"label", "plugin", "key", "columns", "confidential", "proof", "when_unavailable", "across", "options"}


class ReferenceList(Value):
    """Imported rows a rule can consult; a confidential one only after sign-in and with a proof."""

    label: Text = ""
    plugin: Identifier
    key: Identifier
    columns: dict[Identifier, Identifier]
    """Column → type: text, money, date, month, integer, boolean."""
    confidential: Flag = False
    proof: dict[Identifier, Text] = {}
    """Column → the question asked; the applicant must quote each right for a row to count as found."""
    when_unavailable: Literal["file_and_hold", "stop"] = "file_and_hold"
    across: Literal["territory", "all_territories"] = "all_territories"
    options: dict[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _gather_options(cls, value: Any) -> Any:
        return gather_options(value, _LIST_KEYS)

    @field_validator("proof", mode="before")
    @classmethod
    def _bare_columns(cls, value: Any) -> Any:
        """`proof: [reference]` asks for the column by its own name."""
        return dict.fromkeys(cast("list[str]", value), "") if isinstance(value, list) else value


class Opening(Value):
    """What a territory may set: a path of the scheme, or a parameter between two bounds."""

    path: Text = ""
    parameter: Identifier | None = None
    min: Text = ""
    max: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _bare_path(cls, value: Any) -> Any:
        return {"path": value} if isinstance(value, str) else value


class Scheme(Value):
    """One aid scheme, every block, preset and inheritance resolved, for one territory or for all."""

    format: Whole = CURRENT_FORMAT
    kind: Literal["grant"]
    language: Literal["fr", "en"] = "fr"
    id: Slug
    title: Text
    about: About
    legal: Legal
    grants: Grants | None = None
    calendar: Calendar
    overlay_may_set: tuple[Opening, ...] = ()
    territories: tuple[Text, ...] = ()
    """Territory ids or kinds (`regions`, `departements`) that may run the scheme; empty means all."""
    parameters: dict[Identifier, Parameter] = {}
    lists: dict[Identifier, ReferenceList] = {}
    forms: dict[Identifier, Form]
    title_from: Identifier | None = None
    """The field shown as the dossier's name in the work table."""
    rules: dict[Day, RuleVersion]
    workflow: Workflow
    payment: Payment | None = None
    envelope: Envelope | None = None
    letters: dict[LetterEvent, Letter] = {}
    notices: dict[NoticeEvent, Notice] = {}
    texts: dict[Identifier, Text] = {}
    contacts: dict[Identifier, Text] = {}
    helpdesk: Helpdesk = Helpdesk()

    @property
    def application(self) -> Form:
        """The form by which an applicant files."""
        return self.forms["application"]

    def fields(self) -> dict[str, Field]:
        """Every field of the application by id, in form order."""
        return {name: field for page in self.application.values() for name, field in page.fields.items()}


__all__ = ["CURRENT_FORMAT", "About", "Calendar", "Grants", "Helpdesk", "Opening", "ReferenceList", "Scheme"]
