"""The questionnaire versions an organisation can read: the library's and its own, each parsed once a process."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from uuid import UUID

from sqlalchemy.orm import Session

from files.library import checksum, shipped
from files.questionnaires import parse_trusted
from files.reading import read_bytes
from store import questionnaires as stored
from store.questionnaires import Held, TextAltered
from surveys.questionnaire import Questionnaire, Status
from surveys.text import Text

_MOST_OPEN = 128


@dataclass(frozen=True, eq=False)
class Version:
    """A version at hand, equal only to itself; `held` is its row where an organisation uploaded it."""

    it: Questionnaire
    checksum: str
    held: Held | None = None

    @property
    def is_own(self) -> bool:
        return self.held is not None


_open: dict[tuple[UUID, int], Version] = {}


def versions(session: Session, organization_id: UUID, *, with_drafts: bool) -> tuple[list[Version], list[Held]]:
    """Give all there is to read, and what cannot be read because its text was altered."""
    own = [held for held in stored.all_of(session, organization_id) if with_drafts or held.status is not Status.DRAFT]
    readable = _opened(session, organization_id, own)
    return [*library(), *readable.values()], [held for held in own if held.id not in readable]


def find(session: Session, organization_id: UUID, name: str, edition: str, *, with_drafts: bool) -> Version | None:
    """Find one version; a draft only for whoever may see drafts."""
    if "." not in name:
        return _on_shelf().get(f"{name}@{edition}")
    held = stored.find(session, organization_id, name, edition)
    if held is None or (held.status is Status.DRAFT and not with_drafts):
        return None
    readable = _opened(session, organization_id, [held])
    if held.id not in readable:
        raise TextAltered(held.full_name)
    return readable[held.id]


def pinned(session: Session, organization_id: UUID, full_name: str) -> Version | None:
    """Find the version that an assessment belongs to."""
    name, _at, edition = full_name.partition("@")
    return find(session, organization_id, name, edition, with_drafts=True)


def text_of(session: Session, version: Version) -> bytes:
    """Give the file of a version exactly as it is kept."""
    if version.held is not None:
        return stored.text_of(session, version.held)
    return read_bytes(shipped().path_of(version.it.name))


def library() -> Sequence[Version]:
    return tuple(_on_shelf().values())


@cache
def _on_shelf() -> dict[str, Version]:
    """Read the library once; it does not change while the program runs."""
    shelf = shipped()
    found = {name: (shelf.questionnaire(name), read_bytes(shelf.path_of(name))) for name in shelf.names()}
    return {name: Version(it, checksum(text)) for name, (it, text) in found.items()}


def _opened(session: Session, organization_id: UUID, wanted: Iterable[Held]) -> dict[UUID, Version]:
    """Parse what is not open yet, with one query for all of it; leave out what was altered."""
    wanted = list(wanted)
    missing = [held for held in wanted if (held.id, held.version) not in _open]
    texts = stored.texts(session, organization_id, [held.id for held in missing]) if missing else {}
    fresh = {held.id: _parsed(held, texts[held.id]) for held in missing if held.id in texts}
    kept = {held.id: _open[held.id, held.version] for held in wanted if (held.id, held.version) in _open}
    found = kept | fresh
    for held in wanted[:_MOST_OPEN]:
        if held.id in fresh:
            _keep(fresh[held.id], held)
    return {held.id: found[held.id] for held in wanted if held.id in found}


def _parsed(held: Held, text: bytes) -> Version:
    """Read a text; its state is what its organisation made of it, not what the file says."""
    it = replace(
        parse_trusted(text, held.full_name),
        status=held.status,
        retired_because=Text(held.retired_zh, held.retired_en) if held.status is Status.RETIRED else None,
        replaced_by=held.replaced_by,
    )
    return Version(it, held.checksum, held)


def _keep(version: Version, held: Held) -> None:
    """Keep the newest; the oldest makes room."""
    while len(_open) >= _MOST_OPEN:
        _open.pop(next(iter(_open)), None)
    _open[held.id, held.version] = version
