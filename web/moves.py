"""Moving an assessment to another version of its questionnaire: preview, a new assessment, undo."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from answering.carrying import Carriage, carry
from files.library import shipped
from people.access import Action
from scoring.answers import Answers
from scoring.targets import aim
from store import answers, assessments, carrying, imports, log, moves
from store.database import reading, writing
from store.heads import Head
from store.log import Event
from store.organizations import ChangedMeanwhile
from surveys.questionnaire import Status
from surveys.text import each_language
from web import notices, shelf
from web.assessment_forms import LONGEST_TITLE
from web.assessment_pages import Opened, opened, page, way_in
from web.forms import VersionedForm, line, required
from web.language import _
from web.move_preview import FATES, header_for, preview
from web.rules import allow
from web.shelf import Version
from web.visit import person, place
from web.wording import Reader
from words import N_

moving = Blueprint("moves", __name__, url_prefix="/o/<org>/moves/<uuid:id>")


class MoveForm(VersionedForm):
    title = line(N_("Name of the new assessment"), required(N_("Enter a name")), longest=LONGEST_TITLE)


@dataclass(frozen=True)
class _Move:
    """What moving would carry where."""

    at: Opened
    new: Version
    stated: Answers
    carriage: Carriage


@moving.get("")
@allow(Action.MANAGE_ASSESSMENTS)
def index(org: str, id: UUID) -> ResponseReturnValue:
    """Offer the versions to move to, and tell where this one came from or went."""
    with reading() as database:
        at = opened(database, id)
        offered = _offered(database, at)
        before = assessments.find(database, at.head.organization_id, at.head.moved_from_id or id)
        after = moves.moved_to(database, at.head)
    came_from = before if at.head.moved_from_id else None
    return render_template(
        "moves/index.html", **page(at), offered=offered, came_from=came_from, moved_to=after, words=Reader()
    )


@moving.route("/<target>/<version>", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def move(org: str, id: UUID, target: str, version: str) -> ResponseReturnValue:
    """Show item by item what becomes of the answers, then make the new assessment; this one stays as it is."""
    with reading() as database:
        found = _moved(database, id, target, version)
        documents = imports.library(database, found.at.head.organization_id)
    revision = found.at.head.revision
    form = MoveForm(version=str(revision), title=_title(found))
    if form.validate_on_submit():
        if not form.is_stale(revision):
            return _begin(org, found, form.title.data or "")
        form.form_errors = [_(N_("Answers were changed since this was shown. Look at it again, then move."))]
    shown = preview(found.at.it, found.new.it, found.stated, found.carriage, documents)
    return render_template(
        "moves/move.html", **page(found.at), form=form, new=found.new, preview=shown, fates=FATES, words=Reader()
    ), (409 if form.form_errors else 200)


@moving.route("/undo", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def undo(org: str, id: UUID) -> ResponseReturnValue:
    """Delete an assessment that a move made, after asking; the one it came from is as it was."""
    with reading() as database:
        at = opened(database, id)
        changed = moves.changed_since(database, at.head)
    if at.head.moved_from_id is None:
        abort(404)
    form = VersionedForm(version=str(at.head.revision))
    if form.validate_on_submit():
        if form.is_stale(at.head.revision):
            raise ChangedMeanwhile
        with writing() as database:
            before = assessments.find(database, at.head.organization_id, at.head.moved_from_id)
            assessments.delete_for_good(database, at.head)
            _record(database, Event.ASSESSMENT_DELETED, at.head)
        notices.tell("move-undone")
        return redirect(way_in(before.id) if before else url_for("organizations.home", org=org))
    return render_template("moves/undo.html", **page(at), form=form, changed=changed)


def _offered(database: Session, at: Opened) -> list[Version]:
    """Give the published versions of the same questionnaire, and those a map leads to."""
    found, _altered = shelf.versions(database, at.head.organization_id, with_drafts=False)
    mapped = {each.new for each in shipped().item_maps() if each.old == at.it.name}
    return [
        each
        for each in found
        if each.it.name != at.it.name
        and each.it.status is Status.PUBLISHED
        and (each.it.id == at.it.id or each.it.name in mapped)
    ]


def _moved(database: Session, id: UUID, target: str, version: str) -> _Move:
    at = opened(database, id)
    new = next((each for each in _offered(database, at) if each.it.name == f"{target}@{version}"), None)
    if new is None or at.head.archived_at:
        abort(404)
    kept = answers.all_of(database, at.head)
    stated = {item: each.answer for item, each in kept.items()}
    unsettled = {item: each.check_again for item, each in kept.items() if each.check_again}
    item_map = shipped().item_map(at.it.name, new.it.name)
    return _Move(at, new, stated, carry(at.it, new.it, stated, item_map=item_map, unsettled=unsettled))


def _begin(org: str, it: _Move, title: str) -> ResponseReturnValue:
    """Make the new assessment with everything that is carried, in one transaction."""
    earlier = it.at.head
    header = header_for(earlier, it.at.it, it.new.it, it.carriage, title)
    asked = aim(it.new.it, header.level, header.reading).by_id
    with writing() as database:
        head = assessments.found(database, earlier.organization_id, header, applicable=len(asked), by=person().id)
        carrying.arrive(database, head, it.carriage, asked=asked, by=person().id)
        moves.copy_follow_ups(database, head, earlier)
        sources = {each.item: each.sources for each in it.carriage.items}
        moves.move_responsibilities(database, head, earlier, sources)
        _record(database, Event.ASSESSMENT_MOVED, head, came_from=str(earlier.id))
    notices.tell("assessment-moved")
    return redirect(url_for("moves.index", org=org, id=head.id))


def _title(it: _Move) -> str:
    """Propose the old name with the new edition's in it, or, where the edition is not in it, with what it moves to."""
    title = it.at.head.title
    named = _(N_("%(title)s (%(version)s)"), title=title, version=it.new.it.name)
    for language, edition in each_language(it.at.it.title):
        if edition in title and it.new.it.id != it.at.it.id:
            named = title.replace(edition, it.new.it.title.within(language))
    return named if len(named) <= LONGEST_TITLE else title


def _record(database: Session, event: Event, head: Head, **details: str) -> None:
    named = {"assessment": str(head.id), "questionnaire": head.questionnaire, **details}
    log.record(database, place().organization.id, event, actor=person().id, subject=None, **named)
