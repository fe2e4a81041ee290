"""My sessions: where I am signed in, and signing out, here or everywhere."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from people.access import Action
from store import log
from store import sessions as open_sessions
from store.database import reading, writing
from store.log import INSTALLATION, Event
from web import cookies, notices
from web.forms import PlumblineForm
from web.rules import allow
from web.visit import person, visit

sessions = Blueprint("sessions", __name__)


@sessions.get("/account/sessions")
@allow(Action.USE_ACCOUNT)
def index() -> ResponseReturnValue:
    with reading() as database:
        rows = open_sessions.of_person(database, person().id)
    return render_template("sessions/index.html", rows=rows, current=visit().session, form=PlumblineForm())


@sessions.post("/account/sessions/<uuid:id>/end")
@allow(Action.USE_ACCOUNT)
def end(id: UUID) -> ResponseReturnValue:
    with writing() as database:
        if not open_sessions.end(database, person().id, id):
            abort(404)
        log.record(database, INSTALLATION, Event.SESSION_ENDED, actor=person().id)
    notices.tell("session-ended")
    return redirect(url_for("sessions.index"))


@sessions.post("/sign-out")
@allow(Action.VISIT)
def sign_out() -> ResponseReturnValue:
    here = visit()
    if here.person and here.session:
        with writing() as database:
            open_sessions.end(database, here.person.id, here.session.id)
            log.record(database, INSTALLATION, Event.SIGNED_OUT, actor=here.person.id)
    cookies.take_back()
    notices.tell("signed-out")
    return redirect(url_for("sign_in.index"))


@sessions.post("/account/sessions/sign-out-everywhere")
@allow(Action.USE_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    with writing() as database:
        open_sessions.end_all(database, person().id)
        log.record(database, INSTALLATION, Event.SIGNED_OUT_EVERYWHERE, actor=person().id)
    cookies.take_back()
    notices.tell("signed-out-everywhere")
    return redirect(url_for("sign_in.index"))
