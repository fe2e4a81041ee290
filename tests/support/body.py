"""A certification body's questionnaire file, and a body with two people on a running site."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app import create_app
from people.types import Kind, Role
from settings import read
from store import accounts, organizations, questionnaires, sessions
from store.database import db, writing
from tests.support.questionnaires import MINIATURES
from tests.support.site import Site

PRE_CHECK = (MINIATURES / "pre-check.yaml").read_bytes()
NAME = "hengzhun-certification.pre-check"
BODY = "/o/hengzhun-certification/"
BODYS_PAGES = {
    "catalogue-of-body": f"{BODY}questionnaires",
    "upload": f"{BODY}questionnaires/upload",
    "draft": f"{BODY}questionnaires/{NAME}/2",
    "replace": f"{BODY}questionnaires/{NAME}/2/replace",
    "publish": f"{BODY}questionnaires/{NAME}/2/publish",
    "delete": f"{BODY}questionnaires/{NAME}/2/delete",
    "published": f"{BODY}questionnaires/{NAME}/1?both=1",
    "retire": f"{BODY}questionnaires/{NAME}/1/retire",
    "diff": f"{BODY}questionnaires/{NAME}/diff?from=1&to=2",
    "log-of-body": f"{BODY}log",
}


def edition(number: str) -> bytes:
    """The pre-check as another version: some words changed, an item gone, a line and an item added."""
    text = PRE_CHECK.decode().replace('version: "1"', f'version: "{number}"')
    if number == "1":
        return text.encode()
    changed = text.replace("最近12个月内，是否完成过", "最近六个月内，是否完成过").replace(
        "within the last twelve months", "within the last six months"
    )
    head, _, rest = changed.partition("      - id: c\n")
    _, _, tail = rest.partition("  - id: p-3\n")
    more = "      - id: d\n        zh: 培训记录\n        en: training records\n  - id: p-3\n"
    return (head + more + tail).replace("minutes: 45", "minutes: 60").encode()


def settle_body(site: Site) -> dict[str, str]:
    """Found the body on a running site with a published version and a draft; return each person's session token."""
    with _program(site), writing() as database:
        body = organizations.found(database, kind=Kind.BODY, name_zh="衡准认证", name_en="Hengzhun Certification")
        tokens = {}
        for name, role in (("Gao Heng", Role.OWNER), ("Wen Zhun", Role.MANAGER)):
            email = f"{name.split()[0].lower()}@example.org"
            person = accounts.create(database, email=email, name=name, password="-", runs_installation=False)
            organizations.join(database, body, person, role)
            tokens[name] = sessions.open_session(database, person, "Test")
        first = questionnaires.keep(
            database, body.id, name=NAME, edition="1", text=edition("1"), uploaded_by=person
        )
        questionnaires.publish(database, first, person)
        questionnaires.keep(database, body.id, name=NAME, edition="2", text=edition("2"), uploaded_by=person)
    return tokens


@contextmanager
def _program(site: Site) -> Iterator[Flask]:
    """The program on a site's database, beside the one that runs there."""
    program = create_app(read(site.environment))
    with program.app_context():
        yield program
        for engine in db.engines.values():
            engine.dispose()
