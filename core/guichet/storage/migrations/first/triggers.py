"""What the database itself refuses, on both engines: a rewritten journal, a changed mode, a rewritten snapshot."""

from alembic import op

__all__ = ["create"]

_PURGE = """NEW.body IS NULL AND NEW.salt IS NULL AND OLD.body IS NOT NULL
    AND NEW.territory = OLD.territory AND NEW.number = OLD.number AND NEW.kind = OLD.kind AND NEW.at = OLD.at
    AND NEW.inner_hash = OLD.inner_hash AND NEW.hash = OLD.hash"""

# table, the change it refuses, and when (always, unless said)
_RULES = (
    ("event", "UPDATE", f"NOT ({_PURGE})", "the journal is append-only"),
    ("event", "DELETE", None, "the journal is append-only"),
    ("ledger_line", "UPDATE", None, "the ledger is append-only"),
    ("ledger_line", "DELETE", None, "the ledger is append-only"),
    ("snapshot", "UPDATE", None, "a snapshot is immutable"),
    ("instance", "UPDATE", "NEW.mode <> OLD.mode", "the mode of an instance is fixed at its creation"),
)


def create() -> None:
    """Create the triggers in the words of the database at hand."""
    postgres = op.get_bind().dialect.name == "postgresql"
    for table, change, refused_when, message in _RULES:
        name = f"{table}_{change.lower()}_refused"
        statements = _postgres if postgres else _sqlite
        for statement in statements(name, table, change, refused_when, message):
            op.execute(statement)
    if postgres:
        for table in ("event", "ledger_line"):
            op.execute(
                f"CREATE TRIGGER {table}_truncate_refused BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_delete_refused()"
            )


def _sqlite(name: str, table: str, change: str, refused_when: str | None, message: str) -> list[str]:
    when = f"WHEN {refused_when} " if refused_when else ""
    return [f"CREATE TRIGGER {name} BEFORE {change} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{message}'); END"]


def _postgres(name: str, table: str, change: str, refused_when: str | None, message: str) -> list[str]:
    when = f"WHEN ({refused_when}) " if refused_when else ""
    body = f"BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {name}()",
    ]
