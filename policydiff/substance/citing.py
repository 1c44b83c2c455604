"""The citations in which two parts differ, those joined to each other (第十二条、第十三条) as one."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from policydiff.substance.following import Numbering
from policydiff.substance.references import Cited, find_cited, follows

_Place = tuple[int, int]


def differing(old: str, new: str, numbering: Numbering) -> Iterator[tuple[_Place | None, _Place | None]]:
    """Yield the places of citations of two parts that lead elsewhere or stand on one side alone, paired in order."""
    left = [found for found in find_cited(new) if not _named(found, old)]
    gone: list[Cited] = []
    for one in find_cited(old):
        equal = next((other for other in left if follows(one, other, numbering)), None)
        if equal is not None:
            left.remove(equal)
        elif not _named(one, new):
            gone.append(one)
    yield from zip_longest(_runs(gone, old), _runs(left, new))


def _named(cited: Cited, other: str) -> bool:
    """Return whether a law cited by its title stands in the other text without the marks of a title: 民事诉讼法."""
    title = cited.key
    return (
        cited.own is None and title.endswith(_KINDS_OF_LAW) and f"《{title}》" not in other and title in other
    )


_KINDS_OF_LAW = ("法", "法典", "条例", "办法", "规定", "细则")


def _runs(cited: Sequence[Cited], text: str) -> list[_Place]:
    """Return the places of citations, those joined to each other as one: 民法典第一百四十四条、第一百四十六条."""
    runs: list[_Place] = []
    for found in sorted(cited):
        if runs and _CITED_TOGETHER.fullmatch(text[runs[-1][1] : found.start]):
            runs[-1] = runs[-1][0], found.end
        else:
            runs.append((found.start, found.end))
    return runs


_CITED_TOGETHER = re.compile("、?(?:或者|以及|[或和及与至])?")
