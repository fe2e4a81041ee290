"""What reaches the database while something is done."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from store.prepared import _Ready


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements, without those that only begin or end a transaction."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    given = _Ready.given

    def note_prepared(ready: _Ready, values: Mapping[str, Any]) -> Any:
        said.append(ready.text)
        return given(ready, values)

    event.listen(engine, "before_cursor_execute", note)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Ready, "given", note_prepared)
        yield said
    event.remove(engine, "before_cursor_execute", note)
