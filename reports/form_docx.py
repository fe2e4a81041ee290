"""The official form as a Word file that can be filled in and signed: a full grid, merged cells, a head that repeats.

The form is Chinese, as the body that receives it has it; our frame around it is kept to head and foot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from reports.docx_markup import Cell, Line, Rules, break_line, paragraph, run, table
from reports.docx_package import Paper, word_file
from reports.docx_styles import TINT
from reports.form import COLUMNS, Choice, Field, FormRow, FormSection, OfficialForm, TrackedBlock, TrackedRow
from reports.languages import Languages
from reports.phrases import both
from surveys.text import Text

_WIDTHS = (9.0, 19.0, 48.0, 50.0, 10.0, 12.0, 22.0)
_FIELD_WIDTHS = (26.0, 66.0, 30.0, 48.0)
_GRID = Rules("7,17191E", "7,17191E", "4,17191E", is_grid=True)
_THICK = "7,17191E"
_TICK, _DASH = "✓", "—"
_GAP = paragraph(properties='<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>')


def form_docx(it: OfficialForm, *, number: str = "", on: date | None = None) -> bytes:
    """Write the form. The same form gives the same bytes."""
    body = "".join(
        (
            paragraph(run(it.title.zh, language="zh"), style="FormTitle"),
            paragraph(run(it.note.zh, language="zh"), style="FormNote"),
            _fields(it.fields),
            _GAP,
            table(it.title.zh, _WIDTHS, _lines(it), _GRID),
            _legend(it),
        )
    )
    head = both("Official form").zh
    paper = Paper(
        title=f"{it.title.zh} {it.organization}".strip(),
        subject=it.questionnaire,
        number=number,
        head=(f"{head}  {it.organization}", it.questionnaire),
        first_head=(head, it.questionnaire),
        languages=Languages.ZH,
        on=on,
    )
    return word_file(body, paper)


def _fields(fields: tuple[Field, ...]) -> str:
    """Set the header two fields a line, in the form's order."""
    cells = [cell for each in fields for cell in _field(each)]
    lines = [Line(tuple(cells[start : start + 4]), height=9) for start in range(0, len(cells), 4)]
    return table(both("Header").zh, _FIELD_WIDTHS, lines, _GRID)


def _field(it: Field) -> tuple[Cell, Cell]:
    name = paragraph(run(it.name.zh, language="zh", style="Strong"), style="Form")
    return Cell(name, shade=TINT, middle=True), Cell(paragraph(run(it.value), style="Form"), middle=True)


def _lines(it: OfficialForm) -> Iterator[Line]:
    yield from _head()
    for section in it.sections:
        yield from _section(section)
    for block in it.blocks:
        yield from _block(block)


def _head() -> Iterator[Line]:
    """Set the two lines of the head: the conclusion has two columns under it, the others run through both."""
    names = {key: both(name).zh for key, name in COLUMNS.items()}
    plain = ("number", "topic", "clause", "evidence")
    above = [_headed(names[each], starts_down=True) for each in plain]
    yield Line((*above, _headed(names["conclusion"], spans=2), _headed(names["shown"], starts_down=True)), is_head=True)
    below = [Cell("", shade=TINT, goes_on=True) for _ in plain]
    values = (_headed(names["conforms"]), _headed(names["conforms-not"]))
    yield Line((*below, *values, Cell("", shade=TINT, goes_on=True)), is_head=True)


def _headed(text: str, *, spans: int = 1, starts_down: bool = False) -> Cell:
    body = paragraph(run(text, language="zh"), style="FormHead")
    return Cell(body, spans=spans, shade=TINT, starts_down=starts_down, middle=True)


def _section(it: FormSection) -> Iterator[Line]:
    for place, each in enumerate(it.rows):
        follower = it.rows[place + 1] if place + 1 < len(it.rows) else None
        title = paragraph(run(it.title.zh, language="zh", style="Strong"), style="Form") if place == 0 else ""
        topic = Cell(title, starts_down=place == 0, goes_on=place > 0)
        yield _row(each, topic, leads=follower is not None and follower.shares_above, top="" if place else _THICK)


def _row(it: FormRow, topic: Cell, *, leads: bool, top: str) -> Line:
    style = "Mute" if it.is_outside else ""
    evidence = Cell(_stacked(_wanted(it, style)), starts_down=leads, goes_on=it.shares_above)
    cells = (
        Cell(paragraph(run(it.number, style=style), style="FormMiddle")),
        topic,
        Cell(paragraph(run(it.clause.zh, language="zh", style=style), style="Form")),
        evidence,
        *_choice(it.choice),
        Cell(_texts(it.shown)),
    )
    return Line(cells, top=top)


def _wanted(it: FormRow, style: str) -> Iterator[str]:
    for each in it.evidence:
        yield run(f"{each.letter} ", style="Label") + run(each.text.zh, language="zh", style=style)


def _stacked(runs: Iterable[str]) -> str:
    hanging = '<w:ind w:left="198" w:hanging="198"/>'
    return "".join(paragraph(each, style="Form", properties=hanging) for each in runs)


def _texts(texts: Iterable[Text]) -> str:
    return "".join(paragraph(run(each.zh), style="Form") for each in texts)


def _choice(it: Choice) -> tuple[Cell, Cell]:
    marks = {Choice.CONFORMS: (_TICK, ""), Choice.CONFORMS_NOT: ("", _TICK), Choice.OUTSIDE: (_DASH, _DASH)}
    first, second = (paragraph(run(each), style="FormMiddle") for each in marks.get(it, ("", "")))
    return Cell(first, middle=True), Cell(second, middle=True)


def _block(it: TrackedBlock) -> Iterator[Line]:
    number = Cell(paragraph(run(it.number), style="FormMiddle"), shade=TINT)
    title = paragraph(run(it.title.zh, language="zh", style="Strong"), style="Form", properties="<w:keepNext/>")
    yield Line((number, Cell(title, spans=6, shade=TINT)), top=_THICK)
    yield from map(_tracked, it.rows)


def _tracked(it: TrackedRow) -> Line:
    cells = (
        Cell(paragraph(run(it.number), style="FormMiddle")),
        Cell(paragraph(run(it.kind.zh), style="Form")),
        Cell(paragraph(run(it.finding.zh), style="Form")),
        Cell(_texts(it.verification)),
        *_choice(it.choice),
        Cell(paragraph(run(it.evidence), style="Form")),
    )
    return Line(cells, height=6.5, may_split=len(it.finding.zh) + len(it.evidence) > 600)


def _legend(it: OfficialForm) -> str:
    chosen, blank = both("the conclusion chosen"), both("blank: not concluded")
    marks = (f"{_TICK} {chosen.zh}", f"{_DASH} {it.outside.zh}", blank.zh)
    small = '<w:spacing w:before="80" w:after="0"/>'
    said = run("      ".join(marks), language="zh") + break_line() + run(it.wording.zh, language="zh", style="Label")
    return paragraph(said, style="Form", properties=small)
