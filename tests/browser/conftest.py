"""A browser, the running program, and a page that lets no complaint pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from store.heads import Head
from tests.support.answering import Workplace, workplace
from tests.support.assessed import settle_assessments
from tests.support.body import settle_body
from tests.support.browsing import launched, visitor, watch
from tests.support.journeys import set_up
from tests.support.site import Site, running

# A machine that runs everything at once takes its time
expect.set_options(timeout=15_000)


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
    """The program as `make run` starts it, with the style page; every test of one worker shares it."""
    with running(tmp_path_factory.mktemp("site"), PLUMBLINE_DEVELOPMENT="1") as started:
        yield started


@pytest.fixture(scope="session")
def owner_state(browser: Browser, site: Site) -> StorageState:
    """The cookies of the owner, who has set up the installation and its first organisation."""
    with visitor(browser, site.url) as first:
        set_up(first.new_page(), site)
        return first.storage_state()


@pytest.fixture(scope="session")
def body_tokens(site: Site, owner_state: StorageState) -> dict[str, str]:
    """The session tokens of a certification body's owner and manager, by name; who sets the site up comes first."""
    return settle_body(site)


@pytest.fixture(scope="session")
def assessed(site: Site, owner_state: StorageState) -> dict[str, str]:
    """What the addresses of an answered assessment of the owner's organisation hold."""
    return settle_assessments(site)


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A visitor who has never been here: English, a laptop's window, no cookies."""
    with visitor(browser, site.url) as stranger:
        yield stranger


@pytest.fixture
def complaints(context: BrowserContext, site: Site) -> Iterator[list[str]]:
    """What the browser complained about; a test that expects a complaint takes it off the list."""
    heard = watch(context, site.url)
    yield heard
    assert not heard, "The browser complained:\n" + "\n".join(heard)


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Page:
    return context.new_page()


@pytest.fixture
def owner_page(page: Page, context: BrowserContext, owner_state: StorageState) -> Page:
    """A page on which the owner is signed in; sign out of a session of your own, not of this shared one."""
    context.add_cookies(owner_state["cookies"])  # type: ignore[arg-type]  # what came out may go back in
    return page


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A site of its own with the small world, for people who answer; every test begins an assessment of its own."""
    with workplace(tmp_path_factory.mktemp("place")) as settled:
        yield settled


@pytest.fixture
def head(place: Workplace) -> Head:
    return place.world.assess()
