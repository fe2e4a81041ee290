"""What a workbook knows of itself, on a hidden sheet: its format, where it comes from and when, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from files.workbook_words import BOTH, Languages
from surveys.text import Language

FORMAT = "plumbline/workbook@1"
SHEET = "plumbline"


@dataclass(frozen=True)
class Stamp:
    """The questionnaire, the assessment, the version of each answer the workbook was made from, and its documents."""

    questionnaire: str
    assessment: str = ""
    languages: Languages = BOTH
    versions: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    format: str = FORMAT

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Write the stamp as rows of kind, key and value."""
        yield "format", "", self.format
        yield "questionnaire", "", self.questionnaire
        yield "assessment", "", self.assessment
        yield from (("language", language, "") for language in self.languages)
        yield from (("item", item, str(version)) for item, version in self.versions.items())
        yield from (("document", key, label) for key, label in self.labels.items())


def stamp_from(rows: Iterable[tuple[str, str, str]]) -> Stamp:
    """Read a stamp from its rows; rows of kinds nobody knows are left alone."""
    kinds: dict[str, dict[str, str]] = {}
    for kind, key, value in rows:
        kinds.setdefault(kind, {})[key] = value
    single = {kind: kinds.get(kind, {}).get("", "") for kind in ("format", "questionnaire", "assessment")}
    return Stamp(
        **single,
        languages=tuple(each for each in Language if each in kinds.get("language", {})),
        versions={item: int(version) for item, version in kinds.get("item", {}).items() if version.isdecimal()},
        labels=kinds.get("document", {}),
    )
