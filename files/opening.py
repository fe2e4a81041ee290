"""Bytes of any file into the shape it should have, or every problem at once."""

from typing import TypeVar

from pydantic import BaseModel

from files.placing import BadFile, Placed, place_all
from files.reading import text_of
from files.shaping import shape
from files.strict_yaml import Document, read_yaml
from surveys.problems import Problem

M = TypeVar("M", bound=BaseModel)


def open_shape(model: type[M], data: bytes, name: str, *, dates: bool = False) -> tuple[M, Document]:
    """Read and shape a file. What is wrong with its YAML and what is wrong with its keys is told together."""
    document = read_yaml(text_of(data, name), dates=dates)
    found, problems = shape(model, document.data) if document.data is not None else (None, ())
    early = tuple(place_early(document, name))
    told = {(each.line, each.place) for each in early}
    late = tuple(each for each in place_all(problems, document, name) if (each.line, each.place) not in told)
    if found is None or early:
        raise BadFile(tuple(sorted(early + late, key=lambda each: each.line or 0)) or empty(name))
    return found, document


def place_early(document: Document, name: str) -> list[Placed]:
    """Place the problems of the YAML itself, which know their line."""
    placed = [(line, place_all([each], document, name)[0]) for line, each in document.problems]
    return [Placed(name, line, each.place, each.item, each.problem) for line, each in placed]


def empty(name: str) -> tuple[Placed, ...]:
    """Say that a file holds nothing."""
    return (Placed(name, 1, "", None, Problem("not-a-mapping")),)


def refuse(problems: tuple[Problem, ...], document: Document, name: str) -> None:
    """Raise BadFile if there are problems."""
    if problems:
        raise BadFile(place_all(problems, document, name))
