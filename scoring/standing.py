"""Where one item stands: what is claimed, what can be shown, and so what is supported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scoring.answers import NOT_APPLICABLE, UNANSWERED, Answer, Answers, LineAnswer, Mark
from scoring.ratio import Ratio
from scoring.targets import FULL, Asked

# In halves, so that a partial line stays a whole number
LACKING = (Mark.MISSING, Mark.PARTIAL)
WORTH: Mapping[Mark | None, int] = {Mark.HAVE: 2, Mark.PARTIAL: 1, Mark.MISSING: 0, None: 0}


class Standing(NamedTuple):
    """An applicable, not excluded item: its claim in 60ths, its coverage as two counts (in halves of a line)."""

    asked: Asked
    answer: Answer
    claim: int
    lines: tuple[str, ...]
    evidence: Mapping[str, LineAnswer]
    shown: int

    @property
    def counted(self) -> int:
        """The counted lines, in halves."""
        return 2 * len(self.lines)

    @property
    def is_answered(self) -> bool:
        """Answered = has a conclusion; marks without one count in coverage and nowhere else."""
        return self.answer.conclusion is not None

    @property
    def is_claimed(self) -> bool:
        """Claimed at least in part."""
        return self.claim > 0

    @property
    def claimed(self) -> Ratio:
        """The claim as a share."""
        return Ratio(self.claim, FULL)

    @property
    def coverage(self) -> Ratio:
        """Mean over the counted lines: have 1, partial ½, missing 0, open 0. No counted line: 1."""
        return Ratio(self.shown, self.counted) if self.lines else Ratio(1, 1)

    @property
    def supported(self) -> Ratio:
        """The smaller of claim and coverage: nobody scores more than they claim, nor more than they can show."""
        if self.claim * self.counted <= FULL * self.shown:
            return Ratio(self.claim, FULL)
        return Ratio(self.shown, self.counted)

    @property
    def falls_short(self) -> bool:
        """Supported less than fully."""
        return self.claim < FULL or self.shown < 2 * len(self.lines)

    @property
    def is_refused(self) -> bool:
        """Answered with a claim of 0: an unmarked line is then no open question but taken as missing."""
        return self.claim == 0 and self.answer.conclusion is not None

    @property
    def missing(self) -> tuple[str, ...]:
        """The counted lines that are missing, and on a refused item those nobody marked."""
        return self.marked(Mark.MISSING, None) if self.is_refused else self.marked(Mark.MISSING)

    @property
    def partial(self) -> tuple[str, ...]:
        """The counted lines that are there in part, or whose document has expired."""
        return self.marked(Mark.PARTIAL)

    @property
    def unmarked(self) -> tuple[str, ...]:
        """The counted lines that nobody has marked yet."""
        return () if self.is_refused else self.marked(None)

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The unmarked lines of an item that is claimed."""
        return self.marked(None) if self.is_claimed else ()

    @property
    def to_bring(self) -> tuple[str, ...]:
        """The counted lines that are not fully there."""
        return self.marked(Mark.PARTIAL, Mark.MISSING, None)

    @property
    def expired(self) -> tuple[str, ...]:
        """The counted lines whose document is past its valid-until."""
        return tuple(line for line in self.lines if line in self.evidence and self.evidence[line].expired)

    @property
    def all_lines_marked_missing(self) -> bool:
        """There are counted lines, and every one of them is marked missing."""
        return bool(self.lines) and not self.shown and all(mark_of(self.evidence, line) for line in self.lines)

    @property
    def lacks_evidence(self) -> bool:
        """Some counted line is marked missing or partial."""
        return any(mark_of(self.evidence, line) in LACKING for line in self.lines)

    def marked(self, *marks: Mark | None) -> tuple[str, ...]:
        """Return the counted lines with one of these marks."""
        evidence = self.evidence
        return tuple([line for line in self.lines if mark_of(evidence, line) in marks])


def mark_of(evidence: Mapping[str, LineAnswer], line: str) -> Mark | None:
    """Return the mark of a line, or nothing."""
    held = evidence.get(line)
    return held.state if held else None


def stand(asked: Asked, answer: Answer, answers: Answers) -> Standing:
    """Weigh one item that is not excluded."""
    evidence = answer.evidence if asked.has_own_cell else answers.get(asked.cell, UNANSWERED).evidence
    lines = counted_lines(asked, evidence) if asked.conditional else asked.required
    shown = 0
    for line in lines:
        held = evidence.get(line)
        if held is not None:
            shown += WORTH[held.state]
    conclusion = answer.conclusion
    claim = 0 if conclusion is None else asked.claims[conclusion]
    # Standing(…) would say the same and take twice as long, for every item of every figure
    return tuple.__new__(Standing, (asked, answer, claim, lines, evidence, shown))


def counted_lines(asked: Asked, evidence: Mapping[str, LineAnswer]) -> tuple[str, ...]:
    """Return the lines that count: required ones, and conditional ones whose condition holds."""
    return tuple(line for line in asked.required if line not in asked.conditional or holds(evidence.get(line)))


def holds(line: LineAnswer | None) -> bool:
    """A condition holds if the answer says so, or marks the line."""
    if line is None or line.applies is False:
        return False
    return line.applies is True or line.state is not None


def stand_all(items: Iterable[Asked], answers: Answers) -> list[Standing]:
    """Weigh the items of a target that are not excluded, in order."""
    return [
        stand(asked, answer, answers)
        for asked in items
        if (answer := answers.get(asked.id, UNANSWERED)).conclusion != NOT_APPLICABLE
    ]
