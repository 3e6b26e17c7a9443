"""Every shipped scheme has its demonstration, and its books agree: who asks, who is paid, what the files say."""

from pathlib import Path

import pytest

from guichet.demo.headless import Wanted, play
from guichet.demo.recipes import schemes_with_recipe
from guichet.settings import Settings
from instances import the_library

SHIPPED = sorted(path.parent.name for path in (Path(__file__).parents[2] / "schemes").glob("*/scheme.yaml"))
ALONE = ("fds-volet-2", "haute-savoie-1000")  # played by tests of their own


def test_every_shipped_scheme_can_be_shown() -> None:
    assert set(SHIPPED) <= set(schemes_with_recipe(the_library()))


@pytest.mark.parametrize("scheme", [one for one in SHIPPED if one not in ALONE])
def test_a_few_dossiers_go_from_the_first_page_to_the_payment_file(scheme: str, tmp_path: Path) -> None:
    told = play(Settings(), the_library(), Wanted(scheme, tmp_path / "out", 12, by_http=0))
    assert told.wrong == ()
    assert told.figures["filed"] == 12
    paid, waiting, granted = (told.figures[f"{name}_cents"] for name in ("payment", "waiting_for_proofs", "granted"))
    assert paid > 0
    assert paid + waiting == granted
