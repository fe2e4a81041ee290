"""Evidence lines: shared cells, tied lines, optional and conditional ones."""

from collections.abc import Iterator

from surveys.checks.structure import nearest
from surveys.items import Evidence, Item
from surveys.problems import Path, Problem
from surveys.questionnaire import Questionnaire


def check_evidence(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Check every item's evidence."""
    for index, item in enumerate(questionnaire.items):
        yield from shared(questionnaire, item, ("items", index, "shares"))
        yield from alike(item, ("items", index, "evidence"))
        for position, line in enumerate(item.evidence):
            path = ("items", index, "evidence", position)
            yield from kinds(line, path)
            yield from tied(questionnaire, item, line, (*path, "same_as"))


def shared(it: Questionnaire, item: Item, path: Path) -> Iterator[Problem]:
    """A shared cell belongs to one other item, which has it for itself."""
    if item.shares is None:
        return
    other = it.by_id.get(item.shares)
    if item.shares == item.id:
        yield Problem("refers-to-itself", path)
    elif other is None:
        yield Problem("no-such-item", path, {"id": item.shares, **nearest(item.shares, it.by_id)})
    elif other.shares is not None:
        yield Problem("chain", path, {"id": item.shares})
    if item.evidence:
        yield Problem("shares-and-has-lines", path, {"other": item.shares})


def kinds(line: Evidence, path: Path) -> Iterator[Problem]:
    """A line is required, optional or conditional; a line of our own is optional."""
    if line.optional and line.when:
        yield Problem("optional-and-conditional", (*path, "when"))
    if line.added and not line.optional:
        yield Problem("added-not-optional", (*path, "added"))


def tied(it: Questionnaire, item: Item, line: Evidence, path: Path) -> Iterator[Problem]:
    """A tied line leads straight to a line that is not tied itself."""
    if line.same_as is None:
        return
    other = it.by_id.get(line.same_as.item)
    found = other.line(line.same_as.line) if other else None
    if (line.same_as.item, line.same_as.line) == (item.id, line.id):
        yield Problem("refers-to-itself", path)
    elif found is None:
        yield Problem("no-such-line", path, {"id": str(line.same_as)})
    elif found.same_as is not None:
        yield Problem("chain", path, {"id": str(line.same_as)})


def alike(item: Item, path: Path) -> Iterator[Problem]:
    """No two lines of an item read alike in either language."""
    seen: dict[str, str] = {}
    for position, line in enumerate(item.evidence):
        words = {line.text.zh.casefold(), line.text.en.casefold()} - {""}
        other = next((seen[each] for each in sorted(words) if each in seen), None)
        if other:
            yield Problem("same-line-twice", (*path, position), {"other": other})
        seen |= dict.fromkeys(words, line.id)
