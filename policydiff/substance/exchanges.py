"""Words that both sides have at swapped places: in a half-sentence, between two half-sentences, and between two sentences."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, combinations, product, repeat
from operator import attrgetter
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import common_ends, common_share
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.model import Signal, SignalType, Span
from policydiff.substance.alignment import Sides, make_signal
from policydiff.substance.canonical import Canonical
from policydiff.substance.offices import find_bodies
from policydiff.substance.vocabulary import one_writing, vocabulary
from policydiff.substance.weighing import NEW_CHARACTERS, weight_of


def exchanged_within(sides: Sides) -> Iterator[Signal]:
    """Yield signals where words of a part changed places: parties around a verb, two words around unchanged words, or a subject."""
    if not _same_members(sides.old.part.text, sides.new.part.text):
        yield from (
            list(_parties_exchanged(sides)) or list(_words_exchanged(sides)) or _no_longer_bound(sides)
        )


def _same_members(old: str, new: str) -> bool:
    """Return whether two parts list the same members in another order.

    Members may share their beginning and end: 不同地区、不同类别; 敌对组织、间谍组织;
    向甲募集或者向乙募集.
    """
    if len(old) != len(new) or sorted(old) != sorted(new):
        return False
    lead, tail = common_ends(old, new)
    for before, after in product(range(min(lead, _ALIKE) + 1), range(min(tail, _ALIKE) + 1)):
        sides = (text[lead - before : len(text) - tail + after] for text in (old, new))
        members = [sorted(each.lstrip("向对由") for each in _JOINTS.split(side)) for side in sides]
        if len(members[0]) > 1 and members[0] == members[1]:
            return True
    return False


_ALIKE = 12
"""Most characters that list members share at the beginning or end: 向社会公开募集 and the longest names of offices."""


_PIVOT = lazy_pattern(
    "应当|不得|可以|必须|应(?=[告通支提])|向|对|由|优先于|先于|会同|委托|告知|通知|支付给?|后|前|赔偿|转让给|交付给?|服从|监督|指导|报告|比照|授权"
)
"""Words between the two parties of a rule: the acting party and the affected party."""
_BINDING = lazy_pattern("(?:应当?|不得|可以|必须|有权|负责)(?:及时|依法|定期|立即|主动|如实)*$")
"""Words between the acting party and the preposition of the affected party: 公司董事应当向公司 → 公司应当向公司董事."""
_FEWEST = 2
"""Least number of characters of a party."""


class _Party(NamedTuple):
    """A word that may be a party to a rule."""

    start: int
    end: int
    key: str
    is_body: bool


def _parties_exchanged(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where two parties changed places around a verb or preposition: 甲应当告知乙 → 乙应当告知甲.

    Reordered members of a list, and moved adverbials (在十日内, 向民政部门), are no exchange.
    """
    one, other = sides.old.part.text, sides.new.part.text
    if len(set(one) ^ set(other)) > NEW_CHARACTERS:
        return
    pivots = [{found[0]: found.span() for found in _PIVOT.finditer(text)} for text in (one, other)]
    both_have = [(pivots[0][pivot], pivots[1][pivot]) for pivot in pivots[0] if pivot in pivots[1]]
    turning = [  # else what stands before or behind each verb is the same
        (here, there)
        for here, there in both_have
        if one[: here[0]] != other[: there[0]] and one[here[1] :] != other[there[1] :]
    ]
    for here, there in turning:
        who, whom = _BINDING.sub("", one[: here[0]]), _BINDING.sub("", other[: there[0]])
        long = min(len(who), len(whom)) >= _FEWEST
        if long and one.startswith(whom, here[1]) and other.startswith(who, there[1]):
            named = all(find_bodies(name) or _SOME_BODY.search(name) for name in (who, whom))
            places = (0, here[1] + len(whom)), (0, there[1] + len(who))
            yield make_signal(sides, SignalType.BODY if named else SignalType.DUTY, None, *places)
            return
    old, new = (_parties(one), _parties(other)) if turning else ({}, {})
    both = [key for key in old if key in new]
    for first, second in combinations(both, 2):
        left, right = sorted((old[first], old[second]))
        turned = new[right.key], new[left.key]
        if turned[0].start >= turned[1].start:
            continue
        for here, there in turning:
            if (
                left.end <= here[0]
                and here[1] <= right.start
                and turned[0].end <= there[0]
                and there[1] <= turned[1].start
            ):
                kind = SignalType.BODY if left.is_body and right.is_body else SignalType.DUTY
                yield make_signal(
                    sides, kind, None, (left.start, right.end), (turned[0].start, turned[1].end)
                )
                return


def _words_exchanged(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where two words changed places around unchanged words: 上级撤销下级的决定 → 下级撤销上级的决定.

    The order of neighbouring or joined words (依法及时, 调查和监测, 学校的学生) changes nothing.
    """
    texts = sides.old.part.text, sides.new.part.text
    if len(texts[0]) != len(texts[1]) or Counter(texts[0]) != Counter(texts[1]):
        return
    lead, tail = common_ends(*texts)
    words = cut_known_words(texts[0])
    starts = list(accumulate(map(len, words), initial=0))
    end = len(texts[0]) - tail
    first = max(at for at in starts if at <= lead)
    last = min(at for at in starts if at >= end)
    inner = [at for at in starts if first <= at <= last]
    old, new = texts[0][first:last], texts[1][first:last]
    for one, other in combinations(inner[1:-1], 2):
        left, between, right = old[: one - first], old[one - first : other - first], old[other - first :]
        if new == right + between + left and _SAYS_MORE.search(_JOINTS.sub("", between)):
            named = all(find_bodies(words) for words in (left, right))
            places = (first, last), (first, last)
            yield make_signal(sides, SignalType.BODY if named else SignalType.DUTY, None, *places)
            return


_JOINTS = lazy_pattern("、|以及|或者|并且|[和与及或并且]")
_SAYS_MORE = lazy_pattern("[一-鿿]{2}|[由向对从给把将被后再|\t]")
"""Words between two exchanged words that make the order count: a verb, a preposition of roles, a word of time, or a cell border."""


_SOME_BODY = lazy_pattern("(?:有关|相关|其他)(?:行政|主管|管理|监督)*(?:部门|机关|单位)")
"""A body without a name of its own; it may lead or assist too."""


def _parties(text: str) -> dict[str, _Party]:
    """Return the possible parties that occur once in a part, by their key."""
    found = [_Party(body.start, body.end, body.key, True) for body in find_bodies(text)]
    for body in _SOME_BODY.finditer(text):
        if not any(party.start < body.end() and body.start() < party.end for party in found):
            found.append(_Party(*body.span(), body[0], True))
    taken = [(party.start, party.end) for party in found]
    place = 0
    for word in cut_known_words(text):
        end = place + len(word)
        known = len(word) < _FEWEST or word in vocabulary().fillers or _PIVOT.fullmatch(word)
        if not known and not any(start < end and place < stop for start, stop in taken):
            found.append(_Party(place, end, one_writing(word), False))
        place = end
    bodies = {party.key for party in found if party.is_body}
    found = [party for party in found if party.is_body or party.key not in bodies]  # 体育部门 and 体育培训
    often = Counter(party.key for party in found)
    return {party.key: party for party in found if often[party.key] == 1}


_BINDS = lazy_pattern("应当|必须|不得|可以|有权")
_PERSON = lazy_pattern(
    "^(?:(?![对向为给由与同从将把经自]|(?<!所)在)[一-鿿]){1,14}"
    "(?:单位|机构|部门|机关|企业|组织|政府|委员会|人员|[局委会人者])$"
)
"""The bound party right before 应当; a party after a preposition (对被告人) is not the bound one."""


def _no_longer_bound(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where the bound party became part of the action: 所在单位应当盖章 → 应当在所在单位盖章."""
    texts = sides.old.part.text, sides.new.part.text
    if abs(len(texts[0]) - len(texts[1])) > _PREPOSITION:
        return
    letters = Counter(texts[0]), Counter(texts[1])
    if max((letters[0] - letters[1]).total(), (letters[1] - letters[0]).total()) > _PREPOSITION:
        return
    binds = [list(_BINDS.finditer(text)) for text in texts]
    if len(binds[0]) != 1 or [each[0] for each in binds[0]] != [each[0] for each in binds[1]]:
        return
    for side in (0, 1):
        subject = _PERSON.search(texts[side][: binds[side][0].start()])
        other = binds[1 - side][0]
        if subject is None or subject[0][-2:] in texts[1 - side][: other.start()]:
            continue
        behind = texts[1 - side][other.end() :]
        if subject[0][-_NAME:] in behind and not behind.startswith("由"):  # 应当由申请人提交: the same
            yield make_signal(sides, SignalType.DUTY, None, (0, len(texts[0])), (0, len(texts[1])))
            return


_PREPOSITION = 2
"""Most characters that two parts may differ in if a subject became an adverbial: 在."""
_NAME = 3
"""Characters at the end of a name that identify it; two characters would also match 单位 in 在单位."""


class _Segment(NamedTuple):
    """A stretch of a passage: a half-sentence with the label before its colon (责任单位：区教育局), or a sentence."""

    words: str
    """The words as printed, later normalised."""
    start: int
    end: int
    letters: int = 0
    """Sum over the normalised characters; stretches with different sums cannot hold the same characters."""

    def counted(self) -> "_Segment":
        """Return the stretch with `letters` filled in."""
        return self._replace(letters=sum(map(pow, map(ord, self.words), repeat(5))))


def exchanged_across(
    old: Sequence[Canonical], new: Sequence[Canonical], passages: tuple[str, str]
) -> Iterator[Signal]:
    """Yield a signal where two stretches exchanged words, so that both sides hold each word.

    Half-sentences exchange a word: 由甲牵头，乙配合 → 由乙牵头，甲配合. Sentences exchange a half-sentence: 轻微的，警告；严重的，吊销 →
    严重的，警告；轻微的，吊销. Reordered stretches and list members are no exchange, except for steps (先…，再…).
    """
    yield from _ranked(passages)
    for ends in (",.;!?", ".;!?"):
        printed = [_segments(side, passage, ends) for side, passage in zip((old, new), passages, strict=True)]
        yield from _exchanges(printed, passages)


def _exchanges(printed: Sequence[Sequence[_Segment]], passages: tuple[str, str]) -> Iterator[Signal]:
    """Yield the exchanges between stretches of one kind that only one side has."""
    sides = _alone(printed)
    if not all(sides) or max(map(len, sides)) > _MOST_SEGMENTS:
        return
    # Sentences with the same steps in another order: 企业先行申报，部门审核
    for old in sides[0]:
        if _STEPS.search(old.words) is None:
            continue
        parts = sorted(re.split("[，,]", old.words))
        for new in sides[1]:
            if len(new.words) == len(old.words) and sorted(re.split("[，,]", new.words)) == parts:
                yield _signal(SignalType.CONDITION, old, new, passages)
                break
    if min(map(len, sides)) >= _PAIR:
        sides = _alone([[each._replace(words=one_writing(each.words)) for each in side] for side in sides])
    if min(map(len, sides)) < _PAIR:
        return
    gone = [each.counted() for each in sides[0]]
    come = {each.words: each.counted() for each in sides[1]}
    found = _regrouped(gone, list(come.values()))
    if found is not None:
        yield _signal(SignalType.DUTY, *found, passages)
        return
    yield from _pairs(gone, come, passages)


def _alone(sides: Sequence[Sequence[_Segment]], of: str = "words") -> list[list[_Segment]]:
    """Return for each side the stretches whose attribute `of` (words or letters) does not occur on the other side."""
    told = attrgetter(of)
    held = [set(map(told, side)) for side in sides]
    return [[each for each in own if told(each) not in held[1 - at]] for at, own in enumerate(sides)]


def _pairs(
    gone: Sequence[_Segment], come: Mapping[str, _Segment], passages: tuple[str, str]
) -> Iterator[Signal]:
    """Yield a signal where two old stretches became two new stretches with the same characters, having exchanged a word."""
    by_letters: dict[int, list[_Segment]] = {}
    for pair in combinations(come.values(), _PAIR):
        by_letters.setdefault(pair[0].letters + pair[1].letters, []).extend(pair)
    used: set[str] = set()
    for first, second in combinations(gone, _PAIR):
        alike = by_letters.get(first.letters + second.letters)
        if alike is None or used & {first.words, second.words}:
            continue
        partners = next(
            ((each, other) for each in alike if (other := _turned(first, second, each, come))), None
        )
        if partners is not None:
            used |= {first.words, second.words}
            named = all(find_bodies(passages[0][each.start : each.end]) for each in (first, second))
            kind = SignalType.BODY if named else SignalType.DUTY
            old, new = _spanning((first, second)), _spanning(partners)
            whole = max(old.end - old.start, new.end - new.start) <= _LONGEST_SHOWN
            yield _signal(kind, *((old, new) if whole else (first, partners[0])), passages)


_LONGEST_SHOWN = 80
"""Most characters of two exchanged stretches, with the text between them, that are shown whole; otherwise only the first is shown."""


def _spanning(both: tuple[_Segment, _Segment]) -> _Segment:
    return _Segment("", min(each.start for each in both), max(each.end for each in both))


def _regrouped(gone: Sequence[_Segment], come: Sequence[_Segment]) -> tuple[_Segment, _Segment] | None:
    """Return an old stretch and its nearest new stretch if three or more passed words on: 甲由A，乙由B，丙由C → 甲由B，乙由C，丙由A."""
    old, new = _alone((gone, come), "letters")  # a list in another order is no exchange
    letters = [sum(each.letters for each in side) for side in (old, new)]
    if not _PAIR < len(old) == len(new) or letters[0] != letters[1]:
        return None
    return old[0], max(new, key=lambda each: common_share(old[0].words, each.words))


_RANKED = lazy_pattern(
    "(?:顺序|次序|顺位|序位)[^，。；：\n]{0,12}[：:]|依次|按(?:照)?(?:以下|下列)?(?:优先)?(?:顺序|次序)"
)
_ITEM_LABEL = lazy_pattern("[（(]?[一二三四五六七八九十\\d]{1,3}[）)、.．]")


def _ranked(passages: tuple[str, str]) -> Iterator[Signal]:
    """Yield a signal where members are reordered and the text gives their order a meaning: 依照下列顺序清偿, 依次由."""
    found = [_RANKED.search(text) for text in passages]
    if found[0] is None or found[1] is None:
        return
    rest = [text[each.end() :] for text, each in zip(passages, found, strict=True) if each]
    words = [one_writing(_ITEM_LABEL.sub("", text.replace("\n", ""))) for text in rest]
    if words[0] == words[1] or Counter(words[0]) != Counter(words[1]):
        return
    members = [_MEMBERS.split(text) for text in rest]
    first = next((at for at, (one, other) in enumerate(zip(*members, strict=False)) if one != other), None)
    if first is None:
        return
    places = [
        each.end() + sum(len(member) + 1 for member in side[:first])
        for each, side in zip(found, members, strict=True)
        if each
    ]
    old, new = (_Segment("", at, at + len(side[first])) for at, side in zip(places, members, strict=True))
    yield _signal(SignalType.CONDITION, old, new, passages)


_MEMBERS = lazy_pattern("[、，；。\\n]")
_PAIR = 2
_MOST_SEGMENTS = 200
"""Most one-sided stretches that are compared in pairs (about 20,000 pairs of sums); an article has fewer."""


def _signal(kind: SignalType, old: _Segment, new: _Segment, passages: tuple[str, str]) -> Signal:
    spans = Span(old.start, old.end), Span(new.start, new.end)
    shown = [text[span.start : span.end] for text, span in zip(passages, spans, strict=True)]
    return Signal(
        type=kind, old=shown[0], new=shown[1], old_span=spans[0], new_span=spans[1], weight=weight_of(kind)
    )


def _segments(side: Sequence[Canonical], passage: str, ends: str) -> list[_Segment]:
    found: list[_Segment] = []
    start: int | None = None
    for index, each in enumerate(side):
        start = each.part.start if start is None else start
        last = index + 1 == len(side) or side[index + 1].part.line != each.part.line
        if last or each.part.mark in ends:
            found.append(_Segment(passage[start : each.part.end], start, each.part.end))
            start = None
    return found


_STEPS = lazy_pattern("先行?|再(?![次生])|最后|依次|随后|然后|方可")


def _turned(
    first: _Segment, second: _Segment, new: _Segment, come: Mapping[str, _Segment]
) -> _Segment | None:
    """Return the new form of `second` if `new` is `first` with a word of `second`, and `second` took the replaced word; else None."""
    lead, tail = common_ends(first.words, new.words)
    for more in range(min(tail, _LONGER) + 1):  # 财政 of 区财政局 may stand in 财政资金 too
        end = len(first.words) - tail + more
        gone, taken = first.words[lead:end], new.words[lead : len(new.words) - tail + more]
        rest = first.words[:lead], first.words[end:]
        if not gone or not taken or second.words.count(taken) != 1 or len("".join(rest)) < _PAIR:
            continue
        other = second.words.replace(taken, gone)
        alone = (
            len(_OPENING_JOINT.sub("", second.words, count=1)) < len(taken) + _PAIR
            and _APART.search(rest[1]) is None
        )
        joint, lead_in = sorted((gone, taken), key=len)
        alone |= _OPENING_JOINT.fullmatch(joint) is not None and _BOUND.search(lead_in) is not None
        return come.get(other) if other != new.words and not alone else None
    return None


_LONGER = 3
"""Characters added to an exchanged word that occurs twice in a stretch."""
_APART = lazy_pattern("[后前时的]$")
"""Ends of a half-sentence that precedes the next in time or as its case (公示后，审批); without them, 应当甲，乙 and 应当乙，甲 are the same."""
_OPENING_JOINT = lazy_pattern("^(?:并且?|同时|或者?)")
_BOUND = lazy_pattern("(?:应当|必须|不得|可以|有权)$|^由[一-鿿]{2,12}(?:机关|部门|机构|政府|委员会|局)$")
"""Words before the acts of one rule; exchanged for a joint they only reorder the acts. A term (应当在十日内) may bind one act only and is
left out."""
