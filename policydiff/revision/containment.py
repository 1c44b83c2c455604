"""Units that were split, merged, renumbered or moved; headings paired by their words and by the clauses under them.

A split or merger is recognised by the share of an unpaired unit whose words are in a paired one. All links of a group
are joined, so that each unit is in one change only.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, product

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import common_share, in_order
from policydiff.lexicon.text_marks import split_sentences
from policydiff.lexicon.widths import fold_words, mask_references
from policydiff.model import ClauseKind, Fact, LeftOutDiffers, NumbersShifted, PunctuationDiffers
from policydiff.revision.pairing import assign, pair_units
from policydiff.revision.units import (
    PAIRING_LARGEST_GAP,
    PART_AHEAD,
    PART_COMMON,
    PART_CONTAINED,
    PART_COVERED,
    PART_COVERED_FAR,
    PART_LEAST,
    PART_LEAST_OWN,
    PART_LEAST_RARE,
    PART_NEAR,
    PART_OWN,
    PART_WHOLE,
    Texts,
    Unit,
    UnitGroup,
    grams,
)
from policydiff.substance.following import Numbering

_ITEM = lazy_pattern(r"[（(]?[一二三四五六七八九十百\d]{1,4}[）)．.、]")


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that holds part of another unit, or was merged into another unit."""

    whole: int
    """Index of that other unit on the opposite side (split: the source; merger: the result)."""
    part: int
    strength: float


class Side:
    """One direction of the search: wholes on one side, parts on the other.

    For a split the wholes are old and the parts new; for a merger the wholes are new and the parts old.
    """

    def __init__(
        self, texts: Texts, wholes: Sequence[Unit], parts: Sequence[Unit], *, old_is_whole: bool
    ) -> None:
        """Take the weighed texts, the units on the side of the wholes, and the units on the opposite side."""
        self.weigh = texts.weigh
        self.known = texts.weight
        self.whole_grams = texts.old_grams if old_is_whole else texts.new_grams
        self.part_grams = texts.new_grams if old_is_whole else texts.old_grams
        self.units = wholes
        self.others = parts
        self._paragraphs: dict[int, list[frozenset[str]]] = {}
        self._postings: defaultdict[str, list[int]] | None = None

    def parts(self, counterpart: dict[int, int], alone: Sequence[int]) -> list[Part]:
        """Return the parts among the units `alone`, strongest first.

        `counterpart` maps each whole with a counterpart to its counterpart on the side of the parts.
        """
        found: list[Part] = []
        claims: dict[tuple[int, int], Part] = {}
        for part in alone:
            found.extend(self._word_for_word(part, counterpart))
            for whole, first in self._near(part, counterpart):
                strength = self._contained(whole, first, part)
                if strength:
                    found.append(Part(whole, part, strength))
                for place, paragraph in enumerate(self._split(whole)):
                    size = self.weigh(paragraph)
                    here = self.weigh(paragraph & self.part_grams[part]) / size
                    kept = self.weigh(paragraph & self.part_grams[first]) / size
                    least = PART_COVERED if abs(first - part) <= PART_NEAR else PART_COVERED_FAR
                    strength = here if here >= least and here - kept >= PART_AHEAD else 0.0
                    claim = claims.get((whole, place))
                    if strength and (claim is None or strength > claim.strength):
                        claims[whole, place] = Part(whole, part, strength)
        found.extend(claims.values())
        return sorted(found, key=lambda part: (-part.strength, part.whole, part.part))

    def _near(self, part: int, counterpart: dict[int, int]) -> list[tuple[int, int]]:
        """Return the wholes that share rare wording with the part, each with its counterpart."""
        if self._postings is None:
            self._postings = defaultdict(list)
            for whole in counterpart:
                for gram in self.whole_grams[whole]:
                    self._postings[gram].append(whole)
            for gram in [gram for gram, where in self._postings.items() if len(where) > PART_COMMON]:
                del self._postings[gram]
        postings = self._postings
        hits = Counter(
            chain.from_iterable(postings[gram] for gram in self.part_grams[part] if gram in postings)
        )
        return [
            (whole, counterpart[whole]) for whole, count in sorted(hits.items()) if count >= PART_LEAST_RARE
        ]

    def _word_for_word(self, part: int, counterpart: dict[int, int]) -> Iterator[Part]:
        """Yield the wholes that hold all words of a part in one run, if their counterparts lack these words."""
        own = self.others[part].words
        if len(own) < PART_WHOLE:
            return
        for whole, first in counterpart.items():
            if own in self.units[whole].words and own not in self.others[first].words:
                yield Part(whole, part, 1.0)

    def _contained(self, whole: int, first: int, part: int) -> float:
        own, other, inside = self.part_grams[part], self.part_grams[first], self.whole_grams[whole]
        beyond = own - other
        if len(beyond & inside) < PART_LEAST_OWN:
            return 0.0
        covered = self.weigh(own & inside) / self.weigh(own)
        share = self.weigh(beyond & inside) / self.weigh(beyond)
        return covered if covered >= PART_CONTAINED and share >= PART_OWN else 0.0

    def _split(self, whole: int) -> list[frozenset[str]]:
        found = self._paragraphs.get(whole)
        if found is None:
            pieces = (mask_references(fold_words(piece)) for piece in paragraphs(self.units[whole].text))
            sets = (grams(piece) & self.known.keys() for piece in pieces)
            found = self._paragraphs[whole] = [piece for piece in sets if len(piece) >= PART_LEAST]
        return found


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a unit, each with its items; for a single paragraph its sentences."""
    blocks: list[str] = []
    for line in text.split("\n"):
        if blocks and _ITEM.match(line):
            blocks[-1] += line
        else:
            blocks.append(line)
    if len(blocks) > 1:
        return blocks
    return [text[start:end] for start, end in split_sentences(text)]


_MUCH_THE_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """Corresponding units of the old and the new text: kept (1:1), split (1:n), merged (n:1), rarely n:m."""

    old: tuple[Unit, ...]
    """The primary unit first."""
    new: tuple[Unit, ...]
    """The primary unit first."""
    divided: bool = False
    """Whether the match counts as a split if both sides have several units; else it is a merger."""

    def turned(self) -> "Match":
        """Return the match with old and new exchanged."""
        return Match(old=self.new, new=self.old, divided=not self.divided)


def match_units(old: Sequence[Unit], new: Sequence[Unit]) -> list[Match]:
    """Return the matches of two groups of units; units in no match were added or removed.

    If one of several parts also took in another unit, all of them are one match: each unit has one place,
    and no unit whose words survive counts as removed.
    """
    links, texts = pair_units(old, new)
    olds: dict[int, list[int]] = {target: [source] for source, target in links.items()}
    news: dict[int, list[int]] = {source: [target] for source, target in links.items()}
    added = [j for j in range(len(new)) if j not in olds]
    removed = [i for i in range(len(old)) if i not in links]
    if added:
        for part, whole in _parts(Side(texts, old, new, old_is_whole=True), links, added):
            news[whole].append(part)
    if removed:
        back = {target: source for source, target in links.items()}
        for part, whole in _parts(Side(texts, new, old, old_is_whole=False), back, removed):
            olds[whole].append(part)
    return [
        Match(
            old=tuple(old[i] for i in _primary_first(olds[target], partial(_swapped, texts.shared, target))),
            new=tuple(new[j] for j in _primary_first(news[source], partial(texts.shared, source))),
            divided=len(news[source]) > 1,
        )
        for source, target in sorted(links.items())
    ]


def _parts(side: Side, counterpart: dict[int, int], alone: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each unit without counterpart that is part of another unit, once, with the whole that it fits best."""
    found: set[int] = set()
    for part in side.parts(counterpart, alone):
        if part.part not in found:
            found.add(part.part)
            yield part.part, part.whole


def _swapped(function: Callable[[int, int], int], second: int, first: int) -> int:
    return function(first, second)


def _primary_first(parts: list[int], shared: Callable[[int], int]) -> list[int]:
    """Return the parts in order, but first the part that holds most; of parts that hold much the same, the earliest."""
    if len(parts) == 1:
        return parts
    most = max(map(shared, parts))
    primary = next(part for part in sorted(parts) if shared(part) >= _MUCH_THE_SAME * most)
    return [primary, *sorted(part for part in parts if part != primary)]


_KIND_OF = {
    ClauseKind.PART: "编",
    ClauseKind.CHAPTER: "章",
    ClauseKind.SECTION: "节",
    ClauseKind.ARTICLE: "条",
}


def numbering(matches: Sequence[Match]) -> Numbering:
    """Return where the numbered articles and headings went."""
    moved: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for match in matches:
        for old in match.old:
            for new in match.new:
                kind = _KIND_OF.get(old.kind) if old.kind else None
                if kind and old.kind is new.kind and old.number and new.number:
                    moved[kind][old.number].add(new.number)
    return Numbering(
        {kind: {old: frozenset(new) for old, new in numbers.items()} for kind, numbers in moved.items()}
    )


def renumbered(match: Match) -> bool:
    """Return whether the number of the primary unit changed."""
    old, new = match.old[0], match.new[0]
    return old.number is not None and new.number is not None and old.number != new.number


def moved(matches: Sequence[Match]) -> set[str]:
    """Return the ids (of the primary new units) of matches that left the order kept by the others.

    Body units and headings are ordered separately.
    """
    gone: set[str] = set()
    for groups in ((UnitGroup.BODY, UnitGroup.TABLE), (UnitGroup.HEADING,)):
        ordered = sorted(
            (match for match in matches if match.old[0].group in groups),
            key=lambda match: match.old[0].place,
        )
        kept = in_order([match.new[0].place for match in ordered])
        gone.update(match.new[0].id for index, match in enumerate(ordered) if index not in kept)
    return gone


def cascades(matches: Sequence[Match], gone: set[str]) -> Iterator[NumbersShifted]:
    """Yield one fact for each place from which numbers are shifted, instead of a fact for every clause.

    Articles are one series through the document; other numbered clauses form one series under each
    heading. `gone` are the ids of moved units, which shift nothing.
    """
    series: defaultdict[tuple[object, ...], list[tuple[Unit, int]]] = defaultdict(list)
    for match in sorted(matches, key=lambda match: match.old[0].place):
        old, new = match.old[0], match.new[0]
        if new.id in gone or not (old.number or "").isdecimal() or not (new.number or "").isdecimal():
            continue
        above = () if old.kind is ClauseKind.ARTICLE else (old.parents, old.group)
        series[old.kind, above].append((old, int(new.number or 0) - int(old.number or 0)))
    for members in series.values():
        before = 0
        for unit, shift in members:
            if shift != before:
                yield NumbersShifted(clause=unit.id, label=unit.label or unit.number or unit.id, by=shift)
            before = shift


def in_english(fact: Fact) -> str:
    """Return a fact in a few words.

    >>> in_english(NumbersShifted(clause="art_21", label="第二十一条", by=3))
    '第二十一条 onwards +3'
    """
    if isinstance(fact, NumbersShifted):
        return f"{fact.label} onwards {fact.shift}"
    if isinstance(fact, PunctuationDiffers):
        return f"{fact.clauses} units differ only in punctuation"
    if isinstance(fact, LeftOutDiffers):
        return f"left out of the texts and not alike: {'; '.join(fact.old)} → {'; '.join(fact.new)}"
    return f"{fact.clauses} units differ only in references that follow the renumbering"


_SAME = 0.45
"""Least mean (0…1) of likeness of words and of contents for a heading to continue another heading."""


def match_headings(old: Sequence[Unit], new: Sequence[Unit], below: Sequence[Match]) -> list[Match]:
    """Return the matches of headings among the units of both sides; `below` are the matches of the other units.

    一般规定 under three chapters is identified by the articles below it; a renamed chapter keeps its articles. A
    chapter that kept none of its articles is continued only by a chapter with the same name.
    """
    peopled = {id(side[parent]) for side in (old, new) for unit in side for parent in unit.parents}
    headings = [[unit for unit in side if unit.group is UnitGroup.HEADING] for side in (old, new)]
    shared: Counter[tuple[int, int]] = Counter()
    sizes: tuple[defaultdict[int, int], defaultdict[int, int]] = defaultdict(int), defaultdict(int)
    for match in below:
        for side, units in enumerate((match.old, match.new)):
            for parent in units[0].parents:
                sizes[side][parent] += 1
        for above in match.old[0].parents:
            for beyond in match.new[0].parents:
                shared[above, beyond] += 1
    likeness: dict[tuple[int, int], float] = {}
    for i, j in _heading_pairs(headings, shared):
        one, other = headings[0][i], headings[1][j]
        if one.kind is not other.kind:
            continue
        ratio = common_share(one.words, other.words)
        size = max(sizes[0][one.place], sizes[1][other.place])
        unknown = 0.0 if peopled.issuperset((id(one), id(other))) else ratio
        inside = shared.get((one.place, other.place), 0) / size if size else unknown
        distance = abs(i / len(headings[0]) - j / len(headings[1]))
        value = (ratio + inside) / 2 - 0.02 * distance
        if value > _SAME:
            likeness[i, j] = value - _SAME
    return [Match((headings[0][i],), (headings[1][j],)) for i, j in assign(likeness)]


def _heading_pairs(
    headings: Sequence[Sequence[Unit]], shared: Iterable[tuple[int, int]]
) -> Iterable[tuple[int, int]]:
    """Return the pairs of headings to compare; of many headings, those with rare words or a clause in common."""
    old, new = (range(len(side)) for side in headings)
    if len(old) * len(new) <= PAIRING_LARGEST_GAP:
        return product(old, new)
    index = [{unit.place: at for at, unit in enumerate(side)} for side in headings]
    above = {(index[0][one], index[1][other]) for one, other in shared}
    return sorted(above.union(Texts(*headings).candidates(old, new)))


def left_headings(
    units: tuple[Sequence[Unit], Sequence[Unit]], matches: Sequence[Match]
) -> Mapping[int, tuple[str, str]]:
    """Return, by place of the new clause, the printed headings that the clause left and came to.

    A renamed heading is the same heading; if neither heading has a counterpart (a text gained its first
    chapters), the clause left nothing.
    """
    heir: dict[int, int] = {}
    for match in matches:
        if match.old[0].group is UnitGroup.HEADING and match.new[0].group is UnitGroup.HEADING:
            heir[match.old[0].place] = match.new[0].place
    kept = set(heir.values())
    left: dict[int, tuple[str, str]] = {}
    for match in matches:
        old, new = match.old[0], match.new[0]
        if old.group is UnitGroup.HEADING or not old.parents or not new.parents:
            continue
        before, after = old.parents[-1], new.parents[-1]
        if heir.get(before) == after or (before not in heir and after not in kept):
            continue
        if heir.get(before) in new.parents or after in {heir.get(place) for place in old.parents}:
            continue  # only a level was put in or taken out between the clause and its heading
        left[new.place] = _name(units[0][before]), _name(units[1][after])
    return left


def _name(heading: Unit) -> str:
    return f"{heading.label or ''} {heading.text}".strip()
