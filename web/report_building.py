"""A report as it is asked for on its page: gathered once, and written in the format that was chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from files.assessments_writing import data_of
from files.form_wording import load_wording
from files.library import shipped
from files.placing import BadFile
from reports.docx import docx_bytes
from reports.html import html_bytes
from reports.languages import Languages
from reports.options import Edition, Logo, Options
from reports.plain import json_bytes, report_data
from reports.readiness import Readiness
from reports.report import pdf_of
from reports.sealing import private_key, seal
from reports.selection import ChapterName
from reports.summary import summarise
from scoring.results import assess
from settings import Settings
from store import assessments, letterheads
from store.letterheads import Letterhead
from surveys.questionnaire import Questionnaire
from web import shelf
from web.assessment_pages import opened
from web.handing_out import with_short_names
from web.observe import note
from web.scored import Scored, Since, since


@dataclass(frozen=True)
class Wish:
    """What whoever asks for a report chooses."""

    languages: Languages
    edition: Edition
    cover_line: str = ""
    left_out: frozenset[ChapterName] = frozenset()
    has_logo: bool = True

    @property
    def query(self) -> dict[str, Any]:
        """The same wish in an address, as the form sends it."""
        kept = [each.value for each in ChapterName if each not in self.left_out]
        asked = {"lang": self.languages.value, "edition": self.edition.value, "cover": self.cover_line, "chosen": "1"}
        return {**asked, "chapters": kept, **({"logo": "y"} if self.has_logo else {})}


@dataclass(frozen=True)
class Gathered:
    """All that a report is made of, its documents named D1, D2 … as in a file."""

    at: Scored
    before: Since | None
    questionnaire: Mapping[str, Any] | None
    letterhead: Letterhead


@dataclass(frozen=True)
class Asked:
    """A report that is asked for, on a day."""

    it: Gathered
    wish: Wish
    on: date

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the report says, as data: this is what is sealed."""
        result = self.it.at.result
        return report_data(result, data_of(result.assessment), self.wish.edition, self.it.questionnaire)

    @cached_property
    def options(self) -> Options:
        return replace(self._unsealed, seal=seal(self.data, self.on))

    @property
    def _unsealed(self) -> Options:
        kept = self.it.letterhead.logo if self.wish.has_logo else None
        logo = Logo(kept.data, kept.width, kept.height) if kept else None
        return Options(self.wish.edition, self.on, None, self.wish.cover_line, self.wish.left_out, logo)

    @cached_property
    def readiness(self) -> Readiness:
        return self._summarised(self.options)

    @cached_property
    def unsealed(self) -> Readiness:
        """The same before it is issued: to be read, and to prove nothing."""
        return self._summarised(self._unsealed)

    def _summarised(self, options: Options) -> Readiness:
        before = self.it.before
        return summarise(self.it.at.result, options, since=before.comparison if before else None)


def gather(database: Session, id: UUID) -> Gathered:
    """Read what a report is made of, or answer that there is no such page."""
    at = opened(database, id)
    whole = with_short_names(assessments.whole(database, at.head))
    found = Scored(at.head, at.version, assess(at.it, whole, shipped().rule_set(at.head.rules)))
    text = shelf.text_of(database, at.version).decode() if at.version.is_own else None
    questionnaire = {"name": at.it.name, "text": text} if text else None
    return Gathered(found, since(database, found), questionnaire, letterheads.of(database, at.head.organization_id))


def wording_of(it: Questionnaire) -> Mapping[str, str]:
    """Load the body's own wording of its form, where one is kept that can be read; otherwise ours holds."""
    settings: Settings = current_app.extensions["settings"]
    path = settings.data / "forms" / f"{it.name}.txt"
    try:
        return load_wording(path, it) if path.is_file() else {}
    except BadFile as bad:
        note("wording not used", problems=len(bad.problems))
        return {}


def _pdf(it: Asked) -> bytes:
    settings: Settings = current_app.extensions["settings"]
    return pdf_of(it.readiness, it.wish.languages, it.data, private_key(settings.report_key()))


def _docx(it: Asked) -> bytes:
    return docx_bytes(it.readiness, it.wish.languages)


def _xlsx(it: Asked) -> bytes:
    from reports.xlsx import xlsx_bytes  # with openpyxl, 8 MB that only workbooks need

    return xlsx_bytes(it.readiness, it.wish.languages)


def _html(it: Asked) -> bytes:
    return html_bytes(it.readiness, it.wish.languages)


def _json(it: Asked) -> bytes:
    assert it.options.seal is not None
    return json_bytes(it.data, it.options.seal)


@dataclass(frozen=True)
class Format:
    """A kind of file a report comes as."""

    name: str
    media_type: str
    write: Callable[[Asked], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "pdf": Format("PDF", "application/pdf", _pdf),
    "docx": Format("Word", f"{_OFFICE}.wordprocessingml.document", _docx),
    "xlsx": Format("Excel", f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
    "html": Format("HTML", "text/html", _html),
    "json": Format("JSON", "application/json", _json),
}
