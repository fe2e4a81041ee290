"""A report from end to end: its pages as PDF, with what it says attached, so that it can be checked without us."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pikepdf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reports.blocks import Languages
from reports.faces import prepare
from reports.form import OfficialForm
from reports.pages.chapters import set_chapters
from reports.pages.cover import set_cover
from reports.pages.form import set_form
from reports.pages.setting import Setting
from reports.pdf import draw
from reports.phrases import both
from reports.readiness import Readiness
from reports.sealing import Seal, canonical, public_text, seal_from, signed
from surveys.text import Text

DATA, SEAL = "report.json", "seal.json"
_NOWHERE = (0, 0)
# How a stream is stored says nothing of what it shows
_BY_THE_WAY = frozenset({"/Length", "/Filter", "/DecodeParms", "/Parent"})


class NoReport(ValueError):
    """A file is no report of ours: it is no PDF, or nothing is attached to it."""


def pdf_of(
    it: Readiness,
    languages: Languages,
    data: Mapping[str, Any] | None = None,
    key: Ed25519PrivateKey | None = None,
) -> bytes:
    """Print a report. One that is sealed has what it says attached; with a key the seal is signed."""
    prepare()
    on = Setting(it, languages, signs_with=public_text(key.public_key()) if key else "")
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
    return _attached(drawn, data, it.options.seal, key)


def read(pdf: bytes) -> tuple[dict[str, Any], Seal]:
    """Take out of a report what is attached to it."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            found = {name: opened.attachments[name].get_file().read_bytes() for name in (DATA, SEAL)}
        data, seal = json.loads(found[DATA]), json.loads(found[SEAL])
    except (pikepdf.PdfError, KeyError, ValueError) as error:
        raise NoReport(type(error).__name__) from error
    if not isinstance(data, dict) or not isinstance(seal, dict):
        raise NoReport("no data")
    return data, seal_from(seal)


def pages_of(pdf: bytes) -> tuple[str, ...]:
    """Give a digest of each page: of everything that is drawn on it, fonts and pictures included."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        known: dict[tuple[int, int], bytes] = {}
        return tuple(_digest(page.obj, known).hex() for page in opened.pages)


def _digest(it: Any, known: dict[tuple[int, int], bytes]) -> bytes:
    """Hash a value of a PDF with all that it leads to, whatever numbers its objects have."""
    place = getattr(it, "objgen", _NOWHERE)
    if place in known:
        return known[place]
    if place != _NOWHERE:
        known[place] = b""  # a circle ends here
    digest = hashlib.sha256(b"".join(_pieces(it, known))).digest()
    if place != _NOWHERE:
        known[place] = digest
    return digest


def _pieces(it: Any, known: dict[tuple[int, int], bytes]) -> Iterator[bytes]:
    if isinstance(it, pikepdf.Array):
        yield from (_digest(each, known) for each in it)
    elif isinstance(it, pikepdf.Dictionary | pikepdf.Stream):
        for name in sorted(set(it.keys()) - _BY_THE_WAY):
            yield name.encode()
            yield _digest(it[name], known)
        if isinstance(it, pikepdf.Stream):
            yield it.read_bytes()
    else:
        yield repr(it).encode()


def _within(languages: Languages, text: Text) -> str:
    if languages is Languages.BOTH and text.zh != text.en:
        return f"{text.zh} {text.en}"
    return text.en if languages is Languages.EN else text.zh


def _attached(pdf: bytes, data: Mapping[str, Any], seal: Seal, key: Ed25519PrivateKey | None) -> bytes:
    """Attach the data and the seal; the same input gives the same bytes."""
    whole = replace(seal, pages=pages_of(pdf))
    final = signed(whole, key) if key else whole
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for name, content in ((DATA, canonical(data)), (SEAL, canonical(final.data))):
            opened.attachments[name] = pikepdf.AttachedFileSpec(
                opened,
                content,
                filename=name,
                description="",
                mime_type="application/json",
                creation_date="",
                mod_date="",
            )
        opened.save(target, deterministic_id=True, compress_streams=True)
    return target.getvalue()


def form_of(it: OfficialForm, number: str = "") -> bytes:
    """Print the official form."""
    prepare()
    paper = set_form(it, number)
    return draw(
        paper.sheets,
        paper.bookmarks,
        title=it.title.zh,
        author=both("Plumbline").zh,
        subject=it.questionnaire,
        language="zh-CN",
    )
