"""A name or an address that a grant is limited by is kept without capitals, accents or doubled spaces."""

import sqlalchemy as sa
from alembic import op

from guichet.errors.spelling import as_said

revision = "0018_plain_keys"
down_revision = "0017_outside_quota"

_GRANT = sa.table("grant", *map(sa.column, ("scheme", "scope", "key")))
_DOSSIER = sa.table("dossier", sa.column("grant_key"))


def upgrade() -> None:
    """Write the kept keys plainly; of two grants that become one key, the second keeps its own."""
    bind = op.get_bind()
    held = {(one.scheme, one.scope, one.key) for one in bind.execute(sa.select(_GRANT))}
    for scheme, scope, key in sorted(held):
        plain = _plain(key)
        if (scheme, scope, plain) in held:
            continue
        held.add((scheme, scope, plain))
        here = (_GRANT.c.scheme == scheme, _GRANT.c.scope == scope, _GRANT.c.key == key)
        bind.execute(sa.update(_GRANT).where(*here).values(key=plain))
    kept = sa.select(_DOSSIER.c.grant_key).where(_DOSSIER.c.grant_key.is_not(None)).distinct()
    for key in bind.scalars(kept).all():
        if (plain := _plain(key)) != key:
            bind.execute(sa.update(_DOSSIER).where(_DOSSIER.c.grant_key == key).values(grant_key=plain))


def _plain(key: str) -> str:
    if " + " in key:  # several answers together, which were always kept plainly
        return key
    return key.strip().casefold() if "@" in key else as_said(key) or key
