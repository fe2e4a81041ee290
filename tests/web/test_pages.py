"""What every page must have, and how many questions it may ask the database."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from people.types import Role
from store import accounts, links, log, organizations
from store.database import db, writing
from store.log import Event
from tests.support.counting import statements
from tests.support.library import filled_in
from tests.support.world import World


class Page(HTMLParser):
    """Collects what the house cares about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings = self.titles = 0
        self.language = ""
        self.problems: list[str] = []
        self.ids: list[str] = []
        self.forms: list[dict[str, str | None]] = []
        self.unprotected = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.headings += tag == "h1"
        self.titles += tag == "title"
        self.language = names.get("lang") or "" if tag == "html" else self.language
        self.ids += [names["id"] or ""] if "id" in names else []
        inline = tag == "style" or (tag == "script" and "src" not in names)
        self.problems += [tag] if inline else []
        self.problems += [f"{tag} {name}" for name in names if name.startswith("on") or name == "style"]
        self.problems += [f"{tag} script" for value in names.values() if (value or "").startswith("javascript:")]
        if tag == "form":
            self.unprotected += names.get("method", "get") == "post"
        if tag == "input" and names.get("name") == "csrf_token":
            self.unprotected -= 1


def paths(world: World) -> list[tuple[str | None, str]]:
    """Every page that is looked at, and who looks."""
    rules = [rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or set())]
    quiet = {"static", "health.alive", "health.ready", "health.metrics", "documents.find", "downloads.file"}
    token, _id = world.invitation()
    world.enrol("viewer", "abcde-23456")
    fill = {"<org>": world.applicant.slug, "<uuid:id>": str(world.memberships["member"].id), "<token>": token}
    found: list[tuple[str | None, str]] = []
    for rule in rules:
        if rule.endpoint not in quiet:
            path = filled_in(world, rule.rule)
            for name, value in fill.items():
                path = path.replace(name, value)
            found += [("owner", path), ("viewer", path), ("operator", path), (None, path)]
    return [*found, (None, "/no-such-page"), (None, "/link/gone"), (None, "/sign-in?next=/account")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_keeps_the_rules_of_the_house(world: World, language: str):
    looked_at, wrong = 0, []
    visitors = {who: world.visitor(who) for who in ("owner", "viewer", "operator", None)}
    for who, path in paths(world):
        answer = visitors[who].get(path, **{"Accept-Language": language})
        if answer.status_code in {302, 308}:
            continue
        looked_at += 1
        page = Page(answer.text)
        found = (page.headings, page.titles, page.language, page.problems, page.unprotected)
        if found != (1, 1, {"zh": "zh-Hans", "en": "en"}[language], [], 0) or len(page.ids) != len(set(page.ids)):
            wrong.append((who, path, answer.status_code, found))

    assert looked_at > 30
    assert wrong == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_title_of_every_page_is_its_own(world: World, language: str):
    owner = world.visitor("owner")
    pages = {path for who, path in paths(world) if who == "owner" and not path.startswith(("/link", "/sign-in"))}
    answers = {path: owner.get(path, **{"Accept-Language": language}) for path in pages}
    shown = [answer.text for answer in answers.values() if answer.status_code == 200]
    titles = [text.partition("<title>")[2].partition("</title>")[0] for text in shown]

    assert len(titles) > 10
    assert len(set(titles)) == len(titles)


def more_people(world: World) -> None:
    with world.app.app_context(), writing() as database:
        for number in range(57):
            person = accounts.create(database, email=f"p{number}@example.com", name=f"P {number}", password_hash="x")
            organizations.join(database, world.applicant, person, Role.VIEWER)
            links.make_invitation(database, world.applicant.id, email=f"i{number}@example.com", role=Role.VIEWER,
                                  duties=(), made_by=person)  # fmt: skip


def more_entries(world: World) -> None:
    people = list(world.people.values())
    with world.app.app_context(), writing() as database:
        for number in range(57):
            actor, subject = people[number % len(people)], people[(number + 1) % len(people)]
            log.record(database, world.applicant.id, Event.MEMBER_CHANGED, actor=actor, subject=subject)


@pytest.mark.parametrize(("page", "fill"), [("people", more_people), ("log", more_entries)])
def test_a_long_list_asks_the_database_no_more_than_a_short_one(world: World, page: str, fill: Callable[[World], None]):
    visitor = world.visitor("owner")
    path = f"/o/{world.applicant.slug}/{page}"
    found = []
    with world.app.app_context(), writing() as database:
        engine = db.engine
        log.record(database, world.applicant.id, Event.JOINED, actor=world.people["owner"])
    world.invitation()
    for prepare in (lambda _world: None, fill):
        prepare(world)
        with statements(engine) as said:
            length = len(visitor.get(path).text)
        found.append((len(said), length))

    (few, short), (many, long) = found
    assert 3 <= few == many <= 10
    assert long > short + 10_000
