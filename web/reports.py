"""The report of an assessment: chosen and looked at on one page, taken along as a file; and the official form."""

from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, SelectChoice

from people.access import Action, may
from reports.form import OfficialForm, has_form
from reports.form_docx import form_docx
from reports.form_filling import blank_form, filled_form
from reports.html import html_bytes
from reports.languages import Languages
from reports.options import Edition
from reports.phrases import both
from reports.readiness import Readiness
from reports.report import form_of
from reports.selection import TITLES, ChapterName
from store import issued, log
from store.database import holding_still, writing
from store.log import Event
from surveys.text import Text
from web.assessment_pages import page
from web.days import today
from web.document_forms import TickedField
from web.downloads import disposition
from web.forms import PlumblineForm, line
from web.language import _, chosen
from web.letterheads import LONGEST_COVER_LINE
from web.report_building import FORMATS, Asked, Gathered, Wish, gather, wording_of
from web.report_names import BLANK, FORM, REPORT, file_name
from web.rules import allow
from web.turns import turn
from web.visit import person, place
from words import N_

reports = Blueprint("reports", __name__, url_prefix="/o/<org>/reports/<uuid:id>")
_FORM_FORMATS = ("pdf", "docx")
# Even if a browser were made to show it: nothing of ours in reach
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
# Read in the browser it may look as it does, and do nothing; its pictures are part of it
_READING_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
)
_ON_PAGE_ONE = {
    "level": N_("Level applied for"),
    "verdict": N_("Verdict"),
    "reasons": N_("Reasons"),
    "first_steps": N_("Do these three first"),
    "first_step": N_("Do this first"),
    "nothing": N_("Nothing to bring"),
    "plumbline": N_("Plumbline"),
    "afterwards": N_("supported afterwards"),
}
_TAGS = {"zh": "zh-Hans", "en": "en"}


class ReportForm(PlumblineForm):
    """What the report is to be like; looking at it changes nothing, and is asked for in the address."""

    class Meta:
        csrf = False

    lang = RadioField(N_("Language of the report"), default="")
    edition = RadioField(N_("Edition"), default="full")
    cover = line(
        N_("Line on the cover"),
        hint=N_("For example the name of a project or a department. At most 80 characters; may stay empty"),
        longest=LONGEST_COVER_LINE,
    )
    chapters = TickedField(
        N_("Chapters"), description=N_("Page one and the seal are always printed; page one says what is left out")
    )
    logo = BooleanField(N_("Print the logo"))

    def offer(self, it: Gathered) -> None:
        """Offer what there is to choose; what is not on offer counts as not chosen."""
        self.chapters.choices = [SelectChoice(value=str(each), label=_(TITLES[each])) for each in ChapterName]
        self.lang.choices = [
            SelectChoice(value="zh", label=_(N_("Chinese"))),
            SelectChoice(value="en", label=_(N_("English"))),
            SelectChoice(value="both", label=_(N_("Chinese and English"))),
        ]
        self.edition.choices = [
            SelectChoice(value="full", label=_(N_("Full"))),
            SelectChoice(value="body", label=_(N_("For the certification body"))),
        ]
        for field, otherwise in ((self.lang, chosen()), (self.edition, Edition.FULL)):
            if field.data not in {each.value for each in field.choices}:
                field.data = str(otherwise)
        if not self.is_filled_in:
            self.chapters.data, self.logo.data = list(ChapterName), True
        if "cover" not in request.values:
            self.cover.data = it.letterhead.cover_line
        self.cover.data = (self.cover.data or "")[:LONGEST_COVER_LINE]

    @property
    def is_filled_in(self) -> bool:
        """Say whether a box that is not ticked was left so, rather than never shown."""
        return "chosen" in request.values

    @property
    def wish(self) -> Wish:
        left_out = frozenset(each for each in ChapterName if each not in (self.chapters.data or ()))
        return Wish(
            Languages(self.lang.data), Edition(self.edition.data), self.cover.data or "", left_out, self.logo.data
        )

    def only(self, it: Readiness) -> None:
        """Offer the chapters that there are, now that it is known."""
        self.chapters.choices = [each for each in self.chapters.choices if each.value in it.chapters]


@reports.get("")
@allow(Action.SEE_ASSESSMENTS)
def index(org: str, id: UUID) -> ResponseReturnValue:
    """Choose what the report is like, and look at its first page."""
    form, it = _asked(id)
    form.only(it.readiness)
    return render_template(
        "reports/index.html",
        **page(it.it.at, **{"results.gaps": len(it.it.at.result.gaps)}),
        form=form,
        wish=it.wish,
        shown=it.readiness,
        formats=FORMATS,
        has_form=has_form(it.it.at.it),
        letterhead=it.it.letterhead,
        may_change_head=may(person(), Action.MANAGE_ASSESSMENTS, place()),
        said=it.wish.languages.said,
        once={name: both(message) for name, message in _ON_PAGE_ONE.items()},
        tags=_TAGS,
    )


@reports.get("/whole")
@allow(Action.SEE_ASSESSMENTS)
def whole(org: str, id: UUID) -> ResponseReturnValue:
    """Show the whole report as it would be, without the number and the seal of one that is issued."""
    _form, it = _asked(id)
    with turn():
        made = html_bytes(it.unsealed, it.wish.languages)
    response = Response(made, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _READING_POLICY
    return response


@reports.post("/<format>")
@allow(Action.SEE_ASSESSMENTS)
def report(org: str, id: UUID, format: str) -> ResponseReturnValue:
    """Issue a report: build it, note its number, and send it. It is a form that is sent, as a number is given out."""
    wanted = FORMATS.get(format) or abort(404)
    with turn():
        _form, it = _asked(id)
        made = wanted.write(it)
    _issue(it, format)
    name = file_name(REPORT, it.wish.languages, it.it.at.it, format, whose=_whose(it.it), on=it.on)
    return _sent(made, wanted.media_type, name)


@reports.get("/form/<paper>")
@allow(Action.SEE_ASSESSMENTS)
def official_form(org: str, id: UUID, paper: str) -> ResponseReturnValue:
    """Send the official form, filled in or, on request, blank."""
    if paper not in _FORM_FORMATS:
        abort(404)
    with holding_still() as database:
        it = gather(database, id)
    if not has_form(it.at.it):
        abort(404)
    is_blank = "blank" in request.args
    with turn():
        wording = wording_of(it.at.it)
        made = _written(blank_form(it.at.it, wording) if is_blank else filled_form(it.at.result, wording), paper)
    named = file_name(
        BLANK if is_blank else FORM,
        Languages.ZH,
        it.at.it,
        paper,
        whose=None if is_blank else _whose(it),
        on=None if is_blank else today(),
    )
    return _sent(made, FORMATS[paper].media_type, named)


def _asked(id: UUID) -> tuple[ReportForm, Asked]:
    """Read what is asked for and what it is made of; the day is taken once."""
    form = ReportForm(request.form if request.method == "POST" else request.args)
    with holding_still() as database:
        it = gather(database, id)
    form.offer(it)
    return form, Asked(it, form.wish, today())


def _issue(it: Asked, format: str) -> None:
    """Note the number that the report carries, so that this installation can say that it gave it out."""
    head, mark = it.it.at.head, it.options.seal
    assert mark is not None
    with writing() as database:
        issued.note(database, head, number=mark.number, digest=mark.digest, by=person().id)
        log.record(
            database, head.organization_id, Event.REPORT_ISSUED, actor=person().id, subject=head.id,
            number=mark.number, format=format,
        )  # fmt: skip


def _written(it: OfficialForm, paper: str) -> bytes:
    return form_of(it) if paper == "pdf" else form_docx(it, on=today())


def _whose(it: Gathered) -> Text:
    """Name whose report it is: as its header does, otherwise as the organisation is called here."""
    stated, here = it.at.result.assessment.organization.name, place().organization
    zh, en = (stated.zh, stated.en) if stated.zh or stated.en else (here.name_zh, here.name_en)
    return Text(zh or en, en or zh)


def _sent(content: bytes, media_type: str, name: str) -> Response:
    """Send a file to be kept, never to be shown."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Security-Policy"] = _POLICY
    return response
