"""Every change of an answer: who, when, from what to what; and an earlier answer brought back."""

import math
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from answering.differences import changes
from answering.history import entries
from answering.saving import Origin
from people.access import Action, is_granted
from scoring.answers import Answer
from store import accounts
from store import answers as kept
from store import history as stored
from store.answers import Change, Stale
from store.database import reading, writing
from surveys.items import Item
from web import notices
from web.assessment_pages import Opened, opened, page
from web.at_items import address, addresses, is_open, item_at
from web.change_words import ChangeWords, cited
from web.forms import PlumblineForm
from web.judged import record_judgements
from web.language import _
from web.rules import allow
from web.visit import person, place
from web.wording import Reader
from words import N_

history = Blueprint("history", __name__, url_prefix="/o/<org>/history/<uuid:id>")
_PAGE = 50
_LAST = 1_000_000  # beyond it a database cannot count
_ORIGINS = {
    Origin.RESTORED: N_("restored"),
    Origin.IMPORTED: N_("from a file"),
    Origin.CARRIED: N_("carried over"),
}


@history.get("")
@allow(Action.SEE_ASSESSMENTS)
def index(org: str, id: UUID) -> ResponseReturnValue:
    """Show the latest changes in the whole assessment."""
    number = _number()
    with reading() as database:
        at = opened(database, id)
        rows, total = stored.latest(database, at.head, size=_PAGE, number=number)
        names = stored.titles(
            database, place().organization.id, cited(it for row in rows for it in (row.before, row.answer))
        )
    pages = _pages(total, number)
    words = ChangeWords(at.it, names)
    told = [(row, words.told(at.it.item(row.item), changes(row.before, row.answer)))
            for row in rows if row.item in at.it.by_id]  # fmt: skip
    return render_template(
        "history/index.html",
        **page(at),
        words=Reader(),
        rows=told,
        origins=_origins(),
        address=addresses(at),
        total=total,
        number=number,
        pages=pages,
    )


@history.get("/<item>")
@allow(Action.SEE_ASSESSMENTS)
def show(org: str, id: UUID, item: str) -> ResponseReturnValue:
    with reading() as database:
        at = opened(database, id)
        return _item_page(database, at, item_at(at, item), _number())


@history.post("/<item>/<int:version>")
@allow(Action.ANSWER)
def restore(org: str, id: UUID, item: str, version: int) -> ResponseReturnValue:
    """Bring an earlier answer back, as a new version: nothing in the history is undone."""
    with reading() as database:
        at = opened(database, id)
        asked = item_at(at, item)
        current = kept.find(database, at.head, item)
        if not 1 <= version <= current.version:
            abort(404)
        earlier = kept.at_version(database, at.head, item, version)
    form = PlumblineForm()
    base = request.form.get("base", "")
    is_stale = not (form.validate_on_submit() and base.isdecimal() and len(base) < 10)
    if not is_stale:
        answer = _as_judged_now(earlier, current.answer)
        change = Change(item=item, answer=answer, base=int(base), by=person().id, origin=Origin.RESTORED)
        try:
            with writing() as database:
                saved = kept.save(database, at.head, change, counts=at.asks(item))
                record_judgements(database, at.head, current.answer, saved)
        except Stale:
            is_stale = True
    if is_stale:
        with reading() as database:
            return _item_page(database, at, asked, is_stale=True), 409
    notices.tell("restored")
    return redirect(url_for("history.show", org=org, id=id, item=item))


def _as_judged_now(earlier: Answer, current: Answer) -> Answer:
    """Leave a person's judgement as it is now, unless it is brought back by somebody whose it is to make."""
    if is_granted(Action.MANAGE_ASSESSMENTS, place()):
        return earlier
    return replace(earlier, grade=current.grade, declared=current.declared)


def _item_page(database: Session, at: Opened, asked: Item, number: int = 1, *, is_stale: bool = False) -> str:
    """Show one page of an answer's versions; the last of them is told by the one before it."""
    current = kept.find(database, at.head, asked.id).version
    pages = _pages(current, number)
    found = kept.history(database, at.head, asked.id, upto=current - (number - 1) * _PAGE, size=_PAGE + 1)
    versions, before = found[:_PAGE], [each.answer for each in found[_PAGE:]]
    names = accounts.names(database, {each.saved_by for each in versions})
    titles = stored.titles(database, place().organization.id, cited(each.answer for each in found))
    words = ChangeWords(at.it, titles)
    return render_template(
        "history/show.html",
        **page(at),
        words=Reader(),
        item=asked,
        back=address(at.it, at.head.id, asked.id),
        entries=entries(versions, *before),
        current=current,
        number=number,
        pages=pages,
        names=names,
        told=lambda made: words.told(asked, made),
        origins=_origins(),
        is_open=is_open(at.head),
        is_stale=is_stale,
    )


def _number() -> int:
    """Read which page is asked for."""
    number = request.args.get("page", 1, type=int)
    return number if 1 <= number <= _LAST else abort(404)


def _pages(total: int, number: int) -> int:
    """Count the pages; the one asked for must be among them."""
    pages = max(1, math.ceil(total / _PAGE))
    return pages if number <= pages else abort(404)


def _origins() -> dict[Origin, str]:
    return {origin: _(name) for origin, name in _ORIGINS.items()}
