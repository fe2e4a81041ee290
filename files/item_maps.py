"""Files of maps between the items of two questionnaires."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from files.basic_shapes import Id, Shape, TextShape, VersionedName, optional
from files.opening import open_shape
from files.reading import read_bytes
from files.strict_yaml import Document
from surveys.item_maps import ItemMap, Pair, Prefill, Relation

FORMAT = "plumbline/map@1"


class PairShape(Shape):
    """An item and its counterpart."""

    old: Id | None = Field(
        None, alias="from", description="The item of the old questionnaire; left out where it is new."
    )
    new: Id | None = Field(None, alias="to", description="The item of the new one; left out where it was removed.")
    relation: Literal["same", "renumbered", "merged", "split", "new", "removed"] = Field(
        description="same, renumbered, merged, split, new or removed."
    )
    prefill: Literal["full", "partial", "none"] = Field(description="How far an answer may be carried over.")
    note: TextShape | None = Field(None, description="What changed.")

    def pair(self) -> Pair:
        return Pair(self.old, self.new, Relation(self.relation), Prefill(self.prefill), optional(self.note))


class ItemMapShape(Shape):
    """A map file."""

    format: Literal["plumbline/map@1"] = Field(description="Always plumbline/map@1.")
    old: VersionedName = Field(alias="from", description="The old questionnaire version.")
    new: VersionedName = Field(alias="to", description="The new questionnaire version.")
    title: TextShape = Field(description="Its title.")
    pairs: list[PairShape] = Field(min_length=1, description="One entry a pair.")

    def item_map(self) -> ItemMap:
        return ItemMap(self.old, self.new, self.title.text(), tuple(pair.pair() for pair in self.pairs))


def load_item_map(path: Path) -> ItemMap:
    """Load a map file. Raise BadFile with every problem found."""
    return parse_item_map(read_bytes(path), str(path))[0]


def parse_item_map(data: bytes, name: str) -> tuple[ItemMap, Document]:
    """Load a map from the bytes of a file, with its lines. Raise BadFile with every problem found."""
    found, document = open_shape(ItemMapShape, data, name)
    return found.item_map(), document
