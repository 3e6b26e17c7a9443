"""Checking declarations: every scheme as shared and as each territory changes it, examples included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from guichet.errors import Problem, ProblemsFound, once
from guichet.loader.crowded_batches import crowded_batches
from guichet.loader.declaration import place
from guichet.loader.doubtful_days import check_example_days
from guichet.loader.doubtful_names import check_names
from guichet.loader.library import Effective, Library
from guichet.loader.territory_files import TerritoryFile
from guichet.loader.unverified import Unverified, unverified_of
from guichet.model.scheme import Scheme
from guichet.services.example_codes import check_example_codes
from guichet.services.examples import run_examples


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check verified and what it found."""

    schemes: int
    territories: int
    overlays: int
    expressions: int
    examples: int
    problems: tuple[Problem, ...]
    unverified: Mapping[str, tuple[Unverified, ...]]
    """Scheme → the values that its sources do not settle, where there are some."""

    @property
    def passed(self) -> bool:
        """Whether nothing but warnings was found."""
        return all(problem.severity == "warning" for problem in self.problems)


def check(library: Library, schemes: Iterable[str] | None = None) -> Checked:
    """Every problem of some schemes (of all), with what was verified."""
    wanted = library.sources if schemes is None else [name for name in schemes if name in library.sources]
    names = sorted(wanted) if schemes is None else list(wanted)
    problems: list[Problem] = list(library.met)
    if schemes is None:
        problems += check_territory_names(library)
    expressions = examples = overlays = 0
    served: set[str] = set()
    unverified: dict[str, tuple[Unverified, ...]] = {}
    for name in names:
        shared = _effective(library, name, "", problems)
        if shared is None:
            continue
        problems += library.warnings(shared)
        problems += crowded_batches(library, shared)
        source = library.source(name)
        problems += check_names([source.node, *([source.examples] if source.examples is not None else [])])
        expressions += _count_expressions(shared.scheme)
        if marked := unverified_of(shared.scheme, shared.node):
            unverified[name] = marked
        served.update(library.territories_of(shared.scheme))
        for scheme, territory in library.overlays:
            if scheme == name:
                overlays += 1
                _effective(library, name, territory, problems)
        examples += _check_examples(library, name, problems)
    told = tuple(_without_doubts_settled(once(problems)))
    return Checked(len(names), len(served), overlays, expressions, examples, told, unverified)


def _without_doubts_settled(problems: list[Problem]) -> Iterator[Problem]:
    """The problems, but for the doubt about a name that is refused at the same place."""
    refused = {problem.position for problem in problems if problem.severity == "error"}
    for problem in problems:
        if problem.code != "name_like_another" or problem.position not in refused:
            yield problem


def check_territory_names(library: Library) -> Iterator[Problem]:
    """A warning for each name of a territory's own choice (a signatory, a reference) that looks like a slip."""
    return check_names(library.trees.values(), models=(TerritoryFile,))


def _effective(library: Library, scheme: str, territory: str, problems: list[Problem]) -> Effective | None:
    try:
        return library.effective(scheme, territory)
    except ProblemsFound as error:
        problems += error.problems
        return None


def _check_examples(library: Library, scheme: str, problems: list[Problem]) -> int:
    try:
        runs = run_examples(library, scheme)
    except ProblemsFound as error:
        problems += error.problems
        return 0
    source = library.source(scheme)
    problems += once(problem for run in runs for problem in run.odd)
    for run in runs:
        for difference in run.differences:
            where = (
                place(source.examples, ("examples", run.id, "expect", difference.what))
                if source.examples is not None
                else None
            )
            said = {"what": difference.what, "expected": difference.shown_expected, "found": difference.shown_found}
            data = {**difference.reasons, **said}
            problems.append(Problem("example_differs", data, where, ("examples", run.id, "expect")))
    problems += check_example_codes(library, scheme)
    problems += check_example_days(source.examples, source.node)
    problems += _examples_of_other_days(library, scheme, {run.id: run.on for run in runs})
    if not runs:
        where = place(source.node, ("id",))
        problems.append(Problem("no_examples", {"scheme": scheme}, where, (), "warning"))
    else:
        problems += _versions_without_example(library, scheme, {run.on for run in runs})
    return len(runs)


def is_judging_day(scheme: Scheme, day: date) -> bool:
    """Whether a dossier may be judged on a day: from the opening or the first rules, until long after closing."""
    opens, closes = scheme.calendar.opens.date(), scheme.calendar.closes
    judged_on = scheme.legal.judged_on
    first = opens if judged_on in ("filing", "decision") else min(opens, *scheme.rules)
    return first <= day <= (closes if judged_on == "filing" else closes + timedelta(days=3 * 365))


def _examples_of_other_days(library: Library, name: str, days: Mapping[str, date]) -> Iterator[Problem]:
    """Each example judged on a day on which no dossier would be: before the first rules, or long after closing."""
    scheme, tree = library.effective(name).scheme, library.source(name).examples
    opens, closes = scheme.calendar.opens.date(), scheme.calendar.closes
    for example, day in days.items():
        if tree is not None and not is_judging_day(scheme, day):
            path = ("examples", example, "on")
            yield Problem(
                "example_of_other_day",
                {"day": day, "opens": opens, "closes": closes},
                place(tree, path),
                path,
                "warning",
            )


def _versions_without_example(library: Library, name: str, judged: set[date]) -> Iterator[Problem]:
    """Each version of the rules that judges on some day, when no example is judged on one of these days."""
    scheme, node = library.effective(name).scheme, library.source(name).node
    first_days = list(scheme.rules)
    for first, following in zip_longest(first_days, first_days[1:]):
        last = following - timedelta(days=1) if following is not None else date.max
        from_day = first
        if scheme.legal.judged_on in ("filing", "decision"):
            from_day = max(first, scheme.calendar.opens.date())
        if scheme.legal.judged_on == "filing":
            last = min(last, scheme.calendar.closes)
        if from_day <= last and not any(from_day <= day <= last for day in judged):
            path, data = ("rules", first.isoformat()), {"from": from_day, "until": last if last < date.max else None}
            yield Problem("version_without_example", data, place(node, path), path, "warning")


def _count_expressions(scheme: Scheme) -> int:
    fields = sum(bool(field.asked_when) for field in scheme.fields().values())
    rules = sum(
        len(version.names)
        + len(version.gates)
        + sum(bool(criterion.when) for criterion in version.criteria.values())
        + len(version.indicators)
        + sum(
            bool(text)
            for branch in version.amount
            for text in (branch.always, branch.condition, branch.then, branch.otherwise)
        )
        for version in scheme.rules.values()
    )
    return fields + rules
