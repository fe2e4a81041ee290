"""Signing in: e-mail and password, then the second factor for whoever has one."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from people import passwords
from people.access import Action
from store import accounts
from store.accounts import Credentials
from store.database import reading, writing
from web import again, credentials
from web.credentials import Ticket
from web.forms import PlumblineForm, SignInForm, line, required
from web.language import _
from web.observe import note
from web.paths import own_path
from web.rules import allow
from web.visit import visit
from words import N_

sign_in = Blueprint("sign_in", __name__)
_WRONG_CODE = N_("This code is not right or was used. If it keeps failing, check the phone’s clock")


class CodeForm(PlumblineForm):
    code = line(
        N_("Code"),
        required(N_("Enter the six digits from your phone, or a recovery code")),
        hint=N_("Six digits from the app on your phone. Without the phone, one of your recovery codes"),
        longest=40,
        autocomplete="one-time-code",
        spellcheck="false",
    )
    ticket = HiddenField()
    next = HiddenField()
    kept = HiddenField()


@sign_in.route("/sign-in", methods=["GET", "POST"])
@allow(Action.VISIT)
def index() -> ResponseReturnValue:
    """Check e-mail and password, and say the same whichever of them was wrong."""
    form = SignInForm()
    if visit().person and not form.is_submitted():
        return redirect(url_for("organizations.index"))
    if form.validate_on_submit():
        email = accounts.plain_email(form.email.data or "")
        if (minutes := credentials.minutes_to_wait(email)) is not None:
            form.password.errors = [credentials.too_many(minutes)]
        elif (known := _check_password(email, form.password.data or "")) is None:
            note("sign-in refused")
            form.password.errors = [_(N_("E-mail or password is not right"))]
        else:
            return finish(known, email, form.next.data, form.kept.data)
    return render_template("sign_in/index.html", form=form, interrupted=bool(form.kept.data))


@sign_in.post("/sign-in/code")
@allow(Action.VISIT)
def code() -> ResponseReturnValue:
    """Check the second factor of somebody whose password was good a moment ago."""
    form = CodeForm()
    ticket = credentials.read_ticket(form.ticket.data)
    if ticket is None:
        return redirect(url_for("sign_in.index", next=own_path(form.next.data)))
    if form.validate_on_submit():
        if (minutes := credentials.minutes_to_wait(ticket.account)) is not None:
            form.code.errors = [credentials.too_many(minutes)]
        elif _use_code(ticket, form.code.data or ""):
            return _go_on(form.next.data, form.kept.data)
        else:
            note("code refused")
            form.code.errors = [_(_WRONG_CODE)]
    return render_template("sign_in/code.html", form=form)


def finish(known: Credentials, account: str, wanted: str | None, kept: str | None = None) -> ResponseReturnValue:
    """Open the session, or ask for the second factor first."""
    if known.totp_secret is not None:
        ticket = credentials.write_ticket(credentials.ticket_for(known, account))
        form = CodeForm(formdata=None, ticket=ticket, next=own_path(wanted), kept=kept)
        return render_template("sign_in/code.html", form=form)
    with writing() as database:
        credentials.sign_in(database, known.user_id, account)
    return _go_on(wanted, kept)


def _go_on(wanted: str | None, kept: str | None) -> ResponseReturnValue:
    """Lead back to the form that was interrupted, or to the page that was wanted."""
    typed = again.unseal(kept)
    return again.bring_back(typed) if typed else redirect(own_path(wanted))


def _check_password(email: str, password: str) -> Credentials | None:
    """Take the same time for a known and an unknown address; keep hashes at today's cost."""
    with reading() as database:
        known = accounts.credentials(database, email)
    is_right = passwords.matches(known.password_hash if known else passwords.nobodys_hash(), password)
    if not known or not is_right:
        return None
    if passwords.is_outdated(known.password_hash):
        renewed = passwords.hashed(password)
        with writing() as database:
            accounts.set_password(database, known.user_id, renewed)
        # The ticket of the second step holds for this hash, not for the one before
        known = replace(known, password_hash=renewed)
    return known


def _use_code(ticket: Ticket, code: str) -> bool:
    with writing() as database:
        known = accounts.credentials_of(database, ticket.user_id)
        if known is None or credentials.ticket_for(known, ticket.account) != ticket:
            return False
        if not accounts.use_code(database, ticket.user_id, code):
            return False
        credentials.sign_in(database, ticket.user_id, ticket.account)
    return True
