"""Every text of a questionnaire, with its place in the file and the role that decides how long it may be."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from surveys.items import Item
from surveys.problems import Path
from surveys.questionnaire import Questionnaire
from surveys.text import Named, Text


class Role(Enum):
    """Where a text is shown."""

    NAME = auto()
    QUESTION = auto()
    LINE = auto()
    GUIDANCE = auto()
    PROSE = auto()


Placed = tuple[Path, Role, Text]


def texts_of(it: Questionnaire) -> Iterator[Placed]:
    """Walk through every text of a questionnaire."""
    yield from head(it)
    yield from declarations(it)
    for index, section in enumerate(it.sections):
        yield ("sections", index, "title"), Role.LINE, section.title
    for index, item in enumerate(it.items):
        yield from of_item(item, ("items", index))


def head(it: Questionnaire) -> Iterator[Placed]:
    """The texts about the questionnaire as a whole."""
    yield ("title",), Role.LINE, it.title
    yield from given(
        Role.PROSE,
        (("retired_because",), it.retired_because),
        (("summary",), it.summary),
        (("audience",), it.audience),
        (("source", "title"), it.source.title),
        (("source", "edition"), it.source.edition),
        (("source", "note"), it.source.note),
    )


def declarations(it: Questionnaire) -> Iterator[Placed]:
    """The names of what items refer to."""
    for index, step in enumerate(it.scale.steps):
        yield ("scale", "steps", index), Role.LINE, step.name
    for index, level in enumerate(it.ladder.levels):
        yield ("levels", index), Role.LINE, level.name
    for key, things in (("header", it.header), ("owners", it.owners), ("areas", it.areas)):
        yield from names((key,), things)
    for index, block in enumerate(it.follow_ups):
        yield ("follow_ups", index, "title"), Role.LINE, block.title
    for index, standard in enumerate(it.standards):
        yield ("standards", index, "title"), Role.LINE, standard.title
    for index, attribute in enumerate(it.attributes):
        yield ("attributes", index), Role.LINE, attribute.name
        yield from names(("attributes", index, "values"), attribute.values)


def names(path: Path, things: Sequence[Named]) -> Iterator[Placed]:
    """The names in a list."""
    for index, thing in enumerate(things):
        yield (*path, index), Role.LINE, thing.name


def of_item(item: Item, path: Path) -> Iterator[Placed]:
    """The texts of an item."""
    yield (*path, "name"), Role.NAME, item.name
    yield (*path, "ask"), Role.QUESTION, item.ask
    for key in ("why", "look", "slip"):
        yield from given(Role.GUIDANCE, ((*path, "guidance", key), getattr(item.guidance, key)))
    yield from given(Role.PROSE, ((*path, "note"), item.note))
    for index, line in enumerate(item.evidence):
        yield (*path, "evidence", index), Role.LINE, line.text
        yield from given(Role.LINE, ((*path, "evidence", index, "when"), line.when))


def given(role: Role, *texts: tuple[Path, Text | None]) -> Iterable[Placed]:
    """Leave out what is not there."""
    return [(path, role, text) for path, text in texts if text is not None]
