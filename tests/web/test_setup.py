"""The set-up of an assessment: nothing is lost by another target, a stale page or the archive; the end is asked for."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from scoring.answers import Answer, Declaration, Ground
from scoring.assessment import Size, Word
from store import answers, assessments, log
from store.database import reading, writing
from store.heads import Head
from store.log import Event
from store.organizations import ChangedMeanwhile
from surveys.levels import Reading
from tests.support.world import OM, World, hidden

OTHERS = ("contributor", "viewer", "former", "stranger-owner", "body-owner", "operator")
FIELDS = {
    "title": "2026", "target": "2-cumulative", "size": "small", "audit": "initial", "rules": "initial-audit@1",
    "previous": "",
}  # fmt: skip


def path(world: World, head: Head | None = None, step: str = "") -> str:
    return f"/o/{world.applicant.slug}/setup/{(head or world.om).id}{step}"


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def now_of(world: World, head: Head | None = None) -> Head:
    with world.app.app_context(), reading() as database:
        found = assessments.find(database, world.applicant.id, (head or world.om).id)
    assert found is not None
    return found


def save(world: World, head: Head | None = None, **fields: Any) -> TestResponse:
    """Send the form as the manager, from a page drawn just now."""
    version = str(now_of(world, head).version)
    return world.visitor("manager").send(path(world, head), FIELDS | {"version": version} | fields)


def step(world: World, name: str, head: Head | None = None, **fields: Any) -> TestResponse:
    version = str(now_of(world, head).version)
    return world.visitor("manager").send(
        path(world, head, name), {"version": version, **fields}, page=path(world, head)
    )


def events(world: World) -> list[log.Entry]:
    with world.app.app_context(), reading() as database:
        return log.page(database, world.applicant.id, size=50, number=1)[0]


def test_everything_stated_is_kept_and_shown_again(world: World):
    response = save(
        world, title="二级自评估", name_zh="澄湖数据", name_en="Chenghu Data", assessed_on="2026/11/21",
        department="质量部", people="曾瑜，李岚", size="medium", audit="recertification", rules="procedure-2025@1",
    )  # fmt: skip
    head = now_of(world)

    assert response.status_code == 302
    assert (head.title, head.assessed_on, head.people) == ("二级自评估", date(2026, 11, 21), ("曾瑜", "李岚"))
    assert (head.size, head.rules, head.version) == (Size.MEDIUM, "procedure-2025@1", 2)
    assert head.missing == ()
    page = world.visitor("owner").get(path(world)).text
    assert 'value="2026-11-21"' in page
    assert 'value="曾瑜, 李岚"' in page
    assert [each.event for each in events(world)] == [Event.ASSESSMENT_CHANGED]


def test_what_the_form_does_not_ask_stays_as_it_was(world: World):
    kept = {
        "declared": (Declaration(Ground.LAW, "没有许可证"),), "proposals": {"design": Word(True)},
        "follow_ups_stated": True, "moved_from_id": world.isms.id,
    }  # fmt: skip
    head = world.assess(replace(OM, **kept))  # type: ignore[arg-type]  # fields of a header
    save(world, head, title="renamed")
    now = now_of(world, head)

    assert now.title == "renamed"
    assert {name: getattr(now, name) for name in kept} == kept


def test_another_target_says_what_comes_in_and_falls_out(world: World):
    page = plain(world.visitor("owner").get(path(world)).text)

    assert "level 2 Cumulative 50 items as it is now" in page
    assert "level 3 Cumulative 28 items 22 fall out" in page
    assert "level 1 Cumulative 71 items 21 come in" in page
    assert "level 1 Exclusive 49 items 21 come in, 22 fall out" in page


def test_another_target_keeps_every_answer_and_counts_anew(world: World):
    # Item 1 is asked at every level, item 4 at level 2 only, item 8 at level 1 only
    for item in ("om-01", "om-04"):
        world.answer(world.om, item, Answer("conform"))
    with world.app.app_context(), writing() as database:
        change = answers.Change(item="om-08", answer=Answer("conform"), base=0, by=world.people["owner"])
        answers.save(database, world.om, change, counts=False)
    found = []
    for target in ("1-cumulative", "1-exclusive", "3-cumulative", "2-cumulative"):
        save(world, target=target)
        now = now_of(world)
        found.append((now.level, now.reading, now.applicable, now.answered))

    assert found == [
        (1, Reading.CUMULATIVE, 71, 3), (1, Reading.EXCLUSIVE, 49, 2), (3, Reading.CUMULATIVE, 28, 1),
        (2, Reading.CUMULATIVE, 50, 2),
    ]  # fmt: skip
    assert world.stated(world.om, "om-08").answer == Answer("conform")


def test_a_change_of_reading_is_logged_with_both(world: World):
    save(world, target="2-exclusive")
    entry = events(world)[0]

    assert entry.event == Event.ASSESSMENT_AIMED
    assert (entry.details["before"], entry.details["after"]) == ("2 cumulative", "2 exclusive")
    shown = plain(world.visitor("owner").get(f"/o/{world.applicant.slug}/log").text)
    assert "Changed the level or the reading of an assessment om-services@trial-1 2 cumulative → 2 exclusive" in shown


def test_a_stale_page_overwrites_nothing_and_keeps_what_was_typed(world: World):
    save(world, title="theirs", department="质量部")
    response = world.visitor("owner").send(path(world), FIELDS | {"version": "1", "title": "mine"})

    assert response.status_code == 409
    assert "Somebody changed this meanwhile. Now it says: theirs" in plain(response.text)
    assert 'value="mine"' in response.text
    assert now_of(world).title == "theirs"
    again = FIELDS | {"version": hidden(response.text, "version"), "title": "mine"}
    assert world.visitor("owner").send(path(world), again).status_code == 302
    assert now_of(world).title == "mine"


def test_answers_saved_meanwhile_make_no_page_stale(world: World):
    world.answer(world.om, "om-01", Answer("conform"))
    response = world.visitor("owner").send(path(world), FIELDS | {"version": "1", "title": "renamed"})

    assert response.status_code == 302
    assert (now_of(world).title, now_of(world).answered) == ("renamed", 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-02-30", "There is no 30 February. Change the date"),
        ("2027-02-29", "There is no 29 February in 2027. Change the date"),
        ("2026-13-01", "There is no month 13. Change the date"),
        ("２０２６－０２－３０", "There is no 30 February. Change the date"),
        ("tomorrow", "This is not a date. Example: 2027-03-01"),
        ("0000-01-01", "There is no 1 January. Change the date"),
    ],
)
def test_a_day_that_is_none_is_named_and_stays_in_the_box(world: World, typed: str, said: str):
    response = save(world, assessed_on=typed)

    assert response.status_code == 200
    assert said in plain(response.text)
    assert f'value="{typed}"' in response.text
    assert now_of(world).version == 1


def test_a_day_that_is_none_is_named_in_chinese(world: World):
    fields = FIELDS | {"version": "1", "assessed_on": "2026年2月30日"}
    visitor = world.visitor("owner")
    visitor.send("/language", {"language": "zh"}, page=path(world))

    assert "没有2月30日，请改日期" in visitor.send(path(world), fields).text


def test_the_last_period_is_one_of_the_same_questionnaire(world: World):
    earlier = world.assess(replace(OM, title="2025"))
    world.answer(earlier, "om-01", Answer("conform"))
    assert save(world, previous=str(earlier.id)).status_code == 302
    assert now_of(world).previous_id == earlier.id
    assert save(world, previous=str(world.isms.id)).status_code == 200
    assert save(world, previous=str(world.om.id)).status_code == 200
    save(world, previous="")
    assert now_of(world).previous_id is None


def test_a_last_period_of_long_ago_stays_one(world: World):
    earlier = world.assess(replace(OM, title="2009"))
    assert save(world, previous=str(earlier.id)).status_code == 200, "nothing is stated there to compare with"
    world.answer(earlier, "om-01", Answer("conform"))
    assert save(world, previous=str(earlier.id)).status_code == 302
    for number in range(22):
        world.answer(world.assess(replace(OM, title=f"later {number}")), "om-01", Answer("conform"))

    assert save(world, previous=str(earlier.id)).status_code == 302
    assert now_of(world).previous_id == earlier.id


def test_archived_it_takes_no_changes_until_it_is_brought_back(world: World):
    assert "into the archive?" in world.visitor("owner").get(path(world, step="/archive")).text
    assert step(world, "/archive").status_code == 302
    head = now_of(world)
    assert head.archived_at is not None
    page = plain(world.visitor("owner").get(path(world)).text)
    assert "Bring it back" in page
    assert "Save" not in page.split()
    with pytest.raises(ChangedMeanwhile):
        world.answer(world.om, "om-01", Answer("conform"))
    world.visitor("owner").send(path(world), FIELDS | {"version": str(head.version), "title": "x"})
    assert now_of(world).title == "2026"

    assert step(world, "/restore").status_code == 302
    assert now_of(world).archived_at is None
    world.answer(world.om, "om-01", Answer("conform"))
    assert [each.event for each in events(world)] == [Event.ASSESSMENT_RESTORED, Event.ASSESSMENT_ARCHIVED]


def test_it_is_deleted_only_from_the_archive_and_by_its_name(world: World):
    world.answer(world.om, "om-01", Answer("conform"))
    assert step(world, "/delete", title="2026").location.endswith("/archive")
    step(world, "/archive")
    refused = world.visitor("manager").send(
        path(world, step="/delete"), {"version": str(now_of(world).version), "title": "2025"}
    )
    assert refused.status_code == 200
    assert "This is not its name. Type 2026" in plain(refused.text)
    assert now_of(world).answered == 1

    assert step(world, "/delete", title=" 2026 ").location.endswith("/assessments/archived")
    assert world.visitor("owner").get(path(world)).status_code == 404
    left = world.everything()
    assert str(world.om.id) not in str([left[name] for name in ("assessments", "answers", "answer_versions")])
    assert len(left["assessments"]) == 1
    entry = events(world)[0]
    assert (entry.event, entry.details["assessment"]) == (Event.ASSESSMENT_DELETED, str(world.om.id))


@pytest.mark.parametrize("name", ["/archive", "/restore", "/delete"])
def test_a_step_from_a_stale_page_is_not_taken(world: World, name: str):
    if name != "/archive":
        step(world, "/archive")
    stale = {"version": "0", "title": "2026"}
    before = now_of(world)
    response = world.visitor("owner").send(path(world, step=name), stale, page=path(world))

    assert response.status_code == 409
    assert now_of(world) == before


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sets_it_up(world: World, who: str):
    for name in ("", "/archive", "/delete"):
        assert world.visitor(who).get(path(world, step=name)).status_code == 404


def test_an_assessment_of_another_organisation_is_not_here(world: World):
    theirs = f"/o/{world.elsewhere.slug}/setup/{world.om.id}"

    assert world.visitor("stranger-owner").get(theirs).status_code == 404
    assert world.visitor("stranger-owner").get(f"{theirs}/delete").status_code == 404
