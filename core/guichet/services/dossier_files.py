"""Files of a dossier for agents: attachments the applicant sent, documents Guichet wrote."""

from __future__ import annotations

from typing import Literal

from guichet.model.records import Attachment, Document
from guichet.services.acting import actor_of, require_sight
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound
from guichet.storage import Tx, dossiers, files

__all__ = ["file_for_agent"]

Kind = Literal["attachment", "document"]


def file_for_agent(cases: UseCases, agent_id: str, reference: str, file_id: str, kind: Kind) -> Attachment | Document:
    """A file of a dossier the agent may see; raises NotFound for any other. Each download is journaled."""

    def act(tx: Tx) -> Attachment | Document:
        dossier = dossiers.by_reference(tx, reference)
        if dossier is None:
            raise NotFound
        require_sight(actor_of(cases, tx, agent_id), dossier)
        found = files.attachment_by_id(tx, file_id) if kind == "attachment" else files.document_by_id(tx, file_id)
        if found is None or found.dossier != dossier.id:
            raise NotFound
        tx.journal(dossier.territory, "file_read", subject=dossier.id, actor=agent_id, data={"file": file_id})
        return found

    return cases.store.act(act)
