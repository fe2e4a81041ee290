"""What closes a report: last period's findings, applicability, the arithmetic, signatures."""

from __future__ import annotations

from collections.abc import Iterator

from reports.closing_rows import SOA_STATES
from reports.closing_types import FollowUpRow, SoaRow, SoaTheme
from reports.codes import code_of
from reports.contents.parts import (
    Cell,
    Chapter,
    Column,
    Heading,
    Part,
    Prose,
    Row,
    Said,
    Sealed,
    Table,
    Voice,
    figure,
    name,
    quiet,
    row,
    said,
    title_row,
    total_row,
    typed,
)
from reports.phrases import both, same
from reports.readiness import Readiness
from reports.scored_types import Scored, ScoredRow, SectionShares, Share
from reports.sealing import Seal

NOTHING = quiet(same("—"))
_STATES = ("implemented", "partly", "planned", "excluded")


def follow_ups(it: Readiness) -> Chapter:
    """Last period's findings; that there were none is told apart from that nobody has said."""
    title = both("Last period's findings")
    if it.follow_ups is None:
        part: Part = Prose(said(both("Nobody has stated yet whether the last period had findings")))
    elif not it.follow_ups:
        part = Prose(said(both("None: the last period had neither observations nor nonconformities")))
    else:
        part = _findings(it.follow_ups)
    return Chapter("follow-ups", title, (part,), starts_page=False)


def _findings(found: tuple[FollowUpRow, ...]) -> Table:
    columns = (
        Column(both("Kind"), 28),
        Column(both("Finding and what was done"), 84),
        Column(both("Verification"), 58),
    )
    rows = tuple(row(_kind(each), _finding(each), _verified(each)) for each in found)
    return Table(both("Last period's findings"), columns, rows)


def _kind(it: FollowUpRow) -> Cell:
    return (said(it.kind), *((quiet(it.grade),) if it.grade else ()))


def _finding(it: FollowUpRow) -> Cell:
    action = (typed(it.action),) if it.action else ()
    return (typed(f"{it.clause} {it.text}".strip()), *action)


def _verified(it: FollowUpRow) -> Cell:
    state = both("closed") if it.is_closed else both("not closed")
    shape = "have" if it.is_closed else "missing"
    stated = tuple(typed(each) for each in (it.evidence, it.verified) if each)
    return (Said(state, shape=shape), quiet(it.result), *stated)


def applicability(it: Readiness) -> Chapter | None:
    """The statement of applicability, for a questionnaire that has one."""
    if not it.soa:
        return None
    columns = (
        Column(both("Control"), 16),
        Column(both("Name"), 48),
        Column(both("Applicable"), 18),
        Column(both("Reason or note"), 40),
        Column(both("State"), 24),
        Column(both("Document"), 24),
    )
    title = both("Statement of applicability")
    return Chapter("applicability", title, (_themes(it), Table(title, columns, tuple(_controls(it)))))


def _themes(it: Readiness) -> Table:
    columns = (
        Column(both("Theme"), 50),
        Column(both("Controls"), 20, is_figure=True),
        Column(both("Applicable"), 20, is_figure=True),
        *(Column(both(SOA_STATES[state]), 20, is_figure=True) for state in _STATES),
    )
    return Table(both("By theme"), columns, tuple(row(*_theme(each)) for each in it.soa))


def _theme(it: SoaTheme) -> tuple[Cell, ...]:
    counts = (len(it.rows), it.applicable, *map(it.in_state, _STATES))
    return ((name(it.title),), *((figure(str(each)),) for each in counts))


def _controls(it: Readiness) -> Iterator[Row]:
    for theme in it.soa:
        yield title_row(name(theme.title))
        yield from (row(*_control(each)) for each in theme.rows)


def _control(it: SoaRow) -> tuple[Cell, ...]:
    applies = both("yes") if it.is_applicable else both("no")
    return (
        (Said(same(it.number), Voice.FIGURE),),
        (said(it.name),),
        (said(applies),),
        (typed(it.reason) if it.reason else NOTHING,),
        (Said(it.state_name, shape=it.state or "open"),),
        (typed(it.document) if it.document else NOTHING,),
    )


def scored(it: Readiness) -> Chapter:
    """How it was scored: sums that can be followed with a pencil, then what items lose, then the sections."""
    columns = (Column(both("Figure"), 42), Column(both("How it came about"), 128))
    rows = tuple(row(name(each.label), tuple(_worked(each))) for each in it.scored.rows)
    title = both("How it was scored")
    parts: tuple[Part, ...] = (Table(title, columns, rows),)
    if it.scored.losses:
        parts += (Heading(both("What items give and lose")), _losses(it.scored))
    return Chapter("scored", title, (*parts, Heading(both("By section")), _shares(it.scored)))


def _worked(it: ScoredRow) -> Iterator[Said]:
    if it.sum:
        yield name(same(f"{it.sum.working} {it.sum.outcome}".strip()))
    yield from (Said(each.text, Voice.NAME, each.shape) for each in it.found)
    yield from map(said, it.lines)


def _losses(it: Scored) -> Table:
    columns = (
        Column(both("item"), 90),
        Column(both("gives"), 36, is_figure=True),
        Column(both("loses"), 44, is_figure=True),
    )
    rows = tuple(row(said(each.items), figure(each.gives), figure(each.loses)) for each in it.losses)
    return Table(both("What items give and lose"), columns, (*rows, total_row((), (), figure(it.lost))))


def _shares(it: Scored) -> Table:
    columns = (
        Column(both("Section"), 58),
        Column(both("items"), 16, is_figure=True),
        *(Column(head, 32, is_figure=True) for head in (both("claimed"), both("supported"), both("evidence"))),
    )
    rows = tuple(row(*_section(each)) for each in it.sections)
    return Table(both("How each section was scored"), columns, (*rows, total_row(*_section(it.total))))


def _section(it: SectionShares) -> tuple[Cell, ...]:
    shares = (it.claimed, it.supported, it.coverage)
    return ((name(it.title),), (figure(str(it.items)),), *(tuple(_share(each)) for each in shares))


def _share(it: Share) -> Iterator[Said]:
    yield figure(f"{it.percent}%" if it.percent else None)
    if it.fraction:
        yield quiet(same(it.fraction))


def signatures(it: Readiness) -> Chapter:
    """Lines to sign on, and the seal."""
    columns = (Column(both("Role"), 44), Column(both("Signature"), 76), Column(both("Date"), 50))
    rows = tuple(row(said(label), (), ()) for label in (both("Assessed by"), both("Approved by")))
    lines = Table(both("Signatures"), columns, rows, row_height=16)
    sealed = (_sealed(it.options.seal),) if it.options.seal else ()
    return Chapter("signatures", both("Signatures and seal"), (lines, *sealed), starts_page=False)


def _sealed(mark: Seal) -> Sealed:
    """The seal as the PDF has it; a file that can be edited says that it proves nothing by itself."""
    how = both(
        "Anybody can change this file. What it must say is in the PDF of the same number: plumbline verify REPORT.pdf "
        "tells whether that one is intact"
    )
    facts = (
        (both("Report number"), Said(same(mark.number), Voice.FIGURE)),
        (both("Short code"), Said(same(mark.code), Voice.NAME)),
        (both("Digest of the result, SHA-256"), Said(same(mark.digest), Voice.FIGURE)),
        (both("Checked with"), said(how)),
    )
    return Sealed(code_of(mark), facts)
