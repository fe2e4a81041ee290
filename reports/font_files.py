"""A face whose outlines stay in its file and whose tables lie in arrays.

ReportLab holds the whole file and four dictionaries of thirty thousand characters, 22 MB a face, and copies all
outlines for every 256 characters that a document takes from it. Our own four faces need none of it.
"""

from __future__ import annotations

import os
import struct
import sys
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

_FULL_UNICODE = (3, 10)
_SEGMENTS = 12
_SPACE, _FIXED_SPACE = 0x20, 0xA0
_PLANE = 0x10000
_THOUSAND = 1000


class OnDisk:
    """The bytes of a file from one place to another, read where they are asked for; forked workers may share it."""

    def __init__(self, handle: int, start: int, length: int) -> None:
        self.handle, self.start, self.length = handle, start, length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, wanted: slice) -> bytes:
        first, last, _ = wanted.indices(self.length)
        return os.pread(self.handle, max(0, last - first), self.start + first)


class Glyphs(Mapping[int, int]):
    """Which glyph draws a character; 0 in the array stands for none."""

    def __init__(self) -> None:
        self.plain = array("H", bytes(2 * _PLANE))
        self.rare: dict[int, int] = {}

    def __getitem__(self, code: int) -> int:
        glyph = self.plain[code] if 0 <= code < _PLANE else self.rare.get(code, 0)
        if not glyph:
            raise KeyError(code)
        return glyph

    def __iter__(self) -> Iterator[int]:
        yield from (code for code, glyph in enumerate(self.plain) if glyph)
        yield from self.rare

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def put(self, code: int, glyph: int) -> None:
        if code < _PLANE:
            self.plain[code] = glyph
        else:
            self.rare[code] = glyph


class Advances(Mapping[int, float]):
    """How far each character advances, in thousandths of its size."""

    def __init__(self, glyphs: Glyphs, face: SlimFace) -> None:
        self.glyphs, self.face = glyphs, face

    def __getitem__(self, code: int) -> float:
        return self.face.advance_of(self.glyphs[code])

    def __iter__(self) -> Iterator[int]:
        return iter(self.glyphs)

    def __len__(self) -> int:
        return len(self.glyphs)


class Metrics:
    """Advance and left bearing of each glyph; those at the end share the last advance."""

    def __init__(self, table: array[int], advances: int) -> None:
        self.table, self.advances = table, advances

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self.advances:
            return self.table[2 * glyph], self.table[2 * glyph + 1]
        return self.table[2 * self.advances - 2], self.table[self.advances + glyph]


class SlimFace(TTFontFace):
    """A face of ours: characters by segments, long places of glyphs, as all four have them."""

    def readFile(self, f: str) -> None:  # noqa: N802 - ReportLab's name
        path = Path(f)
        self.filename = str(path)
        self._ttf_data = OnDisk(os.open(path, os.O_RDONLY | os.O_CLOEXEC), 0, path.stat().st_size)
        self._pos = 0

    def extractInfo(self, _charInfo: int = 1) -> None:  # noqa: N802, N803 - ReportLab's names
        """Let ReportLab read what is small, and read the tables of characters ourselves."""
        super().extractInfo(0)
        self.hmetrics = Metrics(
            self._numbers("H", *self._extent("hmtx")), self.get_ushort(self._extent("hhea")[0] + 34)
        )
        self.glyphPos = self._numbers("L", *self._extent("loca"))
        self.charToGlyph = self._glyphs()
        self.charWidths = Advances(self.charToGlyph, self)
        self.defaultWidth = self.advance_of(0)

    def get_table(self, tag: str) -> bytes:
        """Give a table; the outlines as what is read piece by piece."""
        start, length = self._extent(tag)
        if tag == "glyf":
            return cast(bytes, OnDisk(self._ttf_data.handle, start, length))
        return self._ttf_data[start : start + length]

    def advance_of(self, glyph: int) -> float:
        advance: int = self.hmetrics[glyph][0]
        return advance if self.unitsPerEm == _THOUSAND else advance * (_THOUSAND / int(self.unitsPerEm))

    def _extent(self, tag: str) -> tuple[int, int]:
        start, length = self.get_table_pos(tag)
        return start, length

    def _numbers(self, kind: str, start: int, length: int) -> array[int]:
        """Read a table of numbers of one width."""
        found = array("I" if kind == "L" else kind)
        found.frombytes(self._ttf_data[start : start + length])
        if sys.byteorder == "little":
            found.byteswap()
        return found

    def _glyphs(self) -> Glyphs:
        found = Glyphs()
        start, length = self._segments()
        numbers = self._numbers("L", start + 16, length - 16)
        for place in range(0, len(numbers), 3):
            first, last, glyph = numbers[place : place + 3]
            for code in range(first, last + 1):
                found.put(code, glyph + code - first)
        if _SPACE in found:
            found.put(_FIXED_SPACE, found[_SPACE])
        return found

    def _segments(self) -> tuple[int, int]:
        """Find where the characters of all planes are listed."""
        start, _ = self._extent("cmap")
        for entry in range(self.get_ushort(start + 2)):
            platform, encoding, offset = struct.unpack(">HHL", self.get_chunk(start + 4 + 8 * entry, 8))
            if (platform, encoding) == _FULL_UNICODE and self.get_ushort(start + offset) == _SEGMENTS:
                return start + offset, self.get_ulong(start + offset + 4)
        raise TTFError(f"{self.filename}: no table of all characters")
