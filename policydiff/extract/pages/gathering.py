"""Joins the characters of a page to fragments; struck characters form fragments of their own.

Text that a word processor spaced out on a character grid is read without the spaces.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, groupby, pairwise, repeat
from operator import attrgetter

from policydiff.extract.pages.lines import LONGEST, TOUCHING, WORD_GAP, Fragment, Page, Ruling, is_wide

LEVEL = 0.05
"""Points within which two characters are on one baseline."""
_STRUCK_FROM, _STRUCK_TO = 0.6, 0.12
"""Ems above the baseline between which a line strikes a character; an underline is lower."""


class Gathering:
    """Collects fragments in the order of the file."""

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self.fragments: list[Fragment] = []
        self.struck: list[Fragment] = []
        self.joins = False
        """Whether the next characters may continue the last fragment."""
        self.strokes = [
            (ruling.y0, ruling.x0, ruling.x1)
            for ruling in rulings
            if ruling.x1 - ruling.x0 > ruling.y1 - ruling.y0
        ]
        self._struck_from = 0.0

    def blank(self) -> None:
        """Add a blank from the file after the last fragment."""
        if self.fragments and not self.fragments[-1].text.endswith(" "):
            last = self._last_alone()
            self.fragments[-1] = last._replace(text=last.text + " ")

    def _last_alone(self) -> Fragment:
        """Return the last fragment; of spaced-out characters, the last character, separated from the others."""
        last = self.fragments[-1]
        if last.apart:
            end = len(last.text)
            self.fragments[-1:] = [_part(last, 0, end - 1), _part(last, end - 1, end)]
        return self.fragments[-1]

    def add(self, fragment: Fragment) -> None:
        """Add characters; they are struck if a line crosses their middle."""
        fragments = self.fragments
        middle = (fragment.x0 + fragment.x1) / 2
        if self.strokes and self.is_crossed(fragment, middle, middle):
            self._strike(fragment)
            return
        if (
            self.struck
            and _goes_on(self.struck[-1], fragment)
            and not (fragments and _goes_on(fragments[-1], fragment))
        ):
            # Struck words before these characters take up space at the beginning of the line.
            fragment = fragment._replace(x0=self._struck_from)
        self.join(fragment)

    def join(self, fragment: Fragment) -> None:
        """Add characters to the last fragment if they continue it, else as a new fragment."""
        fragments = self.fragments
        if fragments:
            last = fragments[-1]
            text, x0, x1, baseline, size, _, _ = last
            if _is_double(last, fragment):
                return
            if (
                self.joins
                and fragment.size == size
                and fragment.baseline == baseline
                and abs(fragment.x0 - x1) < TOUCHING * size
                and (len(text) < LONGEST or last.apart)
            ):
                text, x0, *_ = self._last_alone()
                fragments[-1] = Fragment(text + fragment.text, x0, fragment.x1, baseline, size)
                return
        fragments.append(fragment)
        self.joins = True

    def spaced(self, fragment: Fragment) -> None:
        """Add characters with space between any two; the first may continue the last fragment, and each may be struck."""
        if self.strokes:
            for each in _singly(fragment):
                self.add(each)
                self.joins = False
        else:
            fragments, first = self.fragments, _part(fragment, 0, 1)
            self.add(first)
            if fragments[-1] is first:
                fragments[-1] = fragment
            else:
                fragments.append(_part(fragment, 1, len(fragment.text)))
        self.joins = True

    def _strike(self, fragment: Fragment) -> None:
        """Add a struck character; the space it takes up is no blank between the characters beside it."""
        fragments = self.fragments
        if not (self.struck and _goes_on(self.struck[-1], fragment)):
            self._struck_from = fragment.x0
        self.struck.append(fragment)
        self.joins = False
        if fragments and _goes_on(fragments[-1], fragment):
            fragments[-1] = fragments[-1]._replace(x1=fragment.x1)

    def is_crossed(self, fragment: Fragment, start: float, end: float) -> bool:
        """Return whether a line crosses the space from `start` to `end` at the height of the fragment's characters."""
        upper = fragment.baseline - _STRUCK_FROM * fragment.size
        lower = fragment.baseline - _STRUCK_TO * fragment.size
        return any(upper <= y <= lower and x0 - 1 <= end and start <= x1 + 1 for y, x0, x1 in self.strokes)


def _singly(fragment: Fragment) -> list[Fragment]:
    """Return the characters of a spaced-out fragment as single fragments; other fragments unchanged."""
    if not fragment.apart:
        return [fragment]
    return [_part(fragment, index, index + 1) for index in range(len(fragment.text))]


def _part(fragment: Fragment, start: int, end: int) -> Fragment:
    text, x0, x1, baseline, size, drawn, apart = fragment
    step = (x1 - x0 + apart) / len(text)
    return Fragment(
        text[start:end],
        x0 + start * step,
        x0 + end * step - apart,
        baseline,
        size,
        drawn,
        apart if end - start > 1 else 0.0,
    )


def _goes_on(last: Fragment, fragment: Fragment) -> bool:
    """Return whether a character follows another on its line without empty space between them."""
    near = abs(fragment.x0 - last.x1) < 0.5 * fragment.size
    return near and abs(fragment.baseline - last.baseline) < LEVEL * fragment.size + LEVEL


def _is_double(last: Fragment, fragment: Fragment) -> bool:
    """Return whether a character is drawn again slightly beside itself, which some programs do for bold type."""
    if not last.text.endswith(fragment.text):
        return False
    # Characters drawn again cover the last characters of the fragment before them.
    width = min(fragment.x1 - fragment.x0, fragment.size)
    return (
        abs(last.x1 - fragment.x1) < 0.4 * width and abs(last.baseline - fragment.baseline) < 0.3 * last.size
    )


_SPACED = 0.3
"""Ems between characters above which a text is spaced out; justified lines have smaller gaps."""
_SHARE = 0.7
"""Least share of the neighbouring characters of one size with this gap."""
_FEWEST = 20
"""Least number of neighbouring characters from which the gap of a file is measured, because a title alone may be spaced out."""
_CLOSE = "0123456789 "
"""Characters that are close to each other even on a grid, and therefore do not count."""
_ALIKE = 0.15
"""Share of the type size by which two distances of lines may differ and still be the same."""
_STRETCHED = 0.3
"""Share of the grid step by which a justified line may be stretched beyond other lines."""


def closed_up(pages: Sequence[Page]) -> list[Page]:
    """Return pages whose spaced-out characters reach to their neighbours, with the grid step as their size.

    All measures in ems (indents, space at the end of a line, gaps between columns) are then right as in text set without
    extra space.
    """
    steps = _steps(pages)
    return [_closed_up(page, steps) for page in pages]


def _closed_up(page: Page, steps: dict[float, float]) -> Page:
    if not steps and not any(map(attrgetter("apart"), page.fragments)):
        return page
    done: list[Fragment] = []
    for (size, _), run in groupby(page.fragments, key=attrgetter("size", "baseline")):
        line = list(run)
        step = steps.get(round(size, 1))
        if step is not None and _is_spaced(line, step):
            done.extend(_touching(line, step, with_borders=bool(page.rulings)))
        elif page.rulings:  # the border of a cell may be between any two characters
            done.extend(chain.from_iterable(map(_singly, line)))
        else:
            done.extend(chain.from_iterable(map(_as_words, line)))
    return page._replace(fragments=tuple(done))


def _as_words(fragment: Fragment) -> list[Fragment]:
    """Return characters too close for blanks between them as two fragments, other spaced-out characters singly.

    The first character is separate, because the beginning of a line is searched for a label before a blank.
    """
    if 0 < fragment.apart <= WORD_GAP * fragment.size:
        return [_part(fragment, 0, 1), _part(fragment, 1, len(fragment.text))]
    return _singly(fragment)


def _touching(line: Sequence[Fragment], step: float, *, with_borders: bool) -> list[Fragment]:
    """Return fragments of one line and size, extended by `step` as the space after each character.

    Fragments that then touch are joined, except on a page with cell borders, because a border may be between them.
    """
    size = line[0].size
    near = TOUCHING * (size + step)
    if with_borders or any(each.apart and abs(each.apart - step) >= near for each in line):
        line = [*chain.from_iterable(map(_singly, line))]
    starts = [
        place
        for place, (last, here) in enumerate(pairwise(line), 1)
        if with_borders or abs(here.x0 - (last.x1 + step)) >= near
    ]
    pieces = [line[first:end] for first, end in pairwise([0, *starts, len(line)])]
    words = ["".join([each.text for each in piece]) for piece in pieces]
    return [
        Fragment(text, piece[0].x0, piece[-1].x1 + step, piece[0].baseline, size + step, size)
        for text, piece in zip(words, pieces, strict=True)
    ]


def _is_spaced(line: Sequence[Fragment], step: float) -> bool:
    """Return whether a line has the page's grid step; a line of a single character is taken to have it."""
    gaps = [after[1] - before[2] for before, after in pairwise(line)]
    slack = max(1.0, _ALIKE * line[0].size)
    # A line whose last characters moved to the next line is stretched to the margin.
    most = step + max(slack, _STRETCHED * (line[0].size + step))
    solid = 0
    for each in line:
        inside = len(each.text.strip(_CLOSE)) - 1
        if each.apart:
            gaps.extend(repeat(each.apart, inside))
        elif inside > 0:
            solid += inside
    near = len([gap for gap in gaps if step - slack <= gap <= most])
    return near > solid or (not gaps and not solid)


def _steps(pages: Sequence[Page]) -> dict[float, float]:
    """Return by type size the space after each character; sizes that are not spaced out are missing."""
    gaps: defaultdict[float, Counter[float]] = defaultdict(Counter)
    solid: Counter[float] = Counter()
    for page in pages:
        end = baseline = size = rounded = 0.0
        ends_wide = False
        for text, x0, x1, here, own, _, apart in page.fragments:
            if own != size:
                rounded = round(own, 1)
            elif ends_wide and here == baseline and 0 < x0 - end < 3 * size and is_wide(text[0]):
                gaps[rounded][round(x0 - end, 1)] += 1
            if apart:
                gaps[rounded][round(apart, 1)] += len(text) - 1
            elif len(bare := text.strip(_CLOSE)) > 1:
                solid[rounded] += len(bare) - 1
            end, baseline, size, ends_wide = x1, here, own, is_wide(text[-1])
    found = {}
    for size, counts in gaps.items():
        gap = counts.most_common(1)[0][0]
        near = {
            other: count for other, count in counts.items() if abs(other - gap) <= max(1.0, _ALIKE * size)
        }
        alike = sum(near.values())
        if gap > _SPACED * size and alike >= _FEWEST and alike >= _SHARE * (counts.total() + solid[size]):
            found[size] = sum(other * count for other, count in near.items()) / alike
    return found
