"""The head of the reports: an organisation's logo and line, kept by those who manage, never anything hostile."""

from io import BytesIO

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from store import letterheads
from store.database import reading
from store.heads import Head
from store.letterheads import Letterhead
from tests.support.world import World
from tests.web.test_reports import address, download
from tests.web.test_results import kept


@pytest.fixture
def head(world: World) -> Head:
    return kept(world)


def logo(width: int = 200, height: int = 60) -> bytes:
    target = BytesIO()
    Image.new("RGB", (width, height), "navy").save(target, "PNG")
    return target.getvalue()


def page(world: World) -> str:
    return f"/o/{world.applicant.slug}/letterhead"


def bring(world: World, data: bytes | None, *, name: str = "manager", **more: str) -> TestResponse:
    files = {"logo": (BytesIO(data), "logo.png")} if data is not None else {}
    return world.visitor(name).send(page(world), {"cover_line": "Audit 2026", **more, **files})


def stored(world: World) -> Letterhead:
    with world.app.app_context(), reading() as database:
        return letterheads.of(database, world.applicant.id)


def test_a_manager_keeps_logo_and_line_for_every_report(world: World, head: Head):
    assert bring(world, logo()).status_code == 302

    found = stored(world)
    assert found.cover_line == "Audit 2026"
    assert found.logo is not None
    assert (found.logo.width, found.logo.height) == (200, 60)
    shown = world.visitor("viewer").get(address(world, head))
    assert "Audit 2026" in shown.text.partition('<section class="page-one"')[2]
    sent = world.visitor("viewer").get(f"{page(world)}/logo")
    assert (sent.mimetype, sent.data) == ("image/png", found.logo.data)
    assert sent.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", logo()[:50]], ids=["nothing", "svg", "cut"])
def test_a_logo_that_is_none_is_told_and_nothing_is_stored(world: World, data: bytes):
    refused = bring(world, data)

    assert refused.status_code == 200
    assert 'class="error"' in refused.text
    assert stored(world) == Letterhead()
    assert world.visitor("viewer").get(f"{page(world)}/logo").status_code == 404


def test_a_logo_is_taken_away_again_and_the_line_stays(world: World):
    bring(world, logo())
    assert bring(world, None, removes="y").status_code == 302

    assert (stored(world).logo, stored(world).cover_line) == (None, "Audit 2026")


def test_of_two_who_change_it_at_once_the_second_sees_the_first(world: World):
    visitor = world.visitor("manager")
    token_page = visitor.get(page(world)).text
    bring(world, logo(), name="owner")

    late = visitor.send(page(world), {"cover_line": "Mine", "version": "0"})

    assert 'name="version"' in token_page
    assert late.status_code == 409
    assert stored(world).cover_line == "Audit 2026"


def test_another_organisation_does_not_see_the_logo(world: World):
    bring(world, logo())

    assert world.visitor("stranger-owner").get(f"{page(world)}/logo").status_code == 404


def test_the_logo_is_in_the_report_unless_it_is_left_out(world: World, head: Head):
    bring(world, logo())
    found = stored(world).logo
    assert found is not None

    with_it = download(world, head, "html", lang="en", chosen="1", chapters="gaps", logo="y")
    without = download(world, head, "html", lang="en", chosen="1", chapters="gaps")

    assert "data:image/png;base64" in with_it.text
    assert "data:image/png;base64" not in without.text
