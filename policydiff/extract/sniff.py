"""What a file is, by its content; its name is never believed (a `.doc` is often HTML or RTF)."""

import re
import zipfile
from enum import StrEnum
from io import BytesIO


class FileKind(StrEnum):
    """Formats that can be told apart; the value is the media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    OFD = "application/ofd"
    RTF = "application/rtf"
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    PLAIN = "text/plain"
    IMAGE = "image"
    ZIP = "application/zip"
    OTHER_OFFICE = "application/vnd.ms-office"
    UNKNOWN = "application/octet-stream"


_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<table[\s>]|<div[\s>]|<p[\s>]", re.IGNORECASE
)
_MARKDOWN = re.compile(rb"^(?:#{1,6}\s|<!--|\*\*|\|.+\||>\s)", re.MULTILINE)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes) -> FileKind:
    """Return the kind of file these bytes are; UNKNOWN for what is neither text nor a known container."""
    head = data[:4096]
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for kind, found in (
        (FileKind.PDF, b"%PDF-" in head[:1024]),
        (FileKind.RTF, stripped.startswith(b"{\\rtf")),
        (FileKind.IMAGE, head.startswith(_IMAGES)),
    ):
        if found:
            return kind
    if head.startswith(_OLE2):
        return FileKind.DOC if _WORD_STREAM in data[: 4 << 20] else FileKind.OTHER_OFFICE
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if _HTML.search(head.replace(b"\x00", b"")):
        return FileKind.HTML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide_text(head):
        return FileKind.PLAIN
    if len(_BINARY.findall(head)) * 100 > len(head):
        return FileKind.UNKNOWN
    return FileKind.MARKDOWN if _MARKDOWN.search(head) else FileKind.PLAIN


def _is_wide_text(head: bytes) -> bool:
    odd, even = head[1::2].count(0), head[0::2].count(0)
    return max(odd, even) * 10 > len(head) // 2 and min(odd, even) * 10 < max(odd, even)


def _zip_kind(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as container:
            names = {name.lower() for name in container.namelist()[:10_000]}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return FileKind.ZIP
    if "ofd.xml" in names:
        return FileKind.OFD
    return FileKind.DOCX if "word/document.xml" in names else FileKind.ZIP
