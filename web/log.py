"""The audit log of an organisation, page by page."""

import math

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from people.access import Action
from store import accounts
from store import log as stored
from store.database import reading
from store.log import Event
from web.rules import allow
from web.visit import place

log = Blueprint("log", __name__)
_PAGE = 50
_LAST = 1_000_000  # beyond it a database cannot count


@log.get("/o/<org>/log")
@allow(Action.SEE_LOG)
def index(org: str) -> ResponseReturnValue:
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= _LAST:
        abort(404)
    with reading() as database:
        rows, total = stored.page(database, place().organization.id, size=_PAGE, number=number)
        involved = {who for row in rows for who in (row.actor_id, row.subject_id) if who}
        names = accounts.names(database, involved)
    pages = max(1, math.ceil(total / _PAGE))
    if number > pages:
        abort(404)
    return render_template("log/index.html", rows=rows, names=names, page=number, pages=pages, total=total, Event=Event)
