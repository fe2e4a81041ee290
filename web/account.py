"""My account: name, look and password."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from people import passwords
from people.access import Action
from people.types import Theme
from store import accounts, log, sessions
from store.database import writing
from store.log import INSTALLATION, Event
from web import credentials, notices
from web.forms import PlumblineForm, line, not_weak, required, secret
from web.labels import choices
from web.rules import allow
from web.visit import person, visit
from words import N_

account = Blueprint("account", __name__)


class ProfileForm(PlumblineForm):
    name = line(N_("Your name"), required(N_("Enter your name")), autocomplete="name")
    theme = RadioField(N_("Appearance"), coerce=Theme)


class PasswordForm(PlumblineForm):
    current_password = secret(N_("Current password"), required(N_("Enter your current password")))
    new_password = secret(
        N_("New password"),
        not_weak(lambda _form: (person().name, person().email)),
        hint=N_("At least 12 characters. A short sentence is easy to remember"),
        autocomplete="new-password",
    )


@account.route("/account", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def index() -> ResponseReturnValue:
    form = ProfileForm(obj=person())
    form.theme.choices = choices(Theme)
    if form.validate_on_submit():
        with writing() as database:
            accounts.set_profile(database, person().id, name=form.name.data or "", theme=form.theme.data)
        notices.tell("saved")
        return redirect(url_for("account.index"))
    return render_template("account/index.html", form=form)


@account.route("/account/password", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def password() -> ResponseReturnValue:
    """Change the password; every other session ends, this one goes on."""
    form = PasswordForm()
    if form.validate_on_submit() and credentials.confirm(form.current_password):
        chosen = passwords.hashed(form.new_password.data or "")
        with writing() as database:
            accounts.set_password(database, person().id, chosen)
            current = visit().session
            sessions.end_all(database, person().id, but=current.id if current else None)
            log.record(database, INSTALLATION, Event.PASSWORD_CHANGED, actor=person().id)
        notices.tell("password-changed")
        return redirect(url_for("account.index"))
    return render_template("account/password.html", form=form)
