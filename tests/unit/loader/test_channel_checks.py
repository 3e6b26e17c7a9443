"""Where the channel is installed: what a scheme sends by it is checked, and is overridden like the rest of a notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from declarations import with_change
from guichet.errors import ProblemsFound, render_all
from texting import ALSO, TEXTING, texting_library


def said(folder: Path, changed: str) -> str:
    """Give all that is said of the scheme with its notices changed."""
    with pytest.raises(ProblemsFound) as refused:
        texting_library(folder, with_change(ALSO, changed, TEXTING)).effective("essai")
    return render_all(refused.value.problems, "en")


def test_a_scheme_may_name_a_channel_that_is_installed_and_reads_its_field(tmp_path: Path) -> None:
    library = texting_library(tmp_path)
    notice = library.effective("essai").scheme.notices["completed"]
    assert notice.texts == {("text",): "message_complete", ("also", "sms", "text"): "sms_complete"}
    assert [one.code for one in library.warnings(library.effective("essai"))] == []


def test_the_nearest_of_the_installed_channels_is_proposed_and_mail_never_is(tmp_path: Path) -> None:
    text = said(tmp_path, ALSO.replace("sms:", "smss:"))
    assert 'no plugin brings the channel "smss"' in text
    assert 'did you mean "sms"? Installed: sms. ' in text


def test_a_text_that_several_events_send_quotes_only_what_each_knows(tmp_path: Path) -> None:
    text = said(tmp_path, ALSO.replace("text: sms_complete", "text: message_mise_en_paiement"))
    assert "has no value when this text goes out (completed)" in text


@pytest.mark.parametrize("field", ["annule", "perte", "effectif", "iban"])
def test_a_field_in_which_no_address_is_typed_is_refused(tmp_path: Path, field: str) -> None:
    assert f'the field "{field}", of type' in said(tmp_path, ALSO.replace("to: telephone", f"to: {field}"))


def test_a_territory_may_leave_by_another_text_where_the_scheme_opens_it(tmp_path: Path) -> None:
    opened = with_change("  - helpdesk\n", "  - helpdesk\n  - notices.completed.also\n", TEXTING)
    overlay = "format: 1\nset:\n  notices.completed.also: {sms: {to: titulaire, text: message_complete}}\n"
    files = {"regions/dep-74/overlays/essai.yaml": overlay}
    library = texting_library(tmp_path, opened, files)
    own = library.effective("essai", "dep-74").scheme.notices["completed"].also["sms"]
    assert (own.to, own.text) == ("titulaire", "message_complete")
