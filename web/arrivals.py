"""Several files at once: each becomes a document, or is found to be in the library already."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from answering.documents import Stated
from people.access import Action
from store import documents as stored
from store import log
from store.database import writing
from store.documents import Arrived, Document
from store.log import Event
from web import uploads
from web.documents import to_change, today
from web.forms import PlumblineForm
from web.language import _
from web.rules import allow, speaks_json, takes_files
from web.uploads import ACCEPT, MOST_AT_ONCE, NotTaken, file_name, title_of
from web.visit import person, place
from words import N_

arrivals = Blueprint("arrivals", __name__, url_prefix="/o/<org>/documents")


@dataclass(frozen=True)
class Taken:
    """What became of a file: the document it is in now, or why it was not taken."""

    name: str
    document: Document | None = None
    is_duplicate: bool = False
    problem: str = ""


@arrivals.get("/upload")
@allow(Action.MANAGE_DOCUMENTS)
def index(org: str) -> ResponseReturnValue:
    return _page(())


@arrivals.post("/upload")
@allow(Action.MANAGE_DOCUMENTS)
@takes_files
@speaks_json
def one(org: str) -> ResponseReturnValue:
    """Take one file from a script: as a new document, or into the one that is named."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return {"error": _(N_("Choose a file"))}, 422
    taken = _take(upload, _named())
    if taken.document is None:
        return {"error": taken.problem}, 422
    return {"document": uploads.told(taken.document, today()), "duplicate": taken.is_duplicate}


@arrivals.post("/upload-all")
@allow(Action.MANAGE_DOCUMENTS)
@takes_files
def several(org: str) -> ResponseReturnValue:
    """Take what a browser without scripts sends: all files in one form, each for itself."""
    form = PlumblineForm()
    brought = [each for each in request.files.getlist("files") if each.filename]
    if not form.validate_on_submit() or not brought:
        return _page((), _(N_("Choose the files"))), 422
    if len(brought) > MOST_AT_ONCE:
        return _page((), _(N_("At most %(most)s files at once"), most=MOST_AT_ONCE)), 422
    return _page(tuple(_take(each, None) for each in brought))


def _take(upload: FileStorage, into: Document | None) -> Taken:
    """Take a file for itself: that another one is refused does not matter to it."""
    name = file_name(upload.filename)
    try:
        (arrived,) = uploads.arrive(upload)
    except NotTaken as refused:
        return Taken(name, problem=str(refused))
    with writing() as database:
        uploads.hold(database, arrived)
        return _keep(database, arrived, into)


def _keep(database: Session, arrived: Arrived, into: Document | None) -> Taken:
    organization_id = place().organization.id
    if into is not None and any(file.digest == arrived.digest for file in into.files):
        return Taken(arrived.name, into, is_duplicate=True)
    if into is None and (there := stored.alike(database, organization_id, arrived.digest)) is not None:
        return Taken(arrived.name, there, is_duplicate=True)
    if into is not None:
        document = stored.change(database, into, into.stated, by=person().id, arrived=[arrived])
    else:
        stated = Stated(title=title_of(arrived.name))
        document = stored.add(database, organization_id, stated, [arrived], by=person().id)
    event = Event.DOCUMENT_CHANGED if into is not None else Event.DOCUMENT_ADDED
    log.record(database, organization_id, event, actor=person().id, document=str(document.id))
    return Taken(arrived.name, document)


def _named() -> Document | None:
    """Find the document a file is meant for, if one is named."""
    if not (given := request.form.get("document")):
        return None
    try:
        id_ = UUID(given)
    except ValueError:
        abort(404)
    return to_change(id_)


def _page(taken: tuple[Taken, ...], problem: str = "") -> str:
    words: Mapping[str, str] = uploads.words_for_scripts()
    return render_template(
        "arrivals/index.html", form=PlumblineForm(), taken=taken, problem=problem, accept=ACCEPT, words=words,
        most=uploads.most_megabytes(), count=MOST_AT_ONCE,
    )  # fmt: skip
