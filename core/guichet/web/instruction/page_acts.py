"""An act from the page of a dossier: back to that page, with what was done, or why it was not beside its question."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Request

from guichet.services.refusals import NotFound, Refused
from guichet.storage.errors import StoreRefusalError
from guichet.web.errors import NotVisible
from guichet.web.instruction.refusal_texts import refusal_text
from guichet.web.pages import Page, language_of, redirect

__all__ = ["act_on_page"]


def act_on_page(
    request: Request,
    act: Callable[[], object],
    *,
    back: str,
    said: str,
    again: Callable[[dict[str, str]], Page],
    beside: str | Callable[[str], str],
) -> Page:
    """Does an act and gives the page that follows.

    Args:
        back: The address it leads to once done, with the text `said` there.
        again: Gives the page with what is wrong, by question.
        beside: The question beside which a refusal stands, or what gives it for the refusal's code.

    Raises:
        NotVisible: The dossier, or what the act is about, is not there for who asks.
    """
    try:
        act()
    except NotFound as error:
        raise NotVisible from error
    except (Refused, StoreRefusalError) as error:
        place = beside if isinstance(beside, str) else beside(error.code)
        return again({place: refusal_text(error.code, error.data, language_of(request))})
    return redirect(request, back, said=said)
