"""Where you stand: sections, the ladder, the evidence, and what changed since last time."""

from __future__ import annotations

from collections.abc import Iterator

from reports.closing_types import Change
from reports.contents.checklist import counts
from reports.contents.parts import (
    Cell,
    Chapter,
    Chart,
    Column,
    Heading,
    Part,
    Prose,
    Row,
    Table,
    Tally,
    Voice,
    figure,
    name,
    quiet,
    row,
    said,
    total_row,
)
from reports.names import ItemName
from reports.phrases import both, counted, same
from reports.readiness import Readiness, SectionRow
from surveys.text import Text


def standing(it: Readiness) -> Chapter:
    return Chapter("standing", both("Where you stand"), tuple(_parts(it)))


def _parts(it: Readiness) -> Iterator[Part]:
    if lead := _lead(it):
        yield Prose(said(lead))
    yield Chart("sections")
    yield _sections(it)
    yield Chart("radar")
    if it.ladder:
        yield Heading(both("Level ladder"))
        yield _ladder(it)
    yield Heading(both("Required evidence"))
    yield Chart("evidence")
    yield Tally(tuple(counts(it.total)))
    yield Prose(quiet(it.pointing))
    yield Heading(both("Since last time"))
    yield from _since(it.change)


def _lead(it: Readiness) -> Text | None:
    """Name the section that is supported least, and by how much it lies below its claim."""
    known = [each for each in it.sections if each.supported is not None]
    if not known or all(each.supported_share >= 1 for each in known):
        return None
    lowest = min(known, key=lambda each: each.supported_share)
    return both(
        "Supported least: %(section)s, %(supported)s %% supported of %(claimed)s %% claimed",
        section=lowest.title,
        supported=lowest.supported,
        claimed=lowest.claimed,
    )


def _sections(it: Readiness) -> Table:
    columns = (
        Column(both("Section"), 50),
        Column(both("items"), 14, is_figure=True),
        Column(both("supported"), 26, is_figure=True),
        Column(both("claimed"), 26, is_figure=True),
        Column(both("evidence"), 26, is_figure=True),
        Column(both("gaps"), 28, is_figure=True),
    )
    rows = tuple(row(*_section(each)) for each in it.sections)
    return Table(both("Sections"), columns, (*rows, _total(it.total)))


def _total(it: SectionRow) -> Row:
    return total_row(*_section(it))


def _section(it: SectionRow) -> tuple[Cell, ...]:
    title = name(it.title)
    if it.supported is None:
        nothing = (title, quiet(both("no item at this level")))
        return (nothing, (figure("0"),), *((figure(None),) for _ in range(3)), (figure(None),))
    return (
        (title,),
        (figure(str(it.items)),),
        _percent(it.supported, it.supported_sum),
        (*_percent(it.claimed, it.claimed_sum), *((quiet(both("step %(step)s", step=it.step)),) if it.step else ())),
        _percent(it.coverage, it.coverage_sum),
        _gaps(it),
    )


def _percent(percent: str | None, fraction: str) -> Cell:
    return (figure(percent), quiet(same(fraction))) if percent is not None else (figure(None),)


def _gaps(it: SectionRow) -> Cell:
    tallies = (("major", it.majors), ("minor", it.minors), ("question", it.open))
    found = tuple(figure(str(number), shape=shape) for shape, number in tallies if number)
    return found or (figure("0"),)


def _ladder(it: Readiness) -> Table:
    columns = (
        Column(both("Level"), 44),
        Column(both("Verdict"), 60),
        Column(both("Answered"), 42),
        Column(both("gaps"), 24, is_figure=True),
    )
    return Table(both("Level ladder"), columns, tuple(_rungs(it)))


def _rungs(it: Readiness) -> Iterator[Row]:
    for each in it.ladder:
        level = (name(each.name), *((quiet(both("applied for")),) if each.is_target else ()))
        tallies = (("major", each.majors), ("minor", each.minors))
        gaps = tuple(figure(str(number), shape=shape) for shape, number in tallies if number)
        verdict = said(each.label, shape=str(each.verdict))
        yield row(level, verdict, said(each.counts), gaps or (figure("0"),))


def _since(it: Change | None) -> Iterator[Part]:
    if it is None:
        yield Prose(said(both("There is no earlier assessment to compare with")))
        return
    moved = both("%(before)s %% → %(after)s %% supported", before=it.before or "–", after=it.after or "–")
    better = counted("%(num)s item better", "%(num)s items better", len(it.better))
    worse = counted("%(num)s item worse", "%(num)s items worse", len(it.worse))
    yield Prose(said(Text(f"{moved.zh}；{better.zh}，{worse.zh}", f"{moved.en}; {better.en}, {worse.en}")))
    yield Prose(quiet(it.why))
    for label, items in ((both("Better"), it.better), (both("Worse"), it.worse)):
        if items:
            yield _moved(label, items)


def _moved(label: Text, items: tuple[ItemName, ...]) -> Table:
    columns = (Column(both("Item"), 24), Column(label, 146))
    rows = tuple(row(said(same(each.number), Voice.FIGURE), name(each.name)) for each in items)
    return Table(label, columns, rows)
