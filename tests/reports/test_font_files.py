"""Faces read without being held: the same characters, widths and outlines as ReportLab reads."""

from pathlib import Path

import pytest
from reportlab.pdfbase import ttfonts

from reports.faces import FONTS, Weight, lacking
from reports.font_files import SlimFace

FACES = sorted(FONTS.glob("*.ttf"))
STOCK = SlimFace.__mro__[1]


@pytest.fixture(scope="module", params=FACES, ids=lambda path: path.stem)
def both(request: pytest.FixtureRequest) -> tuple[SlimFace, ttfonts.TTFontFile]:
    path: Path = request.param
    return SlimFace(str(path)), STOCK(str(path))


def test_every_character_has_the_glyph_and_the_width_that_reportlab_reads(
    both: tuple[SlimFace, ttfonts.TTFontFile],
):
    ours, theirs = both

    assert dict(ours.charToGlyph) == theirs.charToGlyph
    assert dict(ours.charWidths) == theirs.charWidths
    assert len(ours.charWidths) == len(theirs.charWidths)
    assert list(ours.glyphPos) == theirs.glyphPos
    assert ours.defaultWidth == theirs.defaultWidth


def test_a_subset_is_the_same_to_the_byte(both: tuple[SlimFace, ttfonts.TTFontFile]):
    ours, theirs = both
    shared = [code for code, glyph in theirs.charToGlyph.items() if theirs.hmetrics[glyph] == ours.hmetrics[glyph]]
    subset = [0, *shared[: 40 * 37 : 37]]

    assert ours.makeSubset(subset) == theirs.makeSubset(subset)


def test_a_face_keeps_neither_its_file_nor_a_dictionary_of_all_characters(
    both: tuple[SlimFace, ttfonts.TTFontFile],
):
    ours, _ = both
    kept = [value for value in vars(ours).values() if isinstance(value, bytes | dict | list)]

    assert all(len(each) < 100 for each in kept)


def test_the_last_glyphs_share_an_advance_in_the_units_of_their_face():
    emoji = SlimFace(str(FONTS / "NotoEmoji-Regular.ttf"))

    assert emoji.unitsPerEm == 2048
    assert emoji.hmetrics[emoji.numGlyphs - 1][0] == emoji.hmetrics[emoji.hmetrics.advances - 1][0]
    assert emoji.charWidths[0x1F600] == emoji.hmetrics[emoji.charToGlyph[0x1F600]][0] * 1000 / 2048


def test_what_the_family_lacks_is_found_again_and_again():
    assert lacking("准绳 Plumbline", Weight.BOLD) == set()
    assert lacking("\U00020bb7野屋 \U0001f9ea", Weight.REGULAR) == {"\U00020bb7", "\U0001f9ea"}
    assert lacking("\U00020bb7野屋 \U0001f9ea", Weight.REGULAR) == {"\U00020bb7", "\U0001f9ea"}
