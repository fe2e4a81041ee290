"""A document of the applicant with one file, and the addresses of the evidence library."""

import io

from answering.documents import Stated
from store import documents as stored
from store.database import reading, writing
from store.documents import Arrived, Document
from store.file_places import files_of
from tests.support.evidence import pdf
from tests.support.world import World

PDF = pdf("第一版")


def library(world: World) -> str:
    return f"/o/{world.applicant.slug}/documents"


def page_of(world: World, document: Document) -> str:
    return f"{library(world)}/{document.id}"


def a_document(world: World, title: str = "健康检查服务约定", content: bytes = PDF, **more: object) -> Document:
    """Let the contributor put a document into the library."""
    name = f"{title}.pdf"
    with world.app.app_context(), writing() as database:
        organization = world.applicant.id
        kept = files_of(world.app).keep(organization, io.BytesIO(content))
        arrived = Arrived(kept.digest, kept.size, name, "application/pdf")
        stated = Stated(title=title, **more)  # type: ignore[arg-type]  # checked by the call
        return stored.add(database, organization, stated, [arrived], by=world.people["contributor"])


def now_of(world: World, document: Document) -> Document:
    """The document as it is now."""
    with world.app.app_context(), reading() as database:
        found = stored.find(database, document.organization_id, document.id)
    assert found is not None
    return found


def filled_in(world: World, route: str) -> str:
    """A route with a document and a file of the applicant's in it, made for it."""
    if "<uuid:document>" not in route:
        return route
    document = a_document(world)
    return route.replace("<uuid:document>", str(document.id)).replace("<uuid:file>", str(document.files[0].id))
