"""Departments: what they do, who answers for them, and a set to start with."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from people.access import Action
from store import departments as stored
from store import log, organizations
from store.database import reading, writing
from store.departments import Department, NameTaken
from store.log import Event
from store.organizations import ChangedMeanwhile, Member
from surveys.text import Text
from web import notices, shelf
from web.forms import PlumblineForm, VersionedForm, line, required
from web.language import _
from web.rules import allow
from web.visit import person, place
from web.wording import Reader
from words import N_

departments = Blueprint("departments", __name__, url_prefix="/o/<org>/departments")


class BoxesField(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def boxes(label: str, hint: str) -> BoxesField:
    """Offer boxes; what is no longer there is left out by whoever keeps it, not complained about."""
    return BoxesField(label, description=hint, validate_choice=False)


class DepartmentForm(VersionedForm):
    name = line(N_("Name of the department"), required(N_("Enter a name")), autocomplete="off")
    members = boxes(N_("Who answers for it"), N_("They find its items under “Mine”"))
    functions = boxes(N_("What it does"), N_("Questionnaires propose items by these words"))

    def offer(self, members: list[Member]) -> None:
        """Offer the members of the organisation, and the words questionnaires use for owners."""
        self.members.choices = [(str(each.person.id), each.person.name) for each in members]
        words = Reader()
        self.functions.choices = [(each, words.capital(words.say(name))) for each, name in known_functions().items()]

    @property
    def chosen_members(self) -> list[UUID]:
        known = {value for value, _label in self.members.choices}
        return [UUID(each) for each in self.members.data or () if each in known]

    @property
    def chosen_functions(self) -> list[str]:
        return [each for each in self.functions.data or () if each in known_functions()]


def known_functions() -> dict[str, Text]:
    """Give the words that the library's questionnaires use for owners of items, by their id."""
    return {each.id: each.name for version in shelf.library() for each in version.it.owners}


def function_names(of: Department) -> list[str]:
    words, known = Reader(), known_functions()
    return [words.capital(words.say(known[each])) for each in of.functions if each in known]


@departments.get("")
@allow(Action.SEE_ASSESSMENTS)
def index(org: str) -> ResponseReturnValue:
    organization = place().organization
    with reading() as database:
        rows = stored.all_of(database, organization.id)
        archived = stored.all_of(database, organization.id, archived=True)
        names = {each.person.id: each.person.name for each in organizations.members(database, organization.id)}
    return render_template(
        "departments/index.html", rows=rows, archived=archived, names=names, function_names=function_names,
        start=_start_set(), form=PlumblineForm(),
    )  # fmt: skip


@departments.post("/start")
@allow(Action.MANAGE_DEPARTMENTS)
def start(org: str) -> ResponseReturnValue:
    """Add the departments chosen from the start set; one that is there by that name is left as it is."""
    chosen = request.form.getlist("functions")
    with writing() as database:
        for function, name in _start_set():
            if function in chosen:
                _add_unless_there(database, function, name)
    notices.tell("saved")
    return redirect(url_for("departments.index", org=org))


@departments.route("/new", methods=["GET", "POST"])
@allow(Action.MANAGE_DEPARTMENTS)
def new(org: str) -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit():
        try:
            with writing() as database:
                added = stored.found(
                    database, place().organization.id, name=form.name.data or "", functions=form.chosen_functions,
                    members=form.chosen_members,
                )  # fmt: skip
                _record(database, Event.DEPARTMENT_ADDED, added.id)
        except NameTaken:
            form.name.errors = [_taken()]
        else:
            notices.tell("saved")
            return redirect(url_for("departments.index", org=org))
    return render_template("departments/edit.html", form=form, it=None, is_stale=False)


@departments.route("/<uuid:id>", methods=["GET", "POST"])
@allow(Action.MANAGE_DEPARTMENTS)
def edit(org: str, id: UUID) -> ResponseReturnValue:
    it = _department(id)
    form = _form(it)
    if form.validate_on_submit():
        if form.is_stale(it.version):
            return _edit_page(form, it, is_stale=True), 409
        try:
            _change(form, it)
        except NameTaken:
            form.name.errors = [_taken()]
        except ChangedMeanwhile:
            form.is_stale((now := _department(id)).version)
            return _edit_page(form, now, is_stale=True), 409
        else:
            notices.tell("saved")
            return redirect(url_for("departments.index", org=org))
    return _edit_page(form, it)


@departments.post("/<uuid:id>/archive")
@allow(Action.MANAGE_DEPARTMENTS)
def archive(org: str, id: UUID) -> ResponseReturnValue:
    it = _department(id)
    with writing() as database:
        stored.archive(database, it)
        _record(database, Event.DEPARTMENT_ARCHIVED, it.id)
    notices.tell("department-archived")
    return redirect(url_for("departments.index", org=org))


@departments.post("/<uuid:id>/restore")
@allow(Action.MANAGE_DEPARTMENTS)
def restore(org: str, id: UUID) -> ResponseReturnValue:
    it = _department(id)
    with writing() as database:
        stored.restore(database, it)
        _record(database, Event.DEPARTMENT_RESTORED, it.id)
    notices.tell("saved")
    return redirect(url_for("departments.index", org=org))


def _form(it: Department | None = None) -> DepartmentForm:
    with reading() as database:
        members = organizations.members(database, place().organization.id)
    form = DepartmentForm(
        name=it.name if it else "",
        functions=list(it.functions) if it else [],
        members=[str(each) for each in it.members] if it else [],
        version=str(it.version) if it else "",
    )
    form.offer(members)
    return form


def _change(form: DepartmentForm, it: Department) -> None:
    # A function that the library no longer names stays: nobody could tick it, so nobody took it away
    unknown = [each for each in it.functions if each not in known_functions()]
    with writing() as database:
        stored.change(
            database, it, name=form.name.data or "", functions=[*form.chosen_functions, *unknown],
            members=form.chosen_members,
        )  # fmt: skip
        _record(database, Event.DEPARTMENT_CHANGED, it.id)


def _edit_page(form: DepartmentForm, it: Department, *, is_stale: bool = False) -> str:
    members = dict(form.members.choices)
    now = [it.name, *(members[str(each)] for each in it.members if str(each) in members), *function_names(it)]
    return render_template("departments/edit.html", form=form, it=it, is_stale=is_stale, now=now)


def _start_set() -> list[tuple[str, str]]:
    """One department for each word of the questionnaires, named as the reader reads it."""
    words = Reader()
    return [(each, words.capital(words.say(name))) for each, name in known_functions().items()]


def _add_unless_there(database: Session, function: str, name: str) -> None:
    try:
        added = stored.found(database, place().organization.id, name=name, functions=[function])
    except NameTaken:
        return
    _record(database, Event.DEPARTMENT_ADDED, added.id)


def _department(id: UUID) -> Department:
    """Find a department of this organisation; anybody else's is not here."""
    with reading() as database:
        found = stored.find(database, place().organization.id, id)
    if found is None:
        abort(404)
    return found


def _record(database: Session, event: Event, department: UUID) -> None:
    log.record(database, place().organization.id, event, actor=person().id, department=str(department))


def _taken() -> str:
    return _(N_("Another department has this name, perhaps one that was put away"))
