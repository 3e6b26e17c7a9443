"""A JSON Schema (2020-12) for each kind of file, made of the models and of the plugins installed."""

from guichet.editor.schemas.files import KINDS, FileKind, kind_of, schema_file, schema_line, schema_of

__all__ = ["KINDS", "FileKind", "kind_of", "schema_file", "schema_line", "schema_of"]
