"""Bringing a file into an assessment: upload, preview of every change, apply all or nothing."""

from collections.abc import Collection
from contextlib import closing
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from files.placing import BadFile, Placed
from files.reading import refusal
from people.access import Action
from store import answers, assessments, imports, log
from store.answers import Stale
from store.database import reading, writing
from store.imports import Pending
from store.log import Event
from store.organizations import ChangedMeanwhile
from surveys.problems import problem
from surveys.sentences import say_on_page
from surveys.text import Language
from web import notices
from web.assessment_pages import Opened, opened, page, way_in
from web.forms import PlumblineForm, VersionedForm, required, tidy
from web.import_applying import apply as apply_all
from web.import_files import arrival_of
from web.import_preview import Preview, preview, told_of, unread
from web.language import chosen
from web.rules import allow
from web.visit import person, place
from web.wording import Reader
from words import N_

importing = Blueprint("imports", __name__, url_prefix="/o/<org>/imports/<uuid:id>")
LARGEST_UPLOAD = 900_000
_LONGEST_FILE_NAME = 200
_TAKE = "theirs"


class FileForm(PlumblineForm):
    file = FileField(
        N_("File"),
        [required(N_("Choose a file"))],
        description=N_("A workbook (.xlsx) or an assessment file (.yaml, .json), up to 900 kB"),
        render_kw={"accept": ".xlsx,.yaml,.yml,.json"},
    )


@importing.route("", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def index(org: str, id: UUID) -> ResponseReturnValue:
    """Read a file and lead to its preview, or list every problem it has; nothing of it is applied yet."""
    with reading() as database:
        at = opened(database, id)
    if at.head.archived_at:
        return redirect(url_for("setup.index", org=org, id=id))
    form = FileForm()
    problems: tuple[Placed, ...] = ()
    if form.validate_on_submit():
        try:
            kept = _read(at, form)
        except BadFile as bad:
            problems = bad.problems
        else:
            return redirect(url_for("imports.show", org=org, id=id, waiting=kept))
    return render_template("imports/index.html", **page(at), form=form, problems=_told(problems))


@importing.get("/<uuid:waiting>")
@allow(Action.MANAGE_ASSESSMENTS)
def show(org: str, id: UUID, waiting: UUID) -> ResponseReturnValue:
    """Show every change beside what is there now; `choose=theirs` presets the file's side of every conflict."""
    with reading() as database:
        at = opened(database, id)
    taken = None if request.args.get("choose") == _TAKE else ()
    return _show(at, waiting, taken)


@importing.post("/<uuid:waiting>")
@allow(Action.MANAGE_ASSESSMENTS)
def apply(org: str, id: UUID, waiting: UUID) -> ResponseReturnValue:
    """Apply everything at once; where something changed since the preview, show it anew with what was chosen."""
    with reading() as database:
        at = opened(database, id)
    form = VersionedForm()
    taken = {key for key, side in request.form.items() if side == _TAKE}
    if not form.validate_on_submit():
        return _show(at, waiting, taken)
    try:
        with writing() as database:
            imports.hold(database, at.head, waiting, by=person().id)
            pending = _pending(database, at, waiting)
            now = opened(database, id)
            if form.is_stale(now.head.revision):
                raise ChangedMeanwhile
            apply_all(database, now, pending.arrival, taken, person().id)
            imports.finish(database, pending)
            _record(database, at, pending)
    except (Stale, ChangedMeanwhile):
        with reading() as database:
            at = opened(database, id)
        return _show(at, waiting, taken, is_changed=True), 409
    notices.tell("import-applied")
    return redirect(way_in(id))


@importing.post("/<uuid:waiting>/drop")
@allow(Action.MANAGE_ASSESSMENTS)
def drop(org: str, id: UUID, waiting: UUID) -> ResponseReturnValue:
    """Forget a file that was not applied."""
    with writing() as database:
        at = opened(database, id)
        imports.drop(database, _pending(database, at, waiting))
    notices.tell("import-dropped")
    return redirect(url_for("imports.index", org=org, id=id))


def _read(at: Opened, form: FileForm) -> UUID:
    with closing(form.file.data) as file:
        data, name = file.read(LARGEST_UPLOAD + 1), tidy(file.filename)[-_LONGEST_FILE_NAME:]
    if len(data) > LARGEST_UPLOAD:
        raise refusal(name, problem("too-large", limit=f"{LARGEST_UPLOAD // 1000} kB"))
    with reading() as database:
        arrival = arrival_of(database, at, data, name)
    try:
        with writing() as database:
            return imports.keep(database, at.head, arrival, name=name, by=person().id)
    except IntegrityError:  # somebody deleted the assessment while the file was read
        abort(404)


def _show(at: Opened, waiting: UUID, taken: Collection[str] | None, *, is_changed: bool = False) -> str:
    with reading() as database:
        pending = _pending(database, at, waiting)
        kept = answers.all_of(database, at.head)
        whole = assessments.whole(database, at.head)
        library = imports.library(database, at.head.organization_id)
    named = replace(whole, documents=library | dict(whole.documents))
    found = preview(at.it, named, kept, pending.arrival, taken)
    form = VersionedForm(formdata=None, version=str(at.head.revision))
    return _page(at, pending, found, form, is_changed=is_changed)


def _page(at: Opened, pending: Pending, found: Preview, form: VersionedForm, *, is_changed: bool) -> str:
    return render_template(
        "imports/show.html",
        **page(at),
        pending=pending,
        preview=found,
        summary=told_of(found),
        unread=unread(pending.arrival),
        form=form,
        is_changed=is_changed,
        words=Reader(),
    )


def _pending(database: Session, at: Opened, waiting: UUID) -> Pending:
    """Find one's own import; anybody else's is not there, nor one that is more than a day old.

    One that was applied leads where applying it led: somebody pressed twice, or went back.
    """
    found = imports.find(database, at.head, waiting, by=person().id)
    if found is None and imports.was_applied(database, at.head, waiting, by=person().id):
        notices.tell("import-applied-before")
        abort(redirect(way_in(at.head.id)))
    if found is None or at.head.archived_at:
        abort(404)
    return found


def _record(database: Session, at: Opened, pending: Pending) -> None:
    named = {"assessment": str(at.head.id), "questionnaire": at.head.questionnaire, "file": pending.name}
    log.record(database, place().organization.id, Event.FILE_IMPORTED, actor=person().id, subject=None, **named)


def _told(problems: tuple[Placed, ...]) -> list[dict[str, str]]:
    """Say every problem in the reader's language, at its cell, or at its line and place."""
    language = Language(chosen())
    return [
        {"line": str(each.line or ""), "place": each.place, "says": say_on_page(each.problem, language)}
        for each in problems
    ]
