"""What people do in a browser again and again, told once."""

from playwright.sync_api import Page

from tests.support.site import Site

OWNER = {"name": "Owner Ouyang", "email": "owner@example.org", "password": "seven quiet herons at dawn"}
ORGANIZATION = {"name_zh": "示例公司", "name_en": "Example Co."}


def set_up(page: Page, site: Site) -> str:
    """Follow the first link: make the owner's account and organisation; return the organisation's address."""
    page.goto(site.sign_in_link)
    for field, value in {**OWNER, **ORGANIZATION}.items():
        page.locator(f"[name={field}]").fill(value)
    page.locator("[name=kind]").first.check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/o/*/")
    return page.url
