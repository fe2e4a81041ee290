"""Draws finished pages into a PDF. The only module that holds a canvas."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from reports.blocks import POINT, advance_of
from reports.faces import MISSING, Weight, face_of, lacking, prepare
from reports.paper import (
    HEIGHT,
    WIDTH,
    Bookmark,
    Drawn,
    Filled,
    Hatched,
    Marked,
    Pictured,
    Ruled,
    Sheet,
    Traced,
    Written,
)
from reports.shapes import drawn
from reports.spacing import HALF, OPENING, places
from reports.styles import INK, Style

_MM = 72 / 25.4
_HATCH_STEP = 1.25


def draw(
    sheets: Sequence[Sheet], bookmarks: Sequence[Bookmark], *, title: str, author: str, subject: str, language: str
) -> bytes:
    """Draw pages with their outline. The same pages give the same bytes."""
    prepare()
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pagesize=(WIDTH * _MM, HEIGHT * _MM),
        invariant=1,
        initialFontName=Weight.REGULAR.value,  # type: ignore[arg-type]  # the stubs mistake it for a number
        pageCompression=1,
        lang=language,
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator("Plumbline")
    canvas.addPageLabel(0, style="ARABIC", start=1)
    for number, sheet in enumerate(sheets):
        for bookmark in (each for each in bookmarks if each.page == number):
            _bookmark(canvas, bookmark)
        for each in sheet.drawn:
            _put(canvas, each)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _put(canvas: Canvas, it: Drawn) -> None:
    match it:
        case Written():
            _written(canvas, it)
        case Ruled():
            _ruled(canvas, it)
        case Filled():
            _filled(canvas, it)
        case Traced():
            _traced(canvas, it)
        case Marked():
            _marked(canvas, it)
        case Hatched():
            _hatched(canvas, it)
        case Pictured():
            _pictured(canvas, it)


def _bookmark(canvas: Canvas, it: Bookmark) -> None:
    key = f"{it.page}-{it.y:.1f}-{it.depth}"
    canvas.bookmarkHorizontal(key, 0, (HEIGHT - it.y) * _MM)
    canvas.addOutlineEntry(it.title, key, it.depth, closed=it.depth == 0)


def _written(canvas: Canvas, it: Written) -> None:
    """Write a string, with a hair between Chinese and Latin and half a square less where marks meet."""
    text, style = it.text, it.style
    canvas.setFillColor(_colour(style.colour))
    x = it.x - (HALF * style.size / 1000 * POINT if text[0] in OPENING else 0)
    reach = advance_of(style.weight)
    y = (HEIGHT - it.y) * _MM
    start = 0
    for index, added in (*_breaks(text, style.weight), (len(text), 0)):
        piece = text[start:index]
        if piece:
            _piece(canvas, (x * _MM, y), piece, style)
            x += (sum(map(reach, piece)) + added) * style.size / 1000 * POINT
        start = index


def _breaks(text: str, weight: Weight) -> list[tuple[int, int]]:
    """Find where a string must be drawn in pieces: at gaps, and where the face changes."""
    found = dict(places(text))
    if not text.isascii() and (foreign := lacking(text, weight)):
        for index, character in enumerate(text):
            if character in foreign:
                found.setdefault(index, 0)
                found.setdefault(index + 1, 0)
    return sorted(found.items())


def _piece(canvas: Canvas, at: tuple[float, float], text: str, style: Style) -> None:
    name = face_of(text[0], style.weight)
    if name is None:
        text, name = MISSING * len(text), style.weight.value
    canvas.setFont(name, style.size)
    canvas.drawString(*at, text)


def _ruled(canvas: Canvas, it: Ruled) -> None:
    _stroke(canvas, it.colour, it.weight, it.dash)
    canvas.line(it.x1 * _MM, (HEIGHT - it.y1) * _MM, it.x2 * _MM, (HEIGHT - it.y2) * _MM)


def _filled(canvas: Canvas, it: Filled) -> None:
    if it.fill:
        canvas.setFillColor(_colour(it.fill))
    if it.edge:
        _stroke(canvas, it.edge, it.weight, it.dash)
    canvas.rect(
        it.x * _MM,
        (HEIGHT - it.y - it.height) * _MM,
        it.width * _MM,
        it.height * _MM,
        stroke=int(bool(it.edge)),
        fill=int(bool(it.fill)),
    )


def _traced(canvas: Canvas, it: Traced) -> None:
    if it.fill:
        canvas.setFillColor(_colour(it.fill))
    if it.edge:
        _stroke(canvas, it.edge, it.weight, it.dash)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path: PDFPathObject = canvas.beginPath()
    path.moveTo(it.points[0][0] * _MM, (HEIGHT - it.points[0][1]) * _MM)
    for x, y in it.points[1:]:
        path.lineTo(x * _MM, (HEIGHT - y) * _MM)
    if it.closed:
        path.close()
    canvas.drawPath(path, stroke=int(bool(it.edge)), fill=int(bool(it.fill)))
    canvas.setLineCap(0)
    canvas.setLineJoin(0)


def _marked(canvas: Canvas, it: Marked) -> None:
    for each in drawn(it):
        _put(canvas, each)


def _hatched(canvas: Canvas, it: Hatched) -> None:
    """Fill a box with slanted lines, clipped to it, and outline it."""
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(it.x * _MM, (HEIGHT - it.y - it.height) * _MM, it.width * _MM, it.height * _MM)
    canvas.clipPath(clip, stroke=0, fill=0)
    _stroke(canvas, INK, 0.45, ())
    at = it.x - it.height
    while at < it.x + it.width:
        canvas.line(at * _MM, (HEIGHT - it.y - it.height) * _MM, (at + it.height / 2) * _MM, (HEIGHT - it.y) * _MM)
        at += _HATCH_STEP
    canvas.restoreState()
    _filled(canvas, Filled(it.x, it.y, it.width, it.height, edge=INK, weight=0.5))


def _pictured(canvas: Canvas, it: Pictured) -> None:
    canvas.drawImage(
        ImageReader(io.BytesIO(it.data)),
        it.x * _MM,
        (HEIGHT - it.y - it.height) * _MM,
        it.width * _MM,
        it.height * _MM,
        preserveAspectRatio=True,
        anchor="e",
        mask="auto",
    )


def _stroke(canvas: Canvas, colour: str, weight: float, dash: tuple[float, ...]) -> None:
    canvas.setStrokeColor(_colour(colour))
    canvas.setLineWidth(weight)
    canvas.setDash(list(dash) if dash else [])


_colours: dict[str, Color] = {}


def _colour(hexadecimal: str) -> Color:
    found = _colours.get(hexadecimal)
    if found is None:
        found = _colours[hexadecimal] = HexColor(hexadecimal)
    return found
