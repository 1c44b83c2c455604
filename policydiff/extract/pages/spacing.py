"""Pages set on a grid of characters, or with letters spaced out: each character is given the place it takes up."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from policydiff.extract.pages.lines import is_wide
from policydiff.extract.pages.placed import Fragment, Page

_SPACED = 0.3
"""Ems between characters from which a text is spaced out: justified lines have less."""
_SHARE = 0.7
"""Share of the neighbouring characters of one size that must stand so far apart."""
_FEWEST = 20
"""Neighbours below which a file tells nothing: a title alone may be spaced out."""
_ALIKE = 0.15


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
            line = [each._replace(x1=each.x1 + step, size=each.size + step) for each in line]
        done.extend(line)
    return page._replace(fragments=tuple(done))


def _is_spaced(line: Sequence[Fragment], step: float) -> bool:
    """Say whether a line keeps the step of its page; one of a single character does as its page does."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(line)]
    near = sum(abs(gap - step) <= max(1.0, _ALIKE * line[0].size) for gap in gaps)
    solid = sum(len(each.text.strip()) - 1 for each in line)
    return near > solid or (not gaps and not solid)


def _steps(pages: Sequence[Page]) -> dict[float, float]:
    """Return by size of type the empty space after each character, where there is such."""
    gaps: dict[float, Counter[float]] = {}
    solid: Counter[float] = Counter()
    for page in pages:
        for fragment in page.fragments:
            solid[round(fragment.size, 1)] += len(fragment.text.strip()) - 1
        for before, after in pairwise(page.fragments):
            gap = after.x0 - before.x1
            same_line = before.baseline == after.baseline and before.size == after.size
            wide = is_wide(before.text[-1]) and is_wide(after.text[0])
            if same_line and wide and 0 < gap < 3 * before.size:
                gaps.setdefault(round(before.size, 1), Counter())[round(gap, 1)] += 1
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
