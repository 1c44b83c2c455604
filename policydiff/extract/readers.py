"""Which function reads which kind of file, loaded only when such a file comes."""

from importlib import import_module
from typing import Protocol, cast

from policydiff.extract.reading import Reading, Request
from policydiff.extract.sniff import FileKind


class Reader(Protocol):
    """Reads one format; raises UnreadableInputError for a file it cannot read."""

    def __call__(self, request: Request) -> Reading:
        """Return the text of the file."""
        ...


_HOMES = {
    FileKind.PLAIN: "policydiff.extract.decoding:read_plain",
    FileKind.MARKDOWN: "policydiff.extract.markdown:read_markdown",
    FileKind.HTML: "policydiff.extract.web.html:read_html",
    FileKind.MHTML: "policydiff.extract.web.html:read_mhtml",
    FileKind.PAGES: "policydiff.extract.web.html:read_bundle",
    FileKind.DOCX: "policydiff.extract.word.docx:read_docx",
    FileKind.RTF: "policydiff.extract.word.rtf:read_rtf",
    FileKind.DOC: "policydiff.extract.word.office:read_doc",
    **dict.fromkeys((FileKind.XLSX, FileKind.XLS, FileKind.ODS), "policydiff.extract.workbook:read_workbook"),
    FileKind.PDF: "policydiff.extract.pages.pdf:read_pdf",
    FileKind.OFD: "policydiff.extract.pages.ofd:read_ofd",
    **dict.fromkeys(
        (FileKind.PNG, FileKind.JPEG, FileKind.TIFF, FileKind.BMP),
        "policydiff.extract.pages.recognition:read_picture",
    ),
}
_SMALL = {
    # Their readers take time in proportion to the size.
    FileKind.PLAIN: 1 << 20,
    FileKind.MARKDOWN: 1 << 20,
    # Elements nested or opened without end take time in proportion to the square: 50 kB of <div> half a second.
    FileKind.HTML: 50_000,
    FileKind.MHTML: 50_000,
}
"""Bytes up to which a kind is read in the caller's process; those that are not named never are."""


def reader(kind: FileKind) -> Reader | None:
    """Return what reads this kind, None where nothing does."""
    home = _HOMES.get(kind)
    if home is None:
        return None
    module, _, name = home.partition(":")
    return cast(Reader, getattr(import_module(module), name))


def is_isolated(kind: FileKind, size: int) -> bool:
    """Return whether a file of this many bytes is parsed in a worker process.

    Binary formats always are. Characters are where there are many of them; a page of real words is small.
    """
    return size > _SMALL.get(kind, -1)
