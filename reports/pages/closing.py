"""What closes the report: last period's findings, applicability, signatures and seal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reports.blocks import plain, stacked, with_shape
from reports.closing_types import FollowUpRow
from reports.codes import code_of
from reports.faces import Weight
from reports.pages.setting import Setting
from reports.paper import LEFT, RIGHT, Cell, Filled
from reports.phrases import both, same
from reports.sealing import Seal, key_code
from reports.styles import GREY, HEAD, INK, LABEL, RULE, TABLE, TEXT, Style
from reports.tables import Table

_CODE = 33.0


def set_follow_ups(on: Setting) -> None:
    on.heading(both("Last period's findings"), new_page=False)
    if on.it.follow_ups is None:
        on.lead(both("Nobody has stated yet whether the last period had findings"))
        return
    if not on.it.follow_ups:
        on.lead(both("None: the last period had neither observations nor nonconformities"))
        return
    head = [
        Cell(LEFT, on.say(both("Kind"), HEAD, 24)),
        Cell(LEFT + 26, on.say(both("Finding and what was done"), HEAD, 84)),
        Cell(LEFT + 114, on.say(both("Verification"), HEAD, 56)),
    ]
    with Table(on.paper, head) as table:
        for each in on.it.follow_ups:
            table.row(_follow_up(on, each))


def _follow_up(on: Setting, it: FollowUpRow) -> list[Cell]:
    kind = [on.say(it.kind, TABLE, 25, inline=False)]
    if it.grade:
        kind.append(on.say(it.grade, LABEL, 25))
    body = [on.typed(f"{it.clause} {it.text}".strip(), TABLE.zh, 84)]
    if it.action:
        body.append(on.typed(it.action, Style(8, 11.2, colour=GREY), 84))
    state = both("closed") if it.is_closed else both("not closed")
    result = [
        with_shape(on.say(state, TABLE, 50), "have" if it.is_closed else "missing", 2.4),
        on.say(it.result, LABEL, 56),
    ]
    result += [on.typed(each, Style(8, 11.2), 56) for each in (it.evidence, it.verified) if each]
    return [Cell(LEFT, stacked(kind)), Cell(LEFT + 26, stacked(body)), Cell(LEFT + 114, stacked(result))]


def set_seal(on: Setting) -> None:
    """Signatures and seal, which never part."""
    on.paper.need(96)
    on.heading(both("Signatures and seal"), new_page=False)
    top = on.paper.y + 2
    mark = on.it.options.seal
    if mark:
        _draw_code(on, code_of(mark), LEFT, top)
        _facts(on, mark, LEFT + 38, top)
    for place, label in enumerate((both("Assessed by"), both("Approved by"))):
        y = top + 9.5 + place * 17
        on.paper.sheet.rule(120, 162, y, 0.5)
        on.paper.sheet.rule(166, RIGHT, y, 0.5)
        on.paper.sheet.set(on.say(label, LABEL, 40), 120, y + 1)
        on.paper.sheet.set(on.say(both("Date"), LABEL, 24), 166, y + 1)
    on.paper.y = top + 38
    on.paper.sheet.rule(LEFT, RIGHT, on.paper.y, 0.3, RULE)
    on.paper.y += 2.4
    _who(on)
    if mark:
        _how_to_check(on)


def _who(on: Setting) -> None:
    """Name in full whom the signatures are for: page one may have had to cut a long name."""
    names = "\n".join(on.languages.names(on.it.organization))
    for label, text in ((both("Organisation"), names), (both("Assessed by"), on.it.assessed_by)):
        if text:
            on.paper.sheet.set(on.say(label, LABEL, 36), LEFT, on.paper.y)
            on.paper.put(on.typed(text, TABLE.zh, 130), LEFT + 38, 0.8)


def _draw_code(on: Setting, rows: Sequence[bytes], x: float, y: float) -> None:
    """Draw the QR code, each run of dark modules as one box; its quiet zone is the white around it."""
    module = _CODE / len(rows)
    for line, row in enumerate(rows):
        at = 0
        for is_dark, run in groupby(row):
            width = len(list(run))
            if is_dark:
                on.paper.sheet.add(Filled(x + at * module, y + line * module, width * module, module, fill=INK))
            at += width


def _facts(on: Setting, mark: Seal, x: float, y: float) -> None:
    small = Style(7.2, 10)
    for label, block in (
        (both("Report number"), plain(mark.number, TEXT.zh)),
        (both("Short code"), plain(mark.code, Style(11, 15, Weight.BOLD))),
        (both("Digest of the result, SHA-256"), plain(mark.digest[:32], small) + plain(mark.digest[32:], small)),
    ):
        y = on.paper.sheet.set(on.say(label, LABEL, 76), x, y)
        y = on.paper.sheet.set(block, x, y) + 1.6


def _how_to_check(on: Setting) -> None:
    how = both("plumbline verify REPORT.pdf says intact, altered, or scored differently, without any connection")
    signed = same(f"Ed25519 {key_code(on.signs_with)}") if on.signs_with else both("not signed")
    for label, text in ((both("Signed with"), signed), (both("Checked with"), how)):
        top = on.paper.y
        on.paper.sheet.set(on.say(label, LABEL, 36), LEFT, top)
        on.paper.y = on.paper.sheet.set(on.say(text, TABLE, 130, inline=False), LEFT + 38, top) + 0.8
