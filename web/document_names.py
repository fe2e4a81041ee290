"""Documents cited by name: each has a name of its own, however many are called alike."""

from collections import defaultdict
from collections.abc import Mapping

from scoring.assessment import Document
from web.answer_cards import document_name

_UNKNOWN = "–"
_LENGTH_OF_MARK = 8


class Names:
    """The documents one may cite, found by what they are called."""

    def __init__(self, library: Mapping[str, Document]) -> None:
        self.own = own_names(library)
        self._meant: dict[str, set[str]] = defaultdict(set)
        for key, document in library.items():
            self._meant[_plainly(document_name(document))].add(key)
            self._meant[_plainly(self.own[key])].add(key)

    def find(self, typed: str) -> list[str]:
        """Give the documents that somebody may mean, by their ids, in the order of their own names."""
        return sorted(self._meant.get(_plainly(typed), ()), key=self.own.__getitem__)


def own_names(library: Mapping[str, Document]) -> dict[str, str]:
    """Call each document by number, title and version; what others are called too tells its date, owner, and id."""
    plain = {key: document_name(document) for key, document in library.items()}
    own = plain
    for count in (1, 2, 3):
        holders: dict[str, set[str]] = defaultdict(set)
        for key in library:
            holders[plain[key]].add(key)
            holders[own[key]].add(key)
        if all(len(each) == 1 for each in holders.values()):
            break
        own = {
            key: f"{plain[key]} ({', '.join(_facts(key, library[key])[:count])})" if len(holders[name]) > 1 else name
            for key, name in own.items()
        }
    return own


def _facts(key: str, document: Document) -> tuple[str, str, str]:
    """Tell of a document what tells it from others of its name."""
    dated = document.dated.isoformat() if document.dated else _UNKNOWN
    return dated, document.owner or _UNKNOWN, key[-_LENGTH_OF_MARK:]


def _plainly(name: str) -> str:
    return " ".join(name.split())
