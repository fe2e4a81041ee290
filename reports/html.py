"""The report as one HTML file: nothing beside it is needed, nothing in it runs, and it reads aloud and prints well."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.cleaning import clean, clean_line
from reports.codes import path_of
from reports.contents.evidence_lines import MARKS, state_of
from reports.contents.order import chapters
from reports.contents.parts import Column
from reports.html_charts import charts_of
from reports.languages import Languages
from reports.options import Edition
from reports.phrases import both
from reports.readiness import Readiness
from surveys.text import Text

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_TAGS = {"zh": "zh-CN", "en": "en"}
_STRIP_LOOKS = {
    "have": {"fill": "#17191e"},
    "partial": {"fill": "url(#hatched)", "stroke": "#825400"},
    "missing": {"fill": "#fbe7e3", "stroke": "#a3281c"},
    "unmarked": {"fill": "#ffffff", "stroke": "#50545d", "stroke-dasharray": "3 3"},
}


def html_bytes(it: Readiness, languages: Languages) -> bytes:
    """Write the report. The same report gives the same bytes."""
    template = _environment().get_template("report/report.html")
    return template.render(_words(it, languages)).encode()


@cache
def _environment() -> Environment:
    """Open the templates without the web application: everything printed is escaped, nothing may be undefined."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _words(it: Readiness, languages: Languages) -> dict[str, Any]:
    organizations = languages.names(it.organization)
    return {
        "it": it,
        "language": "en-GB" if languages is Languages.EN else "zh-CN",
        "title": clean_line(" · ".join((languages.line(it.title), *organizations))),
        "organizations": organizations,
        "extent": _extent(it),
        "logo": _picture(it),
        "is_full": it.options.edition is Edition.FULL,
        "chapters": chapters(it),
        "charts": charts_of(it, languages),
        "words": _said_once(it),
        **_functions(languages),
    }


def _functions(languages: Languages) -> dict[str, Any]:
    return {
        "said": languages.said,
        "spoken": languages.line,
        "clean": clean,
        "kind_of": lambda part: type(part).__name__,
        "share": _share,
        "mark": state_of,
        "marks": frozenset(MARKS),
        "tags": _TAGS,
        "strip_looks": _STRIP_LOOKS,
        "path_of": path_of,
    }


def _share(column: Column, columns: tuple[Column, ...]) -> float:
    return round(100 * column.width / sum(each.width for each in columns), 1)


def _picture(it: Readiness) -> str:
    """The organisation's logo as an address that needs no other file."""
    logo = it.options.logo
    return f"data:image/png;base64,{base64.b64encode(logo.data).decode()}" if logo else ""


def _extent(it: Readiness) -> Text:
    return both("%(reading)s, %(extent)s", reading=it.reading, extent=it.extent) if it.reading else it.extent


def _said_once(it: Readiness) -> dict[str, Text]:
    return {
        "plumbline": both("Plumbline"),
        "level": both("Level applied for"),
        "verdict": both("Verdict"),
        "reasons": both("Reasons"),
        "first_steps": both("Do these three first") if len(it.steps) > 2 else both("Do this first"),
        "afterwards": both("supported afterwards"),
        "nothing": both("Nothing to bring"),
        "contents": both("Contents"),
        "skip": both("Skip to the report"),
        "code": both("QR code of the report’s number and digest"),
        "logo": both("Logo of the organisation"),
    }
