"""Page one of a Word report: level, verdict, reasons, figures, the three things to do first."""

from __future__ import annotations

from collections.abc import Iterator

from reports.docx_markup import Cell, Line, Rules, break_line, paragraph, run, table
from reports.docx_styles import BAD, OK, PART
from reports.docx_voices import SIGNS, both_runs, stacked
from reports.languages import Languages
from reports.options import Edition
from reports.phrases import both, same
from reports.readiness import Fact, Figure, Readiness, StepRow
from scoring.verdicts import Verdict
from surveys.text import Text

_BANDS = {Verdict.READY: OK, Verdict.READY_AFTER_IMPROVEMENT: PART, Verdict.NOT_READY: BAD}
_NO_RULES = Rules("", "", "")
_DASHED = Rules("8,17191E,dashed", "8,17191E,dashed", "")
_INDENT = '<w:ind w:left="227"/>'


def cover(it: Readiness, languages: Languages) -> str:
    """Set page one."""
    return "".join(_parts(it, languages))


def _parts(it: Readiness, languages: Languages) -> Iterator[str]:
    yield paragraph(both_runs(it.title, languages, "Title"), style="Title")
    yield _organization(it, languages)
    yield _level(it, languages)
    yield _facts(it, languages)
    yield _gap()
    yield _band(it, languages)
    yield paragraph(both_runs(both("Reasons"), languages, "Heading3"), style="Heading3")
    yield from (_reason(each.text, str(each.grade or ""), languages) for each in it.reasons)
    if it.range_note:
        yield stacked(it.range_note, languages, "Reason")
    yield _gap()
    yield _figures(it, languages)
    if it.options.edition is Edition.FULL:
        yield from _steps(it, languages)
    if it.omitted:
        yield _reason(it.omitted, "", languages)
    yield from _notes(it, languages)


def _gap() -> str:
    return paragraph(properties='<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>')


def _organization(it: Readiness, languages: Languages) -> str:
    names = languages.names(it.organization) or ("—",)
    runs = [run(each, style="SubtitleEnglish" if place else "") for place, each in enumerate(names)]
    return paragraph(run("  ").join(runs), style="Subtitle")


def _level(it: Readiness, languages: Languages) -> str:
    extent = both("%(reading)s, %(extent)s", reading=it.reading, extent=it.extent) if it.reading else it.extent
    if it.level is None:
        return paragraph(both_runs(extent, languages, "Lead"), style="Lead")
    label = run(f"{languages.line(both('Level applied for'))}  ", style="Label")
    level = run(languages.line(it.level), style="Level")
    return paragraph(label, level, run("  "), both_runs(extent, languages, "Lead"), style="Lead")


def _facts(it: Readiness, languages: Languages) -> str:
    cells = [Cell(_fact(each, languages)) for each in it.facts]
    lines = [Line(tuple(cells[start : start + 3])) for start in range(0, len(cells), 3)]
    return table(languages.line(it.title), [64, 50, 56], lines, Rules("2,C9C6BD", "2,C9C6BD", "2,C9C6BD"))


def _fact(it: Fact, languages: Languages) -> str:
    tag = run(f"  {languages.line(it.tag)}", style="Strong") if it.tag else ""
    label = paragraph(both_runs(it.label, languages, "TableNote"), style="TableNote")
    if it.tag or len(languages.said(it.value)) == 1:
        return label + paragraph(both_runs(it.value, languages, "Table"), tag, style="Table")
    return label + stacked(it.value, languages, "Table")


def _band(it: Readiness, languages: Languages) -> str:
    """The one filled area: the verdict in words, and the scale it stands on. An open verdict fills nothing."""
    colour = _BANDS.get(it.verdict, "")
    small = "VerdictScale" if colour else ""
    label = run(languages.line(both("Verdict")), style=small)
    verdict = stacked(it.verdict_label, languages, "Verdict" if colour else "VerdictOpen", _INDENT)
    said = paragraph(label, style="Lead", properties=_INDENT) + verdict
    signs = [(SIGNS["major" if each is it.verdict else "minor"], name) for each, name in it.scale]
    rungs = [run(f"{sign}  {languages.line(name)}", style=small) for sign, name in signs]
    scale = "".join(paragraph(each, style="Lead") for each in rungs)
    line = Line((Cell(said, shade=colour, middle=True), Cell(scale, shade=colour, middle=True)), height=33)
    return table(languages.line(both("Verdict")), [88, 82], [line], _NO_RULES if colour else _DASHED)


def _reason(text: Text, grade: str, languages: Languages) -> str:
    sign = run(f"{SIGNS.get(grade, '○')}  ", style={"major": "Bad", "minor": "Part"}.get(grade, ""))
    said = break_line().join(
        run(each, language=tongue, style="ReasonEnglish" if place else "")
        for place, (tongue, each) in enumerate(languages.said(text))
    )
    return paragraph(sign, said, style="Reason")


def _figures(it: Readiness, languages: Languages) -> str:
    line = Line(tuple(Cell(_figure(each, languages)) for each in it.figures))
    return table(languages.line(both("Supported")), [42.5] * len(it.figures), [line], Rules("7,17191E", "", ""))


def _figure(it: Figure, languages: Languages) -> str:
    unit = run(" %", style="Label") if it.percent else ""
    return (
        paragraph(both_runs(it.label, languages, "Table"), style="Table")
        + paragraph(run(it.percent or "–"), unit, style="Number")
        + paragraph(run(it.fraction), style="TableNote")
    )


def _steps(it: Readiness, languages: Languages) -> Iterator[str]:
    steps = it.steps[:3]
    heading = both("Do these three first") if len(steps) == 3 else both("Do this first")
    yield paragraph(both_runs(heading, languages, "Heading3"), style="Heading3")
    if not steps:
        yield paragraph(both_runs(both("Nothing to bring"), languages, "Lead"), style="Lead")
        return
    head = (same(""), both("Item"), both("What to bring, what to conclude"))
    cells = [Cell(stacked(each, languages, "TableHead")) for each in head]
    last = Cell(stacked(both("supported afterwards"), languages, "TableHeadRight"))
    lines = [
        Line((*cells, last), is_head=True),
        *(_step(place, each, languages) for place, each in enumerate(steps, 1)),
    ]
    yield table(languages.line(heading), [10, 48, 84, 28], lines)


def _step(place: int, it: StepRow, languages: Languages) -> Line:
    grade = str(it.grade) if it.grade else "question"
    sign = run(f"{SIGNS[grade]} ", style={"major": "Bad", "minor": "Part"}.get(grade, ""))
    item = stacked(it.name, languages, "TableName") + paragraph(
        sign, both_runs(it.reference, languages, "TableNote"), style="TableNote"
    )
    after = paragraph(run(f"{it.after} %"), style="TableRight")
    cells = (paragraph(run(str(place)), style="Number"), item, stacked(it.brief, languages, "Table"), after)
    return Line(tuple(map(Cell, cells)))


def _notes(it: Readiness, languages: Languages) -> Iterator[str]:
    yield _gap()
    cells = tuple(Cell(stacked(each, languages, "TableNote")) for each in it.notes[:2])
    yield table(languages.line(it.title), [170 / len(cells)] * len(cells), [Line(cells)], Rules("2,C9C6BD", "", ""))
