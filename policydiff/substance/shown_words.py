"""The words of a signal as shown to a reader: whole words, at least one of them with content, and brackets in pairs.

An edit may be one character, or the end of a name: 旗, 部门 of 行政机关 → 行政部门. The word around it is shown, and where this word
has no content by itself (同, 至) the next word too.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from policydiff.lexicon.patterns import lazy_pattern, rare_pattern
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.model import Direction, Signal, SignalType, Span
from policydiff.substance.canonical import parts_of
from policydiff.substance.offices import find_bodies, strike_places
from policydiff.substance.other_actors import offices_named
from policydiff.substance.vocabulary import vocabulary
from policydiff.substance.weighing import SOFT

_BRACKETS = dict(zip("（(“‘《〈[【「", "）)”’》〉]】」", strict=True))
_Sides = Sequence[tuple[str, Span | None]]
_CLOSING = {close: opening for opening, close in _BRACKETS.items()}
_SAYS = lazy_pattern(r"[一-鿿]{2}|[\dA-Za-z〇一二三四五六七八九十百千万亿]|[省市区县镇乡](?=[、和及与或])")
"""Words that are understood alone: two characters, a figure, or a level in a list; a single character (旗, 同, 好) needs its next word."""


def in_whole_words(signals: Iterable[Signal], old: str, new: str) -> Iterator[Signal]:
    """Yield the signals between two passages, with the words at their spans widened to whole words."""
    for signal in signals:
        places: list[Span | None] = [signal.old_span, signal.new_span]
        sides = list(zip((old, new), places, strict=True))
        says = [span is not None and _says_something(text[slice(*span)]) for text, span in sides]
        if any(says) and signal.type not in _OF_MODALS:
            sides = [
                (text, span if span and not _only_joins(text[slice(*span)]) else None) for text, span in sides
            ]
        places = [span and _widened(text, span) for text, span in sides]
        more = [span is not None and _JOINTS.sub("", text[slice(*span)]) != "" for text, span in sides]
        places = [
            span and _without_joints(text, span, told)
            for (text, _), span, told in zip(sides, _alike(sides, places), more, strict=True)
        ]
        if places == [signal.old_span, signal.new_span]:
            yield signal
            continue
        words = [span and text[slice(*span)] for (text, _), span in zip(sides, places, strict=True)]
        yield signal.model_copy(
            update={"old": words[0], "new": words[1], "old_span": places[0], "new_span": places[1]}
        )


def _alike(sides: _Sides, places: Sequence[Span | None]) -> list[Span | None]:
    """Widen the place in one passage by the same words by which the place in the counterpart was widened, if those words stand there too.

    负责任 and 承担责任 are both shown whole. An end shared with the words just behind the counterpart ends both: 施工单位 and
    建设(单位)承担.
    """
    found = list(places)
    for one, other in ((0, 1), (1, 0)):
        (text, before), (others, beside) = sides[one], sides[other]
        after = places[one]
        if before and after and beside and found[other] == beside:
            lead, tail = text[after.start : before.start], text[before.end : after.end]
            start = beside.start - len(lead) * others.endswith(lead, 0, beside.start)
            end = beside.end + len(tail) * others.startswith(tail, beside.end)
            if end == beside.end:
                end += _shared_end(text, after, others, beside)
            found[other] = Span(start, end)
    return found


def _shared_end(text: str, span: Span, others: str, beside: Span) -> int:
    """Return how many final characters of `span` (2 or more, else 0) stand right behind `beside`, followed by the same character."""
    rest = others[beside.end :]
    lengths = range(span.end - span.start - 1, 1, -1)
    shared = (each for each in lengths if rest.startswith(text[span.end - each : span.end + 1]))
    return next(shared, 0)


_OF_MODALS = frozenset({SignalType.DUTY, SignalType.PERMISSION, SignalType.PROHIBITION})
"""Types whose difference may be a single character: 要, 应, 可."""


def _widened(text: str, span: Span) -> Span:
    first, last = (_words_around(text, place) for place in (span.start, span.end - 1))
    start = first[max(0, bisect_right(first, span.start) - 1)] if first else span.start
    start -= text.startswith(_EACH, start - 1) if start else 0  # 每名护理员
    end = last[min(len(last) - 1, bisect_left(last, span.end))] if last else span.end
    while first and first == last and not _says_something(words := text[start:end]):
        behind, before = bisect_right(first, end), bisect_left(first, start) - 1
        led = before >= 0 and (text[first[before] : start] in _LEADS or words in _SUFFIXES)
        if before >= 0 and (led or words.lstrip("、和或及") in _ENDINGS or behind == len(first)):
            start = first[before]
        elif behind < len(first):
            end = first[behind]
        else:
            break
    return Span(*_paired(text, start, end))


_EACH = ("每", "各")
_LEADS = frozenset("按逐隔")
"""Characters before a single character that complete it to a word: 按月, 逐户."""


_SUFFIXES = frozenset("性化者型式率类只")
"""Characters that end the word before them: 普惠性, 规模化, 犬只."""


def _without_joints(text: str, span: Span, told: bool) -> Span:
    """Return the span without joining words at its ends (和优待, 法定代表人以及), unless the joint is the difference (`told` is False)."""
    if not told:
        return span
    lead, tail = _LEADING.match(text, span.start, span.end), _TRAILING.search(text, span.start, span.end)
    start, end = lead.end() if lead else span.start, tail.start() if tail else span.end
    return Span(*_paired(text, start, end)) if _says_something(text[start:end]) else span


_JOINTS = lazy_pattern("(?:以及|或者|[、，和及与或并])(?:其他?)?")
"""Joining words; if nothing else is left of the differing words, the joint itself is the difference."""
_LEADING = lazy_pattern(
    "(?:[、，]|以及|或者|或(?!者)|等(?![级待候同额于])|[和及与](?![谐平解缓睦好时格早其会否]))?(?=[一-鿿]{2}|$)"
)
_TRAILING = lazy_pattern(
    "(?:[、，]|以及|或者|或|(?<!参)与|(?<![温缓柔总饱共])和|(?<![以波涉普企顾提])及|(?<![合兼吞归])并|、被)?$"
)
"""Words at either end of a stretch that join it to the words beside it."""


def _says_something(words: str) -> bool:
    """Return whether the words have content: a figure, or two characters that are not all fillers or endings."""
    return _SAYS.search(words) is not None and any(
        word not in _EMPTY and not (len(word) == 1 and word in vocabulary().fillers - _LEVELS)
        for word in cut_known_words(words)
    )


def _only_joins(words: str) -> bool:
    """Return whether the words are only characters of style (的, 至); a level (省 in place of 国家) is content."""
    return all(
        len(word) == 1 and word in vocabulary().style and word not in _LEVELS
        for word in cut_known_words(words)
    )


_LEVELS = frozenset("省市区县镇乡")
_ENDINGS = frozenset({"部门", "机关", "机构", "单位", "以上", "以下", "以内", "秘密", "标准"})
"""Endings of names and bounds; in 行政机关 → 行政部门 the ending is the difference, in 工作秘密 it is all that is no filler."""
_EMPTY = _ENDINGS | {
    "对于", "关于", "针对", "以及", "或者", "并且", "按照", "依照", "根据", "依据", "如果", "由于", "为了", "因为",
}  # fmt: skip
"""Endings, and words that only join other words."""


def _words_around(text: str, place: int) -> tuple[int, ...]:
    """Return the starts of the words in the half-sentence around a place, and the end of the last word; empty if there is none."""
    parts = parts_of(text)
    index = bisect_right(parts, place, key=lambda part: part.start) - 1
    if index < 0 or place > parts[index].end:
        return ()
    start = parts[index].start
    return tuple(start + bound for bound in _bounds(parts[index].text))


@lru_cache(maxsize=512)
def _bounds(text: str) -> tuple[int, ...]:
    """Return the starts of the words of a half-sentence and the end of the last word; a body's name or a day counts as one word."""
    whole = [(body.start, body.end) for body in find_bodies(text)] + [
        day.span() for day in _DAY.finditer(text)
    ]
    places = accumulate(map(len, cut_known_words(text)), initial=0)
    if not whole:
        return tuple(places)
    inside = {place for start, end in whole for place in range(start + 1, end)}
    return tuple(sorted({*(set(places) - inside), *(place for span in whole for place in span)}))


_DAY = rare_pattern(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年")
"""A day or month in digits, read as one word."""


def _paired(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch widened to the matching brackets, or narrowed past brackets whose match is not in the same line."""
    line = text.rfind("\n", 0, start) + 1, (text + "\n").find("\n", end)
    opened: list[int] = []
    for place in range(start, end):
        if text[place] in _BRACKETS:
            opened.append(place)
        elif text[place] in _CLOSING:
            if opened and text[opened[-1]] == _CLOSING[text[place]]:
                opened.pop()
                continue
            opening = text.rfind(_CLOSING[text[place]], line[0], start)
            if opening >= 0:
                start = opening
            elif place == start and end > start + 1:
                start += 1
    for place in reversed(opened):
        closing = text.find(_BRACKETS[text[place]], end, line[1])
        if closing >= 0:
            end = closing + 1
        elif place == end - 1 > start:
            end -= 1
    return start, end


def in_one(told: Iterable[Signal], superior: str, local: str) -> list[Signal]:
    """Return the signals; a body that is gone and the words in its place become one signal: 居民委员会 → 物业服务企业."""
    found = list(told)
    for gone in [each for each in found if each.type is SignalType.BODY and each.new is None]:
        behind = superior[gone.old_span.end :][:_BEHIND] if gone.old_span else ""
        for come in found:
            span = come.new_span if come.old is None and come.type in _OF_LISTS else None
            if behind and span and local.startswith(behind, span.end):
                found[found.index(gone)] = gone.model_copy(
                    update={"new": come.new, "new_span": come.new_span}
                )
                found.remove(come)
                break
    return found


_OF_LISTS = (SignalType.SCOPE, SignalType.DEFINITION)
_BEHIND = 3
"""Characters behind a word that identify its place in the counterpart."""


def governments_apart(superior: str, local: str) -> tuple[Signal, ...]:
    """Return signals for governments of different levels and for offices left open, which look alike once levels are struck; they are shown but decide nothing."""
    named = offices_named(strike_places(superior), strike_places(local))
    return tuple(
        Signal(
            type=SignalType.BODY,
            direction=Direction.CHANGED,
            old=superior[slice(*old)],
            new=local[slice(*new)],
            old_span=old,
            new_span=new,
            weight=SOFT,
        )
        for old, new in (*_levels_apart(superior, local), *named)
    )


def _levels_apart(superior: str, local: str) -> Iterator[tuple[Span, Span]]:
    """Yield the places where both passages name governments of levels that no localisation explains: 省级人民政府 → 县级人民政府.

    A 市 may be of three levels, and a district carries out its city's rules itself: such pairs are left out. Equal numbers of
    governments are paired in order, others by the words that follow them.
    """
    found, left = ([*_ONE_LEVEL.finditer(text)] for text in (superior, local))
    in_order = len(found) == len(left)
    for one in found:
        behind = superior[one.end() : one.end() + _FOLLOWING]
        other = next((each for each in left if in_order or local.startswith(behind, each.end())), None)
        if other is None:
            continue
        left = left[left.index(other) + 1 :]
        above, below = (_may_be(each, whole=not (one["up"] and other["up"])) for each in (one, other))
        if {"市区": False, "区市": True}.get(one["level"] + other["level"], not above & below):
            yield Span(start=one.start(), end=one.end()), Span(start=other.start(), end=other.end())


def _may_be(named: re.Match[str], *, whole: bool) -> frozenset[int]:
    """Return the levels that a name may mean; for 县级以上, if `whole`, also all levels above."""
    levels = _MAY_BE[named["level"]]
    return frozenset(range(1, max(levels) + 1)) if whole and named["up"] else levels


_ONE_LEVEL = lazy_pattern(
    "(?<![、和及或省市区县（(])(?P<level>设区的市|省|自治区|市|(?<![社园辖景校库特地])区|县|乡?镇|乡（镇）|乡)"
    "(?:(?:人民)?政府|级(?![、和及或])(?P<up>以上)?(?:地方)?(?:各级)?(?:(?:人民)?政府)?)"
)
"""One level before a government or before 级 (省级主管部门, 县级以上); a level in a list (市、区) is not matched."""
_FOLLOWING = 2
"""Characters after a government that identify its counterpart: 省级人民政府批准, 县级人民政府批准."""
_MAY_BE: Mapping[str, frozenset[int]] = {
    **dict.fromkeys(("省", "自治区"), frozenset({1})), "设区的市": frozenset({2}), "县": frozenset({3}),
    "市": frozenset({1, 2, 3}), "区": frozenset({2, 3}), **dict.fromkeys(("乡镇", "镇", "乡（镇）", "乡"), frozenset({4})),
}  # fmt: skip
"""Levels (1 province … 4 town) that a word may mean: Shanghai is a province, Kunshan a county, Jing'an the equal of a prefecture."""


_SUBDISTRICTS = lazy_pattern("各?(?:(?:乡、镇|乡?镇|乡)(?:人民)?政府|[乡街]镇|街道(?:办事处)?)[、和]?")
"""Towns and subdistricts; some districts have only subdistricts, some counties only towns: 乡镇人民政府、街道办事处 → 各街道办事处."""


def is_one_of_subdistricts(words: str, *passages: str) -> bool:
    """Return whether the words name only towns and subdistricts, and each passage names at least one of them."""
    return not _SUBDISTRICTS.sub("", words) and all(map(_SUBDISTRICTS.search, passages))
