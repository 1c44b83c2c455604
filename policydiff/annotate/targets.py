"""Quantified goals (量化指标) with their deadlines and qualifiers.

The thresholds and grants that stand among them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from policydiff.annotate.kinds import Context, kind_of
from policydiff.annotate.metrics import metric_of
from policydiff.annotate.passages import Passage
from policydiff.annotate.quantities import (
    Quantity,
    UnitKind,
    decode_numerals,
    encode_numerals,
    find_quantities,
    fold_digits,
    mask_numbers,
)
from policydiff.annotate.tables import Columns, Indicator, TableRows, indicators_of, read_header, words_of
from policydiff.lexicon.patterns import Words
from policydiff.model import Clause, ClauseKind, Span, Target, TargetKind


class Deadline(NamedTuple):
    """A deadline at `words[start:end]`, printed in short: `2020`, `2020-06`, `“十四五”`."""

    start: int
    end: int
    text: str


_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_PART_END = re.compile(r"[，,：:]")
_CLOSED = '。；;！!？?.”"）)'


class _Scope(NamedTuple):
    """A deadline set by a heading or a lead, for the clauses whose ids start with `prefix`."""

    prefix: str
    deadline: str


def find_targets(
    passages: Iterable[tuple[Passage, Clause | None]], issued: int | None = None, *, is_statute: bool = False
) -> tuple[Target, ...]:
    """Return the quantities of a document that set goals, conditions or grants, in reading order.

    Statements of fact (现有 39 家企业) are left out. A deadline governs what follows it to the end of its sentence, goals
    until the end of the clause or the next deadline, and what a lead (到2025年，主要目标是：) introduces.

    Args:
        passages: The document's words with their clauses.
        issued: Year of the document, None where it is not known; years before it are no deadlines.
        is_statute: In a statute a number without a deadline is a condition, not a goal.
    """
    found: list[Target] = []
    scopes: list[_Scope] = []
    columns: Columns | None = None
    rows = TableRows()
    for passage, clause in passages:
        if clause is None or clause.kind is ClauseKind.TABLE:
            continue
        cells = rows.cells(passage) if clause.kind is ClauseKind.ROW else []
        if cells and (header := read_header(words_of(cells))):
            columns = header
            continue
        if clause.kind is ClauseKind.ANNEX:
            columns = None
        if cells and columns and columns.years:
            found.extend(_of_indicator(passage, indicator) for indicator in indicators_of(cells, columns))
            continue
        scopes = [scope for scope in scopes if clause.id.startswith(scope.prefix)]
        inherited = scopes[-1].deadline if scopes else None
        deadlines = list(find_deadlines(passage.words, issued))
        found.extend(_in_clause(passage, deadlines, inherited, is_statute=is_statute))
        if deadlines and (passage.words[-1:] not in _CLOSED or _leads(clause)):
            scopes.append(_Scope(_prefix(clause), deadlines[-1].text))
    return tuple(found)


def _of_indicator(passage: Passage, indicator: Indicator) -> Target:
    return Target(
        clause=passage.clause,
        metric=indicator.metric,
        value=indicator.value,
        unit=indicator.unit,
        qualifier=indicator.qualifier,
        deadline=indicator.deadline,
        text=indicator.row.words[indicator.start : indicator.end],
        span=indicator.row.span(indicator.start, indicator.end),
    )


def _leads(clause: Clause) -> bool:
    """Say whether the clause's own words are the lead of an enumeration in the same paragraph."""
    return bool(clause.children) and clause.children[0].kind is ClauseKind.ITEM


def _prefix(clause: Clause) -> str:
    """A heading governs what is below it; a lead without a number, all that follows beside it."""
    if clause.label is None and clause.kind is ClauseKind.PARAGRAPH and not _leads(clause):
        return clause.id.rpartition("__")[0]
    return f"{clause.id}__"


def _in_clause(
    passage: Passage, deadlines: list[Deadline], inherited: str | None, *, is_statute: bool
) -> Iterator[Target]:
    words = encode_numerals(passage.words)
    previous_end = place = 0
    metric = ""
    for quantity in sorted(find_quantities(mask_numbers(words)), key=_start):
        sentence = _around(_SENTENCE_END, words, quantity)
        part = _around(_PART_END, words, quantity, sentence)
        if previous_end > part.start:
            own_start = min(previous_end, quantity.start)
        else:
            own_start = part.start
            metric = metric if previous_end > sentence.start else ""
            place = 0
        governing = bisect_left(deadlines, quantity.start, key=_begin)
        same = deadlines[bisect_left(deadlines, sentence.start, hi=governing, key=_begin) : governing]
        qualifiers, after = qualifiers_of(words, part.start, quantity)
        context = Context(
            words,
            sentence,
            part,
            own_start,
            quantity,
            after,
            has_deadline=bool(same),
            is_governed=bool(governing or inherited),
            is_statute=is_statute,
        )
        previous_end = after
        kind = kind_of(context)
        if kind is None:
            continue
        metric, start, end = metric_of(context, metric)
        deadline = _deadline(same, words[sentence.start : quantity.start], place)
        place += 1
        if deadline is None and kind is TargetKind.TARGET:
            deadline = deadlines[governing - 1].text if governing else inherited
        yield Target(
            clause=passage.clause,
            metric=decode_numerals(metric),
            value=quantity.value,
            unit=quantity.unit,
            qualifier="、".join(qualifiers) or None,
            deadline=deadline,
            kind=kind,
            text=passage.words[start:end],
            span=passage.span(start, end),
        )


def _deadline(deadlines: list[Deadline], before: str, place: int) -> str | None:
    """Return the last deadline; of several in a row (到2022年和2025年，…分别…), the one whose turn it is."""
    if not deadlines:
        return None
    row = [deadlines[-1]]
    for deadline in reversed(deadlines[:-1]):
        if row[0].start - deadline.end > 1:
            break
        row.insert(0, deadline)
    return row[min(place, len(row) - 1)].text if "分别" in before else row[-1].text


def _start(quantity: Quantity) -> int:
    return quantity.start


def _begin(deadline: Deadline) -> int:
    return deadline.start


def _around(ends: re.Pattern[str], words: str, quantity: Quantity, within: Span | None = None) -> Span:
    """Return the stretch between two ends that holds the quantity."""
    start, stop = within or (max(0, quantity.start - 400), min(len(words), quantity.end + 400))
    last = None
    for match in ends.finditer(words, start, quantity.start):
        last = match
    following = ends.search(words, quantity.end, stop)
    return Span(last.end() if last else start, following.start() if following else stop)


_WORDS = Words("policydiff.annotate", "goals")
_BEFORE = _WORDS.phrase("不得? {bounds} | {qualifiers} | 近(?!年|期|日) | 超(?!过) | (?<![不未])满(?!足)")
_AFTER = re.compile(
    r"""
    (?P<noun> [\u4e00-\u9fff]{0,4}? )                     # 100张|床位|及以上
    (?P<word> 左右 | 上下 | [及或（(]? (?: 含\d* [)）]? )? 以[上下内外] | 之内 | 不等 | (?<=[年月日天时])内 )
    """,
    re.VERBOSE,
)
_BINDING = ("力争", "争取", "确保", "原则上", "累计", "年均")
_WAY_BACK = 14
"""How far 不超过 may stand before its number: 不超过项目实际投资的10%."""
_NEAR = 3


def qualifiers_of(words: str, part_start: int, quantity: Quantity) -> tuple[tuple[str, ...], int]:
    """Return the qualifiers of a quantity as printed, in order, and where the last one after it ends."""
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
    if quantity.is_more:
        found.append("余" if "余" in words[quantity.start : quantity.end] else "多")
    end = quantity.end
    following = _AFTER.match(words, quantity.end)
    if following and not re.search(r"[的和与及为在]", following["noun"]):
        found.append(following["word"].lstrip("（(").rstrip("）)"))
        end = following.end()
    return tuple(dict.fromkeys(found)), end


_WHEN = re.compile(
    r"""
    (?P<lead>[到至] | 截至 | 力争 | 争取 | 确保 | 预计 | 计划)? (?:在|于|用)? \s*
    (?P<year>(?:19|20)\d\d) \s*年 (?P<no>[度版的以])?
    (?: \s*(?P<month>1[0-2]|0?[1-9]) \s*月 (?:\s*\d{1,2}\s*日)? )?
    (?P<part>[上下]半年|[一二三四]季度|年?底|年?末)?
    (?P<before>之?前|以前)?
    (?P<since>以来|以后|起|开始|实施|印发|发布|公布|施行|修订|全年|[至-]|—|－|、|\s*[”》）)])?
  | (?P<plan>[“"]?十[一二三四五六七八]五[”"]?) (?:规划)? (?:期间|时期|末|期末|内)
    """,
    re.VERBOSE,
)
_AND = ("和", "、", "及", "与")
_THIS_CENTURY = 2000
_PAST = re.compile(r"(?:自|从|比|较|按|以|在|于|和|与|对|由|《[^》]*)\s*$")


def find_deadlines(words: str, issued: int | None = None) -> Iterator[Deadline]:
    """Yield the deadlines in order; dates since when (2018年以来) and of documents are none, nor are years gone by.

    Args:
        words: Words of one clause.
        issued: Year of the document, None where it is not known: then only 到, 底 and 前 make a deadline of a year
            of the last century.

    Examples:
        >>> [deadline.text for deadline in find_deadlines("自2018年起，到2020年底，到2025年6月底前，“十四五”期间")]
        ['2020', '2025-06', '“十四五”']
    """
    if "年" not in words and "五" not in words:
        return
    folded = fold_digits(words)
    last_end = -1
    for match in _WHEN.finditer(folded):
        start, end = match.start("lead") if match["lead"] else match.start(), match.end()
        if match["plan"]:
            name = match["plan"].strip('“”"')
            yield Deadline(start, end, f"“{name}”")
            continue
        if match["no"] or match["since"]:
            continue
        year = int(match["year"])
        if year < (issued or 0) or (match["lead"] == "截至" and year <= (issued or year)):
            continue
        is_joined = last_end >= 0 and folded[last_end:start] in _AND
        is_bound = match["lead"] or match["before"] or match["part"] or is_joined
        if not is_bound and (
            _PAST.search(folded, max(0, start - 12), start) or not _opens(folded, start, end)
        ):
            continue
        if not is_bound and issued is None and year < _THIS_CENTURY:
            continue
        month = f"-{int(match['month']):02}" if match["month"] else ""
        half = match["part"] if match["part"] and match["part"][0] in "上下一二三四" else ""
        last_end = end
        yield Deadline(start, end, f"{match['year']}{month}{half}")


def _opens(words: str, start: int, end: int) -> bool:
    """Say whether a bare year opens its sentence or part of it (2021年，完成…)."""
    return (start == 0 or words[start - 1] in "。；;，,：:、（( ") and not words[end : end + 1].isspace()
