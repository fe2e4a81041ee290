"""Versions retired after they were published: kept beside the library, because a published file never changes."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import Field

from files.basic_shapes import Shape, TextShape, VersionedName
from files.opening import open_shape
from files.reading import read_bytes
from surveys.questionnaire import Questionnaire, Status


class RetirementShape(Shape):
    """One version that is no longer begun with."""

    questionnaire: VersionedName = Field(description="The version that is retired.")
    because: TextShape = Field(description="Why.")
    replaced_by: VersionedName | None = Field(None, description="The version to use instead.")

    def applied(self, found: Questionnaire) -> Questionnaire:
        """Return the version as retired."""
        successor = self.replaced_by or found.replaced_by
        return replace(found, status=Status.RETIRED, retired_because=self.because.text(), replaced_by=successor)


class RetirementsShape(Shape):
    """The file `retired.yaml` of a library."""

    format: Literal["plumbline/retired@1"] = Field(description="Always plumbline/retired@1.")
    retired: list[RetirementShape] = Field(description="One entry a version.")


def load_retirements(path: Path) -> dict[str, RetirementShape]:
    """Return what was retired since, by version; nothing where the library has no such file."""
    if not path.exists():
        return {}
    found, _ = open_shape(RetirementsShape, read_bytes(path), str(path))
    return {each.questionnaire: each for each in found.retired}
