"""Quantified goals (量化指标), and the thresholds and grants that stand among them."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from policydiff.annotate.deadlines import Deadline, find_deadlines
from policydiff.annotate.kinds import Context, kind_of
from policydiff.annotate.metrics import metric_of
from policydiff.annotate.passages import Passage
from policydiff.annotate.qualifiers import qualifiers_of
from policydiff.annotate.quantities import Quantity, find_quantities, mask_numbers
from policydiff.annotate.spoken import decode_numerals, encode_numerals
from policydiff.annotate.tables import Columns, Indicator, TableRows, indicators_of, read_header, words_of
from policydiff.model import Clause, ClauseKind, Span, Target, TargetKind

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
        governing = [deadline for deadline in deadlines if deadline.start < quantity.start]
        same = [deadline for deadline in governing if deadline.start >= sentence.start]
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
            deadline = governing[-1].text if governing else inherited
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


def _around(ends: re.Pattern[str], words: str, quantity: Quantity, within: Span | None = None) -> Span:
    """Return the stretch between two ends that holds the quantity."""
    start, stop = within or (max(0, quantity.start - 400), min(len(words), quantity.end + 400))
    last = None
    for match in ends.finditer(words, start, quantity.start):
        last = match
    following = ends.search(words, quantity.end, stop)
    return Span(last.end() if last else start, following.start() if following else stop)
