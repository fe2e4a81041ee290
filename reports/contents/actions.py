"""The corrective actions, each in the blocks of the form."""

from __future__ import annotations

from collections.abc import Iterator

from reports.contents.evidence_lines import asked, labelled
from reports.contents.parts import Block, Cell, Chapter, Form, Said, Voice, name, quiet, said, typed
from reports.phrases import both, same
from reports.readiness import ActionForm, Readiness

_NOTHING = quiet(same("—"))


def actions(it: Readiness) -> Chapter | None:
    """Set each action on a page of its own, as it is signed and filed by itself."""
    if not it.actions:
        return None
    forms = tuple(_action(each, starts_page=place > 0) for place, each in enumerate(it.actions))
    return Chapter("actions", both("Corrective actions"), forms)


def _action(it: ActionForm, *, starts_page: bool) -> Form:
    blocks = (
        Block(both("Item"), (Said(it.item.reference, Voice.FIGURE), name(it.item.name))),
        Block(both("Grade, rule, limit"), tuple(_grade(it))),
        Block(both("Responsible"), _typed(it.owner) or (_NOTHING,)),
        Block(both("Due"), (Said(same(it.due), Voice.FIGURE),)),
        Block(both("Done, state"), (Said(same(it.done), Voice.FIGURE), said(it.state))),
        Block(both("Facts"), tuple(_facts(it)), 26),
        Block(both("Correction, and whether the same happened elsewhere"), tuple(_correction(it)), 32),
        Block(both("Cause"), _typed(it.cause), 24),
        Block(both("Corrective action"), _typed(it.action), 28),
        Block(both("Verification"), _typed(it.verification, it.verified_by), 28),
    )
    return Form(it.item.name, blocks, starts_page)


def _grade(it: ActionForm) -> Iterator[Said]:
    if it.gap:
        yield Said(it.gap.grade_name, Voice.NAME, str(it.gap.grade) if it.gap.grade else "question")
    else:
        yield said(both("no gap any more"))
    yield quiet(it.rule)
    if it.limit.tag:
        yield Said(it.limit.value, Voice.FIGURE)
        yield quiet(it.limit.tag)


def _facts(it: ActionForm) -> Iterator[Said]:
    yield said(it.item.ask)
    yield quiet(it.asked_of)
    if it.gap:
        yield said(it.gap.kind)
        yield from map(asked, it.gap.lines)
        yield from map(labelled, it.gap.remarks)


def _correction(it: ActionForm) -> Iterator[Said]:
    yield from _typed(it.correction)
    isolated = both("an isolated case") if it.is_isolated else None
    if it.similar:
        yield typed(it.similar, isolated)
    elif isolated:
        yield said(isolated)


def _typed(*texts: str) -> Cell:
    return tuple(typed(each) for each in texts if each)
