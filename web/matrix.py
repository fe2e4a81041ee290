"""Who answers what: the matrix of items and departments, set by section and by item, and what can be proposed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from answering.responsibilities import (
    NOBODY,
    Answerers,
    Responsibilities,
    assigned,
    carried,
    fingerprint,
    propose,
    without_lead,
)
from files.library import shipped
from people.access import Action
from store import departments, log, responsibilities
from store.database import reading, writing
from store.departments import Department
from store.log import Event
from store.organizations import ChangedMeanwhile
from surveys.items import Item
from surveys.questionnaire import Questionnaire, Section
from web import notices
from web.assessment_pages import Opened, opened, page
from web.forms import PlumblineForm
from web.rules import allow
from web.visit import person, place
from web.wording import Reader

matrix = Blueprint("matrix", __name__, url_prefix="/o/<org>/matrix/<uuid:id>")
_LEADS: Mapping[str, bool | None] = {"leads": True, "related": False, "none": None}


@dataclass(frozen=True)
class Looked:
    """An assessment with its departments, and who answers what of it now."""

    at: Opened
    departments: list[Department]
    stated: Responsibilities

    @property
    def items(self) -> tuple[Item, ...]:
        return self.at.it.items_at(self.at.head.level, self.at.head.reading)

    @property
    def sections(self) -> list[tuple[Section, list[Item]]]:
        """The sections that the target asks anything of."""
        return _by_section(self.at.it, self.items)


@matrix.get("")
@allow(Action.SEE_ASSESSMENTS)
def show(org: str, id: UUID) -> ResponseReturnValue:
    with reading() as database:
        here = _look(database, id)
    unled = without_lead(here.items, here.stated)
    only_unled = request.args.get("show") == "without-lead"
    return render_template(
        "matrix/show.html",
        **page(here.at),
        words=Reader(),
        departments=here.departments,
        stated=here.stated,
        nobody=NOBODY,
        sections=_by_section(here.at.it, unled) if only_unled else here.sections,
        only_unled=only_unled,
        count=len(here.items),
        unled=len(unled),
        can_propose=bool(_changes(here, _proposed(here))),
    )


@matrix.route("/sections/<section>", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def edit(org: str, id: UUID, section: str) -> ResponseReturnValue:
    with reading() as database:
        here = _look(database, id)
    found, items = _section(here, section)
    form = PlumblineForm()
    if not form.is_submitted():
        return _edit_page(here, found, items, here.stated, form)
    wanted = _typed(items, here.departments)
    seen = fingerprint([each.id for each in items], here.stated)
    if not form.validate_on_submit() or request.form.get("seen") != seen:
        return _edit_page(here, found, items, wanted, form, is_stale=not form.is_brought_back), 409
    _keep(here, wanted)
    return _onwards(here, found)


@matrix.post("/sections/<section>/all")
@allow(Action.MANAGE_ASSESSMENTS)
def assign(org: str, id: UUID, section: str) -> ResponseReturnValue:
    """Let one department lead a whole section, be related to it, or neither."""
    with reading() as database:
        here = _look(database, id)
    found, items = _section(here, section)
    chosen = [each for each in here.departments if str(each.id) == request.form.get("department")]
    role = request.form.get("role", "")
    if chosen and role in _LEADS:
        names = [each.id for each in items]
        _keep(here, assigned(names, here.stated, chosen[0].id, leads=_LEADS[role]))
        notices.tell("saved")
    return redirect(url_for("matrix.edit", org=org, id=id, section=found.id))


@matrix.route("/proposal", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def proposal(org: str, id: UUID) -> ResponseReturnValue:
    """Show what the hints of the questionnaire would make of the departments, and take over what is chosen."""
    with reading() as database:
        here = _look(database, id)
    proposed = _proposed(here)
    ids = [each.id for each in here.items]
    seen = fingerprint(ids, here.stated) + fingerprint(ids, proposed)
    form = PlumblineForm()
    if form.validate_on_submit() and request.form.get("seen") == seen:
        chosen = set(request.form.getlist("items"))
        if wanted := {item: each for item, each in proposed.items() if item in chosen}:
            _keep(here, wanted)
        notices.tell("saved")
        return redirect(url_for("matrix.show", org=org, id=id))
    return render_template(
        "matrix/proposal.html",
        **page(here.at),
        words=Reader(),
        form=form,
        seen=seen,
        departments=here.departments,
        stated=here.stated,
        nobody=NOBODY,
        proposed=proposed,
        sections=_by_section(here.at.it, _changes(here, proposed)),
        left=[each for each in without_lead(here.items, here.stated) if each.id not in proposed],
        is_stale=form.is_submitted() and not form.is_brought_back,
    ), (409 if form.is_submitted() else 200)


def _look(database: Session, id: UUID) -> Looked:
    at = opened(database, id)
    if request.method == "POST" and at.head.archived_at is not None:
        raise ChangedMeanwhile
    return Looked(at, departments.all_of(database, place().organization.id), responsibilities.of(database, at.head))


def _proposed(here: Looked) -> dict[str, Answerers]:
    return propose(here.items, here.departments, _practice(here.at.it))


def _changes(here: Looked, proposed: Mapping[str, Answerers]) -> list[Item]:
    """Give the items that a proposal would have answered by others than now."""
    return [each for each in here.items if each.id in proposed and proposed[each.id] != _now(here, each)]


def _section(here: Looked, id: str) -> tuple[Section, list[Item]]:
    """Find a section that the target asks anything of."""
    return next((each for each in here.sections if each[0].id == id), None) or abort(404)


def _by_section(it: Questionnaire, items: Iterable[Item]) -> list[tuple[Section, list[Item]]]:
    wanted = {each.id for each in items}
    found = [(section, [each for each in it.items_of(section) if each.id in wanted]) for section in it.sections]
    return [(section, items) for section, items in found if items]


def _now(here: Looked, item: Item) -> Answerers:
    return here.stated.get(item.id, NOBODY)


def _practice(it: Questionnaire) -> Mapping[str, tuple[str, ...]]:
    """Give the functions that another organisation's plan assigned each item, also by way of a map."""
    shelf = shipped()
    for practice in shelf.practices():
        if practice.questionnaire == it.name:
            return practice.functions_of(it)
        if (item_map := shelf.item_map(practice.questionnaire, it.name)) is not None:
            return carried(practice.functions_of(shelf.questionnaire(practice.questionnaire)), item_map)
    return {}


def _typed(items: Iterable[Item], known: Iterable[Department]) -> dict[str, Answerers]:
    """Read who was ticked for each item; a department ticked twice leads."""
    ids = {str(each.id): each.id for each in known}

    def ticked(name: str) -> frozenset[UUID]:
        return frozenset(ids[each] for each in request.form.getlist(name) if each in ids)

    leads = {each.id: ticked(f"{each.id}-leads") for each in items}
    return {each.id: Answerers(leads[each.id], ticked(f"{each.id}-related") - leads[each.id]) for each in items}


def _keep(here: Looked, wanted: Mapping[str, Answerers]) -> None:
    with writing() as database:
        responsibilities.change(database, here.at.head, here.stated, wanted)
        log.record(
            database,
            place().organization.id,
            Event.RESPONSIBILITIES_CHANGED,
            actor=person().id,
            assessment=str(here.at.head.id),
        )


def _onwards(here: Looked, section: Section) -> ResponseReturnValue:
    """Lead to the next section where that was asked for, or back to the matrix."""
    notices.tell("saved")
    ids = [each.id for each, _items in here.sections]
    following = ids[ids.index(section.id) + 1 :]
    org, assessment = place().organization.slug, here.at.head.id
    if "next" in request.form and following:
        return redirect(url_for("matrix.edit", org=org, id=assessment, section=following[0]))
    return redirect(url_for("matrix.show", org=org, id=assessment, _anchor=section.id))


def _edit_page(
    here: Looked,
    section: Section,
    items: list[Item],
    shown: Responsibilities,
    form: PlumblineForm,
    *,
    is_stale: bool = False,
) -> str:
    ids = [each.id for each, _items in here.sections]
    return render_template(
        "matrix/edit.html",
        **page(here.at),
        words=Reader(),
        form=form,
        section=section,
        items=items,
        departments=here.departments,
        shown=shown,
        nobody=NOBODY,
        seen=fingerprint([each.id for each in items], here.stated),
        has_next=ids[-1] != section.id,
        is_stale=is_stale,
    )
