"""Statements that are part of every save and every page, made ready once.

SQLAlchemy writes them and knows how each type goes in and comes out. What else it does each time a statement runs,
looking up what it wrote and wrapping what was found, takes several times as long as the database itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Row = tuple[Any, ...]
Converter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one kind of database is told it: which values go in and how, and how columns come out."""

    text: str
    positions: Sequence[str]
    constants: Mapping[str, Any]
    going_in: Sequence[tuple[str, Converter]]
    coming_out: Sequence[tuple[int, Converter]]
    gives_rows: bool

    def given(self, values: Mapping[str, Any]) -> Any:
        """Give the values as the driver takes them: in their order, or by their names."""
        found = {**self.constants, **values}
        for name, convert in self.going_in:
            found[name] = convert(found[name])
        return [found[name] for name in self.positions] if self.positions else found

    def found(self, row: Row) -> Row:
        """Give a row as the program knows it."""
        values = list(row)
        for place, convert in self.coming_out:
            values[place] = convert(values[place])
        return tuple(values)


class Prepared:
    """A statement that runs in a session's transaction, and sees what was changed there before."""

    def __init__(self, statement: Select[Any] | Insert | Update) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def all(self, session: Session, values: Mapping[str, Any]) -> list[Row]:
        ready, rows, _count = self._run(session, values)
        return [ready.found(row) for row in rows]

    def first(self, session: Session, values: Mapping[str, Any]) -> Row | None:
        ready, rows, _count = self._run(session, values)
        return ready.found(rows[0]) if rows else None

    def change(self, session: Session, values: Mapping[str, Any]) -> int:
        """Change rows, and say how many there were."""
        _ready, _rows, count = self._run(session, values)
        return count

    def _run(self, session: Session, values: Mapping[str, Any]) -> tuple[_Ready, Sequence[Row], int]:
        session.flush()
        connection = session.connection()
        dialect = connection.dialect
        ready = self._ready.get(dialect.name) or self._ready.setdefault(dialect.name, _made(self._statement, dialect))
        cursor = connection.connection.cursor()
        try:
            cursor.execute(ready.text, ready.given(values))
            return ready, cursor.fetchall() if ready.gives_rows else (), cursor.rowcount
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(
                ready.text, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
            ) from error
        finally:
            cursor.close()


def _made(statement: Select[Any] | Insert | Update, dialect: Dialect) -> _Ready:
    compiled: Any = statement.compile(dialect=dialect)
    kinds = {name: compiled.binds[name].type.dialect_impl(dialect) for name in compiled.params}
    going_in = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
    columns = [each.type.dialect_impl(dialect) for each in statement.exported_columns]
    coming_out = [kind.result_processor(dialect, None) for kind in columns]
    return _Ready(
        text=compiled.string,
        positions=compiled.positiontup or (),
        constants={name: value for name, value in compiled.params.items() if value is not None},
        going_in=[(name, convert) for name, convert in going_in.items() if convert],
        coming_out=[(place, convert) for place, convert in enumerate(coming_out) if convert],
        gives_rows=bool(columns),
    )
