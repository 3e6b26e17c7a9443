"""What an editor reads beside declarations: the schemas, and the line by which a file names its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guichet.editor.formatting import Dialect, format_text
from guichet.editor.schemas import KINDS, kind_of, schema_file, schema_line, schema_of
from guichet.editor.schemas.files import schema_text
from guichet.editor.schemas.uses import Choices
from guichet.errors import ProblemsFound
from guichet.loader.blocks import load_blocks
from guichet.plugin import load_plugins
from guichet.runtime import roots_of, scheme_roots
from guichet.settings import Settings
from guichet_cli.first_files import write_files

__all__ = ["SCHEMAS", "choices_of", "finished", "write_schemas"]

SCHEMAS = Path(".guichet/schemas")
"""Where the schemas of an instance lie, from its folder."""


def choices_of(settings: Settings) -> Choices:
    """Gives the plugins and the blocks among which declarations choose."""
    plugins = load_plugins(disabled=settings.plugins_off)
    try:
        blocks = load_blocks(list(scheme_roots(roots_of(settings.instance), plugins)))
    except ProblemsFound:  # `guichet check` says what is wrong in a block: the schemas do without their names
        blocks = {}
    return Choices(plugins, blocks)


def write_schemas(settings: Settings, folder: Path) -> list[Path]:
    """Writes the schema of each kind of file into a folder, and gives their paths."""
    choices = choices_of(settings)
    texts = {schema_file(one): schema_text(schema_of(one, choices, settings.language)) for one in KINDS.values()}
    return write_files(folder, texts)


def finished(files: Mapping[str, str], folder: Path, schemas: Path) -> dict[str, str]:
    """Gives the files of a folder, each declaration laid out and headed by the line that names its schema."""
    return {name: _finished(text, (folder / name).absolute(), schemas.absolute()) for name, text in files.items()}


def _finished(text: str, path: Path, schemas: Path) -> str:
    kind = kind_of(path) if path.suffix == ".yaml" else None
    if kind is None:
        return text
    headed = text if "yaml-language-server:" in text else f"{schema_line(path, schemas, kind)}\n{text}"
    return format_text(headed, path.name, Dialect("fr", "fr"))
