"""The declarations under an author's hands: open texts over the disk's, and what an editor asks about them."""

from guichet.editor.workspace.files import OpenFiles
from guichet.editor.workspace.workspace import Workspace

__all__ = ["OpenFiles", "Workspace"]
