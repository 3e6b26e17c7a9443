"""The language server driven as an editor drives it: a child process, framed messages over its standard streams."""

import json
from collections.abc import Iterator

import pytest

from lsp_client import Editor, Refused
from written import EXAMPLES_FILE, SCHEME_FILE, a_workspace

OPTIONS = {"tabSize": 2, "insertSpaces": True}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor for the tests of this file: a server starts in seconds."""
    folder = tmp_path_factory.mktemp("instance")
    a_workspace(folder)
    with Editor(folder) as found:
        yield found


@pytest.fixture
def text(editor: Editor) -> Iterator[str]:
    """The text of the scheme, open in the editor and then closed."""
    said = editor.open(SCHEME_FILE)
    yield said
    editor.tell("textDocument/didClose", {"textDocument": {"uri": editor.uri(SCHEME_FILE)}})


def place(text: str, mark: str, after: int = 0) -> tuple[int, int]:
    before = text[: text.index(mark) + after]
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)


def applied(text: str, edits: list[dict[str, object]]) -> str:
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda one: json.dumps(one["range"]), reverse=True):
        start, end = edit["range"]["start"], edit["range"]["end"]  # pyright: ignore[reportIndexIssue]  plain JSON
        line = lines[start["line"]]
        lines[start["line"]] = line[: start["character"]] + str(edit["newText"]) + line[end["character"] :]
    return "\n".join(lines)


def test_it_says_what_it_can_do(editor: Editor) -> None:
    able = {name for name, value in editor.capabilities.items() if value}
    assert {
        "completionProvider", "hoverProvider", "definitionProvider", "referencesProvider", "renameProvider",
        "documentFormattingProvider", "documentSymbolProvider",
    } <= able  # fmt: skip


def test_a_mistake_typed_is_told_with_its_code_and_range_then_forgotten(editor: Editor, text: str) -> None:
    line, column = place(text, "when: effectif <= 10", len("when: effec"))
    editor.type(SCHEME_FILE, line, column, "c")
    problems = editor.problems(SCHEME_FILE, lambda found: found and found[0]["code"] == "rule.unknown_name")
    start = column - len("effec")
    assert problems[0]["range"] == {
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": start + len("effecctif")},
    }
    assert (problems[0]["severity"], problems[0]["source"]) == (1, "guichet")
    assert "effecctif" in problems[0]["message"]
    assert "effectif" in problems[0]["message"].split("\n")[1]
    editor.change(SCHEME_FILE, text)
    editor.problems(SCHEME_FILE, lambda found: not any(one["severity"] == 1 for one in found))


def test_a_mistake_that_was_never_saved_is_forgotten_with_its_text(editor: Editor, text: str) -> None:
    editor.change(SCHEME_FILE, text.replace("when: effectif <= 10", "when: efectif <= 10"))
    editor.problems(SCHEME_FILE, lambda found: any(one["severity"] == 1 for one in found))
    editor.tell("textDocument/didClose", {"textDocument": {"uri": editor.uri(SCHEME_FILE)}})
    editor.problems(SCHEME_FILE, lambda found: not any(one["severity"] == 1 for one in found))


def test_a_misspelt_name_is_mended_at_once(editor: Editor, text: str) -> None:
    wrong = text.replace("when: effectif <= 10", "when: efectif <= 10").replace("label: Effectif,", "labell: Effectif,")
    editor.change(SCHEME_FILE, wrong)
    editor.problems(SCHEME_FILE, lambda found: len([one for one in found if one["severity"] == 1]) == 2)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": wrong.count("\n"), "character": 0}}
    offered = editor.at("codeAction", SCHEME_FILE, 0, 0, range=whole, context={"diagnostics": []})
    edits = [edit for one in offered for edit in one["edit"]["changes"][editor.uri(SCHEME_FILE)]]
    assert applied(wrong, edits) == text
    editor.change(SCHEME_FILE, "# Une ligne de plus.\n" + wrong)  # asked before the next check: nothing is where it was
    assert editor.at("codeAction", SCHEME_FILE, 0, 0, range=whole, context={"diagnostics": []}) == []


def test_a_keystroke_is_answered_with_what_may_follow(editor: Editor, text: str) -> None:
    editor.problems(SCHEME_FILE)
    line, column = place(text, "when: effectif <= 10", len("when: effectif <= 10"))
    editor.type(SCHEME_FILE, line, column, " et ann")
    items = {one["label"]: one for one in editor.at("completion", SCHEME_FILE, line, column + 7)["items"]}
    assert items["annule"]["detail"] == "Annulé ?"
    assert items["annule"]["textEdit"]["range"]["start"]["character"] == column + 4


def test_a_name_is_explained_found_and_renamed(editor: Editor, text: str) -> None:
    line, column = place(text, "min(perte, plafond)", 5)
    editor.problems(SCHEME_FILE)
    said = editor.at("hover", SCHEME_FILE, line, column)["contents"]["value"]
    assert "**perte** (champ): Perte" in said
    found = editor.at("definition", SCHEME_FILE, line, column)
    assert found[0]["range"]["start"]["line"] == place(text, "      perte: {")[0]
    everywhere = editor.at("references", SCHEME_FILE, line, column, context={"includeDeclaration": True})
    assert {one["uri"] for one in everywhere} == {editor.uri(SCHEME_FILE), editor.uri(EXAMPLES_FILE)}
    changes = editor.at("rename", SCHEME_FILE, line, column, newName="manque")["changes"]
    renamed = applied(text, changes[editor.uri(SCHEME_FILE)])
    assert "min(manque, plafond)" in renamed
    assert "      manque: {" in renamed
    assert "perte" not in renamed


def test_a_name_that_cannot_be_taken_is_refused_in_words(editor: Editor, text: str) -> None:
    line, column = place(text, "min(perte, plafond)", 5)
    with pytest.raises(Refused, match="est déjà un nom du dispositif"):
        editor.at("rename", SCHEME_FILE, line, column, newName="effectif")


def test_a_text_is_laid_out(editor: Editor, text: str) -> None:
    editor.change(SCHEME_FILE, text.replace("when: effectif <= 10", "when:    effectif<=10"))
    edits = editor.at("formatting", SCHEME_FILE, 0, 0, options=OPTIONS)
    assert "        when: effectif <= 10\n" in edits[0]["newText"]
    editor.change(SCHEME_FILE, text.replace("title: Aide d'essai", "title: [Aide"))
    assert editor.at("formatting", SCHEME_FILE, 0, 0, options=OPTIONS) is None


def test_places_count_as_the_editor_counts(editor: Editor, text: str) -> None:
    spread = text.replace("        when: effectif <= 10", """        when: '"😀" = "😀" et effectif <= 10\'""")
    editor.change(SCHEME_FILE, spread)
    line, column = place(spread, "et effectif <= 10", 3)
    found = editor.at("definition", SCHEME_FILE, line, column + 2)  # two signs that take two units each
    assert found[0]["range"]["start"]["line"] == place(text, "      effectif: {")[0]


def test_an_outline_is_given(editor: Editor, text: str) -> None:
    names = [one["name"] for one in editor.at("documentSymbol", SCHEME_FILE, 0, 0)]
    assert {"legal", "form", "rules", "workflow"} <= set(names)
    assert text.startswith("format")


HOSTILE = {
    "nothing": "",
    "bytes that are no text": "\x00\x01\ufffe",
    "a bomb of aliases": "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "a deep nest": "[" * 5000,
    "deep keys": "".join(f"{'  ' * depth}k:\n" for depth in range(400)),
    "a long line": "a: " + "b " * 60_000,
    "tabs": "\ta:\n\t\tb: 1\n",
    "another language": "<html><body>{{{{ }}}}</body></html>",
    "half a string": 'a: "',
    "a key alone": "rules:\n  2020-05-01:\n    define:\n      a:",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_no_text_ends_the_server(editor: Editor, text: str, case: str) -> None:
    editor.change(SCHEME_FILE, HOSTILE[case])
    for method, more in (("completion", {}), ("hover", {}), ("definition", {}), ("formatting", {"options": OPTIONS})):
        editor.at(method, SCHEME_FILE, 3, 8, **more)
    assert editor.at("documentSymbol", SCHEME_FILE, 0, 0) is not None
    editor.change(SCHEME_FILE, text)
    assert editor.at("hover", SCHEME_FILE, *place(text, "min(perte, plafond)", 5)) is not None


def test_no_message_ends_the_server(editor: Editor, text: str) -> None:
    for message in (
        {"jsonrpc": "2.0", "id": "x1", "method": "no/such", "params": {}},
        {"jsonrpc": "2.0", "id": "x2", "method": "textDocument/hover", "params": {"textDocument": 3}},
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": None},
        {"jsonrpc": "2.0", "id": "x3", "method": "textDocument/hover"},
        [],
        3,
    ):
        editor.send(message)
    body = b'{"jsonrpc": "2.0", "id": 1, "method": '
    editor.send_raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    for uri in ("untitled:Untitled-1", "file:///nowhere/at/all.yaml", "http://example.com/a.yaml", ""):
        editor.tell("textDocument/didOpen", {
            "textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": "a: 1\n"}
        })  # fmt: skip
    assert editor.at("hover", SCHEME_FILE, *place(text, "min(perte, plafond)", 5)) is not None
