"""What helps people write declarations: schemas for their editor, the formatter, the language server."""
