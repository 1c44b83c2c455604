"""Joins the characters of a page to fragments; struck characters form fragments of their own.

Text that a word processor spaced out on a grid of characters is read without the spaces.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, groupby, pairwise, repeat
from operator import attrgetter

from policydiff.extract.pages.lines import LONGEST, TOUCHING, WORD_GAP, Fragment, Page, Ruling, is_wide

LEVEL = 0.05
"""Points within which two characters stand on one baseline."""
_STRUCK_FROM, _STRUCK_TO = 0.6, 0.12
"""Ems above the baseline within which a line goes through a character: an underline lies below it."""


class Gathering:
    """Fragments in the order of the file."""

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self.fragments: list[Fragment] = []
        self.struck: list[Fragment] = []
        self.joins = False
        """Whether the next characters may go on with the last fragment."""
        self.strokes = [
            (ruling.y0, ruling.x0, ruling.x1)
            for ruling in rulings
            if ruling.x1 - ruling.x0 > ruling.y1 - ruling.y0
        ]
        self._struck_from = 0.0

    def blank(self) -> None:
        """Add a blank that the file holds behind the fragment added last."""
        if self.fragments and not self.fragments[-1].text.endswith(" "):
            last = self._last_alone()
            self.fragments[-1] = last._replace(text=last.text + " ")

    def _last_alone(self) -> Fragment:
        """Return the last fragment; of characters that stand apart the last one, parted from the others."""
        last = self.fragments[-1]
        if last.apart:
            end = len(last.text)
            self.fragments[-1:] = [_part(last, 0, end - 1), _part(last, end - 1, end)]
        return self.fragments[-1]

    def add(self, fragment: Fragment) -> None:
        """Add characters, among the struck ones where a line goes through their middle."""
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
            # Struck words before it take up room at the beginning of the line.
            fragment = fragment._replace(x0=self._struck_from)
        self.join(fragment)

    def join(self, fragment: Fragment) -> None:
        """Add words to the fragment before them, where they go on with it, or as one of their own."""
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
        """Add characters with room between any two; the first may go on with those before it, and each may be struck."""
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
        """Leave a struck character out; the room it takes up stands for no blank between those beside it."""
        fragments = self.fragments
        if not (self.struck and _goes_on(self.struck[-1], fragment)):
            self._struck_from = fragment.x0
        self.struck.append(fragment)
        self.joins = False
        if fragments and _goes_on(fragments[-1], fragment):
            fragments[-1] = fragments[-1]._replace(x1=fragment.x1)

    def is_crossed(self, fragment: Fragment, start: float, end: float) -> bool:
        """Return whether a line goes through some of the room from `start` to `end` on the fragment's baseline."""
        upper = fragment.baseline - _STRUCK_FROM * fragment.size
        lower = fragment.baseline - _STRUCK_TO * fragment.size
        return any(upper <= y <= lower and x0 - 1 <= end and start <= x1 + 1 for y, x0, x1 in self.strokes)


def _singly(fragment: Fragment) -> list[Fragment]:
    """Return the characters that stand apart in a fragment, each as a fragment of its own."""
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
    """Return whether a character follows another one on its line without empty space between."""
    near = abs(fragment.x0 - last.x1) < 0.5 * fragment.size
    return near and abs(fragment.baseline - last.baseline) < LEVEL * fragment.size + LEVEL


def _is_double(last: Fragment, fragment: Fragment) -> bool:
    """Return whether the character is drawn again a little aside, which some programs do for bold type."""
    if not last.text.endswith(fragment.text):
        return False
    # What is drawn again covers the characters drawn before it, the last of their fragment.
    width = min(fragment.x1 - fragment.x0, fragment.size)
    return (
        abs(last.x1 - fragment.x1) < 0.4 * width and abs(last.baseline - fragment.baseline) < 0.3 * last.size
    )


_SPACED = 0.3
"""Ems between characters from which a text is spaced out: justified lines have less."""
_SHARE = 0.7
"""Share of the neighbouring characters of one size that must stand so far apart."""
_FEWEST = 20
"""Number of neighbours below which no step is taken from a file: a title alone may be spaced out."""
_CLOSE = "0123456789 "
"""Characters that stand close to each other on a grid too, and say nothing of it."""
_ALIKE = 0.15
_STRETCHED = 0.3
"""Steps by which the characters of a justified line stand wider apart than those of other lines."""


def closed_up(pages: Sequence[Page]) -> list[Page]:
    """Return pages whose spaced-out characters reach to their neighbours, with the step as their size.

    All that is measured in ems (indents, room at the end of a line, gaps between columns) then holds as it does for
    text set solid.
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
        elif page.rulings:  # the border of a cell may stand between any two characters
            done.extend(chain.from_iterable(map(_singly, line)))
        else:
            done.extend(chain.from_iterable(map(_as_words, line)))
    return page._replace(fragments=tuple(done))


def _as_words(fragment: Fragment) -> list[Fragment]:
    """Return characters that stand too near for blanks between them as two fragments, others singly.

    The first one is parted from the rest: what begins a line is looked at for the label before a blank.
    """
    if 0 < fragment.apart <= WORD_GAP * fragment.size:
        return [_part(fragment, 0, 1), _part(fragment, 1, len(fragment.text))]
    return _singly(fragment)


def _touching(line: Sequence[Fragment], step: float, *, with_borders: bool) -> list[Fragment]:
    """Return fragments of one line and size with `step` as room behind each character.

    Those that touch then are one; not on a page with borders of cells, for one may stand between them.
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
    """Return whether a line keeps the step of its page; one of a single character does as its page does."""
    gaps = [after[1] - before[2] for before, after in pairwise(line)]
    slack = max(1.0, _ALIKE * line[0].size)
    # A line whose last characters moved to the next is stretched to the margin.
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
    """Return by size of type the empty space after each character, where there is such."""
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
