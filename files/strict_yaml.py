"""YAML read strictly: plain data and the line of every value.

Events are walked with a stack of our own, so that depth, aliases and repeated keys are seen before anything is built.
Only text, whole numbers and true/false are read; everything that YAML would quietly turn into something else
(`no`, `5.10`, `012`, dates, nothing at all) is refused with the advice to quote it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from surveys.problems import MOST_PROBLEMS, Path, Problem, problem

DEEPEST = 24
MOST_VALUES = 100_000
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TRUTHS = {"true": True, "false": False}
TEXT_TAG = "tag:yaml.org,2002:str"
RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers


@dataclass
class Document:
    """What was read: the data, the line of each value by its path, and what was wrong."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[tuple[int, Problem]] = field(default_factory=list)

    def line_of(self, path: Path) -> int | None:
        """Return the line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    def refuse(self, event: yaml.Event, code: str, path: Path, **words: str) -> None:
        """Note a problem at an event."""
        self.problems.append((line_of(event), Problem(code, path, words)))


def line_of(event: yaml.Event) -> int:
    """Return the line an event begins on, counted from one."""
    return event.start_mark.line + 1 if event.start_mark else 1


def read_yaml(text: str, *, dates: bool = False) -> Document:
    """Read one YAML document; `dates` lets unquoted dates pass as text."""
    document = Document()
    try:
        Builder(document, dates=dates).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        document.data = None
        document.problems.extend(syntax_problems(text, error))
    return document


def syntax_problems(text: str, error: yaml.YAMLError) -> Iterator[tuple[int, Problem]]:
    """Say where the file stops being YAML; tabs in the indentation are the usual reason, so name every one."""
    tabbed = [number for number, line in enumerate(text.split("\n"), 1) if re.match(r" *\t", line)]
    if tabbed:
        yield from ((number, problem("tab")) for number in tabbed[:MOST_PROBLEMS])
    elif isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        yield error.problem_mark.line + 1, problem("not-yaml", detail=error.problem or "")
    else:
        yield 1, problem("not-yaml", detail=str(error).split("\n")[0])


class Stopped(Exception):
    """Reading on would not help: the document is too deep, or there are too many problems."""


@dataclass
class Frame:
    """A list or mapping that is being filled."""

    path: Path
    target: Any
    key: str | None = None
    skip: bool = False


class Builder:
    """Builds plain data from YAML events."""

    def __init__(self, document: Document, *, dates: bool) -> None:
        self.document = document
        self.dates = dates
        self.stack: list[Frame] = []
        self.documents = 0

    def build(self, events: Iterator[yaml.Event]) -> None:
        """Take every event in turn."""
        takers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.open_mapping,
            yaml.SequenceStartEvent: self.open_list,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document_start,
        }
        try:
            for event in events:
                taker = takers.get(type(event))
                if taker:
                    taker(event)
        except Stopped:
            self.document.data = None

    def document_start(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(event, "several-documents")

    def open_mapping(self, event: yaml.MappingStartEvent) -> None:
        self.open(event, {})

    def open_list(self, event: yaml.SequenceStartEvent) -> None:
        self.open(event, [])

    def open(self, event: yaml.CollectionStartEvent, target: Any) -> None:
        self.look_for_tricks(event)
        if self.stack and self.awaits_key():
            self.stop(event, "key-not-text")
        if len(self.stack) >= DEEPEST:
            self.stop(event, "too-deep", DEEPEST)
        path = self.place(event, target)
        self.stack.append(Frame(path, target))

    def close(self, _event: yaml.Event) -> None:
        self.stack.pop()

    def alias(self, event: yaml.AliasEvent) -> None:
        self.document.refuse(event, "alias", self.here(), name=event.anchor or "")
        self.enough(event)
        self.place(event, None)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self.look_for_tricks(event)
        if self.stack and self.awaits_key():
            self.take_key(event)
        else:
            self.place(event, self.value(event))

    def take_key(self, event: yaml.ScalarEvent) -> None:
        """Remember the key of the next value; a key seen before is refused and its value not used."""
        frame = self.stack[-1]
        frame.key = event.value
        frame.skip = event.value in frame.target
        path = (*frame.path, event.value)
        if not isinstance(self.value(event), str):
            self.document.refuse(event, "key-not-text", path, key=event.value)
        if frame.skip:
            first = self.document.lines[path]
            self.document.refuse(event, "repeated-key", path, key=event.value, first=str(first))
            self.enough(event)
        else:
            self.document.lines[path] = line_of(event)

    def value(self, event: yaml.ScalarEvent) -> str | int | bool | None:
        """Read a scalar as text, whole number or true/false; refuse what YAML would turn into anything else."""
        text: str = event.value
        if event.style:  # quoted, or a block of text
            return text
        if not text:
            return self.refused(event, "empty-value")
        if not any(pattern.match(text) for _, pattern in RESOLVERS.get(text[0], ())):
            return text
        return self.special(event, text)

    def special(self, event: yaml.ScalarEvent, text: str) -> str | int | bool | None:
        """Read what YAML takes for something else than text."""
        if WHOLE.fullmatch(text):
            return int(text)
        if text in TRUTHS:
            return TRUTHS[text]
        if self.dates and DATE.fullmatch(text):
            return text
        return self.refused(event, "surprising", text)

    def refused(self, event: yaml.ScalarEvent, code: str, text: str = "") -> str | None:
        """Note a scalar that cannot be taken as it stands, and stand in for it so that reading goes on."""
        self.document.refuse(event, code, self.here(), text=text)
        self.enough(event)
        return text or None

    def place(self, event: yaml.Event, value: Any) -> Path:
        """Put a value where it belongs and remember its line."""
        path = self.here()
        if len(self.document.lines) > MOST_VALUES:
            self.stop(event, "too-many-values", MOST_VALUES)
        if not self.stack:
            self.document.data = value
            self.document.lines[path] = line_of(event)
            return path
        frame = self.stack[-1]
        if isinstance(frame.target, list):
            self.document.lines[path] = line_of(event)
            frame.target.append(value)
        elif not frame.skip:
            frame.target[frame.key] = value
        frame.key = None
        return path

    def here(self) -> Path:
        """Return the path of the value that comes next."""
        if not self.stack:
            return ()
        frame = self.stack[-1]
        if isinstance(frame.target, list):
            return (*frame.path, len(frame.target))
        return (*frame.path, frame.key) if frame.key is not None else frame.path

    def awaits_key(self) -> bool:
        frame = self.stack[-1]
        return isinstance(frame.target, dict) and frame.key is None

    def look_for_tricks(self, event: Any) -> None:
        """Refuse tags; an anchor does no harm as long as no alias uses it."""
        if event.tag not in (None, "!", TEXT_TAG):
            self.document.refuse(event, "tag", self.here(), tag=event.tag)
            self.enough(event)

    def enough(self, event: yaml.Event) -> None:
        if len(self.document.problems) >= MOST_PROBLEMS:
            self.stop(event, "too-many-problems")

    def stop(self, event: yaml.Event, code: str, limit: int = 0) -> None:
        self.document.refuse(event, code, self.here(), limit=str(limit))
        raise Stopped
