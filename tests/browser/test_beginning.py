"""An assessment is begun in under a minute, by mouse, by keyboard and without script; its set-up says what changes."""

import re

from playwright.sync_api import Browser, Page, StorageState, expect

from tests.support.browsing import visitor
from tests.support.pages import HOME, begin
from tests.support.site import Site

BEGUN = re.compile(r"/o/example-co/[a-z/-]+/[0-9a-f-]{36}")


def test_three_presses_begin_an_assessment_at_another_level(owner_page: Page):
    owner_page.goto(f"{HOME}assessments/new")
    owner_page.get_by_role("link", name="Start: Self-assessment for the security").click()
    owner_page.get_by_role("radio", name="level 1 Cumulative 71 items").check()
    owner_page.get_by_role("button", name="Create").click()
    owner_page.wait_for_url(BEGUN)
    owner_page.goto(HOME)

    row = owner_page.locator(".assessment").first
    expect(row).to_contain_text("Self-assessment for the security O&M service qualification 20")
    expect(row).to_contain_text("Level 1, cumulative")
    expect(row).to_contain_text("0 of 71 answered")


def test_it_is_begun_by_keyboard_alone(owner_page: Page):
    owner_page.goto(f"{HOME}assessments/new/om-services/trial-1")
    owner_page.get_by_label("Name of the assessment").focus()
    owner_page.keyboard.press("ControlOrMeta+A")
    owner_page.keyboard.type("By keyboard")
    owner_page.keyboard.press("Tab")
    owner_page.keyboard.press("ArrowDown")
    expect(owner_page.get_by_role("radio", name="level 2 Exclusive 50 items")).to_be_checked()
    owner_page.keyboard.press("Enter")
    owner_page.wait_for_url(BEGUN)
    owner_page.goto(HOME)

    expect(owner_page.locator(".assessment").first).to_contain_text("By keyboard")


def test_without_script_in_chinese_on_a_phone(browser: Browser, site: Site, owner_state: StorageState):
    look = {"locale": "zh-CN", "viewport": {"width": 390, "height": 844}, "has_touch": True}
    with visitor(browser, site.url, **look, storage_state=owner_state, java_script_enabled=False) as owner:
        page = owner.new_page()
        page.goto(f"{HOME}assessments/new/isms-2022/1")
        page.get_by_label("自评估名称").fill("一二三")
        page.get_by_text("表头", exact=False).first.click()
        page.get_by_label("评估日期").fill("２０２６年２月３０日")
        page.get_by_role("button", name="新建").click()
        expect(page.get_by_role("link", name="没有2月30日，请改日期")).to_be_visible()
        page.get_by_label("评估日期").fill("２０２６年２月２８日")
        page.get_by_role("button", name="新建").click()
        page.goto(HOME)

        expect(page.locator(".assessment").first).to_contain_text("一二三")
        expect(page.locator(".assessment").first).to_contain_text("已作答0/123条")


def test_an_assessment_is_put_away_brought_back_and_deleted(owner_page: Page):
    setup = f"{HOME}setup/{begin(owner_page, 'certification-readiness/1')}"
    owner_page.goto(setup)
    owner_page.get_by_label("Name of the assessment").fill("To be deleted")
    owner_page.get_by_role("button", name="Save").click()
    expect(owner_page.get_by_role("status").first).to_contain_text("Saved")
    owner_page.get_by_role("link", name="Put into the archive").click()
    owner_page.get_by_role("button", name="Put into the archive").click()
    expect(owner_page.get_by_role("status").first).to_contain_text("The assessment is in the archive")
    owner_page.get_by_role("link", name="Archive").click()
    owner_page.goto(setup)
    owner_page.get_by_role("button", name="Bring it back").click()
    owner_page.get_by_role("link", name="Put into the archive").click()
    owner_page.get_by_role("button", name="Put into the archive").click()
    owner_page.goto(f"{setup}/delete")
    owner_page.get_by_label("Name of the assessment").fill("To be deleted")
    owner_page.get_by_role("button", name="Delete for good").click()

    expect(owner_page.get_by_role("status").first).to_contain_text("The assessment is deleted for good")
    expect(owner_page.get_by_text("To be deleted")).to_have_count(0)
