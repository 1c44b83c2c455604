"""The forms a report can take, and how a file name chooses one."""

from enum import StrEnum
from pathlib import PurePath


class Format(StrEnum):
    """Form of a report; the value is what `--format` takes."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    """对照表 in three columns."""

    @property
    def is_binary(self) -> bool:
        """Whether `render` gives bytes, not text."""
        return self in _BINARY

    @property
    def suffix(self) -> str:
        """Usual ending of a file name, with its dot."""
        return _SUFFIXES[self]


_BINARY = frozenset({Format.CSV, Format.XLSX, Format.DOCX})
_SUFFIXES = {
    Format.TERMINAL: ".txt",
    Format.MARKDOWN: ".md",
    Format.HTML: ".html",
    Format.JSON: ".json",
    Format.CSV: ".csv",
    Format.XLSX: ".xlsx",
    Format.DOCX: ".docx",
}


def format_for(name: str) -> Format | None:
    """Return the format that a file name's ending asks for, None where it asks for none.

    `.docx` means the 对照表; a redline in the old Word file is no report and is asked for by name.

    Examples:
        >>> format_for("report.HTML")
        <Format.HTML: 'html'>
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in {".htm", ".markdown"}:
        suffix = {".htm": ".html", ".markdown": ".md"}[suffix]
    return next((form for form, own in _SUFFIXES.items() if own == suffix), None)
