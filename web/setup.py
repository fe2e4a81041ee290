"""The set-up of an assessment: what is stated about it as a whole, its archive, its end."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField, StringField

from people.access import Action
from scoring.targets import Target, aim
from store import assessments, listings, log
from store.database import reading, writing
from store.heads import Head
from store.log import Event
from store.organizations import ChangedMeanwhile
from web import notices
from web.aims import READINGS, rungs
from web.assessment_forms import HeaderForm, filled_from
from web.assessment_pages import Opened, opened, page
from web.forms import VersionedForm, tidy
from web.labels import label
from web.language import _, current
from web.rules import allow
from web.visit import person, place
from web.wording import Reader
from words import N_

# Endpoint, label, what is found there
_WAYS_ON = (
    ("workbooks.index", N_("Take it out as a workbook"), N_("To be filled in with Excel, WPS or LibreOffice")),
    ("imports.index", N_("Bring a file in"), N_("A workbook or an assessment file; you see every change first")),
    ("moves.index", N_("Move it to another version"), N_("As a new assessment; this one stays as it is")),
)
setup = Blueprint("setup", __name__, url_prefix="/o/<org>/setup/<uuid:id>")
_MOST_OFFERED = 20


class SetupForm(VersionedForm, HeaderForm):
    """The header as it is, with the assessment it goes on from."""

    previous = SelectField(
        N_("Assessment of the last period"),
        description=N_("What changed since then is told from it"),
    )

    def offer_previous(self, others: Mapping[UUID, str], head: Head) -> None:
        """Offer the other assessments against the same questionnaire, by their names."""
        named = [(str(each), title) for each, title in others.items() if each != head.id]
        self.previous.choices = [
            SelectChoice(value=v, label=t) for v, t in [("", _(N_("No earlier assessment"))), *named]
        ]


class StepForm(VersionedForm):
    """What is pressed belongs to what was shown."""

    def check(self, head: Head) -> None:
        if self.is_stale(head.version):
            raise ChangedMeanwhile


class DeleteForm(StepForm):
    title = StringField(N_("Name of the assessment"), filters=[tidy], render_kw={"autocomplete": "off"})


@setup.route("", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def index(org: str, id: UUID) -> ResponseReturnValue:
    """State the header anew; another level or reading keeps every answer."""
    with reading() as database:
        at = opened(database, id)
        others = _others(database, at)
    if at.head.archived_at:
        return _archived_page(at, StepForm(version=str(at.head.version)))
    form = _form(at, others)
    if not form.validate_on_submit():
        return _page(at, form)
    if form.is_stale(at.head.version):
        return _page(at, form, theirs=at.head), 409
    _change(at, form)
    notices.tell("saved")
    return redirect(url_for("setup.index", org=org, id=id))


@setup.route("/archive", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def archive(org: str, id: UUID) -> ResponseReturnValue:
    at = _open(id)
    if at.head.archived_at:
        return redirect(url_for("setup.index", org=org, id=id))
    form = StepForm(version=str(at.head.version))
    if form.validate_on_submit():
        form.check(at.head)
        with writing() as database:
            assessments.archive(database, at.head)
            _record(database, Event.ASSESSMENT_ARCHIVED, at.head)
        notices.tell("assessment-archived")
        return redirect(url_for("organizations.home", org=org))
    return render_template("setup/archive.html", **page(at), form=form)


@setup.post("/restore")
@allow(Action.MANAGE_ASSESSMENTS)
def restore(org: str, id: UUID) -> ResponseReturnValue:
    at = _open(id)
    form = StepForm()
    if at.head.archived_at and form.validate_on_submit():
        form.check(at.head)
        with writing() as database:
            assessments.restore(database, at.head)
            _record(database, Event.ASSESSMENT_RESTORED, at.head)
        notices.tell("assessment-restored")
    return redirect(url_for("setup.index", org=org, id=id))


@setup.route("/delete", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def delete(org: str, id: UUID) -> ResponseReturnValue:
    """Delete what lies in the archive, once its name is typed."""
    at = _open(id)
    if not at.head.archived_at:
        return redirect(url_for("setup.archive", org=org, id=id))
    form = DeleteForm(version=str(at.head.version))
    if form.validate_on_submit():
        if form.title.data == tidy(at.head.title):
            form.check(at.head)
            with writing() as database:
                assessments.delete_for_good(database, at.head)
                _record(database, Event.ASSESSMENT_DELETED, at.head)
            notices.tell("assessment-deleted")
            return redirect(url_for("assessments.archived", org=org))
        form.title.errors = [_(N_("This is not its name. Type %(title)s"), title=at.head.title)]
    return render_template("setup/delete.html", **page(at), form=form)


def _open(id: UUID) -> Opened:
    with reading() as database:
        return opened(database, id)


def _others(database: Session, at: Opened) -> dict[UUID, str]:
    """Name the assessments that can be the last period, the one that is it already among them, however old."""
    organization, chosen = at.head.organization_id, at.head.previous_id
    latest = listings.of_questionnaire(database, organization, at.it.id, limit=_MOST_OFFERED + 1)
    return {each.id: each.title for each in latest} | (
        listings.titles(database, organization, [chosen]) if chosen else {}
    )


def _form(at: Opened, others: Mapping[UUID, str]) -> SetupForm:
    previous = str(at.head.previous_id or "")
    form = SetupForm(data=filled_from(at.head) | {"previous": previous, "version": str(at.head.version)})
    form.offer(at.version)
    form.offer_previous(others, at.head)
    return form


def _change(at: Opened, form: SetupForm) -> None:
    header = form.stated(
        _not_asked(at.head) | {"previous_id": UUID(form.previous.data) if form.previous.data else None}
    )
    target = aim(at.it, header.level, header.reading)
    with writing() as database:
        assessments.change(database, at.head, header, asked=target.by_id)
        _record(database, Event.ASSESSMENT_CHANGED, at.head)
        if (was := _plain(at.target)) != (is_now := _plain(target)):
            _record(database, Event.ASSESSMENT_AIMED, at.head, before=was, after=is_now)


def _not_asked(head: Head) -> dict[str, object]:
    """Give what this form leaves as it is."""
    kept = ("questionnaire", "follow_ups_stated", "declared", "proposals", "actions", "moved_from_id")
    return {name: getattr(head, name) for name in kept}


def _plain(target: Target) -> str:
    return f"{target.level} {target.reading}" if target.level else ""


def _record(database: Session, event: Event, head: Head, **details: str) -> None:
    named = {"assessment": str(head.id), "questionnaire": head.questionnaire, **details}
    log.record(database, place().organization.id, event, actor=person().id, subject=None, **named)


def _page(at: Opened, form: SetupForm, theirs: Head | None = None) -> str:
    """Draw the form; `theirs` is what somebody else saved meanwhile."""
    said = current().list(_said(at, theirs)) if theirs else ""
    return render_template(
        "setup/index.html",
        **page(at),
        form=form,
        theirs_now=said,
        rungs=rungs(at.version, at.target),
        readings=READINGS,
        ways=_ways_on(at),
        words=Reader(),
    )


def _ways_on(at: Opened) -> list[tuple[str, str, str]]:
    known = [each for each in _WAYS_ON if each[0] in current_app.view_functions]
    slug = place().organization.slug
    return [(_(text), url_for(endpoint, org=slug, id=at.head.id), _(hint)) for endpoint, text, hint in known]


def _said(at: Opened, head: Head) -> list[str]:
    """Say what is stated about an assessment now, leaving out what is empty."""
    day = current().date(head.assessed_on) if head.assessed_on else ""
    named = [label(head.size), label(head.audit), head.rules]
    target = Reader().target_name(at.it, head.level, head.reading)
    stated = [head.title, target, head.name_zh, head.name_en, day, head.department, *head.people, *named]
    return [each for each in stated if each]


def _archived_page(at: Opened, form: StepForm) -> str:
    return render_template("setup/archived.html", **page(at), form=form, ways=_ways_on(at), words=Reader())
