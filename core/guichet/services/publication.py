"""Publishing: check, run the examples, store the snapshot of each territory, make it current, journal it."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.catalogue import SnapshotBody, read_snapshot, write_snapshot
from guichet.errors import GuichetError
from guichet.loader.library import Library
from guichet.services.cases import UseCases
from guichet.services.examples import ExampleRun, run_examples
from guichet.services.grant_limits import LimitChange, follow_limits
from guichet.services.readiness.launch_list import require_ready
from guichet.storage import Tx, snapshots


class ExamplesFail(GuichetError):  # noqa: N818  reads as the fact it states
    """A scheme with a failing example cannot be published."""

    def __init__(self, scheme: str, failed: tuple[ExampleRun, ...]) -> None:
        self.scheme = scheme
        self.failed = failed
        super().__init__(f"{scheme}: {', '.join(run.id for run in failed)}")


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did for one territory."""

    scheme: str
    territory: str
    hash: str
    number: int
    changed: bool


def publish(cases: UseCases, library: Library, scheme: str, territories: tuple[str, ...]) -> tuple[Published, ...]:
    """Publish a scheme for some territories, all or none.

    Raises:
        ProblemsFound: The declaration has mistakes, or limits grants by what those that stand cannot follow.
        ExamplesFail: An example does not give what it says.
        NotReady: A live instance, and a launch list that holds something red.
    """
    runs = run_examples(library, scheme)
    failed = tuple(run for run in runs if not run.passed)
    if failed:
        raise ExamplesFail(scheme, failed)
    if cases.mode == "live":
        require_ready(cases, library, scheme, territories)
    return put_current(cases, library, scheme, territories)


def put_current(cases: UseCases, library: Library, scheme: str, territories: tuple[str, ...]) -> tuple[Published, ...]:
    """Make a scheme the current one whatever its examples say, as a preview does; raises ProblemsFound."""
    versions = cases.plugins.versions()
    bodies = [
        write_snapshot(library.effective(scheme, territory).scheme, territory, versions)
        for territory in dict.fromkeys(territories)
    ]

    def act(tx: Tx) -> tuple[Published, ...]:
        # In one order whoever publishes, so that two publications at once wait for each other and never for good.
        ordered = sorted(bodies, key=lambda body: body.territory)
        moved = follow_limits(cases, tx, [_limit_changed(tx, body) for body in ordered])
        done = {body.territory: _publish_one(tx, body, moved.get(body.territory, 0)) for body in ordered}
        return tuple(done[body.territory] for body in bodies)

    done = cases.store.act(act)
    cases.snapshots.refresh()
    return done


def _limit_changed(tx: Tx, body: SnapshotBody) -> LimitChange:
    served = snapshots.current(tx, body.scheme, body.territory)
    before = read_snapshot(snapshots.by_hash(tx, served.hash).body)[0].grants if served is not None else None
    return LimitChange(body.scheme, body.territory, before, read_snapshot(body.body)[0].grants)


def _publish_one(tx: Tx, body: SnapshotBody, moved: int) -> Published:
    snapshots.put(
        tx,
        hash_=body.hash,
        scheme=body.scheme,
        territory=body.territory,
        format_=body.format,
        body=body.body,
        plugin_versions=body.plugin_versions,
    )
    made = snapshots.make_current(tx, body.scheme, body.territory, body.hash)
    if made is None:
        before = snapshots.current(tx, body.scheme, body.territory)
        return Published(body.scheme, body.territory, body.hash, before.number if before else 1, changed=False)
    number = made.number
    data: dict[str, object] = {"hash": body.hash, "number": number, "plugins": dict(body.plugin_versions)}
    if moved:
        data["grants_rekeyed"] = moved
    tx.journal(body.territory, "scheme_published", subject=body.scheme, data=data)
    return Published(body.scheme, body.territory, body.hash, number, changed=True)
