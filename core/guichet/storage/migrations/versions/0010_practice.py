"""Practice never meets money: no order, no commitment, no unique grant; and a dossier never changes sides."""

from alembic import op

revision = "0010_practice"
down_revision = "0009_restorations"

_IS_PRACTICE = "EXISTS (SELECT 1 FROM dossier WHERE dossier.id = NEW.dossier AND dossier.practice)"
_MONEY = {
    "payment_order": "a practice dossier is never paid",
    "ledger_line": "a practice dossier takes nothing from an envelope",
    "grant": "a practice dossier holds no grant",
}


def upgrade() -> None:
    """Create the triggers in the words of the database at hand."""
    postgres = op.get_bind().dialect.name == "postgresql"
    for table, message in _MONEY.items():
        for statement in _insert(table, message, postgres=postgres):
            op.execute(statement)
    for statement in _side(postgres=postgres):
        op.execute(statement)


def _insert(table: str, message: str, *, postgres: bool) -> list[str]:
    name = f"{table}_practice_refused"
    if not postgres:
        abort = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return [f'CREATE TRIGGER {name} BEFORE INSERT ON "{table}" WHEN {_IS_PRACTICE} {abort}']
    refusal = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    body = f"BEGIN IF {_IS_PRACTICE} THEN {refusal}; END IF; RETURN NEW; END"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f'CREATE TRIGGER {name} BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()',
    ]


def _side(*, postgres: bool) -> list[str]:
    name, message = "dossier_practice_fixed", "a dossier is practice from its first day or never"
    if not postgres:
        abort = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return [f"CREATE TRIGGER {name} BEFORE UPDATE ON dossier WHEN NEW.practice <> OLD.practice {abort}"]
    body = f"BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END"
    changed = "WHEN (NEW.practice <> OLD.practice)"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON dossier FOR EACH ROW {changed} EXECUTE FUNCTION {name}()",
    ]
