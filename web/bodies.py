"""How much may be sent: a page takes little, a section or a page for files more, and only from whoever is signed in."""

from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from flask import Flask, Request, current_app, g, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import LimitedStream

from settings import Settings
from store.file_store import ARRIVING
from web.rules import is_for_files, is_for_long_forms

LARGEST_BODY = 1_000_000
# The 40 items a filter shows, each with its six texts of 10,000 characters of 3 bytes; a tenth for all that is short
LARGEST_SECTION = 8_000_000
_KEPT_IN_MEMORY = 250_000


class PlumblineRequest(Request):
    """A request whose files go to the data folder as they come: the usual folder for such may be memory, or small."""

    def _get_file_stream(self, *_told: Any, **_more: Any) -> IO[bytes]:
        settings: Settings = current_app.extensions["settings"]
        folder = settings.files / ARRIVING
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # It has no name from the start, so that nothing is left of one that was cut off
        arriving: ExitStack = g.setdefault("arriving", ExitStack())
        return arriving.enter_context(cast(IO[bytes], SpooledTemporaryFile(_KEPT_IN_MEMORY, dir=str(folder))))

    def _load_form_data(self) -> None:
        """Read the form; one of no stated length that reaches the limit is refused, for its end would be cut off."""
        super()._load_form_data()
        if self.content_length is None and isinstance(self.stream, LimitedStream) and self.stream.is_exhausted:
            raise RequestEntityTooLarge


def attach(app: Flask) -> None:
    app.request_class = PlumblineRequest
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=LARGEST_BODY, MAX_FORM_PARTS=2_000)
    app.teardown_request(_close)


def _close(_error: BaseException | None) -> None:
    """Close what came, also where its request could not be read to the end."""
    if "arriving" in g:
        g.pop("arriving").close()


def makes_room() -> bool:
    """Say whether the page asked for takes files or long forms."""
    return brings_files() or is_for_long_forms(current_app, request.endpoint)


def make_room() -> None:
    """Let the request at hand bring what its page takes."""
    settings: Settings = current_app.extensions["settings"]
    with_files = settings.largest_file + LARGEST_BODY
    request.max_content_length = with_files if brings_files() else LARGEST_SECTION


def brings_files() -> bool:
    """Say whether the page asked for takes files."""
    return is_for_files(current_app, request.endpoint)


def is_short() -> bool:
    """Say whether what a stranger sent may be read: no more than any page takes."""
    return (request.content_length or 0) <= LARGEST_BODY


def most_megabytes() -> int:
    """How much the request at hand may bring."""
    return (request.max_content_length or LARGEST_BODY) // 1_000_000
