"""Files as they leave: always to be saved, never shown or run by the browser, and only to those who may."""

from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, abort, current_app
from sqlalchemy.orm import Session
from werkzeug.http import dump_options_header

from answering.documents import may_open
from people.access import Action
from store import document_list, documents
from store.database import reading
from store.documents import Document, File
from store.file_places import files_of
from web.rules import allow
from web.visit import person, place

downloads = Blueprint("downloads", __name__, url_prefix="/o/<org>/documents")
# Even if a browser were made to show it: no script, no form, no frame, nothing of ours in reach
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


@downloads.get("/<uuid:document>/files/<uuid:file>")
@allow(Action.SEE_DOCUMENTS)
def file(org: str, document: UUID, file: UUID) -> Response:
    """Give a file of a document, of its history as well."""
    with reading() as database:
        found = documents.find(database, place().organization.id, document)
        wanted = documents.files_ever(database, found).get(file) if found else None
        if found is None or wanted is None or not opens(database, found, wanted):
            abort(404)
    pieces = files_of(current_app).read(found.organization_id, wanted.digest)
    response = Response(pieces, mimetype=wanted.media_type)
    response.content_length = wanted.size
    response.headers["Content-Disposition"] = disposition(wanted.name)
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def opens(database: Session, document: Document, file: File | None = None) -> bool:
    """Say whether the person here opens the files of a document, or one of them."""
    is_own = file is not None and file.uploaded_by == person().id
    department_id = document.stated.department_id
    is_own = is_own or document_list.answers_for(database, document.organization_id, department_id, person().id)
    return may_open(document.stated.confidentiality, place().membership.role, is_own=is_own)


def changes(database: Session, document: Document) -> bool:
    """Say whether the person here changes a document: whoever cannot open its files would let themselves in by that."""
    files = documents.files_ever(database, document).values()
    is_own = all(file.uploaded_by == person().id for file in files) or document_list.answers_for(
        database, document.organization_id, document.stated.department_id, person().id
    )
    return may_open(document.stated.confidentiality, place().membership.role, is_own=is_own)


def disposition(name: str) -> str:
    """Name a file for saving, in any script; programs that know ASCII only get a name they can use."""
    plain = "".join(sign if " " <= sign <= "~" and sign not in '"\\%;' else "_" for sign in name)
    return dump_options_header("attachment", {"filename": plain, "filename*": "UTF-8''" + quote(name, safe="")})
