"""Footnotes of a page: small lines at its foot that begin with a mark, and the raised mark in the text that calls them."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from typing import NamedTuple

from policydiff.extract.pages.lines import joined, printed_lines
from policydiff.extract.pages.placed import Fragment, Line, Page
from policydiff.extract.reading import Block
from policydiff.lexicon.note_marks import CALL, call, note_line

_MARK = re.compile(r"[\[［〔(（]?\s?(\d{1,3}|[①-⑳㉑-㉟]|[*＊※†]{1,3})\s?[\]］〕)）]?[\s.．、]*")
_SMALLER = 0.92
"""Type of notes measured by the body's: footnotes are set a size smaller."""
_RAISED_SIZE = 0.78
"""Type of a raised mark, measured by the character before it."""
_LOWER_HALF = 0.4
"""Where on the page notes may begin, as a share of its height from the top."""
_MOST_LINES = 40


class _Foot(NamedTuple):
    """The notes at the foot of one page: label and words."""

    top: float
    """Baseline of their first line."""
    notes: list[tuple[str, str]]


class PageNotes(NamedTuple):
    """Lines without the notes, with the marks of calls, and the notes by label in the order of pages."""

    lines: list[list[Line]]
    notes: dict[str, deque[str]]


def take_notes(pages: Sequence[Page], lines: Sequence[list[Line]]) -> PageNotes:
    """Return the lines of the pages without the notes that a raised mark calls, and those notes."""
    em = _body_size(lines)
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
    """Return the blocks with each note after the block that calls it."""
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


def _body_size(lines: Sequence[list[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for of_page in lines:
        for line in of_page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _foot(page: Page, lines: list[Line], em: float) -> _Foot | None:
    """Return the notes at the foot of a page: its last lines, smaller than the body's, the first with a mark."""
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
    """Return the lines above the notes with the raised marks as calls; None where a note has none."""
    left = [label for label, _ in foot.notes]
    above = [each for each in page.fragments if each.baseline < foot.top - 0.5 * each.size]
    fragments: list[Fragment] = []
    for fragment in above:
        before = fragments[-1] if fragments else None
        label = fragment.text.strip().strip("[]［］〔〕()（）")
        if left and label == left[0] and before is not None and _is_raised(fragment, before):
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


def _is_raised(mark: Fragment, before: Fragment) -> bool:
    near = -0.3 * before.size < mark.x0 - before.x1 < before.size
    return (
        near
        and mark.size <= _RAISED_SIZE * before.size
        and mark.baseline < before.baseline - 0.1 * before.size
    )
