"""Turns results into reports for other people: pure functions from a value to text or bytes, with one module for each format.

This module defines the formats, the page of each result, and the function that all callers use.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import singledispatch
from html import escape
from importlib import import_module
from math import ceil
from pathlib import PurePath
from typing import Any, Literal

from policydiff.errors import UsageError
from policydiff.model.amended import DraftedAmendment
from policydiff.model.base import Result, Value, as_json
from policydiff.report.catalog import Catalog, catalog
from policydiff.report.outline import Outline as Outline
from policydiff.report.page import Entry, Findings, Page as Page, Row, Side, Table
from policydiff.report.runs import Cell, Mark, Run, plain


class Format(StrEnum):
    """Format of a report; the option `--format` takes these values."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    """Word file: the report, or the 对照表 in the official style."""

    @property
    def suffix(self) -> str:
        """Usual ending of a file name, with its dot."""
        return _SUFFIXES[self]


class RenderOptions(Value):
    """Choices about the layout of a report. A format ignores choices for other formats, and no choice changes a figure or a label."""

    brief: bool = False
    """Short memo of one to two pages: basis and dates, ranked findings, figures, and the points that a person must judge."""
    everything: bool = False
    """Terminal, Markdown, Word: print all rows of all tables, including unchanged clauses and sentences without a source."""
    style: Literal["report", "official"] = "report"
    """Word: `official` prints only the 对照表, in the form that legislatures use."""
    columns: Literal[2, 3] = 2
    """Official style: 2 for old and new text, 3 with a further column for remarks."""
    portrait: bool = False
    """Official style: upright (portrait) pages instead of landscape pages."""
    changed_only: bool = False
    """Official style: print changed articles only instead of the whole text."""
    width: int = 100
    """Terminal: width in columns, at least 40."""
    color: bool = False
    """Terminal: use ANSI colours and styles."""
    max_characters: int = 65_536
    """Markdown: most characters of the report; details are dropped in a fixed order until the report fits."""
    link: str | None = None
    """Markdown: address of the full report, named where details were dropped."""


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
    """Return the format that the ending of a file name stands for; None for other endings.

    `.docx` stands for the report; a redline in the user's own Word file is no report and has an option of its own.

    Examples:
        >>> format_for("report.HTML")
        <Format.HTML: 'html'>
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in {".htm", ".markdown"}:
        suffix = {".htm": ".html", ".markdown": ".md"}[suffix]
    return next((form for form, own in _SUFFIXES.items() if own == suffix), None)


@singledispatch
def page_of(result: Any, say: Catalog) -> Page:
    """Return the page of a result; a page is a report before it is written in a format.

    Packages above this one add pages of their own with `@page_of.register`, over a function with the same two arguments and
    the type of the result as annotation of the first. A result may instead name the module that registers its page, in
    `_page_module`; that module is imported only when needed. Raises UsageError if there is no page for the type of `result`.
    """
    for kind in type(result).__mro__:
        # A public type has the module name "policydiff" instead of its real one after it was imported by its public name.
        if kind.__name__ in _PAGES and kind.__module__.partition(".")[0] == "policydiff":
            module, name = _PAGES[kind.__name__]
            make: Callable[..., Page] = getattr(import_module(f"policydiff.report.{module}"), name)
            return make(result, say)
    if isinstance(result, Result):
        if result._page_module is not None and page_of.dispatch(type(result)) is page_of.dispatch(object):
            import_module(result._page_module)
            return page_of(result, say)
        from policydiff.report.records_page import records_page  # noqa: PLC0415 - seldom, and never for a diff

        return records_page(result, say)
    raise UsageError(f"no report is made of a {type(result).__name__}")


_PAGES = {
    "Comparison": ("comparison_page", "comparison_page"),
    "RevisionDiff": ("revision_page", "revision_page"),
    "SourcedComparison": ("several_page", "sourced_page"),
    "PeerComparison": ("several_page", "peer_page"),
    "PaceComparison": ("over_time_page", "pace_page"),
    "RevisionHistory": ("over_time_page", "history_page"),
    "Document": ("document_page", "document_page"),
}
"""Module and function that make the page, by the name of the result's type.

The module is loaded when such a result is shown, so that a short diff need not load the pages of comparisons.
"""


_ENTRIES = {
    "taken": 5,
    "own": 6,
    "own-in-part": 2,
    "missing": 8,
    "figures": 4,
    "judge": 3,
    "substance": 14,
    "wording": 4,
}
"""Most entries of each list of a memo, by the list's name, so that a memo fits on two A4 pages; the full report has all entries."""
_OTHERWISE = 3
"""Entries of a list on the memo where the list has no number of its own, to keep it to two pages."""
_ROOM = 72
"""Lines of text on two A4 pages: eighty, less a tenth because the reader's fonts may be wider."""
_LINE, _SMALL_LINE = 39, 26
"""Chinese characters on a line of a list, and on a line of small print in half the width."""
_HEADING = 1.6
"""Lines that a heading takes, including the space around it."""


def memo(page: Page, say: Catalog) -> Page:
    """Return the memo of a page: basis and dates, lead, ranked lists, and where the full texts are; no tables or pictures."""
    where = _where(page, say)
    findings = [_shortened(each) for each in page.findings if each.entries or each.empty]
    over = _taken_by(page) + sum(map(_lines, (*findings, where))) - _ROOM
    while over > 0 and (long := [each for each in findings if len(each.entries) > 1]):
        # The longest list is shortened first, so that every list keeps its weightiest entries.
        widest = max(long, key=_lines)
        less = widest._replace(entries=widest.entries[:-1], shown=len(widest.entries) - 1)
        over -= _lines(widest) - _lines(less)
        findings[findings.index(widest)] = less
    return page._replace(
        title=say("Memo: {title}", title=page.title),
        sides=tuple(_named(side, say) for side in page.sides),
        tables=(),
        figures=(),
        pictures=(),
        legend=(),
        findings=(*findings, where),
    )


def _taken_by(page: Page) -> float:
    """Return the number of lines that the title, the sides and the sentences of a page take."""
    sides = max(
        (_on_lines(f"{label}{value}　" for label, value in side.facts) for side in page.sides), default=0
    )
    said = (page.lead, *page.answers, *(role + words for role, words in page.reading))
    return 5 + sides * 0.8 + sum(_on_lines([words], _LINE) for words in said if words)


def _lines(findings: Findings) -> float:
    """Return the number of lines that a list takes on paper, including its heading and the line that counts further findings."""
    entries = (_on_lines([plain(each.words), each.place, "1.（）"], _LINE) for each in findings.entries)
    return _HEADING + 1 + sum(entries) + bool(findings.others)


def _on_lines(words: Iterable[str], width: int = _SMALL_LINE) -> int:
    """Return how many lines of `width` Chinese characters the words take; a Latin letter takes half a character."""
    return ceil(sum(len(each.encode("gb18030")) for each in words) / 2 / width)


def _named(side: Side, say: Catalog) -> Side:
    """Return a side with the facts that a reader of a memo needs, without hash and id in the store."""
    facts = tuple(fact for fact in side.facts if fact[0] != say("In the store"))
    return side._replace(facts=facts, fingerprint="")


def _shortened(findings: Findings) -> Findings:
    most = _ENTRIES.get(findings.name, _OTHERWISE)
    return findings._replace(
        entries=findings.entries[:most], total=findings.number, listed=findings.left(0), shown=most, link=""
    )


def _where(page: Page, say: Catalog) -> Findings:
    """Return the section on sources: addresses name places in the texts, the full report shows both texts side by side."""
    lines = [
        say(
            "Each line ends with the place in the text where it stands: 二（四）3. is part 二, （四）, item 3."
        ),
        say(
            "The full report (without --brief) shows both texts side by side for every line, as HTML, Word or Excel."
        ),
    ]
    named = [
        f"{side.role}: {value}"
        for side in page.sides
        for label, value in side.facts
        if label == say("File name")
    ]
    entries = [*lines, say("Files compared: {files}.", files=say.joined(*named))] if named else lines
    return Findings("where", say("Where to look"), tuple(Entry((Run(line),)) for line in entries))


def render(
    result: Value, form: Format | str, *, lang: str = "zh", options: RenderOptions | None = None
) -> str | bytes:
    """Return a result in one of the formats: text, or bytes for csv, xlsx and docx.

    The output depends on the arguments only: neither clock nor environment is read.

    Args:
        result: A result of this package, such as a diff, a comparison, a history, a document or a list. A result that
            holds its documents is shown with headings, chapters and addresses, any other with ids of clauses.
        form: The format as `Format`, or its name.
        lang: Language of the labels, `zh` or `en`; words of documents are never translated or altered.
        options: Choices of layout; None for the defaults.

    Raises:
        UsageError: `form` is no format, the result has no such form, or `lang` has no labels.
    """
    form = _format(form)
    if form is Format.JSON:
        return as_json(result)
    options = options or RenderOptions()
    say = catalog(lang)
    if isinstance(result, DraftedAmendment):
        return text_file(result.title, result.text.splitlines()[1:], form, say)
    if options.style == "official":
        if form is not Format.DOCX:
            raise UsageError(f"the official style is a Word file (docx), not {form.value}")
        from policydiff.report.to_official import to_official  # noqa: PLC0415

        return to_official(page_of(result, say), say, options)
    page = _in_single_lines(page_of(result, say))
    if options.brief:
        if form in (Format.CSV, Format.XLSX):
            raise UsageError(
                f"a memo is text for people, not {form.value}: leave --brief out, or choose docx"
            )
        page = memo(page, say)
    if form not in (Format.CSV, Format.XLSX):
        page = _dated(page, say)
    write = getattr(import_module(f"policydiff.report.{_WRITERS[form]}"), f"to_{form.value}")
    written: str | bytes = write(page, say, options)
    return written


def _format(form: Format | str) -> Format:
    try:
        return Format(form)
    except ValueError:
        names = ", ".join(known.value for known in Format)
        raise UsageError(f"there is no format {str(form)!r}: use one of {names}") from None


def _in_single_lines(page: Page) -> Page:
    """Return the page with its title and every sentence on one line, so that a line break in a document cannot imitate a line of the report."""

    def line(words: str) -> str:
        return words.replace("\n", " ")

    sides = (
        side._replace(
            title=line(side.title), facts=tuple((label, line(value)) for label, value in side.facts)
        )
        for side in page.sides
    )
    return page._replace(
        title=line(page.title),
        lead=line(page.lead),
        answers=tuple(map(line, page.answers)),
        sides=tuple(sides),
        tables=tuple(table._replace(title=line(table.title)) for table in page.tables),
        reading=tuple((role, line(words)) for role, words in page.reading),
    )


def _dated(page: Page, say: Catalog) -> Page:
    """Return the page with the dates in its tables written for people: 2021年3月5日 instead of 2021-03-05."""

    def told(runs: Cell) -> Cell:
        return tuple(
            run._replace(text=say.day(run.text), kind=run.text) if run.mark is Mark.DAY else run
            for run in runs
        )

    def rows(table: Table) -> tuple[Row, ...]:
        return tuple(row._replace(cells=tuple(map(told, row.cells))) for row in table.rows)

    return page._replace(tables=tuple(table._replace(rows=rows(table)) for table in page.tables))


_WRITERS = {
    Format.TERMINAL: "to_terminal",
    Format.MARKDOWN: "to_text",
    Format.HTML: "to_html",
    Format.CSV: "to_text",
    Format.XLSX: "to_xlsx",
    Format.DOCX: "to_docx",
}
"""Module that writes each format; its function is named `to_` and the name of the format. Each module imports its own
library, so that a report for the terminal does not load the library for Word."""


def text_file(title: str, lines: Sequence[str], form: Format, say: Catalog) -> str | bytes:
    """Return a title and paragraphs as a document of their own: plain text, HTML, or a Word file.

    Raises UsageError if `form` is a format for tables.
    """
    if form in (Format.TERMINAL, Format.MARKDOWN):
        return "\n".join((title, *lines, ""))
    if form is Format.HTML:
        body = "".join(f"<p>{escape(line)}</p>" for line in lines)
        title = escape(title)
        return (
            '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>{title}</title><style>:root{{color-scheme:light dark}}"
            "body{max-width:42em;margin:2em auto;padding:0 1em;font:1.1em/1.8 FangSong,STFangsong,serif}"
            f"h1{{text-align:center;font-size:1.5em}}p{{text-indent:2em;margin:.3em 0}}</style><h1>{title}</h1>{body}</html>"
        )
    if form is Format.DOCX:
        from policydiff.report.to_docx import text_in_word  # noqa: PLC0415

        return text_in_word(title, lines)
    raise UsageError(say("a text is no table: give html, docx, markdown or terminal"))
