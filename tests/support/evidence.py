"""Small files of every type that may be evidence, and of some that may not."""

import io
import zipfile
import zlib

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = "application/vnd.oasis.opendocument."


def packed(**parts: bytes) -> bytes:
    """An archive; `__` in a part's name stands for a slash, `_dot_` for a dot."""
    return packed_as({name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()})


def packed_as(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return packed_as({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<x/>", **more})


def open_document(kind: str, **more: bytes) -> bytes:
    return packed_as({"mimetype": (_END + kind).encode(), "content.xml": b"<x/>", **more})


def old_office(*names: str) -> bytes:
    """What begins like an old office file, and names these parts somewhere after a megabyte."""
    listed = b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in names)
    return OLE + bytes((1 << 20) - 40) + listed + bytes(512)


def picture(colour: int = 0) -> bytes:
    """A PNG of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes([0, colour]))) + chunk(b"IEND", b"")


def pdf(words: str = "") -> bytes:
    return b"%PDF-1.4\n%" + words.encode() + b"\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


GOOD: dict[str, bytes] = {
    "report.pdf": pdf(),
    "PHOTO.PNG": picture(),
    "photo.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00rest",
    "photo.jpeg": b"\xff\xd8\xff\xe1rest",
    "moving.gif": b"GIF89a\x01\x00\x01\x00",
    "photo.webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "scan.tif": b"II*\x00\x08\x00\x00\x00",
    "scan.tiff": b"MM\x00*\x00\x00\x00\x08",
    "old.bmp": b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00",
    "phone.heic": b"\x00\x00\x00\x18ftypheic\x00\x00",
    "phone.heif": b"\x00\x00\x00\x18ftypmif1\x00\x00",
    "制度.docx": office("word"),
    "table.xlsx": office("xl"),
    "slides.pptx": office("ppt"),
    "old.doc": old_office("Root Entry", "WordDocument"),
    "old.xls": old_office("Root Entry", "Workbook"),
    "older.xls": old_office("Root Entry", "Book"),
    "old.ppt": old_office("PowerPoint Document"),
    "of.wps": old_office("WordDocument"),
    "of.et": old_office("Workbook"),
    "of.dps": old_office("PowerPoint Document"),
    "free.odt": open_document("text"),
    "free.ods": open_document("spreadsheet"),
    "free.odp": open_document("presentation"),
    "invoice.ofd": packed_as({"OFD.xml": b"<x/>"}),
    "notes.txt": "Minutes of the review\n评审记录\n".encode(),
    "notes.md": b"# Minutes\n",
    "old-notes.txt": "评审记录：同意".encode("gb18030"),
    "export.csv": "编号,名称\r\n1,制度\r\n".encode("utf-8-sig"),
    "export-of-excel.csv": "编号\t名称\r\n".encode("utf-16"),
}
