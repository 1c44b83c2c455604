"""Differences in how two parts arrange the same words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, combinations
from typing import NamedTuple

from policydiff.lexicon.text_marks import cut_known_words
from policydiff.lexicon.widths import fold
from policydiff.model import Direction, Modal, Signal, SignalType, Span
from policydiff.substance.alignment import SANCTION_VERB, Sides, make_signal
from policydiff.substance.canonical import Canonical, one_writing
from policydiff.substance.offices import find_bodies
from policydiff.substance.residue import shared
from policydiff.substance.vocabulary import vocabulary
from policydiff.substance.weighing import NEW_CHARACTERS, weight_of

_Place = tuple[int, int]


def arranged(sides: Sides) -> Iterator[Signal]:
    """Yield where the same words stand in another order or under another joint."""
    yield from _order_in_time(sides)
    yield from _any_or_all(sides)
    yield from _joints(sides)
    yield from list(_exchanged(sides)) or _words_exchanged(sides)


_BEFORE_OR_AFTER = re.compile("(?<=[一-鿿])(?:(?<![目当先])前(?![款条项述])|(?<![今善售])后(?!果))")


def _order_in_time(sides: Sides) -> Iterator[Signal]:
    """Yield where 前 became 后 or the reverse: 审批前公示, 审批后公示. Either word alone is no difference (经批准后, 经批准)."""
    one, other = sides.old.part.text, sides.new.part.text
    if not (("前" in one and "后" in other) or ("后" in one and "前" in other)):
        return
    old, new = (
        [
            found
            for found in _BEFORE_OR_AFTER.finditer(part.part.text)
            if not any(each.outer_start <= found.start() < each.outer_end for each in part.quantities)
        ]
        for part in (sides.old, sides.new)
    )
    if not old or not new:
        return
    counts = [Counter(found[0] for found in side) for side in (old, new)]
    for gone, come in (("前", "后"), ("后", "前")):
        if counts[0][gone] > counts[1][gone] and counts[0][come] < counts[1][come]:
            before = next(found for found in old if found[0] == gone)
            after = next(found for found in new if found[0] == come)
            yield make_signal(sides, SignalType.CONDITION, None, _led(before), _led(after))


_ONE_OF = re.compile("(?<!分)之一|任(?:意)?一[项种个]?|其中一[项种个]")
_LISTED = re.compile("下列|以下|上述|前[款项]|各项|其中|条件|情形|要求")


def _any_or_all(sides: Sides) -> Iterator[Signal]:
    """Yield where one of the cases is enough on one side alone: 同时符合下列条件, 符合下列条件之一."""
    one, other = sides.old.part.text, sides.new.part.text
    if "一" not in one and "一" not in other:
        return
    old, new = _ONE_OF.search(one), _ONE_OF.search(other)
    if (old is None) == (new is None):
        return
    if old is None and not _LISTED.search(one):
        return
    if new is None and not _LISTED.search(other):
        return
    yield make_signal(
        sides, SignalType.CONDITION, Direction.WIDER if new else Direction.NARROWER,
        _led(old) if old else (0, len(one)), _led(new) if new else (0, len(other)),
    )  # fmt: skip


def _led(found: re.Match[str]) -> _Place:
    return max(0, found.start() - _LEADING), found.end()


_LEADING = 4
"""Characters shown before 前, 后 or 之一: what it stands after."""


_JOINT = re.compile(
    r"""
    (?P<either>或者|或(?!许))
  | (?P<rule>并且|同时(?=[一-鿿])|并(?=[一-鿿])(?![非列网轨购行发])|(?<!而)且)
  | (?P<both>以及|和(?![谐平解缓睦好])|及(?![时格早其])|与(?![会否此]))
  | (?P<list>、)
    """,
    re.VERBOSE,
)
"""Words that join: members of which one is enough (either), of which all are meant (both), two rules (rule), a bare mark."""
EACH_ALONE = re.compile("不得|禁止|严禁|不准|不应|任何|不予|未|没有|无(?!偿)")
"""Before a joint: what is forbidden or missing is so for each member, whichever word joins them."""
_ASKED = re.compile(
    "提交|提供|附具|附上|具备|具有|征得|取得|经|由|会同|符合|满足|持有?|出示|携带|加盖|注明|载明|设置|配备|缴纳|支付|凭|向"
)
"""Before a joint: what has to be there; the members are all needed, or one of them is."""
_AGENTS = frozenset({"由", "会同", "向"})


class _Joint(NamedTuple):
    """A word that joins two members."""

    start: int
    end: int
    kind: str


def _joints(sides: Sides) -> Iterator[Signal]:
    """Yield where all of the members are needed on one side, and one of them is enough on the other.

    Lists of who is addressed (单位和个人应当), of what is forbidden and of what is allowed say the same with either joint.
    """
    one, other = sides.old.part.text, sides.new.part.text
    if "或" not in one and "或" not in other:
        return
    new = dict(_between(other))
    for around, before in _between(one):
        after = new.get(around)
        if after is None or (before.kind == "either") == (after.kind == "either"):
            continue
        joined = after if before.kind == "either" else before
        alone = before.kind == "either"  # one was enough, all are needed now
        asked = _asked(sides.old.part.text[: before.start]) or _asked(sides.new.part.text[: after.start])
        if EACH_ALONE.search(one[: before.start]) and EACH_ALONE.search(other[: after.start]):
            continue
        if joined.kind == "rule" or (asked and not is_offered(sides.old)):
            yield _joint(sides, before, after, asked, all_needed=alone)


def _joint(sides: Sides, before: _Joint, after: _Joint, asked: str, *, all_needed: bool) -> Signal:
    places = _shown(sides.old.part.text, before), _shown(sides.new.part.text, after)
    near = [
        part.part.text[place[0] : place[1]]
        for part, place in zip((sides.old, sides.new), places, strict=True)
    ]
    if all(SANCTION_VERB.search(words) for words in near):
        way = Direction.STRICTER if all_needed else Direction.LOOSER
        return make_signal(sides, SignalType.SANCTION, way, *places)
    if asked in _AGENTS:
        return make_signal(sides, SignalType.BODY, None, *places)
    binds = any(modal.modal is Modal.MUST for modal in sides.old.modals)
    tighter, freer = (
        (Direction.STRICTER, Direction.LOOSER) if binds else (Direction.NARROWER, Direction.WIDER)
    )
    return make_signal(sides, SignalType.CONDITION, tighter if all_needed else freer, *places)


def _between(text: str) -> Iterator[tuple[tuple[str, str], _Joint]]:
    """Yield the joints of a part, each by the characters it stands between."""
    folded = fold(text)
    for found in _JOINT.finditer(folded):
        before, after = folded[: found.start()].rstrip("、,"), folded[found.end() :]
        if before and after:
            yield (before[-1], after[0]), _Joint(found.start(), found.end(), found.lastgroup or "")


def _asked(lead: str) -> str:
    """Return the last word that asks for what follows; empty where none does."""
    found = list(_ASKED.finditer(lead))
    return found[-1][0] if found else ""


def is_offered(side: Canonical) -> bool:
    """Return whether a part only allows something."""
    return bool(side.modals) and all(modal.modal is Modal.MAY for modal in side.modals)


_SHOWN = 8
"""Characters shown on either side of a joint."""


def _shown(text: str, joint: _Joint) -> _Place:
    return max(0, joint.start - _SHOWN), min(len(text), joint.end + _SHOWN)


_PIVOT = re.compile(
    "应当|不得|可以|必须|应(?=[告通支提])|向|对|由|优先于|先于|会同|委托|告知|通知|支付给?|后|前|赔偿|转让给|交付给?|服从|监督|指导|报告|比照|授权"
)
"""Words on whose two sides the parties to a rule stand: who does it, and to whom."""
_FEWEST = 2
"""Characters from which a word may be a party."""


class _Party(NamedTuple):
    """A word that may be a party to a rule."""

    start: int
    end: int
    key: str
    is_body: bool


def _exchanged(sides: Sides) -> Iterator[Signal]:
    """Yield where two parties changed places around a verb or preposition: 甲应当告知乙, 乙应当告知甲.

    Members of a list in another order, and adverbials (在十日内, 向民政部门) put elsewhere, are no exchange.
    """
    one, other = sides.old.part.text, sides.new.part.text
    if one == other or len(set(one) ^ set(other)) > NEW_CHARACTERS:
        return
    pivots = [{found[0]: found.span() for found in _PIVOT.finditer(text)} for text in (one, other)]
    turning = {
        pivot
        for pivot in pivots[0].keys() & pivots[1].keys()
        if one[: pivots[0][pivot][0]] != other[: pivots[1][pivot][0]]
        and one[pivots[0][pivot][1] :] != other[pivots[1][pivot][1] :]
    }
    if not turning:
        return  # what stands before or behind each verb is the same
    old, new = _parties(one), _parties(other)
    both = [key for key in old if key in new]
    for first, second in combinations(both, 2):
        left, right = sorted((old[first], old[second]))
        turned = new[right.key], new[left.key]
        if turned[0].start >= turned[1].start:
            continue
        for pivot in turning:
            here, there = pivots[0][pivot], pivots[1][pivot]
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
    """Yield where two words of a part changed places around words that stayed: 用户信息由…, 甲服务乙 and 乙服务甲.

    Words that stand beside each other or are joined (依法及时, 调查和监测, 学校的学生) change nothing by their order.
    """
    texts = sides.old.part.text, sides.new.part.text
    if len(texts[0]) != len(texts[1]) or Counter(texts[0]) != Counter(texts[1]):
        return
    lead = shared(*texts)
    tail = shared(*(text[lead:][::-1] for text in texts))
    words = cut_known_words(texts[0])
    starts = list(accumulate(map(len, words), initial=0))
    end = len(texts[0]) - tail
    first = max(at for at in starts if at <= lead)
    last = min(at for at in starts if at >= end)
    inner = [at for at in starts if first <= at <= last]
    old, new = texts[0][first:last], texts[1][first:last]
    for one, other in combinations(inner[1:-1], 2):
        left, between, right = old[: one - first], old[one - first : other - first], old[other - first :]
        if new == right + between + left and _SAYS_MORE.search(_JOINT.sub("", between)):
            named = all(find_bodies(words) for words in (left, right))
            places = (first, last), (first, last)
            yield make_signal(sides, SignalType.BODY if named else SignalType.DUTY, None, *places)
            return


_SAYS_MORE = re.compile("[一-鿿]{2}|[由向对从给把将被]")
"""Between two words that changed places: a verb or what tells who does it to whom."""


_SOME_BODY = re.compile("(?:有关|相关|其他)(?:行政|主管|管理|监督)*(?:部门|机关|单位)")
"""A body of no name, which may lead or assist as well."""


def _parties(text: str) -> dict[str, _Party]:
    """Return the words of a part that may be parties and stand in it once, by their key."""
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


class _Segment(NamedTuple):
    """A half-sentence with the label before its colon: 责任单位：区教育局."""

    words: str
    """As printed, then in one writing."""
    start: int
    end: int


def exchanged_across(
    old: Sequence[Canonical], new: Sequence[Canonical], passages: tuple[str, str]
) -> Iterator[Signal]:
    """Yield where two half-sentences exchanged a word, so that each stands on both sides: 由甲牵头，乙配合 and 由乙牵头，甲配合.

    Half-sentences in another order, and members of a list in another order, exchange nothing.
    """
    printed = [_segments(side, passage) for side, passage in zip((old, new), passages, strict=True)]
    sides = [
        [
            _Segment(one_writing(each.words), each.start, each.end)
            for each in own
            if all(each.words != there.words for there in other)
        ]
        for own, other in (printed, printed[::-1])
    ]
    written = [{each.words for each in side} for side in sides]
    gone = [each for each in sides[0] if each.words not in written[1]]
    come = {each.words: each for each in sides[1] if each.words not in written[0]}
    if not _PAIR <= len(gone) <= _MOST_SEGMENTS or not _PAIR <= len(come) <= _MOST_SEGMENTS:
        return
    used: set[str] = set()
    for first, second in combinations(gone, _PAIR):
        turned = next((each for each in come.values() if _turned(first, second, each, come)), None)
        if turned is not None and not used & {first.words, second.words}:
            used |= {first.words, second.words}
            kind = SignalType.BODY if _names_bodies(first, second, passages[0]) else SignalType.DUTY
            spans = Span(first.start, first.end), Span(turned.start, turned.end)
            shown = [text[span.start : span.end] for text, span in zip(passages, spans, strict=True)]
            yield Signal(
                type=kind, old=shown[0], new=shown[1], old_span=spans[0], new_span=spans[1], weight=weight_of(kind)
            )  # fmt: skip


_PAIR = 2
_MOST_SEGMENTS = 40
"""Half-sentences without an equal on the other side that are held against each other; an article has fewer."""


def _segments(side: Sequence[Canonical], passage: str) -> list[_Segment]:
    found: list[_Segment] = []
    start: int | None = None
    for each in side:
        start = each.part.start if start is None else start
        if each.part.mark != ":":
            found.append(_Segment(passage[start : each.part.end], start, each.part.end))
            start = None
    return found


def _turned(first: _Segment, second: _Segment, new: _Segment, come: Mapping[str, _Segment]) -> bool:
    """Return whether a new half-sentence is the first old one with a word of the second, and the second took its word."""
    lead = shared(first.words, new.words)
    tail = shared(first.words[lead:][::-1], new.words[lead:][::-1])
    for more in range(min(tail, _LONGER) + 1):  # 财政 of 区财政局 may stand in 财政资金 too
        gone = first.words[lead : len(first.words) - tail + more]
        taken = new.words[lead : len(new.words) - tail + more]
        rest = first.words[:lead] + first.words[len(first.words) - tail + more :]
        if gone and taken and second.words.count(taken) == 1 and len(rest) >= _PAIR:
            other = second.words.replace(taken, gone)
            return other != new.words and other in come and len(second.words) >= len(taken) + _PAIR
    return False


_LONGER = 3
"""Characters by which an exchanged word is made longer, where it stands twice in a half-sentence."""


def _names_bodies(first: _Segment, second: _Segment, passage: str) -> bool:
    return all(find_bodies(passage[each.start : each.end]) for each in (first, second))
