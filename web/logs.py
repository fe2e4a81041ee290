"""Log lines as JSON, of the application and of the server it runs in; what people typed or are called stays out."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

from gunicorn.glogging import Logger

logger = logging.getLogger("plumbline")
_DEEPEST = 12
_in_json = json.JSONEncoder(ensure_ascii=False).encode


class JsonLines(logging.Formatter):
    """A line of JSON for each record; JSON escapes line breaks, so nobody can forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": self.event(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "trace": trace(record.exc_info[2])}
        return _in_json(line)

    def event(self, record: logging.LogRecord) -> str:
        return record.getMessage()


class ServerLines(JsonLines):
    """The server fills addresses and paths into its messages, and a path may hold a one-time link: leave them out."""

    def event(self, record: logging.LogRecord) -> str:
        arguments = record.args if isinstance(record.args, tuple) else ()
        is_harmless = all(isinstance(argument, int) for argument in arguments)
        return (record.getMessage() if is_harmless else str(record.msg)).partition(" from ip=")[0]


class ServerLog(Logger):
    """gunicorn's own log, in our lines."""

    def _set_handler(self, log: logging.Logger, output: str, *_theirs: object, **_named: object) -> None:
        super()._set_handler(log, output, ServerLines())


def set_up() -> None:
    _write(logger, JsonLines())
    logger.setLevel(logging.INFO)
    _write(logging.getLogger("psycopg"), ServerLines())  # what it cannot tell us as an error


def _write(one: logging.Logger, lines: JsonLines) -> None:
    if not any(isinstance(each.formatter, JsonLines) for each in one.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(lines)
        one.addHandler(handler)
        one.propagate = False


def trace(origin: TracebackType | None) -> list[str]:
    """Say where an error came from, without its message: that may quote what somebody typed."""
    frames = traceback.extract_tb(origin)[-_DEEPEST:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
