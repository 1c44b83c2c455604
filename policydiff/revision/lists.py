"""Lists joined by 、 compared as lists: which items were added, dropped, or only put in another order."""

import re
from typing import NamedTuple

from rapidfuzz.distance import Postfix, Prefix

_ITEM = r"[^、，。；：！？\n《》“”（）()]{1,20}"
_LIST = re.compile(rf"{_ITEM}(?:、{_ITEM}){{2,}}")
_LAST = re.compile(r"(?:以及|和|与|或者|或|及)(?=[^和与或及]{2,12}$)")
_LEADS_IN = re.compile(r"^.*(?:由|对|向|包括|根据|按照|依照|应当|可以|从事|下列|于|为|的|以|将|在|经)(?=..)")
_LEADS_OUT = re.compile(
    r"(?<=..)(?:等|主管部门|行政部门|部门|单位|机关|机构|方面|的|应当|可以|不得|负责|依法|活动|工作|按照).*$"
)
_AND_SO_ON = re.compile(r"(?<=..)(?<![高平中初同对均优劣上下特])等(?![级候待次同额值])")
_ENOUGH_IN_COMMON = 0.34


class ListChange(NamedTuple):
    """What happened to one list."""

    dropped: tuple[str, ...]
    added: tuple[str, ...]
    reordered: bool


def compare_lists(old: str, new: str) -> list[ListChange]:
    """Return the changes between lists of two passages; a list is compared with the one it shares most items with.

    >>> compare_lists("由公安、工商、卫生部门负责", "由公安、卫生、税务部门负责")
    [ListChange(dropped=('工商',), added=('税务',), reordered=False)]
    """
    old_lists, new_lists = _lists(old), _lists(new)
    changes: list[ListChange] = []
    for raw in old_lists:
        if raw in new_lists:
            new_lists.remove(raw)
            continue
        best = max(new_lists, key=lambda other: len(set(raw) & set(other)), default=None)
        if best is None:
            break
        one, other = _trimmed(raw, best)
        common = set(one) & set(other)
        if len(common) < 2 or len(common) < _ENOUGH_IN_COMMON * min(len(one), len(other)):
            continue
        new_lists.remove(best)
        kept = [item for item in one if item in common], [item for item in other if item in common]
        changes.append(
            ListChange(
                dropped=tuple(item for item in one if item not in common),
                added=tuple(item for item in other if item not in common),
                reordered=kept[0] != kept[1],
            )
        )
    return changes


def _lists(text: str) -> list[list[str]]:
    """Return the lists of a passage, each up to 等 (海关等依法负责): what follows is no item."""
    found: list[list[str]] = []
    for match in _LIST.finditer(text):
        items = match[0].split("、")
        last = next((index for index, item in enumerate(items) if _AND_SO_ON.search(item)), len(items) - 1)
        if last:
            found.append(items[: last + 1])
    return found


def _trimmed(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Return the items of both lists; what only leads into them or out of them is taken off the first and last."""
    head = Prefix.similarity(old[0], new[0])
    tail = Postfix.similarity(old[-1], new[-1])
    if old[0] == new[0] or min(len(old[0]), len(new[0])) - head < 2:
        head = 0
    if old[-1] == new[-1] or min(len(old[-1]), len(new[-1])) - tail < 2:
        tail = 0
    sides: list[list[str]] = []
    for first, *middle, last in (old, new):
        final = _LEADS_OUT.sub("", last[: len(last) - tail])
        items = [_LEADS_IN.sub("", first[head:]), *middle]
        items.extend(piece for piece in _LAST.split(final, maxsplit=1) if piece)
        sides.append(items)
    one, other = sides
    return _align_ends(one, other), _align_ends(other, one)


def _align_ends(items: list[str], other: list[str]) -> list[str]:
    """Read 骨灰堂建成后 as 骨灰堂 where the other list has that item: its last item runs on into the sentence."""
    known = set(other)
    if items[-1] not in known:
        shorter = [item for item in other if len(item) > 1 and items[-1].startswith(item)]
        items = [*items[:-1], max(shorter, key=len)] if shorter else items
    if items[0] not in known:
        shorter = [item for item in other if len(item) > 1 and items[0].endswith(item)]
        items = [max(shorter, key=len), *items[1:]] if shorter else items
    return items
