"""Ways to reach a service that a phone opens with a tap."""

from __future__ import annotations

import re

__all__ = ["contact_url"]


def contact_url(kind: str, text: str) -> str:
    """Give the address behind a phone number or an e-mail address; empty for anything else.

    >>> contact_url("phone", "03 53 01 47 53"), contact_url("email", "aides@exemple.fr"), contact_url("hours", "9 h")
    ('tel:0353014753', 'mailto:aides@exemple.fr', '')
    """
    if kind == "phone":
        dialled = re.sub(r"[\s.()-]", "", text)
        return f"tel:{dialled}" if re.fullmatch(r"\+?[0-9]{3,15}", dialled) else ""
    return f"mailto:{text}" if kind == "email" and re.fullmatch(r"[^\s@?&]+@[^\s@?&]+", text) else ""
