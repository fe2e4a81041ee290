"""The HTML report in a browser: accessible, no wider than a phone, page one on one page of paper."""

import io
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from reports.html import html_bytes
from reports.languages import Languages
from tests.support.browsing import check_accessible
from tests.support.reports import hostile, readiness, worked

CASES = {"worked": (worked, Languages.BOTH), "hostile": (hostile, Languages.ZH)}


@pytest.fixture(params=CASES)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    make, languages = CASES[request.param]
    path = tmp_path / "report.html"
    path.write_bytes(html_bytes(readiness(make()), languages))
    return path


@pytest.mark.parametrize("width", [390, 1280])
def test_it_is_accessible_and_no_wider_than_the_window(file: Path, width: int, browser: Browser):
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(file.as_uri())

    check_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_page_one_is_one_page_of_paper(browser: Browser, tmp_path: Path):
    path = tmp_path / "report.html"
    path.write_bytes(html_bytes(readiness(worked()), Languages.BOTH))
    page = browser.new_page()
    page.goto(path.as_uri())
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    second = printed[1].get_textpage().get_text_bounded()
    page.close()

    assert "Where you stand" in second
