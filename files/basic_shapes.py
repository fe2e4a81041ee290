"""What every shape has: strictness, ids, texts in two languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from surveys.text import Named, Text

ID = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID, max_length=80)]
VersionedName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*@[a-z0-9]+([.-][a-z0-9]+)*$")]


class Shape(BaseModel):
    """Keys nobody knows are refused, and nothing is turned into something else."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextShape(Shape):
    """A text a person reads."""

    zh: str = Field(description="The Chinese wording.")
    en: str = Field(description="The English wording.")

    def text(self) -> Text:
        return Text(self.zh, self.en)


class NamedShape(TextShape):
    """An id with its name in both languages."""

    id: Id = Field(description="What other places refer to; never renamed.")

    def named(self) -> Named:
        return Named(self.id, self.text())


def optional(shape: TextShape | None) -> Text | None:
    """Return the text of a shape that may be left out."""
    return shape.text() if shape else None
