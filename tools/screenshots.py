"""Photograph every page into build/screens: two widths, two languages, light and dark.

Run as `make screenshots`; names of pages may follow, as in `python -m tools.screenshots sign-in people`.
"""

import itertools
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, StorageState

from tests.support.assessed import RESULT_PAGES, settle_assessments
from tests.support.body import BODYS_PAGES, settle_body
from tests.support.browsing import launched, visitor
from tests.support.journeys import set_up
from tests.support.pages import OWNERS_PAGES, STRANGERS_PAGES, addresses
from tests.support.site import Site, running

SCREENS = Path(__file__).resolve().parent.parent / "build" / "screens"
WIDTHS, LANGUAGES, SCHEMES = (390, 1280), ("zh", "en"), ("light", "dark")


def main(wanted: list[str]) -> None:
    """Start the program on an empty folder and photograph the wanted pages, or all."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    with (
        TemporaryDirectory() as folder,
        running(Path(folder), PLUMBLINE_DEVELOPMENT="1") as site,
        launched() as browser,
    ):
        state, found = _owner(browser, site)
        assessed = settle_assessments(site)
        body = {"name": "session", "value": settle_body(site)["Gao Heng"], "url": site.url}
        for width, language, scheme in itertools.product(WIDTHS, LANGUAGES, SCHEMES):
            look = {
                "viewport": {"width": width, "height": 844},
                "locale": {"zh": "zh-CN", "en": "en-GB"}[language],
                "color_scheme": scheme,
            }
            suffix = f"{language}-{width}-{scheme}"
            with visitor(browser, site.url, **look) as stranger:
                _photograph(stranger, _chosen(STRANGERS_PAGES, wanted), suffix)
            with visitor(browser, site.url, **look, storage_state=state) as owner:
                _photograph(owner, _chosen(OWNERS_PAGES, wanted), suffix, found)
                _photograph(owner, _chosen(RESULT_PAGES, wanted), suffix, assessed)
            with visitor(browser, site.url, **look) as owner:
                owner.add_cookies([body])  # type: ignore[list-item]  # a cookie as Playwright takes it
                _photograph(owner, _chosen(BODYS_PAGES, wanted), suffix)
    print(f"{len(list(SCREENS.iterdir()))} pictures in {SCREENS}")


def _owner(browser: Browser, site: Site) -> tuple[StorageState, dict[str, str]]:
    with visitor(browser, site.url) as owner:
        page = owner.new_page()
        set_up(page, site)
        return owner.storage_state(), addresses(page)


def _chosen(pages: dict[str, str], wanted: list[str]) -> dict[str, str]:
    return {name: path for name, path in pages.items() if not wanted or name in wanted}


def _photograph(
    context: BrowserContext, pages: dict[str, str], suffix: str, found: dict[str, str] | None = None
) -> None:
    page = context.new_page()
    for name, path in pages.items():
        page.goto(path.format(**(found or {})))
        page.screenshot(path=SCREENS / f"{name}-{suffix}.png", full_page=True)


if __name__ == "__main__":
    main(sys.argv[1:])
