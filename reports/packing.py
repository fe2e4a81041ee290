"""Zip files whose bytes say only what is in them: no clock, one order."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Pack members in the order given."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in members:
            member = ZipInfo(name, _NO_TIME)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = _READABLE
            archive.writestr(member, data)
    return target.getvalue()


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """Give the members of a zip file of ours, in its order."""
    with ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]
