"""Taking an assessment out: as a workbook to fill in by hand, or as its file."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice, SelectField

from files.assessments_writing import dump_assessment
from files.workbook_layout import Wish
from files.workbook_words import BOTH, Languages
from people.access import Action
from store import answers, assessments, departments, imports, responsibilities
from store.answers import Kept
from store.database import holding_still, reading
from surveys.text import Language
from web.assessment_pages import Opened, opened, page
from web.downloads import disposition
from web.forms import PlumblineForm
from web.handing_out import with_short_names
from web.language import _
from web.rules import allow
from web.visit import place
from words import N_

workbooks = Blueprint("workbooks", __name__, url_prefix="/o/<org>/workbooks/<uuid:id>")
_LANGUAGES: dict[str, Languages] = {"both": BOTH, "zh": (Language.ZH,), "en": (Language.EN,)}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(PlumblineForm):
    """What kind of workbook; asks for a file, so it changes nothing and is sent in the address."""

    class Meta:
        csrf = False

    languages = RadioField(N_("Languages"), default="both")
    sheets = RadioField(N_("Sheets"), default="one")
    department = SelectField(N_("Items"), default="")

    def offer(self, named: list[tuple[str, str]]) -> None:
        """Offer what there is to choose, in the reader's language."""
        self.languages.choices = _options(
            ("both", _(N_("Chinese and English"))), ("zh", _(N_("Chinese"))), ("en", _(N_("English")))
        )
        self.sheets.choices = _options(
            ("one", _(N_("All items on one sheet"))), ("sections", _(N_("One sheet a section")))
        )
        self.department.choices = _options(("", _(N_("All items of the target"))), *named)


@workbooks.get("")
@allow(Action.SEE_ASSESSMENTS)
def index(org: str, id: UUID) -> ResponseReturnValue:
    """Choose what the workbook is to hold."""
    with reading() as database:
        at = opened(database, id)
        form = _form(database)
    return render_template("workbooks/index.html", **page(at), form=form)


@workbooks.get("/file")
@allow(Action.SEE_ASSESSMENTS)
def workbook(org: str, id: UUID) -> ResponseReturnValue:
    """Send the workbook; what is not on offer counts as not chosen."""
    with holding_still() as database:
        at = opened(database, id)
        form = _form(database)
        wanted = form.department.data if form.validate() else ""
        items = _items_of(database, at, wanted) if wanted else None
        whole = assessments.whole(database, at.head)
        kept = answers.all_of(database, at.head)
        library = imports.library(database, at.head.organization_id)
    wish = Wish(
        languages=_LANGUAGES.get(form.languages.data, BOTH),
        by_section=form.sheets.data == "sections",
        items=items,
        title=at.head.title,
        assessment=str(at.head.id),
        versions=_versions(kept),
    )
    named = replace(whole, documents=dict(whole.documents) | library)
    from files.workbooks_writing import write_workbook  # with openpyxl, 8 MB that only workbooks need

    return _attached(write_workbook(at.it, named, wish), f"{at.head.title}.xlsx", _WORKBOOK)


@workbooks.get("/assessment-file")
@allow(Action.SEE_ASSESSMENTS)
def assessment_file(org: str, id: UUID) -> ResponseReturnValue:
    """Send the assessment as its file, with everything that is stated."""
    with holding_still() as database:
        at = opened(database, id)
        whole = assessments.whole(database, at.head)
    return _attached(dump_assessment(with_short_names(whole)).encode(), f"{at.head.title}.yaml", "application/yaml")


def _form(database: Session) -> WorkbookForm:
    form = WorkbookForm(request.args)
    named = departments.all_of(database, place().organization.id)
    form.offer([(str(each.id), each.name) for each in named])
    return form


def _options(*named: tuple[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=text) for value, text in named]


def _items_of(database: Session, at: Opened, department: str) -> Collection[str]:
    """Give the items that a department answers, leading or related."""
    wanted = UUID(department)
    found = responsibilities.of(database, at.head)
    return {item for item, each in found.items() if wanted in each.leads | each.related}


def _versions(kept: dict[str, Kept]) -> dict[str, int]:
    return {item: each.version for item, each in kept.items()}


def _attached(content: bytes, name: str, media_type: str) -> Response:
    """Send a file to be kept, never to be shown."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = disposition(name)
    return response
