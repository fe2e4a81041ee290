"""The sample world of `make demo`: its figures are those of the look, and it never touches a folder in use."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import current_app

from answering.file_types import recognise
from app import create_app
from files.library import shipped
from people.types import Kind, Role
from scoring.plain import plain
from scoring.results import assess
from settings import ROOT, read
from store import (
    accounts,
    answers,
    assessments,
    departments,
    document_list,
    documents,
    listings,
    log,
    organizations,
    responsibilities,
)
from store.database import db, now, reading
from store.file_places import files_of
from store.heads import Head
from store.listings import Shelf
from tools.demo.form import STILL_TO_CHECK


def demo(folder: Path) -> str:
    """Run what `make demo` runs before it serves."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLUMBLINE_")}
    command = [sys.executable, "-m", "tools.demo"]
    settings = environment | {"DATA": str(folder)}
    return subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("demo")
    assert "澄湖数据" in demo(folder)
    program = create_app(read({"DATA": str(folder)}))
    with program.app_context():
        yield folder
        db.engine.dispose()


def heads(shelf: Shelf) -> dict[str, Head]:
    """The applicant's assessments by their questionnaire."""
    with reading() as session:
        owner = accounts.installation_owner(session)
        assert owner is not None
        (place,) = organizations.places_of(session, owner.id)
        lines = listings.page(session, place.organization.id, shelf, size=50).lines
        found = [assessments.find(session, place.organization.id, line.id) for line in lines]
    return {head.questionnaire: head for head in found if head is not None}


def scored(head: Head) -> dict[str, object]:
    with reading() as session:
        whole = assessments.whole(session, head)
    library = shipped()
    return plain(assess(library.questionnaire(head.questionnaire), whole, library.rule_set(head.rules)))


def test_this_years_figures_are_those_of_the_look(world: Path):
    head = heads(Shelf.OPEN)["om-services@trial-1"]
    result = scored(head)

    assert (result["claimed"], result["supported"], result["coverage"]) == ("94.0", "86.8", "87.9")
    assert (result["verdict"], head.answered, head.applicable, head.missing) == (
        "ready-after-improvement", 50, 50, (),
    )  # fmt: skip
    evidence = result["evidence"]
    assert isinstance(evidence, dict)
    assert [evidence[name] for name in ("required", "have", "partial", "missing", "expired")] == [211, 185, 1, 25, 1]
    with reading() as session:
        kept = answers.all_of(session, head)
    assert {item for item, each in kept.items() if each.check_again} == set(STILL_TO_CHECK)


def test_some_documents_have_files_of_the_type_that_they_say(world: Path):
    head = heads(Shelf.OPEN)["om-services@trial-1"]
    files = files_of(current_app)
    with reading() as session:
        wish = document_list.Wish()
        lines = document_list.page(session, head.organization_id, wish, on=now().date(), size=100)
        found = [documents.find(session, head.organization_id, line.document.id) for line in lines if line.files]
    kept = [file for each in found if each for file in each.files]

    for each in kept:
        content = b"".join(files.read(head.organization_id, each.digest))
        assert recognise(each.name, io.BytesIO(content)).media_type == each.media_type
    assert {each.name.rsplit(".")[-1] for each in kept} == {"pdf", "xlsx", "png"}


def test_last_years_lies_in_the_archive_and_this_year_goes_on_from_it(world: Path):
    last = heads(Shelf.ARCHIVED)["om-services@trial-1"]

    assert scored(last)["supported"] == "71.2"
    assert heads(Shelf.OPEN)["om-services@trial-1"].previous_id == last.id
    assert last.assessed_on is not None
    assert now().date() - last.assessed_on > timedelta(days=365)


def test_another_questionnaire_is_begun(world: Path):
    isms = heads(Shelf.OPEN)["isms-2022@1"]

    assert (isms.answered, isms.applicable) == (31, 123)
    assert isms.missing == ("assessed_on", "assessed_by")


def test_every_item_of_this_years_form_has_a_department_and_the_owner_has_items_of_their_own(world: Path):
    head = heads(Shelf.OPEN)["om-services@trial-1"]
    with reading() as session:
        stated = responsibilities.of(session, head)
        owner = accounts.installation_owner(session)
        assert owner is not None
        own = {each.id for each in departments.all_of(session, head.organization_id) if owner.id in each.members}

    assert len(stated) == 71
    assert all(each.leads for each in stated.values())
    assert [item for item, each in stated.items() if each.leads & own]


def test_there_is_somebody_in_every_role_a_body_and_a_log_that_holds(world: Path):
    with reading() as session:
        everything = [organizations.find(session, each) for each in organizations.ids(session)]
        kinds = {each.kind for each in everything if each}
        applicant = next(each for each in everything if each and each.kind is Kind.APPLICANT)
        roles = {each.membership.role for each in organizations.members(session, applicant.id)}
        breaks = [log.first_break(session, chain) for chain in log.chains(session)]

    assert (kinds, roles) == (set(Kind), set(Role))
    assert set(breaks) == {None}


def test_a_folder_in_use_stays_as_it_is(world: Path):
    before = {shelf: heads(shelf) for shelf in Shelf}

    assert demo(world) == ""
    assert {shelf: heads(shelf) for shelf in Shelf} == before
