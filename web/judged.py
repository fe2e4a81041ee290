"""What the audit log says of a person's judgement about an item, wherever it was given."""

from sqlalchemy.orm import Session

from scoring.answers import Answer
from store import assessments, log
from store.answers import Kept
from store.heads import Head
from store.log import Event
from web.visit import person

BY_THE_RULES = "rules"


def record_judgements(database: Session, head: Head, before: Answer, kept: Kept) -> None:
    """Note another grade, and a major declared, changed or withdrawn, in the transaction of the save."""
    after = kept.answer
    is_judged_anew = (before.grade, before.declared) != (after.grade, after.declared)
    if not is_judged_anew or not _is_of_this_save(database, head, kept):
        return
    if before.grade != after.grade:
        word = after.grade.grade if after.grade else BY_THE_RULES
        _record(database, head, Event.GAP_GRADED, item=kept.item, word=word)
    if after.declared and before.declared != after.declared:
        _record(database, head, Event.MAJOR_DECLARED, item=kept.item, ground=after.declared.ground)
    elif before.declared and not after.declared:
        _record(database, head, Event.DECLARATION_WITHDRAWN, item=kept.item, ground=before.declared.ground)


def _is_of_this_save(database: Session, head: Head, kept: Kept) -> bool:
    """Tell what was saved now from what was there already: sent twice, it is kept once."""
    now = assessments.find(database, head.organization_id, head.id)
    return now is not None and now.revision == kept.revision


def _record(database: Session, head: Head, event: Event, **details: str) -> None:
    log.record(database, head.organization_id, event, actor=person().id, subject=head.id, **details)
