"""What is said once on the page after an act: a text of the locale, kept by the browser in between."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Literal

from litestar import Request

from guichet.locale import Language, MissingTextError, Texts
from guichet.web.frames import Said
from guichet.web.security.visits import Visit, visit_of
from guichet.web.site import Site, site_of

__all__ = ["Kind", "say_next", "take_said"]

Kind = Literal["success", "info", "warning", "danger"]
_SAID = "guichet-said"


def say_next(request: Request, said: str, *, kind: Kind = "success", **values: str | int) -> None:
    """Keeps a text to show on the next page."""
    packed = urlsafe_b64encode(json.dumps([kind, said, values]).encode()).decode()
    visit_of(request).answers.append(site_of(request).cookies.make(_SAID, packed, 60))


def take_said(visit: Visit, site: Site, language: Language) -> tuple[Said, ...]:
    """What the page before asked to say; a cookie that is not ours says nothing."""
    packed = visit.cookies.get(site.cookies.name(_SAID), "")
    if not packed:
        return ()
    visit.answers.append(site.cookies.take_back(_SAID))
    try:
        kind, key, values = json.loads(urlsafe_b64decode(packed))
        shown = {str(name): value if isinstance(value, int) else str(value) for name, value in values.items()}
        return (Said(Texts(language)(str(key), **shown), kind if kind in ("info", "warning", "danger") else "success"),)
    except (ValueError, TypeError, AttributeError, MissingTextError):
        return ()
