"""The units of a revision diff: articles, numbered or run-in clauses, headings, titles.

Thresholds that several steps of the diff use are defined here, each with its reason. The likeness of two units is the
share of common words, with a higher weight for words that are rare in the two versions.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from heapq import nsmallest
from itertools import chain, pairwise

from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.text_marks import cut_words
from policydiff.lexicon.widths import fold_words, mask_references
from policydiff.model import Clause, ClauseKind, Document, UnitRef

_STRUCTURE = frozenset({
    ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.ARTICLE, ClauseKind.LEVEL,
    ClauseKind.MEASURE, ClauseKind.ANNEX, ClauseKind.TABLE,
})  # fmt: skip
DIVISIONS = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.ANNEX})
"""Divisions of a statute, whose headings name the subject of the articles below."""
TITLE_ID = "title"
CARRIER_ID = "carrier"


class UnitGroup(StrEnum):
    """Kinds of units that can correspond; only units of one group are paired."""

    TITLE = "title"
    CARRIER = "carrier"
    PREFACE = "preface"
    HEADING = "heading"
    BODY = "body"
    TABLE = "table"


@dataclass(frozen=True)
class Unit:
    """One unit of a version, with its place in reading order."""

    id: str
    group: UnitGroup
    kind: ClauseKind | None
    """None for the title and the carrier notice."""
    label: str | None
    number: str | None
    text: str
    """Its own words, followed by label and words of lower clauses that are no units themselves, one a line."""
    place: int
    """Index among the units of its version, in reading order."""
    parents: tuple[int, ...] = ()
    """Places of the headings above the unit, outermost first."""

    @cached_property
    def words(self) -> str:
        """The folded text, compared if the texts are not identical."""
        return fold_words(self.text)

    @cached_property
    def masked(self) -> str:
        """Its folded text without the numbers of cited clauses, which follow every renumbering."""
        return mask_references(self.words)

    @property
    def name(self) -> str:
        """Label of an article; the id of any other clause, because （一） occurs in several chapters."""
        return (self.kind is ClauseKind.ARTICLE and self.label) or self.id

    def reference(self) -> UnitRef:
        """Return the value by which results quote the unit."""
        return UnitRef(id=self.id, label=self.label, text=self.text)


def document_units(document: Document) -> tuple[Unit, ...]:
    """Return the units of a document in reading order; together they hold every word of title, carrier and clauses."""
    units: list[Unit] = []
    if document.carrier is not None and document.carrier.text:
        _add(units, UnitGroup.CARRIER, CARRIER_ID, document.carrier.text)
    if document.title:
        _add(units, UnitGroup.TITLE, TITLE_ID, document.title)
    _walk(document.clauses, (), units)
    return tuple(units)


def _add(units: list[Unit], group: UnitGroup, unit_id: str, text: str) -> None:
    units.append(
        Unit(id=unit_id, group=group, kind=None, label=None, number=None, text=text, place=len(units))
    )


def _walk(clauses: Sequence[Clause], parents: tuple[int, ...], units: list[Unit]) -> None:
    for clause in clauses:
        place = len(units)
        divided = clause.kind in DIVISIONS or (
            clause.kind is not ClauseKind.ARTICLE
            and any(below.kind in _STRUCTURE for child in clause.children for below in child.walk())
        )
        units.append(
            Unit(
                id=clause.id,
                group=_group(clause, divided),
                kind=clause.kind,
                label=clause.label,
                number=clause.number,
                text=clause.text if divided else "\n".join(_lines(clause)),
                place=place,
                parents=parents,
            )
        )
        if divided:
            _walk(clause.children, (*parents, place), units)


def _group(clause: Clause, divided: bool) -> UnitGroup:
    if clause.kind is ClauseKind.PREFACE:
        return UnitGroup.PREFACE
    if clause.kind is ClauseKind.TABLE:
        return UnitGroup.TABLE
    return UnitGroup.HEADING if divided else UnitGroup.BODY


def _lines(clause: Clause) -> Iterator[str]:
    if clause.text:
        yield clause.text
    for child in clause.children:
        for below in child.walk():
            yield f"{below.label or ''}{below.text}"


LINE_REWRITTEN = 0.5
"""Likeness (0…1, share of common characters in order) from which two lines of a head or tail are one changed line:
「某省人民检察院」 and 「某省人民法院」 (0.77) are one; 「某省人民检察院」 and 「2001年6月4日」 (0) are two."""

PAIRING_HALF = 0.5

PAIRING_ALIKE = 0.38
"""Least likeness (0…1) for linking two units at any places."""

PAIRING_ALIKE_ELSEWHERE = 0.36
"""Least mean of likeness and topic (0…1) for linking two units at any places."""

PAIRING_ALIKE_NEARBY = 0.30
"""Least likeness (0…1) for linking two units that changed places with one or two neighbours."""

PAIRING_NEAR = 3

PAIRING_ALIKE_IN_PLACE = 0.23
"""Least likeness (0…1) for linking two units between the same neighbours."""

PAIRING_ALIKE_ALONE = 0.20
"""Least likeness (0…1) for linking two units that are each alone between the same neighbours."""

PAIRING_ALIKE_IN_NUMBER = 0.15
"""Least likeness (0…1) for linking two lone units between the same neighbours with equal numbers: a rewritten article."""

PAIRING_OTHER_KIND = 0.15
"""How much more alike an article and something else must be: 一、 of a reply may become 第一条, a stray line may not."""

PAIRING_LARGEST_GAP = 40_000
"""Most pairs compared in one gap; units in larger gaps are linked by likeness only, which limits time for unrelated texts."""

PART_COVERED = 0.55
"""Least share (0…1) of a paragraph's wording in the unit that took the paragraph."""

PART_COVERED_FAR = 0.65
"""Least share (0…1) of a paragraph's wording in a unit that is not near the paragraph's continuation."""

PART_NEAR = 3

PART_AHEAD = 0.3
"""Least lead (0…1) of this share over the share in the unit's own continuation."""

PART_CONTAINED = 0.5
"""Least share (0…1) of a unit's wording for a unit taken in or taken out as a whole."""

PART_OWN = 0.45
"""Least share (0…1) of a unit's wording that the other part of the same origin does not explain."""

PART_LEAST = 14
"""Pairs of characters below which wording proves nothing: `构成犯罪的，依法追究刑事责任`."""

PART_LEAST_OWN = 12
"""Pairs of characters not explained by the other part below which wording proves nothing."""

PART_WHOLE = 8
"""Letters of a clause from which it counts as merged if another clause gained all its words in one run:
`应当取得许可证` (7) may stand anywhere, `经营者应当取得许可证` (10) is that clause."""

PART_COMMON = 12
"""Wording found in more wholes than this leads to none of them."""

PART_LEAST_RARE = 8
"""Rare pairs of characters a part and its whole share at least."""


_EVERY_PAIR = 200
"""Most pairs of units that are all scored; of more, only pairs with common rare wording are scored."""
_MOST_CANDIDATES = 8
_COMMON = 24
"""Wording in more units than this on one side is not used to find candidates."""


class _Grams(dict[int, frozenset[str]]):
    """The wording of each unit of one side, computed on demand, because most units of most revisions never need it."""

    def __init__(self, units: Sequence[Unit], known: dict[str, frozenset[str]]) -> None:
        super().__init__()
        self._units = units
        self._known = known

    def __missing__(self, index: int) -> frozenset[str]:
        text = self._units[index].masked
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = grams(text)
        self[index] = found
        return found


class Texts:
    """The masked texts of both versions and the weight of their wording.

    A pair of neighbouring characters weighs more if fewer units hold it: in a law on fees, 收费 weighs little.
    """

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        """Take the units of both sides; `old[i]` and `new[j]` are then spoken of by i and j."""
        self.old, self.new = old, new
        known: dict[str, frozenset[str]] = {}
        self.old_grams, self.new_grams = _Grams(old, known), _Grams(new, known)
        self._vectors: dict[str, Mapping[str, float]] = {}
        self._likeness: dict[tuple[int, int], float] = {}
        self._shared: dict[tuple[int, int], int] = {}
        self._weights: dict[tuple[int, int], int] = {}

    @cached_property
    def weight(self) -> Mapping[str, int]:
        """Weight of each pair of characters, in thousandths: sums of integers do not depend on their order."""
        sides = (self.old_grams, self.old), (self.new_grams, self.new)
        units_grams = (of[index] for of, units in sides for index in range(len(units)))
        spread = Counter(chain.from_iterable(units_grams))
        total = len(self.old) + len(self.new)
        by_count = {count: round(1000 * math.log(1 + total / count)) for count in set(spread.values())}
        return {gram: by_count[count] for gram, count in spread.items()}

    def old_weight(self, i: int) -> int:
        """Return how much wording an old unit holds."""
        return self._weight_of(0, i, self.old_grams[i])

    def new_weight(self, j: int) -> int:
        """Return how much wording a new unit holds."""
        return self._weight_of(1, j, self.new_grams[j])

    def _weight_of(self, side: int, index: int, of: frozenset[str]) -> int:
        known = self._weights.get((side, index))
        if known is None:
            known = self._weights[side, index] = self.weigh(of)
        return known

    def weigh(self, of: frozenset[str]) -> int:
        """Return the total weight of a set of grams."""
        return sum(map(self.weight.__getitem__, of))

    def shared(self, i: int, j: int) -> int:
        """Return the weight of the wording common to both units (cached)."""
        known = self._shared.get((i, j))
        if known is None:
            known = self._shared[i, j] = self.weigh(self.old_grams[i] & self.new_grams[j])
        return known

    def may_be_alike(self, i: int, j: int) -> bool:
        """Return whether the units share enough wording for order to matter."""
        return 12 * self.shared(i, j) >= min(self.old_weight(i), self.new_weight(j))

    def likeness(self, i: int, j: int) -> float:
        """Return the probability (0…1), by words alone, that new unit j continues old unit i.

        Order of words (ratio), rare words in common (dice), and the smaller inside the larger (cover) each recognise a
        case that the others miss: a rewritten sentence, two clauses of one mould, a paragraph added to a short clause.
        """
        known = self._likeness.get((i, j))
        if known is None:
            known = self._likeness[i, j] = self._measure(i, j)
        return known

    def _measure(self, i: int, j: int) -> float:
        shared = self.shared(i, j)
        if not shared:
            return 0.0
        old, new = self.old_weight(i), self.new_weight(j)
        ratio = common_share(self.old[i].masked, self.new[j].masked)
        return 0.4 * ratio + 0.35 * (2 * shared / (old + new)) + 0.25 * (shared / min(old, new))

    def topic(self, i: int, j: int) -> float:
        """Return the share (0…1) of subjects that two units have in common; their rules on the subjects are ignored.

        Words of two and more characters are counted: 收费 four times on both sides shows one subject, even without
        an equal sentence.
        """
        old, new = self._topics(self.old[i].masked), self._topics(self.new[j].masked)
        if len(new) < len(old):
            old, new = new, old
        return math.fsum(weight * new[word] for word, weight in old.items() if word in new)

    def kinship(self, i: int, j: int) -> float:
        """Return the mean of likeness and topic (0…1), for units at corresponding places."""
        return (self.likeness(i, j) + self.topic(i, j)) / 2

    def _topics(self, text: str) -> Mapping[str, float]:
        """Return the words of a text with their weights, scaled to a vector of length one."""
        found = self._vectors.get(text)
        if found is None:
            counts = Counter(word for word in cut_words(text) if len(word) > 1)
            raw = {
                word: math.sqrt(count) * max(self.weight[word[at : at + 2]] for at in range(len(word) - 1))
                for word, count in counts.items()
            }
            size = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
            found = self._vectors[text] = {word: weight / size for word, weight in raw.items()}
        return found

    def candidates(self, old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the pairs worth scoring; every pair if there are few."""
        if len(old) * len(new) <= _EVERY_PAIR:
            yield from ((i, j) for i in old for j in new)
            return
        best: set[tuple[int, int]] = set()
        size = {j: self.new_weight(j) for j in new}
        of_new: defaultdict[int, list[tuple[float, int, int]]] = defaultdict(list)
        for i, shared in self._sharing(old, new):
            own = self.old_weight(i)
            ranked = [(-weight / (own + size[j]), i, j) for j, weight in shared.items()]
            for entry in ranked:
                of_new[entry[2]].append(entry)
            best.update((i, j) for _, _, j in nsmallest(_MOST_CANDIDATES, ranked))
        for group in of_new.values():
            best.update((i, j) for _, i, j in nsmallest(_MOST_CANDIDATES, group))
        yield from sorted(best)

    def _sharing(self, old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, Mapping[int, int]]]:
        """Yield each old unit with the new units that share rare wording, and the weight of this wording."""
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for j in new:
            for gram in self.new_grams[j]:
                postings[gram].append(j)
        weight = self.weight
        for i in old:
            shared: defaultdict[int, int] = defaultdict(int)
            for gram in self.old_grams[i]:
                where = postings.get(gram)
                if where is not None and len(where) <= _COMMON:
                    rarity = weight[gram]
                    for j in where:
                        shared[j] += rarity
            yield i, shared


def grams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a folded text."""
    return frozenset(map("".join, pairwise(text)))
