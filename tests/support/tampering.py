"""What somebody with the database's own rights can do to the audit log."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_GUARDS = {
    "sqlite": ["DROP TRIGGER log_entries_refuse_update", "DROP TRIGGER log_entries_refuse_delete"],
    "postgresql": ["DROP TRIGGER log_entries_are_kept ON log_entries"],
}


def take_the_guard_away(session: Session) -> None:
    """Drop the triggers that keep the log append-only."""
    for statement in _GUARDS[session.get_bind().dialect.name]:
        session.execute(text(statement))
