"""The list of parts in an archive, read while it is short; nothing is unpacked."""

import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

MOST_PARTS = 10_000
LARGEST_LIST = 2_000_000
LARGEST_UNPACKED = 1_000_000_000
_END = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_REMARK = 65_535
_WIDE_LOCATOR = b"PK\x06\x07"
_WIDE_LOCATOR_LENGTH = 20
_LONGEST_TYPE = 100


class BadArchive(Exception):
    """An archive that is damaged, or whose list or content is far larger than any document’s."""


@dataclass(frozen=True)
class Parts:
    """What an archive holds: the names of its parts, and the media type it states of itself."""

    names: frozenset[str]
    media_type: str

    @property
    def holds_macros(self) -> bool:
        return any(
            name.casefold().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in self.names
        )


def parts_of(source: BinaryIO) -> Parts:
    """List an archive's parts. Raise BadArchive."""
    if _length_of_list(source) > LARGEST_LIST:
        raise BadArchive("long list")
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(each.file_size for each in entries) > LARGEST_UNPACKED:
                raise BadArchive("far too much inside")
            return Parts(frozenset(each.filename for each in entries), _media_type(archive))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        raise BadArchive(type(error).__name__) from error


def _media_type(archive: zipfile.ZipFile) -> str:
    """Read what an OpenDocument file says it is; it is stored as it is, for programs that look no further."""
    try:
        entry = archive.getinfo("mimetype")
    except KeyError:
        return ""
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > _LONGEST_TYPE:
        return ""
    return archive.read(entry).decode("ascii", "replace").strip()


def _length_of_list(source: BinaryIO) -> int:
    """Read, where an archive ends, how long its list is, before anything takes it into memory."""
    size = source.seek(0, 2)
    start = max(0, size - _END_LENGTH - _LONGEST_REMARK - _WIDE_LOCATOR_LENGTH)
    source.seek(start)
    tail = source.read()
    plain = len(tail) - _END_LENGTH
    is_plain = plain >= 0 and tail.startswith(_END, plain) and tail.endswith(b"\x00\x00")
    at = plain if is_plain else tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_LENGTH:
        raise BadArchive("no end")
    if tail[max(0, at - _WIDE_LOCATOR_LENGTH) : at].startswith(_WIDE_LOCATOR):
        raise BadArchive("for archives over 4 GB")
    return int(struct.unpack_from("<I", tail, at + 12)[0])
