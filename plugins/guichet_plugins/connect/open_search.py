"""What the searches without token share: who asks, the words looked for, how an answer is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guichet import Answered, Call, Options, Pace, Reason, Refused, Reply, Text, Unavailable, Whole

__all__ = ["TRIED", "OpenSearchOptions", "a_search", "read_list", "searched_words"]

_SHORTEST, _LONGEST = 3, 200


class OpenSearchOptions(Options):
    """The service."""

    french = {
        "base_url": "Son adresse.",
        "user_agent": "Comment l'installation se nomme, comme le service le demande : son nom, et une adresse où"
        " la joindre.",
        "timeout_s": "Combien de secondes une réponse peut prendre.",
    }

    base_url: Text
    """Its address."""
    user_agent: Text = "Guichet"
    """How this installation names itself, as the service asks: its name, and an address to be reached at."""
    timeout_s: Whole = 3
    """How many seconds one answer may take."""


def searched_words(text: str) -> str:
    """Give the words to look for; empty when they are too few."""
    words = " ".join(text.split())[:_LONGEST]
    return words if len(words) >= _SHORTEST else ""


def a_search(service: str, purpose: str, params: Mapping[str, str], pace: Pace, options: OpenSearchOptions) -> Call:
    """Give the call that looks for something."""
    return Call(
        service=service,
        method="GET",
        url=f"{options.base_url.rstrip('/')}/search",
        purpose=purpose,
        params=params,
        headers={"User-Agent": options.user_agent, "Accept": "application/json"},
        timeout_s=float(options.timeout_s),
        pace=pace,
    )


TRIED = Answered(fr="une recherche d'essai a eu sa réponse", en="a search made to try was answered")
"""What a check says of a search made for nobody."""


def read_list(reply: Reply, key: str, of: Reason) -> list[Mapping[str, Any]]:
    """Give the list that an answer holds under a key; words that the service does not take find nothing.

    Args:
        of: What is looked for, for the sentences: `d'adresses`, `of addresses`.

    Raises:
        Refused: The service refuses the question. Unavailable: it answers something else.
    """
    if reply.status == 400:
        return []
    if reply.status != 200:
        raise Refused(
            fr=f"La recherche {of.fr} refuse la question (réponse {reply.status}).",
            en=f"The search {of.en} refuses the question (answer {reply.status}).",
        )
    body = reply.json()
    found: object = body.get(key) if isinstance(body, Mapping) else None
    if not isinstance(found, list):
        raise Unavailable(
            fr=f"La recherche {of.fr} n'a pas donné de réponse utilisable.",
            en=f"The search {of.en} gave no answer that can be used.",
        )
    return [one for one in found if isinstance(one, Mapping)]
