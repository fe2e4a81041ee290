"""Departments: added, changed, put away; the start set; hostile names; nothing of another organisation."""

import re

import pytest
from flask import Flask

from files.library import shipped
from people.types import Role
from store import accounts, departments, organizations
from store.database import db, writing
from tests.support.counting import statements
from tests.support.sharing import a_department, departments_of
from tests.support.world import World, hidden

HOSTILE = '"><script>alert(1)</script>\u202eabc{{7*7}}'


def path(world: World, *more: object) -> str:
    return "/".join([f"/o/{world.applicant.slug}/departments", *map(str, more)])


def test_somebody_without_departments_is_offered_the_words_of_the_questionnaires(world: World):
    zh = world.visitor("manager").get(path(world), **{"Accept-Language": "zh"}).text
    en = world.visitor("manager").get(path(world), **{"Accept-Language": "en"}).text

    assert zh.count('name="functions"') == en.count('name="functions"') == 12
    assert "最高管理者" in zh
    assert "Top management" in en


def test_the_start_set_adds_what_is_ticked_and_leaves_what_is_there(world: World):
    a_department(world, "Procurement", ["legal"])
    page = path(world, "new")
    chosen = {"functions": ["procurement", "legal", "cooks"]}

    answer = world.visitor("manager").send(path(world, "start"), chosen, page=page)

    assert answer.status_code == 302
    assert [(each.name, each.functions) for each in departments_of(world)] == [
        ("Legal and compliance", ("legal",)),
        ("Procurement", ("legal",)),
    ]


def test_a_department_is_added_with_who_answers_and_what_it_does(world: World):
    fields = {
        "name": "  体系\u202e 办公室 ",
        "members": [str(world.people["member"]), str(world.people["stranger-owner"])],
        "functions": ["isms-office", "nonsense"],
    }
    assert world.visitor("owner").send(path(world, "new"), fields).status_code == 302

    [it] = departments_of(world)
    assert (it.name, it.functions) == ("体系 办公室", ("isms-office",))
    assert it.members == {world.people["member"]}, "people of other organisations answer for nothing here"
    assert "Member" in world.visitor("viewer").get(path(world)).text


@pytest.mark.parametrize(("name", "says"), [("", "Enter a name"), ("QA", "has this name"), ("x" * 101, "at most 100")])
def test_a_name_that_cannot_be_is_refused_with_a_sentence_and_kept(world: World, name: str, says: str):
    a_department(world, "QA")
    fields = {"name": name, "functions": ["legal"]}

    answer = world.visitor("owner").send(path(world, "new"), fields)

    assert answer.status_code == 200
    assert says in answer.text
    assert re.search(r'value="legal"[^>]*checked|checked[^>]*value="legal"', answer.text), "what was ticked stays"
    assert len(departments_of(world)) == 1


def test_a_change_that_came_too_late_is_shown_beside_what_is_there_now(world: World):
    it = a_department(world, "QA")
    owner = world.visitor("owner")
    version = hidden(owner.get(path(world, it.id)).text, "version")
    with world.app.app_context(), writing() as database:
        departments.change(database, it, name="Quality", functions=["legal"], members=())

    late = owner.send(path(world, it.id), {"name": "Mine", "version": version})

    assert late.status_code == 409
    assert "Quality" in late.text
    assert 'value="Mine"' in late.text
    again = owner.send(path(world, it.id), {"name": "Mine", "version": hidden(late.text, "version")})
    assert again.status_code == 302
    assert [each.name for each in departments_of(world)] == ["Mine"]


def test_a_department_is_put_away_and_brought_back(world: World):
    it = a_department(world, "QA")
    owner = world.visitor("owner")
    owner.send(path(world, it.id, "archive"), page=path(world, it.id))
    assert departments_of(world) == []
    assert "Bring back" in owner.get(path(world)).text

    owner.send(path(world, it.id, "restore"), page=path(world, "new"))

    assert [each.id for each in departments_of(world)] == [it.id]


def test_a_function_the_library_no_longer_names_stays(world: World):
    it = a_department(world, "QA", ["legal", "of-another-time"])
    fields = {"name": "QA", "functions": ["procurement"], "version": str(it.version)}

    world.visitor("owner").send(path(world, it.id), fields)

    assert departments_of(world)[0].functions == ("of-another-time", "procurement")


def test_hostile_names_are_only_words(world: World):
    it = a_department(world, HOSTILE)
    for page in (path(world), path(world, it.id)):
        text = world.visitor("owner").get(page).text
        assert "<script>alert" not in text
        assert "{{7*7}}" in text


def test_what_belongs_to_others_is_not_here(world: World):
    it = a_department(world, "QA")
    theirs = f"/o/{world.elsewhere.slug}/departments/{it.id}"
    stranger = world.visitor("stranger-owner")

    assert stranger.get(theirs).status_code == 404
    page = f"/o/{world.elsewhere.slug}/departments/new"
    assert stranger.send(f"{theirs}/archive", page=page).status_code == 404
    assert [each.archived_at for each in departments_of(world)] == [None]


def test_every_hint_of_the_library_is_a_function_to_choose(world: World):
    text = world.visitor("owner").get(path(world, "new")).text
    library = shipped()
    hints = {each.id for name in library.names() for each in library.questionnaire(name).owners}

    assert len(hints) == 12
    assert all(f'value="{each}"' in text for each in hints)


def test_a_long_list_asks_the_database_no_more_than_a_short_one(world: World, app: Flask):
    visitor, asked = world.visitor("owner"), []
    a_department(world, members=["member"])
    for many in (0, 30):
        for _ in range(many):
            a_department(world, members=["member", "owner"])
        with app.app_context(), writing() as database:
            for number in range(many):
                person = accounts.create(database, email=f"p{number}@example.com", name="P", password_hash="-")
                organizations.join(database, world.applicant, person, Role.VIEWER)
        with app.app_context(), statements(db.engine) as said:
            visitor.get(path(world))
        asked.append(len(said))

    assert asked[0] == asked[1] <= 12
