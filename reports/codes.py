"""The QR code of a seal, as rows of modules; and pictures of it that need no library."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import groupby

import segno

from reports.sealing import Seal

_QUIET = 4
_PIXELS = 8
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def code_of(mark: Seal) -> tuple[bytes, ...]:
    """Give the rows of a seal's code: number and half its digest; a module is 1 where it is dark."""
    text = f"{mark.number}/{mark.digest[:32].upper()}"
    return tuple(bytes(row) for row in segno.make(text, error="m", boost_error=False).matrix)


def path_of(rows: Sequence[bytes]) -> str:
    """Draw dark modules as an SVG path, a run of them at once."""
    drawn = []
    for y, row in enumerate(rows):
        x = 0
        for is_dark, run in groupby(row):
            width = len(list(run))
            if is_dark:
                drawn.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return "".join(drawn)


def png_of(rows: Sequence[bytes]) -> bytes:
    """Draw modules as a picture of two colours with the white around it that readers need."""
    size = (len(rows) + 2 * _QUIET) * _PIXELS
    blank = bytes(len(rows) + 2 * _QUIET)
    framed = [*[blank] * _QUIET, *(bytes(_QUIET) + row + bytes(_QUIET) for row in rows), *[blank] * _QUIET]
    lines = b"".join((b"\x00" + _line(row)) * _PIXELS for row in framed)
    header = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(*each) for each in chunks)


def _line(row: bytes) -> bytes:
    """Eight pixels a module make one byte a module: black is 0."""
    return bytes(0x00 if is_dark else 0xFF for is_dark in row)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
