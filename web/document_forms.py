"""What people state about a document, as forms: a new one, a change, a newer edition."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    DateField,
    Field,
    Form,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from answering.documents import Confidentiality, Stated
from store.documents import Document
from web.forms import VersionedForm, line, required
from web.labels import choices, hints
from web.language import _
from web.uploads import ACCEPT, MOST_AT_ONCE
from words import N_

LONGEST_TITLE, LONGEST_LOCATION = 300, 500
_OLDEST, _NEWEST = date(1900, 1, 1), date(2200, 1, 1)
_NO_DATE = N_("This is no date. Example: 2027-03-01")


class DayField(DateField):
    """A day, empty where none is stated; what is no day is one sentence of ours."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        if not any(value.strip() for value in valuelist):
            self.data = None
            return
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(_(_NO_DATE)) from None
        if self.data is not None and not _OLDEST <= self.data < _NEWEST:
            self.data = None
            raise ValueError(_(_NO_DATE))


class TickedField(SelectMultipleField):
    """Several of what is offered, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _day(label: str, hint: str = "") -> DayField:
    return DayField(label, description=hint, render_kw={"min": _OLDEST.isoformat(), "max": "2199-12-31"})


def _files(label: str, hint: str) -> MultipleFileField:
    return MultipleFileField(label, description=hint, render_kw={"accept": ACCEPT})


class FactsForm(VersionedForm):
    """All that is stated about a document."""

    title = line(N_("Title"), required(N_("Enter a title")), longest=LONGEST_TITLE)
    number = line(N_("Document number"), hint=N_("As it stands on the document, for example QS-SD-03"))
    edition = line(N_("Edition"), hint=N_("For example V2.1"))
    owner = line(N_("Owner of the document"))
    department_id = SelectField(N_("Department"), coerce=lambda chosen: UUID(str(chosen)) if chosen else None)
    dated = _day(N_("Date of the document"))
    covers_from = _day(N_("Covers the time from"), N_("For records: the first day they tell of"))
    covers_until = _day(N_("until"))
    valid_until = _day(N_("Valid until"), N_("After this day a line that cites it counts as partial, and says so"))
    approved_by = line(N_("Approved by"))
    confidentiality = RadioField(N_("Confidentiality"), coerce=Confidentiality, default=Confidentiality.INTERNAL)
    location = line(N_("Where it is kept"), hint=N_("For what is not uploaded: a cabinet, a system, an address"),
                    longest=LONGEST_LOCATION)  # fmt: skip
    files = _files(N_("Add files"), N_("PDF, pictures, office files and texts"))

    def offer(self, departments: Mapping[UUID, str], document: Document | None = None) -> None:
        """Offer the departments there are, the document's own among them even if it was put away."""
        named = dict(departments)
        if document is not None and document.stated.department_id is not None:
            named.setdefault(document.stated.department_id, document.department)
        nobody = SelectChoice(value="", label=_(N_("No department")))
        self.department_id.choices = [nobody, *(SelectChoice(str(key), name) for key, name in named.items())]
        self.confidentiality.choices = choices(Confidentiality)
        self.confidentiality_hints = hints(Confidentiality)

    @property
    def stated(self) -> Stated:
        return Stated(**{field.name: getattr(self, field.name).data for field in fields(Stated)})

    @property
    def uploads(self) -> list[FileStorage]:
        return [each for each in self.files.data or [] if isinstance(each, FileStorage) and each.filename]

    def validate_covers_until(self, field: Field) -> None:
        if field.data and self.covers_from.data and field.data < self.covers_from.data:
            raise ValidationError(_(N_("This is before the first day")))

    def validate_files(self, field: Field) -> None:
        not_too_many(self, field)


class NewForm(FactsForm):
    """A document to be added; `anyway` although its file is in the library already."""

    anyway = BooleanField(N_("Add it all the same, as a document of its own"))


class EditForm(FactsForm):
    """A document as it was when the page was drawn; files that are ticked are taken away."""

    removed = TickedField(N_("Take files away"), coerce=lambda chosen: UUID(str(chosen)))

    def offer(self, departments: Mapping[UUID, str], document: Document | None = None) -> None:
        super().offer(departments, document)
        current = document.files if document else ()
        self.removed.choices = [SelectChoice(str(file.id), file.name) for file in current]


class ReplaceForm(VersionedForm):
    """What a newer edition states otherwise; everything else stays."""

    edition = line(N_("Edition"), hint=N_("For example V2.1"))
    dated = _day(N_("Date of the document"))
    covers_from = _day(N_("Covers the time from"), N_("For records: the first day they tell of"))
    covers_until = _day(N_("until"))
    valid_until = _day(N_("Valid until"), N_("After this day a line that cites it counts as partial, and says so"))
    approved_by = line(N_("Approved by"))
    files = _files(
        N_("Files of the newer edition"), N_("They take the place of the old ones, which stay in the history")
    )

    uploads = FactsForm.uploads

    def stated_on(self, before: Stated) -> Stated:
        changed = ("edition", "dated", "covers_from", "covers_until", "valid_until", "approved_by")
        return Stated(**(asdict(before) | {name: getattr(self, name).data for name in changed}))

    def validate_files(self, field: Field) -> None:
        not_too_many(self, field)
        if not self.uploads:
            raise ValidationError(_(N_("Choose the files of the newer edition")))

    validate_covers_until = FactsForm.validate_covers_until


def filled(document: Document) -> dict[str, Any]:
    """What a form about a document begins with."""
    stated = asdict(document.stated)
    return stated | {"version": str(document.version)}


def not_too_many(form: Form, _field: Field) -> None:
    if len(form.uploads) > MOST_AT_ONCE:
        raise ValidationError(_(N_("At most %(most)s files at once"), most=MOST_AT_ONCE))
