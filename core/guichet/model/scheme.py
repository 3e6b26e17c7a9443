"""An aid scheme as declared: the root of everything the engine does with it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from pydantic import Field as Bounds
from pydantic import PlainSerializer, field_validator, model_validator

from guichet.model.awards import Award
from guichet.model.base import Value, declaration_error
from guichet.model.code_lists import CodeList
from guichet.model.form import Field, Form, gather_options
from guichet.model.later_form import LaterForm
from guichet.model.legal import Legal
from guichet.model.letters import Letter, LetterEvent, Notice, NoticeEvent
from guichet.model.payment import Envelope, Payment, WriteBackUse
from guichet.model.prefills import Prefill
from guichet.model.pull import Pull
from guichet.model.rules import Parameter, RuleVersion
from guichet.model.scalars import CURRENT_FORMAT
from guichet.model.types import Day, Flag, Format, Identifier, LocalInstant, Slug, Text
from guichet.model.workflow import Workflow


def _alone_or_all(names: tuple[str, ...]) -> str | list[str]:
    """One field by its own name, as its author writes it."""
    return names[0] if len(names) == 1 else list(names)


class Grants(Value):
    """How many grants one key may hold: filings are never limited, grants are."""

    one_per: Annotated[tuple[Identifier, ...], Bounds(min_length=1), PlainSerializer(_alone_or_all)]
    """The field, or fields together, whose value may hold one grant only; `siren`: the company behind the SIRET.
    Capitals, accents, spaces, signs and letters that look alike make no difference."""
    across: Literal["territory", "all_territories"] = "all_territories"
    """Whether that holds within one territory or across all of them."""

    @field_validator("one_per", mode="before")
    @classmethod
    def _bare_field(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class Calendar(Value):
    """When applicants may file and agents decide, in the territory's time; `closes` is the whole day."""

    opens: LocalInstant
    """The local instant from which applicants may file."""
    closes: Day
    """The last day of filing, whole."""
    decidable_from: Day | None = None
    """The first day on which a decision may be taken; none means at once."""


class Helpdesk(Value):
    """Who answers applicants."""

    name: Text = ""
    """Its name, as applicants know it."""
    phone: Text = ""
    """Its phone number, as it is dialled."""
    email: Text = ""
    """Its address."""
    hours: Text = ""
    """When it answers."""


class About(Value):
    """The scheme page: what it is, who may have it, how much, what to prepare."""

    what: Text
    """What the aid is, in Markdown."""
    who: Text
    """Who may have it, in Markdown."""
    amount: Text
    """How much, in words."""
    prepare: tuple[Text, ...] = ()
    """What to have at hand before starting, one line each."""


LIST_KEYS = ("label", "plugin", "scheme", "key", "columns", "confidential", "proof", "when_unavailable", "across")
"""The keys of a reference list that are the core's; any other is an option of its source."""


class ReferenceList(Value):
    """Imported rows a rule can consult; a confidential one only after sign-in and with a proof."""

    label: Text = ""
    """The name people read; the id of the list when empty."""
    plugin: Identifier = ""
    """The key of the list source that reads the file."""
    scheme: Slug | None = None
    """Or another scheme: the list is then that of its granted dossiers, always up to date, imported by nobody."""
    key: Identifier
    """The column by which rules look a row up."""
    columns: dict[Identifier, Identifier]
    """Column → type: text, money, date, month, integer, boolean."""
    confidential: Flag = False
    """Who is in the list is itself a secret: consulted only after sign-in and with a proof."""
    proof: dict[Identifier, Text] = {}
    """Column → the question asked; the applicant must quote each right for a row to count as found."""
    when_unavailable: Literal["file_and_hold", "stop"] = "file_and_hold"
    """What filing does while the source is silent: hold the dossier for a re-check, or stop."""
    across: Literal["territory", "all_territories"] = "all_territories"
    """One list for each territory, or one for all."""
    options: dict[str, Any] = {}
    """The options of the source; they may also stand directly under the list."""

    @model_validator(mode="before")
    @classmethod
    def _without_source(cls, given: Any) -> Any:
        """A list of another scheme's grants has no source; a snapshot writes its empty name."""
        if isinstance(given, dict) and cast("dict[str, Any]", given).get("plugin") == "":
            return {name: value for name, value in cast("dict[str, Any]", given).items() if name != "plugin"}
        return cast("Any", given)

    @model_validator(mode="before")
    @classmethod
    def _gather_options(cls, value: Any) -> Any:
        return gather_options(value, (*LIST_KEYS, "options"))

    @field_validator("proof", mode="before")
    @classmethod
    def _bare_columns(cls, value: Any) -> Any:
        """`proof: [reference]` asks for the column by its own name."""
        return dict.fromkeys(cast("list[str]", value), "") if isinstance(value, list) else value


class Opening(Value):
    """What a territory may set: a path of the scheme, or a parameter between two bounds."""

    path: Text = ""
    """A path of the scheme that territories may replace, such as `calendar.closes`."""
    parameter: Identifier | None = None
    """Or a parameter that territories may set."""
    min: Text = ""
    """The least value a territory may give the parameter."""
    max: Text = ""
    """The greatest."""

    @model_validator(mode="before")
    @classmethod
    def _bare_path(cls, value: Any) -> Any:
        return {"path": value} if isinstance(value, str) else value


class Scheme(Value):
    """One aid scheme, every block, preset and inheritance resolved, for one territory or for all."""

    format: Format = CURRENT_FORMAT
    """The version of the way declarations are written."""
    kind: Literal["grant"]
    """The family of the scheme."""
    language: Literal["fr", "en"] = "fr"
    """The words used in expressions; `fr` reads `et ou non`, `en` reads `and or not`."""
    id: Slug
    """The scheme's name in addresses and commands: that of its folder."""
    title: Text
    """The name people read."""
    about: About
    """What the scheme's own page tells."""
    legal: Legal
    """What the law wants known."""
    grants: Grants | None = None
    """How many grants one key may hold; nothing means no limit."""
    calendar: Calendar
    """When it opens and closes."""
    unverified: dict[str, Text] = {}
    """Path of the scheme → why its sources do not settle what stands there, shown by `guichet check`."""
    overlay_may_set: tuple[Opening, ...] = ()
    """What a territory may change; anything else is refused."""
    territories: tuple[Text, ...] = ()
    """Territory ids or kinds (`regions`, `departements`) that may run the scheme; empty means all."""
    parameters: dict[Identifier, Parameter] = {}
    """Named values with dates of effect, for the rules."""
    codes: dict[Identifier, CodeList] = {}
    """Lists of official codes that the rules consult."""
    lists: dict[Identifier, ReferenceList] = {}
    """Reference lists that the rules consult."""
    prefill: dict[Identifier, Prefill] = {}
    """What other administrations are asked instead of the applicant, by id."""
    forms: dict[Identifier, Form]
    """Forms by id; `application` is the one by which an applicant files, and `form:` is short for it."""
    later_forms: dict[Identifier, LaterForm] = {}
    """How the forms that come after filing live; one that is not named here has no rules of its own."""
    title_from: Identifier | None = None
    """The field shown as the dossier's name in the work table."""
    rules: dict[Day, RuleVersion]
    """Versions of the rules, each under the first day of its effect."""
    workflow: Workflow
    """Who acts, in what order."""
    payment: Payment | None = None
    """How a grant is paid; nothing means the scheme pays nothing."""
    award: Award | None = None
    """The list whose rows are awarded without a request; nothing means that applicants file."""
    envelope: Envelope | None = None
    """The budget, where there is one."""
    write_back: WriteBackUse | None = None
    """The other software that is told each decision, where applicants filed elsewhere."""
    pull: Pull | None = None
    """Dossiers filed in another software, which become dossiers here."""
    letters: dict[LetterEvent, Letter] = {}
    """The letter that goes out for each decision."""
    notices: dict[NoticeEvent, Notice] = {}
    """The message sent at each event."""
    texts: dict[Identifier, Text] = {}
    """Markdown texts by id; each file of `texts/` is one too."""
    contacts: dict[Identifier, Text] = {}
    """Lines of the help page by id, such as `permanence`, that a territory may replace."""
    helpdesk: Helpdesk = Helpdesk()
    """Who answers applicants; the territory's contacts stand in for what is left empty."""

    @field_validator("forms", mode="after")
    @classmethod
    def _with_application(cls, forms: dict[str, Form]) -> dict[str, Form]:
        if "application" not in forms:
            data = {"value": next(iter(forms), "")}
            raise declaration_error("no_application", **data)
        return forms

    @property
    def application(self) -> Form:
        """The form by which an applicant files."""
        return self.forms["application"]

    def is_meant_for(self, territory: str) -> bool:
        """Whether a territory may run it: named itself, or by its kind; a scheme that names none takes all."""
        kind = "regions" if territory.startswith("reg-") else "departements"
        return not self.territories or territory in self.territories or kind in self.territories

    def fields(self) -> dict[str, Field]:
        """Every field of the application by id, in form order."""
        return {name: field for page in self.application.values() for name, field in page.fields.items()}


__all__ = ["CURRENT_FORMAT", "About", "Calendar", "Grants", "Helpdesk", "Opening", "ReferenceList", "Scheme"]
