"""The main table of a report as CSV that Excel opens rightly, and pages as plain lines for mails, logs and workflows."""

import csv
import re
from io import StringIO

from policydiff.lexicon.widths import visible
from policydiff.report.catalog import Catalog
from policydiff.report.page import Entry, Page
from policydiff.report.runs import Cell, Mark, apart, in_plain_text

_FORMULA_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # full width: East Asian Excel reads them so
_SIGNS = {Mark.INSERT: ("{+", "+}"), Mark.DELETE: ("[-", "-]")}


def to_csv(page: Page) -> bytes:
    """Return the main table, one fact a column, one row a line; changed words carry the signs of `git diff --word-diff`."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    table = page.main_table.flat or page.main_table
    writer.writerow([column.full or column.label for column in table.columns])
    for row in table.rows:
        writer.writerow([safe(_text(cell)) for cell in row.cells])
    return stream.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """Return the text such that no spreadsheet takes it for a formula: an apostrophe goes before it.

    Examples:
        >>> safe("=cmd|' /C calc'!A0")
        "'=cmd|' /C calc'!A0"
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _text(runs: Cell) -> str:
    parts = []
    for run in apart(runs):
        before, after = _SIGNS.get(run.mark, ("", ""))
        parts.append(f"{before}{visible(run.text)}{after}")
    return "".join(parts)


_BLANKS = re.compile(r"\s+")
_MOST_COMMANDS = 10
"""Annotations of each kind that GitHub shows for a step."""
_COMMANDS = {"error": "error", "failed": "warning", "warning": "warning"}
"""Workflow command by the kind of an entry; all others are notices."""


def one_line(text: str, limit: int = 300) -> str:
    """Return a text on one line, hidden characters made visible, cut at a length."""
    line = visible(_BLANKS.sub(" ", text)).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


def entry_line(entry: Entry, limit: int = 300) -> str:
    """Return a finding as a line, with its place at the end."""
    place = f" ({entry.place})" if entry.place else ""
    return one_line(in_plain_text(entry.words) + place, limit)


def page_lines(page: Page, say: Catalog) -> str:
    """Return title, lead and findings of a page as lines of text."""
    lines = [f"{page.title}{say.colon}{page.lead}" if page.lead else page.title]
    for findings in page.findings:
        if findings.entries:
            lines.append(one_line(say("{title} ({n})", title=findings.title, n=findings.number)))
            lines += [f"  {entry_line(entry)}" for entry in findings.entries]
        elif findings.empty:
            lines.append(f"  {one_line(findings.empty)}")
    return "\n".join(lines) + "\n"


def workflow_commands(page: Page) -> list[str]:
    """Return GitHub workflow commands for the findings of a page, as many of each kind as GitHub shows."""
    held: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    for findings in page.findings:
        for entry in findings.entries:
            kind = _COMMANDS.get(entry.kind, "notice")
            title = next((run.text for run in entry.words if run.mark is Mark.BADGE), findings.title)
            words = in_plain_text([run for run in entry.words if run.mark is not Mark.BADGE])
            place = f" ({entry.place})" if entry.place else ""
            held[kind].append(f"::{kind} title={_property(title)}::{_value(words + place)}")
    return [command for commands in held.values() for command in commands[:_MOST_COMMANDS]]


def _value(text: str) -> str:
    """Return a text as the message of a workflow command."""
    return one_line(text, 1000).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a text as a property of a workflow command."""
    return _value(text).replace(":", "%3A").replace(",", "%2C")
