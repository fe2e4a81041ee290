"""A report from end to end: its pages as PDF, with what it says attached, so that it can be checked without us."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import pikepdf

from reports.blocks import Languages
from reports.faces import prepare
from reports.pages.chapters import set_chapters
from reports.pages.cover import set_cover
from reports.pages.setting import Setting
from reports.pdf import draw
from reports.phrases import both
from reports.readiness import Readiness
from reports.sealing import Seal, canonical, seal_from
from surveys.text import Text

DATA, SEAL = "report.json", "seal.json"


class NoReport(ValueError):
    """A file is no report of ours: it is no PDF, or nothing is attached to it."""


def pdf_of(it: Readiness, languages: Languages, data: Mapping[str, Any] | None = None) -> bytes:
    """Print a report; what it says is attached where it is sealed."""
    prepare()
    on = Setting(it, languages)
    set_cover(on)
    set_chapters(on)
    title = both("Readiness report")
    drawn = draw(
        on.paper.sheets,
        on.paper.bookmarks,
        title=f"{_within(languages, title)} – {_within(languages, it.questionnaire)}",
        author=_within(languages, both("Plumbline")),
        subject=it.result.assessment.questionnaire,
        language="en" if languages is Languages.EN else "zh-CN",
    )
    if it.options.seal is None or data is None:
        return drawn
    return _attached(drawn, canonical(data), canonical(it.options.seal.data), it.options.on)


def read(pdf: bytes) -> tuple[dict[str, Any], Seal]:
    """Take out of a report what is attached to it."""
    import json

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            found = {name: opened.attachments[name].get_file().read_bytes() for name in (DATA, SEAL)}
        return json.loads(found[DATA]), seal_from(json.loads(found[SEAL]))
    except (pikepdf.PdfError, KeyError, ValueError) as error:
        raise NoReport(type(error).__name__) from error


def _within(languages: Languages, text: Text) -> str:
    if languages is Languages.BOTH and text.zh != text.en:
        return f"{text.zh} {text.en}"
    return text.en if languages is Languages.EN else text.zh


def _attached(pdf: bytes, data: bytes, seal: bytes, on: date | None) -> bytes:
    """Attach the data and the seal; the same input gives the same bytes."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for name, content in ((DATA, data), (SEAL, seal)):
            spec = pikepdf.AttachedFileSpec(
                opened,
                content,
                filename=name,
                mime_type="application/json",
                description="",
                creation_date="",
                mod_date="",
            )
            opened.attachments[name] = spec
        opened.save(target, deterministic_id=True, compress_streams=True)
    del on
    return target.getvalue()
