"""Rows of tables whose columns name facts: responsible bodies (责任单位), indicators by year (2025年目标值)."""

import re
from typing import NamedTuple

from policydiff.annotate.notes import column_role, split_bodies

_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?(?:底|末)?(?:目标|规划|计划|预期)?(?:值|数)?")
_NOT_AHEAD = re.compile(r"基期|现状|实际|完成|已|基准")
_METRIC = re.compile(r"^(?:主要|具体|核心|发展)?指标(?:名称|内容)?$|^(?:项目|名称|类别)$")
_UNIT = re.compile(r"^(?:计量)?单位$")
_VALUE = re.compile(
    r"\s*(?P<sign>[≥≤>＞<＜]|不低于|不超过|大于|小于|达到|约)?=?\s*(?P<low>\d+(?:\.\d+)?)\s*(?:[-—–~～至]\s*(?P<high>\d+(?:\.\d+)?))?"
    r"\s*(?P<unit>[^\d\s，。左右以]{0,8}?)(?P<after>左右|以上|以下|以内)?\s*"
)
_BRACKETED_UNIT = re.compile(r"[（(]([^（）()]{1,8})[)）]\s*$")


class Columns(NamedTuple):
    """What the header row of a table says about its columns, by index."""

    width: int
    """Number of cells."""
    bodies: tuple[tuple[int, str, str], ...]
    """Index, label, role (lead, support or all)."""
    metric: int | None
    unit: int | None
    years: tuple[tuple[int, str], ...]


class Indicator(NamedTuple):
    """A value of an indicator: `start` and `end` in the row's words."""

    metric: str
    value: str
    unit: str
    qualifier: str | None
    deadline: str
    start: int
    end: int


def read_header(words: str) -> Columns | None:
    """Return the columns of a header row, None where no cell names bodies or years."""
    cells = [cell.strip() for cell in words.split("\t")]
    if len(cells) < 2:
        return None
    bodies = tuple((index, cell, role) for index, cell in enumerate(cells) if (role := column_role(cell)))
    years = tuple(
        (index, match[1])
        for index, cell in enumerate(cells)
        if not _NOT_AHEAD.search(cell) and (match := _YEAR.fullmatch(cell))
    )
    metric = next((index for index, cell in enumerate(cells) if _METRIC.match(cell)), None)
    unit = next((index for index, cell in enumerate(cells) if years and _UNIT.match(cell)), None)
    bodies = tuple(column for column in bodies if column[0] != unit)
    if not bodies and (not years or metric is None):
        return None
    return Columns(len(cells), bodies, metric, unit, years if metric is not None else ())


def bodies_of(words: str, columns: Columns) -> tuple[str, tuple[str, ...], tuple[str, ...], int, int] | None:
    """Return label, leading and supporting bodies of a row, and where their cells begin and end in it."""
    cells = words.split("\t")
    if len(cells) != columns.width or not columns.bodies:
        return None
    lead: list[str] = []
    supporting: list[str] = []
    for index, _, role in columns.bodies:
        (supporting if role == "support" else lead).extend(split_bodies(cells[index]))
    if not lead and not supporting:
        return None
    first, last = columns.bodies[0][0], columns.bodies[-1][0]
    start = sum(len(cell) + 1 for cell in cells[:first])
    end = sum(len(cell) + 1 for cell in cells[:last]) + len(cells[last])
    words_of = words[start:end]
    start += len(words_of) - len(words_of.lstrip())
    return columns.bodies[0][1], tuple(lead), tuple(supporting), start, start + len(words_of.strip())


def indicators_of(words: str, columns: Columns) -> list[Indicator]:
    """Return the values of a row under the years of the header."""
    cells = words.split("\t")
    if len(cells) != columns.width or columns.metric is None:
        return []
    found: list[Indicator] = []
    metric = cells[columns.metric].strip()
    in_bracket = _BRACKETED_UNIT.search(metric)
    unit = cells[columns.unit].strip() if columns.unit is not None else in_bracket[1] if in_bracket else ""
    for index, year in columns.years:
        match = _VALUE.fullmatch(cells[index])
        if match is None or not metric:
            continue
        start = sum(len(cell) + 1 for cell in cells[:index])
        blank = len(cells[index]) - len(cells[index].lstrip())
        qualifier = "、".join(word for word in (match["sign"], match["after"]) if word)
        found.append(
            Indicator(
                metric,
                f"{match['low']}-{match['high']}" if match["high"] else match["low"],
                match["unit"] or unit,
                qualifier or None,
                year,
                start + blank,
                start + len(cells[index].rstrip()),
            )
        )
    return found
