"""The items that the law asks for: the act, the signatory, personal data, security, accessibility, archives."""

from __future__ import annotations

from guichet.errors import Problem
from guichet.model.placeholders import is_supplied
from guichet.services.readiness.launches import Finding, Launch, in_words, problem_at, to_supply

__all__ = ["accessibility", "act", "data_protection", "homologation", "impact_assessment", "retention", "signatory"]


def act(launch: Launch) -> Finding:
    """The text that creates the aid, and the one each version of the rules rests on."""
    legal = launch.scheme.legal
    rules = launch.scheme.rules.items()
    values = [(launch.in_scheme("legal", "basis"), legal.basis)]
    values += [(launch.in_scheme("rules", day.isoformat(), "legal"), version.legal) for day, version in rules]
    return Finding("act", tuple(launch.missing(values)), (legal.basis,))


def signatory(launch: Launch) -> Finding:
    """For each decision, someone whose name is known and whose power holds on the first day it may be taken."""
    problems: list[Problem] = []
    told: list[str] = []
    day = launch.first_day
    for name, stage in launch.scheme.workflow.stages.items():
        if stage.act != "decision" or stage.issued_by is None:
            continue
        valid = launch.territory.signatories_for(stage.issued_by, day)
        named = {key: person for key, person in valid.items() if is_supplied(person.name)}
        told += [f"{person.name}, {person.quality}" for person in named.values()]
        if named:
            continue
        if valid:
            key = next(iter(valid))
            problems.append(to_supply(launch.in_territory("signatories", key, "name")))
        else:
            where = launch.in_territory("signatories", stage.issued_by)
            problems.append(problem_at("ready.no_signatory", where, day=day, issuer=stage.issued_by, stage=name))
    return Finding("signatory", tuple(problems), tuple(dict.fromkeys(told)))


def data_protection(launch: Launch) -> Finding:
    """Who answers for personal data, and the data protection officer: the scheme's, else the territory's."""
    data = launch.scheme.legal.data
    officer = launch.territory.officer_for(data.dpo)
    problems = launch.missing([(launch.in_scheme("legal", "data", "controller"), data.controller)])
    problems += launch.missing([(launch.in_scheme("legal", "data", "dpo"), officer)], instead="dpo")
    return Finding("data_protection", tuple(problems), (data.controller, officer))


def impact_assessment(launch: Launch) -> Finding:
    """The data protection impact assessment was validated, and not tomorrow."""
    day = launch.scheme.legal.data.dpia
    where = launch.in_scheme("legal", "data", "dpia")
    if day is None:
        return Finding("impact_assessment", (problem_at("ready.no_impact_assessment", where),))
    if day > launch.cases.today(launch.territory.id):
        return Finding("impact_assessment", (problem_at("ready.dated_later", where, day=day),))
    return Finding("impact_assessment", (), (day.isoformat(),))


def homologation(launch: Launch) -> Finding:
    """The security homologation was decided, and holds on the opening day."""
    decided = launch.scheme.legal.homologation
    where = launch.in_scheme("legal", "homologation")
    opens = launch.scheme.calendar.opens.date()
    if decided is None:
        return Finding("homologation", (problem_at("ready.no_homologation", where),))
    if not decided.decided <= opens <= decided.until:
        data = {"first": decided.decided, "until": decided.until, "day": opens}
        return Finding("homologation", (problem_at("ready.homologation_not_then", where, **data),))
    return Finding("homologation", (), (decided.decided.isoformat(), decided.until.isoformat()))


def accessibility(launch: Launch) -> Finding:
    """The territory has its accessibility statement, which the pages then show."""
    stated = launch.territory.accessibility
    if stated is None:
        where = launch.in_territory("accessibility")
        return Finding("accessibility", (problem_at("ready.no_accessibility", where),))
    return Finding("accessibility", (), (in_words(f"accessibility_{stated.status}"), stated.assessed.isoformat()))


def retention(launch: Launch) -> Finding:
    """How long dossiers are kept bears the visa of the archives."""
    visa = launch.scheme.legal.retention.visa
    if not is_supplied(visa):
        where = launch.in_scheme("legal", "retention", "visa")
        return Finding("retention", (problem_at("ready.no_visa", where),))
    return Finding("retention", (), (visa,))
