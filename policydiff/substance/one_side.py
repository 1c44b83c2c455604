"""Content of parts, lines and whole clauses that only one side has, and its direction (stricter or looser)."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import first_words
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Genre, Modal, Signal, SignalType, Span
from policydiff.substance.canonical import Canonical, Part, parts_of, read_parts
from policydiff.substance.feature_differences import told_once
from policydiff.substance.features import find_modals, find_sanctions, is_condition, rank_of
from policydiff.substance.provisions import (
    BINDING_BOUND,
    Content,
    content_of,
    is_charge,
    is_exhortation,
    is_power,
    is_purpose,
    weight_within,
)
from policydiff.substance.vocabulary import vocabulary
from policydiff.substance.weighing import ELSEWHERE, MOVED_LINE, weight_of

_LONGEST_QUOTE = 80
_ITEMS = {True: SignalType.ITEM_ADDED, False: SignalType.ITEM_REMOVED}
_PARAGRAPHS = {True: SignalType.PARAGRAPH_ADDED, False: SignalType.PARAGRAPH_REMOVED}
_MOVED = {"direction": Direction.CHANGED, "detail": "moved", "weight": weight_of(SignalType.ITEM_ADDED)}
_ROWS = {True: SignalType.TABLE_ROW_ADDED, False: SignalType.TABLE_ROW_REMOVED}


class Elsewhere(NamedTuple):
    """Folded words of the two whole documents; a part that moved to another clause was neither added nor removed."""

    old: str = ""
    new: str = ""

    def moved(self, part: str, *, comes: bool, least: int = ELSEWHERE) -> bool:
        """Return whether the folded part has `least` characters and the opposite document holds it at least as often."""
        if len(part) < least:
            return False
        here, there = (self.new, self.old) if comes else (self.old, self.new)
        return 0 < here.count(part) <= there.count(part)


def of_parts(
    side: Sequence[Canonical],
    alone: Sequence[int],
    passage: str,
    elsewhere: Elsewhere,
    rewritten: Container[int] = (),
    *,
    comes: bool,
) -> Iterator[Signal]:
    """Yield the content of parts that only one side has: whole lines as lines, the rest as half-sentences.

    `alone` are the indexes of the parts of `passage` that the opposite passage leaves out; `comes` if
    `passage` is the new one. Lines that the opposite passage rewords (`rewritten`) neither came nor went.
    `elsewhere` holds the words of the two whole documents.
    """
    held, moved = set(alone), set[int]()
    for _, run in groupby(alone, key=lambda index: side[index].part.line):
        places = list(run)
        words = fold_words(passage[side[places[0]].part.start : side[places[-1]].part.end])
        if _is_own_line(side, places[0], held) and elsewhere.moved(words, comes=comes, least=MOVED_LINE):
            yield next(_line(side, places, passage, comes=comes)).model_copy(update=_MOVED)
            moved.update(places)
    left = [
        index
        for index in alone
        if index not in moved
        and (_says_something(side[index]) or _is_own_line(side, index, held))
        and not elsewhere.moved(fold_words(side[index].part.text), comes=comes)
    ]
    # Lines without a stop at their end are no provisions; many of them are page furniture
    ends = {part.part.line: part.part for part in side}
    lines = {side[index].part.line for index in left}
    closed = {line for line in lines if ends[line].mark or ends[line].label or "\t" in ends[line].text}
    scraps = lines if len(lines - closed) >= _FURNITURE and 2 * len(closed) < len(lines) else set()
    for number, line in groupby(left, key=lambda index: side[index].part.line):
        indexes = list(line)
        own, said = _is_own_line(side, indexes[0], held), [side[index].part.text for index in indexes]
        length = sum(len(each) for each in said if own or not is_exhortation(each))
        whole = _places(side, side[indexes[0]].part, "line")
        share = length / sum(len(side[index].part.text) for index in whole)
        if share >= _NEARLY_WHOLE and number not in rewritten and _has_lines(side):
            found = _line(side, indexes, passage, comes=comes)
            yield from (_light(signal) for signal in found) if number in scraps else found
            continue
        for _, sentence in groupby(indexes, key=lambda index: side[index].part.sentence):
            yield from _run(side, list(sentence), passage, comes=comes)


def _is_own_line(side: Sequence[Canonical], index: int, alone: set[int]) -> bool:
    """Return whether every part of the line is on one side only; a further paragraph is always shown, whatever its words."""
    part = side[index].part
    return _has_lines(side) and not is_purpose(part.text) and alone.issuperset(_places(side, part, "line"))


_FURNITURE = 6
"""Least number of added lines without a stop that count as page furniture: a table of contents has more, a list of items none."""


def _light(signal: Signal) -> Signal:
    return signal.model_copy(update={"weight": min(signal.weight, _LIGHT)})


_LIGHT = 0.2
"""Weight of lines that are no provision; they are shown, but below the weight that counts as substance."""
_HEADING = 20
"""A line of fewer characters without stop, modal, figure or condition is a heading or a leftover of a web page (编辑)."""
_NEARLY_WHOLE = 0.8
"""Share of a line's characters from which the whole line counts as added or removed; its last words may stand elsewhere."""


def _has_lines(side: Sequence[Canonical]) -> bool:
    return bool(side) and side[0].part.line != side[-1].part.line


def _says_something(part: Canonical) -> bool:
    text = part.part.text
    return text not in vocabulary().fillers and not is_purpose(text) and _FRAME.fullmatch(text) is None


_FRAME = lazy_pattern(
    "(?:[^，。；]{0,24}(?:政府|部门|机关|机构|委员会|[委局办]|单位))?(?:应当|要|必须|应)?(?:组织|会同|按照|依照|按|在)"
    "(?:各自|有关|相关|的)*(?:部门|职责分工|职责范围|职责权限|职责|权限|分工)(?:范围)?内?"
)
"""A part that only states that the offices in charge act, each in its field: 有关部门应当按照职责分工."""


def _line(side: Sequence[Canonical], indexes: list[int], passage: str, *, comes: bool) -> Iterator[Signal]:
    first, last = side[indexes[0]].part, side[indexes[-1]].part
    kind = _PARAGRAPHS[comes]
    content = content_of(passage[first.start : last.end], [side[index] for index in indexes])
    if first.label:
        kind = _ITEMS[comes]
        above = (each.part for each in reversed(side[: indexes[0]]))
        lead = next((part for part in above if not part.label and part.mark == ":"), None)
        led = _sentence(side, lead, passage) if lead else ""
        content = next((found for words, found in _LEADS if any(word in led for word in words)), content)
    elif "\t" in first.text or "|" in first.text:
        kind = _ROWS[comes]
    direction = content.come if comes else content.gone
    if content.type is SignalType.DEADLINE and not first.label and direction is not Direction.CHANGED:
        yield _signal(SignalType.DEADLINE, direction, passage, first.start, last.end, comes=comes)
        return  # 有效期延长至…: the day is the news, not the paragraph
    structural = _signal(kind, direction, passage, first.start, last.end, comes=comes)
    if _ATTACHMENT.match(passage[first.start : last.end]):
        yield _light(structural)
        return
    weight = max(structural.weight, round(weight_of(content.type) - 0.05, 2))
    yield structural.model_copy(update={"detail": _STRONG.get(content.type), "weight": weight})
    if content.type in _STRONG and not first.label:
        yield _signal(content.type, direction, passage, first.start, last.end, comes=comes)


_ATTACHMENT = lazy_pattern("附(?:件|表|录|图)?[一二三四五六七八九十\\d]{0,2}[：:]")
"""The beginning of a line that names an attachment and lays down nothing."""
_STRONG = {
    kind: kind.value
    for kind in (
        SignalType.SANCTION, SignalType.INSTRUMENT, SignalType.PROHIBITION, SignalType.PERMISSION, SignalType.EXCEPTION,
        SignalType.DUTY, SignalType.CONDITION,
    )
}  # fmt: skip


def _sentence(side: Sequence[Canonical], part: Part, passage: str) -> str:
    places = _places(side, part)
    return passage[side[places[0]].part.start : side[places[-1]].part.end]


def _places(side: Sequence[Canonical], part: Part, of: str = "sentence") -> range:
    """Return the range of indexes of the parts that share the sentence (or line, by `of`) of the given part."""
    number, told = getattr(part, of), attrgetter(f"part.{of}")
    return range(bisect_left(side, number, key=told), bisect_right(side, number, key=told))


def _before(side: Sequence[Canonical], part: Part) -> list[Canonical]:
    """Return the parts that precede the given part in its sentence."""
    return [side[at] for at in _places(side, part) if side[at].part.start < part.start]


_LEADS = (
    (("不得", "禁止", "严禁"), Content(SignalType.PROHIBITION, Direction.LOOSER)),
    (("罚", "处分", "责令"), Content(SignalType.SANCTION, Direction.LOOSER)),
    (("条件", "具备", "符合", "材料", "文件"), Content(SignalType.CONDITION, Direction.LOOSER)),
    (("可以", "有权", "权利"), Content(SignalType.PERMISSION, Direction.STRICTER)),
    (("情形", "情况"), Content(SignalType.CONDITION, Direction.CHANGED)),
    (("应当", "职责", "义务"), Content(SignalType.DUTY, Direction.LOOSER)),
    (("受理", "管辖", "包括", "适用", "范围"), Content(SignalType.SCOPE, Direction.NARROWER)),
)
"""Content of the items of a list, by words in its lead-in."""


def _run(side: Sequence[Canonical], indexes: list[int], passage: str, *, comes: bool) -> Iterator[Signal]:
    """Yield the signals of neighbouring parts of one sentence, one signal for each rule among them."""
    for parts in _rules([side[index] for index in indexes], indexes):
        first, last = parts[0].part, parts[-1].part
        text = passage[first.start : last.end]
        context = _sentence(side, first, passage).replace(text, "")
        content = content_of(text, parts, context)
        kind = SignalType.PART_ADDED if comes and content.type is SignalType.PART_REMOVED else content.type
        way = content.come if comes else content.gone
        detail = None
        if content.gone is Direction.CHANGED and (BINDING_BOUND.search(text) or _goes_on(side, first, text)):
            way = Direction.STRICTER if comes else Direction.LOOSER
            if content.type is not SignalType.PART_REMOVED:
                kind, detail = SignalType.DUTY, content.type.value
        if _is_other_way(side, first, text):
            kind = SignalType.DUTY if comes else SignalType.PERMISSION
            way = Direction.LOOSER if comes else Direction.STRICTER
        if _CARVED_OUT.match(text) and _BANS.search(context):
            kind, way = SignalType.EXCEPTION, Direction.LOOSER if comes else Direction.STRICTER
        if kind is SignalType.CONDITION and _is_alternative(side, first, text, passage):
            way = Direction.WIDER if comes else Direction.NARROWER
        signal = _signal(kind, way, passage, first.start, last.end, comes=comes)
        signal = signal.model_copy(update={"detail": detail})
        yield _light(signal) if is_exhortation(text) or _OF_CRIME.fullmatch(text) else signal


_OF_CRIME = lazy_pattern("(?:有前款(?:所列)?行为，?|情节轻微，?)?(?:尚不|尚未|不)构成犯罪的")
"""A case that adds nothing to its penalty: the criminal law punishes crimes, whether or not a text states it."""


_CARVED_OUT = lazy_pattern("(?:但是?)?(?:确需|确有|确因|因特殊|特殊情况|情况特殊)[^，。；]*(?:的|下)[，,]")
_BANS = lazy_pattern("不得|禁止|严禁|不准|不再")
"""The beginning of a case in which a ban does not hold, whatever is required in that case: 确需新增的，应当减量置换."""


def _is_alternative(side: Sequence[Canonical], part: Part, text: str, passage: str) -> bool:
    """Return whether the condition is an alternative, so that its rule applies in more cases because of it.

    An alternative follows 或者, or is punished conduct beside conduct that lost its own 的:
    伪造监制章，泄露数据的，处罚款. A result or gravity of the conduct (引起火灾的, 情节恶劣的) narrows the rule: False.
    """
    if text.startswith("或") or passage[: part.start].rstrip("，, ").endswith(("或者", "或")):
        return True
    before = _before(side, part)
    if not before or not text.endswith("的") or _CONDUCT.match(text) is None:
        return False
    said = before[-1].part.text
    is_bound = next(iter(find_modals(said, policy=True)), None) is not None
    return not said.endswith("的") and not is_bound and _CONDUCT.search(said) is not None


_CONDUCT = lazy_pattern(
    "(?:伪造|变造|擅自|非法|违法|违规|转让|出借|出租|隐瞒|窃取|泄露|骗取|倒卖|使用|销售|生产|买卖|截留|挪用|毁损|破坏)"
)
"""Verbs of punished conduct; conduct by any other verb is read as a condition, which narrows its rule."""


def _goes_on(side: Sequence[Canonical], part: Part, text: str) -> bool:
    """Return whether the words continue a duty stated earlier in their sentence: 应当建立台账，保存三年以上."""
    joins = text.startswith(("并", "同时", "且"))
    charged = joins and any(is_charge(each.part.text) for each in _before(side, part))
    return charged or (_bound(side, part)[0] is Modal.MUST and not is_condition(text))


def _bound(side: Sequence[Canonical], part: Part) -> tuple[Modal | None, str]:
    """Return the class of the last modal in the sentence before a part, and the words before that modal in its own part."""
    return next(
        filter(None, (_last_modal(each.part.text) for each in reversed(_before(side, part)))), (None, "")
    )


@lru_cache(maxsize=8_192)
def _last_modal(text: str) -> tuple[Modal, str] | None:
    """Return the class of the last modal of a text and the words before it; cached, because every later part asks again."""
    modals = list(find_modals(text, policy=True))
    return (modals[-1].modal, text[: modals[-1].start]) if modals else None


def _is_other_way(side: Sequence[Canonical], part: Part, text: str) -> bool:
    """Return whether a bound person may fulfil the duty in the stated way instead: 应当到窗口办理，也可以网上办理.

    Another subject (个人也可以申请), a ban, a penalty or an office's power over others is a provision of its own: False.
    """
    if text.startswith("或"):
        return _bound(side, part)[0] is Modal.MUST and not (text.endswith("的") or find_sanctions(text))
    found = _MAY_ALSO.match(text)
    if not found or find_sanctions(text):
        return False
    modal, who = _bound(side, part)
    return modal is Modal.MUST and found["who"] in who and not is_power(who, text[found.end() :])


_MAY_ALSO = lazy_pattern("(?:但是?)?(?P<who>[一-鿿]{0,8}?)[也亦]可以?")


def _rules(parts: Sequence[Canonical], indexes: Sequence[int]) -> Iterator[list[Canonical]]:
    """Yield groups of parts that lay down one rule: a duty and a following ban are two rules, a condition goes with its rule."""
    rule: list[Canonical] = []
    kinds: list[SignalType] = []
    for place, part in enumerate(parts):
        own = content_of(part.part.text, [part]).type
        if rule and place and indexes[place] != indexes[place - 1] + 1:
            yield rule
            rule, kinds = [], []
        said = next((kind for kind in kinds if kind in _RULES), None)
        bans = own is SignalType.PROHIBITION and said is None and SignalType.PART_REMOVED in kinds
        if own in _RULES and ((said is not None and said is not own) or bans):
            end = len(kinds)
            while end > 1 and kinds[end - 1] is SignalType.CONDITION:
                end -= 1  # 情节严重的 goes with what follows from it
            yield rule[:end]
            rule, kinds = rule[end:], kinds[end:]
        rule.append(part)
        kinds.append(own)
    if rule:
        yield rule


_RULES = frozenset({
    SignalType.DUTY, SignalType.PROHIBITION, SignalType.PERMISSION, SignalType.SANCTION,
    SignalType.INSTRUMENT,
})  # fmt: skip


_AFTER_HEADING = lazy_pattern(r"(?<![，。；：、])\n")


def _signal(
    kind: SignalType, direction: Direction, passage: str, start: int, end: int, *, comes: bool
) -> Signal:
    text = _AFTER_HEADING.sub(" ", passage[start:end]).replace("\n", "")
    if len(text) > _LONGEST_QUOTE:
        text = f"{first_words(text, _LONGEST_QUOTE - 1)}…"
    span = Span(start, end)
    return Signal(
        type=kind,
        direction=direction,
        old=None if comes else text,
        new=text if comes else None,
        old_span=None if comes else span,
        new_span=span if comes else None,
        weight=weight_of(kind, sanction=kind is SignalType.SANCTION, rank=rank_of(kind, passage[start:end])),
    )


def of_whole(text: str, kind: SignalType, genre: Genre, *, comes: bool) -> tuple[Signal, ...]:
    """Return the signals of a clause without a counterpart: its addition or removal, and each weighty rule inside it.

    `kind` is the structural type, such as `article_added`; `comes` is true if the new side has the clause.
    """
    parts = read_parts(parts_of(text), genre)
    if not parts:
        return ()
    sentences = [list(group) for _, group in groupby(parts, key=lambda part: part.part.sentence)]
    heaviest, told = 0.0, dict[Content, list[Canonical]]()
    for sentence in sentences:
        content = content_of(text[sentence[0].part.start : sentence[-1].part.end], sentence)
        heaviest = max(heaviest, weight_within(content.type, sentence, genre))
        if content.type in _TELLING:
            told.setdefault(content, []).extend(sentence)
    inner = [
        _signal(
            content.type, content.come if comes else content.gone, text,
            together[0].part.start, together[-1].part.end, comes=comes,
        )
        for content, together in told.items()
    ]  # fmt: skip
    whole = content_of(text, parts)
    structural = _signal(kind, whole.come if comes else whole.gone, text, 0, len(text), comes=comes)
    weight = round(min(0.9, max(structural.weight, heaviest)), 2)
    if _ATTACHMENT.match(text) and len(sentences) == 1:
        return (_light(structural),)
    unmarked = len(parts) == 1 and not parts[0].part.mark and len(text) < _HEADING
    if unmarked and whole.type is SignalType.PART_REMOVED:
        weight = min(weight, _LIGHT)  # a heading or a crumb of a page
    return (
        structural.model_copy(update={"detail": _STRONG.get(whole.type), "weight": weight}),
        *told_once(inner),
    )


_TELLING = frozenset({
    SignalType.SANCTION, SignalType.INSTRUMENT, SignalType.PROHIBITION, SignalType.PERMISSION,
    SignalType.EXCEPTION,
})  # fmt: skip
"""Rules shown beside the clause itself: a reader wants to see the fine in a new article, not each of its duties."""
