"""Statements that are part of every save and every page, made ready once.

SQLAlchemy writes them and knows how each type goes in and comes out. What else it does each time a statement runs,
looking up what it wrote and wrapping what was found, takes several times as long as the database itself.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Row = tuple[Any, ...]
Converter = Callable[[Any], Any]
T = TypeVar("T")


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

    def run(self, driver: Any, values: Mapping[str, Any]) -> Any:
        cursor = driver.cursor()
        cursor.execute(self.text, self.given(values))
        return cursor

    def done(self, cursor: Any) -> "Done":
        rows = [self.found(row) for row in cursor.fetchall()] if self.gives_rows else ()
        done = Done(rows, cursor.rowcount)
        cursor.close()
        return done

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

    def all(self, session: Session, values: Mapping[str, Any]) -> Sequence[Row]:
        return together(session, (self, values))[0].rows

    def first(self, session: Session, values: Mapping[str, Any]) -> Row | None:
        return next(iter(self.all(session, values)), None)

    def change(self, session: Session, values: Mapping[str, Any]) -> int:
        """Change rows, and say how many there were."""
        return together(session, (self, values))[0].count

    def ready_for(self, dialect: Dialect) -> _Ready:
        return self._ready.get(dialect.name) or self._ready.setdefault(dialect.name, _made(self._statement, dialect))


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a statement: the rows it gave, or how many it changed."""

    rows: Sequence[Row]
    count: int


Told = tuple[Prepared, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """What is looked up, and how the rows that come back are read; asked alone, or together with others."""

    statement: Prepared
    values: Mapping[str, Any]
    read: Callable[[Sequence[Row]], T]

    def ask(self, session: Session) -> T:
        return self.read(self.statement.all(session, self.values))


def ask_all(session: Session, *questions: Question[Any]) -> list[Any]:
    """Look several things up at once; none of them may need what another gives."""
    told = together(session, *((each.statement, each.values) for each in questions))
    return [each.read(done.rows) for each, done in zip(questions, told, strict=True)]


def together(session: Session, *told: Told) -> list[Done]:
    """Run statements one after the other; PostgreSQL is told of all of them in one journey."""
    session.flush()
    connection = session.connection()
    dialect, driver = connection.dialect, cast(Any, connection.connection.dbapi_connection)
    ready = [statement.ready_for(dialect) for statement, _values in told]
    is_one_journey = len(told) > 1 and dialect.name == "postgresql"
    try:
        with driver.pipeline() if is_one_journey else nullcontext():
            cursors = [each.run(driver, values) for each, (_statement, values) in zip(ready, told, strict=True)]
        return [each.done(cursor) for each, cursor in zip(ready, cursors, strict=True)]
    except dialect.loaded_dbapi.Error as error:
        said = "; ".join(each.text for each in ready)
        is_lost = dialect.is_disconnect(error, driver, None)
        if is_lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            said, None, error, dialect.loaded_dbapi.Error,
            hide_parameters=True, connection_invalidated=is_lost, dialect=dialect,
        ) from error  # fmt: skip


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
