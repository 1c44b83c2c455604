"""Joins printed lines to paragraphs by their left and right ends (GB/T 9704: first lines are indented by two characters).

A line begins a paragraph if it is indented, if the line before it ends early, or if type or spacing change.
Right paragraphs on 12 measured pages: 36 % with a paragraph for each line, 87 % by punctuation, 100 % by indents.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from policydiff.extract.pages.lines import Flow, Line, Numbers, Page, TableRow, first_unit, is_wide, joined
from policydiff.extract.reading import Block
from policydiff.lexicon.text_marks import row_line

_INDENT = 1.2
"""Ems from which a line is indented; official documents indent two, justified margins differ by less than one."""
_CELL = 0.8
"""Least indent of a first line on a wide character grid, in cells, where two characters are one cell wide: 16 points on 31.5."""
_CENTRED = 2.6
"""Ems on both sides from which a line is centred; an indented line of two ems that is nearly full is not."""
_BALANCED = 1.5
"""Most ems by which the space on the two sides of a centred line may differ."""
_EXACTLY = 0.1
"""Ems by which a centred line may miss the middle."""
_OTHER_INDENT = 0.3
"""Ems by which two indents may differ and still be one."""
_MOST_RETURN = 0.8
"""Least share of full first lines whose next line is at the margin; in hanging lists all lines are indented alike."""
_NARROW = 0.5
"""Share of the page's width below which the words of a page do not show its margins."""
_FINAL = tuple("。；：！？;:!?”）)")
_LABEL = re.compile(
    r"""^(?:
          第[一二三四五六七八九十百千零〇\d]+[编章节条款项] | [一二三四五六七八九十]+、
        | [（(][一二三四五六七八九十\d]+[）)](?!》) | \d{1,3}[.．、)）](?!\d) | [①-⑳] | 附\s*件
    )""",
    re.VERBOSE,
)
_DIVISION = re.compile(r"^第[一二三四五六七八九十百零〇\d]+分?[编章节]")
_ATTACHED = re.compile(r"附\s*件\s*[一二三四五六七八九十\d]{0,3}\s*[:：]?")
"""A line with only the name of an attachment; a sentence never ends so, because it ends with a mark."""
_HEADED = re.compile(_DIVISION.pattern + r"\s")
_SET_LEFT = 0.8
"""Ems of extra space at the left of a heading above which it began at the left and is not centred."""
_LONGEST_NOTE = 1_500
"""Most characters of a note in brackets; the note of the criminal law, amended by twelve decisions, has 796."""
_MOST_APART = 2.5
"""Usual line distances within which two lines still belong together if the first is full, because titles are set wide."""
_HANGING = "，。、；：！？”’）》"
_MARKS = f"{_HANGING},.;:"
_FEWEST_UNMARKED = 4
"""Least lines without a mark at their end that show the right margin."""
_FEW_LINES = 10
"""Lines below which the two outermost decide on the margin, as a page of few lines has no usual one."""
_FEWEST_INSIDE = 3
"""Least pairs of lines inside paragraphs that show the usual line distance."""
_SET_APART = 0.9
"""Least share of paragraphs set apart by distance for distance to separate all paragraphs; some texts set articles apart but not their
paragraphs."""
_STOPS = tuple("。！？；")
_DEEPEST = 2.9
"""Most ems of a first-line indent; a line further in is placed elsewhere."""
_SLACK = -0.03
"""Ems by which the space at the end of a line may be overestimated, because margins are measured from lines."""
_NO_ROOM = 0.5
"""Ems of space at the end of a line in which no unit fits: the narrowest character counts as 0.55 ems, less `_SLACK`."""
_FILLED = 1.0
"""Ems of space at the end of a line below which the next character did not fit."""
_LEADER = re.compile(r"[.．…·•_]{4,}\s*[-–—－(（]?\s*(?:\d{1,4}|[ivxIVX]{1,6})\s*[-–—－)）]?$")
"""End of a line in a table of contents: dots that lead to a page number."""
# 2021年4月22日施行: below the title of a law, each event has its own line.
_DATED = re.compile(r"^[（(]?\d{4}\s*年\s*\d{1,2}\s*月")


class Margins(NamedTuple):
    """Left and right end of the body's lines, and the body's type size, in points."""

    left: float
    right: float
    em: float
    indents: bool
    """Whether paragraphs have indented first lines."""
    first: float = 0.0
    """Indent of most first lines in ems; 0 for none."""
    returns: bool = False
    """Whether lines with this indent are followed by lines at the margin; in a hanging list they are followed by lines with the same indent."""


class _Placed(NamedTuple):
    line: Line
    page: int
    margins: Margins
    indent: float
    """Indent of the line in ems."""
    rest: float
    """Space at the right of the line in ems."""
    is_balanced: bool
    is_centred: bool
    is_right_aligned: bool


def _placed(line: Line, page: int, margins: Margins) -> _Placed:
    indent = (line.x0 - margins.left) / margins.em
    rest = (margins.right - line.x1) / margins.em
    off = abs(indent - rest)
    if indent > _CENTRED:
        centred = off < _BALANCED
    else:
        # Type on a wide grid has large ems, and a title there is centred exactly, two cells from either margin.
        centred = off < _EXACTLY and indent > _INDENT and abs(indent - margins.first) > _OTHER_INDENT
    right_aligned = indent > 8 and rest < 7 and not centred
    return _Placed(line, page, margins, indent, rest, off < _BALANCED, centred, right_aligned)


def paragraphs(flows: Sequence[Flow]) -> tuple[list[Block], int]:
    """Return paragraphs and table rows in reading order, and the number of lines joined although they may begin a paragraph.

    A paragraph may continue over columns and pages.
    """
    found: list[Block] = []
    doubtful = near = apart = 0
    before: _Placed | None = None
    borders: tuple[int, ...] | None = None
    margins = flow_margins(flows)
    pitch = _pitch(flows, margins)
    sequence = Numbers() if any(flow.page.recognised for flow in flows) else None
    for flow, margin in zip(flows, margins, strict=True):
        items: list[Line | TableRow] = [*flow.lines, *flow.rows]
        for item in sorted(items, key=attrgetter("baseline")):
            if isinstance(item, TableRow):
                if borders is not None and borders != item.borders:
                    found.append(Block(""))  # adjacent tables stay two tables
                borders = item.borders
                if line := row_line(item.cells):
                    found.append(Block(line, "row"))
                before = None
                continue
            borders = None
            here = _placed(item, flow.page.number, margin)
            numbered = sequence is not None and flow.page.recognised and sequence.goes_on(item.text)
            goes_on = before is not None and (
                _is_open_note(found[-1].text, before, here) or not _begins(before, here, pitch)
            )
            if goes_on and not numbered:
                doubtful += before is not None and _may_begin(before, here)
                found[-1] = found[-1]._replace(text=joined(found[-1].text, item.text))
            else:
                if before is not None and _ends(before) and before.page == here.page:
                    far = _is_far(before, here, pitch)
                    near, apart = near + (not far), apart + far
                if sequence is not None:
                    sequence.see(item.text)
                found.append(Block(item.text, "paragraph", here.is_centred, round(item.height, 1)))
            before = here
    # If paragraphs are set apart by distance, a line at the usual distance belongs to the paragraph above.
    return found, doubtful if apart < _SET_APART * (near + apart) else 0


def _may_begin(before: _Placed, here: _Placed) -> bool:
    """Return whether a joined line may begin a paragraph: no first lines are indented, and the full line above ends a sentence."""
    plain = not here.margins.indents and not here.is_centred and here.indent < _INDENT
    return plain and before.rest < _FILLED and before.line.text.endswith(_STOPS)


def _is_open_note(words: str, before: _Placed, here: _Placed) -> bool:
    """Return whether a paragraph in brackets, such as the note below a title, is still open, so that this line continues it."""
    return (
        words[0] in "（("
        and len(words) <= _LONGEST_NOTE
        and sum(map(words.count, "（(")) > sum(map(words.count, "）)"))
        and not _LABEL.match(here.line.text)
        and not _is_other_type(before, here)
        and not here.is_right_aligned
    )


def flow_margins(flows: Sequence[Flow]) -> list[Margins]:
    """Return the margins of each flow: the margins common to pages of its size, shifted if left and right pages differ."""
    by_size: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for flow in flows:
        by_size[_size(flow.page)].extend(flow.lines)
    common: dict[tuple[int, int], Margins] = {}
    found = []
    for flow in flows:
        size = _size(flow.page)
        if size not in common:
            common[size] = _margins(by_size[size], flow.page)
        found.append(_moved(common[size], flow.lines, flow.page))
    return found


def _size(page: Page) -> tuple[int, int]:
    return round(page.width / 10), round(page.height / 10)


def _margins(lines: Sequence[Line], page: Page) -> Margins:
    if not lines:
        return Margins(0.0, page.width, 12.0, indents=False)
    left, right, em, full = _edges(lines, page)
    indents = Counter(
        round(indent, 1) for line in full if _INDENT < (indent := (line.x0 - left) / em) < _DEEPEST
    )
    usual = indents.most_common(1)[0][0] if indents else 0.0
    goes_on = [
        _is_near(lower.x0, left, em)
        for upper, lower in pairwise(lines)
        if _is_near(upper.x0, left + usual * em, em)
        and right - upper.x1 < _FILLED * em
        and not upper.text.endswith(_FINAL)
        and (_is_near(lower.x0, left, em) or _is_near(lower.x0, upper.x0, em))
    ]
    returns = sum(goes_on) > _MOST_RETURN * len(goes_on)
    return Margins(left, right, em, indents=indents.total() * 12 >= len(full), first=usual, returns=returns)


def _is_near(place: float, other: float, em: float) -> bool:
    return abs(place - other) < _OTHER_INDENT * em


def _edges(lines: Sequence[Line], page: Page) -> tuple[float, float, float, list[Line]]:
    """Return the left and right end of lines, their type size, and the lines that show the left end."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    em = max(sizes.most_common(1)[0][0], 1.0)
    body = [line for line in lines if abs(line.size - em) < 0.15 * em] or list(lines)
    # A mark at the end of a line may hang beyond the margin.
    unmarked = [line for line in body if line.text[-1:] not in _MARKS]
    # On a grid an em is a cell, and a third of a cell would be enough for a mark beyond the margin.
    type_size = min((line.drawn for line in body if line.drawn), default=em)
    right = _edge((line.x1 for line in (unmarked if len(unmarked) >= _FEWEST_UNMARKED else body)), type_size)
    # Only full lines and the lines that continue them show the left margin; other lines may be placed anywhere.
    full = [line for line in body if right - line.x1 < 2.5 * em] or body
    full += [
        lower
        for upper, lower in pairwise(body)
        if right - upper.x1 < 2.5 * em <= right - lower.x1
        and not upper.text.endswith(_FINAL)
        and 0 < lower.baseline - upper.baseline < 3 * em
    ]
    left = -_edge((-line.x0 for line in full), type_size)
    if 2 * sum(line.x0 < left - em for line in body) > len(body):
        # If no line fills the width, the line furthest right is that of a signature.
        left = -_edge((-line.x0 for line in body), type_size)
    if right - left < _NARROW * page.width:
        # With too few or too short lines to show the right margin, it is taken to be as wide as the left one.
        right = max(right, page.width - left)
    return left, right, em, full


def _edge(values: Iterable[float], em: float) -> float:
    """Return the outermost value that a tenth of the lines (and at least two) share, within a third of an em.

    With few lines only one may reach beyond the value, because two short lines may end alike by chance.
    """
    ordered = sorted(values, reverse=True)
    needed = max(min(2, len(ordered)), len(ordered) // 10)
    for value, last in zip(
        ordered[: 2 if len(ordered) < _FEW_LINES else None], ordered[needed - 1 :], strict=False
    ):
        if value - last < em / 3:
            return value
    return ordered[0]


def _moved(margins: Margins, lines: Sequence[Line], page: Page) -> Margins:
    full = [line for line in lines if line.x1 - line.x0 > 0.9 * (margins.right - margins.left)]
    if len(full) < 3:
        return margins
    left, right, _, _ = _edges(full, page)
    # Wide marks may hang beyond the right margin; if all lines that reach it end with a mark, the left margin decides.
    hang = all(line.text[-1:] in _HANGING for line in full if right - line.x1 < margins.em / 3)
    shift = left - margins.left if hang else right - margins.right
    same_width = abs((left - margins.left) - (right - margins.right)) < 0.6 * margins.em
    if same_width and abs(shift) > 0.6 * margins.em:
        return margins._replace(left=margins.left + shift, right=margins.right + shift)
    return margins


def _pitch(flows: Sequence[Flow], margins: Sequence[Margins]) -> float:
    """Return the usual distance between baselines inside paragraphs; 0 if no page has two lines.

    If paragraphs are short and set apart, the distance between paragraphs is more frequent, so lines inside sentences decide.
    """
    steps: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    for flow, margin in zip(flows, margins, strict=True):
        for upper, lower in pairwise(flow.lines):
            step = round(lower.baseline - upper.baseline)
            steps[step] += 1
            inside[step] += _goes_on_below(upper, lower, margin)
    usual = inside if inside.total() >= _FEWEST_INSIDE else steps
    return float(usual.most_common(1)[0][0]) if usual else 0.0


def _goes_on_below(upper: Line, lower: Line, margins: Margins) -> bool:
    """Return whether a line fills the width inside a sentence and the line below begins at the margin."""
    return (
        margins.right - upper.x1 < _FILLED * margins.em
        and not upper.text.endswith(_FINAL)
        and abs(lower.x0 - margins.left) < _INDENT * margins.em
        and abs(lower.height - upper.height) <= 0.15 * upper.height
        and not _LABEL.match(lower.text)
    )


def _begins(before: _Placed, here: _Placed, pitch: float) -> bool:
    """Return whether a line begins a paragraph, given the line before it."""
    below_heading = before.line.text[0] == "第" and _DIVISION.match(before.line.text) is not None
    headed = here.line.text[0] == "第" and _HEADED.match(here.line.text)
    attached = here.line.text[0] == "附" and _ATTACHED.fullmatch(here.line.text)
    if (headed and (below_heading or _ends(before))) or attached or _LEADER.search(before.line.text):
        return True
    return not (below_heading and _goes_on_from_heading(before, here)) and _opens(before, here, pitch)


def _opens(before: _Placed, here: _Placed, pitch: float) -> bool:
    """Return whether a line begins a paragraph, by its position and the end of the line before it."""
    if here.is_centred or before.is_centred:
        wraps = here.is_centred and before.is_balanced and _is_full(before, here, sides=2)
        wraps = wraps and not _DATED.match(here.line.text)
        return not wraps or (not before.is_centred and _ends(before)) or _is_other_type(before, here)
    # A change of type or side, or a large distance, separates a line from the line before it
    if (
        _is_other_type(before, here)
        or here.is_right_aligned
        or before.is_right_aligned
        or here.indent < -_INDENT
        or _is_far(before, here, pitch)
    ):
        return True
    # Lines with the same indent form a hanging list, unless the line before ended a sentence or both have the first-line indent.
    first = (
        here.margins.returns
        and is_wide(here.line.text[0])
        and abs(here.indent - here.margins.first) < _OTHER_INDENT
    )
    hanging = abs(here.line.x0 - before.line.x0) < 0.3 * here.margins.em and not first
    labelled = _LABEL.match(here.line.text) is not None
    if not _is_full(before, here) or (labelled and here.indent >= _INDENT):
        return True
    if here.indent >= _INDENT:
        dated_or_headed = _DATED.match(here.line.text) or _DIVISION.match(before.line.text)
        return not hanging or _ends(before) or dated_or_headed is not None
    if here.indent > _CELL and is_wide(here.line.text[0]):
        return labelled or (_ends(before) and not hanging)
    return labelled and _ends(before) and not here.margins.indents


def _goes_on_from_heading(before: _Placed, here: _Placed) -> bool:
    """Return whether a line continues a chapter heading that fills its line: 第三节　宣告失踪和宣 / 告死亡."""
    return (
        not before.line.text.endswith(_STOPS)
        and (before.indent - before.rest > _SET_LEFT or (before.indent < _NARROW and here.is_balanced))
        and _is_full(before, here)
        and not _LABEL.match(here.line.text)
        and not _is_other_type(before, here)
        and (here.rest > _FILLED or here.indent > max(here.margins.first, _INDENT) + _OTHER_INDENT)
        and not (here.margins.indents and abs(here.indent - here.margins.first) < _OTHER_INDENT)
    )


def _is_far(before: _Placed, here: _Placed, pitch: float) -> bool:
    """Return whether the distance to the line above is larger than between lines of one paragraph."""
    step = here.line.baseline - before.line.baseline
    return before.page == here.page and 0 < _far(before, here) * pitch < step


def _far(before: _Placed, here: _Placed) -> float:
    """Return the distance that separates paragraphs, in usual line distances: a small one if they have no other sign."""
    fills = before.rest < _FILLED and before.indent < _INDENT and not _ends(before)
    if here.margins.indents and fills and here.indent < _INDENT:
        return _MOST_APART
    return 1.75 if here.margins.indents else 1.25


def _is_other_type(before: _Placed, here: _Placed) -> bool:
    return abs(here.line.height - before.line.height) > 0.15 * before.line.height


def _ends(placed: _Placed) -> bool:
    return placed.line.text.endswith(_FINAL)


def _is_full(before: _Placed, here: _Placed, sides: int = 1) -> bool:
    """Return whether the line before ends only because the first unit of this line did not fit there.

    A centred line has its free space on two sides, so `sides` is 2.
    """
    room = sides * (before.margins.right - before.line.x1)
    if room < _NO_ROOM * here.line.size:
        return True
    sure = sides > 1 or _ends(before) or _LABEL.match(before.line.text) is not None
    # The width of Latin letters and digits is a guess; a Chinese character is as wide as its type size.
    slack = _SLACK if sure and is_wide(here.line.text[0]) else 1.0
    return room < (first_unit(here.line.text) + slack) * here.line.size
