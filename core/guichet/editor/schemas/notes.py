"""What the code says of a model and of its keys: the docstrings under them, and their French."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import cast

from pydantic import BaseModel

from guichet.editor.schemas.french import DEMO, FRENCH
from guichet.errors import Language
from guichet.plugin.contracts import Options

__all__ = ["docstrings", "note_of_key", "note_of_model", "on_one_line"]


def note_of_model(model: type[BaseModel], language: Language) -> str:
    """What a model is, in one paragraph."""
    french = _french(model).get("") if language == "fr" else None
    return french or on_one_line((inspect.getdoc(model) or "").split("\n\n")[0])


def note_of_key(model: type[BaseModel], name: str, language: Language) -> str:
    """What one key of a model is; empty where the code says nothing."""
    if language == "fr":
        for kind in model.__mro__:
            french = _french(kind).get(name)
            if french:
                return french
    return docstrings(model).get(name, "")


@cache
def docstrings(model: type[BaseModel]) -> dict[str, str]:
    """The docstring under each field of a model and of the models it extends."""
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel:
            found |= _own(kind)
    return found


def on_one_line(text: str) -> str:
    """A text with its line breaks and runs of spaces as one space."""
    return re.sub(r"\s+", " ", text).strip()


def _french(kind: type) -> Mapping[str, str]:
    """The French of a model of declarations; a plugin's class may bear the name of one of them."""
    if kind.__module__.startswith("guichet.demo."):
        return DEMO.get(kind.__name__, {})
    if issubclass(kind, Options):
        return kind.__dict__.get("french", {})
    ours = kind.__module__.startswith(("guichet.model.", "guichet.loader."))
    return FRENCH.get(kind.__name__, {}) if ours else {}


def _own(kind: type[BaseModel]) -> dict[str, str]:
    try:
        source = textwrap.dedent(inspect.getsource(kind))
    except (OSError, TypeError):  # a plugin without its source, or a model made on the fly
        return {}
    body = cast("ast.ClassDef", ast.parse(source).body[0]).body
    return {
        line.target.id: on_one_line(str(ast.literal_eval(after.value)))
        for line, after in pairwise(body)
        if isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
    }
