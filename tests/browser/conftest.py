"""A browser, the running program, and a page that lets no complaint pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.browsing import launched, watch
from tests.support.site import Site, running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, so that `make check` can leave it out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The program as `make run` starts it; every test of one worker shares it."""
    with running(tmp_path_factory.mktemp("site")) as started:
        yield started


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A visitor who has never been here: English, a laptop's window, no cookies."""
    visitor = browser.new_context(base_url=site.url, locale="en-GB", viewport={"width": 1280, "height": 800})
    visitor.set_default_timeout(10_000)
    yield visitor
    visitor.close()


@pytest.fixture
def complaints(context: BrowserContext, site: Site) -> Iterator[list[str]]:
    """What the browser complained about; a test that expects a complaint takes it off the list."""
    heard = watch(context, site.url)
    yield heard
    assert not heard, "The browser complained:\n" + "\n".join(heard)


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Page:
    return context.new_page()
