"""Two-step sign-in: switching it on with a phone, new recovery codes, switching it off."""

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField
from wtforms.validators import Regexp

from people.access import Action
from people.second_factor import enrolment_uri, matching_step, new_recovery_codes, new_secret
from store import accounts, log
from store.database import now, reading, writing
from store.log import INSTALLATION, Event
from web import credentials, notices
from web.forms import PlumblineForm, line, required, secret
from web.language import _
from web.rules import allow
from web.visit import person, visit
from words import N_

second_factor = Blueprint("second_factor", __name__, url_prefix="/account/two-step")
_ISSUER = "Plumbline"


class EnrolForm(PlumblineForm):
    shared_secret = HiddenField(validators=[Regexp(r"[A-Z2-7]{32}\Z")])
    password = secret(N_("Current password"), required(N_("Enter your current password")))
    code = line(
        N_("Code from the app"),
        required(N_("Enter the six digits the app shows")),
        longest=20,
        autocomplete="one-time-code",
        inputmode="numeric",
    )


class ConfirmForm(PlumblineForm):
    password = secret(N_("Current password"), required(N_("Enter your current password")))


@second_factor.get("")
@allow(Action.USE_ACCOUNT)
def index() -> ResponseReturnValue:
    with reading() as database:
        codes_left = accounts.count_recovery_codes(database, person().id)
    needed = next((p.organization for p in visit().places if p.organization.slug == request.args.get("needed")), None)
    return render_template("second_factor/index.html", codes_left=codes_left, needed=needed)


@second_factor.route("/on", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def switch_on() -> ResponseReturnValue:
    """Show the QR code; switch on only once a code from the phone proves that it was read."""
    if person().has_second_factor:
        return redirect(url_for("second_factor.index"))
    form = EnrolForm()
    if not form.shared_secret.data or form.shared_secret.validate(form) is False:
        form.shared_secret.data = new_secret()
    if form.validate_on_submit() and credentials.confirm(form.password):
        step = matching_step(form.shared_secret.data, form.code.data or "", now(), used_step=None)
        if step is not None:
            return _switched_on(form.shared_secret.data, step)
        form.code.errors = [_(N_("This code is not right. Wait for the next one, and check the phone’s clock"))]
    uri = enrolment_uri(form.shared_secret.data, person().email, _ISSUER)
    picture = segno.make(uri, error="l").svg_data_uri(scale=5, border=2, light="white")
    return render_template("second_factor/on.html", form=form, picture=picture, typed_secret=form.shared_secret.data)


@second_factor.route("/codes", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def renew_codes() -> ResponseReturnValue:
    if not person().has_second_factor:
        return redirect(url_for("second_factor.index"))
    form = ConfirmForm()
    if form.validate_on_submit() and credentials.confirm(form.password):
        codes = new_recovery_codes()
        with writing() as database:
            accounts.replace_recovery_codes(database, person().id, codes)
            log.record(database, INSTALLATION, Event.RECOVERY_CODES_RENEWED, actor=person().id)
        return render_template("second_factor/codes.html", codes=codes)
    return render_template("second_factor/confirm.html", form=form, renewing=True)


@second_factor.route("/off", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def switch_off() -> ResponseReturnValue:
    if not person().has_second_factor:
        return redirect(url_for("second_factor.index"))
    form = ConfirmForm()
    if form.validate_on_submit() and credentials.confirm(form.password):
        with writing() as database:
            accounts.disenrol(database, person().id)
            log.record(database, INSTALLATION, Event.SECOND_FACTOR_REMOVED, actor=person().id)
        notices.tell("second-factor-off")
        return redirect(url_for("second_factor.index"))
    return render_template("second_factor/confirm.html", form=form, renewing=False)


def _switched_on(shared_secret: str, step: int) -> ResponseReturnValue:
    codes = new_recovery_codes()
    with writing() as database:
        accounts.enrol(database, person().id, secret=shared_secret, step=step, recovery_codes=codes)
        log.record(database, INSTALLATION, Event.SECOND_FACTOR_ADDED, actor=person().id)
    return render_template("second_factor/codes.html", codes=codes)
