"""Every rule of law, tried on a scheme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from guichet.errors import Problem
from guichet.loader.checked import Checked
from guichet.loader.law import competence, decisions, money, personal_data
from guichet.loader.law.rule import LawRule

LAWS: tuple[LawRule, ...] = (*competence.LAWS, *money.LAWS, *personal_data.LAWS, *decisions.LAWS)

_MISSING = {path: law for law in LAWS for path in law.missing}
_AUTOMATIC = {"automatic", "automated", "automatique"}


def check_law(checked: Checked) -> Iterator[Problem]:
    """What a scheme does that the law of its days does not want, each with its article."""
    calendar = checked.scheme.calendar
    for law in LAWS:
        if law.of_rules == (checked.compiled is not None) and law.concerns(calendar.opens.date(), calendar.closes):
            for path, data in law.find(checked):
                yield checked.problem(law.code, path, severity=law.severity, article=law.article, **data)


def restated(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The refusals of reading, those that break a rule of law said with its article."""
    for problem in problems:
        law = _MISSING.get((*problem.path, str(problem.data.get("key"))))
        if problem.code == "missing_key" and law is not None:
            yield replace(problem, code=law.code, data={**problem.data, "article": law.article})
        elif problem.code == "unknown_value" and _is_automatic_act(problem):
            law = decisions.NO_MACHINE_REFUSES
            yield replace(problem, code=law.code, data={"stage": problem.path[2], "article": law.article})
        else:
            yield problem


def _is_automatic_act(problem: Problem) -> bool:
    path = problem.path
    in_stage = len(path) == 4 and path[:2] == ("workflow", "stages") and path[3] == "act"
    return in_stage and str(problem.data["value"]) in _AUTOMATIC
