"""Two people's changes of one answer brought together, and what only a person can decide."""

from collections.abc import Collection
from dataclasses import dataclass

from answering.differences import Change, Field, Value, applied, fields_of, is_stated
from answering.differences import position as in_order
from scoring.answers import Answer


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed, each to something else."""

    field: Field
    base: Value | None
    ours: Value | None
    theirs: Value | None


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides' changes in one answer; where they are at odds, ours stands until somebody chooses."""

    answer: Answer
    conflicts: tuple[Conflict, ...] = ()

    def settled(self, theirs: Collection[Field]) -> Answer:
        """Return the answer with their side taken in the fields named."""
        taken = (each for each in self.conflicts if each.field in theirs)
        return applied(self.answer, (Change(each.field, each.ours, each.theirs) for each in taken))


def merge(base: Answer, ours: Answer, theirs: Answer) -> Merged:
    """Bring together what two sides made of the same base."""
    sides = [fields_of(each) for each in (base, ours, theirs)]
    merged: list[Change] = []
    conflicts: list[Conflict] = []
    for field in sorted(set().union(*sides), key=in_order):
        was, our, their = (side.get(field) for side in sides)
        if field.name == "documents":
            merged.append(Change(field, was, both_lists(was, our, their)))
        elif their not in (was, our) and our != was:
            conflicts.append(Conflict(field, was, our, their))
        else:
            merged.append(Change(field, was, our if their == was else their))
    return Merged(applied(ours, merged), tuple(conflicts))


def both_lists(was: Value | None, our: Value | None, their: Value | None) -> Value | None:
    """Return the documents with what either side added and without what either removed: lists are never at odds."""
    base, ours, theirs = (each if isinstance(each, tuple) else () for each in (was, our, their))
    if base in (ours, theirs) or ours == theirs:
        found = theirs if base == ours else ours
    else:
        kept = tuple(each for each in base if each in ours and each in theirs)
        found = kept + tuple(sorted((set(ours) | set(theirs)) - set(base)))
    return found if is_stated(found) else None
