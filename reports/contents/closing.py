"""What closes a report: last period's findings, actions, applicability, the arithmetic, signatures."""

from __future__ import annotations

from collections.abc import Iterator

from reports.closing_types import ActionForm, FollowUpRow, SoaRow
from reports.codes import code_of
from reports.contents.parts import (
    Cell,
    Chapter,
    Column,
    Form,
    Part,
    Prose,
    Said,
    Sealed,
    Table,
    Voice,
    name,
    quiet,
    row,
    said,
    typed,
)
from reports.phrases import both, same
from reports.readiness import Fact, Readiness
from reports.sealing import Seal
from surveys.text import Text

NOTHING = quiet(same("—"))


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


def actions(it: Readiness) -> Chapter | None:
    """The corrective actions, each in the blocks of the form."""
    if not it.actions:
        return None
    forms = tuple(_action(each, starts_page=place > 0) for place, each in enumerate(it.actions))
    return Chapter("actions", both("Corrective actions"), forms)


def _action(it: ActionForm, *, starts_page: bool) -> Form:
    isolated = both("an isolated case") if it.is_isolated else None
    blocks: tuple[tuple[Text, Cell], ...] = (
        (both("Finding"), (Said(it.item.reference, Voice.FIGURE), name(it.item.name), said(it.finding))),
        (
            both("Correction, and whether the same happened elsewhere"),
            (*_typed(it.correction), *((typed(it.similar, isolated),) if it.similar or isolated else ())),
        ),
        (both("Cause"), _typed(it.cause)),
        (both("Corrective action"), _typed(it.action)),
        (both("Verification"), _typed(it.verification, it.verified_by)),
        (both("Owner"), _typed(it.owner) or (NOTHING,)),
        (both("Due"), (Said(same(it.due), Voice.FIGURE),)),
        (both("Done"), (Said(same(it.done), Voice.FIGURE),)),
    )
    return Form(it.item.name, blocks, starts_page)


def _typed(*texts: str) -> Cell:
    return tuple(typed(each) for each in texts if each)


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
    rows = tuple(row(*_control(each)) for each in it.soa)
    title = both("Statement of applicability")
    return Chapter("applicability", title, (Table(title, columns, rows),))


def _control(it: SoaRow) -> tuple[Cell, ...]:
    applies = both("yes") if it.is_applicable else both("no")
    return (
        (Said(same(it.number), Voice.FIGURE),),
        (said(it.name),),
        (said(applies),),
        _typed(it.reason) or (NOTHING,),
        (Said(it.state_name, shape=it.state or "open"),),
        _typed(it.document) or (NOTHING,),
    )


def scored(it: Readiness) -> Chapter:
    """How it was scored, in sentences that can be followed with a pencil."""
    columns = (Column(both("Figure"), 42), Column(both("How it came about"), 128))
    rows = tuple(row(name(each.label), tuple(_sentences(each))) for each in it.scored)
    title = both("How it was scored")
    return Chapter("scored", title, (Table(title, columns, rows),))


def _sentences(it: Fact) -> Iterator[Said]:
    for zh, en in zip(it.value.zh.split("\n"), it.value.en.split("\n"), strict=True):
        yield said(Text(zh, en))


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
