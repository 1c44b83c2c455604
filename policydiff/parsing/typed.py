"""Lines with their label and kind. The kind of a line is determined only in this module, before a tree is built."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from policydiff.lexicon.furniture import facts_above, opens_footer, printed_again
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import is_row, marks_of, read_row
from policydiff.lexicon.widths import BLANKS, despace
from policydiff.model import Span
from policydiff.parsing.kinds import Kind, kind_of, pairs_in_cells, pairs_on
from policydiff.parsing.labels import CITES, Label, Sort, as_roman, find_label, sections_read
from policydiff.parsing.run_together import lines_apart
from policydiff.parsing.source import (
    GOES_ON,
    LONGEST_HEADING,
    Dropped,
    Line,
    TypedLine,
    is_note,
    lines_of,
    without_mark,
)

_FURNITURE = frozenset({Kind.PAGE_MARK, Kind.MARKUP, Kind.RULE, Kind.WEB})
_OWN_FACTS = frozenset({Kind.STATED, Kind.DISCLOSURE, Kind.KEYWORDS, Kind.COPIED})
"""Labelled lines that also occur on paper, alone in a row of an imprint; any other labels above a text belong to the web page."""
_BORDERS = lazy_pattern(r"\||<br>|\t")
_DAY = lazy_pattern(r"(?:19|20)\d\d([-.])[01]?\d\1[0-3]?\d|[日时時][期间間][：:]\d{4}年\d{1,2}月\d{1,2}日")
_TABBED = frozenset({Kind.NUMBER, Kind.SIGNED, Kind.PRINTED, Kind.COVER})
"""Fixed lines that tabs may divide: a day and, at the right edge, the number."""
_GRADE = lazy_pattern(r"[一二三四五六七八九十][级类等期批次线档审]")
_OUTLINE = lazy_pattern(
    rf"([0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}})(?:[{BLANKS}]+(?=[^0-9])|(?=[\u4e00-\u9fff\u2160-\u216b])(?![年月日个亿万元米人件公里倍])|(?<=\.[0-9])$|(?<=\.[0-9]{{2}})$)",
    marks="0123456789",
)
_BARE = lazy_pattern(rf"([一二三四五六七八九十]{{1,3}})[{BLANKS}]+(?=[\u4e00-\u9fff]{{2}})", marks=BLANKS)
_ENTRY = lazy_pattern(r"([0-9]{1,3})\s+(?![万亿年月日个元吨米人项件号期])(?=[\u4e00-\u9fff《“]\S{2})")
_PART = lazy_pattern("第[0-9]{1,2}部分[：:]")
"""The part number of a standard, in its title."""
_ENDS_SENTENCE = lazy_pattern("[。；;，,：:]")
_LONGEST_FOOTER, _LONGEST_FOOTER_LINE = 15, 160
_LEAST_YEAR = 40
"""Least number that may be a year in two digits, here 1940: 〔81〕法民字第2号; lists in brackets end below 40."""
_FEWEST_BARE = 2
"""Fewest consecutive numbers for which 一 and 二 before a blank count as labels: a single 一 is a word."""
_MOST_LEFT_OUT = 3
"""Most articles that a copy may leave out before an article whose number is still accepted."""
_SHORTEST_WRAPPED, _LOOKAHEAD = 12, 200
"""Characters beyond which a line may have been broken for its width, and lines below a doubtful label in which its number is searched."""


def type_lines(text: str) -> tuple[list[TypedLine], list[Dropped]]:
    """Return the lines of a text with label and kind, and the furniture set aside."""
    dropped: list[Dropped] = []
    typed = list(_typed(text, dropped))
    _set_footer_aside(typed, dropped)
    for one, label in zip(typed, sections_read([(each.label, each.line.raw) for each in typed]), strict=True):
        one.label = label
    _check_ordinals(typed)
    # Read I. V. X. as Roman numbers where the text numbers so (II. stands in it) and no letter before leads there.
    for letters, romans in ((Sort.CAPITAL, Sort.ROMAN), (Sort.LETTER, Sort.SMALL_ROMAN)):
        if not any(one.label is not None and one.label.sort is romans for one in typed):
            continue
        last = 0
        for one in typed:
            label = one.label
            if label is None or label.sort is not letters:
                continue
            if label.number.upper() in "IVX" and label.value != last + 1:
                one.label = as_roman(label)
            else:
                last = label.value
    _check_runs(typed)
    _number_outlines(typed)
    _number_bare(typed)
    _number_entries(typed)
    return typed, dropped


def _typed(text: str, dropped: list[Dropped]) -> Iterator[TypedLine]:
    apart = begun = after_web = of_standard = False
    lines = list(lines_apart(lines_of(text)))
    raws = [line.raw for line in lines]
    beside, again = facts_above(raws), printed_again(raws)
    for index, whole in enumerate(lines):
        line = whole
        if index in again or (index in beside and not line.is_row and kind_of(line.raw) not in _OWN_FACTS):
            dropped.append(Dropped(Span(line.start, line.end), str(Kind.WEB)))
            apart = apart or index not in again
            continue
        if "[^" in line.raw and is_note(line, dropped):
            yield TypedLine(line, None, Kind.FOOTNOTE)
            continue
        if line.raw[0] in "#>【":
            line = without_mark(line, dropped)
        if not line.raw:
            continue
        if line.is_row:
            yield from _row(line, dropped, begun=begun, states=index in beside)
            continue
        label = None if of_standard and _PART.match(line.raw) else _label_of(line.raw)
        if label is not None and not label.loose and label.end < len(line.raw):
            yield TypedLine(line, label, None)
            apart, begun = False, True
            continue
        kind = _kind_of(line, begun=begun, after_web=after_web)
        of_standard = of_standard or (kind is Kind.COVER and not begun)
        begun = begun or line.raw[-1] == "。"
        after_web = kind is Kind.WEB
        if kind in _FURNITURE:
            dropped.append(Dropped(Span(line.start, line.end), str(kind)))
            apart = apart or kind is not Kind.PAGE_MARK
            continue
        yield TypedLine(line, label, kind, apart)
        apart = False


def _row(line: Line, dropped: list[Dropped], *, begun: bool, states: bool) -> Iterator[TypedLine]:
    """Yield a row as a fixed line or as cells, its borders set aside; nothing where it holds no words."""
    fixed = Kind.STATED if states else _fixed_row(line.raw, begun=begun)
    if fixed is None and is_row(line.raw):
        if (kind := kind_of(line.raw)) in _FURNITURE:
            dropped.append(Dropped(Span(line.start, line.end), str(kind)))
            return
        row = read_row(line.raw)
        marks = marks_of(line.raw, row)
        dropped.extend(Dropped(Span(line.start + start, line.start + end), "markup") for start, end in marks)
        filled = [words for cell in row.cells if (words := line.raw[cell.start : cell.end].strip())]
        if len(filled) == 1 and (kind := kind_of(filled[0])) in _OWN_FACTS and "<br>" not in filled[0]:
            line, fixed = Line(filled[0], line.start + line.raw.index(filled[0])), kind
    yield TypedLine(line, None, fixed or Kind.ROW)


def _kind_of(line: Line, *, begun: bool, after_web: bool) -> Kind | None:
    """Return the kind of a line. Below sentences (`begun`) a day does not belong to the web page, and 技术标准 is a heading and not a cover."""
    if line.markup == ">" and after_web:
        return Kind.WEB  # the path of a page broken before its mark: 首页 / > 政务公开
    kind = kind_of(line.raw)
    kind = None if begun and kind is Kind.COVER and line.raw.endswith("标准") else kind
    return Kind.DATE if kind is Kind.WEB and begun and _DAY.fullmatch(despace(line.raw)) else kind


def _fixed_row(raw: str, *, begun: bool) -> Kind | None:
    """Return the kind of a row that is a fixed line: labels and values (文号：某号 | 成文日期：某日), or a day beside the number; else None."""
    stated = pairs_on(raw)
    pairs = stated if len(stated) > 1 else [] if begun else pairs_in_cells(raw)
    if any(kind_of(f"{label}：{value}") in (Kind.STATED, Kind.WEB) for label, value in pairs):
        return Kind.STATED
    kind = kind_of(_BORDERS.sub(" ", raw).strip())
    return kind if kind in _TABBED else None


def _label_of(raw: str) -> Label | None:
    """Return the label of a line; None for a year that begins a document number. A number in a line that ends a sentence is always a label."""
    label = find_label(raw)
    may_be_year = label is not None and label.value >= _LEAST_YEAR and raw[-1] != "。"
    return None if may_be_year and kind_of(raw) is Kind.NUMBER else label


def _set_footer_aside(typed: list[TypedLine], dropped: list[Dropped]) -> None:
    """Set aside the footer of a web page: from its first record or copyright line to the end of the text."""
    start = max(1, len(typed) - _LONGEST_FOOTER)
    while start < len(typed) and not opens_footer(typed[start].line.raw):
        start += 1
    if any(
        one.label is not None
        or is_row(one.line.raw)
        or len(one.line.raw) > _LONGEST_FOOTER_LINE
        or "。" in one.line.raw
        for one in typed[start:]
    ):
        return
    while (
        1 < start < len(typed)
        and not is_row(typed[start - 1].line.raw)
        and opens_footer(typed[start - 1].line.raw, beside=True)
    ):
        start -= 1
    dropped.extend(Dropped(Span(one.line.start, one.line.end), str(Kind.FOOTER)) for one in typed[start:])
    del typed[start:]


def _check_ordinals(typed: list[TypedLine]) -> None:
    """Keep the labels 第…条, 第…章 and 一、 that number this text, and remove labels that cite an article or count things."""
    last: dict[Sort, int] = {}
    glued = 0
    previous: TypedLine | None = None
    for index, one in enumerate(typed):
        label = one.label
        if label is not None:
            rest = one.line.raw[label.end :]
            keep = True
            if label.sort is Sort.ARTICLE:
                keep = _restarts(typed, index) or (
                    _is_article(label, rest, last.get(Sort.ARTICLE, 0), previous, glued)
                    and not (
                        previous is not None and _goes_on(previous) and _comes_later(typed, index, label)
                    )
                )
            elif label.sort <= Sort.SECTION:
                keep = _is_division(label, rest, one)
            elif label.sort is Sort.COMMA:
                keep = not (
                    label.value <= 2 and _GRADE.match(rest) and last.get(Sort.COMMA, 0) + 1 != label.value
                )
            one.label = label._replace(loose=False) if keep else None
            if keep:
                last[label.sort] = label.value
                glued += label.loose and label.sort is Sort.ARTICLE
        previous = one


def _is_article(label: Label, rest: str, last: int, previous: TypedLine | None, glued: int) -> bool:
    expected = label.value == last + 1 or (label.value == last and label.inserted)
    # Behind a blank, the article's own words may open with a quotation: 第五条　“某某”作品分为三类.
    cites = CITES.match(rest) is not None and (label.loose or rest[:1] != "“")
    if label.loose:
        apart = previous is not None and (previous.finished or previous.is_heading)
        near = glued > 1 and apart and last < label.value <= last + _MOST_LEFT_OUT
        return (expected or near) and not cites
    # The first article of a text, set off from its words, stands below whatever line: 《…》有关条款 / 第一百六十九条　申请…
    if last and previous is not None and _goes_on(previous):
        return (expected or last < label.value <= last + _MOST_LEFT_OUT) and not cites
    return True


def _restarts(typed: list[TypedLine], index: int) -> bool:
    """Return whether 第一条 without a blank behind it begins a further regulation: the next number of an article is 第二条."""
    label = typed[index].label
    if label is None or label.value != 1 or label.inserted:
        return False
    if CITES.match(typed[index].line.raw[label.end :]) or (
        index and not typed[index - 1].finished and len(typed[index - 1].line.raw) > LONGEST_HEADING
    ):
        return False
    return next((each.value for each in _articles_below(typed, index)), None) == 2


def _articles_below(typed: list[TypedLine], index: int) -> Iterator[Label]:
    """Yield the labels of the articles on the lines below `index`, without citations."""
    for later in typed[index + 1 : index + _LOOKAHEAD]:
        label = later.label
        if label is not None and label.sort is Sort.ARTICLE and not CITES.match(later.line.raw[label.end :]):
            yield label


def _goes_on(previous: TypedLine) -> bool:
    """Return whether a sentence of an article may continue on the line after `previous`."""
    ends = previous.finished or previous.is_heading or previous.line.markup
    return not ends and len(previous.line.raw) > _SHORTEST_WRAPPED


def _comes_later(typed: list[TypedLine], index: int, label: Label) -> bool:
    """Return whether the number of the article at `index` occurs again below, before a higher number or a new 第一条.

    The line at `index` then continues a sentence that cites the later article (依照本法 / 第六条处罚).
    """
    for other in _articles_below(typed, index):
        if other.number == label.number:
            return True
        if other.value == 1 or other.value > label.value:
            return False
    return False


def _is_division(label: Label, rest: str, one: TypedLine) -> bool:
    if one.line.markup:
        return True
    if _ENDS_SENTENCE.search(rest[-1:]) or len(rest) > 60:
        return False
    return not (label.loose and (CITES.match(rest) is not None or len(despace(rest)) > 30))


_WORDS = frozenset({Sort.FIRSTLY, Sort.STEM, Sort.FIRST, Sort.WORD})
"""Forms that can also be words (一是, 甲、乙双方, 第一、, 周期三)."""
_CODED = lazy_pattern("[A-Z]?([0-9]+)[、.．]|[0-9]+[-－—]([0-9]+)")
"""Forms that can also be codes or measures (A4、, 1-2): they number a text only in sequence."""


def _check_runs(typed: list[TypedLine]) -> None:
    """Keep marks that can also be words or codes only if they number lines in sequence: one, then two, and so on."""
    families: defaultdict[str, list[tuple[TypedLine, int]]] = defaultdict(list)
    for one in typed:
        label = one.label
        if label is None:
            continue
        coded = _CODED.fullmatch(label.text) if label.sort in (Sort.CODE, Sort.DECIMAL) else None
        if coded is not None:
            families[Sort.CODE.name].append((one, int(coded[coded.lastindex or 1])))
        elif label.sort in _WORDS:
            families[label.family].append((one, label.value))
    for family, marked in families.items():
        values = [value for _, value in marked]
        for index, (one, value) in enumerate(marked):
            inserted = one.label is not None and one.label.word == "§" and one.label.inserted
            follows = index > 0 and value == values[index - 1] + (not inserted)
            leads = value == 1 and index + 1 < len(values) and values[index + 1] == 2
            again = (
                value == 1
                and (1, 2) in pairwise(values[:index])
                and one.label is not None
                and (one.label.sort is Sort.WORD or one.label.text[0] in "（(")
            )
            if not (follows or leads or again or (family == Sort.CODE.name and (1, 2) in pairwise(values))):
                one.label = None
                one.kind = kind_of(one.line.raw)


def _number_bare(typed: list[TypedLine]) -> None:
    """Read `一　总则` as a label if short lines of this form, without a full stop, number the text in sequence from one."""
    marked = [
        (one, match)
        for one in typed
        if one.label is None
        and one.kind is None
        and len(one.line.raw) <= LONGEST_HEADING
        and one.last not in GOES_ON
        and not _ENDS_SENTENCE.search(one.line.raw)
        and (match := _BARE.match(one.line.raw)) is not None
    ]
    values = [to_int(match[1]) for _, match in marked]
    if len(marked) < _FEWEST_BARE or values != [*range(1, len(values) + 1)]:
        return
    for value, (one, match) in enumerate(marked, 1):
        one.label = _label(Sort.COMMA, match, value)


def _number_entries(typed: list[TypedLine]) -> None:
    """Read `1　某办法　某政发〔2014〕6号` as a label if entries of this form follow each other line by line.

    Numbers begin at one or continue the previous list: 2　某许可, below the heading of its own group.
    """
    counted = 0
    run: list[tuple[TypedLine, re.Match[str]]] = []
    for one in typed:
        match = _ENTRY.match(one.line.raw) if one.label is None and one.kind is None else None
        value = int(match[1]) if match is not None else 0
        if match is None or value != (int(run[-1][1][1]) if run else counted) + 1:
            run = [(one, match)] if match is not None and value == 1 else []
        else:
            run.append((one, match))
        if len(run) >= _FEWEST_BARE or value == counted + 1 > 1:
            counted = value
            for each, mark in run:
                each.label = each.label or _label(Sort.POINT, mark, int(mark[1]))


def _label(sort: Sort, match: re.Match[str], value: int) -> Label:
    return Label(sort, match[1], match[1], value, match.end(), len(match[1]))


def _number_outlines(typed: list[TypedLine]) -> None:
    """Read `1　总则`, `1总则` and `1.1编制目的` as labels where the text numbers its parts 1.1, 1.2 or is a standard.

    Such a number opens the outline (1, 1.1) or comes directly after another one. In a standard that of a term stands alone above it.
    """
    is_standard = any(one.kind is Kind.COVER for one in typed)
    found = [
        (above, one, match)
        for above, one in pairwise([*typed[:1], *typed])
        if (one.label is None or one.label.sort is Sort.DECIMAL)
        and one.kind is not Kind.ROW
        and (match := _OUTLINE.match(one.line.raw)) is not None
        and (is_standard or match.end() < len(one.line.raw))
    ]
    if sum("." in match[1] for *_, match in found) < _FEWEST_BARE and not is_standard:
        return
    before: tuple[int, ...] = (0,)
    top = entry = 0
    for above, one, match in found:
        number = tuple(map(int, match[1].split(".")))
        opens = number == (1,) and above.last in "：:" and len(before) > 1
        if one.label is None and (opens or (entry and number == (entry + 1,) and above.last in "；;")):
            entry = number[0]  # 1 甲；2 乙。 below 3.1.2 甲应符合下列规定：
            one.label = _label(Sort.POINT, match, entry)
            continue
        entry = 0
        is_heading = match.end() > match.end(1) or len(one.line.raw) <= LONGEST_HEADING or len(number) > 1
        if (
            one.label is None
            and is_heading
            and (number in ((1,), (1, 1)) or number == (top + 1,) or _follows(before, number))
        ):
            one.label = _label(Sort.DECIMAL, match, number[0])
            one.kind = None
        if one.label is not None:
            before = number
            top = number[0] if len(number) == 1 else top


def _follows(before: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Return whether `number` of an outline directly follows the number `before`: 1.2 after 1.1.3, 2.1 after 2, 2 after 1.4."""
    shared = len(number) - 1
    same = number[:shared] == before[:shared] and shared < len(before)
    return number == (*before, 1) or (same and number[-1] == before[shared] + 1)
