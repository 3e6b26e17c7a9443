"""What a scheme is once compiled with the plugins: fields with their types, rules as programs, by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from guichet.language import Program, Signature, Type, tree
from guichet.model.form import Field
from guichet.model.parameters import value_on
from guichet.model.prefills import Prefill
from guichet.model.rules import RuleVersion
from guichet.model.scheme import Scheme
from guichet.plugin.contracts import (
    DataTable,
    Delivery,
    DocumentRenderer,
    FieldType,
    ListSource,
    NotificationChannel,
    Options,
    PaymentWriter,
    PrefillSource,
    Reason,
    ReturnReader,
    WriteBack,
)


class PluginsNeeded(Protocol):
    """What compiling asks of the plugins; `guichet.plugin.Plugins` gives it."""

    @property
    def field_types(self) -> Mapping[str, FieldType[Any]]: ...

    @property
    def rule_functions(self) -> Mapping[str, Signature]: ...

    @property
    def tables(self) -> Mapping[str, DataTable]: ...

    @property
    def list_sources(self) -> Mapping[str, ListSource[Any]]: ...

    @property
    def prefill_sources(self) -> Mapping[str, PrefillSource[Any]]: ...

    @property
    def payment_writers(self) -> Mapping[str, PaymentWriter[Any]]: ...

    @property
    def return_readers(self) -> Mapping[str, ReturnReader[Any]]: ...

    @property
    def deliveries(self) -> Mapping[str, Delivery[Any]]: ...

    @property
    def notification_channels(self) -> Mapping[str, NotificationChannel[Any]]: ...

    @property
    def write_backs(self) -> Mapping[str, WriteBack[Any]]: ...

    @property
    def document_renderers(self) -> Mapping[str, DocumentRenderer[Any]]: ...


@dataclass(frozen=True, slots=True)
class CompiledField:
    """One question with its type and options resolved."""

    id: str
    page: str
    declaration: Field
    type: FieldType[Any]
    options: Options


@dataclass(frozen=True, slots=True)
class CompiledPrefill:
    """One source asked for a scheme, with what it is told and what it fills."""

    id: str
    declared: Prefill
    source: PrefillSource[Any]
    use: Options
    needs: Mapping[str, str]
    """What the source must know → the field that holds it."""
    labels: Mapping[str, Reason] = field(default_factory=dict[str, Reason])
    """Field → what the source calls the item that fills it."""
    hidden: frozenset[str] = frozenset()
    """The fields whose value the applicant does not see: compared by agents; a document is kept and not asked."""


@dataclass(frozen=True)  # no slots: what every page asks is worked out once
class CompiledVersion:
    """The rules from one day on, as a program."""

    first_day: date
    rules: RuleVersion
    program: Program
    passages: Mapping[str, Program] = field(default_factory=dict[str, "Program"])
    """Stage → the condition under which a dossier enters it, for those that have one."""

    @cached_property
    def gate(self) -> tuple[str, ...]:
        """The fields that the gates read, in form order: what the gate page holds."""
        read = {name for gate in self.rules.gates for name in self.program.dependencies(gate)}
        return tuple(self.program.plan.ordered_inputs(read))

    @cached_property
    def pages(self) -> dict[int, tuple[CompiledScheme, Any]]:
        """What the pages of a scheme ask, by its id, laid out once for the engine's way through the form."""
        return {}

    @cached_property
    def attested(self) -> Mapping[str, str]:
        """The criteria an applicant attests on honour, with the text attested."""
        criteria = self.rules.criteria.items()
        return {name: one.text or one.label for name, one in criteria if one.answer == "attested"}

    @cached_property
    def sentences(self) -> dict[tuple[str, int], str]:
        """The expressions of these rules said in words so far, by language and node: each is worded once."""
        return {}

    @cached_property
    def coded(self) -> dict[tuple[str, str], dict[Any, str]]:
        """By field and function applied to it, a code for each answer the function gives over a whole table."""
        return {}

    @cached_property
    def tellers(self) -> dict[tuple[str, str, Type, str, str], Any]:
        """What tells each comparison of these rules, by language, what is compared, type, sign and threshold."""
        return {}

    @cached_property
    def parts(self) -> dict[int, Mapping[str, tree.Node]]:
        """The conditions taken apart so far, by node: every part by its text."""
        return {}

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The fields whose answer decides whether others are asked."""
        plan = self.program.plan
        read = {name for condition in plan.asked.values() for name in plan.uses(condition).inputs}
        return frozenset(name for name in read if plan.environment.inputs[name].kind == "field")


@dataclass(frozen=True, slots=True)
class CompiledScheme:
    """One scheme for one territory, ready to decide; it never changes."""

    scheme: Scheme
    territory: str
    hash: str
    fields: Mapping[str, CompiledField]
    """The application's fields by id, in form order."""
    versions: tuple[CompiledVersion, ...]
    prefills: Mapping[str, CompiledPrefill] = field(default_factory=dict[str, CompiledPrefill])
    later: Mapping[str, CompiledScheme] = field(default_factory=dict[str, "CompiledScheme"])
    """The forms after the application by id, each compiled as if it were one: its fields, its own rules."""
    nomenclatures: Mapping[str, DataTable] = field(default_factory=dict[str, DataTable])
    """The tables by which codes are named, each under its name."""

    def territory_of(self, said: str = "") -> str:
        """The territory of a case: of this snapshot, else the one said, else the only one meant; empty if unknown."""
        own = self.scheme.territories
        return self.territory or said or (own[0] if len(own) == 1 and "-" in own[0] else "")

    def code_name(self, nomenclature: str, code: str) -> str:
        """The name of a code in a nomenclature; empty where it has none."""
        table = self.nomenclatures.get(nomenclature)
        row = table.versions[-1].rows.get(code) if table is not None else None
        return "" if row is None else str(row.get("label", ""))

    def version_on(self, day: date) -> CompiledVersion | None:
        """The rules in force on a day; None before the first version."""
        for version in reversed(self.versions):
            if version.first_day <= day:
                return version
        return None

    def parameters_on(self, day: date) -> dict[str, Any]:
        """The value of each parameter on a day."""
        return {name: value_on(parameter, day) for name, parameter in self.scheme.parameters.items()}

    def field_of_type(self, key: str) -> CompiledField | None:
        """The first field of a type, in form order."""
        for each in self.fields.values():
            if each.type.key == key:
                return each
        return None
