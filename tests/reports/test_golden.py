"""Pages look as they did when somebody last looked at them."""

import pytest
from PIL import Image

from tests.support.golden import DRAWN, PAGES, differs, keep, kept


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(name: str):
    drawn = PAGES[name]()
    found = differs(drawn, Image.open(kept(name)).convert("L"))
    if found:
        path = keep(name, drawn, DRAWN)
        pytest.fail(
            f"{name}: {found}. Compare {path} with {kept(name)}; if the new page is what it should be, "
            "`make golden` keeps it",
            pytrace=False,
        )


def test_a_page_of_which_something_moved_is_found():
    page = Image.new("L", (400, 560), 255)
    moved = page.copy()
    moved.paste(0, (200, 280, 240, 288))

    assert differs(page, page.copy()) == ""
    assert differs(moved, page) == "it looks different between 102, 142 and 122, 146 mm"
    assert differs(page, Image.new("L", (10, 10), 255)).startswith("the page is")


def test_what_is_kept_is_small_and_nothing_else_lies_beside_it():
    files = sorted(kept("x").parent.iterdir())

    assert [each.stem for each in files] == sorted(PAGES)
    assert sum(each.stat().st_size for each in files) < 500_000
