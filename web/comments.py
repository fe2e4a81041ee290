"""What is said about an item: a thread, whom it speaks to, and what is settled; and the flag for a second look."""

import math
from uuid import UUID

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import TextAreaField

from people.access import Action
from store import answers as kept
from store import comments as stored
from store import organizations
from store.comments import Comment
from store.database import reading, writing
from store.organizations import ChangedMeanwhile
from surveys.items import Item
from web import notices
from web.assessment_pages import Opened, opened, page
from web.at_items import address, is_open, item_at
from web.departments import boxes
from web.forms import PlumblineForm, at_most, required, tidy_text
from web.rules import allow
from web.visit import person, place
from web.wording import Reader
from words import N_

comments = Blueprint("comments", __name__, url_prefix="/o/<org>")
_LONGEST = 2_000
_PAGE = 50


class CommentForm(PlumblineForm):
    text = TextAreaField(
        N_("Your comment"),
        [required(N_("Write something")), at_most(_LONGEST)],
        filters=[tidy_text],
        description=N_("Up to 2,000 characters"),
    )
    to = boxes(N_("Speaks to"), N_("They see it under “Mine” until they have read it; nothing is sent by mail"))

    @property
    def people(self) -> list[UUID]:
        known = {value for value, _label in self.to.choices}
        return [UUID(each) for each in self.to.data or () if each in known]


@comments.route("/comments/<uuid:id>/<item>", methods=["GET"])
@allow(Action.SEE_ASSESSMENTS)
def show(org: str, id: UUID, item: str) -> ResponseReturnValue:
    """Show what was said, the latest page of it unless another one, or a comment, is asked for.

    Whoever is spoken to says so once they have read it.
    """
    with reading() as database:
        at = opened(database, id)
        asked = item_at(at, item)
        pages = _pages(database, at, item)
        number = _asked_page(database, at, item, pages)
    return _thread_page(at, asked, _form(), number, pages)


@comments.post("/comments/<uuid:id>/<item>")
@allow(Action.ANSWER)
def say(org: str, id: UUID, item: str) -> ResponseReturnValue:
    with reading() as database:
        at = opened(database, id)
        asked = item_at(at, item)
        last = _pages(database, at, item)
    form = _form()
    if not form.validate_on_submit():
        return _thread_page(at, asked, form, last, last)
    with writing() as database:
        stored.see(database, at.head, _said(database, at, item, last), person().id)
        stored.say(database, at.head, item, text=form.text.data or "", by=person().id, to=form.people)
    notices.tell("saved")
    return redirect(url_for("comments.show", org=org, id=id, item=item))


@comments.post("/comments/<uuid:id>/<item>/seen")
@allow(Action.SEE_ASSESSMENTS)
def see(org: str, id: UUID, item: str) -> ResponseReturnValue:
    """Note that somebody read what is said to them on the page they have before them."""
    with writing() as database:
        at = opened(database, id)
        item_at(at, item)
        pages = _pages(database, at, item)
        number = min(max(1, request.form.get("page", pages, type=int)), pages)
        stored.see(database, at.head, _said(database, at, item, number), person().id)
    notices.tell("saved")
    return redirect(url_for("comments.show", org=org, id=id, item=item, page=number))


@comments.post("/comments/<uuid:id>/<item>/<uuid:comment>")
@allow(Action.ANSWER)
def settle(org: str, id: UUID, item: str, comment: UUID) -> ResponseReturnValue:
    """Settle a comment, or open it again."""
    with writing() as database:
        at = opened(database, id)
        item_at(at, item)
        is_settled = request.form.get("settled") == "1"
        if not stored.settle(database, at.head, item, comment, by=person().id, settled=is_settled):
            abort(404)
    notices.tell("saved")
    at_it = f"comment-{comment}"
    return redirect(url_for("comments.show", org=org, id=id, item=item, comment=comment, _anchor=at_it))


@comments.post("/answers/<uuid:id>/items/<item>/flag")
@allow(Action.ANSWER)
def flag(org: str, id: UUID, item: str) -> ResponseReturnValue:
    """Ask for a second look at an item, or take that back."""
    wants_json = request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    try:
        with writing() as database:
            at = opened(database, id)
            item_at(at, item)
            now = kept.flag(database, at.head, item, flagged=request.form.get("flagged") == "1", by=person().id)
    except ChangedMeanwhile:
        if wants_json:
            return jsonify(item=item), 409
        raise
    if wants_json:
        return jsonify(item=item, flagged=now.flagged, revision=now.revision)
    notices.tell("flagged" if now.flagged else "not-flagged")
    return redirect(address(at.it, id, item))


def _form() -> CommentForm:
    with reading() as database:
        members = organizations.members(database, place().organization.id)
    form = CommentForm()
    form.to.choices = [
        (str(each.person.id), each.person.name) for each in members if each.person.id != person().id
    ]  # fmt: skip
    return form


def _pages(database: Session, at: Opened, item: str) -> int:
    return max(1, math.ceil(stored.total(database, at.head, item) / _PAGE))


def _asked_page(database: Session, at: Opened, item: str, pages: int) -> int:
    """Find the page that is asked for, or the one a comment stands on; else the last, where the latest stand."""
    comment = request.args.get("comment", type=UUID)
    if comment is not None and (position := stored.place_of(database, at.head, item, comment)):
        return math.ceil(position / _PAGE)
    number = request.args.get("page", pages, type=int)
    return number if 1 <= number <= pages else abort(404)


def _said(database: Session, at: Opened, item: str, number: int) -> list[Comment]:
    return stored.thread(database, at.head, item, size=_PAGE, number=number)


def _thread_page(at: Opened, asked: Item, form: CommentForm, number: int, pages: int) -> str:
    with reading() as database:
        said = _said(database, at, asked.id, number)
        is_new = stored.has_unseen(database, at.head, said, person().id)
        now = kept.find(database, at.head, asked.id)
    return render_template(
        "comments/show.html",
        **page(at),
        words=Reader(),
        item=asked,
        back=address(at.it, at.head.id, asked.id),
        said=said,
        number=number,
        pages=pages,
        is_new=is_new,
        flagged=now.flagged,
        is_open=is_open(at.head),
        form=form,
    )
