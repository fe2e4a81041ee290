"""What the program says in its log while a test runs, as it would reach the terminal."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from web.logs import JsonLines, logger


class Heard:
    """The lines since the last look."""

    def __init__(self, stream: StringIO) -> None:
        self.stream = stream

    def text(self) -> str:
        said = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        return said

    def lines(self) -> list[dict[str, Any]]:
        """Each line as JSON; what is none fails here."""
        return [json.loads(line) for line in self.text().splitlines()]


@contextmanager
def listening() -> Iterator[Heard]:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    yield Heard(stream)
    logger.removeHandler(handler)
