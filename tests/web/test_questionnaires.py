"""The catalogue, the reading view, the blank form and the differences, as people of any organisation read them."""

import re
from html import unescape

import pytest

from files.library import checksum, shipped
from store.database import db
from tests.support.counting import statements
from tests.support.uploads import NAME
from tests.support.world import World

OM = "questionnaires/om-services/trial-1"
ISMS = "questionnaires/isms-2022/1"
ITEM = re.compile(r'<article class="item" id="([^"]+)"')


def read(world: World, path: str, name: str = "viewer", language: str = "en") -> str:
    slug = world.applicant.slug if name in world.memberships and not name.startswith("body") else world.body.slug
    response = world.visitor(name).get(f"/o/{slug}/{path}", **{"Accept-Language": language})
    assert response.status_code == 200, response.status_code
    return response.text


def items(page: str) -> list[str]:
    return ITEM.findall(page)


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 71),
        ("?level=3", 28),
        ("?level=2", 50),
        ("?level=1", 71),
        ("?level=3&reading=exclusive", 28),
        ("?level=2&reading=exclusive", 50),
        ("?level=1&reading=exclusive", 49),
    ],
)
def test_a_level_has_as_many_items_as_counted_by_hand(world: World, query: str, expected: int):
    assert len(items(read(world, OM + query))) == expected


def test_the_counts_of_every_level_and_reading_are_told(world: World):
    page = plain(read(world, OM))

    assert re.search(r"Level 3[^0-9]* 28 28 Level 2 50 50 Level 1 71 49", page)


def test_the_items_stand_in_the_order_of_the_form_and_can_be_linked_to(world: World):
    assert items(read(world, OM)) == [f"om-{number:02}" for number in range(1, 72)]


def test_an_item_is_shown_whole_in_the_readers_language(world: World):
    english, chinese = (plain(read(world, OM, language=each)) for each in ("en", "zh"))
    item = shipped().questionnaire("om-services@trial-1").item("om-20")

    for text in (item.ask, item.guidance.why, item.guidance.slip, *(line.text for line in item.evidence), item.note):
        assert text is not None
        assert text.en in english
        assert text.zh in chinese
        assert text.zh not in english
    assert "Level 2 only" in english
    assert "仅二级" in chinese


def test_both_languages_are_shown_on_demand(world: World):
    page = plain(read(world, OM + "?both=1"))

    for item in shipped().questionnaire("om-services@trial-1").items:
        assert item.ask.zh in page
        assert item.ask.en in page


def test_evidence_says_how_it_counts(world: World):
    page = plain(read(world, OM))
    item = shipped().questionnaire("om-services@trial-1")
    lines = [line for each in item.in_order() for line in each.evidence]

    assert page.count("Optional, our suggestion") == sum(line.added for line in lines)
    assert page.count("Only if:") == sum(line.when is not None for line in lines)
    assert page.count("Same document as") == sum(line.same_as is not None for line in lines)
    assert "Shares the evidence of 61" in page
    assert "The same evidence also serves 62" in page


def test_key_items_and_attributes_of_the_controls_are_told(world: World):
    page = plain(read(world, ISMS))

    assert page.count("Key item") == 14
    assert f"{shipped().questionnaire('isms-2022@1').standards[0].code} A.5.1" in page
    assert len(items(read(world, ISMS + "?is-control-type=corrective"))) == sum(
        any("corrective" in trait.values for trait in item.attributes)
        for item in shipped().questionnaire("isms-2022@1").items
    )


def test_a_search_finds_in_both_languages_and_marks_what_it_found(world: World):
    own, other = read(world, ISMS + "?q=Backup"), read(world, ISMS + "?q=备份")

    assert "a-8.13" in items(own)
    assert "<mark>" in own
    assert "<mark>备份</mark>" in other
    assert "Nothing here matches" in read(world, ISMS + "?q=zzzz")


def test_a_search_is_not_run_and_not_endless(world: World):
    page = read(world, ISMS + "?q=<script>alert(1)</script>")

    assert "<script>alert" not in page
    assert len(items(read(world, ISMS + "?q=" + "a" * 300))) == 0
    assert items(read(world, ISMS + "?q=(.*")) == []


@pytest.mark.parametrize(
    "path",
    [
        OM + "?level=4", OM + "?level=x", OM + "?level=2&reading=odd", OM + "?level=²", "questionnaires/om-services/2",
        "questionnaires/none/1", "questionnaires/none/diff", "questionnaires/isms-2022/diff?from=9",
        "questionnaires/rules/initial-audit", "questionnaires/..%2Fmaps/isms-2013-to-2022",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_there(world: World, path: str):
    assert world.visitor("owner").get(f"/o/{world.applicant.slug}/{path}").status_code == 404


def test_the_catalogue_tells_what_for_whom_how_long_and_in_which_state(world: World):
    page = plain(read(world, "questionnaires"))

    assert "Level 3, level 2 and level 1: 28, 50 and 71 items" in page
    assert "about 3 hours" in page
    assert "123 items in 11 sections" in page
    assert "Retired" in page
    assert "isms-2022@1" in page


def test_the_blank_form_has_every_line_of_the_form_and_none_of_ours(world: World):
    page = plain(read(world, OM + "/form?level=1&reading=exclusive"))
    it = shipped().questionnaire("om-services@trial-1")

    assert "49 items" in page
    assert "List of evidence" in page
    assert re.search(r"76 [^0-9]+ 77 78", page)
    added = next(line for item in it.in_order() for line in item.evidence if line.added)
    assert added.text.en not in page


def test_the_file_of_a_version_is_handed_out_as_it_is(world: World):
    response = world.visitor("viewer").get(f"/o/{world.applicant.slug}/{OM}/file")

    assert checksum(response.data) == shipped().checksums()["om-services/trial-1.yaml"]
    assert response.headers["Content-Disposition"] == 'attachment; filename="om-services-trial-1.yaml"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_map_between_editions_tells_relation_and_carry_over(world: World):
    page = plain(read(world, "questionnaires/isms-2022/diff?from=isms-2013@1&to=isms-2022@1"))
    found = shipped().item_map("isms-2013@1", "isms-2022@1")

    assert found is not None
    assert page.count("not carried over") == sum(pair.prefill == "none" for pair in found.pairs)
    assert "carried over, check again" in page
    assert all(pair.note.en in page for pair in found.pairs if pair.note)
    assert "No map leads" in read(world, "questionnaires/isms-2022/diff?from=isms-2022@1&to=isms-2013@1")


def test_differences_are_told_item_by_item_with_the_words_that_changed(world: World):
    world.questionnaire("1", published=True)
    world.questionnaire("2", published=True)
    path = f"questionnaires/{NAME}/diff?from=1&to=2"
    english, chinese = read(world, path, "body-viewer"), read(world, path, "body-viewer", "zh")

    assert "<del>twelve</del><ins>six</ins>" in english
    assert "<del>12</del><ins>六</ins>" in chinese
    assert "<ins>training records</ins>" in english
    assert "<del>organisation chart</del>" in english
    assert "<del>45 minutes</del>" in english
    assert "<del>12</del>" in read(world, path + "&both=1", "body-viewer")


@pytest.mark.parametrize("path", ["questionnaires", f"questionnaires/{NAME}/1", f"questionnaires/{NAME}/diff"])
def test_the_number_of_queries_does_not_grow(world: World, path: str):
    world.questionnaire("1", published=True)
    world.questionnaire("2", published=True)
    few = queries(world, path)
    for number in range(3, 9):
        world.questionnaire(str(number), published=True)

    assert queries(world, path) == few <= 10


@pytest.mark.parametrize(("path", "count"), [(OM, 71), (ISMS, 123), (ISMS + "?both=1", 123)])
def test_a_long_questionnaire_is_drawn_whole(world: World, path: str, count: int):
    page = world.visitor("viewer").get(f"/o/{world.applicant.slug}/{path}")

    assert len(items(page.text)) == count


def queries(world: World, path: str) -> int:
    """Count the statements of a request that comes a second time."""
    visitor = world.visitor("body-viewer")
    with world.app.app_context():
        engine = db.engine
    address = f"/o/{world.body.slug}/{path}"
    assert visitor.get(address).status_code == 200

    with statements(engine) as said:
        visitor.get(address)
    return len(said)
