"""Recognises tables written in plain characters: values separated by commas, and cells between drawn lines."""

import csv
import re
from io import StringIO

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import row_line

_LEAST_COLUMNS = 3
"""Least number of columns of a CSV list: short lines of prose have one comma each, so two columns prove nothing."""
_LONGEST_NAME = 20
"""Most characters of the name of a column; longer cells in a first row are values."""
_DRAWN = lazy_pattern(r"(?:^[ \t\u3000]*[+|\u2500-\u257f][^\n]*(?:\n|\Z))+", re.MULTILINE)
_BORDER = lazy_pattern(r"(?=.*[-=\u2500\u2501\u2550]{2})[\u2500-\u257f+\-=: \t\u3000]+")
_BAR = lazy_pattern(r"[|\u2502\u2503\u2551]")
_RULED = 2
"""Least number of inner lines of a table that separates every row by a line; a single one only separates the head."""


def in_rows(text: str) -> str:
    r"""Return `text` with a CSV list or its drawn tables written as rows `| a | b |`; return any other text unchanged.

    The first line of a CSV list names the columns, and each record has as many values as there are columns. A drawn table
    stays as drawn if its rows have unequal numbers of cells.

    Examples:
        >>> in_rows('序号,任务,单位\n1,"新建,改造",市交通委\n')
        '| 序号 | 任务 | 单位 |\n| 1 | 新建,改造 | 市交通委 |\n'
        >>> in_rows("┌──┬──┐\n│车型│收费│\n├──┼──┤\n│小车│八元│\n│    │封顶│\n└──┴──┘\n")
        '| 车型 | 收费 |\n| 小车 | 八元封顶 |\n'
    """
    names = text.partition("\n")[0].split(",")
    if len({*names}) < max(len(names), _LEAST_COLUMNS) or not all(
        0 < len(name.strip()) <= _LONGEST_NAME for name in names
    ):
        return with_drawn_rows(text)
    try:
        records = list(csv.reader(StringIO(text.strip("\n")), strict=True))
    except csv.Error:
        return text
    if len(records) < 2 or any(len(record) != len(names) for record in records):
        return text
    return "".join(
        f"{line}\n" for record in records if (line := row_line([value.strip() for value in record]))
    )


def with_drawn_rows(text: str) -> str:
    """Return `text` with drawn tables as rows `| a | b |`; borders are box characters, or `+---+` as Markdown converters write."""
    return _DRAWN.sub(_rows, text)


def _rows(table: re.Match[str]) -> str:
    lines = [line.strip(" \t\u3000\r") for line in table[0].rstrip("\n").split("\n")]
    borders = [_BORDER.fullmatch(line) is not None for line in lines]
    if not (borders[0] and borders[-1]):
        return table[0]
    ruled = sum(borders) - 2 >= _RULED
    rows: list[list[str]] = []
    for above, line, is_border in zip([True, *borders], lines, borders, strict=False):
        cells = [cell.strip(" \t\u3000") for cell in _BAR.split(line)[1:-1]]
        if is_border:
            continue
        if above or not (ruled or (cells and not cells[0])):
            rows.append(cells)
        elif len(cells) == len(rows[-1]):
            rows[-1] = [_joined(upper, lower) for upper, lower in zip(rows[-1], cells, strict=True)]
        else:
            return table[0]
    if len({*map(len, rows)}) != 1 or not rows[0]:
        return table[0]
    return "".join(f"{line}\n" for row in rows if (line := row_line(row)))


def _joined(upper: str, lower: str) -> str:
    """Join two lines of a cell; only where both sides are ASCII does a space separate the lines: `Car`, `fee` → `Car fee`."""
    return (
        f"{upper} {lower}"
        if upper[-1:].isascii() and lower[:1].isascii() and upper and lower
        else upper + lower
    )
