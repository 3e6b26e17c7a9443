"""Opening a preview: a sandbox of its own, the scheme published, its examples filed, people to be."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from guichet.demo.preview.cast import engage_cast
from guichet.demo.preview.filled import Shown, chosen_day, file_examples
from guichet.demo.preview.pages import Desk
from guichet.demo.preview.workshop import Workshop
from guichet.errors import Problem, ProblemsFound
from guichet.loader.library import Library
from guichet.runtime import build, read_library, roots_of
from guichet.settings import Settings
from guichet.storage import instances
from guichet.worker.loop import drain

__all__ = ["Preview", "a_preview"]


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview that is open."""

    desk: Desk
    folder: Path

    @property
    def workshop(self) -> Workshop:
        """The declarations it watches."""
        return self.desk.workshop


@contextmanager
def a_preview(
    settings: Settings,
    scheme: str,
    *,
    territory: str | None = None,
    on: date | None = None,
    base_url: str = "",
    shown_from: Path | None = None,
) -> Generator[Preview]:
    """Open a preview in a folder that goes away with it.

    Args:
        territory: Where; the first the scheme is meant for when None.
        on: The business day; today while the scheme is open when None, else the day most of its examples are of.

    Raises:
        ProblemsFound: The declarations have mistakes: there is nothing to show yet.
    """

    def read() -> Library:
        return read_library(settings, only=[scheme], shown_from=shown_from)

    library = read()
    effective = library.effective(scheme)
    place = territory or next(iter(library.territories_of(effective.scheme)), None)
    if place is None:
        raise ProblemsFound([Problem("demo.no_recipe_at_all", {})])
    declared = library.examples(scheme)
    day = on or chosen_day(effective.compiled, declared, datetime.now(UTC).date())
    with TemporaryDirectory(prefix="guichet-apercu-") as made:
        folder = Path(made)
        own = replace(settings, database_url=None)
        cases = build(own, folder=folder, business_day=day, base_url=base_url)
        try:
            cases.store.act(lambda tx: instances.set_business_day(tx, day))
            workshop = Workshop(cases, scheme, place, read, _roots(settings, library, scheme))
            workshop.look()
            if workshop.standing.problems:
                raise ProblemsFound(workshop.standing.problems)
            shown = _filed(workshop, library)
            agents = engage_cast(cases, scheme, place)
            yield Preview(Desk(workshop, lambda: shown, agents), folder)
        finally:
            cases.store.close()


def _filed(workshop: Workshop, library: Library) -> list[Shown]:
    shown = file_examples(workshop.cases, library, workshop.scheme, workshop.territory)
    drain(workshop.cases, kinds=("pre_instruct",), worker_name="preview")
    return shown


def _roots(settings: Settings, library: Library, scheme: str) -> tuple[Path, ...]:
    """The folders to watch: the scheme's, the shared blocks', and the instance's own territories."""
    folder = library.source(scheme).folder
    roots = roots_of(settings.instance)
    blocks = [root / "_blocks" for root in roots.schemes]
    return tuple(path for path in (folder, *blocks, *roots.regions[1:]) if path.is_dir())
