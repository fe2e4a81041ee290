"""Publish questionnaire versions of the library: check them, and record their checksums. What is recorded stays.

Usage: .venv/bin/python -m tools.record_checksum ID@VERSION …
"""

import sys

from files.library import CHECKSUMS, Library, checksum
from files.placing import BadFile
from files.questionnaires import parse_questionnaire
from surveys.text import Language


def record(name: str, library: Library) -> str:
    """Check a version and add it to the record; one that is on record already is left alone."""
    path = library.path_of(name)
    place = path.relative_to(library.root).as_posix()
    if place in library.checksums():
        return f"{name} is published already; a correction is a new version."
    data = path.read_bytes()
    parse_questionnaire(data, str(path))
    with (library.root / CHECKSUMS).open("a", encoding="utf-8") as register:
        register.write(f"{checksum(data)}  {place}\n")
    return f"{name} is on record."


def main(names: list[str]) -> int:
    """Record every version named."""
    library = Library()
    try:
        for name in names:
            print(record(name, library))
    except BadFile as bad:
        print("\n".join(problem.says(Language.EN) for problem in bad.problems), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
