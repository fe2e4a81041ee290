"""The last column of the form: which documents show a row, and what is there, partly there and missing."""

from __future__ import annotations

from collections.abc import Iterator

from reports.evidence_rows import rows_of
from reports.phrases import both, same
from reports.readiness import EvidenceRow
from scoring.answers import Mark
from scoring.results import Result
from surveys.items import Item
from surveys.text import Text
from words import N_

_STATES = (
    (Mark.HAVE, N_("have %(lines)s")),
    (Mark.PARTIAL, N_("partly %(lines)s")),
    (Mark.MISSING, N_("lacks %(lines)s")),
)


def shown(it: Result, item: Item) -> Iterator[Text]:
    """List the evidence of a row; one that shares the evidence of another row says so."""
    if item.shares:
        yield both("as in row %(number)s", number=it.target.questionnaire.item(item.shares).number)
        return
    rows = [each for each in rows_of(it, item.id) if each.mark or each.documents or each.pointer]
    yield from _documents(rows)
    yield from (same(f"{each.line} {each.pointer}") for each in rows if each.pointer)
    listed = {line.id for line in item.form_lines}
    for mark, message in _STATES:
        found = [each for each in rows if each.mark is mark and each.line in listed]
        letters = [each.line for each in found if mark is not Mark.HAVE or not each.documents]
        if letters:
            yield both(message, lines=ranges(letters))


def _documents(rows: list[EvidenceRow]) -> Iterator[Text]:
    texts = dict.fromkeys(document.text for each in rows for document in each.documents)
    yield from (same(text) for text in texts)


def ranges(letters: list[str]) -> Text:
    """Write neighbouring letters as a range."""
    runs: list[list[str]] = []
    for letter in letters:
        if runs and len(letter) == 1 and ord(letter) == ord(runs[-1][-1][-1]) + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    written = [each[0] if len(each) == 1 else f"{each[0]}–{each[-1]}" for each in runs]
    return Text("、".join(written), ", ".join(written))
