"""The harness itself: the program runs, and the guards around a page notice what they are there to notice."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import check_accessible
from tests.support.site import Site


def test_the_program_says_that_it_is_alive(page: Page):
    response = page.goto("/healthz")

    assert response
    assert response.ok


def test_the_sign_in_page_is_accessible_and_quiet(page: Page):
    page.goto("/sign-in")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check_accessible(page)


def test_the_program_prints_a_link_for_its_owner(site: Site):
    assert site.sign_in_link.startswith(site.url)


def test_the_owner_arrives_in_an_organisation(owner_page: Page):
    owner_page.goto("/")

    expect(owner_page.get_by_role("heading", level=1)).to_be_visible()
    check_accessible(owner_page)


def test_axe_finds_a_picture_without_words(page: Page):
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main>")

    with pytest.raises(AssertionError, match="image-alt"):
        check_accessible(page)


def test_a_failing_script_is_noticed(page: Page, complaints: list[str]):
    page.evaluate("() => { setTimeout(() => { throw new Error('broken script') }) }")
    page.wait_for_timeout(50)

    assert complaints == ["broken script"]
    complaints.clear()


def test_a_request_that_leaves_the_site_is_noticed(page: Page, complaints: list[str]):
    page.set_content("<img src='http://elsewhere.invalid/spy.png'>")

    assert "left the site: http://elsewhere.invalid/spy.png" in complaints
    complaints.clear()


def test_the_content_policy_stops_a_foreign_script_and_that_is_noticed(page: Page, complaints: list[str]):
    page.goto("/sign-in")
    page.evaluate("() => document.body.append(Object.assign(document.createElement('script'), {text: 'stolen = 1'}))")

    assert page.evaluate("() => typeof stolen") == "undefined"
    assert any("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()
