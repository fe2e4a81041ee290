"""Files that people bring: looked at, kept, and refused with a sentence that says what to do instead."""

from datetime import date
from typing import Any, BinaryIO, cast
from uuid import UUID

from flask import abort, current_app, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from answering.documents import Validity
from answering.file_types import EXTENSIONS, Refusal, Refused, recognise
from settings import Settings
from store import documents, log
from store.database import reading
from store.documents import Arrived, Document
from store.file_places import files_of
from store.file_store import FileMissing, TooLarge
from web.forms import tidy
from web.language import _
from web.visit import place
from words import N_

LONGEST_FILE_NAME = 200
MOST_AT_ONCE = 50
ACCEPT = ",".join(f".{extension}" for extension in EXTENSIONS)
_REFUSALS = {
    Refusal.EMPTY: N_("“%(name)s” is empty"),
    Refusal.NO_EXTENSION: N_("“%(name)s” has no ending such as .pdf or .docx, so its type is not known"),
    Refusal.NOT_AMONG: N_("Files of the type .%(type)s are not taken. Save “%(name)s” as PDF"),
    Refusal.ARCHIVE: N_("“%(name)s” is an archive. Unpack it and upload the files in it"),
    Refusal.PAGE: N_("“%(name)s” is a web page or drawing that can hold programs. Save it as PDF"),
    Refusal.MACROS: N_("“%(name)s” holds macros, small programs. Save it without macros, or as PDF"),
    Refusal.ENCRYPTED: N_("“%(name)s” is locked with a password. Save it without one"),
    Refusal.DAMAGED: N_("“%(name)s” is damaged: it cannot be read as .%(type)s. Save it anew"),
    Refusal.DIFFERENT: N_(
        "“%(name)s” is not what its ending .%(type)s says. Save it anew in the program it comes from"
    ),
}
_TOO_LARGE = N_("“%(name)s” is larger than %(most)s MB. Make it smaller or divide it")
_DIFFERENT_KNOWN = N_("“%(name)s” ends in .%(type)s, but what is in it is .%(found)s. Give it the right ending")


class NotTaken(Exception):
    """A file is not taken; the message is for the person who brought it."""


def arrive(upload: FileStorage) -> Arrived:
    """Look at a file and bring its bytes to safety; no row speaks of it yet. Raise NotTaken."""
    name = file_name(upload.filename)
    source = cast(BinaryIO, upload.stream)
    settings: Settings = current_app.extensions["settings"]
    try:
        found = recognise(name, source)
        source.seek(0)
        files = files_of(current_app)
        kept = files.keep(place().organization.id, source, at_most=settings.largest_file)
    except Refused as refused:
        raise NotTaken(_say(refused, name)) from None
    except TooLarge:
        raise NotTaken(too_large(name)) from None
    return Arrived(kept.digest, kept.size, name, found.media_type)


def hold(database: Session, *arrived: Arrived) -> None:
    """Let these files be listed now: nobody removes them as leftovers from here on. Raise FileMissing."""
    organization_id = place().organization.id
    log.hold(database, organization_id)
    for each in arrived:
        if not files_of(current_app).has(organization_id, each.digest):
            raise FileMissing(each.digest)


def most_megabytes() -> int:
    settings: Settings = current_app.extensions["settings"]
    return settings.largest_file // 1_000_000


def too_large(name: str) -> str:
    return _(_TOO_LARGE, name=name, most=most_megabytes())


def document_here(id: UUID) -> Document:
    """Find a document of this organisation; anybody else's is not here."""
    with reading() as database:
        found = documents.find(database, place().organization.id, id)
    if found is None:
        abort(404)
    return found


def told(document: Document, on: date) -> dict[str, Any]:
    """Tell a script about a document."""
    stated = document.stated
    return {
        "id": str(document.id),
        "number": stated.number,
        "title": stated.title,
        "edition": stated.edition,
        "valid_until": stated.valid_until.isoformat() if stated.valid_until else None,
        "expired": stated.validity(on) is Validity.EXPIRED,
        "url": url_for("documents.show", org=place().organization.slug, document=document.id),
    }


def words_for_scripts() -> dict[str, str]:
    """What a script says while files are on their way."""
    return {
        "waiting": _(N_("Waiting")),
        "sending": _(N_("%(percent)s %% sent"), percent="{percent}"),
        "added": _(N_("Added")),
        "there": _(N_("In the library already")),
        "lost": _(N_("The connection broke. Nothing of this file was kept")),
        "large": _(_TOO_LARGE, name="{name}", most=most_megabytes()),
        "retry": _(N_("Try again")),
    }


def file_name(given: str | None) -> str:
    """The last part of a name, as it is kept: one line, without what means something in a path."""
    last = tidy((given or "").replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = last.rpartition(".")
    room = LONGEST_FILE_NAME - len(dot + ending)
    return f"{stem[:room]}{dot}{ending}"[-LONGEST_FILE_NAME:]


def title_of(name: str) -> str:
    """A first title from a file's name."""
    return name.rpartition(".")[0].replace("_", " ").strip() or name


def _say(refused: Refused, name: str) -> str:
    is_known = refused.why is Refusal.DIFFERENT and refused.found
    message = _DIFFERENT_KNOWN if is_known else _REFUSALS[refused.why]
    return _(message, name=name, type=refused.extension, found=refused.found)
