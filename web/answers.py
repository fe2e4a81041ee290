"""Answers saved one by one, as they are given: the addresses that the answering page speaks to."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from people.access import Action
from store import answers as stored
from store import comments, second_looks
from store import presence as seen
from store.database import reading, writing
from store.organizations import ChangedMeanwhile
from store.prepared import ask_all
from store.presence import Seen
from surveys.items import Item
from web import answer_conflicts as conflicts
from web import notices
from web.accepting import wants_json
from web.answer_cards import address, card_of, parts
from web.answer_forms import fields_of
from web.answer_pages import desk, draw, is_locked, left, looks, present, section_of
from web.answer_saving import Outcome, Taken, keep, read, weigh
from web.answer_search import found as found_in
from web.answer_search import terms_of
from web.answer_sheets import come_too_late, handed_back, keep_all, sheet
from web.answer_work import Progress, Work, progress, work, work_on
from web.assessment_pages import Opened, opened, opened_at, page
from web.language import _
from web.paths import own_path
from web.reading import LONGEST_SEARCH
from web.rules import allow, asked_by_itself, takes_long_forms
from web.visit import person
from web.wording import Reader
from words import N_

answers = Blueprint("answers", __name__, url_prefix="/o/<org>")


@answers.route("/assessments/<uuid:id>/<section>", methods=["GET"])
@allow(Action.SEE_ASSESSMENTS)
def show(org: str, id: UUID, section: str) -> ResponseReturnValue:
    with reading() as database:
        found = desk(database, id, section)
    return draw(found)


@answers.get("/answers/<uuid:id>")
@allow(Action.SEE_ASSESSMENTS)
def resume(org: str, id: UUID) -> ResponseReturnValue:
    """Lead to where somebody stopped, or to what waits for them first."""
    with reading() as database:
        found = work(database, opened(database, id))
        last = seen.last_item(database, found.at.head, person().id)
    return redirect(address(found.at, _next(found, last)))


@answers.get("/answers/<uuid:id>/search")
@allow(Action.SEE_ASSESSMENTS)
def search(org: str, id: UUID) -> ResponseReturnValue:
    """Find items in both languages, and by what was answered there."""
    typed = " ".join(request.args.get("q", "")[:LONGEST_SEARCH].split())
    terms = terms_of(typed)
    with reading() as database:
        at = opened(database, id)
        matching = found_in(work(database, at), terms)
    if wants_json():
        return jsonify(items=[{"item": each.item.id, "number": each.item.number, "ask": each.ask,
                               "section": each.section, "url": each.url} for each in matching])  # fmt: skip
    return render_template("answers/search.html", **page(at), words=Reader(), typed=typed, terms=terms, found=matching)


@answers.post("/answers/<uuid:id>/presence")
@allow(Action.SEE_ASSESSMENTS)
@asked_by_itself
def presence(org: str, id: UUID) -> ResponseReturnValue:
    """Note where somebody is, and tell what changed and who else is here."""
    with reading() as database:
        at = opened(database, id)
        here, changed, concluded = ask_all(
            database, seen.here(at.head), stored.changed_since(at.head, _since()), stored.concluded(at.head)
        )
        known = [each.item for each in changed if each.item in at.target.by_id]
        found = work_on(database, at, known) if known else None
        sections = progress(at, concluded)
        said = _said(database, at)
    _note(at, here)
    return jsonify(
        revision=at.head.revision,
        items=[_body(found, at.it.by_id[item]) for item in known] if found else [],
        progress=_progress(at, sections),
        here=present(at, here),
        **said,
    )


def _said(database: Session, at: Opened) -> dict[str, Any]:
    """Tell what was said and asked for beside the answers, where anything changed at all."""
    if at.head.revision == _since():
        return {}
    flagged = second_looks.flagged(database, at.head) & at.target.by_id.keys()
    return {"looks": looks(len(flagged)), "comments": comments.counts(at.head).ask(database)}


def _note(at: Opened, here: list[Seen]) -> None:
    """Note the item somebody is on, where that says something new."""
    item = request.form.get("item", "")
    mine = next((each for each in here if each.user_id == person().id), None)
    if item in at.it.by_id and seen.is_due(mine, item):
        try:
            with writing() as database:
                seen.note(database, at.head, person().id, item)
        except IntegrityError:  # somebody deleted the assessment after it was looked up
            abort(404)


def _since() -> int:
    typed = request.form.get("since", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _next(found: Work, last: str | None) -> str:
    """Choose where to go on: the item one was on, else the first open one of mine, of all, else the first."""
    asked = found.at.target.items
    if last in found.at.target.by_id:
        return str(last)
    still_open = [each.id for each in asked if each.id not in found.concluded]
    mine = [each for each in still_open if each in found.around.mine]
    return (mine + still_open + [asked[0].id])[0]


@answers.post("/assessments/<uuid:id>/<section>")
@allow(Action.ANSWER)
@takes_long_forms
def save_section(org: str, id: UUID, section: str) -> ResponseReturnValue:
    """Keep a whole section, as a page without script sends it."""
    with reading() as database:
        found = sheet(database, id, request.form)
        section_of(found.at, section)
    try:
        taken = keep_all(found)
    except ChangedMeanwhile:
        return come_too_late(found, section)
    handed = handed_back(found, section, taken)
    if handed:
        return handed
    _tell(found.at, [each.item.id for each in taken if each.outcome is Outcome.SAVED])
    return redirect(own_path(request.full_path.rstrip("?")) + _anchor(found.forms))


def _tell(at: Opened, saved: list[str]) -> None:
    if any(item not in at.target.by_id for item in saved):
        notices.tell("saved-outside")
    else:
        notices.tell(*(("answers-saved", len(saved)) if saved else ("nothing-changed",)))


@answers.post("/answers/<uuid:id>/items/<item>")
@allow(Action.ANSWER)
def save(org: str, id: UUID, item: str) -> ResponseReturnValue:
    """Keep one item's answer, durably, before saying so."""
    with reading() as database:
        at, now = opened_at(database, id, item)
        asked = _asked(at, item)
        if at.head.archived_at:
            return jsonify(error=archived()), 409
        form = read(database, at, [asked], request.form)[item]
        taken = weigh(database, at, form, request.form, now)
    if taken.outcome is Outcome.DUE:
        with writing() as database:
            taken = keep(database, at, taken)
    with reading() as database:
        return _told(database, at, taken)


def _told(database: Session, at: Opened, taken: Taken) -> ResponseReturnValue:
    if taken.outcome is Outcome.WRONG:
        return jsonify(errors=taken.errors), 422
    if taken.outcome is Outcome.STALE:
        assert taken.typed is not None
        return jsonify(conflicts.told(database, at, taken.item, taken.typed, taken.now)), 409
    found = work_on(database, at, [taken.item.id], [taken.now])
    sections = progress(at, stored.concluded(at.head).ask(database)) if taken.moves else None
    return jsonify(_body(found, taken.item) | {"progress": _progress(at, sections) if sections else None})


def _body(found: Work, item: Item) -> dict[str, Any]:
    """Tell of an item what a page needs to show it as it is now."""
    kept = found.stated(item.id)
    card = card_of(found, item.id, is_locked=is_locked(found.at))
    return {
        "item": item.id,
        "version": kept.version,
        "revision": kept.revision,
        "saved": card.saved,
        "who": card.who,
        "fields": fields_of(item, kept.answer),
        "closed": card.is_closed,
        "parts": parts(card),
    }


def _anchor(items: Collection[str]) -> str:
    """Lead back to the item whose button was pressed."""
    pressed = (request.form.get(name, "").rpartition(":")[2] for name in ("all-here", "flag", "holds", "take"))
    return next((f"#{item}" for item in pressed if item in items), "")


def _progress(at: Opened, found: Iterable[Progress]) -> dict[str, Any]:
    each_section = list(found)
    answered, applicable = (sum(each.answered for each in each_section), sum(each.count for each in each_section))
    sections = [{"id": each.section.id, "answered": each.answered, "count": each.count} for each in each_section]
    return {"answered": answered, "applicable": applicable, "left": left(applicable - answered), "sections": sections}


def _asked(at: Opened, item: str) -> Item:
    """Find an item; one that the target no longer asks for keeps what was still on its way to it."""
    return at.it.by_id.get(item) or abort(404)


def archived() -> str:
    return _(N_("This assessment is archived, so nothing in it can be changed. Restore it first"))
