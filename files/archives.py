"""Zip archives from outside, looked into before anything unpacks them."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MOST_MEMBERS = 300
LARGEST_UNPACKED = 24 * 1024 * 1024
STEP = 64 * 1024
# Office files name no entities; a file that declares some wants to grow while it is read
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Refused(Exception):
    """An archive that is not unpacked; says which problem it is."""

    def __init__(self, code: str, **words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def check_archive(data: bytes) -> None:
    """Raise Refused for what is no archive of an office program, or unpacks to more than any needs.

    The sizes an archive states are not believed: everything is inflated once and counted.
    """
    if data.startswith(OLD_OFFICE):
        raise Refused("workbook-old-format")
    try:
        with ZipFile(BytesIO(data)) as archive:
            check_members(archive)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Refused("not-a-workbook") from error


def check_members(archive: ZipFile) -> None:
    """Inflate every member and throw it away again."""
    members = archive.infolist()
    if "[Content_Types].xml" not in archive.namelist():
        raise Refused("not-a-workbook")
    if len(members) > MOST_MEMBERS:
        raise too_large()
    left = LARGEST_UNPACKED
    for member in members:
        with archive.open(member) as file:
            last = b""
            while step := file.read(STEP):
                left -= len(step)
                if left < 0:
                    raise too_large()
                if any(each in last + step for each in DECLARATIONS):
                    raise Refused("workbook-unreadable")
                last = step[-len(DECLARATIONS[0]) :]


def too_large() -> Refused:
    """Make the refusal of an archive that grows too much."""
    return Refused("workbook-too-large", limit=f"{LARGEST_UNPACKED // 1024 // 1024} MB")
