"""What a picture shows and axe does not: a name that is cut, a crushed column, a choice without its title."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, expect

from answering.documents import Stated
from answering.responsibilities import Answerers
from scoring.answers import Answer
from store import departments, documents, responsibilities
from store.database import writing
from store.heads import Head
from tests.support.answering import Workplace, card
from tests.support.world import ISMS, OM

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 844}}
CUT = "it => it.scrollWidth - it.clientWidth"
LINES = "it => it.getClientRects().length"


def test_the_header_gives_the_name_of_an_assessment_the_room_of_its_target(browser: Browser, place: Workplace):
    name = "安全运维服务资质自评估2026"
    head = place.world.assess(replace(OM, title=name))
    with place.at(browser, "owner", **LAPTOP) as context:
        page = context.new_page()
        page.goto(place.address(head))
        crumb, path = page.locator(".crumb"), box(page.locator(".crumbs"))

        expect(crumb).to_have_text(name)
        assert crumb.evaluate(CUT) <= 0
        assert path["y"] <= box(crumb)["y"] < path["y"] + path["height"]


def test_a_name_too_long_for_the_header_is_cut_and_stays_in_sight(browser: Browser, place: Workplace):
    head = place.world.assess(replace(ISMS, title="Information security management " * 4))
    with place.at(browser, "owner", **LAPTOP) as context:
        page = context.new_page()
        page.goto(place.address(head, "a-5"))
        crumb, path = box(page.locator(".crumb")), box(page.locator(".crumbs"))

        assert crumb["width"] > 100
        assert path["y"] <= crumb["y"] < path["y"] + path["height"]


@pytest.mark.parametrize("width", [820, 900, 1024, 1120])
def test_between_a_phone_and_a_laptop_no_page_is_wider_than_the_screen(
    browser: Browser, place: Workplace, head: Head, width: int
):
    home = f"/o/{place.world.applicant.slug}"
    pages = ("assessments/{}", "assessments/{}/needs", "results/{}/gaps", "results/{}/steps", "matrix/{}", "setup/{}")
    with place.at(browser, "owner", viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        for path in (*pages, "documents", "people", ""):
            page.goto(f"{home}/{path.format(head.id)}")
            assert page.evaluate(f"({CUT})(document.documentElement)") <= 0, path


def test_an_evidence_line_keeps_its_words_whole_on_a_tablet(browser: Browser, place: Workplace):
    head = place.world.assess(ISMS)
    with place.at(browser, viewport={"width": 900, "height": 844}) as context:
        page = place.open(context, head, "a-5")
        assert box(page.locator("[id='a-5.10'] .line-said").first)["width"] > 250


def test_a_closed_item_says_its_number_and_conclusion_on_a_phone(browser: Browser, place: Workplace):
    head = place.world.assess(ISMS)
    place.world.answer(head, "a-5.1", Answer("4"))
    with place.at(browser, **PHONE) as context:
        page = place.open(context, head, "a-5")
        item = page.locator("[id='a-5.1']")
        number, ask, state = (item.locator(each) for each in (".item-number", ".row-ask", ".answer-row .state"))

        expect(number).to_have_text("A.5.1")
        expect(number).to_be_visible()
        expect(state).to_contain_text("Followed, records complete")
        assert box(ask)["width"] > 250
        assert box(state)["y"] >= box(ask)["y"] + box(ask)["height"]
        assert box(number)["height"] >= 44


def test_what_stands_before_the_conclusions_of_closed_items_stands_in_a_column(browser: Browser, place: Workplace):
    head = place.world.assess(OM)
    for item, conclusion in (("om-01", "conform"), ("om-02", "nonconform")):
        place.world.answer(head, item, Answer(conclusion))
    for locale in ("en-GB", "zh-CN"):
        with place.at(browser, **LAPTOP, locale=locale) as context:
            page = place.open(context, head)
            ends = {right(card(page, item).locator(".row-evidence")) for item in ("om-01", "om-02")}
            assert len(ends) == 1, locale


def test_the_library_breaks_no_day_no_name_and_no_state_for_a_long_title(browser: Browser, place: Workplace):
    with place.world.app.app_context(), writing() as database:
        said = Stated(title="Agreement on health checks with its annexes " * 4, number="QS-SD-03", owner="Zhou Qiming")
        documents.add(database, place.world.applicant.id, said, (), by=place.world.people["owner"])
    with place.at(browser, "owner", **LAPTOP) as context:
        page = context.new_page()
        page.goto(f"/o/{place.world.applicant.slug}/documents")
        row = page.get_by_role("row", name="QS-SD-03")

        assert row.get_by_text("Zhou Qiming").evaluate(LINES) == 1
        assert box(row.locator(".badge"))["height"] < 32


def test_a_choice_between_two_versions_begins_at_its_title_however_long_they_are(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser, **PHONE) as context:
        page = place.open(context, head)
        context.set_offline(True)
        page.locator("#om-01-note").fill("Mine, on many lines. " * 40)
        place.world.answer(head, "om-01", Answer(note="Theirs"), by="manager")
        context.set_offline(False)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()

        assert box(dialog.locator(".dialog-title"))["y"] >= box(dialog)["y"]
        expect(dialog.locator("[data-choose=mine]")).to_be_in_viewport()


def test_what_somebody_goes_to_stays_where_it_is_while_the_item_above_closes(
    browser: Browser, place: Workplace, head: Head
):
    place.world.answer(head, "om-02", Answer("conform"))
    with place.at(browser, **LAPTOP) as context:
        page = place.open(context, head, item="om-02")
        note = page.locator("#om-03-note")
        note.scroll_into_view_if_needed()
        before = box(note)["y"]
        note.click()
        expect(card(page, "om-02")).to_have_attribute("data-closed", "")
        page.wait_for_timeout(300)
        assert abs(box(note)["y"] - before) <= 1

        page = place.open(context, head, item="om-02")
        for _step in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('#om-03') !== null"):
                break
        expect(page.locator(":focus")).to_be_in_viewport()


def test_an_answered_section_is_printed_open_and_across_the_paper(browser: Browser, place: Workplace, head: Head):
    place.world.answer(head, "om-01", Answer("conform", note="The survey of May"))
    with place.at(browser, viewport={"width": 690, "height": 1000}) as context:
        page = place.open(context, head)
        page.emulate_media(media="print")
        item = card(page, "om-01")

        assert box(item.locator(".item-ask"))["width"] > 500
        for seen in (".item-number", ".answer-lines", "#om-01-note"):
            expect(item.locator(seen)).to_be_visible()
        for pressed in ("#om-02-note", ".answer-search", "[data-dock]", "#om-01 .evidence-tools"):
            expect(page.locator(pressed)).to_be_hidden()


def box(of: Locator) -> FloatRect:
    found = of.bounding_box()
    assert found
    return found


def right(of: Locator) -> float:
    found = box(of)
    return round(found["x"] + found["width"])


@pytest.mark.parametrize("scripts", [True, False])
def test_the_filters_button_stands_only_where_it_does_something(browser: Browser, place: Workplace, scripts: bool):
    isms = place.world.isms
    with place.world.app.app_context(), writing() as database:
        found = departments.found(database, isms.organization_id, name=f"质量部{scripts}", functions=(), members=())
        responsibilities.change(database, isms, {}, {"a-7.4" if scripts else "a-7.5": Answerers(frozenset({found.id}))})
    with place.at(browser, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(place.address(isms, "a-7"))
        show = page.locator(".answer-narrow").get_by_role("button", name="Show")
        expect(show).to_be_visible(visible=not scripts)  # a script sends the department as soon as it is chosen
        page.get_by_text("Filter by attribute").click()
        expect(show).to_be_visible()
