"""Answering as people do: by keyboard alone, by hand, on a phone, in Chinese, without script."""

import base64
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from scoring.answers import Answer, LineAnswer, Mark
from store.heads import Head
from tests.support.answering import Workplace, card, drafts, expect_saved, until
from tests.support.browsing import check_accessible, watch

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def test_a_whole_section_is_answered_by_keyboard_alone(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        items = [str(each) for each in page.eval_on_selector_all("article[data-item]", "all => all.map(one => one.id)")]
        for item in items:
            expect(current(page)).to_have_id(item)
            page.keyboard.press("y")
            page.keyboard.press("1")
            page.keyboard.press("j")
        page.wait_for_url("**/design*", timeout=30_000)
        page.locator("[data-answering=ready]").wait_for()
        until(page, lambda: not drafts(page))

        answers = [place.stated(head, item).answer for item in items]
        assert [each.conclusion for each in answers] == ["conform"] * len(items)
        assert {line.state for each in answers for line in each.evidence.values()} == {Mark.HAVE}
        expect(page.locator("[data-answered]")).to_have_text(str(len(items)))
        expect(page.locator(".rail [data-unsaved-count]")).to_be_hidden()


def test_letters_turn_the_states_of_lines_and_shift_turns_them_back(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        seen = []
        for key in ("a", "a", "a", "a", "Shift+A", "Shift+A"):
            page.keyboard.press(key)
            seen.append(chosen(page, "om-01-a-state"))
        page.keyboard.press("b")
        expect_saved(page, "om-01")

        assert seen == ["have", "partial", "missing", None, "missing", "partial"]
        lines = place.stated(head, "om-01").answer.evidence
        assert {line: each.state for line, each in lines.items()} == {"a": Mark.PARTIAL, "b": Mark.HAVE}


def test_a_line_whose_letter_is_a_command_asks_for_shift(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head, "design")
        long = page.locator("article:has([data-line=j])").first
        item = str(long.get_attribute("id"))
        page.goto(f"{place.address(head, 'design')}#{item}")
        page.locator("[data-answering=ready]").wait_for()
        expect(long.locator("[data-line=j] .key")).to_have_text("⇧j")
        page.keyboard.press("Shift+J")

        expect(page.locator(f"#{item}-j-state-have")).to_be_checked()
        expect(current(page)).to_have_id(item)


def test_a_conclusion_pressed_again_is_taken_back(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.keyboard.press("2")
        expect_saved(page, "om-01")
        assert place.stated(head, "om-01").answer.conclusion == "nonconform"
        page.locator("label:has(#om-01-conclusion-nonconform)").click()
        expect(page.locator("#om-01-conclusion-nonconform")).not_to_be_checked()
        expect_saved(page, "om-01")
        assert place.stated(head, "om-01").answer.conclusion is None

        page.locator("#om-01-a-state-have").click()
        expect(page.locator("#om-01-a-state-have")).to_be_checked()
        page.locator("#om-01-a-state-have").click()
        expect(page.locator("#om-01-a-state-have")).not_to_be_checked()


def test_the_last_change_is_taken_back_again_and_again(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.keyboard.press("1")
        page.keyboard.press("n")
        page.keyboard.type("typed in one go")
        page.keyboard.press("Escape")
        page.keyboard.press("y")
        expect_saved(page, "om-01")
        page.get_by_role("status").get_by_role("button", name="Undo").click()
        expect(page.locator("#om-01-a-state-have")).not_to_be_checked()
        page.keyboard.press("u")
        expect(page.locator("#om-01-note")).to_have_value("")
        page.keyboard.press("Control+z")
        expect(page.locator("#om-01-conclusion-conform")).not_to_be_checked()
        expect_saved(page, "om-01")

        assert place.stated(head, "om-01").answer == Answer()


def test_letters_are_letters_while_somebody_types_and_can_be_switched_off(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.keyboard.press("n")
        page.keyboard.type("jab 1?")
        expect(page.locator("#om-01-note")).to_have_value("jab 1?")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        keys = page.get_by_role("dialog", name="Keys")
        keys.get_by_label("Single keys act").uncheck()
        keys.get_by_role("button", name="Close").click()
        page.keyboard.press("1")
        page.reload()
        page.locator("[data-answering=ready]").wait_for()
        page.keyboard.press("2")
        page.wait_for_timeout(200)

        assert chosen(page, "om-01-conclusion") is None
        page.get_by_role("button", name="Keys").first.click()
        keys.get_by_label("Single keys act").check()
        keys.get_by_role("button", name="Close").click()
        page.keyboard.press("2")
        expect(page.locator("#om-01-conclusion-nonconform")).to_be_checked()


def test_keys_lead_to_search_filters_language_and_a_second_look(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.press("Escape")
        other = card(page, "om-01").locator(".item-other")
        expect(other).to_be_hidden()
        page.keyboard.press("l")
        expect(other).to_be_visible()
        page.keyboard.press("r")
        expect(card(page, "om-01").locator("[data-flag]")).to_have_attribute("aria-pressed", "true")
        assert place.stated(head, "om-01").flagged
        page.keyboard.press("v")
        page.keyboard.press("2")
        page.wait_for_url("**show=unanswered*")


def test_answered_items_close_and_a_deep_link_opens_below_the_header(browser: Browser, place: Workplace, head: Head):
    whole = Answer("conform", {"a": LineAnswer(Mark.HAVE), "b": LineAnswer(Mark.HAVE), "c": LineAnswer(Mark.HAVE)})
    place.world.answer(head, "om-01", whole)
    place.world.answer(head, "om-04", whole)
    with place.at(browser) as context:
        page = place.open(context, head)
        expect(current(page)).to_have_id("om-02")
        expect(card(page, "om-01").locator(".answer-body")).to_be_hidden()
        card(page, "om-01").locator("[data-part=closed]").click()
        expect(card(page, "om-01").locator(".answer-body")).to_be_visible()
        page.keyboard.press("j")
        expect(card(page, "om-01").locator(".answer-body")).to_be_hidden()

        linked = place.open(context, head, item="om-04")
        expect(card(linked, "om-04").locator(".answer-body")).to_be_visible()
        top = linked.evaluate("document.querySelector('#om-04').getBoundingClientRect().top")
        assert 40 <= top <= 140


def test_progress_follows_every_answer(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.keyboard.press("1")
        expect(page.locator("[data-answered]")).to_have_text("1")
        expect(page.locator(".rail-list li").first.locator(".rail-count")).to_have_text("1 / 7")
        expect(page.locator("[data-left]")).to_contain_text("49")


def test_everything_pressed_twice_is_kept_once(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.evaluate(
            """() => { const radio = document.querySelector('#om-01-conclusion-conform'); radio.checked = true;
            for (let at = 0; at < 5; at++) radio.dispatchEvent(new Event('change', {bubbles: true}));
            for (let at = 0; at < 3; at++) document.querySelector('.answer-form').requestSubmit() }"""
        )
        expect_saved(page, "om-01")
        page.wait_for_timeout(300)

        assert place.stated(head, "om-01").version == 1


def test_a_pasted_screenshot_becomes_evidence_of_the_lines_that_lack_it(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = with_library(context.new_page(), place, head)
        page.keyboard.press("a")
        paste(page, "image.png")
        dialog = page.get_by_role("dialog", name="Evidence for item 1")
        expect(dialog.locator("[data-files] li")).to_contain_text("In the library")
        assert [box.is_checked() for box in dialog.locator("[data-lines] input").all()][:2] == [False, True]
        check_accessible(page)
        dialog.get_by_role("button", name="Add to these lines").click()
        expect(page.locator("#om-01-b-state-have")).to_be_checked()
        expect_saved(page, "om-01")

        lines = place.stated(head, "om-01").answer.evidence
        assert {line: len(each.documents) for line, each in lines.items()} == {"a": 0, "b": 1, "c": 1}
        expect(card(page, "om-01").locator("[data-part=cited-b]")).to_contain_text("Screenshot")
        page.get_by_role("status").get_by_role("button", name="Undo").click()
        expect_saved(page, "om-01")
        assert list(place.stated(head, "om-01").answer.evidence) == ["a"]


def test_what_is_claimed_without_a_document_is_offered_one(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = with_library(context.new_page(), place, head)
        page.keyboard.press("u")
        expect(page.get_by_role("status").get_by_text("Nothing was changed on this page")).to_be_visible()
        page.keyboard.press("y")
        page.keyboard.press("m")
        dialog = page.get_by_role("dialog", name="Evidence for item 1")
        dialog.wait_for()
        assert [box.is_checked() for box in dialog.locator("[data-lines] input").all()] == [True, True, True]


def test_one_document_of_the_library_serves_several_lines_at_once(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = with_library(context.new_page(), place, head)
        page.keyboard.press("m")
        dialog = page.get_by_role("dialog", name="Evidence for item 1")
        dialog.get_by_role("button", name="Add to these lines").click()
        expect(dialog.get_by_role("alert")).to_have_text("Choose a file or a document first")
        dialog.get_by_label("Screenshot").check()
        dialog.get_by_role("button", name="Add to these lines").click()
        expect_saved(page, "om-01")

        assert [len(each.documents) for each in place.stated(head, "om-01").answer.evidence.values()] == [1, 1, 1]


def test_a_file_that_is_refused_says_why_and_one_that_broke_can_be_sent_again(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        page = with_library(context.new_page(), place, head)
        page.route("**/library/upload", lambda route: route.fulfill(status=422, json={"error": "It is empty"}), times=1)
        paste(page, "empty.png")
        first = page.get_by_role("dialog").locator("[data-files] li").first
        expect(first).to_contain_text("It is empty")
        expect(first.get_by_role("button")).to_have_count(0)
        page.route("**/library/upload", lambda route: route.abort(), times=1)
        paste(page, "broken.png")
        second = page.get_by_role("dialog").locator("[data-files] li").last
        second.get_by_role("button", name="Try again").click()

        expect(page.get_by_role("dialog").locator("[data-files] li").last).to_contain_text("In the library")


def test_on_a_phone_everything_fits_and_works(browser: Browser, place: Workplace, head: Head):
    with place.at(browser, **PHONE) as context:
        page = place.open(context, head)
        page.locator("label:has(#om-01-conclusion-conform)").tap()
        expect_saved(page, "om-01")
        check_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_in_chinese_every_state_is_said_in_chinese(browser: Browser, place: Workplace, head: Head):
    with place.at(browser, locale="zh-CN") as context:
        page = place.open(context, head)
        page.locator("#om-01-note").fill("第3章")
        expect(card(page, "om-01").locator("[data-saved]")).to_contain_text("已保存")
        context.set_offline(True)
        page.locator("#om-01-note").fill("第4章")
        expect(card(page, "om-01").locator("[data-unsaved]")).to_contain_text("未保存：网络不通。")
        expect(page.locator(".rail [data-unsaved-count]")).to_contain_text("未保存：1")


def test_without_script_it_is_a_form_with_one_button(browser: Browser, place: Workplace, head: Head):
    with place.at(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(place.address(head))
        page.locator("label:has(#om-01-conclusion-conform)").click()
        page.locator("#om-02-note").fill("By hand")
        page.get_by_role("button", name="Save", exact=True).last.click()

        assert place.stated(head, "om-01").answer.conclusion == "conform"
        assert place.stated(head, "om-02").answer.note == "By hand"


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark", "locale": "zh-CN"}])
def test_the_page_and_its_dialogs_are_accessible_and_quiet(
    browser: Browser, place: Workplace, head: Head, look: dict[str, Any]
):
    with place.at(browser, **look) as context:
        complaints = watch(context, place.site.url)
        page = place.open(context, head)
        check_accessible(page)
        page.keyboard.press("?")
        check_accessible(page)
        page.keyboard.press("Escape")
        place.world.answer(head, "om-01", Answer(note="Theirs"), by="manager")
        page.locator("#om-01-note").fill("Mine")
        page.get_by_role("dialog").wait_for()
        check_accessible(page)
        page.keyboard.press("Escape")
        check_accessible(page)
        context.clear_cookies()
        page.locator("#om-02-note").fill("Signed out")
        page.get_by_role("dialog").wait_for()
        check_accessible(page)

        assert [said for said in complaints if "409" not in said and "401" not in said] == []


def current(page: Page) -> Locator:
    return page.locator("article[data-current]")


def chosen(page: Page, name: str) -> Any:
    return page.evaluate(f"document.querySelector('[name={name}]:checked')?.value ?? null")


def with_library(page: Page, place: Workplace, head: Head) -> Page:
    """Open a section beside a library that takes a file and finds one document."""
    told = {"id": str(place.document("Screenshot")), "title": "Screenshot", "number": "", "edition": ""}

    def answer(route: Route) -> None:
        page_of_library = {"upload": {"document": told, "duplicate": False}, "find": {"documents": [told]}}
        route.fulfill(json=page_of_library[route.request.url.partition("?")[0].rpartition("/")[2]])

    def lead_there(route: Route) -> None:
        shown = route.fetch()
        route.fulfill(
            response=shown,
            body=shown.text().replace(
                " data-answering", ' data-upload="/library/upload" data-find="/library/find" data-answering', 1
            ),
        )

    page.route("**/library/*", answer)
    page.route("**/needs", lead_there)
    return place.open(page.context, head, page=page)


def paste(page: Page, name: str) -> None:
    """Paste a picture, as from the clipboard after a screenshot."""
    page.evaluate(
        """([name, bytes]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name, {type: 'image/png'}));
          document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        [name, base64.b64encode(PIXEL).decode()],
    )
