"""What a scheme asks of others instead of the applicant: which source fills which field."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator

from guichet.model.base import Value
from guichet.model.form import gather_options
from guichet.model.types import Flag, Identifier, Text

PREFILL_KEYS = ("plugin", "label", "needs", "fields", "correctable", "shown_to", "when_silent")

"""The keys of a prefill that are the core's; any other is an option of its source."""


ShownTo = Literal["applicant", "agents"]


class Filled(Value):
    """One field and the item that fills it; a bare name is the item."""

    item: Identifier
    """What the source gives."""
    correctable: Flag | None = None
    """Whether the applicant may change it; left out, what the prefill says."""
    shown_to: ShownTo | None = None
    """Who sees it; left out, what the prefill says."""
    values: dict[Text, Text] = {}
    """What the source says → what the field takes, for a choice; a value not listed fills nothing."""

    @model_validator(mode="before")
    @classmethod
    def _bare_item(cls, value: Any) -> Any:
        return {"item": value} if isinstance(value, str) else value


class Prefill(Value):
    """One source asked for a scheme: what it needs, what it fills, what happens while it is silent."""

    plugin: Identifier
    """The key of the prefill source."""
    label: Text = ""
    """What applicants read above a search; the source's own words when empty."""
    needs: dict[Identifier, Identifier] = {}
    """What the source must know → the field that holds it; left out, the field of the same name."""
    fields: dict[Identifier, Filled]
    """Field → the item that fills it. A field that takes a file is not asked once the source gave it."""
    correctable: Flag = True
    """Whether the applicant may change what the source gave."""
    shown_to: ShownTo | None = None
    """Who sees what the source gave: the `applicant` too, or `agents` only, beside what was typed. Left out, protected
    data (headcount, turnover, certificates) is for agents, the rest for all."""
    when_silent: Literal["ask", "later"] = "ask"
    """While the source is silent: `ask` the applicant, or leave it for `later`: filed without, filled afterwards."""
    options: dict[str, Any] = {}
    """The options of the source; they may also stand directly under the prefill."""

    @model_validator(mode="before")
    @classmethod
    def _gather_options(cls, value: Any) -> Any:
        return gather_options(value, (*PREFILL_KEYS, "options"))

    def who_sees(self, field: str) -> ShownTo | None:
        """Who sees what fills a field; None leaves it to the nature of the item."""
        return self.fields[field].shown_to or self.shown_to

    def may_correct(self, field: str) -> bool:
        """Whether the applicant may change what fills a field."""
        own = self.fields[field].correctable
        return self.correctable if own is None else own


__all__ = ["PREFILL_KEYS", "Filled", "Prefill"]
