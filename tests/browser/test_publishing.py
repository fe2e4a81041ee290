"""A certification body brings in its own questionnaire, in a real browser, with two people."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.body import BODY
from tests.support.browsing import check_accessible, visitor
from tests.support.site import Site
from tests.support.uploads import NAME, PRE_CHECK

THIRD = PRE_CHECK.replace(b'version: "1"', b'version: "3"')


def test_two_people_bring_in_a_questionnaire(browser: Browser, site: Site, body_tokens: dict[str, str], tmp_path: Path):
    wrong, right = tmp_path / "wrong.yaml", tmp_path / "right.yaml"
    wrong.write_bytes(
        THIRD.replace(b"minutes:", b"minuets:").replace(b"en: legal status", b"en: \xe8\xb5\x84\xe6\xa0\xbc")
    )
    right.write_bytes(THIRD)
    with visitor(browser, site.url) as first, visitor(browser, site.url, locale="zh-CN") as second:
        owner, manager = _page(first, site, body_tokens["Gao Heng"]), _page(second, site, body_tokens["Wen Zhun"])

        owner.goto(f"{BODY}questionnaires/upload")
        owner.get_by_label("Questionnaire file").set_input_files(wrong)
        owner.get_by_role("button", name="Check and keep as a draft").click()
        problems = owner.get_by_role("region", name="2 problems in this file; nothing was kept")
        expect(problems).to_be_focused()
        expect(problems.get_by_role("row")).to_contain_text(["What is wrong", "“minutes” is missing", "“minuets”"])
        check_accessible(owner)

        owner.get_by_label("Questionnaire file").set_input_files(right)
        owner.get_by_role("button", name="Check and keep as a draft").click()
        expect(owner.get_by_role("heading", level=1)).to_have_text("Pre-check before acceptance")
        owner.get_by_role("link", name="Publish", exact=True).click()
        owner.get_by_role("button", name="Propose to publish").click()
        expect(owner.get_by_text("Gao Heng proposes to publish this draft.")).to_be_visible()

        manager.goto(f"{BODY}questionnaires/{NAME}/3")
        manager.get_by_role("link", name="查看并确认").click()
        manager.get_by_role("button", name="确认并发布").click()
        expect(manager.get_by_text("内容不再改变")).to_be_visible()
        expect(manager.get_by_role("status").first).to_contain_text("问卷已发布")


def test_the_reading_view_leads_to_an_item_and_says_where_one_is(owner_page: Page):
    owner_page.goto("/o/example-co/questionnaires/om-services/trial-1#om-20")
    expect(owner_page.locator("#om-20")).to_be_in_viewport()
    expect(owner_page.locator(".contents a[aria-current]").first).to_contain_text("15")

    owner_page.locator("#om-20").get_by_text("Why it is asked").first.click()
    expect(owner_page.locator("#om-20 dd").first).to_be_visible()
    owner_page.get_by_label("Search in both languages").fill("知识")
    owner_page.get_by_role("button", name="Search").click()
    expect(owner_page.locator("mark").first).to_have_text("知识")
    owner_page.get_by_role("link", name="Show all").click()
    expect(owner_page.locator("article.item")).to_have_count(71)


def _page(context: BrowserContext, site: Site, token: str) -> Page:
    context.add_cookies([{"name": "session", "value": token, "url": site.url}])
    return context.new_page()
