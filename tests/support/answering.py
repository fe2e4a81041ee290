"""People who answer in real browsers: a running site with the small world, and a section of an assessment open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from store import answers
from store.answers import Kept, Past
from store.database import reading, writing
from store.document_tables import DocumentRow
from store.heads import Head
from tests.support.body import program_of
from tests.support.browsing import visitor
from tests.support.site import Site, running
from tests.support.world import World

DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('plumbline/draft/'))"


@dataclass(frozen=True)
class Workplace:
    """A running site and the world in its database."""

    site: Site
    world: World

    @contextmanager
    def at(self, browser: Browser, name: str = "contributor", **wishes: Any) -> Iterator[BrowserContext]:
        """Give somebody of the world a browser of their own, signed in."""
        with visitor(browser, self.site.url, **wishes) as context:
            self.sign_in(context, name)
            yield context

    def sign_in(self, context: BrowserContext, name: str) -> None:
        token = self.world.visitor(name).token
        assert token
        context.add_cookies([{"name": "session", "value": token, "url": self.site.url}])

    def address(self, head: Head, section: str = "needs") -> str:
        return f"/o/{self.world.applicant.slug}/assessments/{head.id}/{section}"

    def open(
        self, context: BrowserContext, head: Head, section: str = "needs", *, item: str = "", page: Page | None = None
    ) -> Page:
        """Open a section and wait until its script is there."""
        page = page or context.new_page()
        page.goto(self.address(head, section) + (f"#{item}" if item else ""))
        page.locator("[data-answering=ready]").wait_for(state="attached")
        return page

    def stated(self, head: Head, item: str) -> Kept:
        return self.world.stated(head, item)

    def document(self, title: str) -> UUID:
        """Put a document into the applicant's library."""
        with self.world.app.app_context(), writing() as database:
            row = DocumentRow(
                organization_id=self.world.applicant.id, title=title, changed_by=self.world.people["owner"]
            )
            database.add(row)
            database.flush()
            return row.id

    def history(self, head: Head, item: str) -> list[Past]:
        with self.world.app.app_context(), reading() as database:
            return answers.history(database, head, item)


@contextmanager
def workplace(folder: Path) -> Iterator[Workplace]:
    with running(folder) as site, program_of(site) as program:
        yield Workplace(site, World(program))


def card(page: Page, item: str) -> Locator:
    return page.locator(f'article[id="{item}"]')


def state(page: Page, item: str) -> Locator:
    """What the foot of an item says about its saving."""
    return card(page, item).locator("[data-part=foot]")


def expect_saved(page: Page, item: str) -> None:
    expect(card(page, item)).to_have_attribute("data-saving", "kept")
    expect(card(page, item).locator("[data-saved]")).to_contain_text("Saved ")


def expect_unsaved(page: Page, item: str, state: str) -> None:
    expect(card(page, item)).to_have_attribute("data-saving", state)
    expect(card(page, item).locator("[data-unsaved]")).to_be_visible()
    expect(card(page, item).locator("[data-saved]")).to_be_hidden()


def drafts(page: Page) -> list[str]:
    """Name the drafts that a browser holds."""
    found: list[str] = page.evaluate(DRAFTS)
    return found


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for something that is not on the page."""
    for _step in range(200):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come true in twenty seconds")
