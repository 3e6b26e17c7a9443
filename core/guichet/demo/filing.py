"""Filing: each attempt goes through the gate, the pages, the review and the declaration, as the web makes people go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from typing import Any

from guichet.demo.attempts import Attempt, attempts
from guichet.demo.drawing import Document
from guichet.demo.stage import Played, Stage
from guichet.errors import GuichetError
from guichet.services.attachments import keep_upload
from guichet.services.cases import UseCases
from guichet.services.drafts import Draft, open_draft, save_page, start_draft
from guichet.services.filing import file, review
from guichet.services.gates import GateAnswer, pass_gate, proof_questions
from guichet.storage import accounts

__all__ = ["NotAsDrawn", "Tally", "comers", "file_all", "file_one", "try_to_file"]

File = Callable[[Stage, Attempt], str | None]
"""Plays one attempt; gives the dossier filed, or None when the gate stopped it."""


class NotAsDrawn(GuichetError):  # noqa: N818  reads as the fact it states
    """An attempt did not end as it was drawn: the recipe and the scheme do not say the same."""

    def __init__(self, attempt: Attempt, why: object) -> None:
        self.why = why
        super().__init__(f"attempt {attempt.number} ({attempt.stopped or 'to be filed'}): {why}")


class Tally:
    """What filing came to."""

    def __init__(self) -> None:
        self.played: list[Played] = []
        self.attempts = 0
        self.stopped = 0

    def add(self, other: Tally) -> None:
        """Count what another came to."""
        self.played += other.played
        self.attempts += other.attempts
        self.stopped += other.stopped


def comers(stage: Stage) -> Iterator[Attempt]:
    """Everybody who will try, in order."""
    return attempts(stage.recipe, stage.cases.territories, rows=stage.rows, places=stage.places)


def file_all(
    stage: Stage, dossiers: int, play: Callable[[int], File], *, those: Iterator[Attempt] | None = None
) -> Tally:
    """Play attempts until enough dossiers are filed.

    Args:
        play: Gives, by how many file before it, how an attempt is played.
        those: Who tries; those who come after stay in it. Everybody from the first on when None.
    """
    tally = Tally()
    chosen = _enough(those or comers(stage), dossiers)
    played = stage.side_by_side(lambda one: (one[1], play(one[0])(stage, one[1])), chosen)
    with stage.timed("filing"), closing(played):
        for attempt, dossier in played:
            tally.attempts += 1
            if (dossier is None) != (attempt.stopped is not None):
                raise NotAsDrawn(attempt, "stopped" if dossier is None else "filed")
            if dossier is None:
                tally.stopped += 1
                continue
            tally.played.append(Played(dossier, attempt))
            stage.told("filing", len(tally.played), dossiers)
    return tally


def try_to_file(stage: Stage, attempt: Attempt) -> str | None:
    """Play one attempt through the services, from the account on."""
    return file_one(stage.cases, stage.scheme, attempt)


def file_one(cases: UseCases, scheme: str, attempt: Attempt) -> str | None:
    """File what somebody brings, through the gate and the pages; gives the dossier, None when the gate stops them.

    Raises:
        NotAsDrawn: the form refuses something, or still asks.
    """
    account = cases.store.act(lambda tx: accounts.ensure(tx, attempt.email)).id
    started = start_draft(cases, account, scheme, attempt.territory, key=f"demo:{attempt.number}")
    reference = started.reference
    draft = _at_the_gate(cases, attempt, account, reference)
    if draft is None:
        return None
    for page in draft.compiled.scheme.application:
        if page not in {step.page for step in draft.steps}:
            continue
        on_page = draft.compiled.scheme.application[page].fields
        posted = {name: _sent(cases, draft, name, attempt) for name in on_page if name in attempt.posted}
        saved = save_page(cases, account, reference, page, posted)
        if saved.refused:
            raise NotAsDrawn(attempt, dict(saved.refused))
        draft = saved.draft
    seen = review(cases, draft)
    file(cases, account, reference, dict.fromkeys(seen.attestations, True), f"demo:{attempt.number}", seen.seen)
    return draft.dossier.id


def _at_the_gate(cases: UseCases, attempt: Attempt, account: str, reference: str) -> Draft | None:
    draft = open_draft(cases, account, reference)
    if not draft.gate:
        return draft
    asked = proof_questions(draft)
    proofs = {question.name: attempt.proofs.get(question.list, {}).get(question.column, "") for question in asked}
    fields = {name: attempt.posted[name] for name in draft.gate if name in attempt.posted}
    answer: GateAnswer = pass_gate(cases, account, reference, {**fields, **proofs})
    return answer.draft if answer.state in ("open", "held") else None


def _sent(cases: UseCases, draft: Draft, name: str, attempt: Attempt) -> Any:
    """What is posted for a field; a file has been received before."""
    value = attempt.posted[name]
    if not isinstance(value, Document):
        return value
    field, context = draft.compiled.fields[name], cases.context(attempt.territory)
    return keep_upload(cases, field.type, field.options, value.name, BytesIO(value.content), context)


def _enough(source: Iterator[Attempt], dossiers: int) -> Iterator[tuple[int, Attempt]]:
    """Attempts, each with how many file before it, up to the one that files the last dossier wanted."""
    filed = 0
    while filed < dossiers:
        attempt = next(source)
        yield filed, attempt
        filed += attempt.stopped is None
