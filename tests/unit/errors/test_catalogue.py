"""Every message speaks both languages and quotes the same values in both."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from guichet.errors.catalogue import DECLARATIONS, all_messages, areas, messages_of
from guichet.errors.message import Message, placeholders

_ROOT = Path(__file__).parents[3]
_MESSAGES = sorted((code, message) for area in areas() for code, message in messages_of(area).items())


def _texts(message: Message) -> list[str]:
    return [message.fr, message.en, message.hint_fr, message.hint_en, message.fr_one, message.en_one]


def _shared_names(text: str) -> set[str]:
    """The values a text quotes; one that a plugin gives in both languages (`fr`, `en`) counts as one."""
    return {re.sub(r"(^|_)(fr|en)$", r"\1text", name) for name in placeholders(text)}


def test_no_code_stands_in_two_areas():
    assert len(all_messages()) == len(_MESSAGES)


@pytest.mark.parametrize(("code", "message"), _MESSAGES, ids=[code for code, _ in _MESSAGES])
def test_message_is_complete_in_both_languages(code: str, message: Message):
    assert message.fr.strip()
    assert message.en.strip()
    assert bool(message.hint_fr) == bool(message.hint_en)
    assert _shared_names(message.fr) == _shared_names(message.en)
    assert _shared_names(message.hint_fr) == _shared_names(message.hint_en)
    assert re.fullmatch(r"[a-z][a-z0-9_.]*", code)


@pytest.mark.parametrize(("code", "message"), _MESSAGES, ids=[code for code, _ in _MESSAGES])
def test_message_quotes_plain_names_only(code: str, message: Message):
    for text in _texts(message):
        assert all(name.isidentifier() for name in placeholders(text)), code
        assert all(not spec and not conversion for _, _, spec, conversion in string.Formatter().parse(text)), code
        assert text.count("[[") == text.count("]]"), code


@pytest.mark.parametrize("area", sorted(DECLARATIONS))
def test_every_mistake_of_a_declaration_says_the_way_out(area: str):
    assert [code for code, message in messages_of(area).items() if not (message.hint_fr and message.hint_en)] == []


def test_problems_raised_with_a_literal_code_give_the_values_their_sentence_quotes():
    wrong = [
        f"{path.relative_to(_ROOT)}:{line} {code} lacks {sorted(missing)}"
        for path in sorted((_ROOT / "core").rglob("*.py"))
        for line, code, given in _literal_problems(path)
        if (message := all_messages().get(code)) and (missing := placeholders(message.fr) - given)
    ]
    assert not wrong, "\n".join(wrong)


def _literal_problems(path: Path) -> list[tuple[int, str, set[str]]]:
    """Calls of Problem whose code and data are both written in place."""
    found: list[tuple[int, str, set[str]]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="Problem"), args=[ast.Constant(value=str(code)), ast.Dict(keys=keys), *_]):
                if all(isinstance(key, ast.Constant) for key in keys):
                    found.append((node.lineno, code, {str(key.value) for key in keys if isinstance(key, ast.Constant)}))
            case _:
                pass
    return found
