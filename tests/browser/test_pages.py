"""Every page at two widths, in both languages and both themes: accessible, within the screen, and whole."""

import itertools
import re
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState

from files.library import shipped
from tests.support.assessed import RESULT_PAGES
from tests.support.body import BODYS_PAGES
from tests.support.browsing import check_accessible, visitor, watch
from tests.support.pages import OWNERS_PAGES, STRANGERS_PAGES, addresses
from tests.support.site import Site

LOOKS = list(itertools.product((390, 1280), (("zh-CN", "light"), ("en-GB", "dark"))))
STATUS_IS_NO_COMPLAINT = "the server responded with a status of 404"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST_TARGET = 44
# What stands alone to be pressed; links within a sentence, a cell or a list of facts are text
TARGETS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), header summary')]
  .filter(target => target.checkVisibility() && !target.closest('p, dd, td, th, .summary, .skip, .rows, main li'))
  .map(target => [(target.closest('label') || target).getBoundingClientRect().height, target.outerHTML.slice(0, 80)])"""


@pytest.fixture(scope="module")
def found(browser: Browser, site: Site, owner_state: StorageState) -> dict[str, dict[str, str]]:
    """The owner's addresses by language; what they belong to is made on a phone in Chinese, on a laptop in English."""
    made = {}
    for width, (locale, scheme) in (LOOKS[0], LOOKS[-1]):
        with visitor(browser, site.url, **_wishes(width, locale, scheme), storage_state=owner_state) as owner:
            made[locale] = addresses(owner.new_page())
    return made


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}-{look[1][1]}")
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    width, (locale, scheme) = request.param
    return _wishes(width, locale, scheme)


def test_what_a_stranger_sees_is_whole(browser: Browser, site: Site, look: dict[str, Any]):
    with visitor(browser, site.url, **look) as stranger:
        _look_at(stranger, site, list(STRANGERS_PAGES.values()), look)


def test_what_the_owner_sees_is_whole(
    browser: Browser, site: Site, owner_state: StorageState, found: dict[str, dict[str, str]], look: dict[str, Any]
):
    with visitor(browser, site.url, **look, storage_state=owner_state) as owner:
        paths = [path.format(**found[look["locale"]]) for path in OWNERS_PAGES.values()]
        _look_at(owner, site, paths, look, names_no_item=True)


def test_what_a_body_sees_is_whole(browser: Browser, site: Site, body_tokens: dict[str, str], look: dict[str, Any]):
    with visitor(browser, site.url, **look) as owner:
        owner.add_cookies([{"name": "session", "value": body_tokens["Gao Heng"], "url": site.url}])
        _look_at(owner, site, list(BODYS_PAGES.values()), look)


def test_what_a_result_says_is_whole(
    browser: Browser, site: Site, owner_state: StorageState, assessed: dict[str, str], look: dict[str, Any]
):
    with visitor(browser, site.url, **look, storage_state=owner_state) as owner:
        _look_at(owner, site, [path.format(**assessed) for path in RESULT_PAGES.values()], look, names_no_item=True)


def _wishes(width: int, locale: str, scheme: str) -> dict[str, Any]:
    size = {"width": width, "height": 844}
    return {"viewport": size, "locale": locale, "color_scheme": scheme, "has_touch": width == 390}


def _look_at(
    context: BrowserContext, site: Site, paths: list[str], look: dict[str, Any], *, names_no_item: bool = False
) -> None:
    complaints = watch(context, site.url)
    page = context.new_page()
    for path in paths:
        page.goto(path)
        check_accessible(page)
        assert page.evaluate(TOO_WIDE) <= 0, f"{page.url} is wider than the screen"
        assert page.locator("html").get_attribute("lang") == ("zh-Hans" if look["locale"] == "zh-CN" else "en")
        if look["has_touch"]:
            small = [told for height, told in page.evaluate(TARGETS) if round(height) < SMALLEST_TARGET]
            assert not small, f"{page.url} has targets too small for a finger: {small}"
        if names_no_item:
            named = _an_id().findall(page.locator("body").inner_text())
            assert not named, f"{page.url} names items by their ids: {named}"
    assert [said for said in complaints if STATUS_IS_NO_COMPLAINT not in said] == []


@cache
def _an_id() -> re.Pattern[str]:
    """The id of a shipped item, standing by itself."""
    its = [shipped().questionnaire(name) for name in shipped().names()]
    ids = "|".join(sorted({re.escape(item.id) for it in its for item in it.items}, key=len, reverse=True))
    return re.compile(rf"(?<![\w.-])(?:{ids})(?![\w-])")
