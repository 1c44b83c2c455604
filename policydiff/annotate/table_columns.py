"""Tables of tasks and indicators: the columns that name bodies, their roles, and the values of years."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.annotate.notes import column_role, is_office, read_note, role_of, split_bodies
from policydiff.annotate.passages import Passage
from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.lexicon.text_marks import Merged, is_row, read_row

_WORDS = Words("policydiff.annotate", "goals")
_YEAR = lazy_pattern(r"((?:19|20)\d\d)\s*年?(?:底|末)?(?:目标|规划|计划|预期)?(?:值|数)?")
_NOT_AHEAD = lazy_pattern(r"基期|现状|实际|完成|已|基准")
_METRICS = (
    lazy_pattern(r"[\u4e00-\u9fff]{0,4}指标(?:名称|内容|体系)?"),
    lazy_pattern("项目|名称|类别|(?:项目|任务|工作)名称"),
)
"""Headings of the column that names what is measured, of several levels (一级指标, 二级指标) the last; one of a group of indicators (类别) only where none names each."""
_GOAL = lazy_pattern(
    r"(?:(?:年度|工作|主要|计划)?(?:目标|任务)(?:任务|目标|值|数|量)?|计划(?:值|数|量))(?:[（(](?P<unit>[^（()）\d]{1,6})[）)])?"
)
"""Heading of a column of goals without a year: 目标任务, 任务数（套）."""
_DUE = lazy_pattern(
    r"(?:计划|拟)?(?:完成|办结|落实)(?:时限|时间|期限|日期)(?:要求)?|时限(?:要求)?|时间(?:节点|要求)|年限"
)
_COUNTED = lazy_pattern(r"\d{1,3}(?:[.．-]\d{1,3})*[.．、]?|[（(]?[一二三四五六七八九十]{1,3}[）)]?、?")
"""First cell of an entry; no row of headings is counted, and a cell of an entry (完成主体) may read like a heading."""
_AREA = lazy_pattern(
    r"(?:区|县|市|镇)+(?:名|名称|别)?|县[（(]市、区[）)]|街镇|镇街|乡镇|街道(?:[（(]镇[）)]|乡镇)?|乡镇[（(]街道[）)]|(?:所在|所属)?(?:地区|区域|辖区|行政区)(?:名称)?|(?:实施|建设)单位"
)
"""Heading of a column of areas, each with goals of its own."""
_TASK = _WORDS.phrase("(?P<metric> {works} [^（()）]{2,16} ) [（(] (?P<unit> [^（()）\\d]{1,6} ) [）)]")
"""Heading of a column for one task: 新建公园（座）."""
_ALL = lazy_pattern("(?:合|总|小|共)计|全[市区县省]")
_UNIT = lazy_pattern(r"^(?:计量)?单位$")
_VALUE = lazy_pattern(
    r"\s*(?P<sign>[≥≤>＞<＜]|不[低少高多]于|不超过|超过|至少|大于|小于|达到|约)?=?\s*(?P<low>\d+(?:\.\d+)?)\s*(?:[-—–~～至]\s*(?P<high>\d+(?:\.\d+)?))?"
    r"\s*(?P<unit>[^\d\s，。左右以]{0,8}?)(?P<after>左右|以上|以下|以内)?\s*"
)
_LINES = lazy_pattern(r"(?<=[\u4e00-\u9fff）)]) +(?=(?P<below>[\u4e00-\u9fff]+))")
"""A blank between Chinese words of a cell is a line break: each line names a body, or the end of a name that is broken over two."""
_RUN_TOGETHER = lazy_pattern(r"(?<=牵头[）)])(?=[\u4e00-\u9fff])|(?<=[局委办厅部院])(?=各[市区县镇乡街])")
"""Places between two bodies whose line break a PDF does not keep: 团市委（牵头）|市财政局|各区政府."""
_LAST_NAME = lazy_pattern(r"[\u4e00-\u9fff]*$")
_BRACKETED_UNIT = lazy_pattern(r"[（(]([^（）()]{1,8})[)）]\s*$")


class Columns(NamedTuple):
    """Columns of a table by index, as its header row names them."""

    width: int
    """Number of cells."""
    bodies: tuple[tuple[int, str, str], ...]
    """Index, label, role (lead, support or all)."""
    metric: int | None
    unit: int | None
    years: tuple[tuple[int, str], ...]
    area: int | None = None
    due: int | None = None
    """Index of the column with the last day of the task of a row."""
    goals: tuple[tuple[int, str], ...] = ()
    """Index and unit of the columns of goals without a year; the unit is empty where the heading names none."""
    tasks: tuple[tuple[int, str, str], ...] = ()
    """Index, metric and unit of the columns that each measure one task by area."""


class Indicator(NamedTuple):
    """A value of an indicator; `start` and `end` are offsets in the words of its row."""

    metric: str
    value: str
    unit: str
    qualifier: str | None
    deadline: str | None
    row: Passage
    start: int
    end: int


def read_header(words: str) -> Columns | None:
    """Return the columns of a header row, None where no cell names bodies, years, tasks or terms."""
    cells = ["".join(cell.split()) for cell in words.split("\t")]
    is_form = not any(cells[1::2]) or form_pairs(cells)  # labels beside their values, or beside nothing yet
    if len(cells) < 2 or _COUNTED.fullmatch(cells[0]) or is_form:
        return None
    bodies = tuple((index, cell, role) for index, cell in enumerate(cells) if (role := column_role(cell)))
    years = tuple(
        (index, match[1])
        for index, cell in enumerate(cells)
        if not _NOT_AHEAD.search(cell) and (match := _YEAR.fullmatch(cell))
    )
    indicators, names = (
        [index for index, cell in enumerate(cells) if form.fullmatch(cell)] for form in _METRICS
    )
    metric = next(iter([*reversed(indicators), *names]), None)
    unit = next((index for index, cell in enumerate(cells) if years and _UNIT.match(cell)), None)
    bodies = (
        tuple(column for column in bodies if column[0] != unit)
        or _below_a_heading(cells)
        or _with_duties(cells)
    )
    bodies = tuple(column for column in bodies if not _PERSON_COLUMN.search(column[1])) or bodies
    area = next((index for index, cell in enumerate(cells) if _AREA.fullmatch(cell)), None)
    area = area if metric is None and not bodies else None
    due = next((index for index, cell in enumerate(cells) if _DUE.fullmatch(cell)), None)
    goals = tuple(
        (index, match["unit"] or "")
        for index, cell in enumerate(cells)
        if (metric is not None or area is not None) and (match := _GOAL.fullmatch(cell))
    )
    tasks = tuple(
        (index, match["metric"], match["unit"])
        for index, cell in enumerate(cells)
        if area is not None and (match := _TASK.fullmatch(cell))
    )
    years = years if metric is not None or area is not None else ()
    if not (bodies or years or tasks or goals or due is not None):
        return None
    return Columns(len(cells), bodies, metric, unit, years, area, due, goals, tasks)


_PERSON_COLUMN = lazy_pattern("(?:领导|人)$")
"""Headings of columns that name persons, beside a column that names bodies: 责任领导, 责任人."""
_PLAIN_ROLE = lazy_pattern("牵头|主责|主办|责任|配合|协办|协助|协同|参与|参加")


def _below_a_heading(cells: Sequence[str]) -> tuple[tuple[int, str, str], ...]:
    """Return the columns of a second row of headings, which divides the bodies under one heading of the first: 牵头 | 配合."""
    parted = tuple(
        (index, cell, role_of(cell)) for index, cell in enumerate(cells) if _PLAIN_ROLE.fullmatch(cell)
    )
    return parted if len({role for _, _, role in parted}) > 1 else ()


_DUTIES = lazy_pattern("(?:主要|工作|具体|部门|单位)?(?:职责|任务)(?:分工)?")
_DEPARTMENTS = lazy_pattern("(?:责任|成员|职能|有关|相关)?(?:部门|单位)(?:名称)?")


def _with_duties(cells: Sequence[str]) -> tuple[tuple[int, str, str], ...]:
    """Return the column of bodies beside the column that says the duties of each: 部门 | 主要职责."""
    if not any("职责" in cell and _DUTIES.fullmatch(cell) for cell in cells):
        return ()
    return tuple((index, cell, "all") for index, cell in enumerate(cells) if _DEPARTMENTS.fullmatch(cell))


_HEADS_BODIES = lazy_pattern("所[属在]|主管|监管|牵头|责任")
"""Beginnings of headings that end like the name of a body: 所属街道, 主管局."""


def form_pairs(cells: Sequence[str]) -> list[tuple[int, str, str]]:
    """Return index, label and role of the cells of a form that name bodies, each beside its label: 牵头单位 | 市水务局."""
    return [
        (index + 1, label, role)
        for index, (label, value) in enumerate(pairwise(cells))
        if (role := column_role(label)) and not _HEADS_BODIES.match(value)
        if (bodies := split_bodies(value)) and all(map(is_office, bodies))
    ]


class RowCell(NamedTuple):
    """The words that apply to a place in a row: its own, or those of a merged cell above."""

    text: str
    row: Passage
    """The row that holds the words."""
    start: int
    """Start of the words in that row."""


_DITTO = lazy_pattern(r"\s*(?:同上|同前|[〃″])\s*[。.]?\s*")


class TableRows:
    """Follows the rows of a document's tables, so that a merged cell applies to every row it covers."""

    def __init__(self) -> None:
        self._table = ""
        self._above: list[RowCell] = []

    def cells(self, row: Passage) -> list[RowCell]:
        """Return the cells of the next row; for a merged cell, and for 同上, the cell above."""
        table = row.clause.rpartition("__")[0]
        above = self._above if table == self._table else []
        found: list[RowCell] = []
        start = 0
        merged = _merged_above(row)
        for index, text in enumerate(row.words.split("\t")):
            own = RowCell(text, row, start)
            repeats = (index in merged and not text.strip()) or _DITTO.fullmatch(text)
            found.append(above[index] if repeats and index < len(above) else own)
            start += len(text) + 1
        self._table, self._above = table, found
        return found


def _merged_above(row: Passage) -> frozenset[int]:
    """Return the places of a row that are covered by the cell above, as printed in the text."""
    printed = row.printed.strip()
    if not is_row(printed):
        return frozenset()
    cells = read_row(printed).cells
    return frozenset(index for index, cell in enumerate(cells) if cell.merged is Merged.ABOVE)


def words_of(cells: Sequence[RowCell]) -> str:
    """Return the words that apply to a row, with cells joined by a tab."""
    return "\t".join(cell.text for cell in cells)


class RowBodies(NamedTuple):
    """Bodies that do the task of a row, with the place of the words that name them."""

    label: str
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    row: Passage
    start: int
    end: int
    is_form: bool
    """Whether the labels of the bodies stand beside them in the row."""


_LEADS_IN_CELL = lazy_pattern("[（(](?:牵头|主责|主办)(?:单位|部门)?[）)]$")


def _line_end(blank: re.Match[str]) -> str:
    """Return the mark that replaces a line break in a cell: nothing inside a name, a comma between two."""
    above = _LAST_NAME.search(blank.string, 0, blank.start())
    name = above[0] if above is not None else ""
    return "" if name and not is_office(name) and is_office(name + blank["below"]) else "、"


def _in_cell(printed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the leading and the supporting bodies of a cell: 甲局（牵头）、乙局; 甲局牵头，乙局、丙局配合; 甲局负责."""
    words = _RUN_TOGETHER.sub("、", _LINES.sub(_line_end, printed))
    note = read_note(words) if any(role in words for role in ("牵头", "配合", "负责")) else None
    if note is not None:
        return note.lead, note.supporting
    names = split_bodies(words)
    first = tuple(_LEADS_IN_CELL.sub("", name) for name in names if _LEADS_IN_CELL.search(name))
    return (first, tuple(name for name in names if not _LEADS_IN_CELL.search(name))) if first else (names, ())


def bodies_of(cells: Sequence[RowCell], columns: Columns | None) -> RowBodies | None:
    """Return the leading and supporting bodies of a row of a form, or of a row below its headings; None if it names none."""
    pairs = form_pairs([cell.text.strip() for cell in cells])
    width, bodies = (len(cells), pairs) if pairs or columns is None else (columns.width, columns.bodies)
    if len(cells) != width or not bodies:
        return None
    lead: list[str] = []
    supporting: list[str] = []
    some_lead = any(role == "lead" and cells[index].text.strip() for index, _, role in bodies)
    for index, _, role in bodies:
        first, others = _in_cell(cells[index].text)
        (lead if role == "lead" or (role == "all" and not some_lead) else supporting).extend(first)
        supporting.extend(others)
    if not lead and not supporting:
        return None
    named = [cells[index] for index, _, _ in bodies if cells[index].text.strip()]
    # The row's own words tell where it says so; a row that names nobody itself, the cell that reaches down to it.
    row = named[-1].row
    own = [cell for cell in named if cell.row is row]
    start, end = own[0].start, own[-1].start + len(own[-1].text)
    words = row.words[start:end]
    start += len(words) - len(words.lstrip())
    return RowBodies(
        bodies[0][1], tuple(lead), tuple(supporting), row, start, start + len(words.strip()), bool(pairs)
    )


class Topic(NamedTuple):
    """Metric and unit from the caption of a table, for all of its numbers."""

    metric: str
    unit: str


_UNIT_LINE = lazy_pattern(r"[（(]?\s*单位\s*[：:]\s*(?P<unit>[^\s（()）：:、，,\d]{1,6})\s*[）)]?")
_TOPIC = lazy_pattern(
    r"(?:附[件表]\s*\d*\s*)?(?:[“\"]?十[一二三四五六七八]五[”\"]?(?:期间)?|(?:19|20)\d\d\s*(?:[-—－–~～至]\s*(?:19|20)\d\d)?\s*年(?:度)?)?"
    r"(?:全[市区县省]|各?(?:区县|县区|街镇|镇街|乡镇|街道|地区|区|县))*"
    r"(?P<metric>[^，,。；;：:、\d（()）]{3,24}?)(?:年度|目标|任务|计划|指标|分解|分配|分年度|安排|下达)*(?:任务|计划|目标|指标|分解|安排)(?:一览)?(?:表|情况)?"
    r"(?:[（(](?:单位[：:])?(?P<unit>[^（()）\d]{1,6})[）)])?"
)


def read_topic(words: str, above: Topic) -> Topic:
    """Return the topic that a line above a table gives its numbers; a line with only the unit keeps the metric above.

    >>> read_topic("单位：张", read_topic("2025年各区新增养老床位任务表", Topic("", "")))
    Topic(metric='新增养老床位', unit='张')
    """
    line = words.strip()
    if (unit := _UNIT_LINE.fullmatch(line)) is not None:
        return above._replace(unit=unit["unit"])
    topic = _TOPIC.fullmatch(line)
    return Topic(topic["metric"], topic["unit"] or "") if topic is not None else Topic("", "")


def name_of(row: Sequence[RowCell], columns: Columns | None) -> str:
    """Return the name of a row's task, empty where no column names it."""
    if columns is None or columns.metric is None or len(row) != columns.width:
        return ""
    return row[columns.metric].text.strip()


def due_of(row: Sequence[RowCell], columns: Columns | None) -> str:
    """Return the words of a row for the last day of its task, empty where the table has no column of days."""
    if columns is None or columns.due is None or len(row) != columns.width:
        return ""
    return row[columns.due].text


def indicators_of(row: Sequence[RowCell], columns: Columns, topic: Topic, due: str | None) -> list[Indicator]:
    """Return the values of a row under the years, goals or tasks of the header.

    The words of a merged cell hold for each row it reaches. `topic` is the subject of the numbers by the table's
    caption, where areas have a row each; `due` is the year of the row's values, where the header tells none.
    """
    cells = [cell.text for cell in row]
    if len(cells) != columns.width:
        return []
    places: list[tuple[int, str | None, str, str]] = []
    if columns.metric is not None:
        metric = cells[columns.metric].strip()
        in_bracket = _BRACKETED_UNIT.search(metric)
        unit = (
            cells[columns.unit].strip() if columns.unit is not None else in_bracket[1] if in_bracket else ""
        )
        places += [(index, year, metric, unit) for index, year in columns.years]
        places += [(index, due, metric, of or unit) for index, of in columns.goals]
    elif columns.area is not None and (named := cells[columns.area].strip()):
        area = "" if _ALL.search(named) else named
        if topic.metric and topic.unit:
            places += [(index, year, f"{area}{topic.metric}", topic.unit) for index, year in columns.years]
        places += [(index, due, f"{area}{task}", of) for index, task, of in columns.tasks]
        if topic.metric:
            places += [(index, due, f"{area}{topic.metric}", of or topic.unit) for index, of in columns.goals]
    found: list[Indicator] = []
    for index, deadline, name, of in places:
        match = _VALUE.fullmatch(cells[index])
        if match is None or not name or (not (match["unit"] or of) and index not in dict(columns.years)):
            continue
        start = row[index].start
        blank = len(cells[index]) - len(cells[index].lstrip())
        qualifier = "、".join(word for word in (match["sign"], match["after"]) if word)
        found.append(
            Indicator(
                name,
                f"{match['low']}-{match['high']}" if match["high"] else match["low"],
                match["unit"] or of,
                qualifier or None,
                deadline,
                row[index].row,
                start + blank,
                start + len(cells[index].rstrip()),
            )
        )
    return found
