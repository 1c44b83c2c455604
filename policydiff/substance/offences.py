"""Offences by what is done, with the fine that follows: one that moved into a paragraph of its own is no new one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from policydiff.lexicon.measures import Measure
from policydiff.model import Direction, Genre, Signal, SignalType
from policydiff.substance.alignment import Sides
from policydiff.substance.canonical import Canonical, one_writing, parts_of, read_parts
from policydiff.substance.features import find_sanctions
from policydiff.substance.following import Numbering
from policydiff.substance.provisions import is_purpose
from policydiff.substance.value_differences import ends, ranges

_SHORTEST = 4
"""Characters of conduct by which an offence is known again: 乱贴广告 (4) is one, 逾期 (2) stands with every offence."""
_AND = re.compile("、|以及|或者|[，和或]")
_STATED = re.compile("^(?:违反[^，]{0,12}规定，?|对|有下列(?:行为|情形)之一)|的$")
_FINE = re.compile("罚款|罚金")
_GRADE = re.compile("情节|后果|逾期|拒不|再次|构成犯罪|首次|数额")
"""How grave conduct is, which makes no offence of its own."""


class Offence(NamedTuple):
    """What a sentence punishes, and the fine."""

    start: int
    end: int
    """Where its sentence stands in the passage."""
    conduct: tuple[str, ...]
    """The conduct in one writing, each act by itself."""
    fine: Canonical | None
    """The part with the first fine; None where another sanction stands alone."""
    kinds: frozenset[str]
    """Kinds of its sanctions."""


def offences(text: str, genre: Genre) -> list[Offence]:
    """Return the offences of a passage; the items of a list are conduct of the sentence that leads it.

    >>> [found.conduct for found in offences("占用道路或者乱贴广告的，处一万元罚款。", Genre.STATUTE)]
    [('占用道路', '乱贴广告')]
    """
    if "罚" not in text and "责令" not in text:
        return []
    parts = read_parts(parts_of(text), genre)
    found: list[Offence] = []
    for _, group in groupby(parts, key=lambda part: part.part.sentence):
        sentence = list(group)
        first = next((n for n, part in enumerate(sentence) if find_sanctions(part.part.text)), None)
        label = sentence[0].part.label
        if first is None:
            if label and found:  # an item of the list that the offence before leads
                acts = _acts(sentence)
                found[-1] = found[-1]._replace(conduct=(*found[-1].conduct, *acts))
            continue
        acts = _acts(sentence[:first])
        fine = next(
            (
                part
                for part in sentence[first:]
                if _FINE.search(part.part.text) and ranges(part, Measure.AMOUNT)
            ),
            None,
        )
        kinds = frozenset(word.key for part in sentence for word in find_sanctions(part.part.text))
        found.append(Offence(sentence[0].part.start, sentence[-1].part.end, acts, fine, kinds))
    return found


def _acts(parts: Iterable[Canonical]) -> tuple[str, ...]:
    acts = []
    for part in parts:
        if is_purpose(part.part.text) or _GRADE.search(part.part.text):
            continue
        acts += [one_writing(act) for act in _AND.split(_STATED.sub("", part.part.text))]
    return tuple(act for act in acts if len(act) >= _SHORTEST)


def known_before(offence: Offence, olds: Sequence[Offence]) -> Offence | None:
    """Return the offence of the other text that punishes the same conduct by a fine, and by every other sanction of this one."""
    if not offence.conduct or offence.fine is None:
        return None
    return next(
        (
            old
            for old in olds
            if set(offence.conduct) <= set(old.conduct)
            and old.fine is not None
            and offence.kinds <= old.kinds
        ),
        None,
    )


def fines_between(old: Offence, new: Offence, genre: Genre) -> list[Signal]:
    """Return how the fines of one offence differ in two texts; where they say the same, or have none, nothing."""
    if old.fine is None or new.fine is None:
        return []
    before, after = (ranges(part, Measure.AMOUNT)[0] for part in (old.fine, new.fine))
    if before.same(after) or not before.alike(after):
        return []
    return list(ends(Sides(old.fine, new.fine, genre, Numbering({})), before, after))


_COME = frozenset({SignalType.SANCTION, SignalType.PARAGRAPH_ADDED, SignalType.AMOUNT, SignalType.CONDITION})
_GONE = frozenset({SignalType.CONDITION, SignalType.ITEM_REMOVED, SignalType.SCOPE, SignalType.SANCTION})


def same_offences(found: Sequence[Signal], old: str, new: str, genre: Genre) -> Iterator[Signal]:
    """Yield signals; a fine of conduct that the old passage punished too is compared with the old fine, not told as new."""
    if not any(
        each.type is SignalType.SANCTION and each.old is None and "罚" in (each.new or "") for each in found
    ):
        yield from _mended_first(found)
        return
    olds, news = offences(old, genre), offences(new, genre)
    left = list(found)
    more: list[Signal] = []
    for offence in news:
        before = known_before(offence, olds)
        if before is None or offence.fine is None:
            continue
        own = [each for each in left if each.old is None and each.type in _COME and _within(each, offence)]
        if not any(_holds(each, offence.fine) for each in own):
            continue
        left = [each for each in left if each not in own and not is_of_conduct(each, offence.conduct)]
        more += fines_between(before, offence, genre)
    yield from _mended_first(left)
    yield from more


def _mended_first(found: Sequence[Signal]) -> Iterator[Signal]:
    """Yield signals; an order to correct that has to be disobeyed before the penalty follows relieves who is bound: 责令改正；拒不改正的，处罚款."""
    unmended = {
        each.old is None
        for each in found
        if each.type is SignalType.CONDITION and _UNMENDED.fullmatch(each.old or each.new or "")
    }
    for each in found:
        comes, words = each.old is None, each.old or each.new or ""
        if each.type is SignalType.SANCTION and comes in unmended and _CORRECTED.fullmatch(words):
            way = Direction.LOOSER if comes else Direction.STRICTER
            yield each.model_copy(update={"direction": way})
        else:
            yield each


_UNMENDED = re.compile("(?:拒不|仍不|仍未|未|逾期(?:仍)?[不未])(?:改正|整改|纠正|履行)的?")
_CORRECTED = re.compile(
    "[^，。；]{0,20}责令(?:限期)?(?:改正|整改)|[^，。；]{0,20}(?:限期(?:改正|整改)|予以警告|给予警告)"
)
"""A lighter measure, which a penalty follows where it is disobeyed."""


def _holds(signal: Signal, fine: Canonical) -> bool:
    span = signal.new_span
    return (
        signal.type is SignalType.SANCTION and span is not None and span.start <= fine.part.start < span.end
    )


def _within(signal: Signal, offence: Offence) -> bool:
    span = signal.new_span
    return span is not None and offence.start <= span.start and span.end <= offence.end


def is_of_conduct(signal: Signal, conduct: Iterable[str]) -> bool:
    """Return whether a signal says that conduct went from a clause, which now stands in another one."""
    if signal.new is not None or signal.type not in _GONE or signal.old is None:
        return False
    words = one_writing(_STATED.sub("", signal.old))
    return len(words) >= _SHORTEST and any(words in act or act == words for act in conduct)


def is_named_offence(signal: Signal, superior: str, local: str) -> bool:
    """Return whether words say what is punished where the other side names it by its article: 违反前款规定的."""
    if signal.type not in (SignalType.CONDITION, SignalType.ITEM_REMOVED, SignalType.ITEM_ADDED):
        return False
    named = [BY_ARTICLE.search(text) is not None for text in (superior, local)]
    if not all(named):
        return any(named) and "违反" in superior and "违反" in local
    text, span = (local, signal.new_span) if signal.old is None else (superior, signal.old_span)
    # 逾期不改正的, further on, is no offence
    return span is not None and text[: span.start].endswith("规定，")


BY_ARTICLE = re.compile(
    "违反(?:本(?:法|条例|办法|规定|细则))?(?:第[^，。；]{1,12}[条款项]|前[一二三两]?[条款])[^，。；]{0,12}规定"
)
