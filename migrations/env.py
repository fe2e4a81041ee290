"""Alembic's entry: migrate on the connection store/migrate.py hands over, inside its transaction."""

from alembic import context

from store import document_tables, tables, work_tables
from store.database import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
assert {document_tables.DocumentRow.metadata, tables.UserRow.metadata, work_tables.AnswerRow.metadata} == {
    Base.metadata
}
with context.begin_transaction():
    context.run_migrations()
