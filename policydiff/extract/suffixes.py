"""The usual ending of a captured file's name, by the media type found in its content."""

from pathlib import PurePath

from policydiff.extract.sniff import FileKind

_SUFFIXES = {
    FileKind.PDF: "pdf",
    FileKind.DOCX: "docx",
    FileKind.DOC: "doc",
    FileKind.OFD: "ofd",
    FileKind.XLSX: "xlsx",
    FileKind.XLS: "xls",
    FileKind.ODS: "ods",
    FileKind.RTF: "rtf",
    FileKind.HTML: "html",
    FileKind.MHTML: "mht",
    FileKind.MARKDOWN: "md",
    FileKind.PLAIN: "txt",
    FileKind.PNG: "png",
    FileKind.JPEG: "jpg",
    FileKind.TIFF: "tiff",
    FileKind.BMP: "bmp",
    FileKind.PAGES: "zip",
}


def suffix_for(media_type: str, name: str | None = None) -> str:
    """Return the ending without its dot: of the format, else the name's own, else `bin`."""
    known = {kind.value: suffix for kind, suffix in _SUFFIXES.items()}.get(media_type)
    return known or (PurePath(name).suffix.lstrip(".").lower() if name else "") or "bin"
