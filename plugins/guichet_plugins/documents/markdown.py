"""Markdown as plain data: a tree of nodes that a template can draw and never run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

Node = dict[str, Any]

_DEEPEST = 12  # quotes in quotes in lists: a letter never needs more, and a template must not run deep
_LINKS = ("https://", "http://", "mailto:")


class TooDeep(ValueError):  # noqa: N818  the sentence is "the text is too deep"
    """The text nests lists or quotes deeper than a letter can show."""


def nodes_of(markdown: str) -> list[Node]:
    """Give the blocks of a text; HTML and images stay the text they were typed as.

    Heading levels are closed up, so that no level is skipped: accessible files need that.
    """
    tree = SyntaxTreeNode(_parser().parse(markdown))
    return _without_gaps([node for child in tree.children for node in _block(child, 0)])


@cache  # a constant parser: it holds no state between texts
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 60})
    return parser.enable("table").disable(["html_block", "html_inline", "image"])


def _block(node: SyntaxTreeNode, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        raise TooDeep
    deeper = depth + 1
    if node.type == "paragraph":
        hidden = _token(node).hidden
        yield {"kind": "plain" if hidden else "paragraph", "children": _inlines(node)}
    elif node.type == "heading":
        children = _inlines(node)
        if _is_visible(children):
            yield {"kind": "heading", "level": int(node.tag[1:]), "children": children}
    elif node.type in {"bullet_list", "ordered_list"}:
        items = [[block for child in item.children for block in _block(child, deeper)] for item in node.children]
        tight = all(block["kind"] != "paragraph" for item in items for block in item)
        if node.type == "bullet_list":
            yield {"kind": "bullets", "tight": tight, "items": items}
        else:
            yield {"kind": "numbers", "tight": tight, "items": items, "start": int(node.attrs.get("start", 1))}
    elif node.type == "blockquote":
        yield {"kind": "quote", "children": [block for child in node.children for block in _block(child, deeper)]}
    elif node.type in {"fence", "code_block"}:
        yield {"kind": "paragraph", "children": [{"kind": "code", "text": node.content.rstrip("\n")}]}
    elif node.type == "hr":
        yield {"kind": "rule"}
    elif node.type == "table":
        yield _table(node)


def _table(node: SyntaxTreeNode) -> Node:
    header = node.children[0].children[0].children
    body = node.children[1].children if len(node.children) > 1 else ()
    return {
        "kind": "table",
        "columns": len(header),
        "align": [_alignment(cell) for cell in header],
        "header": [_inlines(cell) for cell in header],
        "rows": [[{"children": _inlines(cell)} for cell in row.children] for row in body],
    }


def _alignment(cell: SyntaxTreeNode) -> str:
    return str(cell.attrs.get("style", "")).removeprefix("text-align:") or "left"


def _inlines(node: SyntaxTreeNode) -> list[Node]:
    return [shown for inline in node.children for child in inline.children for shown in _inline(child)]


def _inline(node: SyntaxTreeNode) -> Iterator[Node]:
    children = [shown for child in node.children for shown in _inline(child)]
    if node.type == "text":
        yield {"kind": "text", "text": node.content}
    elif node.type == "code_inline":
        yield {"kind": "code", "text": node.content}
    elif node.type == "softbreak":
        yield {"kind": "space"}
    elif node.type == "hardbreak":
        yield {"kind": "break"}
    elif node.type == "strong":
        yield {"kind": "strong", "children": children}
    elif node.type == "em":
        yield {"kind": "emph", "children": children}
    elif node.type == "link":
        target = str(node.attrs.get("href", ""))
        if target.startswith(_LINKS):
            shown = children if _is_visible(children) else [{"kind": "text", "text": target}]
            yield {"kind": "link", "target": target, "children": shown}
        else:
            yield from children


def _is_visible(nodes: Sequence[Node]) -> bool:
    return any(node.get("text", "").strip() or _is_visible(node.get("children", ())) for node in nodes)


def _token(node: SyntaxTreeNode) -> Token:
    return node.nester_tokens.opening if node.nester_tokens else Token("", "", 0)


def _without_gaps(nodes: Sequence[Node]) -> list[Node]:
    """Give the same blocks, each heading at most one level below the one before; the first is level one."""
    closed: list[Node] = []
    open_levels: list[int] = []
    for node in nodes:
        if node["kind"] != "heading":
            closed.append(node)
            continue
        while open_levels and open_levels[-1] >= node["level"]:
            open_levels.pop()
        open_levels.append(node["level"])
        closed.append({**node, "level": len(open_levels)})
    return closed
