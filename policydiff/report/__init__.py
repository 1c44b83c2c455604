"""Results as reports people can send on: pure functions from a value to text or bytes, one renderer a module."""

from enum import StrEnum
from pathlib import PurePath
from typing import Literal

from policydiff.model.base import Value
from policydiff.report.outline import Outline as Outline
from policydiff.report.page import Page as Page


class Format(StrEnum):
    """Form of a report; `--format` takes its value."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    """The report as a Word file; in the official style the 对照表."""

    @property
    def suffix(self) -> str:
        """Usual ending of a file name, with its dot."""
        return _SUFFIXES[self]


class RenderOptions(Value):
    """Choices about the layout of a report; a format ignores choices that concern other formats. No choice changes a figure or a label."""

    brief: bool = False
    """The memo of one to two pages: basis and dates, ranked findings, figures, what a person must judge."""
    everything: bool = False
    """Terminal, Markdown, Word: every row of every table, also what is unchanged or has no source."""
    style: Literal["report", "official"] = "report"
    """Word: `official` is the 对照表 as legislatures print it, without anything else."""
    columns: Literal[2, 3] = 2
    """Official style: old and new text, or a third column for remarks."""
    portrait: bool = False
    """Official style: upright pages instead of lying ones."""
    changed_only: bool = False
    """Official style: changed articles only instead of the whole text."""
    width: int = 100
    """Terminal: columns, at least 40."""
    color: bool = False
    """Terminal: ANSI colours and styles."""
    max_characters: int = 65_536
    """Markdown: most characters; detail is dropped in order to stay below."""
    link: str | None = None
    """Markdown: address of the full report, named where detail was dropped."""


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

    `.docx` means the report; a redline in the old Word file is no report and is asked for by name.

    Examples:
        >>> format_for("report.HTML")
        <Format.HTML: 'html'>
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in {".htm", ".markdown"}:
        suffix = {".htm": ".html", ".markdown": ".md"}[suffix]
    return next((form for form, own in _SUFFIXES.items() if own == suffix), None)


from policydiff.report.render import page_of as page_of, render as render  # noqa: E402 - knows the forms above
