"""The rule language: small, total, typed; see `core/docs/explanation/rule-language.md`."""

from guichet.language.compiler import compile_rules, compile_value
from guichet.language.declarations import (
    Branch,
    CodeSet,
    Condition,
    Environment,
    Input,
    ListSignature,
    Rules,
    Signature,
)
from guichet.language.expression import Expression
from guichet.language.plan import Uses
from guichet.language.program import Program
from guichet.language.result import Outcome, Result
from guichet.language.sources import Source
from guichet.language.trace import AmountTrace, Bound, Comparison, ConditionTrace, Trace
from guichet.language.types import (
    BOOLEAN,
    DATE,
    DAYS,
    INTEGER,
    MONEY,
    MONEY_PER_MONTH,
    MONEY_PER_YEAR,
    MONTHS,
    TEXT,
    Type,
    choice,
    decimal,
    list_of,
    rate,
    render_type,
    rows,
)
from guichet.language.values import UNAVAILABLE, write_value

__all__ = [
    "BOOLEAN",
    "DATE",
    "DAYS",
    "INTEGER",
    "MONEY",
    "MONEY_PER_MONTH",
    "MONEY_PER_YEAR",
    "MONTHS",
    "TEXT",
    "UNAVAILABLE",
    "AmountTrace",
    "Bound",
    "Branch",
    "CodeSet",
    "Comparison",
    "Condition",
    "ConditionTrace",
    "Environment",
    "Expression",
    "Input",
    "ListSignature",
    "Outcome",
    "Program",
    "Result",
    "Rules",
    "Signature",
    "Source",
    "Trace",
    "Type",
    "Uses",
    "choice",
    "compile_rules",
    "compile_value",
    "decimal",
    "list_of",
    "rate",
    "render_type",
    "rows",
    "write_value",
]
