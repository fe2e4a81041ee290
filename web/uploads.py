"""Files that people bring: looked at, kept, and refused with a sentence that says what to do instead."""

import os
from datetime import date
from typing import Any, BinaryIO, cast
from uuid import UUID

from flask import abort, current_app, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from answering.documents import Validity
from answering.file_types import EXTENSIONS, FileType, Refusal, Refused, recognise
from settings import Settings
from store import documents, log
from store.database import reading
from store.documents import Arrived, Document
from store.file_places import files_of
from store.file_store import FileMissing
from web.forms import is_blank, tidy
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


def arrive(*brought: FileStorage) -> tuple[Arrived, ...]:
    """Bring files to safety, each content once; no row speaks of them yet. Raise NotTaken before any is kept."""
    types = [_look_at(each) for each in brought]
    kept = (_keep(each, found) for each, found in zip(brought, types, strict=True))
    return tuple({each.digest: each for each in kept}.values())


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
    stem = name.rpartition(".")[0].replace("_", " ").strip()
    return name if is_blank(stem) else stem


def _look_at(upload: FileStorage) -> FileType:
    """Say what a file is by its name, its length and its content. Raise NotTaken."""
    name, source = file_name(upload.filename), cast(BinaryIO, upload.stream)
    settings: Settings = current_app.extensions["settings"]
    if source.seek(0, os.SEEK_END) > settings.largest_file:
        raise NotTaken(too_large(name))
    try:
        return recognise(name, source)
    except Refused as refused:
        raise NotTaken(_say(refused, name)) from None


def _keep(upload: FileStorage, found: FileType) -> Arrived:
    source = cast(BinaryIO, upload.stream)
    source.seek(0)
    kept = files_of(current_app).keep(place().organization.id, source)
    return Arrived(kept.digest, kept.size, file_name(upload.filename), found.media_type)


def _say(refused: Refused, name: str) -> str:
    is_known = refused.why is Refusal.DIFFERENT and refused.found
    message = _DIFFERENT_KNOWN if is_known else _REFUSALS[refused.why]
    return _(message, name=name, type=refused.extension, found=refused.found)
