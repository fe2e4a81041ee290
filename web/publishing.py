"""A certification body's own questionnaires: upload a draft, publish it, retire it, delete a draft."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField, TextAreaField

from files.library import shipped
from files.placing import BadFile, Placed
from files.uploads import LARGEST_UPLOAD, parse_upload
from people.access import Action, roles_for
from store import log
from store import questionnaires as stored
from store.database import reading, writing
from store.log import Event
from store.organizations import ChangedMeanwhile
from store.questionnaires import AlreadyThere, Held, TooManyVersions
from surveys.questionnaire import Questionnaire, Status
from surveys.sentences import say_on_page
from surveys.text import Language
from web import notices, shelf
from web.forms import VersionedForm, at_most, required, tidy
from web.language import _, chosen
from web.rules import allow
from web.visit import person, place
from words import N_

publishing = Blueprint("publishing", __name__, url_prefix="/o/<org>/questionnaires")
_LONGEST_REASON = 500


class StepForm(VersionedForm):
    """What is pressed belongs to what was shown."""

    def check(self, held: Held) -> None:
        if self.is_stale(held.version):
            raise ChangedMeanwhile


class UploadForm(StepForm):
    file = FileField(
        N_("Questionnaire file"),
        [required(N_("Choose a file"))],
        description=N_("One YAML file, up to 900 kB"),
        render_kw={"accept": ".yaml,.yml"},
    )


def _reason(label: str, language: str) -> TextAreaField:
    checks = [required(N_("Say why, in both languages")), at_most(_LONGEST_REASON)]
    return TextAreaField(label, checks, filters=[tidy], render_kw={"lang": language})


class RetireForm(StepForm):
    zh = _reason(N_("Why, in Chinese"), "zh")
    en = _reason(N_("Why, in English"), "en")
    replaced_by = SelectField(N_("What replaces it"))


@publishing.route("/upload", methods=["GET", "POST"])
@allow(Action.MANAGE_QUESTIONNAIRES)
def upload(org: str) -> ResponseReturnValue:
    """Take a file as a new draft, or list every problem it has; nothing of a bad one is kept."""
    return _take(UploadForm(), None)


@publishing.route("/<id>/<version>/replace", methods=["GET", "POST"])
@allow(Action.MANAGE_QUESTIONNAIRES)
def replace(org: str, id: str, version: str) -> ResponseReturnValue:
    """Take a corrected file in the place of a draft."""
    held = _held(id, version, Status.DRAFT)
    return _take(UploadForm(version=str(held.version)), held)


@publishing.route("/<id>/<version>/publish", methods=["GET", "POST"])
@allow(Action.MANAGE_QUESTIONNAIRES)
def publish(org: str, id: str, version: str) -> ResponseReturnValue:
    """Publish a draft; where two people may, one proposes and another one confirms."""
    held = _held(id, version, Status.DRAFT)
    form = StepForm(version=str(held.version))
    with reading() as database:
        text = stored.text_of(database, held)
        needs_second = _needs_second(database)
    waits = needs_second and held.proposed_by == person().id
    problems: tuple[Placed, ...] = ()
    try:
        _parsed(text)
    except BadFile as bad:
        problems = bad.problems
    if not waits and not problems and form.validate_on_submit():
        form.check(held)
        return _go_one_step(held)
    return render_template(
        "publishing/publish.html",
        form=form,
        held=held,
        needs_second=needs_second,
        waits=waits,
        problems=_told(problems),
    )


@publishing.route("/<id>/<version>/retire", methods=["GET", "POST"])
@allow(Action.MANAGE_QUESTIONNAIRES)
def retire(org: str, id: str, version: str) -> ResponseReturnValue:
    held = _held(id, version, Status.PUBLISHED)
    form = RetireForm(version=str(held.version))
    form.replaced_by.choices = _replacements(held)
    if form.validate_on_submit():
        form.check(held)
        with writing() as database:
            stored.retire(
                database, held, zh=form.zh.data or "", en=form.en.data or "", replaced_by=form.replaced_by.data or None
            )
            _record(database, Event.QUESTIONNAIRE_RETIRED, held.full_name, held.checksum)
        notices.tell("questionnaire-retired")
        return _to(held.name, held.edition)
    return render_template("publishing/retire.html", form=form, held=held)


@publishing.route("/<id>/<version>/delete", methods=["GET", "POST"])
@allow(Action.MANAGE_QUESTIONNAIRES)
def delete(org: str, id: str, version: str) -> ResponseReturnValue:
    """Delete a draft; what was published stays for good."""
    held = _held(id, version, Status.DRAFT)
    form = StepForm(version=str(held.version))
    if form.validate_on_submit():
        form.check(held)
        with writing() as database:
            stored.discard(database, held)
            _record(database, Event.QUESTIONNAIRE_DELETED, held.full_name, held.checksum)
        notices.tell("questionnaire-deleted")
        return redirect(url_for("questionnaires.index", org=org))
    return render_template("publishing/delete.html", form=form, held=held)


def _take(form: UploadForm, held: Held | None) -> ResponseReturnValue:
    problems: tuple[Placed, ...] = ()
    if form.validate_on_submit():
        text = form.file.data.read(LARGEST_UPLOAD + 1)
        try:
            found = _parsed(text)
        except BadFile as bad:
            problems = bad.problems
        else:
            if (problem := _kept(found, text, form, held)) is None:
                notices.tell("questionnaire-uploaded")
                return _to(found.id, found.version)
            form.file.errors = [problem]
    return render_template("publishing/upload.html", form=form, held=held, problems=_told(problems))


def _parsed(text: bytes) -> Questionnaire:
    """Check a file as one of this organisation's. Raise BadFile with every problem found."""
    organization = place().organization
    with reading() as database:
        found, _altered = shelf.versions(database, organization.id, with_drafts=False)
    own = [each.it for each in found if each.is_own]
    return parse_upload(text, owner=organization.slug, rules=shipped().rule_names(), published=own)


def _kept(found: Questionnaire, text: bytes, form: UploadForm, held: Held | None) -> str | None:
    """Keep a good file as a draft, or say why it cannot be kept."""
    if held is not None and found.name != held.full_name:
        return _(N_("This file is %(found)s; the draft is %(draft)s"), found=found.name, draft=held.full_name)
    try:
        with writing() as database:
            if held is not None:
                form.check(held)
                stored.replace_text(database, held, text=text, uploaded_by=person().id)
                _record(database, Event.QUESTIONNAIRE_REPLACED, found.name, stored.checksum(text))
            else:
                _keep(database, found, text)
    except AlreadyThere:
        return _(N_("%(name)s is here already. Replace a draft on its own page; a correction is a new version"),
                 name=found.name)  # fmt: skip
    except TooManyVersions:
        return _(N_("There are %(most)s versions, and no room for more. Delete drafts you do not need"),
                 most=stored.MOST_VERSIONS)  # fmt: skip
    return None


def _keep(database: Session, found: Questionnaire, text: bytes) -> None:
    organization_id: UUID = place().organization.id
    stored.keep(database, organization_id, name=found.id, edition=found.version, text=text, uploaded_by=person().id)
    _record(database, Event.QUESTIONNAIRE_UPLOADED, found.name, stored.checksum(text))


def _go_one_step(held: Held) -> ResponseReturnValue:
    """Propose, or publish where somebody else has proposed or nobody else could."""
    with writing() as database:
        is_last = held.proposed_by not in {None, person().id} or not _needs_second(database)
        if is_last:
            stored.publish(database, held, person().id)
        else:
            stored.propose(database, held, person().id)
        event = Event.QUESTIONNAIRE_PUBLISHED if is_last else Event.QUESTIONNAIRE_PROPOSED
        _record(database, event, held.full_name, held.checksum)
    notices.tell("questionnaire-published" if is_last else "questionnaire-proposed")
    return _to(held.name, held.edition)


def _needs_second(database: Session) -> bool:
    return stored.needs_second(database, place().organization.id, roles_for(Action.MANAGE_QUESTIONNAIRES))


def _record(database: Session, event: Event, name: str, checksum: str) -> None:
    log.record(database, place().organization.id, event, actor=person().id, questionnaire=name, checksum=checksum)


def _held(id: str, version: str, status: Status) -> Held:
    """Find a version of this organisation in the state that is asked for."""
    with reading() as database:
        found = stored.find(database, place().organization.id, id, version)
    if found is None or found.status is not status:
        abort(404)
    return found


def _replacements(held: Held) -> list[SelectChoice]:
    with reading() as database:
        found, _altered = shelf.versions(database, place().organization.id, with_drafts=False)
    language = Language(chosen())
    others = [each.it for each in found if each.it.status is Status.PUBLISHED and each.it.name != held.full_name]
    named = [SelectChoice(value=it.name, label=f"{it.title.within(language)} {it.version}") for it in others]
    return [SelectChoice(value="", label=_(N_("Nothing"))), *named]


def _told(problems: tuple[Placed, ...]) -> list[dict[str, str]]:
    """Say every problem in the reader's language: line, item, place, what is wrong and what would be right."""
    language = Language(chosen())
    return [
        {
            "line": str(each.line or ""),
            "item": each.item or "",
            "place": each.place,
            "says": say_on_page(each.problem, language),
        }
        for each in problems
    ]


def _to(id: str, version: str) -> ResponseReturnValue:
    assert request.view_args is not None
    return redirect(url_for("questionnaires.show", org=request.view_args["org"], id=id, version=version))
