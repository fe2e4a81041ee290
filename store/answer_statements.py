"""The statements of answers, put together once: making one takes longer than running it, and they are in every save."""

from typing import cast
from uuid import UUID

from sqlalchemy import BindParameter, Table, bindparam, false, insert, select, update

from store.citations import DOCUMENT
from store.database import Base
from store.document_tables import DocumentRow
from store.prepared import Prepared
from store.work_tables import AnswerRow, AnswerVersionRow, AssessmentRow, CitationRow


def _table(row: type[Base]) -> Table:
    return cast(Table, row.__table__)


_CHANGES = ("stated", "version", "check_again", "saved_at", "saved_by")
_OF_A_VERSION = ("organization_id", "assessment_id", "item", "stated", "version", "saved_at", "saved_by")
_OF_A_CHANGE = ("origin", "key")
# In the order of the fields of what is kept
_KEPT = ("item", "stated", "version", "revision", "flagged", "check_again", "saved_at", "saved_by")
_answers, _versions = _table(AnswerRow), _table(AnswerVersionRow)
_assessments, _documents = _table(AssessmentRow), _table(DocumentRow)
_ORGANIZATION: BindParameter[UUID] = bindparam("organization")
_ASSESSMENT: BindParameter[UUID] = bindparam("assessment")
_WHERE = (_answers.c.organization_id == _ORGANIZATION, _answers.c.assessment_id == _ASSESSMENT)
_EVERY = select(*(_answers.c[name] for name in _KEPT)).where(*_WHERE)
ALL = Prepared(_EVERY)
SOME = _EVERY.where(_answers.c.item.in_(bindparam("items", expanding=True)))
ONE = Prepared(_EVERY.where(_answers.c.item == bindparam("item")))
SINCE = Prepared(_EVERY.where(_answers.c.revision > bindparam("since")).order_by(_answers.c.revision))
CONCLUDED = Prepared(select(_answers.c.item).where(*_WHERE, _answers.c.stated["conclusion"].as_string().is_not(None)))
CITED = Prepared(
    select(*DOCUMENT)
    .where(
        _documents.c.organization_id == _ORGANIZATION,
        _documents.c.id.in_(
            select(CitationRow.document_id).where(
                CitationRow.organization_id == _ORGANIZATION, CitationRow.assessment_id == _ASSESSMENT
            )
        ),
    )
    .order_by(_documents.c.number, _documents.c.id)
)
# Every change takes the next number there is in its assessment (`NEXT`), and what was changed carries it
_TAKEN = (
    select(_assessments.c.revision)
    .where(_assessments.c.organization_id == _ORGANIZATION, _assessments.c.id == _ASSESSMENT)
    .scalar_subquery()
)
_ITEM: BindParameter[str] = bindparam("which")  # what a column is called, a change keeps for itself
_IT = (*_WHERE, _answers.c.item == _ITEM)
_KEY = {"organization_id": _ORGANIZATION, "assessment_id": _ASSESSMENT, "item": _ITEM}
_STATED = {"revision": _TAKEN, **{name: bindparam(name) for name in _CHANGES}}
FIRST = Prepared(insert(_answers).values({**_KEY, **_STATED, "flagged": false()}))
_CHANGED = update(_answers).where(*_IT).values(_STATED)
AGAIN = Prepared(_CHANGED)
# One with the same revision is the same row
STILL = Prepared(_CHANGED.where(_answers.c.revision == bindparam("seen")))
# What was stated just now; nothing, where it was not
VERSION = Prepared(
    insert(_versions).from_select(
        [*_OF_A_VERSION, *_OF_A_CHANGE],
        select(
            *(_answers.c[name] for name in _OF_A_VERSION),
            *(bindparam(name, type_=_versions.c[name].type) for name in _OF_A_CHANGE),
        ).where(*_IT, _answers.c.revision == _TAKEN),
    )
)
NEXT = Prepared(
    update(_assessments)
    .where(
        _assessments.c.organization_id == _ORGANIZATION,
        _assessments.c.id == _ASSESSMENT,
        _assessments.c.archived_at.is_(None),
    )
    .values(revision=_assessments.c.revision + 1, changed_at=bindparam("at"))
    .returning(_assessments.c.revision, _assessments.c.level, _assessments.c.reading)
)
