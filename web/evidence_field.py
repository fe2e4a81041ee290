"""The evidence lines of an item as one field: a card has some thirty controls of them, read and checked together."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

from answering.limits import LONGEST_POINTER
from scoring.answers import LineAnswer, Mark
from surveys.items import Evidence
from web.forms import tidy, too_long
from web.language import _
from web.question_types import parsed
from words import N_

NOT_OFFERED = N_("This is not one of the choices. Choose again")
_MOST_DOCUMENTS = 50
_YES_NO = {"yes": True, "no": False}
_STATES = frozenset(Mark)
_CONTROLS = ("state", "applies", "pointer")
_NOT_SENT = ("",)
Sent = MultiDict[str, str]


class KnowsDocuments(Protocol):
    """A form that knows which documents may be cited."""

    documents: Collection[str]


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What the controls of a line hold, whether it can be kept or not."""

    state: str | None = None
    applies: str | None = None
    pointer: str = ""
    documents: tuple[str, ...] = ()

    @property
    def answer(self) -> LineAnswer:
        return LineAnswer(
            state=Mark(self.state) if self.state else None,
            documents=self.documents,
            pointer=self.pointer or None,
            applies=_YES_NO[self.applies] if self.applies else None,
        )


class EvidenceField(Field):
    """The lines whose state is kept at this item, by their ids; what is wrong stands at the control it is wrong in."""

    data: dict[str, TypedLine]

    def __init__(self, label: str, asked: Collection[Evidence], **more: Any) -> None:
        super().__init__(label, **more)
        self.asked = asked
        self.wrong: dict[str, list[str]] = {}

    def process(self, formdata: Sent | None, *_given: object, **_more: object) -> None:
        sent: Sent = formdata or MultiDict()
        self.data = {each.id: _typed(each, f"{self._prefix}{each.id}-", sent) for each in self.asked}

    def validate(self, form: Form, extra_validators: object = ()) -> bool:
        known = cast(KnowsDocuments, form).documents
        self.wrong = {}
        for line, typed in self.data.items():
            for name, problem in _problems(typed, known):
                self.wrong[self._control(line, name)] = [problem]
        self.errors = [problem for problems in self.wrong.values() for problem in problems]
        return not self.errors

    @property
    def answers(self) -> dict[str, LineAnswer]:
        return {line: typed.answer for line, typed in self.data.items()}

    @property
    def values(self) -> dict[str, list[str]]:
        """What the controls hold, by their names."""
        return values_of(self._prefix, self.asked, self.data)

    def _control(self, line: str, name: str) -> str:
        return f"{self._prefix}{line}-{name}"

    @property
    def _prefix(self) -> str:
        prefix: str = self.name.removesuffix(self.short_name)
        return prefix


def values_of(prefix: str, asked: Collection[Evidence], typed: Mapping[str, TypedLine]) -> dict[str, list[str]]:
    """Write lines as the values of their controls, by their names."""
    found: dict[str, list[str]] = {}
    for each in asked:
        line, start = typed.get(each.id, _NOTHING), f"{prefix}{each.id}-"
        found[start + "state"] = [line.state] if line.state else []
        found[start + "pointer"] = [line.pointer] if line.pointer else []
        found[start + "documents"] = list(line.documents)
        if each.when:
            found[start + "applies"] = [line.applies] if line.applies else []
    return found


def typed_line(kept: LineAnswer) -> TypedLine:
    """Write what is stated of a line as somebody would have typed it."""
    applies = {True: "yes", False: "no", None: None}[kept.applies]
    return TypedLine(kept.state.value if kept.state else None, applies, kept.pointer or "", kept.documents)


def _typed(asked: Evidence, start: str, sent: Sent) -> TypedLine:
    (state, *_), (applies, *_), (pointer, *_) = (sent.getlist(start + name) or _NOT_SENT for name in _CONTROLS)
    documents = sent.getlist(start + "documents")[:_MOST_DOCUMENTS]
    return TypedLine(
        state=parsed(state) if state else None,
        applies=parsed(applies) if applies and asked.when else None,
        pointer=tidy(pointer) if pointer else "",
        documents=tuple(dict.fromkeys(_id(each) for each in documents if each)),
    )


def _problems(typed: TypedLine, known: Collection[str]) -> Iterator[tuple[str, str]]:
    if typed.state and typed.state not in _STATES:
        yield "state", _(NOT_OFFERED)
    if typed.applies and typed.applies not in _YES_NO:
        yield "applies", _(NOT_OFFERED)
    elif typed.applies == "no" and typed.state:
        yield "applies", _(N_("Either it does not apply, or it has a state. Take one of them back"))
    if problem := too_long(typed.pointer, LONGEST_POINTER):
        yield "pointer", problem
    if any(each not in known for each in typed.documents):
        yield "documents", _(N_("This document is not in your library. Choose one that is"))


def _id(typed: str) -> str:
    """Write an id as it is kept; what is none is kept as typed, to be refused."""
    try:
        return str(UUID(typed.strip()[:60]))
    except ValueError:
        return typed[:60]


_NOTHING = TypedLine()
