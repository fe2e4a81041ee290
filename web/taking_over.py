"""Findings taken over from an earlier assessment of the organisation: looked at first, then what is ticked."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from answering.follow_ups import is_listed, left_over, mark_of
from files.library import shipped
from people.access import Action
from scoring.assessment import FollowUp
from scoring.gaps import Gap, fact_of, reason_of
from scoring.results import Remark, assess
from store import assessments, log
from store import follow_ups as stored
from store.database import reading, writing
from store.follow_ups import Source
from store.log import Event
from surveys.questionnaire import Questionnaire
from web import notices
from web.assessment_pages import Opened, opened, page
from web.forms import PlumblineForm
from web.language import _
from web.rules import allow
from web.visit import person, place
from web.wording import Reader
from words import N_

taking_over = Blueprint("taking_over", __name__, url_prefix="/o/<org>/follow-ups/<uuid:id>/take-over")


@taking_over.route("", methods=["GET", "POST"])
@allow(Action.ANSWER)
def show(org: str, id: UUID) -> ResponseReturnValue:
    with reading() as database:
        at = opened(database, id)
        sources = stored.sources(database, at.head)
        source = _source(database, at, sources)
        found = _left_over(source) if source else ()
        listed = stored.all_of(database, at.head)
    form = PlumblineForm()
    fresh = [each for each in found if not is_listed(each, listed)]
    if source and form.validate_on_submit():
        chosen = set(request.form.getlist("findings"))
        _keep(at, [each for each in fresh if mark_of(each) in chosen])
        return redirect(url_for("follow_ups.index", org=org, id=id))
    return render_template(
        "follow_ups/take_over.html",
        **page(at),
        form=form,
        sources=sources,
        source=source.head if source else None,
        fresh=fresh,
        known=[each for each in found if is_listed(each, listed)],
        mark_of=mark_of,
    )


def _source(database: Session, at: Opened, sources: list[Source]) -> Opened | None:
    """Open the assessment to take from: the one asked for, or the one this one was begun from, or the latest."""
    asked = request.values.get("from", type=UUID)
    if asked == at.head.id:
        abort(404)
    if asked is not None:
        return opened(database, asked)
    previous = at.head.previous_id
    if previous is not None and assessments.find(database, at.head.organization_id, previous):
        return opened(database, previous)
    return opened(database, sources[0].id) if sources else None


def _left_over(source: Opened) -> tuple[FollowUp, ...]:
    with reading() as database:
        whole = assessments.whole(database, source.head)
    result = assess(source.it, whole, shipped().rule_set(source.head.rules))
    return left_over(result, _gap_teller(source.it), _remark_teller(source.it))


def _gap_teller(it: Questionnaire) -> Callable[[Gap], tuple[str, str]]:
    """Tell a gap by its item's name and what falls short; one without an item by the fact alone."""
    words = Reader()

    def tell(gap: Gap) -> tuple[str, str]:
        fact = words.capital(words.say(fact_of(gap)))
        if gap.item is not None:
            item = it.item(gap.item)
            name = words.capital(words.say(item.name))
            return item.number, _(N_("%(name)s: %(fact)s"), name=name, fact=words.say(fact_of(gap)))
        reason = words.say(reason_of(gap))
        return "", _(N_("%(name)s: %(fact)s"), name=fact, fact=reason) if reason else fact

    return tell


def _remark_teller(it: Questionnaire) -> Callable[[Remark], tuple[str, str]]:
    return lambda remark: (it.item(remark.item).number, remark.text)


def _keep(at: Opened, chosen: list[FollowUp]) -> None:
    if not chosen:
        return
    with writing() as database:
        stored.add(database, at.head, *chosen, by=person().id)
        log.record(
            database, place().organization.id, Event.FOLLOW_UP_ADDED, actor=person().id, assessment=str(at.head.id)
        )
    notices.tell("saved")
