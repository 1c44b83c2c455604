"""Characters of a page put together to fragments; those that a line goes through are kept apart.

Text that is spaced out, as word processors set it on a grid of characters, is read as if it were set solid.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from policydiff.extract.pages.lines import LONGEST, TOUCHING, Fragment, Page, Ruling, is_wide

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
            last = self.fragments[-1]
            self.fragments[-1] = last._replace(text=last.text + " ")

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
            text, x0, x1, baseline, size, _ = last
            if _is_double(last, fragment):
                return
            if (
                self.joins
                and fragment.size == size
                and fragment.baseline == baseline
                and abs(fragment.x0 - x1) < TOUCHING * size
                and len(text) < LONGEST
            ):
                fragments[-1] = Fragment(text + fragment.text, x0, fragment.x1, baseline, size)
                return
        fragments.append(fragment)
        self.joins = True

    def spaced(self, characters: Sequence[Fragment]) -> None:
        """Add characters with room between any two, each as a fragment of its own."""
        for each in characters if self.strokes else characters[:1]:
            self.add(each)
            self.joins = False
        if not self.strokes:
            self.fragments.extend(characters[1:])
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
    return [_closed_up(page, steps) for page in pages] if steps else list(pages)


def _closed_up(page: Page, steps: dict[float, float]) -> Page:
    done: list[Fragment] = []
    for (size, _), run in groupby(page.fragments, key=attrgetter("size", "baseline")):
        line = list(run)
        step = steps.get(round(size, 1))
        if step is not None and _is_spaced(line, step):
            line = _touching(line, step, with_borders=bool(page.rulings))
        done.extend(line)
    return page._replace(fragments=tuple(done))


def _touching(line: Sequence[Fragment], step: float, *, with_borders: bool) -> list[Fragment]:
    """Return fragments of one line and size with `step` as room behind each character.

    Those that touch then are one; not on a page with borders of cells, for one may stand between them.
    """
    size = line[0].size
    near = TOUCHING * (size + step)
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
    near = len([gap for gap in gaps if step - slack <= gap <= most])
    solid = sum([len(bare) - 1 for each in line if len(bare := each.text.strip(_CLOSE)) > 1])
    return near > solid or (not gaps and not solid)


def _steps(pages: Sequence[Page]) -> dict[float, float]:
    """Return by size of type the empty space after each character, where there is such."""
    gaps: defaultdict[float, list[float]] = defaultdict(list)
    solid: Counter[float] = Counter()
    for page in pages:
        end = baseline = size = rounded = 0.0
        ends_wide = False
        for text, x0, x1, here, own, _ in page.fragments:
            if own != size:
                rounded = round(own, 1)
            elif ends_wide and here == baseline and 0 < x0 - end < 3 * size and is_wide(text[0]):
                gaps[rounded].append(x0 - end)
            if len(bare := text.strip(_CLOSE)) > 1:
                solid[rounded] += len(bare) - 1
            end, baseline, size, ends_wide = x1, here, own, is_wide(text[-1])
    found = {}
    for size, apart in gaps.items():
        counts = Counter([round(gap, 1) for gap in apart])
        gap = counts.most_common(1)[0][0]
        near = {
            other: count for other, count in counts.items() if abs(other - gap) <= max(1.0, _ALIKE * size)
        }
        alike = sum(near.values())
        if gap > _SPACED * size and alike >= _FEWEST and alike >= _SHARE * (counts.total() + solid[size]):
            found[size] = sum(other * count for other, count in near.items()) / alike
    return found
