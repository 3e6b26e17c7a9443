"""Where names stand in a file of declarations: what declares them, what reads them, each with its exact place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from guichet.demo.recipe import Case, Draw, Recipe
from guichet.editor.declared import UNKNOWN, below, is_expression, model_in, root_of
from guichet.errors import Position
from guichet.language.reading.lexer import Token, tokenise
from guichet.language.sources import Mistake
from guichet.language.words import Words, function_of
from guichet.loader.reader import Mapping as MappingNode
from guichet.loader.reader import Node, Scalar, Sequence, verbatim
from guichet.model.examples import Example, Examples, Expected
from guichet.model.form import Field, Page
from guichet.model.legal import Legal
from guichet.model.letters import AlsoSent, Letter, Notice
from guichet.model.payment import Payee, Payment, WriteBackUse
from guichet.model.prefills import Prefill
from guichet.model.rules import Criterion, RuleVersion
from guichet.model.scheme import Grants, Opening, Scheme
from guichet.model.template_text import placeholders
from guichet.model.text_names import LETTER_NAMES
from guichet.model.workflow import Stage, Workflow

__all__ = ["READ", "READ_BY_NAME", "READ_IN_RULES", "Role", "Site", "sites_of", "sites_of_text"]

Role = Literal[
    "field", "column", "definition", "criterion", "indicator", "parameter", "list", "text", "body", "stage", "example",
    "block", "function", "name",
]  # fmt: skip
"""What a name is; `name` is what an expression or a text reads: a field, a definition, a parameter, a fact."""
READ_IN_RULES: frozenset[Role] = frozenset[Role]({"field", "definition", "parameter"})
"""What an expression may name."""
READ_BY_NAME: frozenset[Role] = READ_IN_RULES | frozenset[Role]({"indicator"})
"""What texts and columns may name too."""

_DECLARE: Mapping[tuple[type[BaseModel], str], Role] = {
    (Page, "fields"): "field",
    (Field, "fields"): "column",
    (RuleVersion, "define"): "definition",
    (RuleVersion, "scales"): "definition",
    (RuleVersion, "amounts"): "definition",
    (RuleVersion, "gates"): "criterion",
    (RuleVersion, "criteria"): "criterion",
    (RuleVersion, "indicators"): "indicator",
    (Scheme, "parameters"): "parameter",
    (Scheme, "lists"): "list",
    (Scheme, "codes"): "list",
    (Scheme, "texts"): "text",
    (Workflow, "bodies"): "body",
    (Workflow, "stages"): "stage",
    (Examples, "examples"): "example",
}
"""Mappings whose keys declare names."""
_READ_KEYS: Mapping[tuple[type[BaseModel], str], Role] = {
    (Example, "answers"): "field",
    (Example, "facts"): "list",
    (Example, "checks"): "criterion",
    (Prefill, "fields"): "field",
    (Recipe, "fields"): "field",
    (Recipe, "lists"): "list",
    (Recipe, "judgements"): "criterion",
    (Case, "fields"): "field",
}
"""Mappings whose keys read names declared elsewhere."""
READ: Mapping[tuple[type[BaseModel], str], Role] = {
    (Grants, "one_per"): "field",
    (Legal, "judged_on"): "field",
    (Scheme, "title_from"): "field",
    (Payee, "name"): "field",
    (Payee, "iban"): "field",
    (Payee, "bic"): "field",
    (Payment, "details"): "field",
    (Payment, "facts"): "field",
    (WriteBackUse, "number"): "field",
    (Prefill, "needs"): "field",
    (Workflow, "columns"): "name",
    (Opening, "parameter"): "parameter",
    (Letter, "text"): "text",
    (Notice, "text"): "text",
    (AlsoSent, "to"): "field",
    (AlsoSent, "text"): "text",
    (Criterion, "checked_by"): "body",
    (Stage, "body"): "body",
    (Stage, "needs"): "stage",
    (Stage, "not_by_author_of"): "stage",
    (Example, "like"): "example",
    (Expected, "failed"): "criterion",
    (Expected, "awaited"): "criterion",
    (Expected, "missing"): "field",
    (Draw, "field"): "field",
    (Draw, "fields"): "field",
}
"""Values that read names declared elsewhere."""
_GROUPS: Mapping[str, Role] = {
    "define": "definition",
    "scales": "definition",
    "amounts": "definition",
    "criteria": "criterion",
    "gates": "criterion",
    "indicators": "indicator",
    "fields": "field",
    "parameters": "parameter",
    "lists": "list",
    "codes": "list",
    "texts": "text",
}
_OF_LETTERS = frozenset(name.partition(".")[0] for name in LETTER_NAMES)
_BEFORE_ROW = ("some", "every", "for")
Owner = tuple[type[BaseModel], str] | None


@dataclass(frozen=True, slots=True)
class Site:
    """One place where a name stands; `node` is what a declaration declares."""

    name: str
    role: Role
    position: Position
    declares: bool = False
    path: tuple[str, ...] = ()
    node: Node | None = None


def sites_of(node: Node, kind: str, words: Words) -> list[Site]:
    """Every name of a file, in the order of the file."""
    if kind == "overlay":
        return list(_of_overlay(node, words))
    root = root_of(kind)
    owner: Owner = (Scheme, kind) if root is not UNKNOWN and model_in(root) is None else None
    return list(_walk(node, root, (), owner, words))


def sites_of_text(text: str, file: str) -> list[Site]:
    """The names that a Markdown file quotes, those that every letter knows left aside."""
    if "{" not in text:
        return []
    found = _of_placeholders(verbatim(text, file), ())
    return [site for site in found if site.name not in _OF_LETTERS]


def _walk(node: Node, annotation: Any, path: tuple[str, ...], owner: Owner, words: Words) -> Iterator[Site]:
    if isinstance(node, MappingNode):
        yield from _of_mapping(node, annotation, path, owner, words)
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from _walk(item, below(annotation, str(number)), (*path, str(number)), owner, words)
    else:
        yield from _of_text(node, annotation, path, owner, words)


def _of_mapping(
    node: MappingNode, annotation: Any, path: tuple[str, ...], owner: Owner, words: Words
) -> Iterator[Site]:
    model = model_in(annotation) if annotation is not UNKNOWN else None
    role, declares = _role_of_keys(node, annotation, path, owner) if model is None else (None, False)
    for key, entry in node.entries.items():
        here = (*path, key)
        if key == "use":
            yield from _names(entry.value, "block", here)
            continue
        if key == "remove" and model is RuleVersion:
            yield from _of_paths(entry.value, here)
            continue
        if role is not None:
            yield Site(key, role, entry.key.position, declares, here, entry.value)
        inside: Owner = (model, key) if model is not None else owner
        yield from _walk(entry.value, below(annotation, key), here, inside, words)


def _role_of_keys(node: MappingNode, annotation: Any, path: tuple[str, ...], owner: Owner) -> tuple[Role | None, bool]:
    """What the keys of a mapping by id name; in a block, what they look like."""
    if annotation is UNKNOWN:
        likely = path[-1:] == ("fields",) and all(isinstance(one.value, MappingNode) for one in node.entries.values())
        return ("field", True) if likely else (None, False)
    if owner is not None and owner in _DECLARE:
        return _DECLARE[owner], True
    return (_READ_KEYS[owner], False) if owner is not None and owner in _READ_KEYS else (None, False)


def _of_text(node: Scalar, annotation: Any, path: tuple[str, ...], owner: Owner, words: Words) -> Iterator[Site]:
    step, parent = path[-1] if path else "", path[-2] if len(path) > 1 else ""
    if is_expression(annotation, step, parent):
        yield from _of_expression(node, path, words)
    elif owner is not None and owner in READ:
        yield Site(node.text, READ[owner], node.position, path=path)
    elif "{" in node.text and (annotation is UNKNOWN or annotation is str):
        yield from _of_placeholders(node, path)


def _of_expression(node: Scalar, path: tuple[str, ...], words: Words) -> Iterator[Site]:
    try:
        tokens = tokenise(node.text, words)
    except Mistake:
        return
    rows = _row_variables(tokens)
    for place, token in enumerate(tokens):
        if token.kind == "name" and str(token.value) not in rows:
            role = _role_in_expression(tokens, place, words)
            where = node.locate(token.span.start, token.span.end - token.span.start)
            yield Site(str(token.value), role, where, path=path)


def _row_variables(tokens: list[Token]) -> set[str]:
    """The names an expression gives to one row: `some d in …`, `… for d in …`, `d in … where …`."""
    named = [tokens[place + 1] for place, one in enumerate(tokens[:-1]) if any(map(one.is_keyword, _BEFORE_ROW))]
    named += [tokens[place - 3] for place, one in enumerate(tokens) if place > 2 and one.is_keyword("where")]
    return {str(one.value) for one in named if one.kind == "name"}


def _role_in_expression(tokens: list[Token], place: int, words: Words) -> Role:
    before, after = tokens[place - 1] if place else None, tokens[place + 1]
    if after.is_symbol("("):
        return "function"
    if before is not None and before.is_symbol("."):
        return "column"
    if before is not None and before.is_keyword("list"):
        return "list"
    asks = before is not None and before.is_symbol("(") and place > 1 and tokens[place - 2].kind == "name"
    if asks and function_of(str(tokens[place - 2].value), words) == "lookup":
        return "list"
    return "name"


def _of_placeholders(node: Scalar, path: tuple[str, ...]) -> Iterator[Site]:
    for name, start in placeholders(node.text):
        first, dot, _ = name.partition(".")
        yield Site(first, "list" if dot else "name", node.locate(start, len(first)), path=path)


def _names(node: Node, role: Role, path: tuple[str, ...]) -> Iterator[Site]:
    for one in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(one, Scalar):
            yield Site(one.text, role, one.position, path=path)


def _of_paths(node: Node, path: tuple[str, ...]) -> Iterator[Site]:
    """The names of a list of paths, such as `criteria.un_salarie`."""
    for one in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(one, Scalar):
            yield from _of_path(one, path)


def _of_path(text: Scalar, path: tuple[str, ...]) -> Iterator[Site]:
    steps, start = text.text.split("."), 0
    for number, step in enumerate(steps):
        group = _GROUPS.get(steps[number - 1]) if number else None
        if group is not None:
            yield Site(step, group, text.locate(start, len(step)), path=path)
        start += len(step) + 1


def _of_overlay(node: Node, words: Words) -> Iterator[Site]:
    """The names in the paths that an overlay replaces, and in what it puts there."""
    changes = node.entries.get("set") if isinstance(node, MappingNode) else None
    for path, entry in changes.value.entries.items() if changes and isinstance(changes.value, MappingNode) else ():
        yield from _of_path(entry.key, ("set", path))
        annotation: Any = Scheme
        for step in path.split("."):
            annotation = below(annotation, step)
        yield from _walk(entry.value, annotation, ("set", path), None, words)
