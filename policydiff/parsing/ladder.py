"""The ladder of levels of an official document, read from the document itself.

A mark seen for the first time under another opens a level, and the same family later returns to it. Families of GB/T 9704 (一、 （一）
1. （1） ①) stand in that order unless the text shows the reverse: ① runs on while 1. begins anew below it.
"""

from collections.abc import Sequence

from policydiff.parsing.labels import Label, Sort

_USUAL = {
    Sort.PART: 0, Sort.SUBPART: 1, Sort.CHAPTER: 2, Sort.SECTION: 3, Sort.ARTICLE: 4, Sort.COMMA: 5, Sort.BRACKET: 6,
    Sort.DECIMAL: 6.5, Sort.POINT: 7, Sort.DIGIT_BRACKET: 8, Sort.CIRCLED: 9, Sort.FIRSTLY: 10,
}  # fmt: skip
"""Families that have a place of their own; letters, Roman numbers, 甲乙 and 壹贰 have the place where the text puts them."""


def ranks_of(labels: Sequence[Label]) -> dict[Sort, float]:
    """Return how deep each family of marks stands in a text; a smaller rank is higher."""
    order: list[Sort] = []
    first: list[Sort] = []
    current: Sort | None = None
    for label in labels:
        if label.sort not in order:
            order.insert(_place(label.sort, order, current), label.sort)
            first.append(label.sort)
        current = label.sort
    for upper in first:
        for lower in first[first.index(upper) + 1 :]:
            if order.index(upper) > order.index(lower) and _stands_above(labels, upper, lower):
                order.remove(upper)
                order.insert(order.index(lower), upper)
    return {sort: float(rank) for rank, sort in enumerate(order)}


def _place(sort: Sort, order: list[Sort], current: Sort | None) -> int:
    """Return where a family met for the first time goes into the order."""
    if sort not in _USUAL:
        return order.index(current) + 1 if current is not None else 0
    above = [index for index, other in enumerate(order) if other in _USUAL and _USUAL[other] < _USUAL[sort]]
    below = [index for index, other in enumerate(order) if other in _USUAL and _USUAL[other] > _USUAL[sort]]
    place = above[-1] + 1 if above else (below[0] if below else len(order))
    if current is not None and current not in _USUAL and not below:
        place = max(place, order.index(current) + 1)
    return place


def _stands_above(labels: Sequence[Label], upper: Sort, lower: Sort) -> bool:
    """Say whether the upper numbers run on while the lower ones begin anew between them, and never the reverse."""
    return _runs_across(labels, upper, lower) and not _runs_across(labels, lower, upper)


def _runs_across(labels: Sequence[Label], upper: Sort, lower: Sort) -> bool:
    last: int | None = None
    begun = False
    for label in labels:
        if label.sort is upper:
            if begun and last is not None and label.value == last + 1:
                return True
            last, begun = label.value, False
        elif label.sort is lower and label.value == 1 and last is not None:
            begun = True
        elif (
            label.sort is not lower
            and label.sort in _USUAL
            and _USUAL[label.sort] < min(_USUAL.get(upper, 99), _USUAL.get(lower, 99))
        ):
            last, begun = None, False
    return False
