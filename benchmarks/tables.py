"""Tables and lists against the bodies, goals and labels that a reader takes from them (benchmarks/gold/tables.toml, written before any run).

    python -m benchmarks.tables [--set NAME] [--show] [--printed]

Each table is made as DOCX, HTML and XLSX; with `--printed` LibreOffice also prints the DOCX as PDF. A table is right in a file if
its rows are all there, and every body and goal of it is read and no other.
"""

import argparse
import io
import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

import policydiff
from benchmarks.extract_kinds import convert
from benchmarks.heads import unread_lines
from benchmarks.written_heads import _VALUES
from policydiff.model import ClauseKind, Document

GOLD = Path(__file__).parent / "gold" / "tables.toml"
_GOAL = re.compile(r"(?P<metric>\S+) (?P<value>\S+) (?P<unit>\S+)(?: @(?P<due>\S+))?")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--set", default="", help="a set of the gold alone: first, second …")
    parser.add_argument("--show", action="store_true", help="print the faults of each table and text")
    parser.add_argument("--printed", action="store_true", help="also the PDF that LibreOffice has to print")
    options = parser.parse_args()
    gold = tomllib.loads(GOLD.read_text("utf-8"))
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    tables = [each for each in gold["table"] if options.set in each["set"]]
    carried = [files(each) for each in tables]
    if options.printed:
        _print(carried)
    for entry, made in zip(tables, carried, strict=True):
        wrong = False
        for carrier, data in made.items():
            faults = [*table_faults(entry, policydiff.read(data), carrier)]
            wrong |= bool(faults)
            right[carrier] += not faults
            of[carrier] += 1
            if faults and options.show:
                print(f"{entry['name']} ({carrier})\n  " + "\n  ".join(faults))
        whole[f"tables, {entry['set']}"] += not wrong
        of[f"tables, {entry['set']}"] += 1
    for entry in (each for each in gold["text"] if options.set in each["set"]):
        faults = [*text_faults(entry)]
        whole[f"lists and structures, {entry['set']}"] += not faults
        of[f"lists and structures, {entry['set']}"] += 1
        if faults and options.show:
            print(f"{entry['name']}\n  " + "\n  ".join(faults))
    for name, count in of.items():
        print(f"{name}: {whole[name] + right[name]} of {count} right")
    return 0


def _print(carried: list[dict[str, bytes]]) -> None:
    """Add to the files of each table the PDF that LibreOffice prints of its DOCX."""
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder) / f"{number}.docx" for number in range(len(carried))]
        for source, each in zip(sources, carried, strict=True):
            source.write_bytes(each["docx"])
        convert(Path(folder), sources, "pdf")
        for source, each in zip(sources, carried, strict=True):
            each["pdf"] = source.with_suffix(".pdf").read_bytes()


def table_faults(entry: dict[str, Any], document: Document, carrier: str) -> Iterator[str]:
    """Yield the bodies, goals and rows of a table that are not as the gold has them."""
    rows = sum(clause.kind is ClauseKind.ROW for clause in document.walk())
    between = (
        sum(isinstance(part, str) for part in _parts(entry)) if carrier == "xlsx" else 0
    )  # rows of the sheet
    if rows != len(cells_of(entry)) + between:
        yield f"rows: {rows}, not {len(cells_of(entry))}"
    bodies = [f"{'、'.join(each.lead)}；{'、'.join(each.supporting)}" for each in document.responsibilities]
    if bodies != entry.get("bodies", []):
        yield f"bodies: {bodies}"
    goals = list(document.targets)
    wanted = [match for each in entry.get("goals", ()) if (match := _GOAL.fullmatch(each)) is not None]
    if len(goals) != len(wanted) or not all(
        goal["metric"] in (found.metric or "") and goal["value"] == found.value and goal["unit"] == found.unit and (goal["due"] or found.deadline) == found.deadline
        for goal, found in zip(wanted, goals, strict=True)
    ):  # fmt: skip
        yield f"goals: {[(each.metric, each.value, each.unit, each.deadline) for each in goals]}"
    yield from (f"unread: {words}" for words in unread_lines(document.text or "", document))


def text_faults(entry: dict[str, Any]) -> Iterator[str]:
    """Yield the labels, notes and absent attachments of a text that are not as the gold has them."""
    document = policydiff.read("\n".join(entry["lines"]).encode())
    found = {
        "tree": _VALUES["tree"](document),
        "absent": [each.title for each in document.attachments if not each.present],
        "notes": [clause.text for clause in document.walk() if clause.kind is ClauseKind.NOTE],
    }
    yield from (f"{name}: {value}" for name, value in found.items() if name in entry and entry[name] != value)
    yield from (f"unread: {words}" for words in unread_lines(document.text or "", document))


def cells_of(entry: dict[str, Any]) -> list[list[str]]:
    """Return the rows of a table without the lines between its parts."""
    return [row for part in _parts(entry) if not isinstance(part, str) for row in part]


def _parts(entry: dict[str, Any]) -> list[list[list[str]] | str]:
    """Return the tables of an entry, and the lines between them."""
    parts: list[list[list[str]] | str] = [[]]
    for line in entry["rows"].strip("\n").split("\n"):
        if line.startswith("= "):
            parts += [line[2:], []]
        else:
            parts[-1].append([cell.strip().replace(" / ", "\n") for cell in line.split("|")])  # type: ignore[union-attr]
    return parts


def files(entry: dict[str, Any]) -> dict[str, bytes]:
    """Return the files of a table by format."""
    return {"docx": _docx(entry), "html": _html(entry), "xlsx": _xlsx(entry)}


def _spans(rows: list[list[str]]) -> Iterator[tuple[int, int, int, int, str]]:
    """Yield row, column, height, width and words of each cell."""
    for top, row in enumerate(rows):
        for left, words in enumerate(row):
            if words in ("^", "<"):
                continue
            width = 1
            while left + width < len(row) and row[left + width] == "<":
                width += 1
            height = 1
            while top + height < len(rows) and rows[top + height][left] == "^":
                height += 1
            yield top, left, height, width, words


def _docx(entry: dict[str, Any]) -> bytes:
    document = docx.Document()
    for line in entry.get("above", ()):
        document.add_paragraph(line)
    for part in _parts(entry):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]))
        table.style = "Table Grid"
        for top, left, height, width, words in _spans(part):
            cell = table.cell(top, left)
            if height > 1 or width > 1:
                cell = cell.merge(table.cell(top + height - 1, left + width - 1))
            first, *others = words.split("\n")
            cell.text = first
            for line in others:
                cell.add_paragraph(line)
    for line in entry.get("below", ()):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _html(entry: dict[str, Any]) -> bytes:
    lines = [f"<p>{escape(line)}</p>" for line in entry.get("above", ())]
    for part in _parts(entry):
        if isinstance(part, str):
            lines.append(f"<p>{escape(part)}</p>")
            continue
        lines.append("<table border=1>")
        for number in range(len(part)):
            cells = "".join(
                f"<td rowspan={height} colspan={width}>{escape(words).replace(chr(10), '<br>')}</td>"
                for top, _, height, width, words in _spans(part)
                if top == number
            )
            lines.append(f"<tr>{cells}</tr>")
        lines.append("</table>")
    lines += [f"<p>{escape(line)}</p>" for line in entry.get("below", ())]
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{"".join(lines)}</body></html>'.encode()


def _xlsx(entry: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    row = 0
    wide = len(cells_of(entry)[0]) - 1

    def line(words: str) -> None:
        nonlocal row
        sheet.merge_range(row, 0, row, wide, words)
        row += 1

    for words in entry.get("above", ()):
        line(words)
    for part in _parts(entry):
        if isinstance(part, str):
            line(part)
            continue
        for top, left, height, width, words in _spans(part):
            if height > 1 or width > 1:
                sheet.merge_range(row + top, left, row + top + height - 1, left + width - 1, words)
            elif re.fullmatch(r"\d+(?:\.\d+)?", words):
                sheet.write_number(row + top, left, float(words))
            else:
                sheet.write(row + top, left, words)
        row += len(part)
    for words in entry.get("below", ()):
        line(words)
    book.close()
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
