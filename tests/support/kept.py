"""Assessments of files put into the database, as if people had answered them there."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from files.library import shipped
from scoring.answers import Answer
from scoring.assessment import Assessment
from scoring.targets import aim
from store import answers, assessments
from store.answers import Change
from store.document_tables import DocumentRow
from store.heads import Head, Header
from store.work_tables import FollowUpRow


def keep(session: Session, organization_id: UUID, it: Assessment, by: UUID, **more: Any) -> Head:
    """Keep an assessment with its documents, findings and answers."""
    questionnaire = shipped().questionnaire(it.questionnaire)
    asked = {each.id for each in aim(questionnaire, it.level, it.reading).items}
    head = assessments.found(session, organization_id, _header(it, **more), applicable=len(asked), by=by)
    names = _keep_documents(session, organization_id, it, by)
    for place, finding in enumerate(it.follow_ups or ()):
        stated = {name: getattr(finding, name) for name in finding.__slots__}
        session.add(FollowUpRow(organization_id=organization_id, assessment_id=head.id, position=place, **stated))
    for item, answer in it.answers.items():
        change = Change(item=item, answer=_renamed(answer, names), base=0, by=by)
        answers.save(session, head, change, counts=item in asked)
    session.flush()
    found = assessments.find(session, organization_id, head.id)
    assert found is not None
    return found


def _header(it: Assessment, **more: Any) -> Header:
    rules = shipped().rule_set(it.rules or "initial-audit")
    return replace(
        Header(
            title="2026",
            questionnaire=it.questionnaire,
            rules=rules.name,
            level=it.level,
            reading=it.reading,
            audit=it.audit,
            size=it.organization.size,
            name_zh=it.organization.name.zh,
            name_en=it.organization.name.en,
            assessed_on=it.assessed_on,
            department=it.assessed_by.department,
            people=it.assessed_by.people,
            follow_ups_stated=it.follow_ups is not None,
            declared=it.declared,
            proposals=it.proposals,
            actions=it.actions,
        ),
        **more,
    )


def _keep_documents(session: Session, organization_id: UUID, it: Assessment, by: UUID) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for name, each in it.documents.items():
        stated = {key: getattr(each, key) for key in each.__slots__ if key != "version"}
        row = DocumentRow(organization_id=organization_id, edition=each.version, changed_by=by, **stated)
        session.add(row)
        session.flush()
        names[name] = str(row.id)
    return names


def _renamed(answer: Answer, names: Mapping[str, str]) -> Answer:
    evidence = {
        line: replace(held, documents=tuple(names[each] for each in held.documents))
        for line, held in answer.evidence.items()
    }
    soa = answer.soa and replace(answer.soa, document=names.get(answer.soa.document or ""))
    return replace(answer, evidence=evidence, soa=soa)
