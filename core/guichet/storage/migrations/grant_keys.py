"""What grants are limited by, written anew in a database at work: used by each migration that keeps it more plainly."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

__all__ = ["rewrite_keys"]

_GRANT = sa.table("grant", *map(sa.column, ("scheme", "scope", "key")))
_DOSSIER = sa.table("dossier", sa.column("id"), sa.column("grant_key"))


def rewrite_keys(plain: Callable[[str], str]) -> None:
    """Write the kept keys as `plain` does; of two grants that become one key, the second keeps its own."""
    bind = op.get_bind()
    held = {(one.scheme, one.scope, one.key) for one in bind.execute(sa.select(_GRANT))}
    for scheme, scope, key in sorted(held):
        if (scheme, scope, plain(key)) in held:
            continue
        held.add((scheme, scope, plain(key)))
        here = (_GRANT.c.scheme == scheme, _GRANT.c.scope == scope, _GRANT.c.key == key)
        bind.execute(sa.update(_GRANT).where(*here).values(key=plain(key)))
    kept = bind.execute(sa.select(_DOSSIER.c.id, _DOSSIER.c.grant_key).where(_DOSSIER.c.grant_key.is_not(None)))
    changed = [{"of": one.id, "to": plain(one.grant_key)} for one in kept if plain(one.grant_key) != one.grant_key]
    if changed:
        by_id = sa.update(_DOSSIER).where(_DOSSIER.c.id == sa.bindparam("of"))
        bind.execute(by_id.values(grant_key=sa.bindparam("to")), changed)
