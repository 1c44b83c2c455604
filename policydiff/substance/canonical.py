"""Cuts a passage into parts, writes the parts in one normal form, and finds the words of a part that have content."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from policydiff.lexicon.horizons import Horizon, find_horizons
from policydiff.lexicon.measures import Measure, Quantity
from policydiff.lexicon.numerals import ENGLISH_NUMBER
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.quantities import find_quantities
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.lexicon.widths import fold
from policydiff.model import Genre, Modal
from policydiff.substance.features import (
    IN_PRINCIPLE,
    SOFT_WORDS,
    TENTATIVE_PLANS,
    ModalWord,
    Word,
    find_definitions,
    find_exceptions,
    find_grades,
    find_hedges,
    find_instruments,
    find_modals,
    find_sanctions,
)
from policydiff.substance.following import find_cited, find_within
from policydiff.substance.offices import STRUCK, find_bodies
from policydiff.substance.vocabulary import one_writing, vocabulary

_CUT = lazy_pattern(
    r"(?:并?对[^，,。；;：:！？\n]{0,30}(?:人员|单位|个人|企业|机构)[，,](?=(?:还?可以?)?并?处[^理置分于]))?(?:[^，,。；;：:！？\n]|(?<=\d)[,，:：](?=\d))+[，,。；;：:！？]?|\n"
)
"""A part up to its mark. The comma between the addressee of a fine and the fine ends none (对其直接负责的主管人员，可以处…)."""
_STOP = "。；;！？\n"
_LISTS = frozenset(":;")
"""Folded marks after which a list continues within the line: 提交下列材料：1.身份证；2.户口簿."""
_LABEL = lazy_pattern(
    r"(?:[（(][一二三四五六七八九十〇百零\d]{1,4}[)）]|\d{1,3}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是)"
)


class Part(NamedTuple):
    """A part at `passage[start:end]`, without its mark and label."""

    start: int
    end: int
    text: str
    line: int
    """Index of its line."""
    sentence: int
    """Index of its sentence in the passage."""
    label: str
    """Label of the line if this is its first part (（一）), else empty."""
    mark: str
    """The closing mark; empty at the end of a line."""


@lru_cache(maxsize=32)
def parts_of(passage: str) -> tuple[Part, ...]:
    r"""Return the parts of a passage in order.

    >>> [part.text for part in parts_of("申请人应当登记，并提交：\n（一）证明；\n（二）照片。")]
    ['申请人应当登记', '并提交', '证明', '照片']
    """
    parts: list[Part] = []
    line = sentence = 0
    opens_line = True
    for match in _CUT.finditer(passage):
        if match[0] == "\n":
            line, sentence, opens_line = line + 1, sentence + 1, True
            continue
        start, end = match.span()
        mark = passage[end - 1] if passage[end - 1] in "，,。；;：:！？" else ""
        end -= len(mark)
        label = ""
        while start < end and passage[start] in " \u3000\t":
            start += 1
        if (opens_line or (parts and parts[-1].mark in _LISTS)) and (
            found := _LABEL.match(passage, start, end)
        ):
            label, start = (found[0] if opens_line else ""), found.end()
        while start < end and passage[start] in " \u3000\t":
            start += 1
        while end > start and passage[end - 1] in " \u3000\t":
            end -= 1
        opens_line = False
        if start < end:
            parts.append(Part(start, end, passage[start:end], line, sentence, label, fold(mark)))
        if mark and mark in _STOP:
            sentence += 1
    return tuple(parts)


MODAL_SIGNS = {
    Modal.MUST: "㊀", Modal.MUST_NOT: "㊁", Modal.MAY: "㊂", Modal.ENCOURAGE: "㊃", Modal.PLAN: "㊄",
}  # fmt: skip
_VALUE_SIGNS = dict(zip(Measure, "㊅㊆㊇㊈㊉㊊㊋", strict=True))
_HORIZON_SIGN = "㊌"
"""One sign for each class; other texts of the field do not use these characters."""


class Canonical(NamedTuple):
    """A normalised part, with its features."""

    part: Part
    words: str
    """Folded words; values are in normal form, modals are replaced by the sign of their class."""
    shape: str
    """`words` with one sign for all values of a kind, used to compute likeness."""
    quantities: tuple[Quantity, ...]
    horizons: tuple[Horizon, ...]
    modals: tuple[ModalWord, ...]
    is_read: bool = True
    """False if values and modals in `words` are as printed and no feature was looked for."""

    @property
    def label(self) -> str:
        """Always empty, because a part has no number of its own."""
        return ""


def read_parts(parts: Sequence[Part], genre: Genre) -> list[Canonical]:
    """Return the parts in normal form; 应当 and 必须 are one class in policies too, because their grade is a matter of tone."""
    return [Canonical(part, *_read(part.text, genre)) for part in parts]


def read_sides(
    old: Sequence[Part], new: Sequence[Part], genre: Genre
) -> tuple[list[Canonical], list[Canonical]]:
    """Return the parts of two passages; parts with equal text on both sides stay unread (see `read_now`)."""
    shared = {part.text for part in old} & {part.text for part in new}
    return _but(old, shared, genre), _but(new, shared, genre)


def _but(parts: Sequence[Part], shared: set[str], genre: Genre) -> list[Canonical]:
    return [
        Canonical(part, words := one_writing(part.text), words, (), (), (), is_read=False)
        if part.text in shared
        else Canonical(part, *_read(part.text, genre))
        for part in parts
    ]


def read_now(side: list[Canonical], indexes: Iterable[int], genre: Genre) -> None:
    """Read the unread parts at these indexes, because they went, came, or were paired with a different part."""
    for index in indexes:
        if not side[index].is_read:
            side[index] = Canonical(side[index].part, *_read(side[index].part.text, genre))


class _Reading(NamedTuple):
    words: str
    shape: str
    quantities: tuple[Quantity, ...]
    horizons: tuple[Horizon, ...]
    modals: tuple[ModalWord, ...]


@lru_cache(maxsize=512)
def _read(text: str, genre: Genre) -> _Reading:
    """Return the normal form of a part with its features; cached, because a part is read for its passage, article and sentence."""
    names = [match.span() for match in _NAME.finditer(text)] if "《" in text else []
    quantities = tuple(
        found for found in find_quantities(text) if not _within(found.outer_start, found.outer_end, names)
    )
    horizons = tuple(
        found
        for found in find_horizons(text)
        if not _within(found.start, found.end, names)
        and not any(each.start < found.end and found.start < each.end for each in quantities)
    )
    modals = tuple(
        found
        for found in find_modals(text, policy=genre is Genre.POLICY)
        if not _within(found.start, found.end, names)
        and not any(each.outer_start <= found.start < each.outer_end for each in quantities)
    )  # 不得 of 不得少于三人 bounds a value: 至少三人
    if not (modals or quantities or horizons):
        words = one_writing(text)
        return _Reading(words, words, (), (), ())
    binding = [_Mark(found.start, found.end, _sign(found)) for found in modals]
    values = [mark for found in quantities for mark in _marks(found, value_writing(found))]
    values += [_Mark(found.start, found.end, time_writing(found)) for found in horizons]
    told = [_Mark(*place, "") for found in quantities for place in found.told_places]
    words = one_writing(_marked(text, [*binding, *values, *told]))
    kinds = [mark for found in quantities for mark in _marks(found, _VALUE_SIGNS[found.measure])]
    kinds += [_Mark(found.start, found.end, _HORIZON_SIGN) for found in horizons]
    kinds += told
    shape = one_writing(_marked(text, [*binding, *kinds])) if kinds else words
    return _Reading(words, shape, quantities, horizons, modals)


def _sign(found: ModalWord) -> str:
    """Return the sign of a modal's class; a softening word stays beside it, because 一律不新增 and 应当 are different rules."""
    softens = found.word in SOFT_WORDS or found.word == IN_PRINCIPLE
    before = found.word if softens else "探索" if found.word in TENTATIVE_PLANS else ""
    return before + MODAL_SIGNS[found.modal]


_NAME = lazy_pattern("《(?:[^《》]|《[^《》]*》)*》")
"""The title of a document; the year in 《健康产业行动纲要（2019—2022年）》 sets no deadline, and 《禁止…的规定》 forbids nothing."""


def _within(start: int, end: int, places: Sequence[tuple[int, int]]) -> bool:
    return any(low <= start and end <= high for low, high in places)


def value_writing(quantity: Quantity) -> str:
    """Return a value as one run of letters and digits; signs would be folded away like punctuation."""
    *rest, bound = quantity.key
    return "q".join((*map(str, rest), _BOUND_LETTERS[bound]))


def time_writing(horizon: Horizon) -> str:
    """Return a point in time as one run of letters and digits."""
    return f"t{horizon.key}t".lower()


_BOUND_LETTERS = {"": "", "+": "geq", "-": "leq", ">": "above", "<": "below", "~": "about"}


class _Mark(NamedTuple):
    start: int
    end: int
    sign: str


def _marks(quantity: Quantity, sign: str) -> Iterator[_Mark]:
    *bounds, value = quantity.places
    yield from (_Mark(*place, "") for place in bounds)
    yield _Mark(*value, sign)


def _marked(text: str, marks: list[_Mark]) -> str:
    """Return a text in which the marked stretches are replaced by their signs."""
    pieces: list[str] = []
    done = 0
    for mark in sorted(marks):
        if mark.start >= done:
            pieces += [text[done : mark.start], mark.sign]
            done = mark.end
    return "".join([*pieces, text[done:]])


_BOUND = lazy_pattern(
    "不[得准许能]?[少低小短超高多大][于过]|及?以[上下内]|满|至少|超过|不满|不足|最[高低多少]|未满|左右|每|达到?"
)


class ContentWord(NamedTuple):
    """A content word of a part, at `text[start:end]`, with its normal form."""

    start: int
    end: int
    key: str


def content_words(side: Canonical) -> list[ContentWord]:
    """Return the content words of a part with their places, without the words that other readers compare."""
    text = side.part.text
    taken = sorted(read_elsewhere(side))
    tokens: list[ContentWord] = []
    done = 0
    for start, end in [*taken, (len(text), len(text))]:
        if start > done:
            tokens.extend(_words(text[done:start], done))
        done = max(done, end)
    return sorted([*tokens, *_notice(side)])


def _notice(side: Canonical) -> Iterator[ContentWord]:
    """Yield the words that place an act before another as one key: 提前三十日, 三十日前, 届满前三十日."""
    text = side.part.text
    for found in side.quantities if "前" in text else ():
        if found.measure is Measure.PERIOD and found.bound == "+":
            if text[found.end : found.outer_end].endswith("前"):
                yield ContentWord(found.outer_end - 1, found.outer_end, AHEAD)
            elif text[: found.outer_start].endswith("前"):
                length = len(AHEAD) if text[: found.outer_start].endswith(AHEAD) else 1
                yield ContentWord(found.outer_start - length, found.outer_start, AHEAD)


AHEAD = "提前"


def read_elsewhere(side: Canonical) -> list[tuple[int, int]]:
    """Return the places of words with a reader of their own: values, modals, bodies, citations, sanctions, instruments, exceptions."""
    text = side.part.text
    places = [place for found in side.quantities for place in _places(found)]
    places += [(word.start, word.end) for word in _notice(side)]
    places += [found.span() for found in _IN_LETTERS.finditer(text)] if "(" in text else []
    return places + [
        (found.start, found.end)
        for finder in (
            side.horizons, side.modals, find_bodies(text), find_cited(text), find_within(text), find_sanctions(text),
            find_instruments(text), _exceptive(text), find_definitions(text), _own_text(text), find_hedges(text), find_grades(text),
        )
        for found in finder
    ]  # fmt: skip


_IN_LETTERS = lazy_pattern(rf"{ENGLISH_NUMBER.pattern}\s?(?=[(]\d)")
"""A number in letters before the same number in digits: thirty (30) days."""


_EXCEPT_FOR = lazy_pattern("(除).*?((?:以|之)?外)")


def _exceptive(text: str) -> Iterator[Word]:
    """Yield the words that form an exception; for 除…外 only these two, because the words between may differ."""
    for found in find_exceptions(text):
        inner = _EXCEPT_FOR.fullmatch(found.word)
        if inner is None:
            yield found
            continue
        for start, end in (inner.span(1), inner.span(2)):
            yield Word(found.start + start, found.start + end, found.word[start:end], found.key)


TEXT_NAMED = "《?(?:法(?!律|人|规(?!定))|条例|决定|解释|(?:实施|指导|工作|管理|若干|暂行)?(?:意见|方案|办法|细则|规定|措施|计划|规划|纲要|通知))》?"
_OWN_TEXT = lazy_pattern(f"本{TEXT_NAMED}")
_THAT_TEXT = lazy_pattern(f"^([^《]*)该(?={TEXT_NAMED})")


def naming_itself(passage: str) -> str:
    """Return the passage with 该意见 written as 本意见 if no other text is named before it."""
    return _THAT_TEXT.sub("\\1本", passage) if "该" in passage else passage


def _own_text(text: str) -> Iterator[Word]:
    """Yield a text's references to itself (本法, 本条例, 本《指导意见》), which mean the same in each text."""
    for found in _OWN_TEXT.finditer(text) if "本" in text else ():
        yield Word(found.start(), found.end(), found[0], "")


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    """Return the normalised word, empty for a filler; cached, because a few thousand words recur constantly."""
    fillers = vocabulary().fillers
    glued = len(word) == _SHORT and not _WITH_CONTENT.search(word) and set(word) <= fillers
    if word in fillers or _BOUND.fullmatch(word) or glued:
        return ""
    word = EVERY.sub("", word.replace(STRUCK, ""))
    if len(word) == _TWO_WORDS and word[:_SHORT] in fillers:
        word = word[_SHORT:]  # 承担费用 is one word to the segmenter
    key = one_writing(word)
    return "" if key in fillers else key


_TWO_WORDS = 4


EVERY = lazy_pattern("^(?:[各每]|依法)(?=[一-鿿]{2})|(?<=[一-鿿]{2})数$")
"""各 or 依法 before a word, or 数 after it, which the segmenter joins to the word: 各街道, 依法追究, 床位数."""
_SHORT = 2
_WITH_CONTENT = lazy_pattern("[前后上下内外用使作做给有由报处]|时间")
"""Characters that name an order or an act: 使用 and 自由 have content; 为以 and 就在, which the segmenter glues together, have none."""


def _places(found: Quantity) -> Iterator[tuple[int, int]]:
    """Yield the places of a quantity, its bounding words, and the repetition of its cycle."""
    yield from found.places
    yield from found.told_places


def _words(text: str, offset: int) -> Iterator[ContentWord]:
    for token in _content_words(text):
        yield ContentWord(offset + token.start, offset + token.end, token.key)


@lru_cache(maxsize=1024)
def _content_words(text: str) -> tuple[ContentWord, ...]:
    """Return the content words of a stretch; cached, because both sides of a pair share most stretches."""
    tokens: list[ContentWord] = []
    offset = 0
    for word in cut_known_words(text):
        key = _key(word)
        if key:
            tokens.append(ContentWord(offset, offset + len(word), key))
        offset += len(word)
    return tuple(tokens)
