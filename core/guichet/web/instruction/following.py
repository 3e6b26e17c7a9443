"""The dossier to open after the one just settled, for an agent who reads them one by one."""

from __future__ import annotations

from collections.abc import Sequence

from litestar import Request

from guichet.model.records import Dossier
from guichet.services.assessments import compiled_for
from guichet.services.work_tables import TableQuery, read_table
from guichet.web.instruction.addresses import dossier_address
from guichet.web.instruction.frame import agent_id
from guichet.web.pages import language_of, texts_of
from guichet.web.site import cases_of

__all__ = ["next_dossier"]

_STAGE_ACTS = {"avis": "opinion", "decision": "decision"}


def next_dossier(request: Request, settled: Sequence[Dossier], act: str) -> dict[str, str]:
    """Gives the oldest dossier that waits for the same act; empty after a mass act, or when none waits."""
    if len(settled) != 1 or act not in _STAGE_ACTS:
        return {}
    done, cases = settled[0], cases_of(request)
    workflow = compiled_for(cases, done).scheme.workflow
    stages = tuple(name for name, stage in workflow.stages.items() if stage.act == _STAGE_ACTS[act])
    if len(stages) != 1:  # several bodies give this act: which one this agent serves is not said here
        return {}
    query = TableQuery(
        scheme=done.scheme,
        territory=done.territory,
        phases=("instruction",),
        stages=stages,
        to_complete=False,
        practice=done.practice,
    )
    table = read_table(cases, agent_id(request), query, language_of(request))
    if not table.rows:
        return {}
    reference = table.rows[0].reference
    label = texts_of(request)("instruction.next_dossier", count=table.total)
    return {"href": dossier_address(reference), "label": label}
