"""Unsent entries in a browser that several people use: asked about, removed, and never kept for ever."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from store.heads import Head
from tests.support.answering import Workplace, drafts, expect_saved, expect_unsaved, until
from tests.support.browsing import check_accessible

NOTE = "#om-01-note"
WEEK = 7 * 24 * 60 * 60 * 1_000


def test_whoever_signs_out_is_asked_about_what_was_not_sent(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = unsent(place, context, head)
        sign_out(page)
        asked = page.get_by_role("dialog", name="Not everything is saved")
        expect(asked).to_contain_text("Kept in this browser only and not sent yet: 1.")
        check_accessible(page)
        asked.get_by_role("button", name="Stay signed in").click()
        assert len(drafts(page)) == 1

        sign_out(page)
        asked.get_by_role("button", name="Sign out and remove it").click()
        page.wait_for_url("**/sign-in")
        page.get_by_role("button", name="Sign in").wait_for()
        assert drafts(page) == []
        assert place.stated(head, "om-01").version == 0


def test_nobody_is_asked_when_all_was_sent(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.locator(NOTE).fill("Sent on the way out")
        sign_out(page)
        page.wait_for_url("**/sign-in")

        assert drafts(page) == []
        assert place.stated(head, "om-01").answer.note == "Sent on the way out"


def test_whoever_comes_next_decides_about_what_somebody_else_left(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        unsent(place, context, head).close()
        place.sign_in(context, "manager")
        page = context.new_page()
        page.goto("/account")
        asked = page.get_by_role("dialog", name="Somebody else’s entries are kept in this browser")
        expect(asked).to_contain_text("Entries that could not be sent: 1.")
        asked.get_by_role("button", name="Leave them to their author").click()
        page.reload()
        expect(asked).to_be_hidden()
        assert len(drafts(page)) == 1

        another = context.new_page()
        another.goto("/account")
        remove(another).click()
        expect(remove(another)).to_be_hidden()
        assert drafts(another) == []


def test_what_was_left_for_a_week_is_removed_and_its_author_told_once(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = unsent(place, context, head)
        page.close()
        context.clear_cookies()
        page = context.new_page()
        page.goto("/sign-in")
        assert len(drafts(page)) == 1
        age(page, WEEK + 60_000)
        page.reload()
        until_ready(page)
        assert drafts(page) == []

        place.sign_in(context, "contributor")
        page.goto("/account")
        told = page.get_by_role("dialog", name="Kept for seven days, then removed")
        expect(told).to_contain_text("could not be sent from this browser: 1.")
        told.get_by_role("button", name="Close").click()
        page.reload()
        until_ready(page)
        expect(told).to_be_hidden()


def test_what_was_typed_under_a_clock_years_behind_is_as_old_as_it_is(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        context.clock.set_fixed_time("2015-01-01T00:00:00Z")
        unsent(place, context, head).close()
        context.clock.set_fixed_time(datetime.now(UTC))
        place.sign_in(context, "manager")
        page = context.new_page()
        page.goto("/account")
        asked = page.get_by_role("dialog", name="Somebody else’s entries are kept in this browser")
        expect(asked).to_contain_text("Entries that could not be sent: 1.")
        assert len(drafts(page)) == 1


def test_ones_own_entries_come_back_however_old_they_are(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        unsent(place, context, head).close()
        page = context.new_page()
        page.goto("/account")
        age(page, 2 * WEEK)
        again = place.open(context, head, page=page)
        expect(again.locator(NOTE)).to_have_value("Not sent")
        expect_saved(again, "om-01")
        until(again, lambda: not drafts(again))
        assert place.stated(head, "om-01").answer.note == "Not sent"


def unsent(place: Workplace, context: BrowserContext, head: Head) -> Page:
    """Type something that the server does not take."""
    page = place.open(context, head)
    page.route("**/items/**", busy)
    page.locator(NOTE).fill("Not sent")
    expect_unsaved(page, "om-01", "busy")
    return page


def busy(route: Route) -> None:
    route.fulfill(status=503, body="{}")


def sign_out(page: Page) -> None:
    page.locator("header .menu > summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()


def remove(page: Page) -> Locator:
    return page.get_by_role("button", name="Remove them")


def until_ready(page: Page) -> None:
    page.wait_for_load_state("load")


def age(page: Page, milliseconds: int) -> None:
    """Let what the browser keeps be older than it is."""
    page.evaluate(
        """by => {
          for (const key of Object.keys(localStorage).filter((key) => key.startsWith("plumbline/draft/"))) {
            const draft = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({ ...draft, at: draft.at - by }));
          }
        }""",
        milliseconds,
    )
