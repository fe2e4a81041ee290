"""The styles of a Word report: sizes and colours of the look on paper, fonts that Word, WPS and LibreOffice know."""

from __future__ import annotations

from dataclasses import dataclass

# Found by name on Windows, in WPS and on a Mac with Office; elsewhere the font table names what stands in
LATIN, CHINESE = "Arial", "Microsoft YaHei"
STAND_INS = "Noto Sans SC,Noto Sans CJK SC,Source Han Sans SC,PingFang SC,WenQuanYi Micro Hei"
INK, GREY, RULE, TINT, ACCENT = "17191E", "50545D", "C9C6BD", "F0EEE8", "2A4393"
BAD, PART, OK = "A3281C", "825400", "1B6743"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Style:
    """A style: sizes in points, spacing in twentieths of a point."""

    id: str
    name: str
    size: float
    bold: bool = False
    colour: str = INK
    before: int = 0
    after: int = 0
    line: float = 1.25
    more: str = ""
    outline: int | None = None
    next: str = ""


KEEP = "<w:keepNext/>"
RIGHT = '<w:jc w:val="right"/>'
CENTRE = '<w:jc w:val="center"/>'

PARAGRAPHS = (
    Style("Title", "Title", 28, after=60, line=1.1),
    Style("Subtitle", "Subtitle", 12.5, bold=True, after=160),
    Style("Heading1", "heading 1", 17.5, before=240, after=120, more=KEEP, outline=0, next="Normal"),
    Style("Heading2", "heading 2", 11, bold=True, before=200, after=80, more=KEEP, outline=1, next="Normal"),
    Style("Heading3", "heading 3", 10, bold=True, before=160, after=60, more=KEEP, outline=2, next="Normal"),
    Style("Lead", "Lead", 9, after=60),
    Style("Verdict", "Verdict", 24, colour="FFFFFF", line=1.15),
    Style("VerdictOpen", "Verdict open", 24, line=1.15),
    Style("Reason", "Reason", 9.5, after=40),
    Style("Number", "Big figure", 24, line=1.1),
    Style("TableHead", "Table head", 8, bold=True, more=KEEP, line=1.15),
    Style("TableHeadRight", "Table head right", 8, bold=True, more=KEEP + RIGHT, line=1.15),
    Style("Table", "Table text", 8.5, line=1.1),
    Style("TableRight", "Table figure", 8.5, line=1.2, more=RIGHT),
    Style("TableName", "Table name", 9.5, bold=True, line=1.1),
    Style("TableNote", "Table note", 7.5, colour=GREY, line=1.1),
    Style("Header", "header", 7.5, line=1.1),
    Style("Footer", "footer", 7.5, line=1.1),
    Style("FormTitle", "Form title", 16, bold=True, more=CENTRE, after=40),
    Style("FormNote", "Form note", 9, colour=GREY, more=CENTRE, after=120),
    Style("FormHead", "Form head", 8, bold=True, more=KEEP + CENTRE, line=1.1),
    Style("Form", "Form text", 8, line=1.15),
    Style("FormMiddle", "Form mark", 8, more=CENTRE, line=1.15),
)
CHARACTERS = (
    ("English", "English", GREY, 0.84, False),
    ("Label", "Label", GREY, 0.88, False),
    ("Strong", "Strong", "", 1.0, True),
    ("Level", "Level applied for", ACCENT, 1.0, False),
    ("Bad", "Missing or major", BAD, 1.0, False),
    ("Part", "Partial or minor", PART, 1.0, False),
    ("VerdictScale", "Verdict scale", "FFFFFF", 1.0, False),
    ("Mute", "Outside the level", "646871", 1.0, False),
)


def styles_xml() -> str:
    """Write the style part."""
    paragraphs = "".join(map(_paragraph, PARAGRAPHS))
    characters = "".join(_character(*each) for each in CHARACTERS)
    sized = "".join(_english(each) for each in PARAGRAPHS)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles {_W}>{_DEFAULTS}{_BASE}'
        f"{paragraphs}{characters}{sized}</w:styles>"
    )


_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{LATIN}" w:eastAsia="{CHINESE}" w:hAnsi="{LATIN}" '
    f'w:cs="{LATIN}"/><w:color w:val="{INK}"/><w:sz w:val="18"/><w:szCs w:val="18"/>'
    '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:before="0" w:after="0" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
_BASE = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _paragraph(it: Style) -> str:
    keep, aligned = (KEEP if KEEP in it.more else ""), it.more.replace(KEEP, "")
    outline = f'<w:outlineLvl w:val="{it.outline}"/>' if it.outline is not None else ""
    following = f'<w:next w:val="{it.next}"/>' if it.next else ""
    line = round(240 * it.line)
    return (
        f'<w:style w:type="paragraph" w:styleId="{it.id}"><w:name w:val="{it.name}"/><w:basedOn w:val="Normal"/>'
        f'{following}<w:qFormat/><w:pPr>{keep}<w:spacing w:before="{it.before}" w:after="{it.after}" '
        f'w:line="{line}" w:lineRule="auto"/>{aligned}{outline}</w:pPr><w:rPr>{"<w:b/>" if it.bold else ""}'
        f'<w:color w:val="{it.colour}"/><w:sz w:val="{round(2 * it.size)}"/></w:rPr></w:style>'
    )


def _character(style_id: str, name: str, colour: str, _share: float, bold: bool) -> str:  # noqa: FBT001 - a column
    coloured = f'<w:color w:val="{colour}"/>' if colour else ""
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{'<w:b/>' if bold else ''}{coloured}</w:rPr></w:style>"
    )


def _english(it: Style) -> str:
    """Write how English stands beside the Chinese of a style: smaller, lighter, in grey; in colour where that is."""
    colour = it.colour if it.colour == "FFFFFF" else GREY
    size = max(13, round(2 * it.size * (0.5 if it.size > 20 else 0.84)))
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{it.id}English"><w:name w:val="{it.name} English"/>'
        f'<w:rPr><w:b w:val="0"/><w:color w:val="{colour}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )
