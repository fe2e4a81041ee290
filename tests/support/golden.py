"""Pages of reports as small pictures, and how far a page may be from the picture that was kept of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

import pypdfium2
from PIL import Image, ImageChops

from reports.form_filling import filled_form
from reports.languages import Languages
from reports.report import form_of, pdf_of
from reports.sealing import Seal
from settings import ROOT
from tests.support.reports import CASES, told

KEPT = ROOT / "tests" / "reports" / "golden"
DRAWN = ROOT / "build" / "golden"
# 50 points to the inch: words are grey bars, but a bar that moves or a box that is gone is seen
SCALE = 50 / 72
# Pictures are compared a quarter as large, so that how edges are smoothed does not matter: of 255
SMALLER, TOLERANCE = 4, 24
# The number and the digest are of the data; they would change the page without its looks having changed
SEAL = Seal("PL-20261121-0042", "967828016516b554b823c46fc9a3fc28d17d15491da08703e0c898fe21612a33")


def _report(case: str, languages: Languages, chapter: str, beyond: int = 0) -> Image.Image:
    """Draw the page on which a chapter begins, or one so many pages behind it."""
    document = pypdfium2.PdfDocument(_printed(case, languages))
    places = {item.get_title(): item.get_dest().get_index() for item in document.get_toc()}
    return _drawn(document, places[chapter] + beyond)


@cache
def _printed(case: str, languages: Languages) -> bytes:
    it = told(case)
    return pdf_of(replace(it, options=replace(it.options, seal=SEAL)), languages)


def _drawn(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    return cast("Image.Image", document[index].render(scale=SCALE, grayscale=True).to_pil()).convert("L")


def _form() -> Image.Image:
    return _drawn(pypdfium2.PdfDocument(form_of(filled_form(CASES["worked example"]()))), 0)


PAGES: Mapping[str, Callable[[], Image.Image]] = {
    "page-one": lambda: _report("worked example", Languages.BOTH, "准备度报告 Readiness report"),
    "where-you-stand": lambda: _report("worked example", Languages.BOTH, "所处位置 Where you stand"),
    "gaps": lambda: _report("worked example", Languages.BOTH, "差距项 Gaps"),
    "how-it-was-scored": lambda: _report("worked example", Languages.BOTH, "评分依据 How it was scored"),
    "signatures-and-seal": lambda: _report("worked example", Languages.BOTH, "签字与核验 Signatures and seal"),
    "corrective-action": lambda: _report("om-services-small-company", Languages.EN, "59 internal audit"),
    "isms-by-clause-and-theme": lambda: _report("isms-2022-gap-analysis", Languages.ZH, "所处位置"),
    "official-form": _form,
}


def kept(name: str) -> Path:
    return KEPT / f"{name}.png"


def keep(name: str, picture: Image.Image, folder: Path = KEPT) -> Path:
    """Write a picture in sixteen greys, which is small."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    picture.quantize(16).save(path, optimize=True)
    return path


def differs(drawn: Image.Image, before: Image.Image) -> str:
    """Say where a page looks different, in millimetres from its top left corner; nothing where it does not."""
    if drawn.size != before.size:
        return f"the page is {drawn.size}, it was {before.size}"
    apart = ImageChops.difference(_small(drawn), _small(before)).point(lambda value: 255 * (value > TOLERANCE))
    box = apart.getbbox()
    if box is None:
        return ""
    left, top, right, bottom = (round(edge * SMALLER / SCALE * 25.4 / 72) for edge in box)
    return f"it looks different between {left}, {top} and {right}, {bottom} mm"


def _small(it: Image.Image) -> Image.Image:
    return it.resize((it.width // SMALLER, it.height // SMALLER), Image.Resampling.BOX)
