"""The HTML report is one file: whole, escaped, told in its languages, without anything that runs or is fetched."""

from functools import cache, cached_property
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from reports.html import html_bytes
from reports.languages import Languages
from reports.options import Edition
from tests.support.reports import CASES, FEW, bare, readiness, told, typed

VOID = {"meta", "col", "br", "use", "path", "circle", "rect", "img"}


@cache
def made(name: str, languages: Languages = Languages.BOTH, edition: Edition = Edition.FULL) -> str:
    return html_bytes(told(name, edition), languages).decode()


class Page(HTMLParser):
    """What a page is made of, and whether every element ends where it should."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[tuple[str, str]] = []
        self.languages: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.languages.append(dict(attrs).get("lang") or (self.languages[-1] if self.languages else ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)
        self.languages.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "title"}:
            self.said.append((self.languages[-1], data))

    @cached_property
    def text(self) -> str:
        return bare("".join(data for _, data in self.said))


@cache
def page(name: str, languages: Languages = Languages.BOTH, edition: Edition = Edition.FULL) -> Page:
    return Page(made(name, languages, edition))


@pytest.mark.parametrize("name", CASES)
def test_every_text_that_was_typed_is_in_it(name: str):
    assert [each for each in typed(CASES[name]()) if bare(each) not in page(name).text] == []


@pytest.mark.parametrize("languages", Languages)
@pytest.mark.parametrize("name", FEW)
def test_every_question_and_line_is_in_it_in_the_languages_asked_for(name: str, languages: Languages):
    result, found = CASES[name](), page(name, languages).text
    items = result.target.questionnaire.items
    asked = [item.ask for item in items] + [
        line.text for item in items if item.id in result.target.by_id for line in item.evidence
    ]

    assert [text for text in asked for _, wording in languages.said(text) if bare(wording) not in found] == []


@pytest.mark.parametrize("name", FEW)
def test_every_element_ends_where_it_should_and_every_id_is_one(name: str):
    it = page(name)
    ids = [attrs["id"] for _, attrs in it.found if "id" in attrs]

    assert it.crossed == []
    assert it.open == []
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", FEW)
def test_nothing_runs_and_nothing_is_fetched(name: str):
    tags = {tag for tag, _ in page(name).found}
    addresses = {
        value for _, attrs in page(name).found for key, value in attrs.items() if key in {"href", "src", "action"}
    }

    assert not tags & {"script", "iframe", "object", "embed", "form", "link", "img", "b", "base"}
    assert all(str(each).startswith("#") for each in addresses)
    assert not any(key.startswith("on") for _, attrs in page(name).found for key in attrs)


def test_it_has_landmarks_one_title_and_heads_with_a_scope():
    it = page("worked example")
    tags = [tag for tag, _ in it.found]
    headings = [int(tag[1]) for tag in tags if tag in {"h1", "h2", "h3", "h4"}]

    assert all(tags.count(each) == 1 for each in ("main", "nav", "header", "footer", "h1"))
    assert all(attrs.get("scope") for tag, attrs in it.found if tag == "th")
    assert all(deeper - above <= 1 for above, deeper in pairwise(headings))
    assert all(attrs.get("aria-label") or attrs.get("aria-hidden") for tag, attrs in it.found if tag == "svg")


@pytest.mark.parametrize(("languages", "main"), [("zh", "zh-CN"), ("en", "en-GB"), ("both", "zh-CN")])
def test_the_page_and_each_wording_say_their_language(languages: str, main: str):
    it = page("worked example", Languages(languages))
    chinese = [
        data for language, data in it.said if language == "en" and any("\u4e00" <= each <= "\u9fff" for each in data)
    ]

    assert it.found[0] == ("html", {"lang": main})
    assert chinese == []


def test_a_body_is_told_no_remedy():
    assert "Nextbeststeps" not in page("isms-2022-gap-analysis", Languages.EN, Edition.BODY).text
    assert "steps" not in {attrs.get("id") for _, attrs in page("worked example", edition=Edition.BODY).found}


def test_the_charts_are_drawn_from_the_figures():
    bars = [
        attrs for tag, attrs in page("worked example").found if tag == "rect" and attrs.get("class") == "bar-supported"
    ]

    # seven sections and the legend; the full one is as wide as the scale
    assert len(bars) == 8
    assert max(float(str(each["width"])) for each in bars) == 460.0


@pytest.mark.parametrize("name", FEW)
def test_the_same_report_gives_the_same_bytes(name: str):
    assert made(name).encode() == html_bytes(readiness(CASES[name]()), Languages.BOTH)
