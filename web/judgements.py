"""What only a person can judge: whether gaps are systemic, a major that is declared, a grade over the rules'."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import Field, RadioField, SelectChoice, SelectField, TextAreaField, ValidationError

from people.access import Action
from scoring.answers import Answer, Declaration, Grade, Ground, PersonGrade, grounds_at
from scoring.assessment import Word
from scoring.systemic import Proposal, State
from store import answers, assessments, log
from store.answers import Change, Stale
from store.database import reading, writing
from store.heads import Head
from store.log import Event
from store.organizations import ChangedMeanwhile
from web import notices
from web.assessment_pages import page
from web.forms import VersionedForm, at_most, required, tidy
from web.judged import BY_THE_RULES, record_judgements
from web.language import _
from web.result_words import ResultWords
from web.rules import allow
from web.scored import Scored, scored
from web.visit import person
from words import N_

judgements = Blueprint("judgements", __name__, url_prefix="/o/<org>/judgements/<uuid:id>")

_LONGEST_REASON = 1000
_CONFIRM, _DISMISS, _LEAVE_OPEN = "confirm", "dismiss", "open"


def _reason(*checks: object) -> TextAreaField:
    every = [*checks, at_most(_LONGEST_REASON)]
    return TextAreaField(N_("Reason"), every, filters=[tidy])


class _ReasonedForm(VersionedForm):
    """A word of somebody's, with a reason where it needs one."""

    reason = _reason()
    needs_none: frozenset[str] = frozenset()
    word: Field

    def validate_reason(self, field: Field) -> None:
        if self.word.data not in self.needs_none and not field.data:
            raise ValidationError(_(N_("Say why. The report will state it")))


class ProposalForm(_ReasonedForm):
    word = RadioField(N_("Are these gaps one failure of the whole area?"))
    needs_none = frozenset({_CONFIRM, _LEAVE_OPEN})


class GradeForm(_ReasonedForm):
    word = RadioField(N_("Grade"))
    needs_none = frozenset({BY_THE_RULES})


class DeclarationForm(VersionedForm):
    ground = SelectField(N_("Ground"), coerce=Ground)
    section = SelectField(N_("Section"))
    reason = _reason(required(N_("Say what happened. The report will state it")))


@judgements.route("/proposals/<area>", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def propose(org: str, id: UUID, area: str) -> ResponseReturnValue:
    """Confirm gaps of an area as systemic, or dismiss that with a reason; either can be taken back."""
    at = _open(id)
    proposal = next((each for each in at.result.proposals if each.area == area), None)
    if proposal is None:
        abort(404)
    form = _proposal_form(at, proposal)
    if form.validate_on_submit():
        if form.is_stale(at.head.version):
            return _page("judgements/proposal.html", at, form=form, proposal=proposal, is_stale=True), 409
        words = {each: word for each, word in at.head.proposals.items() if each != area}
        if form.word.data != _LEAVE_OPEN:
            words[area] = Word(confirm=form.word.data == _CONFIRM, reason=form.reason.data or "")
        _keep(at.head, replace(at.head, proposals=words), Event.PROPOSAL_JUDGED, area=area, word=form.word.data)
        return redirect(url_for("results.gaps", org=org, id=id, _anchor="proposals"))
    return _page("judgements/proposal.html", at, form=form, proposal=proposal, is_stale=False)


@judgements.route("/declared", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def declare(org: str, id: UUID) -> ResponseReturnValue:
    """Declare a major that belongs to no item, with its ground."""
    at = _open(id)
    form = _declaration_form(at)
    if form.validate_on_submit():
        if form.is_stale(at.head.version):
            return _page("judgements/declared.html", at, form=form, is_stale=True), 409
        made = Declaration(form.ground.data, form.reason.data, form.section.data or None)
        declared = (*at.head.declared, made)
        _keep(at.head, replace(at.head, declared=declared), Event.MAJOR_DECLARED, ground=made.ground)
        return redirect(url_for("judgements.declare", org=org, id=id))
    return _page("judgements/declared.html", at, form=form, is_stale=False)


@judgements.post("/declared/<int:number>/withdraw")
@allow(Action.MANAGE_ASSESSMENTS)
def withdraw(org: str, id: UUID, number: int) -> ResponseReturnValue:
    at = _open(id)
    if number >= len(at.head.declared):
        abort(404)
    form = VersionedForm()
    if not form.validate_on_submit() or form.is_stale(at.head.version):
        raise ChangedMeanwhile
    left = tuple(each for place, each in enumerate(at.head.declared) if place != number)
    ground = at.head.declared[number].ground
    _keep(at.head, replace(at.head, declared=left), Event.DECLARATION_WITHDRAWN, "declaration-withdrawn", ground=ground)
    return redirect(url_for("judgements.declare", org=org, id=id))


@judgements.route("/grades/<item>", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def grade(org: str, id: UUID, item: str) -> ResponseReturnValue:
    """Grade the gap of an answered item over what the rules say, with a reason."""
    at = _open(id)
    standing = at.result.standings.get(item)
    if standing is None or not standing.is_answered:
        abort(404)
    with reading() as database:
        kept = answers.find(database, at.head, item)
    form = _grade_form(kept.answer, kept.version)
    if form.validate_on_submit():
        try:
            if form.is_stale(kept.version):
                raise Stale(kept)
            with writing() as database:
                _grade(database, at.head, item, kept, form)
        except Stale:
            return _page("judgements/grade.html", at, form=form, item=item, is_stale=True), 409
        notices.tell("saved")
        return redirect(url_for("results.gaps", org=org, id=id, _anchor=item))
    return _page("judgements/grade.html", at, form=form, item=item, is_stale=False)


def _open(id: UUID) -> Scored:
    with reading() as database:
        return scored(database, id)


def _keep(head: Head, judged: Head, event: Event, notice: str = "saved", **details: str) -> None:
    with writing() as database:
        assessments.judge(database, head, judged)
        log.record(database, head.organization_id, event, actor=person().id, subject=head.id, **details)
    notices.tell(notice)


def _grade(database: Session, head: Head, item: str, kept: answers.Kept, form: GradeForm) -> None:
    chosen = form.word.data
    graded = None if chosen == BY_THE_RULES else PersonGrade(Grade(chosen), form.reason.data or "")
    change = Change(item=item, answer=replace(kept.answer, grade=graded), base=kept.version, by=person().id)
    graded_now = answers.save(database, head, replace(change, check_again=kept.check_again))
    record_judgements(database, head, kept.answer, graded_now)


def _proposal_form(at: Scored, proposal: Proposal) -> ProposalForm:
    now = {State.CONFIRMED: _CONFIRM, State.DISMISSED: _DISMISS}.get(proposal.state)
    form = ProposalForm(word=now or _DISMISS, reason=proposal.reason, version=str(at.head.version))
    form.word.choices = [
        SelectChoice(value=_CONFIRM, label=_("Systemic: they count as one major")),
        SelectChoice(value=_DISMISS, label=_("Not systemic: they stay minor")),
    ]
    if now:
        form.word.choices.append(SelectChoice(value=_LEAVE_OPEN, label=_("Leave it open again")))
    return form


def _declaration_form(at: Scored) -> DeclarationForm:
    words = ResultWords(at)
    form = DeclarationForm(version=str(at.head.version))
    form.ground.choices = [
        SelectChoice(value=str(each), label=words.ground(each)) for each in grounds_at(at.head.audit)
    ]
    sections = [SelectChoice(value=each.id, label=words.say(each.title)) for each in at.it.sections]
    form.section.choices = [SelectChoice(value="", label=_("No particular section")), *sections]
    return form


def _grade_form(answer: Answer, version: int) -> GradeForm:
    graded = answer.grade
    form = GradeForm(
        word=graded.grade.value if graded else BY_THE_RULES,
        reason=graded.reason if graded else "",
        version=str(version),
    )
    form.word.choices = [
        SelectChoice(value=BY_THE_RULES, label=_("As the rules say")),
        SelectChoice(value=Grade.MAJOR.value, label=_("Major")),
        SelectChoice(value=Grade.MINOR.value, label=_("Minor")),
    ]
    return form


def _page(template: str, at: Scored, **more: object) -> str:
    words = ResultWords(at)
    known = page(at, **{"results.gaps": len(at.result.gaps)})
    return render_template(template, **known, result=at.result, words=words, ways=words.ways, **more)
