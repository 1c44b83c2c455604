"""What is computed once for each side of a comparison before sentences are scored against each other."""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log1p

from policydiff.comparison.character_runs import bits_in_text, bits_of, character_runs
from policydiff.comparison.folding import fold
from policydiff.comparison.sentence_units import Unit, units_of
from policydiff.model import Document, SentenceKind

_TURN = re.compile("应当|不得|可以|必须|负责|禁止|严禁")
"""What divides who from what in a provision."""
_FORCE = re.compile("不得|禁止|严禁|应当|必须|可以|鼓励|支持|引导|推进|推动|加强|建立|完善|负责")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?|[一二三四五六七八九十百千万]{2,}")
_MOST_SEGMENTS = 24

Places = tuple[int, int]
"""Half-open range of folded words."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence ready to be scored."""

    words: str
    """Folded."""
    runs: Counter[str]
    bits_before: "array[float]"
    """Bits said up to each character; `bits_before[end] - bits_before[start]` is what a run says."""
    bits: float
    length: float
    """Natural logarithm of one plus the number of characters."""
    who: str
    what: str
    force: frozenset[str]
    numbers: frozenset[str]
    main: tuple[Places, ...]
    """Its words without conditions (…的，); all of them where nothing else is left."""
    segments: tuple[Places, ...]
    """Its stretches between stops."""


class Side:
    """The sentences of one document and their grouping into articles or measures."""

    def __init__(self, units: Sequence[Unit], *, chinese: bool = True) -> None:
        self.all_units = tuple(units)
        self.units = tuple(unit for unit in units if unit.kind is SentenceKind.SENTENCE)
        """The sentences; their indices are those of `sentences` and `group`."""
        say = bits_of if chinese else bits_in_text([unit.folded.text for unit in self.units])
        self.sentences = tuple(_sentence(unit, say) for unit in self.units)
        self.group = tuple(unit.group for unit in self.units)
        self.members: dict[int, list[int]] = {}
        for index, group in enumerate(self.group):
            self.members.setdefault(group, []).append(index)
        self.caption: dict[int, str] = {}
        """Folded words of the headings of each group that has some."""
        for unit in units:
            if unit.kind is SentenceKind.HEADING and not unit.generic and unit.folded.text:
                self.caption[unit.group] = f"{self.caption.get(unit.group, '')} {unit.folded.text}".strip()
        self.bags = {group: self._bag(group) for group in self.members}
        """Runs of two characters of each group, its headings included."""

    def __len__(self) -> int:
        return len(self.units)

    def _bag(self, group: int) -> Counter[str]:
        bag: Counter[str] = Counter()
        for index in self.members[group]:
            bag.update(self.sentences[index].runs)
        if group in self.caption:
            bag.update(character_runs(self.caption[group]))
        return Counter({run: count for run, count in bag.items() if len(run) > 1})


def side_of(document: Document, *, chinese: bool = True) -> Side:
    """Return one side of a comparison, to be made once for each document."""
    return Side(units_of(document), chinese=chinese)


def bare_words(text: str) -> str:
    """Return the folded words of a text without the blanks between them."""
    return fold(text).text.replace(" ", "")


def _sentence(unit: Unit, say: Callable[[str], list[float]]) -> Sentence:
    words = unit.folded.text
    before = array("d", accumulate(say(words), initial=0.0))
    turn = _TURN.search(words)
    segments = _segments(words)
    return Sentence(
        words=words,
        runs=character_runs(words),
        bits_before=before,
        bits=before[-1],
        length=log1p(len(words)),
        who=words[: turn.start()] if turn else "",
        what=words[turn.end() :] if turn else words,
        force=frozenset(_FORCE.findall(words)),
        numbers=frozenset(_NUMBER.findall(words)),
        main=_main(words, segments),
        segments=segments,
    )


def _segments(words: str) -> tuple[Places, ...]:
    stops = [-1, *(place for place, character in enumerate(words) if character == " "), len(words)]
    spans = [(start + 1, end) for start, end in pairwise(stops) if end > start + 1]
    if len(spans) > _MOST_SEGMENTS:
        spans = [*spans[: _MOST_SEGMENTS - 1], (spans[_MOST_SEGMENTS - 1][0], len(words))]
    return tuple(spans)


def _main(words: str, segments: tuple[Places, ...]) -> tuple[Places, ...]:
    kept = tuple((start, end) for start, end in segments[:-1] if words[end - 1] != "的") + segments[-1:]
    return kept or segments
