"""Rows in every table there is, made from nothing but the tables' own descriptions."""

import io
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Engine, Table, insert, select
from sqlalchemy.orm import Session

from store import log
from store.columns import Choice, Duties
from store.database import Base, changing
from store.file_store import FileStore
from store.log import INSTALLATION, Event
from store.row_format import KINDS, seen

ONE, TWO = UUID(int=0xFFFF_0001), UUID(int=0xFFFF_0002)
DIFFICULT = '准绳 “’ " \\ \\u0000 \u2028 é e\u0301 🙂 </script>'
_VALUES: dict[str, Any] = {
    "moment": datetime(2026, 2, 28, 23, 59, 59, 123456, tzinfo=UTC),
    "date": date(2026, 2, 28),
    "bytes": bytes(range(256)),
    "json": {"a": [1, None, {"b": DIFFICULT}], "c": True},
    "yes-no": True,
    "number": 7,
}
_LOG = {"log_entries", "log_heads"}


def fill(engine: Engine, content: bytes, files: FileStore) -> None:
    """Put two rows into every table, the second with nothing where nothing may be; and entries into the log."""
    kept = [files.keep(each, io.BytesIO(content)) for each in (ONE, TWO)]
    with changing(engine) as connection:
        for table in Base.metadata.sorted_tables:
            if table.name not in _LOG:
                for each in (ONE, TWO):
                    digest = {"digest": kept[0].digest} if table.name == "files" else {}
                    connection.execute(insert(table).values({**_row(table, each), **digest}))
        with Session(connection) as session:
            for chain in (INSTALLATION, ONE, ONE, TWO):
                log.record(session, chain, Event.JOINED, actor=ONE, words=DIFFICULT)
            session.flush()


def everything(engine: Engine, *but: str) -> dict[str, list[str]]:
    """All rows of all tables, as they come out of them."""
    with engine.connect() as connection:
        return {table.name: _rows(connection, table) for table in Base.metadata.sorted_tables if table.name not in but}


def kinds_tried() -> set[str]:
    return {column.kind for table in Base.metadata.sorted_tables for column in seen(table).columns}


def _rows(connection: Connection, table: Table) -> list[str]:
    return sorted(repr(tuple(row)) for row in connection.execute(select(table)))


def _row(table: Table, id: UUID) -> dict[str, Any]:
    described = zip(table.columns, seen(table).columns, strict=True)
    return {column.name: _value(column, it.kind, id) for column, it in described}


def _value(column: Column[Any], kind: str, id: UUID) -> Any:
    assert kind in KINDS
    if column.nullable and id == TWO:
        return None
    if kind == "uuid":
        return id
    if isinstance(column.type, Choice):
        return next(str(word) for word in column.type.words.__members__.values())
    if isinstance(column.type, Duties):
        return frozenset()
    if kind == "text":
        longest = getattr(column.type, "length", None) or 1000
        return f"{id.int % 10}{DIFFICULT}"[:longest]
    return _VALUES[kind]
