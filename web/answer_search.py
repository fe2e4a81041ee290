"""Search in an assessment: what items say, in both languages, and what was answered there."""

from dataclasses import dataclass

from surveys.items import Item
from surveys.text import Language
from web.answer_cards import address
from web.answer_work import Work
from web.language import chosen
from web.reading import LONGEST_SEARCH, haystacks
from web.wording import Reader

_MOST = 60


@dataclass(frozen=True, slots=True)
class Found:
    """An item that was found, and where its words are in the other language only, those as well."""

    item: Item
    url: str
    ask: str
    other: str
    section: str
    is_answered: bool


def terms_of(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed[:LONGEST_SEARCH].casefold().split()))


def found(work: Work, terms: tuple[str, ...]) -> list[Found]:
    """Find the items of the target that say, or were answered with, all that is looked for."""
    if not terms:
        return []
    items = (work.at.it.by_id[asked.id] for asked in work.at.target.items)
    return [_shown(work, item, terms) for item in items if _matches(work, item, terms)][:_MOST]


def _matches(work: Work, item: Item, terms: tuple[str, ...]) -> bool:
    everything = "\n".join([*haystacks(work.at.version)[item.id].values(), *item.keywords, _stated(work, item)])
    return all(term in everything.casefold() for term in terms)


def _stated(work: Work, item: Item) -> str:
    """Gather the words of an answer: its notes, and what its lines cite."""
    answer = work.stated(item.id).answer
    notes = (answer.note, answer.improvement, answer.observation, answer.reason)
    pointers = (line.pointer for line in answer.evidence.values())
    cited = (work.documents.get(each) for line in answer.evidence.values() for each in line.documents)
    titles = (f"{each.number} {each.title}" for each in cited if each)
    return "\n".join(each for each in (*notes, *pointers, *titles) if each)


def _shown(work: Work, item: Item, terms: tuple[str, ...]) -> Found:
    words = Reader()
    own, other = words.say(item.ask), words.say_other(item.ask)
    stacks = haystacks(work.at.version)[item.id]
    is_only_there = not all(term in stacks[Language(chosen())] for term in terms)
    return Found(
        item=item,
        url=address(work.at, item.id),
        ask=own,
        other=other if is_only_there and any(term in other.casefold() for term in terms) else "",
        section=words.say(work.at.it.section_of[item.id].title),
        is_answered=item.id in work.concluded,
    )
