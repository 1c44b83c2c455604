"""Differences that the other modules do not find: negations, rules on which text prevails, small words in otherwise copied text.

Small words without content of their own (单位, 共同, 立即) are ignored in a rewritten provision. In a copy, where every word around
them is the same, such a word was changed on purpose and is reported.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import common_ends, steps
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.lexicon.widths import fold
from policydiff.model import Direction, Signal, SignalType, Span
from policydiff.substance.alignment import SANCTION_VERB, Sides, make_signal
from policydiff.substance.arrangement import EACH_ALONE, is_offered
from policydiff.substance.canonical import EVERY, TEXT_NAMED, Canonical, read_elsewhere
from policydiff.substance.counterparts import BANNED, LESS_BANNED, are_capped
from policydiff.substance.features import find_exceptions, is_condition
from policydiff.substance.following import find_cited
from policydiff.substance.mentions import without_bodies
from policydiff.substance.offices import STRUCK, find_bodies
from policydiff.substance.other_actors import names_office
from policydiff.substance.value_differences import AT_ONCE
from policydiff.substance.vocabulary import NEGATION, is_other_task, one_writing, say_alike, vocabulary
from policydiff.substance.weighing import (
    AT_MOST,
    CONTAINED,
    LEAST_COPIED,
    LEAST_FRAME,
    LEAST_KEPT,
    LONGEST_EDIT,
    OF_SUBSTANCE,
    WORDING,
)

_Place = tuple[int, int]


def last_reading(sides: Sides) -> list[Signal]:
    """Return the signals of the first reading here that finds a difference between two parts whose features are equal."""
    return list(_negated(sides)) or list(_edited(sides))


_IN_DIGITS = lazy_pattern(r"[（(](?:小写)?[:：]?(?:人民币)?[￥¥](?P<sum>\d[\d,.]*\d)元?[)）]")
"""A sum in digits that repeats the sum in words before it: 伍拾万元整（￥500000.00）."""
_FIGURE = lazy_pattern(r"[$€£]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.:．：]\d+)*)(?![\d年月日条款项目次])")


def _figures(side: Canonical) -> list[re.Match[str]]:
    """Return the figures of a part that no other reader takes as value, date, time or citation."""
    text = side.part.text
    read = [(each.outer_start, each.outer_end) for each in side.quantities]
    read += [(each.start, each.end) for each in side.horizons]
    read += [(each.start, each.end) for each in find_cited(text)]
    read += [
        found.span("sum")
        for found in _IN_DIGITS.finditer(text)
        for each in side.quantities
        if each.end == found.start() and each.low == float(found["sum"].replace(",", ""))
    ]
    return [one for one in _FIGURE.finditer(text) if not any(at <= one.start() < end for at, end in read)]


def figures(sides: Sides) -> Iterator[Signal]:
    """Yield the differing figures that have no unit: GB 5749-2006, 3:7, a code, 系数达到0.60; figures of citations are left out."""
    found = [_figures(side) for side in (sides.old, sides.new)]
    said = [[fold(match[0]) for match in side] for side in found]
    if sorted(said[0]) == sorted(said[1]):
        return
    for is_equal, group in groupby(steps(*said), key=lambda step: step.is_equal):
        run = list(group)
        if not is_equal:
            old = found[0][run[0].old_start : run[-1].old_end]
            new = found[1][run[0].new_start : run[-1].new_end]
            places = [(side[0].start(), side[-1].end()) if side else None for side in (old, new)]
            ahead = [side.part.text[: at[0] if at else 0] for side, at in zip(sides[:2], places, strict=True)]
            capped = are_capped(ahead, sides.around, bounded=True)
            signal = make_signal(sides, SignalType.NUMBER, _way(old, new), *places)
            yield signal.model_copy(update={"detail": AT_MOST}) if capped else signal


def _way(old: Sequence[re.Match[str]], new: Sequence[re.Match[str]]) -> Direction | None:
    """Return the direction of a single figure that a verb marks as a value (达到0.58, 降至0.4); None for codes and for several figures."""
    if not len(old) == len(new) == 1 or not all(
        _VALUED.search(each.string[: each.start()]) for each in (*old, *new)
    ):
        return None
    before, after = (_DECIMAL.fullmatch(fold(each[0])) for each in (*old, *new))
    if before is None or after is None or (before["of"] is None) != (after["of"] is None):
        return None
    values = [float(each["value"]) / float(each["of"] or 1) for each in (before, after)]
    return Direction.HIGHER if values[1] > values[0] else Direction.LOWER


_VALUED = lazy_pattern("[到至达于过在|\t](?:了)?$")
_DECIMAL = lazy_pattern(r"(?P<value>\d{1,9}(?:\.\d{1,6})?)(?:[:：](?P<of>[1-9]\d{0,8}))?")
"""A value without a unit, or a ratio (`of` is its second number): 0.58, 1:5."""


_NEGATION = lazy_pattern(NEGATION)


def _negated(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where one side denies the words that the other side states: 视为同意 → 视为不同意."""
    texts = sides.old.part.text, sides.new.part.text
    old, new = ([found.span() for found in _NEGATION.finditer(text)] for text in texts)
    kept = {one_writing(_NEGATION.sub("", text).removeprefix("并")) for text in texts}  # 并退回, 不退回
    if len(old) == len(new) or len(kept) > 1:
        return
    kind = SignalType.CONDITION if all(is_condition(text) for text in texts) else SignalType.DUTY
    yield make_signal(sides, kind, None, (0, len(texts[0])), (0, len(texts[1])))


_PREVAILS = lazy_pattern(f"以(?P<rule>[^，。；以]{{1,24}})为准|(?P<text>[本该]{TEXT_NAMED})")


def prevailing(sides: Sides) -> Iterator[Signal]:
    """Yield where another text or value prevails (以上级规定为准, 以本办法为准), or a text names another one than itself: 该办法, 本办法."""
    old, new = (_PREVAILS.search(part.part.text) for part in (sides.old, sides.new))
    if (
        old
        and new
        and old.lastgroup == new.lastgroup == "rule"
        and one_writing(old["rule"]) != one_writing(new["rule"])
    ):
        yield make_signal(sides, SignalType.CONDITION, None, old.span("rule"), new.span("rule"))
    elif old and new and old["text"] and new["text"] and old["text"][0] != new["text"][0]:
        yield make_signal(sides, SignalType.REFERENCE, None, old.span("text"), new.span("text"))


def reworded(sides: Sides) -> Iterator[Signal]:
    """Yield words changed in a copy that all other readers ignore, with a weight below substance, because every difference must show."""
    texts = sides.old.part.text, sides.new.part.text
    if all(sides.around) and sorted(sides.around[0]) == sorted(sides.around[1]):
        return  # the same words in another cut
    for old, new in _edits(sides):
        words = texts[0][slice(*old)], texts[1][slice(*new)]
        if all(_JOINED.fullmatch(word) for word in words):
            told = [{"或": "either", "、": ""}.get(word[0], "both") for word in words]
        else:
            taken = [
                [] if _RELATIVE.search(words[0] + words[1]) else read_elsewhere(part) for part in sides[:2]
            ]
            told = [
                "".join(_told(text, place, read))
                for text, place, read in zip(texts, (old, new), taken, strict=True)
            ]
        head = one_writing("".join(words))
        if (  # both sentences begin with it, and say it as often: 机构除另有规定外，应当公开, 机构应当公开
            old[0] == new[0] == 0
            and not all(words)
            and all(text.startswith(head) for text in sides.around)
            and len({text.count(head) for text in sides.around}) == 1
        ):
            continue
        if not all(words) and _stands_beside(sides, words):
            continue
        if told[0] != told[1] and (all(told) or "、" not in words or "either" in told):
            yield _signal(sides, old, new).model_copy(update={"weight": WORDING})


def _stands_beside(sides: Sides, words: tuple[str, str]) -> bool:
    """Return whether words that only one part has stand in another half-sentence on the opposite side, as after an added comma."""
    word, side = one_writing("".join(words)), int(not words[0])
    return (
        len(word) >= CONTAINED
        and word in sides.around[1 - side]
        and word not in (sides.new, sides.old)[side].words
    )


_RELATIVE = lazy_pattern("[本同上下]一?级")


def _edits(sides: Sides) -> list[tuple[_Place, _Place]]:
    """Return the edits between two parts that are copies (more characters equal than edited); none for other parts."""
    texts = sides.old.part.text, sides.new.part.text
    if abs(len(texts[0]) - len(texts[1])) > LONGEST_EDIT:
        return []
    if sorted(one_writing(texts[0])) == sorted(one_writing(texts[1])):
        return []  # 及时、如实报告, 如实、及时报告
    edits = list(word_edits(*texts))
    edited = max((sum(place[1] - place[0] for place in side) for side in zip(*edits, strict=True)), default=0)
    kept = len(texts[0]) - sum(old[1] - old[0] for old, _ in edits)
    beside = [len(around) - len(part.words) for around, part in zip(sides.around, sides[:2], strict=True)]
    if edited > LONGEST_EDIT or kept + max(0, min(beside)) < LEAST_KEPT or kept < edited:
        return []
    return edits


def _edited(sides: Sides) -> Iterator[Signal]:
    """Yield the edits of a copy whose two sides do not mean the same."""
    edits = _edits(sides)
    read = read_elsewhere(sides.old), read_elsewhere(sides.new)
    for old, new in edits:
        if not _says_the_same(sides, read, old, new):
            yield _signal(sides, old, new)


def word_edits(old: str, new: str) -> Iterator[tuple[_Place, _Place]]:
    """Yield the places where two texts differ, in whole words; for 书面通知 → 通知 only the word that was dropped."""
    cut = cut_known_words(old), cut_known_words(new)
    starts = [list(accumulate(map(len, words), initial=0)) for words in cut]
    for is_equal, group in groupby(steps(*cut), key=lambda step: step.is_equal):
        run = list(group)
        first, last = run[0], run[-1]
        if not is_equal:
            places = (
                (starts[0][first.old_start], starts[0][last.old_end]),
                (starts[1][first.new_start], starts[1][last.new_end]),
            )
            behind = (text[place[0] : place[1] + 2] for text, place in zip((old, new), places, strict=True))
            if len(set(map(one_writing, behind))) > 1:  # 省级财政, 省财政: with the word behind it, none
                yield _shortest(old, new, *places)


def _shortest(old: str, new: str, one: _Place, other: _Place) -> tuple[_Place, _Place]:
    """Return an edit without the beginning and end that both sides share, if whole words remain."""
    words = old[slice(*one)], new[slice(*other)]
    lead, tail = common_ends(*words)
    left = [len(word) - lead - tail for word in words]
    if not any(left) or one_writing(words[0]) == one_writing(words[1]):
        return one, other
    rest = (*cut_known_words(words[0][lead:][: left[0]]), *cut_known_words(words[1][lead:][: left[1]]))
    if any(len(word) == 1 for word in rest):
        return one, other
    return (one[0] + lead, one[1] - tail), (other[0] + lead, other[1] - tail)


def is_exact(superior: str, local: str) -> bool:
    """Return whether a local passage repeats its source letter by letter but for a few words, each of them changed on purpose."""
    edits = [
        pair
        for old, new in word_edits(superior, local)
        if not _of_style(
            *(pair := (without_bodies(superior[slice(*old)]), without_bodies(local[slice(*new)])))
        )
    ]
    edited = max((sum(len(pair[side]) for pair in edits) for side in (0, 1)), default=0)
    if len(edits) > 1 or edited > LONGEST_EDIT:
        return False
    shorter = min(len(superior), len(local))
    replaced = all(all(pair) and not set(pair[0]) & set(pair[1]) for pair in edits) and not any(
        _names_office(words) for pair in edits for words in pair
    )
    return shorter >= LEAST_COPIED * edited or (bool(edits) and replaced and shorter - edited >= LEAST_FRAME)


def exchanged_words(superior: str, local: str) -> tuple[Span, Span] | None:
    """Return the first pair of exchanged words that no list calls equal: 支持 → 限制, 责任人 → 区人民政府."""
    for places in word_edits(superior, local):
        pair = superior[slice(*places[0])], local[slice(*places[1])]
        held = [max(len(word.strip(STRUCK)) for word in (*cut_known_words(each), "")) for each in pair]
        if (
            (len(pair[0]) == len(pair[1]) or min(held) > 1)
            and not _of_style(*pair)
            and not (say_alike(*pair) or (all(pair) and (pair[0] in pair[1] or pair[1] in pair[0])))
            and not all(map(_names_office, pair))
        ):
            old, new = (Span(start=start, end=end) for start, end in places)
            return old, new
    return None


def names_open_office(superior: str, local: str) -> bool:
    """Return whether the edit of a copy names the office that the superior leaves open: 有关部门 → 区民政局."""
    pairs = [(superior[slice(*old)], local[slice(*new)]) for old, new in word_edits(superior, local)]
    return any(all(map(_names_office, pair)) and not find_bodies(pair[0]) for pair in pairs)


def _names_office(words: str) -> bool:
    return bool(find_bodies(words)) or names_office(words.strip(STRUCK))


def _of_style(old: str, new: str) -> bool:
    words = cut_known_words(old + new)
    return not is_other_task(old, new) and all(
        word in vocabulary().style or set(word) == {STRUCK} for word in words
    )


def _signal(sides: Sides, old: _Place, new: _Place) -> Signal:
    words = sides.old.part.text[slice(*old)], sides.new.part.text[slice(*new)]
    places = [place if place[1] > place[0] else None for place in (old, new)]
    if any(_LEVEL.search(word) for word in words) and _OFFICE.match(sides.old.part.text, old[1]):
        return make_signal(sides, SignalType.BODY, None, *places)
    if all(_JOINED.fullmatch(word) for word in words):
        joint = make_signal(sides, SignalType.CONDITION, None, *places)
        return joint.model_copy(update={"weight": OF_SUBSTANCE})
    if all(_EITHER_OR_BOTH.fullmatch(word) for word in words):
        way = Direction.STRICTER if "并" in words[1] else Direction.LOOSER
        punishes = SANCTION_VERB.search(sides.old.part.text)
        return make_signal(sides, SignalType.SANCTION if punishes else SignalType.CONDITION, way, *places)
    way = _direction(*words)
    if not all(words) and BANNED.search(sides.old.part.text[: old[0]]):
        way = LESS_BANNED.get(way, way)
    excepts = all(any(find_exceptions(side.part.text)) for side in sides[:2])
    return make_signal(sides, SignalType.EXCEPTION if excepts else SignalType.SCOPE, way, *places)


def _says_the_same(
    sides: Sides, read: tuple[Sequence[_Place], Sequence[_Place]], old: _Place, new: _Place
) -> bool:
    """Return whether an edit of a copy changes no meaning: other writing, words of style, or words that also stand nearby."""
    texts = sides.old.part.text, sides.new.part.text
    words = texts[0][slice(*old)], texts[1][slice(*new)]
    if all(_EITHER_OR_BOTH.fullmatch(each) for each in words):
        return ("并" in words[0]) == ("并" in words[1])
    if all(_JOINED.fullmatch(each) for each in words):
        kinds = {"either" if "或" in word else "both" for word in words if word != "、"}
        return len(kinds) < 2 or _either_way(sides, old, new)
    turned = any(words[side] in _OF_AGENT and words[1 - side] in _OF_RECIPIENT for side in (0, 1))
    if turned or is_other_task(*words) or (all(words) and _level_of(words[0]) != _level_of(words[1])):
        return False  # 由学生支付, 向学生支付; 国家给予补贴, 省给予补贴
    if not all(words) and _SPELLED_OUT.fullmatch(words[0] or words[1]):
        return True  # 民政部门, 县级以上人民政府民政部门
    if not all(words) and (words[0] or words[1]) in vocabulary().manner:
        told = [list(filter(None, [word])) for word in words]  # in a name too: 书面层报最高人民法院
    else:
        told = [_told(text, place, taken) for text, place, taken in zip(texts, (old, new), read, strict=True)]
    if "".join(told[0]) == "".join(told[1]):
        return True
    around = sides.around if all(sides.around) else tuple(map(one_writing, texts))
    return all(
        around[side].count(word) <= around[1 - side].count(word) for side in (0, 1) for word in told[side]
    )


def _level_of(words: str) -> str:
    """Return the level that a word names, without 本 and 全 (本省 → 省); empty for other words."""
    found = _LEVEL_ALONE.fullmatch(words)
    return found["level"] if found else ""


_LEVEL_ALONE = lazy_pattern("(?:[本全我各](?=.))?(?P<level>国(?=家)|[省市区县乡镇])家?")
_OF_AGENT, _OF_RECIPIENT = frozenset("由被"), frozenset("向对给为")


def _told(text: str, place: _Place, taken: Sequence[_Place]) -> list[str]:
    """Return the normalised words of a stretch, without words of style and words that another reader compares (`taken`)."""
    kept = "".join(
        text[at] if not any(start <= at < end for start, end in taken) else " " for at in range(*place)
    )
    words = [EVERY.sub("", word.replace(STRUCK, "")) for word in cut_known_words(kept)]
    if _MEMBER.search(kept):
        return [one_writing(word) for word in words if word and not _JOINED.fullmatch(word)]
    return [one_writing(word) for word in words if word and word not in vocabulary().style]


_MEMBER = lazy_pattern(
    "(?:[一-鿿]{2}|[省市镇乡])(?:[、和与及或]|以及|或者)$|^(?:[、和与及或]|以及|或者)(?:[一-鿿]{2}|[省市镇乡])"
)
"""A list member with its joint: 组织和 in 组织和个人 is no word of style. 县 is excepted: counties became districts, so 县 may leave a list."""


def _either_way(sides: Sides, old: _Place, new: _Place) -> bool:
    """Return whether 和 and 或 join the list alike: in bans, permissions and lists of addressees."""
    texts = sides.old.part.text, sides.new.part.text
    places = list(zip(texts, (old, new), strict=True))
    if all(EACH_ALONE.search(text[: place[0]]) for text, place in places) or is_offered(sides.old):
        return True
    return all(_WHO.search(text[: place[0]]) and _WHO_TOO.match(text, place[1]) for text, place in places)


_PERSON = (
    "(?:单位|组织|个人|公民|法人|机关|企业|人员|机构|部门|团体|代表|成员|家属|亲属|本人|[使者方长工]|人)"
)
_WHO = lazy_pattern(f"{_PERSON}$")
_WHO_TOO = lazy_pattern(f"[一-鿿]{{0,8}}?{_PERSON}")
_JOINED = lazy_pattern("及其?|以及|[、和与]|或者?")


_LEVEL = lazy_pattern("[省市区县乡镇]级")
_OFFICE = lazy_pattern("以上|以下|地方|各级|人民政府|政府|[一-鿿]{0,12}(?:部门|机关|机构)")
_EITHER_OR_BOTH = lazy_pattern("[，,]?(?:或者?|并)处?以?")
"""Words that join two acts, of which either suffices or both are meant: 警告或者罚款, 警告并处罚款."""


def _direction(old: str, new: str) -> Direction:
    """Return the direction of a word on one side only: an adverb of manner binds more, a joint (及其, 单位和) covers more."""
    at_once = AT_ONCE.fullmatch(old), AT_ONCE.fullmatch(new)
    if any(at_once) and (old in _SOON or new in _SOON):
        return Direction.LOOSER if at_once[0] else Direction.STRICTER
    if bool(old) == bool(new):
        return Direction.CHANGED
    word = old or new
    if word in vocabulary().manner:
        return Direction.STRICTER if new else Direction.LOOSER
    if _JOINT.search(word):
        return Direction.WIDER if new else Direction.NARROWER
    return Direction.CHANGED


_SOON = frozenset({"及时", "尽快", "适时", "按时", "尽早", "择机"})
"""Words of time that set no term."""
_SPELLED_OUT = lazy_pattern("[区县乡镇]级(?:以[上下])?(?:地方)?(?:各级)?人民政府")
"""The government of an office, spelled out on one side only."""
_JOINT = lazy_pattern("^(?:及其|[、和及或与])|(?:[、和及或与]|以及|或者)$")
