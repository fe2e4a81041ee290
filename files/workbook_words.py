"""The words of a workbook: its columns, its drop-downs, and every way people write the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.answers import NOT_APPLICABLE, Mark
from surveys.items import Item
from surveys.scales import Scale, ScaleKind
from surveys.text import Language, Text, each_language

Languages = tuple[Language, ...]
BOTH: Languages = (Language.ZH, Language.EN)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how it is called, how wide it is, and what it states of an item and of an evidence line."""

    id: str
    title: Text
    width: int
    of_item: str | None = None
    of_line: str | None = None


KEY = "key"
COLUMNS = (
    Column(KEY, Text("标识", "Key"), 10),
    Column("number", Text("序号", "No."), 9),
    Column("asked", Text("条款与所需证明材料", "Requirement and evidence"), 48),
    Column("judged", Text("结论／材料状态", "Conclusion / state"), 16, "conclusion", "state"),
    Column("applies", Text("条件成立", "Applies"), 9, None, "applies"),
    Column("documents", Text("证明文件", "Documents"), 24, None, "documents"),
    Column("pointer", Text("所在位置", "Where in it"), 13, None, "pointer"),
    Column("note", Text("备注", "Note"), 26, "note"),
    Column("reason", Text("不适用理由", "Why not applicable"), 17, "reason"),
    Column("improvement", Text("改进机会", "Improvement"), 18, "improvement"),
    Column("observation", Text("观察项", "Observation"), 18, "observation"),
)
DOCUMENT_COLUMNS = (
    Column(KEY, Text("标识", "Key"), 10),
    Column("number", Text("文件编号", "Number"), 18),
    Column("title", Text("文件名称", "Title"), 44),
    Column("version", Text("版本", "Version"), 12),
    Column("owner", Text("归口部门", "Owner"), 18),
    Column("dated", Text("日期", "Date"), 14),
    Column("valid_until", Text("有效期至", "Valid until"), 14),
    Column("location", Text("存放位置", "Location"), 30),
)
MARKS: Mapping[Mark, Text] = {
    Mark.HAVE: Text("有", "have"),
    Mark.PARTIAL: Text("部分", "partial"),
    Mark.MISSING: Text("缺", "missing"),
}
CONDITIONS: Mapping[bool, Text] = {True: Text("是", "yes"), False: Text("否", "no")}
EXCLUDED = Text("不适用", "not applicable")
SYNONYMS: Mapping[object, tuple[str, ...]] = {
    Mark.HAVE: ("是", "yes", "y", "√", "✓", "✔", "齐全", "具备"),
    Mark.MISSING: ("无", "没有", "否", "缺少", "no", "n", "none", "×", "✗", "✘", "x"),
    True: ("适用", "成立", "applies", "true", "y", "√", "✓"),
    False: ("不适用", "不成立", "does not apply", "not applicable", "n/a", "false", "n", "×", "x"),
    "conform": ("符合", "是", "yes", "y", "√", "✓", "conforms", "conform"),
    # A mark and a conclusion in one: both are called `partial`
    Mark.PARTIAL: ("部分符合", "部分有", "部分", "不全", "partly", "part", "partly conforms"),
    "nonconform": ("不符合", "否", "no", "n", "×", "x", "does not conform", "nonconform"),
    NOT_APPLICABLE: ("不适用", "n/a", "na", "not applicable", "无此项"),
}


def said(text: Text, languages: Languages) -> str:
    """Write a word in the languages of a workbook."""
    return " ".join(text.within(language) for language in languages)


def told(text: Text, languages: Languages) -> str:
    """Write a sentence in the languages of a workbook, each on a line of its own."""
    return "\n".join(text.within(language) for language in languages)


def plainly(text: str) -> str:
    """Reduce what somebody typed to what they meant: width, capitals and spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Choices:
    """What a drop-down offers, and how each value is recognised again."""

    def __init__(self, options: Mapping[Any, Text], numbered: Iterable[object] = ()) -> None:
        self.options = options
        self.numbered = frozenset(numbered)
        self.known = {plainly(way): value for value in options for way in (*SYNONYMS.get(value, ()), *self.ways(value))}

    def written(self, value: object, languages: Languages) -> str:
        """Write a value as the drop-down shows it."""
        words = said(self.options[value], languages)
        return f"{value} {words}" if value in self.numbered else words

    def all_written(self, languages: Languages) -> tuple[str, ...]:
        """Write the whole drop-down."""
        return tuple(self.written(value, languages) for value in self.options)

    def ways(self, value: object) -> list[str]:
        """Return how a value is written in any language, by its name or by its id."""
        languages = [(Language.ZH,), (Language.EN,), BOTH, BOTH[::-1]]
        return [
            str(value),
            *(self.written(value, each) for each in languages),
            *(words for _, words in each_language(self.options[value])),
        ]

    def find(self, text: str) -> Any | None:
        """Return the value somebody meant, or nothing."""
        return self.known.get(plainly(text))


def conclusions(scale: Scale, *, may_exclude: bool) -> Choices:
    """Return the conclusions of a scale."""
    options: dict[object, Text] = {step.value: step.name for step in scale.steps}
    steps = tuple(options) if scale.kind is ScaleKind.MATURITY else ()
    return Choices(options | ({NOT_APPLICABLE: EXCLUDED} if may_exclude else {}), steps)


def shared_with(item: Item, number: str) -> Text | None:
    """Say that an item has no lines of its own."""
    if item.shares is None:
        return None
    return Text(f"材料与{number}共用，请在那里填写。", f"Shares the evidence of {number}: fill it in there.")
