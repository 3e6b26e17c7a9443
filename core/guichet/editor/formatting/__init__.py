"""The canonical layout of declarations: what `guichet fmt` writes, and what an editor's own command asks for."""

from guichet.editor.formatting.expressions import Dialect, formatted
from guichet.editor.formatting.files import format_text, language_of

__all__ = ["Dialect", "format_text", "formatted", "language_of"]
