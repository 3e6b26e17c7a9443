"""What a grant is limited by is kept without spaces or invisible characters, and letters that look alike are one."""

import sqlalchemy as sa
from alembic import op

from guichet.model.plain_keys import plain_address, plain_key

revision = "0020_plainer_keys"
down_revision = "0019_taken_numbers"

_GRANT = sa.table("grant", *map(sa.column, ("scheme", "scope", "key")))
_DOSSIER = sa.table("dossier", sa.column("id"), sa.column("grant_key"))


def upgrade() -> None:
    """Write the kept keys more plainly; of two grants that become one key, the second keeps its own."""
    bind = op.get_bind()
    held = {(one.scheme, one.scope, one.key) for one in bind.execute(sa.select(_GRANT))}
    for scheme, scope, key in sorted(held):
        plain = _plain(key)
        if (scheme, scope, plain) in held:
            continue
        held.add((scheme, scope, plain))
        here = (_GRANT.c.scheme == scheme, _GRANT.c.scope == scope, _GRANT.c.key == key)
        bind.execute(sa.update(_GRANT).where(*here).values(key=plain))
    kept = bind.execute(sa.select(_DOSSIER.c.id, _DOSSIER.c.grant_key).where(_DOSSIER.c.grant_key.is_not(None)))
    changed = [{"of": one.id, "plain": plain} for one in kept if (plain := _plain(one.grant_key)) != one.grant_key]
    if changed:
        by_id = sa.update(_DOSSIER).where(_DOSSIER.c.id == sa.bindparam("of"))
        bind.execute(by_id.values(grant_key=sa.bindparam("plain")), changed)


def _plain(key: str) -> str:
    if " + " in key:
        return " + ".join(plain_key(part) or part for part in key.split(" + "))
    return plain_address(key) if "@" in key else plain_key(key) or key
