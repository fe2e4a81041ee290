"""Both languages are there, each is itself, and the texts fit where they are shown."""

import re
import unicodedata
from collections.abc import Iterator

from surveys.checks.texts import Role, texts_of
from surveys.problems import Path, Problem
from surveys.questionnaire import Questionnaire
from surveys.text import Language, Text, each_language

LIMITS = {
    Role.NAME: Text("20", "60"),
    Role.QUESTION: Text("120", "320"),
    Role.LINE: Text("60", "180"),
    Role.GUIDANCE: Text("160", "420"),
    Role.PROSE: Text("400", "1200"),
}
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
BETTER_IN_CHINESE = dict(zip(',;:?!()."', "，；：？！（）。“", strict=True)) | {"...": "……", "--": "——"}
BESIDE = r"\u3400-\u9fff“”‘’「」《》（）、，。；："
HALF_WIDTH = re.compile(
    rf'(?<=[{BESIDE}])[,;:?!()"]|[,;?!()"](?=[{BESIDE}])|(?<=[{BESIDE}])\.(?=$|[{BESIDE}])|\.\.\.|--'
)
FULL_WIDTH = dict(zip("，。；：？！（）、", ",.;:?!(),", strict=True))
FULL_WIDTH_MARK = re.compile("[" + "".join(FULL_WIDTH) + "]")
WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]")
MARKUP = re.compile(r"</?[A-Za-z!][^>]*>?|&(?:[a-z]{2,8}|#\d+);")
INVISIBLE = re.compile(r"[\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
STRAY = re.compile(r"^\s|\s$|  ")


def check_wording(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Check every text a person reads."""
    for path, role, text in texts_of(questionnaire):
        yield from check_text(path, role, text)


def check_text(path: Path, role: Role, text: Text) -> Iterator[Problem]:
    """Check one text in both languages."""
    blank = [language for language, words in each_language(text) if not words.strip()]
    yield from (Problem("blank", (*path, str(language))) for language in blank)
    if blank:
        return
    if text.zh == text.en:
        yield Problem("untranslated", path)
        return
    yield from chinese(text.zh, (*path, "zh"))
    yield from english(text.en, (*path, "en"))
    for language, words in each_language(text):
        yield from either(words, (*path, str(language)))
        yield from length(words, language, role, (*path, str(language)))


def chinese(words: str, path: Path) -> Iterator[Problem]:
    """Chinese has Chinese characters and full-width punctuation beside them."""
    if not CHINESE.search(words):
        yield Problem("no-chinese", path)
        return
    for found in every(HALF_WIDTH, words):
        yield Problem("half-width", path, {"found": found, "better": BETTER_IN_CHINESE[found]})


def english(words: str, path: Path) -> Iterator[Problem]:
    """English has no Chinese characters and no full-width punctuation."""
    for found in every(CHINESE, words):
        yield Problem("chinese-in-english", path, {"found": found})
    for found in every(FULL_WIDTH_MARK, words):
        yield Problem("full-width", path, {"found": found, "better": FULL_WIDTH[found]})


def either(words: str, path: Path) -> Iterator[Problem]:
    """Neither language has markup, wide letters, invisible characters or stray spaces."""
    for found in every(WIDE, words):
        yield Problem("wide-letters", path, {"found": found, "better": unicodedata.normalize("NFKC", found)})
    for found in every(MARKUP, words):
        yield Problem("markup", path, {"found": found})
    for found in every(INVISIBLE, words):
        yield Problem("invisible", path, {"found": f"U+{ord(found):04X}"})
    if STRAY.search(words):
        yield Problem("stray-space", path)


def every(pattern: re.Pattern[str], words: str) -> tuple[str, ...]:
    """Return everything a pattern finds, each once."""
    return tuple(dict.fromkeys(pattern.findall(words)))


def length(words: str, language: Language, role: Role, path: Path) -> Iterator[Problem]:
    """A text fits where it is shown."""
    limit = int(LIMITS[role].within(language))
    if len(words) > limit:
        yield Problem("too-long", path, {"length": str(len(words)), "limit": str(limit)})
