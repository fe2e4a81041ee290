"""`plumbline report`: the report of an assessment file, in the format its name asks for."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.console import BAD_INPUT, Complaint, _
from commands.scoring import bad_input, language

if TYPE_CHECKING:
    from reports.languages import Languages
    from reports.options import Logo, Options
    from reports.readiness import Readiness
    from reports.selection import ChapterName
    from scoring.comparing import Comparison
    from scoring.results import Result

_FORMATS = (".pdf", ".docx", ".xlsx", ".json", ".html")
_FORM_FORMATS = (".pdf", ".docx")
_LONGEST_COVER_LINE = 80


@dataclass(frozen=True)
class Asked:
    """A report as it was asked for."""

    result: Result
    options: Options
    languages: Languages
    data: Mapping[str, Any]
    since: Comparison | None

    @property
    def readiness(self) -> Readiness:
        from reports.summary import summarise

        return summarise(self.result, self.options, since=self.since)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    it = commands.add_parser("report", help=_("write the report of an assessment file"))
    it.add_argument("file", type=Path, metavar="FILE")
    it.add_argument("--lang", choices=["zh", "en", "both"], default="both", help=_("language of the report"))
    it.add_argument("--edition", choices=["full", "body"], default="full", help=_("for the applicant, or for a body"))
    it.add_argument("--previous", type=Path, metavar="FILE", help=_("the last assessment, to say what changed since"))
    it.add_argument("--on", type=_day, metavar="DATE", help=_("the day of the report; if not given, today"))
    it.add_argument("--sections", type=_chapters, metavar="LIST", help=_("the chapters to print, with commas between "
                    "them: standing, gaps, steps, evidence, record, follow-ups, actions, applicability, "
                    "scored"))  # fmt: skip
    it.add_argument("--logo", type=Path, metavar="PICTURE", help=_("a PNG or JPEG for the head of page one"))
    it.add_argument("--cover-line", default="", metavar="TEXT", help=_("a line for the head of page one"))
    it.add_argument("--form", action="store_true", help=_("the official form instead, filled in"))
    it.add_argument("-o", dest="output", type=Path, required=True, metavar="OUT", help=_("where to write it: the "
                    "ending says the format, .pdf, .docx, .xlsx, .json or .html"))  # fmt: skip
    it.set_defaults(run=write_report)


def write_report(chosen: argparse.Namespace) -> None:
    """Write a report, or leave what was there as it was."""
    _refuse(chosen)
    made = _form(chosen) if chosen.form else _WRITERS[chosen.output.suffix](_asked(chosen))
    try:
        write_whole(chosen.output, made)
    except OSError as error:
        raise Complaint(f"{chosen.output}: {error.strerror}", status=BAD_INPUT) from error


def _refuse(chosen: argparse.Namespace) -> None:
    """Refuse a format nobody knows, and to write over what the report is made from."""
    known = _FORM_FORMATS if chosen.form else _FORMATS
    if chosen.output.suffix not in known:
        endings = ", ".join(known)
        raise Complaint(
            _("%(file)s: a report ends in %(endings)s", file=chosen.output, endings=endings), status=BAD_INPUT
        )
    sources = [path for path in (chosen.file, chosen.previous) if path and path.exists()]
    if chosen.output.exists() and any(path.samefile(chosen.output) for path in sources):
        said = _("%(file)s is what the report is made from; nothing was written", file=chosen.output)
        raise Complaint(said, status=BAD_INPUT)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there, so that nobody ever finds half of it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“%(text)s” is no day. Write it as 2026-11-21", text=text))


def _chapters(text: str) -> frozenset[ChapterName]:
    """Read which chapters to print; give those that are left out."""
    from reports.selection import ChapterName

    wanted = {each.strip() for each in text.split(",") if each.strip()}
    known = [str(each) for each in ChapterName]
    if unknown := sorted(wanted - set(known)):
        raise argparse.ArgumentTypeError(
            _("there is no chapter “%(name)s”. There are: %(known)s", name=unknown[0], known=", ".join(known))
        )
    return frozenset(each for each in ChapterName if each not in wanted)


def _logo(path: Path | None) -> Logo | None:
    from files.pictures import NoPicture, picture_of
    from reports.options import Logo

    if path is None:
        return None
    try:
        found = picture_of(path.read_bytes())
    except OSError as error:
        raise Complaint(f"{path}: {error.strerror}", status=BAD_INPUT) from error
    except NoPicture:
        raise Complaint(
            _("%(file)s: no PNG or JPEG that stands still, of up to 900 kB and 12 million pixels", file=path),
            status=BAD_INPUT,
        )
    return Logo(found.data, found.width, found.height)


def _asked(chosen: argparse.Namespace) -> Asked:
    from files.assessments_writing import data_of
    from reports.languages import Languages
    from reports.options import Edition, Options
    from reports.plain import report_data
    from reports.sealing import seal

    result, edition = _scored(chosen.file), Edition(chosen.edition)
    on = chosen.on or datetime.now(UTC).astimezone().date()
    data = report_data(result, data_of(result.assessment), edition)
    options = Options(
        edition=edition,
        on=on,
        seal=seal(data, on),
        cover_line=chosen.cover_line[:_LONGEST_COVER_LINE],
        left_out=chosen.sections or frozenset(),
        logo=_logo(chosen.logo),
    )
    since = _compared(chosen.previous, result) if chosen.previous else None
    return Asked(result, options, Languages(chosen.lang), data, since)


def _scored(path: Path) -> Result:
    from files.assessments import load_assessment
    from files.placing import BadFile
    from scoring.results import assess

    try:
        opened = load_assessment(path)
    except BadFile as bad:
        raise bad_input(bad)
    return assess(opened.questionnaire, opened.assessment, opened.rules)


def _compared(path: Path, result: Result) -> Comparison:
    """Compare with the last assessment, through the item map where it was of another version."""
    from files.library import shipped
    from scoring.comparing import CannotCompare, compare

    before = _scored(path)
    old, new = before.assessment.questionnaire, result.assessment.questionnaire
    try:
        return compare(before, result, None if old == new else shipped().item_map(old, new))
    except CannotCompare as error:
        raise Complaint(f"{path}: {error.why.within(language())}", status=BAD_INPUT)


def _form(chosen: argparse.Namespace) -> bytes:
    from reports.form import has_form
    from reports.form_filling import filled_form

    result = _scored(chosen.file)
    if not has_form(result.target.questionnaire):
        raise Complaint(
            _("%(file)s: %(questionnaire)s has no official form", file=chosen.file,
              questionnaire=result.assessment.questionnaire),
            status=BAD_INPUT,
        )  # fmt: skip
    it = filled_form(result, _wording(result))
    if chosen.output.suffix == ".pdf":
        from reports.report import form_of

        return form_of(it)
    from reports.form_docx import form_docx

    return form_docx(it, on=chosen.on or result.assessment.assessed_on)


def _wording(result: Result) -> Mapping[str, str]:
    """Load the body's own wording where the installation keeps one: `forms/<id>@<version>.txt` in its data."""
    import settings as environment
    from files.form_wording import load_wording
    from files.placing import BadFile

    path = environment.read(os.environ).data / "forms" / f"{result.assessment.questionnaire}.txt"
    try:
        return load_wording(path, result.target.questionnaire) if path.is_file() else {}
    except BadFile as bad:
        raise bad_input(bad)


def _pdf(it: Asked) -> bytes:
    import settings as environment
    from reports.report import pdf_of
    from reports.sealing import private_key

    kept = environment.prepare(environment.read(os.environ))
    return pdf_of(it.readiness, it.languages, it.data, private_key(kept.report_key()))


def _docx(it: Asked) -> bytes:
    from reports.docx import docx_bytes

    return docx_bytes(it.readiness, it.languages)


def _xlsx(it: Asked) -> bytes:
    from reports.xlsx import xlsx_bytes

    return xlsx_bytes(it.readiness, it.languages)


def _html(it: Asked) -> bytes:
    from reports.html import html_bytes

    return html_bytes(it.readiness, it.languages)


def _json(it: Asked) -> bytes:
    from reports.plain import json_bytes

    assert it.options.seal is not None
    return json_bytes(it.data, it.options.seal)


_WRITERS: Mapping[str, Callable[[Asked], bytes]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".html": _html,
    ".json": _json,
}
