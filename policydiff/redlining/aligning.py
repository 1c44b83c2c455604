"""Pairs the blocks of two stories: clauses by the alignment of clauses, other blocks by their text."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.lexicon.shortest_edits import align, common_share, distance, steps
from policydiff.redlining.clause_pairs import Pair
from policydiff.redlining.stories import Shape

_ALIKE = 0.45
"""Least similarity of two paragraphs that are one paragraph rewritten. Below it, readers see one as deleted and the other as
inserted: 乡镇人民政府应当公开 against 乡镇人民政府应当公示 is .90, two unrelated articles about .25."""
_MOVED_ALIKE = 0.8
"""Least similarity of a paragraph at another place that counts as moved, because a move must be plain to the reader."""
_LEAST_MOVED = 8
"""Characters below which equal words at another place are no proof of a move: 附则, （签字）."""
_MOST_COMPARED = 40_000
"""Most pairs of blocks compared by their words; a larger gap is divided at equal blocks and compared between them."""
_ABSORBED = 0.6
"""Least share of a paragraph's words that a neighbour must contain for the paragraph to be a part of the neighbour."""
_TOGETHER_ALIKE = 0.7
"""Least similarity of several paragraphs together to several others that are these rewritten; unrelated ones share .3 of their words."""
_MOST_PARTS = 12
"""Most neighbours tried as parts of a paragraph, because a list in a sentence rarely has more items."""
_BLANK = 0.01
"""Likeness of two equal pieces of blanks, against 1 for equal words: blanks alone align nothing."""


class Group(NamedTuple):
    """Neighbouring blocks of the old file, and the corresponding blocks of the new file; either range may be empty."""

    old: range
    new: range
    move: int | None = None
    """Number of the move of which this group is one end, so that the corresponding blocks are at another place; None for no move."""


class Alignment(NamedTuple):
    """Groups in reading order, and the old and new place of each move."""

    groups: tuple[Group, ...]
    moves: tuple[Pair, ...]

    @property
    def is_plain(self) -> bool:
        """Whether the text alone decides the alignment: at no place are two or more blocks unpaired on both sides.

        A single paragraph gone and a single one come at a place, unlike each other, are no rewritten clause. Paragraphs gone
        at one place and come at another are no question either, because a moved clause is found by its words.
        """
        gone = come = 0
        for group in self.groups:
            if group.move is not None:
                continue
            if group.old and group.new:
                gone = come = 0
                continue
            gone, come = gone + len(group.old), come + len(group.new)
            if min(gone, come) > 1:
                return False
        return True


def align_blocks(old: Sequence[Shape], new: Sequence[Shape], pairs: Sequence[Pair]) -> Alignment:
    """Return the alignment of two stories; blocks of corresponding clauses (`pairs`) that are out of order have moved."""
    return _Aligner(old, new).run(pairs)


class _Aligner:
    def __init__(self, old: Sequence[Shape], new: Sequence[Shape]) -> None:
        self._old, self._new = old, new
        self._set_aside: tuple[set[int], set[int]] = (set(), set())

    def run(self, pairs: Sequence[Pair]) -> Alignment:
        standing, moved = self._in_order([pair for pair in pairs if pair.old and pair.new])
        moves = [pair for pair in moved if self._much_alike(pair)]
        for pair in moves:
            self._set_aside[0].update(pair.old)
            self._set_aside[1].update(pair.new)
        groups: list[Group] = []
        i = j = 0
        for pair in [
            *standing,
            Pair(range(len(self._old), len(self._old)), range(len(self._new), len(self._new))),
        ]:
            groups.extend(self._gap(range(i, pair.old.start), range(j, pair.new.start)))
            groups.extend(self._clause(pair))
            i, j = pair.old.stop, pair.new.stop
        moves.extend(self._found_elsewhere(groups))
        return Alignment(tuple(self._numbered(groups, moves)), tuple(moves))

    def _in_order(self, pairs: list[Pair]) -> tuple[list[Pair], list[Pair]]:
        """Return the heaviest chain of pairs in order and without overlap, and the other pairs."""
        pairs = sorted(pairs, key=lambda pair: (pair.new.start, pair.old.start))
        if all(
            one.old.stop <= other.old.start and one.new.stop <= other.new.start
            for one, other in pairwise(pairs)
        ):
            return pairs, []
        chosen = _heaviest_chain(pairs, [1 + sum(len(self._old[i].text) for i in pair.old) for pair in pairs])
        standing = [pair for index, pair in enumerate(pairs) if index in chosen]
        taken = {i for pair in standing for i in pair.old}, {j for pair in standing for j in pair.new}
        others = [
            pair
            for index, pair in enumerate(pairs)
            if index not in chosen and taken[0].isdisjoint(pair.old) and taken[1].isdisjoint(pair.new)
        ]
        return standing, _apart(others)

    def _much_alike(self, pair: Pair) -> bool:
        old = "\n".join(self._old[i].text for i in pair.old)
        new = "\n".join(self._new[j].text for j in pair.new)
        only_words = all(self._old[i].kind == "p" for i in pair.old) and all(
            self._new[j].kind == "p" for j in pair.new
        )
        return only_words and common_share(old, new) >= _MOVED_ALIKE

    def _clause(self, pair: Pair) -> list[Group]:
        blocks = [self._old[i] for i in pair.old], [self._new[j] for j in pair.new]
        plain = all(block.kind == "p" for side in blocks for block in side)
        if plain and 1 in {len(pair.old), len(pair.new)} and len({block.home for block in blocks[0]}) == 1:
            return [Group(pair.old, pair.new)]
        return self._gap(pair.old, pair.new)

    def _gap(self, old: range, new: range) -> list[Group]:
        """Return the groups of a stretch, aligned by its text."""
        head: list[Group] = []
        tail: list[Group] = []
        while old and new and self._equal(old.start, new.start):
            head.append(Group(range(old.start, old.start + 1), range(new.start, new.start + 1)))
            old, new = old[1:], new[1:]
        while old and new and self._equal(old.stop - 1, new.stop - 1):
            tail.append(Group(range(old.stop - 1, old.stop), range(new.stop - 1, new.stop)))
            old, new = old[:-1], new[:-1]
        return [*head, *self._joined(old, new, self._pairs(old, new)), *reversed(tail)]

    def _equal(self, i: int, j: int) -> bool:
        if i in self._set_aside[0] or j in self._set_aside[1]:
            return False
        return self._old[i].is_equal(self._new[j])

    def _pairs(self, old: range, new: range) -> list[tuple[int, int]]:
        if not old or not new:
            return []
        anchors = self._equal_once(old, new)
        pairs: list[tuple[int, int]] = []
        i, j = old.start, new.start
        for a, b in [*anchors, (old.stop, new.stop)]:
            pairs.extend(self._by_words(range(i, a), range(j, b)))
            if a < old.stop:
                pairs.append((a, b))
            i, j = a + 1, b + 1
        return pairs

    def _equal_once(self, old: range, new: range) -> list[tuple[int, int]]:
        shared = {self._old[i].key for i in old} & {self._new[j].key for j in new} - {None}

        def named(shape: Shape) -> object:
            """Return the key for finding equal blocks: the digest of the XML if the other side has it too, else the words."""
            return shape.key if shape.key in shared else (shape.kind, shape.text)

        places: dict[object, list[int]] = {}
        for j in new:
            places.setdefault(named(self._new[j]), []).append(j)
        names = [named(self._old[i]) for i in old]
        counts = Counter(names)
        found = [
            Pair(range(i, i + 1), range(there[0], there[0] + 1))
            for i, name in zip(old, names, strict=True)
            if counts[name] == 1
            and len(there := places.get(name, [])) == 1
            and (isinstance(name, bytes) or self._old[i].text.strip())
            and self._equal(i, there[0])
        ]
        return [(pair.old.start, pair.new.start) for pair in self._in_order(found)[0]]

    def _by_words(self, old: range, new: range) -> list[tuple[int, int]]:
        if len(old) * len(new) <= _MOST_COMPARED:
            return self._by_score(old, new)
        pairs: list[tuple[int, int]] = []
        i, j = old.start, new.start
        keys = [self._key(0, a) for a in old], [self._key(1, b) for b in new]
        for step in steps(*keys):
            if not step.is_equal:
                continue
            here, there = old.start + step.old_start, new.start + step.new_start
            pairs.extend(self._by_score(range(i, here), range(j, there)))
            size = step.old_end - step.old_start
            pairs.extend((here + k, there + k) for k in range(size))
            i, j = here + size, there + size
        pairs.extend(self._by_score(range(i, old.stop), range(j, new.stop)))
        return pairs

    def _key(self, side: int, index: int) -> tuple[object, ...]:
        """Return the key for finding equal blocks; a block that is set aside gets a key that no other block has."""
        if index in self._set_aside[side]:
            return (side, index)
        shape = (self._old, self._new)[side][index]
        return (shape.kind, shape.text)

    def _by_score(self, old: range, new: range) -> list[tuple[int, int]]:
        if not old or not new or len(old) * len(new) > _MOST_COMPARED:
            return []
        found = align(len(old), len(new), lambda a, b: self._score(old[a], new[b]))
        return [(old[a], new[b]) for a, b in found]

    def _score(self, i: int, j: int) -> float:
        one, other = self._old[i], self._new[j]
        if one.kind != other.kind or i in self._set_aside[0] or j in self._set_aside[1]:
            return 0.0
        if one.text == other.text:
            return 1.0 if one.text.strip() else _BLANK
        if one.kind == "t":
            # A table is matched despite heavy rewriting, because two tables at one place are the same table.
            return max(_ALIKE, common_share(one.text, other.text))
        if not one.text.strip() or not other.text.strip():
            return 0.0
        return common_share(one.text, other.text, least=_ALIKE)

    def _joined(self, old: range, new: range, pairs: Sequence[tuple[int, int]]) -> list[Group]:
        """Return a group for each pair, extended by neighbouring blocks that are parts of it, and groups for the blocks in between."""
        groups: list[Group] = []
        i, j = old.start, new.start
        for index, (a, b) in enumerate(pairs):
            next_a, next_b = pairs[index + 1] if index + 1 < len(pairs) else (old.stop, new.stop)
            first_a, first_b, last_a, last_b = a, b, a + 1, b + 1
            if self._old[a].kind == "p":
                first_b -= self._reach(self._old[a].text, self._new, (b, b + 1), range(j, b)[::-1], 1)
                last_b += self._reach(self._old[a].text, self._new, (first_b, b + 1), range(b + 1, next_b), 1)
                if last_b - first_b == 1:
                    first_a -= self._reach(self._new[b].text, self._old, (a, a + 1), range(i, a)[::-1], 0)
                    last_a += self._reach(
                        self._new[b].text, self._old, (first_a, a + 1), range(a + 1, next_a), 0
                    )
            groups.extend(self._left(range(i, first_a), range(j, first_b)))
            groups.append(Group(range(first_a, last_a), range(first_b, last_b)))
            i, j = last_a, last_b
        groups.extend(self._left(range(i, old.stop), range(j, new.stop)))
        return groups

    def _left(self, old: range, new: range) -> list[Group]:
        """Return the blocks without a pair: as one group if the joined texts of both sides are alike, else a group for each side.

        The texts are joined because a sentence divided into many items is unlike each single item.
        """
        sides = [self._old[i] for i in old], [self._new[j] for j in new]
        whole = all(shape.kind == "p" and shape.text.strip() for side in sides for shape in side)
        aside = not self._set_aside[0].isdisjoint(old) or not self._set_aside[1].isdisjoint(new)
        few = max(len(old), len(new)) <= _MOST_PARTS and len({shape.home for shape in sides[0]}) == 1
        if old and new and whole and few and not aside:
            texts = ["\n".join(shape.text for shape in side) for side in sides]
            if common_share(texts[0], texts[1], least=_TOGETHER_ALIKE):
                return [Group(old, new)]
        return [group for group in (Group(old, range(0)), Group(range(0), new)) if group.old or group.new]

    def _reach(
        self, whole: str, side: Sequence[Shape], have: tuple[int, int], around: Sequence[int], which: int
    ) -> int:
        """Return how many of the blocks `around`, nearest first, are parts of `whole` too.

        Most of their words must be found in `whole`, beside the words of the blocks in `have`.
        """
        near: list[int] = []
        for index in around[:_MOST_PARTS]:
            shape = side[index]
            if shape.kind != "p" or index in self._set_aside[which] or shape.home != side[have[0]].home:
                break
            near.append(index)
        so_far = "\n".join(shape.text for shape in side[have[0] : have[1]])
        before = distance(whole, so_far)
        for count in range(len(near), 0, -1):
            indices = sorted([*near[:count], *range(*have)])
            added = sum(len(side[index].text) for index in near[:count])
            joined = "\n".join(side[index].text for index in indices)
            found = (before + added + count - distance(whole, joined)) / 2
            if side[near[count - 1]].text.strip() and found >= _ABSORBED * added:
                return count
        return 0

    def _found_elsewhere(self, groups: Sequence[Group]) -> list[Pair]:
        """Return pairs of unpaired paragraphs on the two sides that differ only in their place."""
        gone = [i for group in groups if not group.new for i in group.old if i not in self._set_aside[0]]
        come = [j for group in groups if not group.old for j in group.new if j not in self._set_aside[1]]
        if not gone or not come:
            return []
        found: list[Pair] = []
        free = [j for j in come if self._new[j].kind == "p"]
        for i in gone:
            text = self._old[i].text
            if self._old[i].kind != "p" or len(text.strip()) < _LEAST_MOVED:
                continue
            best, place = 0.0, -1
            for j in free:
                alike = common_share(text, self._new[j].text, least=_MOVED_ALIKE)
                if alike > best:
                    best, place = alike, j
            if place >= 0:
                free.remove(place)
                found.append(Pair(range(i, i + 1), range(place, place + 1)))
        return _runs(found)

    def _numbered(self, groups: Iterable[Group], moves: Sequence[Pair]) -> Iterable[Group]:
        """Yield the groups, with the ends of moves cut out as groups of their own."""
        source = {i: (number, pair) for number, pair in enumerate(moves) for i in pair.old}
        target = {j: (number, pair) for number, pair in enumerate(moves) for j in pair.new}
        for group in groups:
            if group.old and group.new:
                yield group
                continue
            yield from _pieces(group.old, source, lambda part, number: Group(part, range(0), number))
            yield from _pieces(group.new, target, lambda part, number: Group(range(0), part, number))


def _heaviest_chain(pairs: Sequence[Pair], weights: Sequence[int]) -> set[int]:
    """Return the indices of the heaviest chain of pairs that rise on both sides without overlap."""
    size = max((pair.old.stop for pair in pairs), default=0) + 1
    tree = [(0, -1)] * (size + 1)
    """Heaviest chain that ends at or before an old index (a Fenwick tree of maxima)."""
    before: list[int] = []
    totals: list[int] = []
    waiting = sorted(range(len(pairs)), key=lambda index: pairs[index].new.stop)
    done = 0
    for index, pair in enumerate(pairs):
        while done < len(waiting) and pairs[waiting[done]].new.stop <= pair.new.start:
            earlier = waiting[done]
            at = pairs[earlier].old.stop + 1
            while at <= size:
                tree[at] = max(tree[at], (totals[earlier], earlier))
                at += at & -at
            done += 1
        best, at = (0, -1), pair.old.start + 1
        while at > 0:
            best = max(best, tree[at])
            at -= at & -at
        totals.append(best[0] + weights[index])
        before.append(best[1])
    chosen: set[int] = set()
    last = max(range(len(pairs)), key=totals.__getitem__, default=-1)
    while last >= 0:
        chosen.add(last)
        last = before[last]
    return chosen


def _pieces(
    blocks: range, ends: dict[int, tuple[int, Pair]], make: Callable[[range, int | None], Group]
) -> Iterable[Group]:
    start = blocks.start
    for index in blocks:
        number = ends[index][0] if index in ends else None
        last = ends[index + 1][0] if index + 1 in ends and index + 1 < blocks.stop else None
        if index + 1 == blocks.stop or last != number:
            yield make(range(start, index + 1), number)
            start = index + 1


def _apart(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs that overlap no earlier pair."""
    seen: tuple[set[int], set[int]] = (set(), set())
    out: list[Pair] = []
    for pair in pairs:
        if seen[0].isdisjoint(pair.old) and seen[1].isdisjoint(pair.new):
            out.append(pair)
            seen[0].update(pair.old)
            seen[1].update(pair.new)
    return out


def _runs(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the moves, with moves of neighbours that stay neighbours joined into one."""
    out: list[Pair] = []
    for pair in sorted(pairs, key=lambda each: each.old.start):
        if out and out[-1].old.stop == pair.old.start and out[-1].new.stop == pair.new.start:
            out[-1] = Pair(range(out[-1].old.start, pair.old.stop), range(out[-1].new.start, pair.new.stop))
        else:
            out.append(pair)
    return out
