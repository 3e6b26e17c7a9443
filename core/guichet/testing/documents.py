"""The contract of document renderers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guichet.plugin.contracts import Context, DocumentRenderer, Letter, Sender, Signatory
from guichet.testing.context import A_DAY, a_context, accepted, assert_registers
from guichet.testing.declared import assert_options
from guichet.testing.strictness import strict

_LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#048"/></svg>'
_BODY = """\
Madame, Monsieur,

Votre demande est **acceptée**.

## Motifs

- un salarié au moins
- trésorerie insuffisante

| Critère | Valeur |
|:--|--:|
| Solde | -2 750,50 € |
"""

# Code of the languages a renderer may be built on; all of it must come out as the text it is.
HOSTILE_TEXTS = (
    '#panic("x") #let a = 1 #import "y"',
    "$x^2$ @label <label> \\ * _ ` ~ // /* */",
    "<script>alert(1)</script> &amp; {{ 7*7 }} {% x %}",
    "\\input{/etc/passwd} %PDF-1.7 )Tj",
)


def a_letter(**changes: Any) -> Letter:
    """Give a plain letter, with the changes."""
    plain: dict[str, Any] = {
        "senders": (Sender("Région Bretagne", ("283 avenue du Général Patton", "35000 Rennes"), _LOGO),),
        "recipient": ("SARL Les Lilas", "12 rue des Lilas", "35000 Rennes"),
        "reference": "7K3M9QXW2F",
        "place": "Rennes",
        "date": A_DAY,
        "subject": "Aide exceptionnelle – décision",
        "body": _BODY,
        "signatory": Signatory("Jeanne Le Goff", "La présidente", ("Par délégation",)),
        "footer": "Région Bretagne",
    }
    return Letter(**{**plain, **changes})


def assert_document_renderer(
    renderer: DocumentRenderer[Any],
    *,
    options: Mapping[str, Any] | None = None,
    context: Context | None = None,
) -> None:
    """Check a document renderer: same bytes each time, in both languages, and no text is ever run."""
    context = context or a_context()
    assert_registers("register_document_renderers", renderer)
    assert_options(renderer.Options, options)
    renderer = strict(renderer, DocumentRenderer, pure=False)
    chosen = accepted(renderer.Options, dict(options or {}))
    assert "/" in renderer.media_type, f"media_type is like text/html, not {renderer.media_type!r}"
    assert renderer.extension.isalnum(), f"extension is like pdf, without a point, not {renderer.extension!r}"
    first = renderer.render(a_letter(), chosen, context)
    assert first, "a letter gives no bytes"
    assert renderer.render(a_letter(), chosen, context) == first, "the same letter gives the same bytes"
    other = renderer.render(a_letter(reference="2222222222"), chosen, context)
    assert other != first, "the reference of the dossier is not in the letter"
    english = renderer.render(a_letter(), chosen, replace(context, language="en"))
    assert english != first, "the same bytes in both languages: it does not read context.language"
    bare = renderer.render(a_letter(signatory=None, senders=(Sender("Région"),), recipient=()), chosen, context)
    assert bare, "a letter without signatory, lines of the sender and recipient gives no bytes"
    for text in HOSTILE_TEXTS:
        letter = a_letter(
            subject=text,
            body=text,
            reference=text,
            place=text,
            recipient=(text,),
            footer=text,
            watermark=text,
            senders=(Sender(text, (text,)),),
            signatory=Signatory(text, text, (text,)),
        )
        made = renderer.render(letter, chosen, context)
        assert made, f"a letter that says {text!r} gives no bytes"
        assert "html" not in renderer.media_type or b"<script>" not in made, "a text becomes HTML: escape it"
