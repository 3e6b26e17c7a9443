"""Documents Guichet writes: rendered by a plugin, kept as files, noted once whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.locale import Texts
from guichet.model.logo import logo_svg
from guichet.model.records import Document
from guichet.model.territory import Territory
from guichet.plugin.contracts import Letter, Sender
from guichet.plugin.contracts.base import Language
from guichet.services.attachments import files_folder
from guichet.services.cases import UseCases
from guichet.services.text_values import helpdesk_of
from guichet.storage import Tx, blobs, files
from guichet.storage.made_once import document_once, id_for

__all__ = [
    "FOR_AGENTS",
    "Rendered",
    "content_of",
    "existing",
    "files_folder",
    "footer_of",
    "note_once",
    "render",
    "renderer_of",
    "sender_of",
    "watermark_of",
]


FOR_AGENTS = frozenset({"annex", "claim_request"})
"""The kinds of documents that applicants do not read: other people's names, papers for the accountant."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file a renderer made."""

    content: bytes
    media_type: str
    extension: str


def content_of(cases: UseCases, document: Document) -> bytes:
    """The bytes of a document; raises FileChangedError when they are no longer what was written."""
    return blobs.read(files_folder(cases), document.stored_as)


def renderer_of(cases: UseCases, compiled: CompiledScheme) -> str:
    """The renderer of a scheme's letters, for what the core writes itself."""
    declared = (letter.renderer for letter in compiled.scheme.letters.values())
    return next(declared, None) or next(iter(cases.plugins.document_renderers))


def render(cases: UseCases, letter: Letter, renderer: str, territory: str, language: Language = "fr") -> Rendered:
    """The file of a letter.

    Raises:
        PluginError, PluginFailed: The renderer cannot, or broke.
    """
    plugin = cases.plugins.document_renderers[renderer]
    context = cases.context(territory, language)
    content = cases.plugins.call(
        f"document_renderers:{renderer}", lambda: plugin.render(letter, plugin.Options(), context)
    )
    return Rendered(content, plugin.media_type, plugin.extension)


def note_once(
    cases: UseCases,
    *,
    dossier: str,
    kind: str,
    about: str,
    file_name: str,
    rendered: Rendered,
    then: Callable[[Tx, Document], None],
) -> Document:
    """Keep a document and do what follows in the same act; done before, nothing is doubled.

    Args:
        about: What it is unique for besides its kind: the dossier of a receipt, the decision of a letter.
        then: Queues and journals, run only by the act that notes the document.
    """
    blob = blobs.keep(files_folder(cases), rendered.content)

    def act(tx: Tx) -> Document:
        made = Document(
            id=id_for("document", kind, about),
            dossier=dossier,
            kind=kind,
            file_name=file_name,
            media_type=rendered.media_type,
            sha256=blob.sha256,
            bytes=blob.size,
            stored_as=blob.stored_as,
            at=tx.now,
        )
        document, new = document_once(tx, made)
        if new:
            then(tx, document)
        return document

    return cases.store.act(act)


def existing(tx: Tx, kind: str, about: str) -> Document | None:
    """The document of a kind about something, once written."""
    return files.document_by_id(tx, id_for("document", kind, about))


def sender_of(territory: Territory, compiled: CompiledScheme, day: date) -> Sender:
    """The heading of what a territory writes: its council, its logo, how to reach the service."""
    authority = territory.authority_on(day)
    helpdesk = helpdesk_of(compiled, territory)
    told = (territory.contacts.address, helpdesk.phone, helpdesk.email)
    logo = logo_svg(territory.brand, authority.name).encode()
    return Sender(authority.council, tuple(line for line in told if line and line != "–"), logo)


def watermark_of(cases: UseCases, language: Language = "fr", *, practice: bool = False) -> str:
    """The word across each page of a document without legal effect; empty when it is real."""
    say = Texts(language)
    if practice:
        return say("letters.practice_mark")
    return say("letters.sandbox_mark") if cases.mode == "sandbox" else ""


def footer_of(
    cases: UseCases, compiled: CompiledScheme, reference: str, language: Language = "fr", *, practice: bool = False
) -> str:
    """The line at the foot of each page."""
    say = Texts(language)
    line = say("letters.footer", scheme=compiled.scheme.title, reference=reference)
    if practice:
        return f"{line} – {say('letters.practice_footer')}"
    return f"{line} – {say('letters.sandbox_footer')}" if cases.mode == "sandbox" else line
