"""Text that is spaced out, as word processors set it on a grid of characters: read as if it were set solid."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise

from policydiff.extract.pages.lines import LONGEST, TOUCHING, Fragment, Page, is_wide

_SPACED = 0.3
"""Ems between characters from which a text is spaced out: justified lines have less."""
_SHARE = 0.7
"""Share of the neighbouring characters of one size that must stand so far apart."""
_FEWEST = 20
"""Neighbours below which a file tells nothing: a title alone may be spaced out."""
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
    for (size, _), run in groupby(page.fragments, key=lambda each: (each.size, each.baseline)):
        line = list(run)
        step = steps.get(round(size, 1))
        if step is not None and _is_spaced(line, step):
            line = [Fragment(each[0], each[1], each[2] + step, each[3], each[4] + step) for each in line]
            if not page.rulings:
                line = _touching(line)
        done.extend(line)
    return page._replace(fragments=tuple(done))


def _touching(line: Sequence[Fragment]) -> list[Fragment]:
    """Return fragments of one line and size with those that touch as one; no border of a cell may stand between them."""
    done = [line[0]]
    for here in line[1:]:
        last = done[-1]
        if abs(here.x0 - last.x1) < TOUCHING * last.size and len(last.text) < LONGEST:
            done[-1] = Fragment(last.text + here.text, last.x0, here.x1, last.baseline, last.size)
        else:
            done.append(here)
    return done


def _is_spaced(line: Sequence[Fragment], step: float) -> bool:
    """Say whether a line keeps the step of its page; one of a single character does as its page does."""
    gaps = [after[1] - before[2] for before, after in pairwise(line)]
    slack = max(1.0, _ALIKE * line[0].size)
    # A line whose last characters moved to the next is stretched to the margin.
    most = step + max(slack, _STRETCHED * (line[0].size + step))
    near = len([gap for gap in gaps if step - slack <= gap <= most])
    solid = sum([len(each.text.strip()) - 1 for each in line if len(each.text) > 1])
    return near > solid or (not gaps and not solid)


def _steps(pages: Sequence[Page]) -> dict[float, float]:
    """Return by size of type the empty space after each character, where there is such."""
    gaps: defaultdict[float, Counter[float]] = defaultdict(Counter)
    lengths: defaultdict[float, int] = defaultdict(int)
    for page in pages:
        end = baseline = size = 0.0
        ends_wide = False
        for text, x0, x1, here, own in page.fragments:
            gap = x0 - end
            if here == baseline and own == size and ends_wide and 0 < gap < 3 * size and is_wide(text[0]):
                gaps[size][round(gap, 1)] += 1
            if len(text) > 1:
                lengths[own] += len(text.strip()) - 1
            end, baseline, size, ends_wide = x1, here, own, is_wide(text[-1])
    by_size: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for size, counts in gaps.items():
        by_size[round(size, 1)].update(counts)
    solid: Counter[float] = Counter()
    for size, count in lengths.items():
        solid[round(size, 1)] += count
    found = {}
    for size, counts in by_size.items():
        gap = counts.most_common(1)[0][0]
        near = {
            other: count for other, count in counts.items() if abs(other - gap) <= max(1.0, _ALIKE * size)
        }
        alike = sum(near.values())
        if gap > _SPACED * size and alike >= _FEWEST and alike >= _SHARE * (counts.total() + solid[size]):
            found[size] = sum(other * count for other, count in near.items()) / alike
    return found
