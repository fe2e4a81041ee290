"""What stands at the bottom of a phone: the conclusion with its saving, and below it what acts on the item."""

from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from store.heads import Head
from tests.support.answering import Workplace, card, expect_saved
from tests.support.browsing import check_accessible

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_the_conclusion_stands_on_the_bar_and_says_when_it_was_saved(browser: Browser, place: Workplace, head: Head):
    with place.at(browser, **PHONE) as context:
        page = place.open(context, head, "design")
        conclusion = card(page, "om-12").locator(".conclusion")
        conclusion.locator("label").first.tap()
        expect_saved(page, "om-12")
        page.locator("#om-12").evaluate("it => it.scrollIntoView({block: 'start'})")

        expect(conclusion.locator("[data-docked]")).to_contain_text("Saved ")
        standing, bar = box(conclusion), box(dock(page))
        assert abs(standing["y"] + standing["height"] - bar["y"]) <= 2
        assert abs(bar["y"] + bar["height"] - 844) <= 1
        for button in dock(page).get_by_role("button").all():
            assert min(box(button)["width"], box(button)["height"]) >= 44
        check_accessible(page)


def test_nothing_stands_on_the_bar_while_an_item_comes_into_view(browser: Browser, place: Workplace, head: Head):
    """A conclusion cannot leave its item upwards: until there is room for it, it stands below the window's edge."""
    with place.at(browser, **PHONE) as context:
        page = place.open(context, head)
        start = page.locator("#om-02 .answer-fields").evaluate("it => it.getBoundingClientRect().top")
        for below_the_fold in (20, 60, 100, 140):
            page.evaluate("y => scrollTo(0, y)", start - 844 + below_the_fold)
            bar = box(dock(page))
            seen = page.evaluate("y => !!document.elementFromPoint(195, y)?.closest('[data-dock]')", bar["y"] + 20)
            assert seen, below_the_fold


def test_the_bar_leads_on_and_back_and_from_the_last_item_to_the_next_section(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser, **PHONE) as context:
        page = place.open(context, head)
        items = page.locator("article[data-item]").count()
        pressed(page, "Next item")
        expect(page.locator("[data-current]")).to_have_id("om-02")
        pressed(page, "Item before")
        expect(page.locator("[data-current]")).to_have_id("om-01")
        for _step in range(items):
            pressed(page, "Next item")
        page.wait_for_url("**/design*")


def test_the_bar_acts_on_the_item_that_fills_the_screen(browser: Browser, place: Workplace, head: Head):
    with place.at(browser, **PHONE) as context:
        page = place.open(context, head)
        page.locator("#om-03").evaluate("it => it.scrollIntoView({block: 'start'})")
        pressed(page, "Note")
        expect(page.locator("#om-03-note")).to_be_focused()
        expect(page.locator("[data-current]")).to_have_id("om-03")
        page.locator("#om-02").evaluate("it => it.scrollIntoView({block: 'start'})")
        pressed(page, "Add a photo or file")
        expect(page.get_by_role("dialog")).to_contain_text("Evidence for item 2")


@pytest.mark.parametrize(
    "wishes",
    [{"java_script_enabled": False, **PHONE}, {}, {"viewport": {"width": 740, "height": 360}}],
    ids=["without script", "on a laptop", "on a phone that lies flat"],
)
def test_elsewhere_there_is_no_bar(browser: Browser, place: Workplace, head: Head, wishes: dict[str, Any]):
    with place.at(browser, **wishes) as context:
        page = context.new_page()
        page.goto(place.address(head))
        expect(page.locator("#om-01-conclusion-conform")).to_be_attached()
        expect(dock(page)).to_be_hidden()


def test_who_may_only_read_has_the_way_on_and_nothing_else(browser: Browser, place: Workplace, head: Head):
    with place.at(browser, "viewer", **PHONE) as context:
        page = place.open(context, head)
        expect(dock(page).get_by_role("button")).to_have_count(2)
        pressed(page, "Next item")
        expect(page.locator("[data-current]")).to_have_id("om-02")


def dock(page: Page) -> Locator:
    return page.locator("[data-dock]")


def pressed(page: Page, name: str) -> None:
    dock(page).get_by_role("button", name=name).click()


def box(of: Locator) -> FloatRect:
    found = of.bounding_box()
    assert found
    return found
