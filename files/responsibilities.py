"""Files that say which clauses were assigned to which departments, as a practice to propose from."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from answering.responsibilities import Charge, Practice
from files.basic_shapes import Id, Shape, TextShape, VersionedName
from files.opening import open_shape
from files.reading import read_bytes
from files.strict_yaml import Document

FORMAT = "plumbline/responsibilities@1"


class ChargeShape(Shape):
    """What one kind of department was assigned."""

    function: Id = Field(description="What the department does, in the questionnaire's word for an owner.")
    clauses: list[str] = Field(min_length=1, description="Numbers of items, or their beginnings: A.9 is all of A.9.")

    def charge(self) -> Charge:
        return Charge(self.function, tuple(self.clauses))


class PracticeShape(Shape):
    """A file of responsibilities."""

    format: Literal["plumbline/responsibilities@1"] = Field(description="Always plumbline/responsibilities@1.")
    questionnaire: VersionedName = Field(description="The questionnaire version whose numbers are meant.")
    title: TextShape = Field(description="Where it comes from.")
    departments: list[ChargeShape] = Field(min_length=1, description="One entry a kind of department.")

    def practice(self) -> Practice:
        return Practice(self.questionnaire, tuple(each.charge() for each in self.departments))


def load_practice(path: Path) -> Practice:
    """Load a file of responsibilities. Raise BadFile with every problem found."""
    return parse_practice(read_bytes(path), str(path))[0]


def parse_practice(data: bytes, name: str) -> tuple[Practice, Document]:
    """Load responsibilities from the bytes of a file, with its lines. Raise BadFile with every problem found."""
    found, document = open_shape(PracticeShape, data, name)
    return found.practice(), document
