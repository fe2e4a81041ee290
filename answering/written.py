"""Whether a file is text: Unicode, or the Chinese code of older programs."""

import codecs
from typing import BinaryIO

_PIECE = 1 << 18
# Without those a text may hold: tab, line feed, form feed, carriage return, and the end mark of old files
_CONTROLS = frozenset(chr(code) for code in range(32)) - set("\t\n\f\r\x1a") | {"\x7f"}
_CODES = ("utf-8-sig", "gb18030")


def is_text(source: BinaryIO) -> bool:
    """Say whether all of a file reads as text in one of the codes."""
    source.seek(0)
    mark = source.read(2)
    codes = ("utf-16",) if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else _CODES
    return any(_reads_as(source, code) for code in codes)


def _reads_as(source: BinaryIO, code: str) -> bool:
    source.seek(0)
    decoder = codecs.getincrementaldecoder(code)()
    try:
        while piece := source.read(_PIECE):
            if not _CONTROLS.isdisjoint(decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
