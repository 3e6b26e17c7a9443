"""What changed in a long text: the words that differ, with a few around."""

from __future__ import annotations

from difflib import SequenceMatcher

__all__ = ["fragments"]

_SHORT = 90
_AROUND = 3


def fragments(before: str, after: str) -> tuple[str, str]:
    """Two texts as they are when short, else from the first word that differs to the last, with some around.

    >>> fragments("a " * 60 + "dix jours" + " b" * 60, "a " * 60 + "quinze jours" + " b" * 60)
    ('… a a a dix jours b b …', '… a a a quinze jours b b …')
    """
    if max(len(before), len(after)) <= _SHORT:
        return before, after
    one, other = before.split(), after.split()
    blocks = SequenceMatcher(a=one, b=other, autojunk=False).get_matching_blocks()
    head = blocks[0].size if blocks[0].a == blocks[0].b == 0 else 0
    last = blocks[-2] if len(blocks) > 1 else blocks[-1]
    ends = last.a + last.size == len(one) and last.b + last.size == len(other)
    tail = min(last.size, min(len(one), len(other)) - head) if ends else 0
    return _cut(one, head, tail), _cut(other, head, tail)


def _cut(words: list[str], head: int, tail: int) -> str:
    start, end = max(0, head - _AROUND), min(len(words), len(words) - tail + _AROUND)
    return ("… " if start else "") + " ".join(words[start:end]) + (" …" if end < len(words) else "")
