"""Files brought in a real browser: with progress and another try by script, and in one form without it."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, StorageState, expect

from tests.support.browsing import check_accessible, visitor
from tests.support.evidence import pdf, picture
from tests.support.pages import HOME
from tests.support.site import Site

UPLOAD = f"{HOME}documents/upload"


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def rows(page: Page) -> dict[str, str]:
    """What is told of each file, by its name."""
    told = [row.inner_text().split("\n", 1) for row in page.locator(".arrivals > li").all()]
    return {name.strip(): " ".join(rest).strip() for name, *rest in told}


def test_several_files_arrive_one_after_the_other_and_each_is_told(
    browser: Browser, site: Site, owner_state: StorageState
):
    with visitor(browser, site.url, storage_state=owner_state) as owner:
        page = owner.new_page()
        page.goto(UPLOAD)
        large = pdf("one") + b"x" * 3_000_000
        page.get_by_label("Files").set_input_files(
            [
                payload("计划 one.pdf", large),
                payload("all.zip", b"PK"),
                payload("twin.pdf", large),
                payload("scan.pdf", picture()),
            ]
        )
        expect(page.locator(".arrivals > li")).to_have_count(4)
        expect(page.get_by_text("what is in it is .png")).to_be_visible()

        told = rows(page)
        assert told["计划 one.pdf"] == "Added"
        assert told["twin.pdf"] == "In the library already"
        assert "Unpack it" in told["all.zip"]
        check_accessible(page)
        page.get_by_role("link", name="计划 one.pdf").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("计划 one")
        with page.expect_download() as download:
            page.get_by_role("link", name="计划 one.pdf").click()
        assert download.value.suggested_filename == "计划 one.pdf"
        assert download.value.path().read_bytes() == large


def test_a_file_whose_connection_broke_is_sent_again(browser: Browser, site: Site, owner_state: StorageState):
    with visitor(browser, site.url, storage_state=owner_state) as owner:
        page = owner.new_page()
        page.goto(UPLOAD)
        broken: list[str] = []

        def break_once(route: Route) -> None:
            if broken:
                route.continue_()
            else:
                broken.append(route.request.url)
                route.abort("connectionreset")

        page.route(re.compile(r"/documents/upload$"), break_once)
        page.get_by_label("Files").set_input_files([payload("again.pdf", pdf("again"))])
        expect(page.get_by_text("The connection broke. Nothing of this file was kept")).to_be_visible()
        page.get_by_role("button", name="Try again: again.pdf").click()

        expect(page.locator(".arrivals").get_by_text("Added")).to_be_visible()
        assert rows(page) == {"again.pdf": "Added"}
        page.goto(f"{HOME}documents?q=again")
        expect(page.get_by_text("1 document found")).to_be_visible()


@pytest.fixture
def without_script(browser: Browser, site: Site, owner_state: StorageState) -> BrowserContext:
    context = browser.new_context(
        base_url=site.url, locale="zh-CN", java_script_enabled=False, storage_state=owner_state
    )
    context.set_default_timeout(10_000)
    return context


def test_without_script_all_come_in_one_form(without_script: BrowserContext):
    page = without_script.new_page()
    page.goto(UPLOAD)
    page.locator("#files").set_input_files([payload("三.pdf", pdf("3")), payload("四.zip", b"PK")])
    page.get_by_role("button", name="上传", exact=True).click()

    expect(page.locator(".arrivals > li")).to_have_count(2)
    expect(page.locator(".arrivals")).to_contain_text("新增")
    expect(page.locator(".arrivals")).to_contain_text("请解压后上传其中的文件")
    without_script.close()
