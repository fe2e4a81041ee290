"""What people put beside the cells of a workbook is named by sheet and cell, whichever program put it there."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl.comments import Comment

from answering.arriving import Medium, Unread
from files.placing import BadFile
from files.workbook_layout import Wish
from files.workbooks_reading import Returned, read_workbook
from files.workbooks_writing import write_workbook
from scoring.assessment import Assessment
from tests.files.test_workbooks_writing import ASSESSMENT, IT
from tests.support.workbooks import attached, cell, closed, opened

BLANK = write_workbook(IT, Assessment(IT.name))
STAND_IN = (
    "[线程批注]\n\n你的Excel版本可读取此线程批注; 但如果在更新版本的Excel中打开文件，则对批注所作的任何改动都将被删除。"
    "了解详细信息: https://go.microsoft.com/fwlink/?linkid=870924\n\n注释:\n    谁来填：运维部"
)
BOX = """<xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:colOff>9525</xdr:colOff><xdr:row>11</xdr:row>
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:row>14</xdr:row></xdr:to>{}</xdr:twoCellAnchor>"""
SHAPE = """<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/>
<a:p><a:r><a:rPr lang="zh-CN"/><a:t>{}</a:t></a:r></a:p><a:p><a:r><a:t>second line</a:t></a:r></a:p>
</xdr:txBody></xdr:sp>"""
# LibreOffice says where the box of a comment lies, in numbers
WHERE = "<x><commentPr><anchor><from><col>17</col><row>91</row></from></anchor></commentPr></x>"
PICTURE = """<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="图片 2"/></xdr:nvPicPr></xdr:pic>"""


def read(data: bytes) -> Returned:
    return read_workbook(data, IT)


def comments(**texts: str) -> str:
    run = "<r><rPr><sz val='9'/></rPr><t>{}</t></r>"
    each = "".join(
        f'<comment ref="{at}"><text>{run.format(text)}</text>{WHERE}</comment>' for at, text in texts.items()
    )
    return f"<comments><authors><author>Li</author></authors><commentList>{each}</commentList></comments>"


def threads(*texts: tuple[str, str]) -> str:
    each = "".join(f'<threadedComment ref="{at}" id="x"><text>{text}</text></threadedComment>' for at, text in texts)
    uri = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    return f'<ThreadedComments xmlns="{uri}">{each}</ThreadedComments>'


def drawing(*shapes: str) -> str:
    spaces = 'xmlns:xdr="urn:x" xmlns:a="urn:a" xmlns:mc="urn:mc" xmlns:xdr14="urn:14"'
    return f"<xdr:wsDr {spaces}>{''.join(BOX.format(each) for each in shapes)}</xdr:wsDr>"


def test_a_comment_on_any_cell_of_any_sheet_is_named():
    book = opened(BLANK)
    answered = cell(book, "q-1", "note")
    answered.comment = Comment("Li Lan:\n这里要补充", "Li Lan")
    book.worksheets[0]["A1"].comment = Comment("on the guide", "x")
    hidden = book.create_sheet("收起来的")
    hidden.sheet_state = "hidden"
    hidden["C7"].comment = Comment("on a hidden sheet", "x")

    found = read(closed(book))

    assert set(found.unread) == {
        Unread(f"填写 Answers!{answered.coordinate}", "Li Lan: 这里要补充", Medium.COMMENT),
        Unread("说明 Read me!A1", "on the guide", Medium.COMMENT),
        Unread("收起来的!C7", "on a hidden sheet", Medium.COMMENT),
    }
    assert found.unread_count == 3


def test_each_answer_in_a_thread_is_named_and_its_stand_in_is_not():
    parts = {
        "threadedComment1.xml": threads(("D5", "谁来填？"), ("D5", "运维部")),
        "comments1.xml": comments(D5=STAND_IN, E6="an old comment"),
    }

    assert read(attached(BLANK, parts)).unread == [
        Unread("填写 Answers!D5", "谁来填？", Medium.COMMENT),
        Unread("填写 Answers!D5", "运维部", Medium.COMMENT),
        Unread("填写 Answers!E6", "an old comment", Medium.COMMENT),
    ]


def test_of_a_stand_in_that_is_all_there_is_only_what_a_person_wrote_is_shown():
    """WPS and LibreOffice keep the comment that Excel writes for them, and lose the thread."""
    found = read(attached(BLANK, {"comments1.xml": comments(D5=STAND_IN)}))

    assert found.unread == [Unread("填写 Answers!D5", "谁来填：运维部", Medium.COMMENT)]


def test_text_boxes_and_pictures_are_named_where_their_corner_lies():
    boxed = SHAPE.format("in a group")
    group = f'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr name="组合 1"/></xdr:nvGrpSpPr>{boxed}{PICTURE}</xdr:grpSp>'
    ink = '<xdr14:contentPart><xdr14:cNvPr name="墨迹 1"/></xdr14:contentPart>'
    alternate = (
        f"<mc:AlternateContent><mc:Choice>{ink}</mc:Choice><mc:Fallback>{PICTURE}</mc:Fallback></mc:AlternateContent>"
    )
    arrow = '<xdr:sp><xdr:nvSpPr><xdr:cNvPr name="箭头 3"/></xdr:nvSpPr><xdr:txBody><a:p/></xdr:txBody></xdr:sp>'
    chart = '<xdr:graphicFrame><xdr:cNvPr name="Chart 4" descr="Costs"/></xdr:graphicFrame>'
    parts = {"drawing1.xml": drawing(SHAPE.format("见附页"), arrow, PICTURE, group, alternate, chart)}

    found = read(attached(BLANK, parts))

    assert {each.place for each in found.unread} == {"填写 Answers!D12"}
    assert [(each.medium, each.text) for each in found.unread] == [
        (Medium.TEXT_BOX, "见附页 second line"),
        (Medium.PICTURE, "图片 2"),
        (Medium.TEXT_BOX, "in a group second line"),
        (Medium.PICTURE, "图片 2"),
        (Medium.PICTURE, "墨迹 1"),
        (Medium.PICTURE, "Costs"),
    ]


def test_what_went_out_has_nothing_of_the_kind():
    for wish in (Wish(), Wish(by_section=True)):
        assert read(write_workbook(IT, ASSESSMENT, wish)).unread == []


def test_of_very_many_the_first_are_named_and_all_are_counted_and_none_is_kept_whole():
    many = {f"D{number}": "长" * 5_000 for number in range(1, 501)}

    found = read(attached(BLANK, {"comments1.xml": comments(**many)}))

    assert (len(found.unread), found.unread_count) == (12, 500)
    assert {len(each.text) for each in found.unread} == {2_000}


def test_a_part_that_every_sheet_names_is_read_once():
    data = attached(BLANK, {"comments1.xml": comments(D5="once")})
    with ZipFile(BytesIO(data)) as book:
        relations = book.read("xl/worksheets/_rels/sheet2.xml.rels")
    saved = BytesIO(data)
    with ZipFile(saved, "a") as book:
        book.writestr("xl/worksheets/_rels/sheet1.xml.rels", relations)

    assert read(saved.getvalue()).unread_count == 1


def test_a_part_that_is_named_and_not_there_is_nothing():
    """Relations lead out of the archive, too."""
    data = attached(BLANK, {"comments1.xml": comments()})
    saved = BytesIO(data)
    with ZipFile(saved, "a") as book:
        book.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships><Relationship Id="a" Type="x/drawing" Target="../../../../etc/passwd"/>'
            '<Relationship Id="b" Type="x/comments" Target="http://example.org/c.xml" TargetMode="External"/>'
            "</Relationships>",
        )

    assert read(saved.getvalue()).unread == []


@pytest.mark.parametrize(
    "part",
    [
        "<comments>",
        "not XML",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE c [<!ENTITY a "aa">]><comments/>',
        "<comments><comment>no place</comment></comments>",
    ],
)
def test_a_part_that_cannot_be_read_is_refused(part: str):
    encoded = part.encode("utf-16") if "utf-16" in part else part.encode()
    with pytest.raises(BadFile) as bad:
        read(attached(BLANK, {"comments1.xml": encoded}))

    assert [each.problem.code for each in bad.value.problems] == ["workbook-unreadable"]


def test_a_drawing_too_deep_to_be_one_is_refused():
    with pytest.raises(BadFile):
        read(attached(BLANK, {"drawing1.xml": drawing("<a:g>" * 300 + "</a:g>" * 300)}))
