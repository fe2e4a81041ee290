"""How the command line speaks: in the terminal's language, a line a problem, with a meaningful exit status."""

import os

from words import Words, negotiate, words

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 130


class Complaint(Exception):
    """Something is wrong that the person at the console can mend; one line a problem."""

    def __init__(self, *lines: str, status: int = FAILED) -> None:
        super().__init__("\n".join(lines))
        self.status = status


def tongue() -> Words:
    """The terminal's language."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return words(negotiate([next((name.partition(".")[0] for name in names if name), "en")]))


def _(message: str, /, **values: object) -> str:
    return tongue().gettext(message, **values)
