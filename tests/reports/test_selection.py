"""A report of chosen chapters: honest on page one, whole in its data, and the same choice in every format."""

import io
import struct
import zipfile
from dataclasses import replace

import openpyxl
import pypdfium2
import pytest
import segno
from PIL import Image

from files.assessments_writing import data_of
from reports.codes import code_of, path_of, png_of
from reports.docx import docx_bytes
from reports.html import html_bytes
from reports.languages import Languages
from reports.options import Edition, Logo, Options
from reports.plain import report_data
from reports.readiness import Readiness
from reports.report import pages_of, pdf_of, read
from reports.sealing import Seal, digest_of, private_key, seal
from reports.selection import ChapterName, omission
from reports.summary import summarise
from reports.xlsx import xlsx_bytes
from tests.support.reports import ON, worked

KEY = private_key(b"k" * 32)
ONLY_GAPS = frozenset(ChapterName) - {ChapterName.GAPS}


def chosen(left_out: frozenset[ChapterName], logo: Logo | None = None) -> Readiness:
    it = worked()
    mark = seal(report_data(it, data_of(it.assessment), Edition.FULL), ON)
    return summarise(it, Options(on=ON, seal=mark, left_out=left_out, logo=logo))


def picture(width: int, height: int) -> Logo:
    target = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 80, 160, 128)).save(target, "PNG")
    return Logo(target.getvalue(), width, height)


def outline(pdf: bytes) -> list[str]:
    return [each.get_title() for each in pypdfium2.PdfDocument(pdf).get_toc() if each.level == 0]


def page_one(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded())


def test_what_is_left_out_is_said_and_what_a_report_lacks_is_not():
    there = (ChapterName.STANDING, ChapterName.GAPS, ChapterName.RECORD)

    def said(*left_out: ChapterName) -> str:
        found = omission(there, left_out)
        return found.en if found else ""

    assert said(ChapterName.APPLICABILITY) == ""
    assert said(ChapterName.GAPS).startswith("Not printed here: Gaps.")
    assert said(ChapterName.GAPS, ChapterName.RECORD).startswith("Only printed here: Where you stand.")
    assert said(*ChapterName).startswith("Only page one and the seal")


def test_a_partial_pdf_says_so_keeps_its_data_whole_and_is_as_it_was_sealed():
    it = chosen(ONLY_GAPS)
    data = report_data(it.result, data_of(it.result.assessment), Edition.FULL)
    pdf = pdf_of(it, Languages.EN, data, KEY)

    assert outline(pdf) == ["Readiness report", "Gaps", "Signatures and seal"]
    assert "Only printed here: Gaps" in page_one(pdf)
    attached, mark = read(pdf)
    assert attached == data
    assert digest_of(attached) == mark.digest
    assert pages_of(pdf) == mark.pages


def test_a_whole_report_says_nothing_of_the_kind():
    assert "printed here" not in page_one(pdf_of(chosen(frozenset()), Languages.EN))


def test_every_format_leaves_the_same_chapters_out():
    it = chosen(ONLY_GAPS)
    html = html_bytes(it, Languages.EN).decode()
    word = zipfile.ZipFile(io.BytesIO(docx_bytes(it, Languages.EN))).read("word/document.xml").decode()
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(it, Languages.EN)))

    assert 'id="gaps"' in html
    assert 'id="record"' not in html
    for text in (html, word):
        assert "Only printed here: Gaps" in text
        assert "Evidence checklist" not in text
    assert book.sheetnames[0] == "Overview"
    assert "Gaps" in book.sheetnames
    assert not {"Sections", "How it was scored"} & set(book.sheetnames)
    assert any("Only printed here: Gaps" in str(row) for row in book["Overview"].values)


@pytest.mark.parametrize(
    ("pixels", "millimetres"), [((800, 100), (40, 5)), ((100, 300), (4, 12)), ((400, 120), (40, 12))]
)
def test_a_logo_is_fitted_into_its_box_unstretched(pixels: tuple[int, int], millimetres: tuple[float, float]):
    assert picture(*pixels).size_within(40, 12) == pytest.approx(millimetres)


@pytest.mark.parametrize("logo", [picture(800, 100), picture(60, 300)], ids=["wide", "tall"])
def test_a_logo_stands_on_page_one_alone_and_keeps_off_the_number(logo: Logo):
    pdf = pypdfium2.PdfDocument(pdf_of(chosen(ONLY_GAPS, logo), Languages.BOTH))
    pictures = [list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])) for page in pdf]
    left, bottom, right, top = pictures[0][0].get_bounds()

    assert [len(each) for each in pictures] == [1, *[0] * (len(pdf) - 1)]
    assert right == pytest.approx(190 / 25.4 * 72, abs=0.6)
    assert top - bottom <= 12 / 25.4 * 72 + 0.6
    number = pdf[0].get_textpage().search("PL-").get_next()
    assert pdf[0].get_textpage().get_charbox(number[0] + 19)[2] < left


def test_a_logo_is_in_word_and_html_and_gives_the_same_bytes():
    logo = picture(300, 100)
    it = chosen(frozenset(), logo)
    word = docx_bytes(it, Languages.BOTH)
    archive = zipfile.ZipFile(io.BytesIO(word))

    assert archive.read("word/media/logo.png") == logo.data
    assert "media/logo.png" in archive.read("word/_rels/header2.xml.rels").decode()
    assert docx_bytes(it, Languages.BOTH) == word
    assert html_bytes(it, Languages.BOTH).count(b"data:image/png;base64,") == 1


def test_a_word_file_without_logo_and_seal_has_no_picture():
    it = chosen(frozenset())
    bare = replace(it, options=replace(it.options, seal=None))
    archive = zipfile.ZipFile(io.BytesIO(docx_bytes(bare, Languages.EN)))

    assert not [name for name in archive.namelist() if "media" in name or "header2.xml.rels" in name]


def test_word_and_html_carry_the_seal_of_the_pdf():
    it = chosen(frozenset())
    mark = it.options.seal
    assert mark is not None
    html = html_bytes(it, Languages.EN).decode()
    archive = zipfile.ZipFile(io.BytesIO(docx_bytes(it, Languages.EN)))
    word = archive.read("word/document.xml").decode()

    for text in (html, word):
        assert mark.code in text
        assert mark.digest in text
        assert "Anybody can change this file" in text
    assert path_of(code_of(mark)) in html
    assert archive.read("word/media/code.png") == png_of(code_of(mark))


def test_the_picture_of_a_code_has_its_modules_and_the_white_that_readers_need():
    mark = Seal("PL-20261121-C4D03AC8", "c4d03ac8" * 8)
    rows = code_of(mark)
    expected = segno.make(f"PL-20261121-C4D03AC8/{'C4D03AC8' * 4}", error="m", boost_error=False)
    drawn = Image.open(io.BytesIO(png_of(rows)))
    side = len(rows) + 8
    small = [[drawn.getpixel((x * 8 + 3, y * 8 + 5)) for x in range(side)] for y in range(side)]

    assert [list(row) for row in rows] == [list(row) for row in expected.matrix]
    assert drawn.size == (side * 8, side * 8)
    assert [[int(not pixel) for pixel in line[4:-4]] for line in small[4:-4]] == [list(row) for row in rows]
    assert all(pixel for line in (*small[:4], *small[-4:]) for pixel in line)
    assert struct.unpack(">II", png_of(rows)[16:24]) == drawn.size
