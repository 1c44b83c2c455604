"""Headers, footers and page numbers, which nearly all pages have; footnotes with their marks; tables that continue on the next page.

A row cut by a page break becomes one row, and a repeated table head is left out.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.extract.pages.lines import Fragment, Line, Page, TableRow, is_raised, joined, printed_lines
from policydiff.extract.reading import Block, Leftovers
from policydiff.lexicon.text_marks import CALL, Slot, call, note_line

_EDGE = 0.14
"""Share of the page's height, at its top and at its bottom, in which headers and footers are."""
_EDGE_LINES = 3
"""Lines from the top or bottom of a page that may be its header or footer."""
_SAME_PLACE = 3.0
"""Points by which the distance from the page's edge may vary between pages."""
_NEARLY_ALL = 0.8
"""Least share of pages with the line, from its first page to its last; a page set sideways, or a blank page, lacks it."""
_FEWEST = 3
"""Least pages with the line (both pages in a document of two), because two pages may end in the same words by chance."""
_OFTEN_INSIDE = 0.25
"""Most occurrences of a header or footer inside pages, as a share of its occurrences at edges; a title usually occurs inside once."""
_IN_RHYTHM = 0.12
"""Share of the usual line distance by which the distance to the next line may differ."""
_SAME_SIZE = 0.08
"""Share of the type size by which a line may differ from the line beside it."""
_WIDEST = 2.4
"""Most line distance of a text, in sizes of its type; official documents have 1.8."""
_DIGITS = re.compile(r"[0-9０-９]+")
_DIGIT = frozenset("0123456789０１２３４５６７８９")
_PAGE_NUMBER = re.compile(
    r"""^(?:
          [—–\-－―─一_~•·.]{1,3} \d{1,4} [—–\-－―─一_~•·.]{0,3}   # — 12 —; recognition reads 一12一
        | \d{1,4} [—–\-－―─一_~•·.]{1,3}
        | 第 \d{1,4} 页 (?: [,，/]? 共 \d{1,4} 页 )?
        | \d{1,4} / \d{1,4}
        | [Pp]age \d{1,4} (?: of \d{1,4} )?
        | (?:https?|file):// .{1,2000} \d{1,4}/\d{1,4}   # the foot that a browser prints
    )$""",
    re.VERBOSE,
)
_BARE = re.compile(r"^\d{1,4}$")
_PRINTED = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4},?(?:上午|下午)?\d{1,2}:\d\d")
"""Date and time at the beginning of the header that a browser prints; the footer has the address of the page."""


class _Place(NamedTuple):
    """A line near the edge of a page."""

    page: int
    """Index of the page, from 0."""
    line: Line
    side: str
    """`header` or `footer`."""
    distance: float
    """Distance from the page's edge to the baseline in points."""
    in_rhythm: bool
    """Whether the line continues the line distance and type size of the lines inside the page."""


def without_furniture(
    pages: Sequence[Page], lines: Sequence[list[Line]], left_out: Leftovers
) -> list[list[Line]]:
    """Return the lines of each page without headers, footers and page numbers, which are recorded in `left_out`."""
    # The most frequent distance between baselines; 0 if no page has two lines
    steps = Counter(
        round(lower.baseline - upper.baseline, 0)
        for of_page in lines
        for upper, lower in pairwise(of_page)
        if 1 < lower.baseline - upper.baseline <= _WIDEST * upper.size
    )
    usual = float(steps.most_common(1)[0][0]) if steps else 0.0
    places = [
        place
        for index, (page, of_page) in enumerate(zip(pages, lines, strict=True))
        for place in _edge_places(index, page, of_page, usual)
    ]
    dropped: defaultdict[int, dict[Line, str]] = defaultdict(dict)
    for place in _furniture(places, _inside(lines, places), len(pages)):
        dropped[place.page][place.line] = place.side
    kept = []
    for index, (page, of_page) in enumerate(zip(pages, lines, strict=True)):
        kinds = dropped[index]
        kinds |= dict.fromkeys(_page_numbers(page, of_page, set(kinds)), "page number")
        for line in of_page if kinds else ():
            if line in kinds:
                left_out.add(kinds[line], line.text)
        kept.append([line for line in of_page if line not in kinds] if kinds else of_page)
    return kept


def _edge_places(index: int, page: Page, lines: list[Line], usual: float) -> list[_Place]:
    found: list[_Place] = []
    for side, from_edge in (("header", lines), ("footer", lines[::-1])):
        for number, line in enumerate(from_edge[:_EDGE_LINES]):
            distance = line.baseline if side == "header" else page.height - line.baseline
            if distance >= _EDGE * page.height or any(place.line is line for place in found):
                break
            inner = from_edge[number + 1] if number + 1 < len(from_edge) else None
            found.append(_Place(index, line, side, distance, _goes_on(line, inner, usual)))
    return found


def _goes_on(line: Line, inner: Line | None, usual: float) -> bool:
    """Return whether a line has the usual distance to, and the same type size as, the line beside it inside the page."""
    if inner is None or not usual:
        return False
    step = abs(inner.baseline - line.baseline)
    alike = abs(line.size - inner.size) <= _SAME_SIZE * inner.size
    return alike and abs(step - usual) <= _IN_RHYTHM * usual


def _inside(lines: Sequence[list[Line]], places: Sequence[_Place]) -> Counter[tuple[str, int]]:
    """Count the lines inside pages by words and type size, if their first character also begins a line at an edge."""
    at_edge = {id(place.line) for place in places}
    starts = {place.line.text[0] for place in places} - _DIGIT
    return Counter(
        _key(line)
        for of_page in lines
        for line in of_page
        if (line.text[0] in starts or line.text[0] in _DIGIT) and id(line) not in at_edge
    )


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.size)


def _furniture(places: Sequence[_Place], inside: Counter[tuple[str, int]], pages: int) -> list[_Place]:
    alike: defaultdict[tuple[str, str], list[_Place]] = defaultdict(list)
    for place in places:
        alike[place.side, _key(place.line)[0]].append(place)
    found: list[_Place] = []
    for (_, words), of_words in alike.items():
        for group in _by_distance(of_words):
            held_inside = max(
                inside[words, round(place.line.size) + step] for place in group for step in (-1, 0, 1)
            )
            rhythmic = sum(place.in_rhythm for place in group)
            bearing = {place.page for place in group}
            if held_inside > max(1, _OFTEN_INSIDE * len(group)):
                # Words that also occur in the text are a header or footer if every page has them apart from its text.
                is_edge = not rhythmic and len(bearing) == pages >= _FEWEST
            else:
                is_edge = 2 * rhythmic <= len(group) and _on_nearly_all(bearing, pages)
            if is_edge:
                found.extend(group)
    return found


def _by_distance(places: list[_Place]) -> list[list[_Place]]:
    """Group lines with the same words by their distance from the edge, because headers and footers keep their place."""
    groups: list[list[_Place]] = []
    for place in sorted(places, key=lambda each: each.distance):
        if groups and place.distance - groups[-1][-1].distance <= _SAME_PLACE:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _on_nearly_all(bearing: set[int], pages: int) -> bool:
    """Return whether a line is on nearly all pages from its first page to its last, or on nearly every other page."""
    if len(bearing) < min(_FEWEST, max(2, pages)):
        return False
    first, last = min(bearing), max(bearing)
    parities = {page % 2 for page in bearing}
    step = 2 if len(parities) == 1 else 1
    between = (last - first) // step + 1
    return len(bearing) >= _NEARLY_ALL * between


def _page_numbers(page: Page, lines: list[Line], furniture: set[Line]) -> set[Line]:
    """Return the lines that only number the page: the outermost ones that are no other header or footer."""
    found: set[Line] = set()
    for side, from_edge in (("header", lines), ("footer", lines[::-1])):
        outermost = [line for line in from_edge[:_EDGE_LINES] if line not in furniture][:1]
        for line in outermost:
            distance = line.baseline if side == "header" else page.height - line.baseline
            if distance >= _EDGE * page.height:
                continue
            words = "".join(line.text.split())
            counts = _PAGE_NUMBER.match(words) or ("://" in lines[-1].text and _PRINTED.match(words))
            if counts or (side == "footer" and _is_bare_number(page, line, lines)):
                found.add(line)
    return found


def _is_bare_number(page: Page, line: Line, lines: list[Line]) -> bool:
    """Return whether a number alone, far below the last line, is the page number."""
    if not _BARE.match(line.text.strip()) or len(lines) < 2:
        return False
    above = [other for other in lines if other.baseline < line.baseline]
    if not above:
        return False
    return line.baseline - above[-1].baseline > 1.8 * above[-1].size and int(line.text) <= page.number + 1000


_MARK = re.compile(r"[\[［〔(（]?\s?(\d{1,3}|[①-⑳㉑-㉟]|[*＊※†]{1,3})\s?[\]］〕)）]?[\s.．、]*")
_SMALLER = 0.92
"""Most type size of notes, as a share of the body's, because footnotes are set a size smaller."""
_LOWER_HALF = 0.4
"""Least distance of notes from the top of the page, as a share of its height."""
_MOST_LINES = 40
"""Lines from the bottom of a page among which its notes are looked for."""


class _Foot(NamedTuple):
    """The notes at the foot of a page, each with label and words."""

    top: float
    """Baseline of the first line of the notes in points."""
    notes: list[tuple[str, str]]


class PageNotes(NamedTuple):
    """Lines without the notes, with references in place of the marks, and the notes by label in the order of pages."""

    lines: list[list[Line]]
    notes: dict[str, deque[str]]


def take_notes(pages: Sequence[Page], lines: Sequence[list[Line]]) -> PageNotes:
    """Return the lines of the pages without the notes to which raised marks refer, and these notes."""
    sizes: Counter[float] = Counter()
    for of_page in lines:
        for line in of_page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    em = sizes.most_common(1)[0][0] if sizes else 0.0
    kept: list[list[Line]] = []
    notes: defaultdict[str, deque[str]] = defaultdict(deque)
    for page, of_page in zip(pages, lines, strict=True):
        foot = _foot(page, of_page, em)
        called = _with_calls(page, of_page, foot) if foot is not None else None
        if foot is None or called is None:
            kept.append(of_page)
            continue
        for label, words in foot.notes:
            notes[label].append(words)
        kept.append(called)
    return PageNotes(kept, notes)


def with_notes(blocks: Sequence[Block], notes: dict[str, deque[str]]) -> list[Block]:
    """Return the blocks, with each note after the block that refers to it."""
    if not notes:
        return list(blocks)
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        found.extend(
            Block(note_line(label, notes[label].popleft()), "note")
            for label in CALL.findall(block.text)
            if notes.get(label)
        )
    left = [Block(note_line(label, words), "note") for label, others in notes.items() for words in others]
    return [*found, *left]


def _foot(page: Page, lines: list[Line], em: float) -> _Foot | None:
    """Return the notes at the foot of a page: its last lines, smaller than the body, the first line with a mark; None for none."""
    small: list[Line] = []
    for line in reversed(lines[-_MOST_LINES:]):
        if line.size > _SMALLER * em or line.baseline < _LOWER_HALF * page.height:
            break
        small.insert(0, line)
    while small and _MARK.match(small[0].text) is None:
        small.pop(0)
    if not small:
        return None
    notes: list[tuple[str, str]] = []
    for line in small:
        mark = _MARK.match(line.text)
        is_next = mark is not None and (not notes or _follows(notes[-1][0], mark[1]))
        if mark is not None and is_next:
            notes.append((mark[1], line.text[mark.end() :]))
        else:
            label, words = notes[-1]
            notes[-1] = label, joined(words, line.text)
    return _Foot(small[0].baseline, notes)


def _follows(before: str, label: str) -> bool:
    if before.isdecimal() and label.isdecimal():
        return int(label) == int(before) + 1
    return len(before) != len(label) or ord(label[0]) == ord(before[0]) + 1


def _with_calls(page: Page, lines: list[Line], foot: _Foot) -> list[Line] | None:
    """Return the lines above the notes, with references in place of the raised marks; None if a note has no mark above."""
    left = [label for label, _ in foot.notes]
    above = [each for each in page.fragments if each.baseline < foot.top - 0.5 * each.size]
    fragments: list[Fragment] = []
    for fragment in above:
        before = fragments[-1] if fragments else None
        label = fragment.text.strip().strip("[]［］〔〕()（）")
        if left and label == left[0] and before is not None and is_raised(fragment, before):
            fragments.append(fragment._replace(text=call(label), baseline=before.baseline, size=before.size))
            left.pop(0)
        else:
            fragments.append(fragment)
    if left:
        return None
    heights = [line.baseline for line in lines]
    return [
        line
        for line in printed_lines(fragments)
        if any(abs(line.baseline - height) < 0.35 * line.size for height in heights)
    ]


_FEWEST_ROWS = 3
"""Least rows that show which cells of a table are always filled."""
_BEGINS = re.compile(
    r"第[一二三四五六七八九十百千零〇\d]+[编章节条款项]|[（(]?[一二三四五六七八九十\d]+[、.．）)]|\d+$"
)
"""Beginning of the first cell of a new row: a label, or its number alone."""


def continued(
    tables: list[list[TableRow]], lines: Sequence[list[Line]], left_out: Leftovers
) -> list[list[TableRow]]:
    """Join rows that a page break divides, and leave out table heads repeated on the next page."""
    head: TableRow | None = None
    for here in range(1, len(tables)):
        above, below = tables[here - 1], tables[here]
        if not above or not below or not _adjoin(above[-1], below[0], lines[here - 1], lines[here]):
            head = None
            continue
        head = head or next(row for row in above if row.borders == below[0].borders)
        if below[0].cells == head.cells:
            left_out.add("header", " ".join(slot for slot in head.cells if isinstance(slot, str)))
            del below[0]
        if below and _is_continued(above, below):
            halves = zip(above[-1].cells, below[0].cells, strict=True)
            cells = (  # a merge has no words to join
                joined(upper, lower) if isinstance(upper, str) and isinstance(lower, str) else upper
                for upper, lower in halves
            )
            above[-1] = above[-1]._replace(cells=tuple(cells))
            del below[0]
    return tables


def _is_continued(above: Sequence[TableRow], below: Sequence[TableRow]) -> bool:
    """Return whether the first row on the next page continues the last row above.

    It does if its first cell is empty, if it closes a bracket opened above, or if cells are empty that no other row leaves empty.
    """
    upper, lower = above[-1].cells, below[0].cells
    if len(upper) != len(lower) or not lower[0]:
        return len(upper) == len(lower)
    if any(_depth(before) > 0 > _depth(after) for before, after in zip(upper, lower, strict=True)):
        return True
    empty = [column for column, cell in enumerate(lower) if not cell]
    others = [row.cells for row in (*above, *below[1:]) if len(row.cells) == len(lower)]
    return (
        bool(empty)
        and len(others) >= _FEWEST_ROWS
        and all(cells[column] for cells in others for column in empty)
        and not any(isinstance(cell, str) and _BEGINS.match(cell) for cell in lower)
    )


def _depth(words: Slot) -> int:
    """Return the number of brackets open at the end of the words; negative if more are closed than opened."""
    if not isinstance(words, str):
        return 0
    return sum(map(words.count, "（(《〈【〔")) - sum(map(words.count, "）)》〉】〕"))


def _adjoin(above: TableRow, below: TableRow, before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Return whether one table ends a page and another with the same borders begins the next."""
    return (
        above.borders == below.borders
        and all(line.baseline < above.baseline for line in before)
        and all(line.baseline > below.baseline for line in after)
    )
