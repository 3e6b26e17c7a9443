"""What limits a grant, when a publication changes it: grants that stand follow, and nobody is granted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guichet.catalogue import CompiledScheme
from guichet.engine.form_flow import visible_answers
from guichet.engine.keys import grant_key_of
from guichet.errors import Problem, ProblemsFound
from guichet.model.records import Dossier
from guichet.model.scheme import Grants
from guichet.services.answers import load_answers
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.storage import Tx, dossiers, grants

__all__ = ["LimitChange", "follow_limits", "limit_of"]


def limit_of(
    cases: UseCases, compiled: CompiledScheme, acting: CompiledScheme, dossier: Dossier
) -> tuple[Grants, str | None] | None:
    """What limits the grant of a dossier, and its key by it: the limit published now; None when nothing limits it."""
    filed_under, now = compiled.scheme.grants, acting.scheme.grants
    if filed_under is None or dossier.practice:
        return None
    if now is None or now.one_per == filed_under.one_per:
        return now or filed_under, dossier.grant_key
    return now, _key(cases, compiled, dossier, now)


@dataclass(frozen=True, slots=True)
class LimitChange:
    """What limits the grants of a scheme in a territory, as published until now and from now on."""

    scheme: str
    territory: str
    before: Grants | None
    after: Grants | None


def follow_limits(cases: UseCases, tx: Tx, changes: Iterable[LimitChange]) -> Mapping[str, int]:
    """Bring the grants that stand under the keys a publication limits them by; gives how many by territory.

    A limit across all territories is followed in every one of them, published together or not.

    Raises:
        ProblemsFound: A dossier has no answer to make its key of, or two of them would hold the same.
    """
    moved = Counter[str]()
    everywhere: set[tuple[str, tuple[str, ...]]] = set()
    for change in changes:
        after, before = change.after, change.before
        if after is None or (before is not None and before.one_per == after.one_per):
            continue
        if after.across == "territory":
            moved += _follow(cases, tx, change, after)
        elif (change.scheme, after.one_per) not in everywhere:
            everywhere.add((change.scheme, after.one_per))
            moved += _follow(cases, tx, change, after)
    return moved


def _follow(cases: UseCases, tx: Tx, change: LimitChange, limit: Grants) -> Counter[str]:
    told = {"scheme": change.scheme, "territory": change.territory, "one_per": limit.one_per}
    without: list[str] = []
    holders: dict[str, Dossier] = {}
    for held in grants.holders(tx, change.scheme):
        dossier = dossiers.lock(tx, held)
        if limit.across == "territory" and dossier.territory != change.territory:
            continue
        key = _key(cases, compiled_for(cases, dossier), dossier, limit)
        if key is None:
            without.append(dossier.reference)
        elif (other := holders.setdefault(key, dossier)) is not dossier:
            data = {**told, "value": dossier.reference, "other": other.reference}
            raise ProblemsFound([Problem("grants_share_key", data)])
    if without:
        raise ProblemsFound([Problem("grants_without_key", {**told, "count": len(without), "value": without[0]})])
    changed = {one.id: key for key, one in holders.items() if key != one.grant_key}
    grants.rewrite_keys(tx, change.scheme, changed)
    return Counter(one.territory for key, one in holders.items() if key != one.grant_key)


def _key(cases: UseCases, compiled: CompiledScheme, dossier: Dossier, limit: Grants) -> str | None:
    """A dossier's key by a limit other than the one it was filed under, read from its answers."""
    on = cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at else cases.today(dossier.territory)
    answers = visible_answers(compiled, load_answers(compiled, dossier.answers), on)
    return grant_key_of(compiled, answers, limit)
