"""Alembic migrations, run at every start by store/migrate.py."""
