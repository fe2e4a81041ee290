"""What stands at the head of an organisation's reports: its logo and its cover line."""

from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField

from files.pictures import LARGEST_PICTURE, NoPicture, picture_of
from people.access import Action
from store import letterheads as stored
from store import log
from store.database import reading, writing
from store.letterheads import KeptLogo, Letterhead
from store.log import Event
from web import notices
from web.forms import VersionedForm, line
from web.language import _
from web.rules import allow
from web.visit import person, place
from words import N_

letterheads = Blueprint("letterheads", __name__, url_prefix="/o/<org>/letterhead")
LONGEST_COVER_LINE = 80
_REFUSALS = {
    "empty": N_("This file is empty"),
    "too-large": N_("This picture is larger than 900 kB. Save it smaller"),
    "too-many-pixels": N_("This picture has more than 12 million pixels. 1000 across are enough"),
    "moves": N_("This picture moves. Save one of its frames"),
    "not-a-picture": N_("This is no PNG or JPEG that can be read. Save the logo as PNG"),
}


class LetterheadForm(VersionedForm):
    logo = FileField(
        N_("Logo"),
        description=N_("A PNG or JPEG up to 900 kB. It is printed on page one, at most 40 mm wide and 12 mm high"),
        render_kw={"accept": ".png,.jpg,.jpeg"},
    )
    removes = BooleanField(N_("Take the logo away"))
    cover_line = line(
        N_("Line on the cover"),
        hint=N_("Begins every report; whoever makes one may write another. At most 80 characters; may stay empty"),
        longest=LONGEST_COVER_LINE,
    )


@letterheads.route("", methods=["GET", "POST"])
@allow(Action.MANAGE_ASSESSMENTS)
def edit(org: str) -> ResponseReturnValue:
    """Show and change the head of reports; a logo that is not taken leaves everything as it was."""
    kept = _kept()
    form = LetterheadForm(version=str(kept.version), cover_line=kept.cover_line)
    if form.validate_on_submit():
        if form.is_stale(kept.version):
            return _page(form, kept, theirs=kept), 409
        try:
            wanted = replace(kept, cover_line=form.cover_line.data or "", logo=_logo(form, kept))
        except NoPicture as refused:
            form.logo.errors = [_(_REFUSALS[refused.code])]
        else:
            with writing() as database:
                stored.keep(database, place().organization.id, wanted)
                log.record(database, place().organization.id, Event.LETTERHEAD_CHANGED, actor=person().id)
            notices.tell("saved")
            return redirect(url_for("letterheads.edit", org=org))
    return _page(form, kept)


@letterheads.get("/logo")
@allow(Action.SEE_ASSESSMENTS)
def logo(org: str) -> ResponseReturnValue:
    """Send the logo as it was drawn anew."""
    kept = _kept().logo or abort(404)
    return Response(kept.data, mimetype="image/png")


def _kept() -> Letterhead:
    with reading() as database:
        return stored.of(database, place().organization.id)


def _logo(form: LetterheadForm, kept: Letterhead) -> KeptLogo | None:
    """Take the picture that was brought, or leave what there is. Raise NoPicture."""
    brought = request.files.get(form.logo.name)
    if isinstance(brought, FileStorage) and brought.filename:
        found = picture_of(brought.stream.read(LARGEST_PICTURE + 1))
        return KeptLogo(found.data, found.width, found.height)
    return None if form.removes.data else kept.logo


def _page(form: LetterheadForm, kept: Letterhead, theirs: Letterhead | None = None) -> str:
    return render_template("letterheads/edit.html", form=form, kept=kept, theirs=theirs)
