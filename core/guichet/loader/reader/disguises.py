"""Signs that YAML 1.2 takes inside braces and libyaml, which speaks YAML 1.1, refuses: shown to it in disguise.

Only where the sign can be nothing but a part of a text: `08:00`, `https://…`, `Êtes-vous imposable ?`.
"""

from __future__ import annotations

import re

_COLON, _QUESTION = "\ue000", "\ue001"
_BEFORE = r"[\w)%€»°’\u00a0\u202f]"
_INNER_COLON = re.compile(rf"(?<={_BEFORE}):(?=[^\s\0])")
_ASKING = re.compile(rf"({_BEFORE} *)(\?+)")
_OTHERWISE = re.compile(rf"(?m)[&*!][\w<!]|^%|[{_COLON}{_QUESTION}]")
"""Properties, directives and our own stand-ins, near which a sign may mean something else."""


def disguised(text: str) -> str:
    """The text as libyaml takes it, every character in its place; the text itself when nothing can be hidden."""
    if not ("{" in text or "[" in text) or _OTHERWISE.search(text):
        return text
    text = _INNER_COLON.sub(_COLON, text)
    return _ASKING.sub(lambda found: found[1] + _QUESTION * len(found[2]), text)


def undisguised(text: str) -> str:
    """The text as its author wrote it.

    >>> undisguised(disguised("{opens: 2020-05-04T08:00}"))
    '{opens: 2020-05-04T08:00}'
    """
    return text.replace(_COLON, ":").replace(_QUESTION, "?")
