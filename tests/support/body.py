"""A certification body with two people and a questionnaire of its own, on a running site."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app import create_app
from people.types import Kind, Role
from settings import read
from store import accounts, organizations, questionnaires, sessions
from store.database import db, writing
from tests.support.site import Site
from tests.support.uploads import NAME, edition

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


def settle_body(site: Site) -> dict[str, str]:
    """Found the body on a running site with a published version and a draft; return each person's session token."""
    with program_of(site), writing() as database:
        body = organizations.found(database, kind=Kind.BODY, name_zh="衡准认证", name_en="Hengzhun Certification")
        tokens, people = {}, []
        for name, role in (("Gao Heng", Role.OWNER), ("Wen Zhun", Role.MANAGER)):
            email = f"{name.split()[0].lower()}@example.org"
            person = accounts.create(database, email=email, name=name, password_hash="-", runs_installation=False)
            organizations.join(database, body, person, role)
            people.append(person)
            tokens[name] = sessions.open_session(database, person, "Test")
        first = questionnaires.keep(database, body.id, name=NAME, edition="1", text=edition("1"), uploaded_by=people[1])
        questionnaires.publish(database, first, people[0])
        questionnaires.keep(database, body.id, name=NAME, edition="2", text=edition("2"), uploaded_by=people[1])
    return tokens


@contextmanager
def program_of(site: Site) -> Iterator[Flask]:
    """The program on a site's database, beside the one that runs there."""
    program = create_app(read(site.environment))
    with program.app_context():
        yield program
        for engine in db.engines.values():
            engine.dispose()
