"""A page as plain text: Markdown with a limit of length, CSV that Excel opens correctly, and lines for mails, logs and CI jobs."""

import csv
import re
from io import StringIO
from typing import NamedTuple

from policydiff.lexicon.text_marks import first_words
from policydiff.lexicon.widths import safe, visible
from policydiff.report import RenderOptions
from policydiff.report.catalog import Catalog
from policydiff.report.page import Entry, Findings, Page, Strip, Table
from policydiff.report.pictures import picture_table
from policydiff.report.runs import SIGNED, Cell, Mark, Run, apart, in_plain_text, plain, shortened


def to_csv(page: Page, _say: Catalog, _options: RenderOptions) -> bytes:
    """Return the main table, with one fact per column and one row per line; changed words have the signs of `git diff --word-diff`."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    table = page.main_table.flat or page.main_table
    writer.writerow([column.full or column.label for column in table.columns])
    for row in table.rows:
        writer.writerow([safe(_text(cell)) for cell in row.cells])
    return stream.getvalue().encode("utf-8-sig")


def _text(runs: Cell) -> str:
    parts = []
    for run in apart(runs):
        before, after = SIGNED.get(run.mark, ("", ""))
        parts.append(f"{before}{visible(run.text)}{after}")
    return "".join(parts)


_MOST_COMMANDS = 10
"""Most annotations of each kind that GitHub shows for a step."""
_COMMANDS = {"error": "error", "failed": "warning", "warning": "warning"}
"""Workflow command for the kind of an entry; other kinds become notices."""


def one_line(text: str, limit: int = 300) -> str:
    """Return a text on one line of at most `limit` characters, cut between two words, with hidden characters made visible."""
    line = visible(" ".join(text.split())).strip()
    return line if len(line) <= limit else first_words(line, limit - 1) + "…"


def entry_line(entry: Entry, limit: int = 300) -> str:
    """Return a finding and its place as a line of text; only the finding's words are shortened."""
    place = f" ({one_line(entry.place, limit // 2)})" if entry.place else ""
    return one_line(in_plain_text(entry.words), limit - len(place)) + place


def _judged(page: Page, say: Catalog) -> tuple[Findings, ...]:
    """Return the lists of a page; the main table is a further list if its rows begin with a badge."""
    table = page.main_table
    judged = [row for row in table.rows if [run.mark for run in row.cells[0]] == [Mark.BADGE]]
    rows = [] if table.is_detail else judged
    entries = tuple(
        Entry(
            (*row.cells[0], Run(f" {plain(row.cells[1])}{say.colon}"), *row.cells[-1]),
            " ".join(filter(None, (row.group, *map(plain, row.cells[2:-1])))),
            kind=row.kind,
        )
        for row in rows
    )
    return (*page.findings, *((Findings(table.name, table.title, entries),) if entries else ()))


def page_lines(page: Page, say: Catalog) -> str:
    """Return title, lead and findings of a page as lines of text."""
    lines = [f"{page.title}{say.colon}{page.lead}" if page.lead else page.title]
    for findings in _judged(page, say):
        if findings.entries:
            lines.append(one_line(say("{title} ({n})", title=findings.title, n=findings.number)))
            lines += [f"  {entry_line(entry)}" for entry in findings.entries]
        elif findings.empty:
            lines.append(f"  {one_line(findings.empty)}")
    return "\n".join(lines) + "\n"


def workflow_commands(page: Page, say: Catalog) -> list[str]:
    """Return GitHub workflow commands for the findings of a page, at most as many of each kind as GitHub shows."""
    held: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    for findings in _judged(page, say):
        for entry in findings.entries:
            kind = _COMMANDS.get(entry.kind, "notice")
            title = next((run.text for run in entry.words if run.mark is Mark.BADGE), findings.title)
            words = in_plain_text([run for run in entry.words if run.mark is not Mark.BADGE])
            place = f" ({entry.place})" if entry.place else ""
            label = _value(title).replace(":", "%3A").replace(",", "%2C")  # a property of the command
            held[kind].append(f"::{kind} title={label}::{_value(words + place)}")
    return [command for commands in held.values() for command in commands[:_MOST_COMMANDS]]


def _value(text: str) -> str:
    """Return a text as the message of a workflow command, with its special characters escaped."""
    return one_line(text, 1000).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$#!]")
_MENTION = re.compile(r"@(?=\w)")
_ADDRESS = re.compile(r"(?:https?|ftp|mailto|xmpp):|www\.", re.IGNORECASE)
_LIST_START = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)
_TAGS = {
    Mark.INSERT: ("<ins>", "</ins>"),
    Mark.DELETE: ("<del>", "</del>"),
    Mark.SHARED: ("<b>", "</b>"),
    Mark.BADGE: ("**", "**"),
    Mark.STRONG: ("**", "**"),
}


class _Detail(NamedTuple):
    """The details that a Markdown report keeps."""

    least_weight: int
    """Least weight of a row; rows below it are left out."""
    longest_text: int | None
    """Most characters of a cell; None for all."""
    most_rows: int | None
    """Most rows of a table; None for all."""
    all_parts: bool = True
    """Whether pictures and legend are kept too."""
    entries: int = 3
    """Entries kept of a list, as a multiple of the number on the first screen."""


_STEPS = (
    _Detail(0, None, None),
    _Detail(1, 200, None),
    _Detail(2, 200, None),
    _Detail(2, 80, 120),
    _Detail(2, 60, 20, entries=1),
    _Detail(2, 40, 5, all_parts=False, entries=1),
    _Detail(3, 40, 0, all_parts=False, entries=1),
    _Detail(3, 40, 0, all_parts=False, entries=0),
)
_LONGEST_FACT = 300
"""Most characters of an answer, or of one cell, in Markdown; the other formats show the whole."""


def to_markdown(page: Page, say: Catalog, options: RenderOptions) -> str:
    """Return the report with as much detail as the limit allows, and a sentence if details were left out."""
    written = ""
    for step, detail in enumerate(_STEPS):
        written = _written(page, say, options, detail, cut=step > 0)
        if len(written) <= options.max_characters:
            break
    return written


def escape(text: str) -> str:
    r"""Return the text escaped for Markdown, so that it makes no markup, mention, link or list.

    Examples:
        >>> escape("*甲* | <script>")
        '\\*甲\\* \\| \\<script\\>'
    """
    shown = _SPECIAL.sub(r"\\\g<0>", visible(text))
    shown = _MENTION.sub("@<!-- -->", shown)
    shown = _ADDRESS.sub(lambda match: f"{match[0][:-1]}<!-- -->{match[0][-1]}", shown)
    return _LIST_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", shown)


def _written(page: Page, say: Catalog, options: RenderOptions, detail: _Detail, *, cut: bool) -> str:
    parts = [f"## {escape(page.title)}"]
    if page.sides:
        lines = ["| | | |", "|---|---|---|"]
        for side in page.sides:
            facts = "<br>".join(f"{escape(label)} {_cell_text(value)}" for label, value in side.facts)
            lines.append(f"| {escape(side.role)} | **{_cell_text(side.title)}** | {facts} |")
        parts.append("\n".join(lines))
    parts += _answers(page, say)
    if cut:
        words, name = say("Shortened to fit: detail was left out."), say("full report")
        link = re.sub(r"[<>\s\\]", "", visible(options.link or ""))
        parts.append(f"_{words}_ [{name}](<{link}>)" if link else f"_{words}_")
    for findings in page.findings:
        parts += _findings(findings, say, options, detail)
    parts += _tables(page, say, options, detail)
    if page.legend and detail.all_parts:
        terms = say.semicolon.join(
            f"**{escape(term)}** {escape(explanation)}" for term, explanation in page.legend
        )
        title = say("Legend")
        parts.append(f"<details><summary>{title}</summary>\n\n{terms}\n\n</details>")
    parts.append(f"<sub>{escape(page.notice)}</sub>" if page.notice else "")
    return "\n\n".join(part for part in parts if part) + "\n"


def _answers(page: Page, say: Catalog) -> list[str]:
    parts = [f"**{escape(_short(page.lead, _LONGEST_FACT))}**"] if page.lead else []
    parts += [escape(_short(answer, _LONGEST_FACT)) for answer in page.answers]
    parts += [escape(f"{role}{say.colon}{words}") for role, words in page.reading]
    if page.figures:
        parts.append(" · ".join(f"{escape(figure.label)} **{figure.number}**" for figure in page.figures))
    return parts


def _tables(page: Page, say: Catalog, options: RenderOptions, detail: _Detail) -> list[str]:
    parts: list[str] = []
    for picture in page.pictures:
        is_short = not isinstance(picture, Strip) or bool(picture.kinds)
        if detail.all_parts and is_short:
            parts += _table(picture_table(picture, say), say, options, detail._replace(least_weight=0))
    for table in page.tables:
        if options.everything or not table.is_detail:
            heads = _table(table, say, options, detail)
            parts += heads[1:] if table.title == page.title else heads
    if page.tables and not page.main_table.rows and not page.main_table.is_detail:
        parts.append(escape(say("none")))
    return parts


def _cell_text(text: str) -> str:
    return escape(_short(text, _LONGEST_FACT)).replace("\n", "<br>")


def _findings(findings: Findings, say: Catalog, options: RenderOptions, detail: _Detail) -> list[str]:
    """Return a list of findings; entries beyond the limit are counted."""
    if detail.entries == 0:
        return []
    heading = say("{title} ({n})", title=findings.title, n=findings.number)
    if not findings.entries:
        return [f"### {escape(heading)}", escape(findings.others or findings.empty)]
    most = len(findings.entries) if options.everything else findings.shown * detail.entries
    longest = detail.longest_text or 200
    lines = []
    for entry in findings.entries[:most]:
        place = f" — {escape(entry.place)}" if entry.place else ""
        lines.append(f"- {_cell(entry.words, longest)}{place}")
    left = findings.left(most)
    lines += ["- " + escape(say("{n} more", n=left))] if left else []
    lines += [f"- {escape(findings.others)}"] if findings.others else []
    return [f"### {escape(heading)}", "\n".join(lines)]


def _table(table: Table, say: Catalog, options: RenderOptions, detail: _Detail) -> list[str]:
    least = 0 if options.everything else max(1, detail.least_weight)
    rows = [row for row in table.rows if row.weight >= max(least, detail.least_weight)]
    if detail.most_rows is not None:
        rows = rows[: detail.most_rows]
    if not rows:
        return []
    left_out = len(table.rows) - len(rows)
    lines = [
        f"| {' | '.join(escape(column.label) for column in table.columns)} |",
        f"|{'---|' * len(table.columns)}",
        *(f"| {' | '.join(_cell(cell, detail.longest_text) for cell in row.cells)} |" for row in rows),
    ]
    parts = [f"### {escape(table.title)}", "\n".join(lines)]
    if left_out:
        parts.append(say.plural("({n} row left out)", "({n} rows left out)", left_out))
    return parts


def _cell(runs: Cell, longest: int | None) -> str:
    return (
        "".join(_run(run) for run in apart(runs if longest is None else shortened(runs, longest)))
        .replace("\n", "<br>")
        .replace("\t", " ")
    )


def _run(run: Run) -> str:
    before, after = _TAGS.get(run.mark, ("", ""))
    words = escape(run.text)
    if run.mark in (Mark.BADGE, Mark.STRONG) and words != words.strip():
        return words
    return f"{before}{words}{after}"


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
