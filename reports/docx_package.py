"""The parts of a Word file and how they hang together. No template of anybody else's, so nothing unknown is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from reports.cleaning import clean_line
from reports.docx_markup import field, paragraph, run, twips
from reports.docx_pictures import picture
from reports.docx_styles import CHINESE, LATIN, STAND_INS, styles_xml
from reports.languages import Languages
from reports.options import Logo
from reports.packing import packed
from reports.phrases import both

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = (
    ("word/document.xml", f"{_TYPE}.document.main+xml"),
    ("word/styles.xml", f"{_TYPE}.styles+xml"),
    ("word/settings.xml", f"{_TYPE}.settings+xml"),
    ("word/fontTable.xml", f"{_TYPE}.fontTable+xml"),
    ("word/header1.xml", f"{_TYPE}.header+xml"),
    ("word/header2.xml", f"{_TYPE}.header+xml"),
    ("word/footer1.xml", f"{_TYPE}.footer+xml"),
    ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
)
_RELATIONS = (
    ("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"), ("rId3", "fontTable", "fontTable.xml"),
    ("rId4", "header", "header1.xml"), ("rId5", "header", "header2.xml"), ("rId6", "footer", "footer1.xml"),
)  # fmt: skip
# A day of no assessment, for a report without a date: the same input gives the same bytes
_NO_DAY = date(2000, 1, 1)
_TOP, _BOTTOM, _SIDE = 22.0, 18.0, 20.0
_HALF_A_LINE = 56
CODE = "rId7"
_CODE, _LOGO = "media/code.png", "media/logo.png"
_LOGO_SIZE = (40.0, 12.0)
_PAGE, _PAGES = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a Word file says around its text."""

    title: str
    subject: str
    number: str
    head: tuple[str, str]
    languages: Languages
    on: date | None = None
    first_head: tuple[str, str] | None = None
    code: bytes = b""
    logo: Logo | None = None


def word_file(body: str, paper: Paper) -> bytes:
    """Pack a text and what stands around it into a Word file."""
    first = paper.first_head or paper.head
    written = {
        "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{body}{_section()}</w:body></w:document>",
        "word/styles.xml": styles_xml(),
        "word/settings.xml": _settings(paper.languages),
        "word/fontTable.xml": _fonts(),
        "word/header1.xml": f"{_HEAD}<w:hdr {_W}>{_pair('Header', *paper.head)}</w:hdr>",
        "word/header2.xml": f"{_HEAD}<w:hdr {_W}>{_first_head(first, paper)}</w:hdr>",
        "word/footer1.xml": f"{_HEAD}<w:ftr {_W}>{_foot(paper)}</w:ftr>",
        "docProps/core.xml": _core(paper),
        "docProps/app.xml": f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>Plumbline</Application></Properties>',
    }
    around = [
        ("[Content_Types].xml", _types()),
        ("_rels/.rels", _roots()),
        ("word/_rels/document.xml.rels", _inner(paper)),
        *([("word/_rels/header2.xml.rels", _related([("rId1", "image", _LOGO)]))] if paper.logo else []),
    ]
    texts = [(name, text.encode()) for name, text in (*around, *written.items())]
    pictures = [(_CODE, paper.code), (_LOGO, paper.logo.data if paper.logo else b"")]
    return packed([*texts, *((f"word/{name}", data) for name, data in pictures if data)])


def _types() -> str:
    parts = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _PARTS)
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" '
        'ContentType="image/png"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{parts}</Types>'
    )


def _roots() -> str:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'{_HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{_RELATION}/officeDocument" '
        f'Target="word/document.xml"/><Relationship Id="rId2" Type="{package}/metadata/core-properties" '
        f'Target="docProps/core.xml"/><Relationship Id="rId3" Type="{_RELATION}/extended-properties" '
        'Target="docProps/app.xml"/></Relationships>'
    )


def _inner(paper: Paper) -> str:
    return _related([*_RELATIONS, *([(CODE, "image", _CODE)] if paper.code else [])])


def _related(relations: Iterable[tuple[str, str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{rid}" Type="{_RELATION}/{kind}" Target="{target}"/>' for rid, kind, target in relations
    )
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}'
        "</Relationships>"
    )


def _settings(languages: Languages) -> str:
    main = "en-GB" if languages is Languages.EN else "zh-CN"
    return (
        f'{_HEAD}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{main}" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def _fonts() -> str:
    return (
        f'{_HEAD}<w:fonts {_W}><w:font w:name="{CHINESE}"><w:altName w:val="{STAND_INS}"/><w:charset w:val="86"/>'
        f'<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font><w:font w:name="{LATIN}">'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _section() -> str:
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId6"/>'
        f'<w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/><w:pgMar w:top="{twips(_TOP)}" w:right="{twips(_SIDE)}" '
        f'w:bottom="{twips(_BOTTOM)}" w:left="{twips(_SIDE)}" w:header="{twips(10)}" w:footer="{twips(9)}" '
        'w:gutter="0"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )


def _pair(style: str, left: str, right: str, last: str = "") -> str:
    """Set two short texts at the two edges of a line, and what stands behind the second."""
    edge = f'<w:tabs><w:tab w:val="right" w:pos="{twips(170)}"/></w:tabs>'
    return paragraph(run(_short(left)), run("\t"), run(_short(right)), last, style=style, properties=edge)


def _first_head(head: tuple[str, str], paper: Paper) -> str:
    """Set the head of page one, with the organisation's own picture behind the number."""
    if paper.logo is None:
        return _pair("Header", *head)
    size = paper.logo.size_within(*_LOGO_SIZE)
    name = paper.languages.line(both("Logo of the organisation"))
    return _pair("Header", *head, run("  ") + picture("rId1", name, *size))


def _short(text: str) -> str:
    """Keep to half a line what stands at the head of every page; page one has the whole name."""
    line = clean_line(text)
    return line if len(line) <= _HALF_A_LINE else f"{line[: _HALF_A_LINE - 1]}…"


def _foot(paper: Paper) -> str:
    edge = f'<w:tabs><w:tab w:val="right" w:pos="{twips(170)}"/></w:tabs>'
    text = both("Page %(number)s of %(total)s", number=_PAGE, total=_PAGES)
    said = [
        _counted(wording, language, is_second=place > 0)
        for place, (language, wording) in enumerate(paper.languages.said(text))
    ]
    runs = (run(clean_line(paper.number)), run("\t"), run("  ").join(said))
    return paragraph(*runs, style="Footer", properties=edge)


def _counted(text: str, language: str, *, is_second: bool) -> str:
    """Set the sentence of the page number with the two numbers as fields."""
    style = "FooterEnglish" if is_second else ""
    before, _, rest = text.partition(_PAGE)
    between, _, after = rest.partition(_PAGES)
    pieces = [run(each, language=language, style=style) if each else "" for each in (before, between, after)]
    return f"{pieces[0]}{field('PAGE', style)}{pieces[1]}{field('NUMPAGES', style)}{pieces[2]}"


def _core(paper: Paper) -> str:
    at = f"{(paper.on or _NO_DAY).isoformat()}T00:00:00Z"
    language = "en-GB" if paper.languages is Languages.EN else "zh-CN"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(clean_line(paper.title))}</dc:title>'
        f"<dc:subject>{escape(clean_line(paper.subject))}</dc:subject><dc:creator>Plumbline</dc:creator>"
        f'<dc:language>{language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>'
    )
