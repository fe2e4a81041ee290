"""Whether a report was issued here: asked by its number or short code, by anybody; nothing is told of what it says."""

import math
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from people.access import Action
from reports.sealing import Seal
from store import attempts
from store import issued as issued_reports
from store.attempts import PER_NUMBER
from store.database import reading, writing
from web.credentials import network_of_request
from web.forms import PlumblineForm, line, required
from web.language import ngettext
from web.rules import allow
from words import N_

issued = Blueprint("issued", __name__, url_prefix="/reports")
_LONGEST = 60


class NumberForm(PlumblineForm):
    """Asks, so it changes nothing and is sent in the address."""

    class Meta:
        csrf = False

    number = line(
        N_("Report number or short code"),
        required(N_("Enter the number or the short code of a report")),
        hint=N_("Both stand on the last page of the report, for example PL-20261121-3F9A0C71"),
        longest=_LONGEST,
        autocomplete="off",
        spellcheck="false",
    )


@issued.get("")
@allow(Action.VISIT)
def index() -> ResponseReturnValue:
    """Ask for a number."""
    form = NumberForm(request.args)
    if "number" in request.args and form.validate():
        return redirect(url_for("issued.show", number=issued_reports.tidy_number(form.number.data or "")))
    return render_template("issued/index.html", form=form)


@issued.get("/<number>")
@allow(Action.VISIT)
def show(number: str) -> ResponseReturnValue:
    """Say whether a report of this number was issued here, and when."""
    asked = number[:_LONGEST]
    form = NumberForm(formdata=None, number=asked)
    with writing() as database:
        wait = attempts.count(database, PER_NUMBER, network_of_request())
    if wait is not None:
        minutes = max(1, math.ceil(wait / timedelta(minutes=1)))
        form.number.errors = [
            ngettext(
                "Too many numbers were asked for. Try again in %(num)s minute",
                "Too many numbers were asked for. Try again in %(num)s minutes",
                minutes,
            )
        ]
        return render_template("issued/index.html", form=form), 429
    with reading() as database:
        found = issued_reports.find(database, asked)
    known = [(each, Seal(each.number, each.digest).code) for each in found]
    return render_template("issued/show.html", form=form, number=asked, found=known)
