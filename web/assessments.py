"""Assessments: those put away, and beginning one in under a minute."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from people.access import Action
from store.database import reading, writing
from surveys.questionnaire import Status
from web import shelf
from web.aims import READINGS, rungs
from web.assessment_lists import archived_ones, in_use
from web.assessment_pages import way_in
from web.beginning import FILE, IMPORTS, BeginForm, begin, earlier_ones, prefilled
from web.rules import allow
from web.visit import place
from web.wording import Reader

assessments = Blueprint("assessments", __name__, url_prefix="/o/<org>/assessments")


@assessments.get("/archived")
@allow(Action.SEE_ASSESSMENTS)
def archived(org: str) -> ResponseReturnValue:
    return archived_ones()


@assessments.get("/new")
@allow(Action.MANAGE_ASSESSMENTS)
def choose(org: str) -> ResponseReturnValue:
    """Let choose what to be measured against."""
    retired = [each for each in shelf.library() if each.it.status is Status.RETIRED]
    return render_template("assessments/choose.html", versions=in_use(), retired=retired, words=Reader())


@assessments.route("/new/<id>/<version>", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def new(org: str, id: str, version: str) -> ResponseReturnValue:
    """Begin an assessment; all but its name and target may be stated later."""
    with reading() as database:
        found = shelf.find(database, place().organization.id, id, version, with_drafts=False)
        if found is None:
            abort(404)
        earlier = earlier_ones(database, found)
    form = BeginForm(data=prefilled(found))
    form.offer(found)
    form.offer_starts(earlier)
    if form.validate_on_submit():
        stated = form.stated({"questionnaire": found.it.name, "previous_id": form.previous_id})
        with writing() as database:
            head = begin(database, found, stated)
        return redirect(url_for(IMPORTS, org=org, id=head.id) if form.start.data == FILE else way_in(head.id))
    return render_template(
        "assessments/new.html",
        form=form,
        it=found.it,
        version=found,
        rungs=rungs(found),
        readings=READINGS,
        words=Reader(),
    )
