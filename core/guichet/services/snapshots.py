"""The published schemes as this process sees them: compiled once by hash, the current ones polled."""

from __future__ import annotations

from threading import Lock
from time import monotonic

from guichet.catalogue import CompiledScheme, PluginsNeeded, compile_scheme, read_snapshot
from guichet.errors import Problem, ProblemsFound
from guichet.storage import Store, snapshots

POLLED_EVERY_S = 2.0


class Snapshots:
    """Compiled snapshots by hash, and which one is current for each scheme and territory."""

    def __init__(self, store: Store, plugins: PluginsNeeded) -> None:
        self._store = store
        self._plugins = plugins
        self._compiled: dict[str, CompiledScheme] = {}
        self._current: dict[tuple[str, str], str] = {}
        self._read_at = float("-inf")
        self._lock = Lock()

    def current(self, scheme: str, territory: str) -> CompiledScheme | None:
        """The scheme as published now for a territory; None when it is not."""
        digest = self._current_hashes().get((scheme, territory))
        return self.by_hash(digest) if digest is not None else None

    def of_territory(self, territory: str) -> tuple[CompiledScheme, ...]:
        """Every scheme published for a territory, by id."""
        found = [digest for (_, where), digest in sorted(self._current_hashes().items()) if where == territory]
        return tuple(self.by_hash(digest) for digest in found)

    def territories(self, scheme: str) -> tuple[str, ...]:
        """The territories where a scheme is published."""
        return tuple(where for name, where in sorted(self._current_hashes()) if name == scheme)

    def all_current(self) -> tuple[tuple[str, str], ...]:
        """Every (scheme, territory) published."""
        return tuple(sorted(self._current_hashes()))

    def by_hash(self, digest: str) -> CompiledScheme:
        """The compiled snapshot of a hash.

        Raises:
            NotFoundError: The store holds none.
            ProblemsFound: A plugin it was published with is missing here, or changed what it takes.
        """
        found = self._compiled.get(digest)
        if found is None:
            record = self._store.aside(lambda tx: snapshots.by_hash(tx, digest))
            scheme, territory = read_snapshot(record.body)
            try:
                found = compile_scheme(scheme, self._plugins, territory=territory, digest=digest)
            except ProblemsFound as error:
                published_with = [f"{name} {version}" for name, version in sorted(record.plugin_versions.items())]
                data = {"scheme": scheme.id, "territory": territory, "plugins": published_with}
                raise ProblemsFound([Problem("snapshot_does_not_compile", data), *error.problems]) from error
            self._compiled[digest] = found
        return found

    def refresh(self) -> None:
        """Forget what is current, so that the next look asks the store."""
        with self._lock:
            self._read_at = float("-inf")

    def _current_hashes(self) -> dict[tuple[str, str], str]:
        with self._lock:
            if monotonic() - self._read_at > POLLED_EVERY_S:
                rows = self._store.aside(snapshots.all_current)
                self._current = {(row.scheme, row.territory): row.hash for row in rows}
                self._read_at = monotonic()
            return self._current
