"""The marks of the documentation are read as written, and a page that lies is found out."""

import pytest

from pages import Block, anchors, blocks, is_found_in_order, links, starts_from

PAGE = """# A page: with `code`

<!-- file: schemes/essai/scheme.yaml -->
```yaml
id: essai
```

<!-- run: exit 2 -->
```bash
guichet check
```

<!-- prints -->
```text
scheme.yaml:1:1
```

See [there](other.md#part) and ![this](picture.png), not `[that](x)`.
"""


def test_marked_blocks_come_in_order() -> None:
    assert list(blocks(PAGE)) == [
        Block("file", "id: essai\n", 4, file="schemes/essai/scheme.yaml"),
        Block("run", "guichet check\n", 9, exit_code=2),
        Block("prints", "scheme.yaml:1:1\n", 14),
    ]


@pytest.mark.parametrize("mark", ["<!-- run: quickly -->", "<!-- file -->", "<!-- prints: x -->"])
def test_an_unknown_mark_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="unknown mark"):
        list(blocks(f"{mark}\n```bash\ntrue\n```\n"))


def test_a_mark_without_a_block_is_refused() -> None:
    with pytest.raises(ValueError, match="no block"):
        list(blocks("<!-- run -->\n\ntext\n"))


def test_links_and_anchors_are_those_of_the_page() -> None:
    assert list(links(PAGE)) == ["other.md#part", "picture.png"]
    assert anchors(PAGE) == {"a-page-with-code"}


def test_printed_lines_are_found_in_order_only() -> None:
    assert is_found_in_order("one\nthree", "one\ntwo\n  three 3\n")
    assert not is_found_in_order("three\none", "one\ntwo\nthree\n")


def test_a_page_may_start_from_the_files_of_another() -> None:
    assert starts_from("# A page\n\n<!-- starts from: ../tutorial/first.md -->\n") == "../tutorial/first.md"
    assert starts_from(PAGE) is None
