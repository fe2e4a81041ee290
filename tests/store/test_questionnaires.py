"""Uploaded questionnaires: kept as they came, unchangeable once published, whoever asks."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from people.types import Kind, Role
from store import organizations, questionnaires
from store.database import reading, writing
from store.organizations import ChangedMeanwhile
from store.questionnaires import AlreadyThere, Held, TextAltered, TooManyVersions
from store.tables import QuestionnaireRow
from surveys.questionnaire import Status
from tests.store.world import acme, at_once, somebody

TEXT = b"\xef\xbb\xbfformat: anything\r\n"
FORGED: dict[str, object] = {
    "name": "x", "edition": "9", "text": b"y", "checksum": "0" * 64, "uploaded_by": UUID(int=9),
    "proposed_by": UUID(int=9), "published_by": None, "published_at": None, "status": Status.DRAFT,
}  # fmt: skip


@pytest.fixture
def draft(program: Flask) -> Held:
    with writing() as session:
        body = acme(session, kind=Kind.BODY)
        who = somebody(session)
        return questionnaires.keep(session, body.id, name="acme.q", edition="1", text=TEXT, uploaded_by=who)


@pytest.fixture
def published(draft: Held) -> Held:
    with writing() as session:
        questionnaires.publish(session, draft, draft.uploaded_by)
    return again(draft)


def again(held: Held) -> Held:
    with reading() as session:
        found = questionnaires.find(session, held.organization_id, held.name, held.edition)
    assert found is not None
    return found


def forge(session: Session, held: Held, **values: object) -> None:
    session.execute(update(QuestionnaireRow).where(QuestionnaireRow.id == held.id).values(**values))


def test_a_text_comes_back_byte_for_byte(draft: Held):
    with reading() as session:
        assert questionnaires.text_of(session, draft) == TEXT
        assert questionnaires.texts(session, draft.organization_id, []) == {}
    assert draft.status is Status.DRAFT
    assert draft.checksum == questionnaires.checksum(TEXT)


def test_another_organisation_does_not_find_it(draft: Held):
    with writing() as session:
        other = acme(session, "Other")
    with reading() as session:
        assert questionnaires.find(session, other.id, draft.name, draft.edition) is None
        assert questionnaires.all_of(session, other.id) == []
        assert questionnaires.texts(session, other.id, [draft.id]) == {}


def test_a_version_is_there_once(draft: Held):
    with pytest.raises(AlreadyThere), writing() as session:
        questionnaires.keep(
            session, draft.organization_id, name="acme.q", edition="1", text=b"", uploaded_by=draft.uploaded_by
        )
    assert again(draft) == draft


def test_two_who_upload_the_same_version_at_once_make_one(program: Flask, draft: Held):
    def upload(_number: int) -> str:
        try:
            with writing() as session:
                questionnaires.keep(
                    session, draft.organization_id, name="acme.q", edition="2", text=TEXT, uploaded_by=draft.uploaded_by
                )
        except AlreadyThere:
            return "there"
        return "kept"

    assert sorted(at_once(program, 4, upload)) == ["kept", "there", "there", "there"]


def test_there_is_a_limit_to_versions(draft: Held, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(questionnaires, "MOST_VERSIONS", 2)
    with writing() as session:
        questionnaires.keep(
            session, draft.organization_id, name="acme.q", edition="2", text=TEXT, uploaded_by=draft.uploaded_by
        )
    with pytest.raises(TooManyVersions), writing() as session:
        questionnaires.keep(
            session, draft.organization_id, name="acme.q", edition="3", text=TEXT, uploaded_by=draft.uploaded_by
        )


def test_replacing_a_draft_takes_back_the_proposal(draft: Held):
    with writing() as session:
        questionnaires.propose(session, draft, draft.uploaded_by)
    proposed = again(draft)
    with writing() as session:
        questionnaires.replace_text(session, proposed, text=b"new", uploaded_by=draft.uploaded_by)

    assert proposed.proposed_by == draft.uploaded_by
    assert again(draft).proposed_by is None
    assert again(draft).checksum == questionnaires.checksum(b"new")


def test_a_step_from_what_is_no_longer_there_is_refused(draft: Held):
    with writing() as session:
        questionnaires.propose(session, draft, draft.uploaded_by)

    with pytest.raises(ChangedMeanwhile), writing() as session:
        questionnaires.publish(session, draft, draft.uploaded_by)
    with pytest.raises(ChangedMeanwhile), writing() as session:
        questionnaires.discard(session, draft)
    assert again(draft).status is Status.DRAFT


def test_a_published_version_is_neither_replaced_nor_discarded(published: Held):
    with pytest.raises(ChangedMeanwhile), writing() as session:
        questionnaires.replace_text(session, published, text=b"", uploaded_by=published.uploaded_by)
    with pytest.raises(ChangedMeanwhile), writing() as session:
        questionnaires.discard(session, published)


@pytest.mark.parametrize("column", FORGED)
def test_the_database_itself_keeps_a_published_version_as_it_is(published: Held, column: str):
    with pytest.raises(DBAPIError, match="never changes"), writing() as session:
        forge(session, published, **{column: FORGED[column]})
    assert again(published) == published


def test_every_column_is_tried_that_a_published_version_keeps():
    moves_on = {
        "retired_at",
        "retired_zh",
        "retired_en",
        "replaced_by",
        "version",
        "organization_id",
        "id",
        "uploaded_at",
    }

    assert {column.name for column in QuestionnaireRow.__table__.columns} == set(FORGED) | moves_on


def test_the_database_itself_deletes_no_published_version(published: Held):
    with pytest.raises(DBAPIError, match="never changes"), writing() as session:
        session.execute(text("DELETE FROM questionnaires"))
    assert again(published) == published


def test_a_retired_version_says_why_and_is_final(published: Held):
    with writing() as session:
        questionnaires.retire(session, published, zh="过时", en="out of date", replaced_by="isms-2022@1")
    retired = again(published)

    assert (retired.status, retired.retired_zh, retired.retired_en) == (Status.RETIRED, "过时", "out of date")
    with pytest.raises(DBAPIError, match="never changes"), writing() as session:
        forge(session, retired, status=Status.PUBLISHED)


def test_a_text_changed_behind_the_programs_back_is_not_given_out(published: Held):
    on = "" if is_sqlite() else " ON questionnaires"
    with writing() as session:
        session.execute(text(f"DROP TRIGGER questionnaires_refuse_update{on}"))
        forge(session, published, text=b"forged")

    with reading() as session:
        assert questionnaires.texts(session, published.organization_id, [published.id]) == {}
        with pytest.raises(TextAltered, match=r"acme\.q@1"):
            questionnaires.text_of(session, published)


def test_a_second_person_is_needed_where_there_are_two_who_may(draft: Held):
    roles = {Role.OWNER, Role.MANAGER}
    with writing() as session:
        body = organizations.find(session, draft.organization_id)
        assert body is not None
        organizations.join(session, body, draft.uploaded_by, Role.OWNER)
        organizations.join(session, body, somebody(session, "Viewer"), Role.VIEWER)
        alone = questionnaires.needs_second(session, body.id, roles)
        second = organizations.join(session, body, somebody(session, "Second"), Role.MANAGER)
        together = questionnaires.needs_second(session, body.id, roles)
        organizations.leave(session, second)

        assert (alone, together, questionnaires.needs_second(session, body.id, roles)) == (False, True, False)


def is_sqlite() -> bool:
    with reading() as session:
        return session.get_bind().dialect.name == "sqlite"
