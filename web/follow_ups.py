"""Last period's observations and nonconformities: stated, listed, verified; web/taking_over.py brings them over."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, Field, Form, RadioField, SelectChoice, TextAreaField

from people.access import Action
from scoring.answers import Grade
from scoring.assessment import FindingKind, FollowUp, Verification
from store import follow_ups as stored
from store import log
from store.database import reading, writing
from store.follow_ups import Finding
from store.log import Event
from store.organizations import ChangedMeanwhile
from web import notices
from web.assessment_pages import Opened, opened, page
from web.at_items import is_open
from web.days import DayField, within_reach
from web.finding_history import GRADES, RESULTS, entries
from web.forms import LONGEST_TEXT, Check, PlumblineForm, VersionedForm, at_most, line, required, tidy_text
from web.language import _
from web.rules import allow
from web.visit import person, place
from words import N_

follow_ups = Blueprint("follow_ups", __name__, url_prefix="/o/<org>/follow-ups/<uuid:id>")


def _passage(label: str, *checks: Check, hint: str = "") -> TextAreaField:
    return TextAreaField(label, [*checks, at_most(LONGEST_TEXT)], filters=[tidy_text], description=hint)


def _if_closed(form: Form, field: Field) -> None:
    if form["closed"].data:
        required(N_("A finding is closed by evidence: say what shows it"))(form, field)


class FindingForm(VersionedForm):
    """A finding, what was done about it, and how that was verified."""

    text = _passage(N_("What was found"), required(N_("Say what was found")))
    clause = line(N_("Clause or item"), longest=80)
    grade = RadioField(N_("Grade"), validate_choice=False)
    action = _passage(N_("What was done about it"))
    evidence = _passage(
        N_("Evidence"), _if_closed, hint=N_("What shows it: a document with its number, a record with its date")
    )
    result = RadioField(N_("What the verification came to"), default=Verification.NOT_VERIFIED.value)
    verified_by = line(N_("Verified by"))
    verified_on = DayField(N_("Verified on"), (within_reach,))
    closed = BooleanField(N_("Closed"), description=N_("A finding is closed when evidence shows that it was solved"))

    def offer(self, kind: FindingKind) -> None:
        """Ask for the grade of a nonconformity; an observation has none."""
        self.result.choices = [SelectChoice(value=each.value, label=_(text)) for each, text in RESULTS.items()]
        self.grade.choices = [SelectChoice(value=each.value, label=_(text)) for each, text in GRADES.items()]
        if kind is FindingKind.OBSERVATION:
            del self.grade

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if self.grade is not None and self.grade.data not in set(Grade):
            self.grade.errors = [_(N_("A nonconformity needs its grade"))]
        if self.closed.data and self.result.data == Verification.NOT_EFFECTIVE.value:
            self.closed.errors = [_(N_("What was not effective did not close it"))]
        return is_valid and not self.errors

    def stated(self, kind: FindingKind) -> FollowUp:
        return FollowUp(
            kind=kind,
            text=self.text.data or "",
            grade=Grade(self.grade.data) if self.grade is not None else None,
            clause=self.clause.data or "",
            action=self.action.data or "",
            closed=self.closed.data,
            result=Verification(self.result.data),
            evidence=self.evidence.data or "",
            verified_by=self.verified_by.data or "",
            verified_on=self.verified_on.data,
        )


@follow_ups.get("")
@allow(Action.SEE_ASSESSMENTS)
def index(org: str, id: UUID) -> ResponseReturnValue:
    with reading() as database:
        at = opened(database, id)
        found = stored.listed(database, at.head)
        past = stored.history(database, at.head)
    return render_template(
        "follow_ups/index.html",
        **_page(at),
        form=PlumblineForm(),
        blocks=[(kind, [each for each in found if each.it.kind is kind]) for kind in _in_order()],
        count=len(found),
        past={finding: entries(changed) for finding, changed in past.items()},
    )


@follow_ups.post("/state")
@allow(Action.ANSWER)
def state(org: str, id: UUID) -> ResponseReturnValue:
    """State that there were none, or that nobody has listed them."""
    with writing() as database:
        at = opened(database, id)
        if not stored.state_none(database, at.head, stated=request.form.get("state") == "none"):
            raise ChangedMeanwhile
        _record(database, Event.FOLLOW_UPS_STATED, at)
    notices.tell("saved")
    return redirect(url_for("follow_ups.index", org=org, id=id))


@follow_ups.route("/new/<kind>", methods=["GET", "POST"])
@allow(Action.ANSWER)
def new(org: str, id: UUID, kind: str) -> ResponseReturnValue:
    if kind not in set(FindingKind):
        abort(404)
    with reading() as database:
        at = opened(database, id)
    form = FindingForm()
    form.offer(FindingKind(kind))
    if form.validate_on_submit():
        with writing() as database:
            stored.add(database, at.head, form.stated(FindingKind(kind)), by=person().id)
            _record(database, Event.FOLLOW_UP_ADDED, at)
        notices.tell("saved")
        return redirect(url_for("follow_ups.index", org=org, id=id))
    return _edit_page(at, form, FindingKind(kind))


@follow_ups.route("/<uuid:finding>", methods=["GET", "POST"])
@allow(Action.ANSWER)
def edit(org: str, id: UUID, finding: UUID) -> ResponseReturnValue:
    at, found = _found(id, finding)
    form = _form(found)
    if form.validate_on_submit():
        if form.is_stale(found.version):
            return _edit_page(at, form, found.it.kind, found, is_stale=True), 409
        try:
            with writing() as database:
                stored.change(database, at.head, found, form.stated(found.it.kind), by=person().id)
                _record(database, Event.FOLLOW_UP_CHANGED, at)
        except ChangedMeanwhile:
            at, found = _found(id, finding)
            form.is_stale(found.version)
            return _edit_page(at, form, found.it.kind, found, is_stale=True), 409
        notices.tell("saved")
        return redirect(url_for("follow_ups.index", org=org, id=id))
    return _edit_page(at, form, found.it.kind, found)


@follow_ups.post("/<uuid:finding>/remove")
@allow(Action.ANSWER)
def remove(org: str, id: UUID, finding: UUID) -> ResponseReturnValue:
    at, found = _found(id, finding)
    if request.form.get("version") != str(found.version):
        raise ChangedMeanwhile
    with writing() as database:
        stored.remove(database, at.head, found)
        _record(database, Event.FOLLOW_UP_DELETED, at)
    notices.tell("finding-removed")
    return redirect(url_for("follow_ups.index", org=org, id=id))


def _form(found: Finding) -> FindingForm:
    it = found.it
    kept = {name: getattr(it, name) for name in FollowUp.__slots__}
    grade, result = (it.grade.value if it.grade else None), it.result.value
    form = FindingForm(**kept | {"grade": grade, "result": result, "version": str(found.version)})
    form.offer(it.kind)
    return form


def _found(id: UUID, finding: UUID) -> tuple[Opened, Finding]:
    with reading() as database:
        at = opened(database, id)
        found = stored.find(database, at.head, finding)
    if found is None:
        abort(404)
    return at, found


def _edit_page(
    at: Opened, form: FindingForm, kind: FindingKind, found: Finding | None = None, *, is_stale: bool = False
) -> str:
    return render_template("follow_ups/edit.html", **_page(at), form=form, kind=kind, found=found, is_stale=is_stale)


def _page(at: Opened) -> dict[str, Any]:
    return page(at) | {"is_open": is_open(at.head), "results": {each: _(text) for each, text in RESULTS.items()}}


def _in_order() -> tuple[FindingKind, FindingKind]:
    """Observations come first, as in the form (R1.30)."""
    return FindingKind.OBSERVATION, FindingKind.NONCONFORMITY


def _record(database: Session, event: Event, at: Opened) -> None:
    log.record(database, place().organization.id, event, actor=person().id, assessment=str(at.head.id))
