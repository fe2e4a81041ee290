"""Bad days: a browser that keeps nothing, text out of office programs, files that go astray, a page left to itself."""

import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from scoring.answers import Answer
from store import assessments
from store.database import writing
from store.heads import Head
from tests.support.answering import Workplace, card, drafts, expect_saved, expect_unsaved
from tests.support.browsing import watch

NOTE = "#om-01-note"
FORBIDDEN = "get() { throw new DOMException('denied', 'SecurityError') }"
WITHOUT_STORAGE = {
    "forbidden": f"""
      for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, {{{FORBIDDEN}}});
      window.BroadcastChannel = class {{ constructor() {{ throw new DOMException('denied', 'SecurityError') }} }};
    """,
    "missing": """
      for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, {value: null});
      delete window.BroadcastChannel;
    """,
}


@pytest.mark.parametrize("how", WITHOUT_STORAGE)
def test_a_browser_that_keeps_nothing_saves_all_the_same_and_says_so(
    browser: Browser, place: Workplace, head: Head, how: str
):
    with place.at(browser) as context:
        context.add_init_script(WITHOUT_STORAGE[how])
        complaints = watch(context, place.site.url)
        page = place.open(context, head)
        page.locator(NOTE).fill("Saved at once")
        expect_saved(page, "om-01")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        page.get_by_label("Single keys act").uncheck()
        page.keyboard.press("Escape")
        context.set_offline(True)
        page.locator(NOTE).fill("Nowhere else")
        expect_unsaved(page, "om-01", "offline")

        expect(card(page, "om-01").locator("[data-unsaved]")).to_contain_text("This browser keeps nothing")
        assert [said for said in complaints if "ERR_INTERNET_DISCONNECTED" not in said] == []
        assert place.stated(head, "om-01").answer.note == "Saved at once"


@pytest.mark.parametrize("text", ["x" * 10_001, "😀" * 10_001])
def test_a_pasted_text_that_is_too_long_is_never_cut_without_a_word(
    browser: Browser, place: Workplace, head: Head, text: str
):
    with place.at(browser, permissions=["clipboard-read", "clipboard-write"]) as context:
        page = place.open(context, head)
        page.locator(NOTE).focus()
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        page.keyboard.press("Control+V")
        expect_unsaved(page, "om-01", "refused")
        expect(card(page, "om-01").locator("[data-unsaved]")).to_contain_text("at most 10000 characters")

        assert page.locator(NOTE).input_value() == text
        page.keyboard.press("Backspace")
        expect_saved(page, "om-01")
        assert place.stated(head, "om-01").answer.note == text[1:]


def test_cells_of_a_worksheet_are_pasted_as_text_although_a_picture_of_them_comes_along(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        page = place.open(context, head)
        assert copied_cells(page, NOTE) == "pasted by the browser"
        expect(page.get_by_role("dialog")).to_have_count(0)

        assert copied_cells(page, "body") == "taken by the page"
        expect(page.get_by_role("dialog", name="Evidence for item 1")).to_be_visible()


def test_a_file_that_arrives_after_its_dialog_was_closed_is_evidence_of_no_other_item(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        page = place.open(context, head)
        waiting: list[Route] = []

        def hold(route: Route) -> None:
            waiting.append(route)

        page.route("**/documents/upload*", hold)
        dialog = page.locator("[data-evidence-dialog]")
        add_file(page, "om-01")
        page.keyboard.press("Escape")
        add_file(page, "om-02")
        for each in waiting:
            each.continue_()
        expect(dialog.locator("[data-files] li")).to_contain_text("In the library")
        dialog.get_by_role("button", name="Add to these lines").click()
        expect_saved(page, "om-02")

        lines = place.stated(head, "om-02").answer.evidence
        assert {len(each.documents) for each in lines.values()} == {1}
        assert place.stated(head, "om-01").version == 0


def test_a_folder_says_what_to_do_and_nothing_dropped_beside_the_items_leads_away(
    browser: Browser, place: Workplace, head: Head, tmp_path: Path
):
    folder, paper = tmp_path / "Evidence", tmp_path / "paper.txt"
    folder.mkdir()
    paper.write_text("On paper", encoding="utf-8")
    with place.at(browser) as context:
        page = place.open(context, head)
        drop(context, page, ".answer-head h1", paper)
        page.wait_for_timeout(500)
        assert len(context.pages) == 1
        drop(context, page, "#om-01 .item-number", folder)

        row = page.locator("[data-evidence-dialog] [data-files] li")
        expect(row).to_contain_text("This is a folder")
        expect(row.get_by_role("button")).to_have_count(0)


def test_after_a_choice_undo_takes_back_what_is_left_to_take_back(browser: Browser, place: Workplace, head: Head):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.locator("#om-01-conclusion-conform").check(force=True)
        expect_saved(page, "om-01")
        place.world.answer(head, "om-01", Answer(note="Theirs", conclusion="conform"), base=1, by="manager")
        page.locator(NOTE).fill("Mine")
        page.get_by_role("dialog").locator("[data-choose=theirs]").click()
        expect_saved(page, "om-01")
        page.keyboard.press("u")

        expect(page.locator("#om-01-conclusion-conform")).not_to_be_checked()
        expect_saved(page, "om-01")
        kept = place.stated(head, "om-01").answer
        assert (kept.note, kept.conclusion) == ("Theirs", None)


def test_what_came_after_the_archiving_is_sent_once_the_assessment_is_restored(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        page = place.open(context, head)
        put_away(place, head)
        page.locator(NOTE).fill("Typed too late")
        expect_unsaved(page, "om-01", "gone")
        again = card(page, "om-01").get_by_role("button", name="Try now")
        again.click()
        expect_unsaved(page, "om-01", "gone")
        assert len(drafts(page)) == 1
        put_away(place, head, is_archived=False)
        again.click()
        expect_saved(page, "om-01")

        assert place.stated(head, "om-01").answer.note == "Typed too late"


def test_what_two_tabs_left_about_one_item_is_asked_about_and_neither_waits_unseen(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        one, other = place.open(context, head), place.open(context, head)
        context.set_offline(True)
        for page, text in ((one, "In one tab"), (other, "In the other")):
            page.locator(NOTE).fill(text)
            expect_unsaved(page, "om-01", "offline")
        one.close()
        other.close()
        context.set_offline(False)
        page = place.open(context, head)
        page.get_by_role("dialog").locator("[data-choose=both]").click()
        expect_saved(page, "om-01")

        # Which of them tried to be sent last, and so comes second, is chance
        assert sorted((place.stated(head, "om-01").answer.note or "").split("\n")) == ["In one tab", "In the other"]
        assert drafts(page) == []


def test_nobody_is_asked_about_what_arrived_although_its_tab_never_heard_of_it(
    browser: Browser, place: Workplace, head: Head
):
    with place.at(browser) as context:
        one, other = place.open(context, head), place.open(context, head)
        one.route("**/items/om-01", lose)
        other.route("**/answers/**", lambda route: route.abort())
        for page, text in ((one, "In one tab"), (other, "In the other")):
            page.locator(NOTE).fill(text)
            expect_unsaved(page, "om-01", "offline")
        one.close()
        other.close()
        page = context.new_page()
        page.goto(f"{place.site.url}/account")
        page.evaluate(
            """() => {
              for (const [key, text] of Object.entries(localStorage)) {
                if (!key.startsWith("plumbline/draft")) continue;
                const draft = JSON.parse(text);
                const isFirst = draft.fields["om-01-note"][0] === "In the other";
                localStorage.setItem(key, JSON.stringify({ ...draft, at: Date.now() - (isFirst ? 2000 : 1000) }));
              }
            }"""
        )
        page = place.open(context, head)
        page.get_by_role("dialog").locator("[data-choose=both]").click()
        expect_saved(page, "om-01")

        expect(page.get_by_role("dialog")).to_have_count(0)
        assert place.stated(head, "om-01").answer.note == "In one tab\nIn the other"
        assert drafts(page) == []


@pytest.mark.parametrize("text", ["The survey. \nThe minutes.", "Cafe\u0301", "Copied \u202eout of a mail"])
def test_nobody_is_in_conflict_with_what_they_said_themselves(
    browser: Browser, place: Workplace, head: Head, text: str
):
    with place.at(browser) as context:
        page = place.open(context, head)
        page.route("**/items/om-01", lose)
        page.locator(NOTE).fill(text)
        expect_unsaved(page, "om-01", "offline")
        page.unroute("**/items/om-01")
        page.locator(NOTE).fill(f"{text} And more.")
        expect_saved(page, "om-01")

        kept = place.stated(head, "om-01")
        assert (kept.version, (kept.answer.note or "")[-9:]) == (2, "And more.")


def lose(route: Route) -> None:
    """Let a request arrive and its answer be lost."""
    route.fetch()
    route.abort()


def copied_cells(page: Page, selector: str) -> str:
    """Paste what a spreadsheet copies: text, a table, and a picture of it."""
    told: str = page.locator(selector).evaluate(
        """place => {
          const data = new DataTransfer();
          data.setData('text/plain', 'one\\ttwo');
          data.setData('text/html', '<table><tr><td>one<td>two</table>');
          data.items.add(new File([new Uint8Array([137, 80, 78, 71])], 'image.png', {type: 'image/png'}));
          const how = {clipboardData: data, bubbles: true, cancelable: true};
          return place.dispatchEvent(new ClipboardEvent('paste', how)) ? 'pasted by the browser' : 'taken by the page';
        }"""
    )
    return told


def add_file(page: Page, item: str) -> None:
    card(page, item).locator("[data-add-file]").click()
    file: Any = {"name": f"{item}.txt", "mimeType": "text/plain", "buffer": f"Shows {item}, {time.time()}".encode()}
    page.locator("[data-evidence-dialog] input[type=file]").set_input_files(file)
    expect(page.locator("[data-evidence-dialog] [data-files] li")).to_have_count(1)


def drop(context: BrowserContext, page: Page, selector: str, path: Path) -> None:
    """Drop a file or folder as from the desktop."""
    box = page.locator(selector).bounding_box()
    assert box
    tool = context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        dragged: Any = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        tool.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 5, "y": box["y"] + 5, "data": dragged})


def put_away(place: Workplace, head: Head, *, is_archived: bool = True) -> None:
    with place.world.app.app_context(), writing() as database:
        now = assessments.find(database, place.world.applicant.id, head.id)
        assert now
        (assessments.archive if is_archived else assessments.restore)(database, now)
