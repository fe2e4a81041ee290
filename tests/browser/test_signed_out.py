"""Without script and signed out meanwhile: a section too long to be carried through signing in stays in its tab."""

import random

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete

from store.database import writing
from store.tables import SessionRow
from tests.support.answering import Workplace
from tests.support.world import PASSWORD

HAN = [chr(code) for code in range(0x4E00, 0x9FA0)]
NOTES = "textarea[name$='-note']"


def sign_out_everywhere(place: Workplace, name: str) -> None:
    with place.world.app.app_context(), writing() as database:
        database.execute(delete(SessionRow).where(SessionRow.user_id == place.world.people[name]))


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("E-mail").fill(f"{name}@example.com")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/o/**")


def test_a_long_section_is_sent_again_by_reloading_its_tab(browser: Browser, place: Workplace):
    texts = ["".join(random.Random(number).choices(HAN, k=9_999)) for number in range(37)]
    with place.at(browser, "manager", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(place.address(place.world.isms, "a-5"))
        for box, text in zip(page.locator(NOTES).all(), texts, strict=True):
            box.fill(text)
        sign_out_everywhere(place, "manager")
        page.locator(".answer-form button.button-primary").last.click()

        with context.expect_page() as opened:
            page.get_by_role("link", name="Sign in in a new tab").click()
        sign_in(opened.value, "manager")
        page.reload()
        page.get_by_role("button", name="Back to the form").click()
        # The page is long, and shows its first items before its last ones have arrived
        expect(page.locator(NOTES)).to_have_count(len(texts))

        for box, text in zip(page.locator(NOTES).all(), texts, strict=True):
            expect(box).to_have_value(text)
        assert place.stated(place.world.isms, "a-5.37").answer.note == texts[36]
