"""Keep translations/ in step with the code: `update` rewrites the catalogue, `check` says all that is wrong with it.

English is the source; a catalogue is read from its .po at start, so there is nothing to compile.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
SAME_AS_SOURCE = ROOT / "translations" / "zh" / "same-as-source.txt"
NOT_SHOWN_TO_PEOPLE = {"bench", "build", "data", "migrations", "tests", "tools"}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "both": None,
    "counted": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
OPTIONS = {"templates/**.html": {"extensions": "jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false"}}
HEADER = """\
# The words of Plumbline in Chinese. `make translations` adds what is new and drops what is gone.
msgid ""
msgstr ""
"Language: zh\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”》）]\s*[,.;:!?()]\s*(?=[\u4e00-\u9fff“《（]|$)", re.MULTILINE)


def extract() -> Catalog:
    """Collect every message that code and templates mark."""
    source = Catalog()
    found = extract_from_dir(ROOT, METHODS, OPTIONS, KEYWORDS, comment_tags=["i18n:"], directory_filter=_is_shown)
    for path, _line, message, comments, context in found:
        source.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    return source


def read(path: Path = CATALOGUE) -> Catalog:
    """Read a catalogue, or begin one."""
    if not path.exists():
        return Catalog(locale="zh")
    with path.open("rb") as file:
        return read_po(file, locale="zh")


def updated(catalogue: Catalog, source: Catalog) -> str:
    """Write what the catalogue looks like once it holds exactly the source's messages."""
    catalogue.update(source, no_fuzzy_matching=True)
    text = BytesIO()
    write_po(text, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return HEADER + text.getvalue().decode()


def problems(catalogue: Catalog, same_as_source: Iterable[str] = ()) -> Iterator[str]:
    """Say what is untranslated, doubtful, or translated wrongly."""
    allowed = set(same_as_source)
    for message in catalogue:
        if message.id:
            for problem in _problems_of(message, allowed):
                yield f"{_source(message)!r} {problem}"
    for identifier in catalogue.obsolete:
        yield f"{identifier!r} is obsolete; type: make translations"


def check() -> list[str]:
    """Collect all that keeps the catalogue from being complete and fresh."""
    found = list(problems(read(), _allowed()))
    if not CATALOGUE.exists() or updated(read(), extract()) != CATALOGUE.read_text(encoding="utf-8"):
        found.append("translations/ is not what code and templates say; type: make translations")
    return found


def update() -> list[str]:
    """Bring the catalogue up to date, and say what now waits for its translation."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(updated(read(), extract()), encoding="utf-8")
    return list(problems(read(), _allowed()))


def _problems_of(message: Message, allowed: set[str]) -> Iterator[str]:
    translations = [message.string] if isinstance(message.string, str) else list(message.string or ("",))
    if not all(translations):
        yield "is not translated"
        return
    if message.fuzzy:
        yield "is marked fuzzy"
    for text in translations:
        yield from _problems_between(_source(message), text, allowed)


def _problems_between(source: str, text: str, allowed: set[str]) -> Iterator[str]:
    has_letters = any(character.isalpha() for character in PLACEHOLDER.sub("", text))
    if text == source and has_letters and text not in allowed:
        yield f"is the same in Chinese; if that is right, add it to {SAME_AS_SOURCE.name}"
    if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(source)):
        yield f"has other placeholders in {text!r}"
    if HALF_WIDTH.search(text):
        yield f"has half-width punctuation in {text!r}"


def _source(message: Message) -> str:
    """The English text; of a plural the form for many, which holds every placeholder."""
    return message.id if isinstance(message.id, str) else str(message.id[-1])


def _allowed() -> list[str]:
    return SAME_AS_SOURCE.read_text(encoding="utf-8").splitlines() if SAME_AS_SOURCE.exists() else []


def _is_shown(folder: str | os.PathLike[str]) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in NOT_SHOWN_TO_PEOPLE


def main(mode: str) -> str | None:
    """Run one of the modes; return what is wrong."""
    modes = {"update": update, "check": check}
    return "\n".join(modes[mode]()) or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
