"""The report page in a browser: page one follows the choices, and what is downloaded proves where it comes from."""

import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, expect

from tests.support.browsing import visitor
from tests.support.pages import HOME
from tests.support.site import PLUMBLINE, Site


def test_page_one_follows_the_choices_and_the_pdf_is_genuine(
    owner_page: Page, site: Site, assessed: dict[str, str], tmp_path: Path
):
    owner_page.goto(f"{HOME}assessments/{assessed['id']}")
    owner_page.get_by_role("link", name="Download report").click()
    owner_page.get_by_role("radio", name="Chinese and English").check()
    expect(owner_page.locator(".page-one")).to_contain_text("暂不具备申报条件")
    expect(owner_page.locator(".page-one")).to_contain_text("Not ready yet")
    owner_page.get_by_role("checkbox", name="All clauses").uncheck()
    expect(owner_page.locator(".page-one")).to_contain_text("Not printed here: All clauses")
    kept = "chapters=standing&chapters=gaps&chapters=steps&chapters=evidence&chapters=follow-ups&chapters=scored"
    asked = f"lang=both&edition=full&chosen=1&{kept}&cover="
    expect(owner_page).to_have_url(f"{site.url}{HOME}reports/{assessed['id']}?{asked}")
    with owner_page.expect_download() as coming:
        owner_page.get_by_role("button", name="PDF").click()
    expect(owner_page.get_by_role("status").get_by_text("The report is with your downloads")).to_be_visible()

    assert coming.value.suggested_filename.startswith("准备度报告-示例公司-om-services-")
    path = tmp_path / "report.pdf"
    coming.value.save_as(path)
    key = _run(site, "key").stdout.strip()
    told = _run(site, "verify", str(path), "--key", key)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "Issued with the key" in told.stdout


def test_the_number_on_it_is_known_to_everybody_and_nothing_more(
    browser: Browser, site: Site, owner_page: Page, assessed: dict[str, str]
):
    owner_page.goto(f"{HOME}reports/{assessed['id']}?lang=en")
    with owner_page.expect_download() as coming:
        owner_page.get_by_role("button", name="JSON").click()
    number = coming.value.path().read_text(encoding="utf-8").partition('"number": "PL-')[2].partition('"')[0]
    with visitor(browser, site.url) as anybody:
        page = anybody.new_page()
        page.goto("/reports")
        page.get_by_label("Report number or short code").fill(f"pl-{number.lower()}")
        page.get_by_role("button", name="Check").click()

        expect(page.get_by_role("heading", name="Issued here")).to_be_visible()
        expect(page.locator("main")).not_to_contain_text("Example")


def test_without_script_the_same_buttons_download(
    browser: Browser, site: Site, owner_state: StorageState, assessed: dict[str, str]
):
    look = {"locale": "zh-CN", "viewport": {"width": 390, "height": 844}}
    with visitor(browser, site.url, **look, storage_state=owner_state, java_script_enabled=False) as owner:
        page = owner.new_page()
        page.goto(f"{HOME}reports/{assessed['id']}")
        page.get_by_text("英文", exact=True).click()
        page.get_by_role("button", name="按此预览首页").click()
        expect(page.locator(".page-one")).to_contain_text("Not ready yet")
        with page.expect_download() as coming:
            page.get_by_role("button", name="Word").click()

        assert coming.value.suggested_filename.startswith("readiness-report-Example-Co-om-services-")


def _run(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**site.environment, "LANG": "en_GB.UTF-8"}
    return subprocess.run(
        [str(PLUMBLINE), *arguments], check=False, env=environment, capture_output=True, text=True, timeout=60
    )
