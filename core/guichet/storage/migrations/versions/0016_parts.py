"""Which amounts of an aid make a grant, an order, a claim; no order whose amounts differ from it enters a file."""

import sqlalchemy as sa
from alembic import op

revision = "0016_parts"
down_revision = "0015_indexes"

_OWNERS = {"decision_part": "decision", "order_part": "payment_order", "recovery_part": "recovery"}
_SUM = "(SELECT COALESCE(SUM(cents), 0) FROM order_part WHERE payment_order = NEW.payment_order)"
_ORDERED = "(SELECT cents FROM payment_order WHERE id = NEW.payment_order)"
_HAS = "EXISTS (SELECT 1 FROM order_part WHERE payment_order = NEW.payment_order)"
_RULES = (
    ("order_part_over", "INSERT", "order_part", f"{_SUM} + NEW.cents > {_ORDERED}", "amounts above their order"),
    ("order_part_fixed", "UPDATE", "order_part", "1 = 1", "the amounts of an order never change"),
    (
        "batch_line_parts",
        "INSERT",
        "batch_line",
        f"{_HAS} AND {_SUM} <> {_ORDERED}",
        "amounts not their order",
    ),
)


def upgrade() -> None:
    """Create the tables and the triggers."""
    for table, owner in _OWNERS.items():
        op.create_table(
            table,
            sa.Column(owner, sa.String(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
            sa.Column("amount", sa.String(), nullable=False),
            sa.Column("label", sa.String(), nullable=False),
            sa.Column("cents", sa.BigInteger(), nullable=False),
            sa.CheckConstraint("cents > 0", name=f"ck_{table}_cents_positive"),
            sa.ForeignKeyConstraint([owner], [f"{owner}.id"], name=f"fk_{table}_{owner}"),
            sa.PrimaryKeyConstraint(owner, "position", name=f"pk_{table}"),
            sa.UniqueConstraint(owner, "amount", name=f"uq_{table}_{owner}_amount"),
        )
    postgres = op.get_bind().dialect.name == "postgresql"
    for rule in _RULES:
        for statement in _trigger(*rule, postgres=postgres):
            op.execute(statement)


def _trigger(name: str, change: str, table: str, refused: str, message: str, *, postgres: bool) -> list[str]:
    if not postgres:
        abort = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return [f"CREATE TRIGGER {name} BEFORE {change} ON {table} WHEN {refused} {abort}"]
    refusal = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    body = f"BEGIN IF {refused} THEN {refusal}; END IF; RETURN NEW; END"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
