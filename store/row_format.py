"""Rows as lines of JSON that mean the same on every database, whatever tables there were when they were written."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, MetaData, String, Table, Uuid
from sqlalchemy.types import TypeEngine

from store.columns import Duties
from store.database import Moment


class BadRow(Exception):
    """A line that is no row of its table."""


@dataclass(frozen=True)
class Kind:
    """How values of one sort of column are read back, and the type that takes them."""

    read: Callable[[Any], Any]
    type_: Callable[[], TypeEngine[Any]]


@dataclass(frozen=True)
class ColumnSeen:
    name: str
    kind: str
    nullable: bool


@dataclass(frozen=True)
class TableSeen:
    """A table as it was when its rows were written."""

    name: str
    columns: tuple[ColumnSeen, ...]


def _plain(value: Any) -> Any:
    return value


KINDS: dict[str, Kind] = {
    "uuid": Kind(UUID, Uuid),
    "moment": Kind(datetime.fromisoformat, Moment),
    "date": Kind(date.fromisoformat, Date),
    "bytes": Kind(base64.b64decode, LargeBinary),
    "json": Kind(_plain, lambda: JSON(none_as_null=True)),
    "yes-no": Kind(_plain, Boolean),
    "number": Kind(_plain, Integer),
    "text": Kind(_plain, String),
}
# In this order: a type may be several of these
_TYPES: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Moment, "moment"),
    (Uuid, "uuid"),
    (Date, "date"),
    (LargeBinary, "bytes"),
    (JSON, "json"),
    (Boolean, "yes-no"),
    (Integer, "number"),
    (String, "text"),
)


def seen(table: Table) -> TableSeen:
    """Describe a table in words that do not change with the program."""
    columns = (ColumnSeen(each.name, _kind_of(each.type), bool(each.nullable)) for each in table.columns)
    return TableSeen(table.name, tuple(columns))


def described(data: Mapping[str, Any]) -> TableSeen:
    """Read a description back. Raise BadRow for one that this program does not understand."""
    try:
        columns = tuple(ColumnSeen(str(c["name"]), str(c["kind"]), bool(c["nullable"])) for c in data["columns"])
        found = TableSeen(str(data["name"]), columns)
    except (KeyError, TypeError) as error:
        raise BadRow("description") from error
    if not columns or any(each.kind not in KINDS for each in columns):
        raise BadRow(found.name)
    return found


def description(table: TableSeen) -> dict[str, Any]:
    return asdict(table)


def as_table(it: TableSeen) -> Table:
    """Make a table to insert into, from nothing but its description."""
    columns = (Column(each.name, KINDS[each.kind].type_(), nullable=each.nullable) for each in it.columns)
    return Table(it.name, MetaData(), *columns)


def line_of(row: Iterable[Any]) -> bytes:
    """Write a row as one line."""
    return json.dumps([_told(value) for value in row], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def row_of(line: bytes, table: TableSeen) -> dict[str, Any]:
    """Read a row back. Raise BadRow for a line that is none of this table."""
    try:
        values = json.loads(line)
        if not isinstance(values, list) or len(values) != len(table.columns):
            raise BadRow(table.name)
        return {column.name: _read(column, value) for column, value in zip(table.columns, values, strict=True)}
    except (ValueError, TypeError, AttributeError) as error:
        raise BadRow(table.name) from error


def _read(column: ColumnSeen, value: Any) -> Any:
    if value is None:
        if not column.nullable:
            raise BadRow(column.name)
        return None
    return KINDS[column.kind].read(value)


def _told(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):  # a moment is one as well
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, frozenset):
        return " ".join(sorted(value))
    return value


def _kind_of(type_: TypeEngine[Any]) -> str:
    if isinstance(type_, Duties):
        return "text"
    bare = type_ if isinstance(type_, Moment) else getattr(type_, "impl_instance", type_)
    return next(name for known, name in _TYPES if isinstance(bare, known))
