"""Evidence is taken by its content and its name together; whatever is not among the usual types is refused, and why."""

import io
import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering import packed
from answering.file_types import EXTENSIONS, FileType, Refusal, Refused, recognise
from tests.support.evidence import GOOD, OLE, office, old_office, open_document, packed_as, pdf, picture

ALL_WE_TAKE = sorted(EXTENSIONS)


def judged(name: str, content: bytes) -> FileType | tuple[Refusal, str]:
    try:
        return recognise(name, io.BytesIO(content))
    except Refused as refused:
        return refused.why, refused.found


@pytest.mark.parametrize("name", GOOD)
def test_the_usual_types_are_taken(name: str):
    found = judged(name, GOOD[name])

    assert isinstance(found, FileType), found
    assert found.extension == name.rpartition(".")[2].lower()
    assert "html" not in found.media_type
    assert "svg" not in found.media_type


def test_every_type_we_take_is_among_them():
    assert sorted({name.rpartition(".")[2].lower() for name in GOOD}) == ALL_WE_TAKE


@pytest.mark.parametrize(
    ("name", "content", "why", "found"),
    [
        ("report.pdf", b"", Refusal.EMPTY, ""),
        ("report", pdf(), Refusal.NO_EXTENSION, ""),
        (".pdf", pdf(), Refusal.NO_EXTENSION, ""),
        ("tool.exe", b"MZ\x90", Refusal.NOT_AMONG, ""),
        ("mail.eml", b"From: a", Refusal.NOT_AMONG, ""),
        ("run.pdf.js", pdf(), Refusal.NOT_AMONG, ""),
        ("all.zip", packed_as({"a": b"b"}), Refusal.ARCHIVE, ""),
        ("all.rar", b"Rar!", Refusal.ARCHIVE, ""),
        ("page.html", b"<html>", Refusal.PAGE, ""),
        ("page.HTM", b"<html>", Refusal.PAGE, ""),
        ("drawing.svg", b"<svg/>", Refusal.PAGE, ""),
        ("macros.docm", office("word"), Refusal.MACROS, ""),
        ("hidden.docx", office("word", **{"word/vbaProject.bin": b"x"}), Refusal.MACROS, ""),
        ("hidden.xlsx", office("xl", **{"xl/VBAPROJECT.BIN": b"x"}), Refusal.MACROS, ""),
        ("hidden.odt", open_document("text", **{"Basic/Standard/script-lb.xml": b"x"}), Refusal.MACROS, ""),
        ("hidden.doc", old_office("WordDocument", "_VBA_PROJECT"), Refusal.MACROS, ""),
        ("locked.docx", old_office("EncryptionInfo", "EncryptedPackage"), Refusal.ENCRYPTED, ""),
        ("report.pdf", picture(), Refusal.DIFFERENT, "png"),
        ("photo.png", pdf(), Refusal.DIFFERENT, "pdf"),
        ("photo.png", b"<html><script>alert(1)</script>", Refusal.DIFFERENT, ""),
        ("report.pdf", b"MZ\x90\x00" + bytes(2000), Refusal.DIFFERENT, ""),
        ("table.xlsx", office("word"), Refusal.DIFFERENT, "docx"),
        ("table.xlsx", packed_as({"xl/workbook.xml": b""}), Refusal.DIFFERENT, "zip"),
        ("letter.docx", packed_as({"[Content_Types].xml": b"", "visio/d.xml": b""}), Refusal.DIFFERENT, ""),
        ("letter.docx", old_office("WordDocument"), Refusal.DIFFERENT, "doc"),
        ("letter.doc", old_office("Workbook"), Refusal.DIFFERENT, "xls"),
        ("letter.doc", OLE + bytes(600), Refusal.DIFFERENT, ""),
        ("letter.odt", open_document("spreadsheet"), Refusal.DIFFERENT, "ods"),
        ("notes.txt", b"MZ\x90\x00\x03", Refusal.DIFFERENT, ""),
        ("notes.txt", b"ELF\x00", Refusal.DIFFERENT, ""),
        ("notes.txt", b"\xff\xfe\x00\xd8", Refusal.DIFFERENT, ""),
        ("notes.txt", picture(), Refusal.DIFFERENT, "png"),
        ("letter.docx", b"PK\x03\x04" + bytes(40), Refusal.DAMAGED, ""),
        ("letter.docx", office("word")[:-30], Refusal.DAMAGED, ""),
    ],
)
def test_what_is_refused_says_why_and_what_it_is(name: str, content: bytes, why: Refusal, found: str):
    assert judged(name, content) == (why, found)


def test_an_archive_with_an_endless_list_is_refused_before_it_is_read():
    """The list is read into memory whole: a million parts in 50 MB would fill it."""
    whole = office("word")
    lying = whole[:-10] + struct.pack("<I", packed.LARGEST_LIST + 1) + whole[-6:]

    assert judged("a.docx", lying) == (Refusal.DAMAGED, "")
    assert judged("a.docx", whole[:-22] + b"PK\x06\x07" + bytes(16) + whole[-22:]) == (Refusal.DAMAGED, "")


def test_an_archive_of_too_many_parts_or_too_much_inside_is_refused(monkeypatch: pytest.MonkeyPatch):
    content = office("word")
    monkeypatch.setattr(packed, "MOST_PARTS", 1)
    assert judged("a.docx", content) == (Refusal.DAMAGED, "")
    monkeypatch.undo()
    monkeypatch.setattr(packed, "LARGEST_UNPACKED", 5)
    assert judged("a.docx", content) == (Refusal.DAMAGED, "")


@pytest.mark.parametrize("code", ["utf-8", "gb18030"])
def test_a_long_text_is_text_wherever_a_piece_of_it_ends(code: str):
    content = ("记录" * 200_000 + "x").encode(code)

    assert isinstance(judged("long.txt", b" " + content), FileType)
    assert judged("long.txt", content + b"\x00") == (Refusal.DIFFERENT, "")


@given(st.sampled_from(sorted(GOOD)), st.integers(0, 2**32), st.sampled_from(ALL_WE_TAKE))
def test_whatever_is_done_to_a_file_the_answer_is_a_type_or_a_refusal(name: str, seed: int, extension: str):
    chance = random.Random(seed)
    content = bytearray(GOOD[name])
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    cut = bytes(content[: chance.randint(1, len(content))])

    for broken in (bytes(content), cut):
        found = judged(f"a.{extension}", broken)
        assert isinstance(found, (FileType, tuple))
