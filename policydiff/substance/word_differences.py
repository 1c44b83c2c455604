"""The sanctions, instruments and exceptions that one of two parts has alone, and which way that goes."""

import re
from collections.abc import Iterator, Sequence

from policydiff.model import Direction, Signal, SignalType
from policydiff.substance.alignment import Sides, make_signal, place_of
from policydiff.substance.canonical import one_writing
from policydiff.substance.features import (
    Word,
    find_exceptions,
    find_instruments,
    find_sanctions,
    graver,
    instrument_rank,
    relieves,
)
from policydiff.substance.vocabulary import vocabulary
from policydiff.substance.weighing import SOFT

_FINDERS = {
    SignalType.SANCTION: find_sanctions,
    SignalType.INSTRUMENT: find_instruments,
    SignalType.EXCEPTION: find_exceptions,
}


_TIMED = "限期"
"""What 责令限期改正 says beside 责令改正: a day by which it has to be done; 行政处罚法 art. 28 names both as one measure."""


def differing_words(sides: Sides, kind: SignalType) -> Iterator[Signal]:
    """Yield the sanctions, instruments or exceptions that one side alone has, paired in order."""
    new = list(_FINDERS[kind](sides.new.part.text))
    gone: list[Word] = []
    for one in _FINDERS[kind](sides.old.part.text):
        equal = next((other for other in new if other.same(one)), None)
        if equal is None:
            gone.append(one)
        else:
            new.remove(equal)
            if (_TIMED in one.word) != (_TIMED in equal.word):
                way = _STEP[_TIMED in equal.word]
                signal = make_signal(sides, kind, way, place_of(one), place_of(equal))
                yield signal.model_copy(update={"weight": SOFT})
    if kind is SignalType.SANCTION:
        texts = sides.old.part.text, sides.new.part.text
        gone = _not_of_class(gone, texts[0], texts[1] + sides.around[1])
        new = _not_of_class(new, texts[1], texts[0] + sides.around[0])
    gone, new = _not_around(gone, sides.around), _not_around(new, sides.around[::-1])
    if kind is SignalType.INSTRUMENT:
        gone, new = _as_one(gone), _as_one(new)
        if not (gone and new):
            texts = sides.old.part.text, sides.new.part.text
            own, other = texts if gone else texts[::-1]
            for word in (*gone, *new):
                places = place_of(word), _act_instead(word, own, other)
                way = _STEP[bool(new)] if places[1] is None else Direction.CHANGED
                yield make_signal(sides, kind, way, *(places if gone else places[::-1]))
            return
    for index in range(max(len(gone), len(new))):
        before = gone[index] if index < len(gone) else None
        after = new[index] if index < len(new) else None
        yield make_signal(
            sides, kind, _word_direction(kind, before, after),
            place_of(before) if before else None, place_of(after) if after else None,
        )  # fmt: skip


def _not_of_class(words: Sequence[Word], own: str, other: str) -> list[Word]:
    """Return the sanctions of a part without those of which the other part names the class or a member: 行政处分或者纪律处分, 处分."""
    sides = [{found.key for found in find_sanctions(text)} for text in (own, other)]
    said = [
        {whole, *members}
        for whole, members in vocabulary().families.items()
        if {whole, members[0]} <= sides[0] | sides[1] and sides[1] & {whole, *members}
    ]
    return [word for word in words if not any(word.key in kinds for kinds in said)]


def _as_one(words: Sequence[Word]) -> list[Word]:
    """Return instruments, those that stand together (审核同意) as the heavier one."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last is not None and 0 <= word.start - last.end <= _TOGETHER:
            heavier = max((last, word), key=lambda each: instrument_rank(each.key))
            joined[-1] = heavier._replace(start=last.start, end=word.end)
        else:
            joined.append(word)
    return joined


def _act_instead(word: Word, text: str, other: str) -> tuple[int, int] | None:
    """Return where another act of decision stands on the other side in place of an approval: 批准, 评定; None for nowhere."""
    if word.word not in _APPROVALS:
        return None
    before, behind = text[max(0, word.start - _BESIDE) : word.start], text[word.end :][:_BESIDE]
    for found in _DECIDES.finditer(other):
        around = other[max(0, found.start() - _BESIDE) : found.start()], other[found.end() :][:_BESIDE]
        if text.count(found[0]) < other.count(found[0]) and (
            before == around[0] != "" or behind == around[1]
        ):
            return found.span()
    return None


_APPROVALS = frozenset({"批准", "审批", "核准", "同意"})
"""Instruments that decide on what somebody else brings forward."""
_DECIDES = re.compile("评定|认定|核定|确定|指定|裁定|选定|评选|决定|任命|一致同意")
"""Acts by which somebody decides: as heavy as an approval or less, which the word does not say."""
_BESIDE = 2
"""Characters on either side of an approval by which its place is known again."""


_TOGETHER = 1
"""Characters between two instruments that are one step: 审核、批准, 审核同意."""


_STEP = {True: Direction.STRICTER, False: Direction.LOOSER}


def _is_imposed(kind: str, text: str) -> bool:
    """Return whether a text names a sanction of this very kind: 处分, not as the end of 纪律处分."""
    return any(found.key == kind for found in find_sanctions(text))


def _not_around(words: Sequence[Word], around: tuple[str, str]) -> list[Word]:
    """Return the words that the sentence of the other side has less often: a fine may only have gone to the part beside."""
    return [
        word
        for word in words
        if not (key := one_writing(word.word))
        or around[1].count(key) < max(1, around[0].count(key))
        or (word.key in vocabulary().families and not _is_imposed(word.key, around[1]))
    ]


def _word_direction(kind: SignalType, before: Word | None, after: Word | None) -> Direction:
    if before and after:
        if kind is SignalType.SANCTION:
            heavier = graver(before.key, after.key)
            return _STEP[heavier] if heavier is not None else Direction.CHANGED
        if kind is SignalType.EXCEPTION:
            relief = relieves(before.key), relieves(after.key)
            if relief[0] != relief[1]:
                return _STEP[relief[1] < relief[0]]
        if kind is not SignalType.INSTRUMENT:
            return Direction.CHANGED
        ranks = instrument_rank(before.key), instrument_rank(after.key)
        if ranks[0] == ranks[1]:
            return Direction.CHANGED
        return Direction.STRICTER if ranks[1] > ranks[0] else Direction.LOOSER
    comes = after is not None
    if kind is SignalType.EXCEPTION:
        comes = not comes
    return Direction.STRICTER if comes else Direction.LOOSER
