"""Nothing is lost: on a bad network, with a dying server, beside others, after a crash, and when signed out."""

import re
from contextlib import suppress
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from scoring.answers import Answer
from store import answers, comments
from store.database import writing
from store.heads import Head
from tests.support.answering import Workplace, card, drafts, expect_saved, expect_unsaved, workplace
from tests.support.site import kill, running
from tests.support.world import PASSWORD, TOTP_SECRET

NOTE = "#om-01-note"


def test_what_is_typed_is_saved_by_itself_and_says_when(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.locator(NOTE).fill("The survey of May")
        expect(card(page, "om-01").locator("[data-not-saved]")).to_have_text("Saving")
        expect_saved(page, "om-01")

        expect(card(page, "om-01").locator("[data-saved]")).to_have_text(re.compile(r"Saved \d\d:\d\d:\d\d"))
        assert place.stated(head, "om-01").answer.note == "The survey of May"
        assert drafts(page) == []


def test_a_cut_network_loses_nothing_and_what_was_kept_goes_out_by_itself(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        page = place.open(context, head)
        context.set_offline(True)
        page.locator(NOTE).fill("Typed in the lift")
        expect_unsaved(page, "om-01", "offline")
        expect(card(page, "om-01").locator("[data-unsaved]")).to_contain_text("kept on this computer")
        expect(page.locator(".rail [data-unsaved-count]")).to_contain_text("Not saved: 1")
        assert page.title().startswith("Not saved: 1")
        page.locator(NOTE).fill("Typed in the lift, and more")
        context.set_offline(False)
        expect_saved(page, "om-01")

        assert not page.title().startswith("Not saved")
        expect(page.locator(".rail [data-unsaved-count]")).to_be_hidden()
        assert place.stated(head, "om-01").answer.note == "Typed in the lift, and more"


def test_an_unsaved_entry_outlives_a_crashed_tab_and_a_reload(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        context.set_offline(True)
        page.locator(NOTE).press_sequentially("Before the crash")
        crash(page)
        context.set_offline(False)
        again = place.open(context, head)

        expect(again.locator(NOTE)).to_have_value("Before the crash")
        expect_saved(again, "om-01")
        assert place.stated(head, "om-01").answer.note == "Before the crash"
        assert drafts(again) == []


def test_a_draft_of_another_section_is_sent_from_here(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        context.set_offline(True)
        page.locator(NOTE).fill("Elsewhere")
        crash(page)
        context.set_offline(False)
        with context.expect_event("requestfinished", lambda sent: sent.url.endswith("/items/om-01")):
            other = place.open(context, head, "design")
        other.wait_for_timeout(200)

        assert place.stated(head, "om-01").answer.note == "Elsewhere"
        assert drafts(other) == []
        expect(other.locator(".rail [data-unsaved-count]")).to_be_hidden()


def test_a_draft_of_another_section_that_needs_its_person_leads_there(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        context.set_offline(True)
        page.locator(NOTE).fill("Mine")
        crash(page)
        place.world.answer(head, "om-01", Answer(note="Theirs"), by="manager")
        context.set_offline(False)
        other = place.open(context, head, "design")
        expect(other.locator(".rail [data-unsaved-count]")).to_contain_text("Not saved: 1")
        other.locator(".rail [data-unsaved-count] a").click()
        other.get_by_role("dialog").locator("[data-choose=mine]").click()

        expect_saved(other, "om-01")
        assert place.stated(head, "om-01").answer.note == "Mine"


def test_a_draft_meets_what_others_saved_meanwhile(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        context.set_offline(True)
        page.locator(NOTE).fill("Mine")
        crash(page)
        place.world.answer(head, "om-01", Answer(conclusion="conform"), by="manager")
        context.set_offline(False)
        again = place.open(context, head)
        expect(again.locator(NOTE)).to_have_value("Mine")
        expect_saved(again, "om-01")

        kept = place.stated(head, "om-01").answer
        assert (kept.note, kept.conclusion) == ("Mine", "conform")


def test_a_draft_is_never_shown_to_or_sent_as_somebody_else(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        context.set_offline(True)
        page.locator(NOTE).fill("For my eyes")
        crash(page)
        context.set_offline(False)
        place.sign_in(context, "manager")
        theirs = place.open(context, head)
        theirs.wait_for_timeout(700)

        expect(theirs.locator(NOTE)).to_have_value("")
        assert place.stated(head, "om-01").version == 0
        assert len(drafts(theirs)) == 1


def test_a_server_that_dies_while_saving_gets_it_when_it_is_back(browser: Browser, tmp_path: Path):
    with workplace(tmp_path) as place:
        head = place.world.assess()
        with place.at(browser) as context:
            page = place.open(context, head)
            page.locator(NOTE).fill("Before it died")
            expect_saved(page, "om-01")
            port = kill(place.site)
            page.locator(NOTE).fill("While it was dead")
            expect_unsaved(page, "om-01", "offline")
            assert place.stated(head, "om-01").answer.note == "Before it died"
            with running(tmp_path, port=port):
                card(page, "om-01").get_by_role("button", name="Try now").click()
                expect_saved(page, "om-01")

        assert place.stated(head, "om-01").answer.note == "While it was dead"


def test_a_save_whose_reply_is_lost_is_kept_once(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        replies = lose_replies(page)
        page.locator(NOTE).fill("Once")
        expect_unsaved(page, "om-01", "offline")
        page.unroute("**/items/om-01")
        page.locator(NOTE).fill("Once, and then more")
        expect_saved(page, "om-01")

        assert set(replies) == {200}
        kept = place.stated(head, "om-01")
        assert (kept.version, kept.answer.note) == (2, "Once, and then more")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_busy_server_is_asked_again(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.route("**/items/om-01", lambda route: route.fulfill(status=503, body="busy"))
        page.locator(NOTE).fill("Patience")
        expect_unsaved(page, "om-01", "busy")
        page.unroute("**/items/om-01")
        expect_saved(page, "om-01")

        assert place.stated(head, "om-01").version == 1


def test_a_network_that_says_yes_to_everything_is_not_believed(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.route("**/items/om-01", lambda route: route.fulfill(status=200, body="<h1>Welcome to our hotel</h1>"))
        page.locator(NOTE).fill("In the hotel")
        expect_unsaved(page, "om-01", "offline")
        page.unroute("**/items/om-01")
        expect_saved(page, "om-01")

        assert place.stated(head, "om-01").answer.note == "In the hotel"


def test_two_who_change_different_fields_are_joined_without_a_question(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        place.world.answer(head, "om-01", Answer(note="Theirs"), by="manager")
        page.locator("#om-01-conclusion-conform").check(force=True)
        expect_saved(page, "om-01")

        expect(page.locator(NOTE)).to_have_value("Theirs")
        kept = place.stated(head, "om-01")
        assert (kept.version, kept.answer.note, kept.answer.conclusion) == (2, "Theirs", "conform")


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_who_change_the_same_choose_and_both_stay_in_the_history(
    browser: Browser, place: Workplace, head: Head, choice: str
):
    with place.at(browser) as context:
        page = place.open(context, head)
        clash(page, place, head)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Theirs")
        expect(dialog).to_contain_text("Mine")
        dialog.locator(f"[data-choose={choice}]").click()
        expect_saved(page, "om-01")

        history = {"mine": ["Mine", "Theirs"], "theirs": ["Theirs", "Mine", "Theirs"]}[choice]
        expect(page.locator(NOTE)).to_have_value(history[0])
        assert [each.answer.note for each in place.history(head, "om-01")] == history


def test_a_conflict_left_open_stays_unsaved_and_kept_and_can_be_taken_up_again(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        page = place.open(context, head)
        clash(page, place, head)
        page.get_by_role("dialog").wait_for()
        page.keyboard.press("Escape")
        expect_unsaved(page, "om-01", "conflict")
        assert len(drafts(page)) == 1
        card(page, "om-01").get_by_role("button", name="Look at both").click()
        page.get_by_role("dialog").locator("[data-choose=mine]").click()

        expect_saved(page, "om-01")


def test_two_tabs_of_one_person_agree(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        one, other = place.open(context, head), place.open(context, head)
        one.locator(NOTE).fill("In the first tab")
        expect(other.locator(NOTE)).to_have_value("In the first tab")
        expect_saved(other, "om-01")
        other.locator("#om-01-conclusion-conform").check(force=True)
        expect(one.locator("#om-01-conclusion-conform")).to_be_checked()

        expect(other.locator("[data-answered]")).to_have_text("1")
        expect(one.locator("[data-answered]")).to_have_text("1")


def test_what_others_save_appears_but_never_under_the_hands_of_who_types(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.locator(NOTE).focus()
        place.world.answer(head, "om-01", Answer(note="Theirs", conclusion="conform"), by="manager")
        place.world.answer(head, "om-02", Answer(note="Theirs too"), by="manager")
        expect(page.locator("#om-02-note")).to_have_value("Theirs too", timeout=8_000)

        expect(page.locator(NOTE)).to_have_value("")
        expect(page.locator(NOTE)).to_be_focused()
        page.locator("#om-02-note").focus()
        expect(page.locator(NOTE)).to_have_value("Theirs")


def test_what_others_say_and_ask_for_appears_without_a_reload(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        said = card(page, "om-02").locator("[data-comments]")
        expect(page.locator("[data-looks]")).to_be_hidden()
        expect(said).to_have_text("Comments")
        with place.world.app.app_context(), writing() as database:
            by = place.world.people["manager"]
            answers.flag(database, head, "om-03", flagged=True, by=by)
            for text in ("One", "Two"):
                comments.say(database, head, "om-02", text=text, by=by)

        expect(said).to_have_text("Comments 2", timeout=8_000)
        expect(page.locator("[data-looks]")).to_have_text("1 waits for a second look")
        expect(card(page, "om-03").locator("[data-flag]")).to_have_attribute("aria-pressed", "true")


def test_who_is_signed_out_signs_in_in_place_and_everything_is_sent(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        context.clear_cookies()
        page.locator(NOTE).fill("After the session")
        dialog = page.get_by_role("dialog", name="Sign in again")
        dialog.get_by_label("E-mail").fill("contributor@example.com")
        dialog.get_by_label("Password", exact=True).fill("not this one")
        dialog.get_by_role("button", name="Sign in", exact=True).click()
        expect(dialog).to_contain_text("E-mail or password is not right")
        dialog.get_by_label("Password", exact=True).fill(PASSWORD)
        dialog.get_by_role("button", name="Sign in", exact=True).click()

        expect(dialog).to_be_hidden()
        expect_saved(page, "om-01")
        assert place.stated(head, "om-01").answer.note == "After the session"


def test_the_second_step_is_asked_for_in_place_too(browser: Browser, place: Workplace, head: Head):
    with place.at(browser, "member") as context:
        page = place.open(context, head)
        place.world.enrol("member")
        context.clear_cookies()
        page.locator(NOTE).fill("In two steps")
        dialog = page.get_by_role("dialog", name="Sign in again")
        dialog.get_by_label("E-mail").fill("member@example.com")
        dialog.get_by_label("Password", exact=True).fill(PASSWORD)
        dialog.get_by_role("button", name="Sign in", exact=True).click()
        dialog.get_by_label("Code").fill(pyotp.TOTP(TOTP_SECRET).now())
        dialog.get_by_role("button", name="Continue").click()

        expect_saved(page, "om-01")
        assert place.stated(head, "om-01").answer.note == "In two steps"


def test_whoever_signs_in_instead_sees_and_sends_nothing_of_it(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        context.clear_cookies()
        page.locator(NOTE).fill("Not for others")
        dialog = page.get_by_role("dialog", name="Sign in again")
        dialog.get_by_label("E-mail").fill("manager@example.com")
        dialog.get_by_label("Password", exact=True).fill(PASSWORD)
        dialog.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.locator("[data-answering]")).to_have_attribute("data-person", str(place.world.people["manager"]))
        page.wait_for_timeout(700)

        expect(page.locator(NOTE)).to_have_value("")
        assert place.stated(head, "om-01").version == 0
        assert len(drafts(page)) == 1


def test_signing_in_again_in_another_tab_is_enough(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        context.clear_cookies()
        page.locator(NOTE).fill("Two steps")
        page.get_by_role("dialog", name="Sign in again").wait_for()
        place.sign_in(context, "contributor")
        page.evaluate("dispatchEvent(new Event('focus'))")

        expect_saved(page, "om-01")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_wrong_is_said_at_the_item_and_kept(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.locator(NOTE).fill("x" * 10_001)
        expect_unsaved(page, "om-01", "refused")
        page.locator(NOTE).fill("Short")

        expect_saved(page, "om-01")


def test_what_may_not_be_kept_here_asks_before_leaving(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
        context.set_offline(True)
        page.locator(NOTE).fill("Nowhere else")
        expect_unsaved(page, "om-01", "offline")
        expect(card(page, "om-01").locator("[data-unsaved]")).to_contain_text("leave this page open")

        asked: list[str] = []
        page.on("dialog", lambda dialog: asked.append(dialog.type))
        page.on("dialog", lambda dialog: dialog.accept())
        page.close(run_before_unload=True)
        page.wait_for_event("close")
        assert asked == ["beforeunload"]


def crash(page: Page) -> None:
    """Let the tab die without a word, as when its memory runs out."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()


def lose_replies(page: Page) -> list[int]:
    """Let what is saved arrive, and every reply get lost."""
    replies: list[int] = []

    def lose(route: Route) -> None:
        replies.append(route.fetch().status)
        route.abort()

    page.route("**/items/om-01", lose)
    return replies


def clash(page: Page, place: Workplace, head: Head) -> None:
    """Let the manager and the person at the page change the same note."""
    place.world.answer(head, "om-01", Answer(note="Theirs"), by="manager")
    page.locator(NOTE).fill("Mine")
