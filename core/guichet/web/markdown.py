"""What schemes and territories write, as HTML: Markdown without HTML, without images, with links that leave safely."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from minijinja import safe

from guichet.locale import Language, typeset_page
from guichet.model.template_text import Markdown, UnknownPlaceholderError
from guichet.model.template_text import fill_markdown as substitute

__all__ = ["Markdown", "UnknownPlaceholderError", "markdown", "substitute"]

_ALLOWED_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s]+", re.IGNORECASE)
_DEEPEST = 6
_MOST_KEPT = 2_000


def markdown(text: str, language: Language = "fr", top_heading: int = 2) -> str:
    """Gives safe HTML for a template; French texts get their no-break spaces.

    Args:
        text: Markdown, its `{names}` already replaced by `substitute`.
        language: the language of the text.
        top_heading: the level that `#` becomes, so that the page keeps one h1.
    """
    return safe(_html(text, language, top_heading))


@lru_cache(_MOST_KEPT)
def _html(text: str, language: Language, top_heading: int) -> str:
    """The helps and texts of a scheme come back on every page: they are read once."""
    tokens = _PARSER.parse(text)
    for token in tokens:
        _adapt(token, language, top_heading - 1)
    return _PARSER.renderer.render(tokens, _PARSER.options, {})


def _adapt(token: Token, language: Language, deeper: int) -> None:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(int(token.tag[1:]) + deeper, _DEEPEST)}"
    elif token.type == "link_open":
        token.attrSet("class", "ds-link")
        token.attrSet("rel", "noopener")
    elif token.type == "text" and language == "fr":
        token.content = typeset_page(token.content)
    for child in token.children or ():
        _adapt(child, language, deeper)


def _is_allowed_link(url: str) -> bool:
    return bool(_ALLOWED_LINK.fullmatch(url))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False}).disable("image")
    parser.validateLink = _is_allowed_link
    return parser


_PARSER = _parser()
