"""Hangs the database on an application: connects, sets SQLite up, migrates."""

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from settings import Settings
from store import document_tables, file_places, import_tables, report_tables, tables, work_tables
from store.database import UnsafeDatabase, db, prepare_engine
from store.migrate import migrate

__all__ = [
    "DatabaseUnreachable",
    "UnsafeDatabase",
    "attach",
    "document_tables",
    "import_tables",
    "report_tables",
    "tables",
    "work_tables",
]


class DatabaseUnreachable(Exception):
    """The configured database does not answer, or does not let us in."""


def attach(app: Flask, settings: Settings) -> None:
    file_places.attach(app, settings)
    # Parameters stay out of error messages: they are what people typed. The connection used last knows most
    options = {"hide_parameters": True, "pool_use_lifo": True}
    app.config.update(SQLALCHEMY_DATABASE_URI=settings.database_url, SQLALCHEMY_ENGINE_OPTIONS=options)
    try:
        db.init_app(app)
    except (ArgumentError, ValueError) as error:  # an address that cannot be taken apart; it may hold a password
        raise DatabaseUnreachable(type(error).__name__) from None
    with app.app_context():
        prepare_engine(db.engine)
        _check_connection(db.engine)
        try:
            migrate(db.engine)
        except OperationalError as error:
            raise DatabaseUnreachable(type(error.orig).__name__) from error
        finally:
            # The workers are forked from here: none may inherit an open connection
            db.engine.dispose()


def _check_connection(engine: Engine) -> None:
    """Tell a wrong address, a foreign file or an unknown option from what may go wrong later."""
    try:
        engine.connect().close()
    except DBAPIError as error:
        raise DatabaseUnreachable(type(error.orig).__name__) from error
