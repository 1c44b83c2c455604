"""Quantified goals (量化指标) with their deadlines and qualifiers, and the thresholds and grants among them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from policydiff.annotate.candidates import (
    Deadline,
    Quantity,
    UnitKind,
    as_printed,
    find_deadlines,
    quantities_of,
    with_digits,
)
from policydiff.annotate.metrics import BARE_WORK, metric_of, names_of_each
from policydiff.annotate.number_purposes import Context, kind_of, moved_from
from policydiff.annotate.passages import Passage
from policydiff.annotate.table_columns import (
    Columns,
    RowCell,
    TableRows,
    Topic,
    due_of,
    indicators_of,
    name_of,
    read_header,
    read_topic,
    words_of,
)
from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.model import Clause, ClauseKind, Span, Target, TargetKind

_SENTENCE_END = lazy_pattern(r"[。；;！!？?\n\t]")
_PART_END = lazy_pattern(r"[，,：:]")
_START = attrgetter("start")
_EACH = lazy_pattern("分别")
_JOINS = lazy_pattern(r"\s*(?:、|和|与|及|以及)\s*")
_CLOSED = '。；;！!？?.”"）)'


class _Scope(NamedTuple):
    """A deadline set by a heading or a lead-in, for the clauses whose ids start with `prefix`."""

    prefix: str
    deadline: str
    is_of_a_year: bool = False
    """Whether a title or heading names only the year of the tasks below, which makes no number a goal."""


class _Row(NamedTuple):
    """Values listed after 分别, from the quantity `first` on."""

    first: int
    names: tuple[str, ...]
    """Metric of each value; empty if all values have one metric."""
    kind: TargetKind
    qualifiers: tuple[str, ...]


def find_targets(
    passages: Iterable[tuple[Passage, Clause | None]], issued: int | None = None, *, is_statute: bool = False
) -> tuple[Target, ...]:
    """Return the quantities of a document that are goals, conditions or grants, in reading order.

    Statements of fact (现有 39 家企业) are left out. A deadline applies to the words after it up to the end of its sentence; for goals, up
    to the end of the clause or the next deadline, and to all items below a lead-in (到2025年，主要目标是：). Years before `issued`, the date
    of the document, are no deadlines. In a statute a number without a deadline is a condition, not a goal.
    """
    reading = _Reading(issued, is_statute=is_statute)
    return tuple(target for passage, clause in passages for target in reading.read(passage, clause))


class _Reading:
    """Reads a document's passages and keeps the facts that titles and headings state for the passages below."""

    def __init__(self, issued: int | None, *, is_statute: bool) -> None:
        self._issued = issued
        self._is_statute = is_statute
        self._scopes: list[_Scope] = []
        self._columns: Columns | None = None
        self._topic = Topic("", "")
        self._rows = TableRows()
        self._done: _Scope | None = None
        """The part on past work, and the last day of that work; None outside such a part."""

    def read(self, passage: Passage, clause: Clause | None) -> Iterator[Target]:
        """Yield the targets of the next passage."""
        if clause is None:
            if passage.is_title:
                self._keep_heading(passage.words, "")
        elif clause.kind is ClauseKind.ROW:
            yield from self._of_row(passage, clause)
        elif clause.kind is not ClauseKind.TABLE:
            if clause.kind is ClauseKind.ANNEX:
                self._columns = None
            if self._done is not None and not clause.id.startswith(self._done.prefix):
                self._done = None
            for each in self._of_words(passage, clause, self._due(clause, [])):
                due = (each.deadline or "")[:4]  # “十四五”期间 names the years gone by there
                done = self._done is not None and (due <= self._done.deadline or "五" in due)
                if not done or each.kind is not TargetKind.TARGET:
                    yield each
            self._keep_heading(passage.words, _prefix(clause))

    def _keep_heading(self, words: str, prefix: str) -> None:
        self._topic = read_topic(words, self._topic)
        self._scopes.extend(_of_the_year(words, prefix, self._issued))
        if len(words) > _LONGEST_HEADING:
            return
        if _OF_A_PART_DONE.search(words) if prefix else _OF_A_REPORT.search(words):
            self._done = _Scope(prefix, max(_YEAR.findall(words), default=""))
        elif _OF_WHAT_COMES.search(words):
            self._done = None

    def _of_row(self, passage: Passage, clause: Clause) -> Iterator[Target]:
        cells = self._rows.cells(passage)
        header = read_header(words_of(cells))
        if header is not None:
            self._columns = header
            return
        columns = self._columns
        due = self._due(clause, cells)
        if columns is not None:
            told = [
                Target(
                    clause=passage.clause,
                    metric=each.metric,
                    value=each.value,
                    unit=each.unit,
                    qualifier=each.qualifier,
                    deadline=each.deadline,
                    text=each.row.words[each.start : each.end],
                    span=each.row.span(each.start, each.end),
                )
                for each in indicators_of(cells, columns, self._topic, due)
                if not _is_past(each.deadline, self._issued)
            ]
            yield from told
            if told or columns.years or columns.tasks:
                return
        name = name_of(cells, columns)
        for each in self._of_words(passage, clause, due):
            yield (
                each.model_copy(update={"metric": name})
                if name and BARE_WORK.fullmatch(each.metric)
                else each
            )

    def _is_task(self, words: str, part: Span, quantity: Quantity) -> bool:
        """Return whether things counted at the end of a cell are the task of its row, in a table that names who does it: 排查危房500栋."""
        return (
            self._columns is not None
            and bool(self._columns.bodies)
            and quantity.kind is UnitKind.COUNT
            and words[quantity.end : quantity.end + 1] in _ENDS_TASK
            and _TASK_BEGINS.match(words, part.start, quantity.start) is not None
        )

    def _due(self, clause: Clause, cells: list[RowCell]) -> str | None:
        """Return by when a goal without a term of its own is to be reached: by the row's cell, or by the heading above."""
        self._scopes = [scope for scope in self._scopes if clause.id.startswith(scope.prefix)]
        own = next((each.text for each in find_deadlines(due_of(cells, self._columns), self._issued)), None)
        return own or (self._scopes[-1].deadline if self._scopes else None)

    def _of_words(self, passage: Passage, clause: Clause, due: str | None) -> Iterator[Target]:
        inherited = next((scope.deadline for scope in reversed(self._scopes) if not scope.is_of_a_year), None)
        deadlines = list(find_deadlines(passage.words, self._issued))
        quantities = [
            each for each in quantities_of(passage.words) if not _stands_in_a_name(passage.words, each)
        ]
        words = with_digits(passage.words, quantities)
        previous_end = place = 0
        metric = ""
        moved: Span | None = None
        row: _Row | None = None
        for index, quantity in enumerate(quantities):
            sentence = _around(_SENTENCE_END, words, quantity)
            part = _around(_PART_END, words, quantity, sentence)
            if previous_end > part.start:
                own_start = min(previous_end, quantity.start)
            else:
                own_start = part.start
                goes_on = previous_end > sentence.start or words[
                    sentence.start - 1 : sentence.start
                ] in tuple("；;")
                metric = metric if goes_on else ""
                row = None
                place = 0
            governing = bisect_left(deadlines, quantity.start, key=_START)
            same = deadlines[bisect_left(deadlines, sentence.start, hi=governing, key=_START) : governing]
            qualifiers, after = qualifiers_of(words, part.start, quantity)
            context = Context(
                words,
                sentence,
                part,
                own_start,
                quantity,
                after,
                has_deadline=bool(same),
                is_governed=bool(governing or inherited)
                or (clause.kind is ClauseKind.ROW and bool(due or self._is_task(words, part, quantity))),
                is_statute=self._is_statute,
                moved=moved if moved is not None and moved.start >= sentence.start else None,
            )
            previous_end = after
            moved = moved_from(context)
            kind = kind_of(context)
            follows = row is not None and _JOINS.fullmatch(words, own_start, quantity.start) is not None
            if row is not None and follows:
                kind, qualifiers = row.kind, qualifiers or row.qualifiers
            gone = _YEAR_GONE.match(words, sentence.start, quantity.start)
            if (
                kind is TargetKind.TARGET
                and not same
                and gone is not None
                and int(gone["year"]) < (self._issued or 0)
            ):
                kind = None
            if kind is None:
                continue
            metric, start, end = metric_of(context, metric)
            if _EACH.search(words, own_start, quantity.start):
                names = (
                    ()
                    if len(_last_row(same)) > 1
                    else names_of_each(metric, sum(each.start < part.end for each in quantities[index:]))
                )
                row = _Row(index, names, kind, qualifiers)
            elif not follows:
                row = None
            deadline = _deadline(same, words[sentence.start : quantity.start], place)
            place += 1
            name = (
                row.names[index - row.first]
                if row is not None and index - row.first < len(row.names)
                else metric
            )
            if deadline is None and kind is TargetKind.TARGET:
                deadline = deadlines[governing - 1].text if governing else inherited or due
            yield Target(
                clause=passage.clause,
                metric=as_printed(name) if words != passage.words else name,
                value=quantity.value,
                unit=quantity.unit,
                qualifier="、".join(qualifiers) or None,
                deadline=deadline,
                kind=kind,
                text=passage.words[start:end],
                span=passage.span(start, end),
            )
        if deadlines and (passage.words[-1:] not in _CLOSED or _leads(clause)):
            self._scopes.append(_Scope(_prefix(clause), deadlines[-1].text))


_OF_A_YEAR = lazy_pattern(
    r"[^，。；：\d]{0,20}(?P<year>20\d\d)年(?:度)?(?!以[来后前]|[一二三四上下]?[季半])[^，。；\d]{0,24}"
    r"(?:任务|要点|实事|项目|计划|目标|清单|安排|分解|方案)[^，。；\d]{0,8}"
)
"""A title or heading of the tasks of a year, without any other year: 2025年城建重点任务分解表."""
_OF_A_REPORT = lazy_pattern(r"(?:总结|小结|(?:完成|进展|落实|执行)情况)(?:的?(?:报告|汇报|通报))?$")
"""End of a title on work done, below which a number without a term is a result: 某区2024年工作总结."""
_OF_A_PART_DONE = lazy_pattern(
    r"(?:回顾|发展(?:基础|现状|成就|成效)|主要成[效就绩]|取得的?.{0,4}成[效就绩]|(?:计划|预算|规划)执行情况|(?:[去上]年|20\d\d年|上半年|季度|以来|年来|过去.{0,4}年).{0,24}?(?:情况|总结|成[效绩]|进展)|工作(?:的?开展|完成|进展)情况|(?:过去.{0,4}年|年来|[去上]年|以来).{0,8}工作)(?:和[^，。]{0,12})?[：:。]?$"
)
"""End of a heading above past work, valid until the next heading of its level: 2023年工作回顾."""
_YEAR = lazy_pattern(r"20\d\d(?=年)")
_OF_WHAT_COMES = lazy_pattern("下一?步|下一?阶段|下半年|今后|打算|计划|思路|安排|目标|展望|[明来]年")
"""Words of a heading, or of the rest of a title on work done, from which on goals follow again."""
_LONGEST_HEADING = 40
"""Most characters of a heading that opens the review of past years; longer lines hold targets of their own."""
_OF_WHAT_HAS_BEEN = lazy_pattern("完成情况|总结|报告|考核|结果|通报|进展|落实情况|决算")


def _of_the_year(words: str, prefix: str, issued: int | None) -> Iterator[_Scope]:
    """Yield the scope of a title or heading that names the year of the tasks below."""
    match = _OF_A_YEAR.fullmatch(words.strip())
    if match is None or _OF_WHAT_HAS_BEEN.search(words) or int(match["year"]) < (issued or 0):
        return
    yield _Scope(prefix, match["year"], is_of_a_year=True)


def _is_past(deadline: str | None, issued: int | None) -> bool:
    """Return whether a column's year is gone by when the document is issued: where the indicator stood."""
    year = (deadline or "")[:4]
    return issued is not None and year.isdigit() and int(year) < issued


def _leads(clause: Clause) -> bool:
    """Return whether the clause's own words are the lead-in of an enumeration in the same paragraph."""
    return bool(clause.children) and clause.children[0].kind is ClauseKind.ITEM


def _prefix(clause: Clause) -> str:
    """Return the ids governed: for a heading the clauses below it, for a lead-in without number the clauses that follow beside it."""
    if clause.label is None and clause.kind is ClauseKind.PARAGRAPH and not _leads(clause):
        return clause.id.rpartition("__")[0]
    return f"{clause.id}__"


_YEAR_GONE = lazy_pattern(r"\s*(?P<year>20\d\d)年(?![底末前至内\d—-]|以[来前后])")
"""A year at the beginning of a sentence; a year before the document's own introduces a result: 2023年，新增企业46家."""
_NEAR_AT_HAND = frozenset({"米", "公里", "千米", "分钟", "小时", "岁", "周岁"})
_NAME_GOES_ON = lazy_pattern(
    r"(?P<name>[^，,。；;：:、\d]{1,20}?(?:率|占比|比例|比重|覆盖面|数量|总?面积))"
    r"(?:达|到|超|为|至|不|力争|约|提[高升]|保持|稳定|实现|控制|降|[\d一二三四五六七八九十百])"
)
_REACHED = lazy_pattern(r"(?:[达到为至于过约每各近]|左右|控制在|缩短|延长|压缩|增加)$")


def _stands_in_a_name(words: str, quantity: Quantity) -> bool:
    """Return whether a distance, time or age is part of the name of a share or sum: 公园绿地500米服务半径覆盖率, 5岁以下儿童死亡率.

    A value to be reached (缩短至30分钟) or given for each unit (每500米) is no part of a name.
    """
    return (
        quantity.unit in _NEAR_AT_HAND
        and _REACHED.search(words, 0, quantity.start) is None
        and _NAME_GOES_ON.match(words, quantity.end) is not None
    )


def _deadline(deadlines: list[Deadline], before: str, place: int) -> str | None:
    """Return the last deadline; of several in a row (到2022年和2025年，…分别…), the deadline at the value's position."""
    if not deadlines:
        return None
    row = _last_row(deadlines)
    return row[min(place, len(row) - 1)].text if "分别" in before else row[-1].text


def _last_row(deadlines: list[Deadline]) -> list[Deadline]:
    """Return the last deadline with the deadlines directly before it: 到2022年和2025年."""
    row = deadlines[-1:]
    for deadline in reversed(deadlines[:-1]):
        if row[0].start - deadline.end > 1:
            break
        row.insert(0, deadline)
    return row


def _around(ends: re.Pattern[str], words: str, quantity: Quantity, within: Span | None = None) -> Span:
    """Return the stretch between two matches of `ends` that holds the quantity."""
    start, stop = within or (max(0, quantity.start - 400), min(len(words), quantity.end + 400))
    begin = max((match.end() for match in ends.finditer(words, start, quantity.start)), default=start)
    following = ends.search(words, quantity.end, stop)
    return Span(begin, following.start() if following else stop)


_WORDS = Words("policydiff.annotate", "goals")
_TASK_BEGINS = _WORDS.phrase("{tasks}")
_ENDS_TASK = ("", "\t", "，", "。", "；", "、")
_BEFORE = _WORDS.phrase(
    "不得? {bounds} | {qualifiers} | (?<![附邻临靠接最])近(?![年期日视地郊海]) | 超(?![过市高标限载])"
    "| 大约 | (?<![签履合公节预邀制违契条失爽大])约(?![率金定束数谈会请莫]) | (?<![不未])满(?![足意])"
)
"""Words before a number on its exactness; 签约率, 附近 and 超市 are none."""
_AFTER = lazy_pattern(
    r"""
    (?P<noun> [\u4e00-\u9fff]{0,4}? )                     # 100张|床位|及以上
    (?P<word> 左右 | 上下 | [及或（(]? (?: 含\d* [)）]? )? 以[上下内外] | 之内 | 不等 | (?<=[年月日天时])内 )
    """,
    re.VERBOSE,
)
_FLOOR = lazy_pattern("[及或]?以上|不[少低]于|至少|不超过|不高于")
"""Words between the two ends of a range that identify them as ends."""
_BINDING = ("力争", "争取", "确保", "原则上", "累计", "年均")
_WAY_BACK = 14
"""Characters before a number in which its 不超过 may stand: 不超过项目实际投资的10%."""
_NEAR = 3
"""Characters between a number and a qualifier before it: 达到约10家; a word further ahead belongs to something else."""


def qualifiers_of(words: str, part_start: int, quantity: Quantity) -> tuple[tuple[str, ...], int]:
    """Return the qualifiers of a quantity as printed, in order, and the end of the last qualifier after it."""
    found: list[str] = []
    start = max(part_start, quantity.start - 40)
    for match in _BEFORE.finditer(words, start, quantity.start):
        between = words[match.end() : quantity.start]
        # 力争 governs all things counted after it, but not what is measured of one of them (产值达30亿元)
        is_binding = match[0] in _BINDING and (
            quantity.kind is UnitKind.COUNT or not re.search(r"\d", between)
        )
        reach = _WAY_BACK if match[0][0] in "不最至" else _NEAR
        if is_binding or (len(between) <= reach and not re.search(r"[、\d]", between)):
            found.append(match[0])
    found = [word for word in found if word not in ("累计", "年均")]
    if quantity.is_span:
        found += _FLOOR.findall(words, quantity.start, quantity.end)
    if quantity.is_more:
        found.append("余" if "余" in words[quantity.start : quantity.end] else "多")
    end = quantity.end
    following = _AFTER.match(words, quantity.end)
    if following and not re.search(r"[的和与及为在]", following["noun"]):
        found.append(following["word"].lstrip("（(").rstrip("）)"))
        end = following.end()
    return tuple(dict.fromkeys(found)), end
