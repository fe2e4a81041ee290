"""Which files may be evidence: the usual office, picture and PDF types, told by their content and their name together.

Nothing is unpacked. Of an archive only the list of its parts is looked at, and that only while it is short.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

from answering.packed import BadArchive, Parts, parts_of
from answering.written import is_text

_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PIECE = 1 << 20
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})


class Refusal(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    NO_EXTENSION = "no-extension"
    NOT_AMONG = "not-among"
    ARCHIVE = "archive"
    PAGE = "page"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    DIFFERENT = "different"
    DAMAGED = "damaged"


class Refused(Exception):
    """A file is not taken; `found` is the extension its content would go by, where that is known."""

    def __init__(self, why: Refusal, extension: str = "", found: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.extension = extension
        self.found = found


@dataclass(frozen=True)
class FileType:
    """A type of file: its extension and what browsers call it."""

    extension: str
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "heic": "image/heic",
    "heif": "image/heic",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "pptx": _OFFICE + "presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "wps": "application/wps-office.wps",
    "et": "application/wps-office.et",
    "dps": "application/wps-office.dps",
    "odt": _OPEN + "text",
    "ods": _OPEN + "spreadsheet",
    "odp": _OPEN + "presentation",
    "ofd": "application/ofd",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
}
EXTENSIONS = tuple(_TYPES)
_ALIASES = {"jpeg": "jpg", "tiff": "tif", "heif": "heic"}
_TEXTS = frozenset({"txt", "md", "csv"})
_OLD_OFFICE = {
    "doc": ("WordDocument",),
    "xls": ("Workbook", "Book"),
    "ppt": ("PowerPoint Document",),
    "wps": ("WordDocument",),
    "et": ("Workbook", "Book"),
    "dps": ("PowerPoint Document",),
}
_ARCHIVES = frozenset({"zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz"})
_WITH_MACROS = frozenset({"docm", "xlsm", "pptm", "dotm", "xltm", "potm", "xlsb"})
_PAGES = frozenset({"html", "htm", "xhtml", "mht", "mhtml", "svg", "xml"})
_BY_EXTENSION = {
    **dict.fromkeys(_ARCHIVES, Refusal.ARCHIVE),
    **dict.fromkeys(_WITH_MACROS, Refusal.MACROS),
    **dict.fromkeys(_PAGES, Refusal.PAGE),
}
# What a file begins with, and the extension that goes with it
_SIGNATURES: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("jpg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("gif", lambda head: head[:6] in {b"GIF87a", b"GIF89a"}),
    ("webp", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("tif", lambda head: head[:4] in {b"II*\x00", b"MM\x00*"}),
    ("heic", lambda head: head[4:8] == b"ftyp" and head[8:12] in _HEIC),
    ("bmp", lambda head: head[:2] == b"BM" and head[6:10] == bytes(4)),
    ("pdf", lambda head: b"%PDF-" in head),
)


def recognise(name: str, source: BinaryIO) -> FileType:
    """Say what a file is, if its name and its content agree and it is of a type we take. Raise Refused."""
    extension = PurePosixPath(name).suffix[1:].casefold()
    if not extension:
        raise Refused(Refusal.NO_EXTENSION)
    if extension in _BY_EXTENSION:
        raise Refused(_BY_EXTENSION[extension], extension)
    wanted = _ALIASES.get(extension, extension)
    if wanted not in _TYPES:
        raise Refused(Refusal.NOT_AMONG, extension)
    source.seek(0)
    head = source.read(_HEAD)
    if not head:
        raise Refused(Refusal.EMPTY, extension)
    _compare(wanted, extension, head, source)
    return FileType(extension, _TYPES[wanted])


def _compare(wanted: str, extension: str, head: bytes, source: BinaryIO) -> None:
    """Look into a file as its content asks for. Raise Refused unless it is what its name says."""
    if head.startswith(b"PK\x03\x04"):
        found = _packed(extension, source)
    elif head.startswith(_OLE):
        found = _old_office(wanted, extension, source)
    else:
        found = next((name for name, fits in _SIGNATURES if fits(head)), "")
        if not found and wanted in _TEXTS and is_text(source):
            return
    if found != wanted:
        raise Refused(Refusal.DIFFERENT, extension, found)


def _packed(extension: str, source: BinaryIO) -> str:
    """Tell the types that are archives inside by the names of their parts."""
    try:
        parts = parts_of(source)
    except BadArchive:
        raise Refused(Refusal.DAMAGED, extension) from None
    if parts.holds_macros:
        raise Refused(Refusal.MACROS, extension)
    return _by_parts(parts)


def _by_parts(parts: Parts) -> str:
    if "[Content_Types].xml" in parts.names:
        folders = {name.partition("/")[0] for name in parts.names}
        return next((type_ for folder, type_ in _FOLDERS.items() if folder in folders), "")
    if "OFD.xml" in parts.names:
        return "ofd"
    return _OPEN_DOCUMENTS.get(parts.media_type, "zip")


_FOLDERS = {"word": "docx", "xl": "xlsx", "ppt": "pptx"}
_OPEN_DOCUMENTS = {_TYPES[name]: name for name in ("odt", "ods", "odp")}


def _old_office(wanted: str, extension: str, source: BinaryIO) -> str:
    """Tell the older office types by the names their parts have inside."""
    named = _mentioned(source, {"_VBA_PROJECT", "EncryptedPackage"}.union(*_OLD_OFFICE.values()))
    if "EncryptedPackage" in named:
        raise Refused(Refusal.ENCRYPTED, extension)
    if "_VBA_PROJECT" in named:
        raise Refused(Refusal.MACROS, extension)
    if named.intersection(_OLD_OFFICE.get(wanted, ())):
        return wanted
    return next((type_ for type_, names in _OLD_OFFICE.items() if named.intersection(names)), "")


def _mentioned(source: BinaryIO, names: set[str]) -> set[str]:
    """Find which of these names stand in the directory of an old office file, wherever that lies."""
    sought = {name: name.encode("utf-16-le") + b"\x00\x00" for name in names}
    found: set[str] = set()
    source.seek(0)
    tail = b""
    while piece := source.read(_OLE_PIECE):
        window = tail + piece
        found.update(name for name, text in sought.items() if text in window)
        tail = window[-100:]
    return found
