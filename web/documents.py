"""The evidence library: documents listed, shown, added, changed, replaced by a newer edition, withdrawn."""

import math
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from answering.documents import Confidentiality, changed_fields
from people.access import Action
from settings import Settings
from store import accounts, document_list, log
from store import documents as stored
from store.database import reading, writing
from store.document_list import Show, Wish
from store.documents import Arrived, Document
from store.log import Event
from store.organizations import ChangedMeanwhile
from web import downloads, notices, uploads
from web.document_forms import EditForm, FactsForm, NewForm, ReplaceForm, filled
from web.document_uses import used_in
from web.forms import tidy
from web.rules import allow, speaks_json, takes_files
from web.uploads import NotTaken, document_here
from web.visit import person, place
from web.wording import Reader

documents = Blueprint("documents", __name__, url_prefix="/o/<org>/documents")
PAGE = 50
_LAST_PAGE = 10_000
_LONGEST_SEARCH = 100
_IN_A_PICKER = 20


@documents.get("")
@allow(Action.SEE_DOCUMENTS)
def index(org: str) -> ResponseReturnValue:
    wish = _wish()
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= _LAST_PAGE:
        abort(404)
    organization_id = place().organization.id
    with reading() as database:
        rows = document_list.page(database, organization_id, wish, on=today(), size=PAGE, number=number)
        total = document_list.total(database, organization_id, wish, on=today())
        counts = document_list.counts(database, organization_id, on=today())
        departments = document_list.departments(database, organization_id)
    pages = max(1, math.ceil(total / PAGE))
    if number > pages:
        abort(404)
    return render_template(
        "documents/index.html",
        rows=rows, total=total, counts=counts, wish=wish, departments=departments, page=number, pages=pages,
        today=today(), Show=Show, levels=Confidentiality,
    )  # fmt: skip


@documents.get("/find")
@allow(Action.SEE_DOCUMENTS)
@speaks_json
def find(org: str) -> ResponseReturnValue:
    """Find documents to cite."""
    wish = Wish(search=_search())
    with reading() as database:
        rows = document_list.page(database, place().organization.id, wish, on=today(), size=_IN_A_PICKER)
    return {"documents": [uploads.told(row.document, today()) for row in rows]}


@documents.get("/<uuid:document>")
@allow(Action.SEE_DOCUMENTS)
def show(org: str, document: UUID) -> ResponseReturnValue:
    found = document_here(document)
    with reading() as database:
        past = stored.history(database, found)
        files = stored.files_ever(database, found)
        opens = {id_ for id_, file in files.items() if downloads.opens(database, found, file)}
        uses = used_in(database, document_list.uses(database, found))
        is_changeable = downloads.changes(database, found)
        names = accounts.names(database, {each.changed_by for each in past})
    return render_template(
        "documents/show.html",
        it=found, past=past, files=files, opens=opens, uses=uses, names=names, today=today(),
        changed_fields=changed_fields, reader=Reader(), is_changeable=is_changeable,
    )  # fmt: skip


@documents.route("/new", methods=["GET", "POST"])
@allow(Action.MANAGE_DOCUMENTS)
@takes_files
def new(org: str) -> ResponseReturnValue:
    form = NewForm()
    _offer(form)
    twins: list[Document] = []
    if form.validate_on_submit() and (arrived := _arrived(form)) is not None:
        with writing() as database:
            uploads.hold(database, *arrived)
            twins = [] if form.anyway.data else _twins(database, arrived)
            if not twins:
                added = stored.add(database, place().organization.id, form.stated, arrived, by=person().id)
                _record(database, Event.DOCUMENT_ADDED, added)
                notices.tell("document-added")
                return _to(added)
    return render_template("documents/edit.html", form=form, it=None, theirs=None, twins=twins)


@documents.route("/<uuid:document>/edit", methods=["GET", "POST"])
@allow(Action.MANAGE_DOCUMENTS)
@takes_files
def edit(org: str, document: UUID) -> ResponseReturnValue:
    """Change what is stated; of two who do so at once the second sees what the first one wrote."""
    found = to_change(document)
    form = EditForm(data=filled(found))
    _offer(form, found)
    if form.validate_on_submit():
        if form.is_stale(found.version):
            return render_template("documents/edit.html", form=form, it=found, theirs=found, twins=()), 409
        if (arrived := _arrived(form)) is not None:
            with writing() as database:
                uploads.hold(database, *arrived)
                changed = stored.change(
                    database, found, form.stated, by=person().id, arrived=arrived, removed=form.removed.data or ()
                )
                _record(database, Event.DOCUMENT_CHANGED, changed)
            notices.tell("saved")
            return _to(changed)
    return render_template("documents/edit.html", form=form, it=found, theirs=None, twins=())


@documents.route("/<uuid:document>/replace", methods=["GET", "POST"])
@allow(Action.MANAGE_DOCUMENTS)
@takes_files
def replace(org: str, document: UUID) -> ResponseReturnValue:
    """Put a newer edition in the place of a document; what cites it goes on citing it."""
    found = to_change(document)
    form = ReplaceForm(version=str(found.version))
    if form.validate_on_submit():
        if form.is_stale(found.version):
            return render_template("documents/replace.html", form=form, it=found, theirs=found), 409
        if (arrived := _arrived(form)) is not None:
            with writing() as database:
                uploads.hold(database, *arrived)
                newer = form.stated_on(found.stated)
                changed = stored.replace(database, found, newer, arrived, by=person().id)
                _record(database, Event.DOCUMENT_REPLACED, changed)
            notices.tell("document-replaced")
            return _to(changed)
    return render_template("documents/replace.html", form=form, it=found, theirs=None)


@documents.post("/<uuid:document>/withdraw")
@allow(Action.MANAGE_DOCUMENTS)
def withdraw(org: str, document: UUID) -> ResponseReturnValue:
    found = _unchanged(document)
    with writing() as database:
        changed = stored.withdraw(database, found, by=person().id)
        _record(database, Event.DOCUMENT_WITHDRAWN, changed)
    notices.tell("document-withdrawn")
    return _to(changed)


@documents.post("/<uuid:document>/bring-back")
@allow(Action.MANAGE_DOCUMENTS)
def bring_back(org: str, document: UUID) -> ResponseReturnValue:
    found = _unchanged(document)
    with writing() as database:
        changed = stored.bring_back(database, found, by=person().id)
        _record(database, Event.DOCUMENT_BROUGHT_BACK, changed)
    notices.tell("document-brought-back")
    return _to(changed)


def today() -> date:
    """The day it is where this server's people are."""
    settings: Settings = current_app.extensions["settings"]
    return datetime.now(settings.timezone).date()


def _wish() -> Wish:
    """Read an address; what it should not hold is not there."""
    try:
        department = request.args.get("department", "")
        level = request.args.get("confidentiality", "")
        return Wish(
            show=Show(request.args.get("show") or Show.IN_USE),
            search=_search(),
            department_id=UUID(department) if department else None,
            confidentiality=Confidentiality(level) if level else None,
        )
    except ValueError:
        abort(404)


def _search() -> str:
    return tidy(request.args.get("q", "")[:_LONGEST_SEARCH])


def to_change(id: UUID) -> Document:
    """Find a document for whoever may change it; to others that page is not there."""
    found = document_here(id)
    with reading() as database:
        if not downloads.changes(database, found):
            abort(404)
    return found


def _unchanged(id: UUID) -> Document:
    """Find a document for a button that was drawn beside it. Raise ChangedMeanwhile if it is another by now."""
    found = to_change(id)
    if request.form.get("version") != str(found.version):
        raise ChangedMeanwhile
    return found


def _offer(form: FactsForm, document: Document | None = None) -> None:
    with reading() as database:
        form.offer(document_list.departments(database, place().organization.id), document)


def _arrived(form: FactsForm | ReplaceForm) -> tuple[Arrived, ...] | None:
    """Bring the files of a form to safety, or say at its field why one is not taken."""
    try:
        return uploads.arrive(*form.uploads)
    except NotTaken as refused:
        form.files.errors = [str(refused)]
        return None


def _twins(database: Session, arrived: Iterable[Arrived]) -> list[Document]:
    """Find the documents that have one of these files already."""
    found = (stored.alike(database, place().organization.id, each.digest) for each in arrived)
    return list({each.id: each for each in found if each is not None}.values())


def _record(database: Session, event: Event, document: Document) -> None:
    log.record(database, document.organization_id, event, actor=person().id, document=str(document.id))


def _to(document: Document) -> ResponseReturnValue:
    return redirect(url_for("documents.show", org=place().organization.slug, document=document.id))
