"""From bytes of unknown origin to text, or to a sentence that says why not."""

from pathlib import Path

from files.placing import BadFile, Placed
from surveys.problems import Problem, problem

LARGEST = 4 * 1024 * 1024
MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_text(path: Path) -> str:
    """Return a file's text. Raise BadFile if it cannot be read, is too large, or is not UTF-8."""
    return text_of(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, but never more than the largest size allowed."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise refusal(str(path), problem("no-such-file")) from None
    except OSError as error:
        raise refusal(str(path), problem("unreadable", detail=error.strerror or str(error))) from None
    return data


def text_of(data: bytes, name: str) -> str:
    """Decode UTF-8, with or without a byte order mark; Windows line ends are as good as others."""
    if len(data) > LARGEST:
        raise refusal(name, problem("too-large", limit=f"{LARGEST // 1024 // 1024} MB"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusal(name, problem("not-utf-8", guess=likely_encoding(data)), line) from None
    return text.replace("\r\n", "\n")


def likely_encoding(data: bytes) -> str:
    """Guess what a file that is not UTF-8 was saved as, for the advice."""
    if data[:2] in MARKS:
        return MARKS[data[:2]]
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GBK / GB 18030"


def refusal(name: str, what: Problem, line: int | None = None) -> BadFile:
    """Make the error for a file that could not be read at all."""
    return BadFile((Placed(name, line, "", None, what),))
