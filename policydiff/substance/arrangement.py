"""Differences between two parts with the same words in another order, and between the alternatives that each part allows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern, rare_pattern
from policydiff.lexicon.widths import fold
from policydiff.model import Direction, Modal, Signal, SignalType, Span
from policydiff.substance.alignment import SANCTION_VERB, Sides, make_signal
from policydiff.substance.canonical import Canonical, ContentWord, content_words
from policydiff.substance.counterparts import counterparts
from policydiff.substance.exchanges import exchanged_within
from policydiff.substance.features import find_sanctions
from policydiff.substance.vocabulary import graver, one_writing, vocabulary
from policydiff.substance.weighing import WORDING

_Place = tuple[int, int]


def arranged(sides: Sides) -> Iterator[Signal]:
    """Yield signals where the same words stand in another order or under another joint."""
    yield from _order_in_time(sides)
    yield from _another_level(sides)
    yield from _any_or_all(sides)
    yield from counterparts(sides)
    yield from _joints(sides)
    yield from list(exchanged_within(sides)) or list(_moved_past_modal(sides)) or _first_then(sides)
    # A denial of the whole became a denial of each, or the reverse: 不得全部转让 → 全部不得转让
    texts = sides.old.part.text, sides.new.part.text
    for some, every in ((0, 1), (1, 0)):
        partly, whole = _DENIES_SOME.search(texts[some]), _DENIES_ALL.search(texts[every])
        if not partly or not whole or _DENIES_SOME.search(texts[every]):
            continue
        if partly.groupdict() == whole.groupdict():
            way = Direction.STRICTER if every else Direction.LOOSER
            places = (partly.span(), whole.span()) if every else (whole.span(), partly.span())
            yield make_signal(sides, SignalType.PROHIBITION, way, *places)


def with_choices(sides: Sides, found: Iterable[Signal]) -> Iterator[Signal]:
    """Yield the signals; a further way to fulfil a duty is looser, a removed way stricter: 应当提交身份证 → 应当提交身份证或者户口簿.

    An alternative penalty is judged by its grade: 警告或者罚款 is stricter than 警告, 罚款或者警告 looser than
    罚款.
    """
    for signal in found:
        comes = signal.old is None
        side, span = (sides.new, signal.new_span) if comes else (sides.old, signal.old_span)
        if (signal.old and signal.new) or span is None:
            yield signal
            continue
        text, start, end = side.part.text, span.start - side.part.start, span.end - side.part.start
        joined = _OR_BEFORE.search(text[:start]) or _OR_AFTER.match(text, end)
        way: Direction | None = None
        if joined and signal.type is SignalType.SANCTION:
            others = {each.key for each in find_sanctions(text) if not start <= each.start < end}
            own = next((each.key for each in find_sanctions(text[start:end])), "")
            grave = {graver(other, own) for other in others} - {None}
            if grave in ({True}, {False}):
                way = _STEP[comes == (True in grave)]
            elif comes:
                way = Direction.CHANGED  # among more penalties or milder ones: nobody can say
        elif joined and signal.type in _CHOSEN and _binds(side, start):
            way = _STEP[not comes]
        yield signal if way is None else signal.model_copy(update={"direction": way})


def _binds(side: Canonical, place: int) -> bool:
    """Return whether words at a place follow a duty of their part that grants nothing (应当给予…或者… grants)."""
    last = next((modal for modal in reversed(side.modals) if modal.end <= place), None)
    return last is not None and last.modal is Modal.MUST and "给予" not in side.part.text[last.end : place]


_STEP = {True: Direction.STRICTER, False: Direction.LOOSER}
_CHOSEN = frozenset({SignalType.SCOPE, SignalType.DEFINITION, SignalType.INSTRUMENT})
_OR_BEFORE = lazy_pattern("或者?(?:单处|处以?|给予|缴纳|办理|提供|取得|提交|进行)?$")
_OR_AFTER = lazy_pattern("(?:、[一-鿿]{1,12}?){0,4}或")


_FIRST_THEN = lazy_pattern("先[一-鿿]{1,6}?后[一-鿿]?|后[一-鿿]{1,6}?先[一-鿿]?")


def _first_then(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where two acts of one character each are swapped: 先建后拆 → 先拆后建."""
    old, new = (_FIRST_THEN.search(part.part.text) for part in sides[:2])
    if old and new and old[0] != new[0] and sorted(old.string) == sorted(new.string):
        yield make_signal(sides, SignalType.DUTY, None, old.span(), new.span())


_WHEN = rare_pattern(
    "(?<=[一-鿿])(?:(?<![目当先])前(?![款条项述])|(?<![今善售])后(?!果)|(?<![及按小当随即届临平暂实准此那何日限学课计适历超延])(?<![^合]同)(?<!^同)(?<![^开施竣完复停]工)时(?![间限效期段长代令候任节常刻点区差速装尚机而分事])|(?<=之日)起(?=[^，。；]{1,8}内))"
)
"""Words for the time of an act, including 之日起…内 (as 后); 同时, 工时, 及时, 届时 and 时限 are excluded, 合同时 and 开工时 are not."""
_AT_ONCE = lazy_pattern(
    "(?:结束|完成|届满|期满|完毕|终止|到期|发现|接到|收到|发生|得知|知悉|获知|出现)[^，。；]{0,12}$"
)
"""Words before 时 or 后 for an event without duration; drafters exchange 接到报告时 and 接到报告后 freely."""


_LEVELLED = lazy_pattern(
    "[本全我](?P<area>[省市区县镇乡])|(?P<level>[省市区县镇乡])级(?!以[上下]|别|[^，。；的]{0,10}(?:部门|机关|政府))"
    "|(?:(?<![一-鿿])|(?<=[由向对报与和及或在为、省市区县镇乡]))(?P<alone>[省市区县镇乡])(?=[、和与及或对向省市区县镇乡负承统共联补考分拨]|[^一-鿿]|$)"
)
"""An area or level without a name: 本市, 全区, 市级, 由市承担, 市对区. Levels of bodies (县级以上, 县级民政部门) are read elsewhere."""


def _another_level(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where an unnamed area or level was replaced (本市户籍 → 本区户籍); local comparisons strike area names first."""
    old, new = (list(_LEVELLED.finditer(part.part.text)) for part in (sides.old, sides.new))
    keys = [Counter(match.groups() for match in found) for found in (old, new)]
    if len(old) != len(new) or keys[0] == keys[1] or sorted(sides.around[0]) == sorted(sides.around[1]):
        return  # none became another, or words of the sentence changed places
    for one, other in zip(old, new, strict=True):
        if one.groups() != other.groups():
            yield make_signal(sides, SignalType.SCOPE, None, one.span(), other.span())


def _order_in_time(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where 前, 时 or 后 was exchanged: 审批前公示 → 审批后公示; one alone makes no difference (经批准后, 经批准)."""
    old, new = (
        [
            found
            for found in _WHEN.finditer(part.part.text)
            if not any(each.outer_start <= found.start() < each.outer_end for each in part.quantities)
        ]
        for part in (sides.old, sides.new)
    )
    if not old or not new:
        return
    said = [[found[0].replace("起", "后") for found in side] for side in (old, new)]
    counts = [Counter(side) for side in said]
    for gone, come in permutations("前时后", 2):
        if counts[0][gone] > counts[1][gone] and counts[0][come] < counts[1][come]:
            before, after = old[said[0].index(gone)], new[said[1].index(come)]
            if "前" in (gone, come) or not all(
                _AT_ONCE.search(each.string[: each.start()]) for each in (before, after)
            ):
                yield make_signal(sides, SignalType.CONDITION, None, _led(before), _led(after))


_ONE_OF = lazy_pattern("(?<!分)之一|任(?:意)?一[项种个]?|其中一[项种个]")
_LISTED = lazy_pattern("下列|以下|上述|前[款项]|各项|其中|条件|情形|要求")


def _any_or_all(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where one case suffices on one side only: 同时符合下列条件 → 符合下列条件之一."""
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
"""Characters shown before 前, 后 or 之一, for the event or list it belongs to."""


_JOINT = lazy_pattern(
    r"""
    (?P<either>或者|或(?!许))
  | (?P<rule>并且|同时(?=[一-鿿])|并(?=[一-鿿])(?![非列网轨购行发])|(?<!而)且)
  | (?P<both>以及|和(?![谐平解缓睦好])|及(?![时格早其])|与(?![会否此]))
  | (?P<list>、)
    """,
    re.VERBOSE,
)
"""Joints by kind: one member suffices (either), all are meant (both), two rules (rule), a bare list mark (list)."""
EACH_ALONE = lazy_pattern("不得|禁止|严禁|不准|不应|任何|不予|未|没有|无(?!偿)")
"""Words before a joint that apply to each member alone: a ban or a lack is the same with either joint."""
_ASKED = lazy_pattern(
    "提交|提供|附具|附上|具备|具有|征得|取得|经|由|会同|符合|满足|持有?|出示|携带|加盖|注明|载明|设置|配备|缴纳|支付|凭|向"
)
"""Words before a joint that require the members, either all of them or one of them."""
_AGENTS = frozenset({"由", "会同", "向"})


class _Joint(NamedTuple):
    """A joint between two members."""

    start: int
    end: int
    kind: str


def _joints(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where all members are required on one side and one suffices on the other; not for bans, permissions and addressees."""
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
        leads = (words.partition(part.words)[0] for words, part in zip(sides.around, sides[:2], strict=True))
        if not asked and all(map(_OF_LIST.search, leads)):
            asked = "提交"
        punished = joined.kind != "rule" and all(map(_punishes, (one, other), (before, after)))
        if (
            not punished
            and EACH_ALONE.search(one[: before.start])
            and EACH_ALONE.search(other[: after.start])
        ):
            continue
        needed = asked and (not is_offered(sides.old) or _ONLY_THEN.search(one, before.end))
        if joined.kind == "rule" or punished or needed:
            yield _joint(sides, before, after, asked, all_needed=alone)


def _punishes(text: str, joint: _Joint) -> bool:
    """Return whether the joint stands between two penalties that the part imposes; penalties that somebody received are events."""
    lead = text[: joint.start].rpartition("的")[2]
    imposed = _IMPOSED.search(lead) and not EACH_ALONE.search(lead) and not _RECEIVED.search(lead)
    return bool(imposed and SANCTION_VERB.search(text[joint.end : joint.end + _SHOWN]))


_IMPOSED = lazy_pattern("(?:给予|予以)[^，]{0,12}(?:警告|处分|罚)|处以?[^，]{0,20}罚款|没收|吊销|责令")
_RECEIVED = lazy_pattern("被|[受遭]到|曾")
_ONLY_THEN = lazy_pattern("方[可能]|才[可能]")
"""Permission that follows from a condition alone: 取得甲证和乙证后方可营业."""


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
    binds = any(modal.modal is Modal.MUST for modal in sides.old.modals) or _ONLY_THEN.search(near[0])
    tighter, freer = (
        (Direction.STRICTER, Direction.LOOSER) if binds else (Direction.NARROWER, Direction.WIDER)
    )
    return make_signal(sides, SignalType.CONDITION, tighter if all_needed else freer, *places)


def _between(text: str) -> Iterator[tuple[tuple[str, str], _Joint]]:
    """Yield the joints of a part, keyed by the characters on either side."""
    folded = fold(text)
    for found in _JOINT.finditer(folded):
        before, after = folded[: found.start()].rstrip("、,"), folded[found.end() :]
        if before and after:
            yield (before[-1], after[0]), _Joint(found.start(), found.end(), found.lastgroup or "")


_OF_LIST = lazy_pattern("(?:材料|文件|证件|证明|条件|手续|资料|要求)$")
"""Words before a list that is a part of its own: 提交下列材料：."""


def _asked(lead: str) -> str:
    """Return the last word in `lead` that requires the members after it; empty for none."""
    found = list(_ASKED.finditer(lead))
    return found[-1][0] if found else ""


def is_offered(side: Canonical) -> bool:
    """Return whether a part only permits."""
    return bool(side.modals) and all(modal.modal is Modal.MAY for modal in side.modals)


_SHOWN = 8
"""Characters shown on either side of a joint."""


def _shown(text: str, joint: _Joint) -> _Place:
    return max(0, joint.start - _SHOWN), min(len(text), joint.end + _SHOWN)


_QUANTITY = "全部|完全|同时|一律|都|均"
_DENIES_ALL = lazy_pattern(f"(?P<quantity>{_QUANTITY})(?P<denial>不得|不能|不予|未)")
_DENIES_SOME = lazy_pattern(f"(?P<denial>不得|不能|不予|未)(?P<quantity>{_QUANTITY})")


def _moved_past_modal(sides: Sides) -> Iterator[Signal]:
    """Yield a signal where an attribute of the bound party became one of the action: 重点单位应当安装设备 → 单位应当安装重点设备."""
    if not (sides.old.modals and sides.new.modals):
        return
    words = content_words(sides.old), content_words(sides.new)
    keys = [[word.key for word in side] for side in words]
    if keys[0] == keys[1] or sorted(keys[0]) != sorted(keys[1]):
        return
    for one, word in enumerate(words[0]):
        other = keys[1].index(word.key)
        if keys[0][:one] + keys[0][one + 1 :] == keys[1][:other] + keys[1][other + 1 :]:
            ahead = [
                each.end <= part.modals[0].start
                for part, each in ((sides.old, word), (sides.new, words[1][other]))
            ]
            if ahead[0] != ahead[1]:
                yield from _moved(sides, word, words[1][other])
                return


def _moved(sides: Sides, old: ContentWord, new: ContentWord) -> Iterator[Signal]:
    """Yield a signal for a word moved before another noun; the actor, manner and time of an action may stand anywhere."""
    both = (sides.old, old), (sides.new, new)
    places = [(word.start, min(len(part.part.text), word.end + _NEXT)) for part, word in both]
    found = make_signal(sides, SignalType.SCOPE, None, *places)
    for part, word in both:
        text, acts = part.part.text, any(modal.start == word.end for modal in part.modals)
        if (
            word.key in _HOW
            or text[: word.start].endswith(_LEADS_TO)
            or acts
            or not _NOUN.match(text, word.end)
        ):
            if old.start and new.start:
                yield found.model_copy(update={"weight": WORDING})
            return
    yield found


_HOW = frozenset(map(one_writing, (*vocabulary().manner, "全部", "每年", "同时", "共同", "分别")))
_LEADS_TO = tuple("在向对按依由以于自从为与同经")
_NOUN = lazy_pattern("[一-鿿]{2}")
_NEXT = 2
"""Characters shown after a moved word: the beginning of the noun that it describes."""


def passed_on(pairs: Sequence[Sides]) -> Iterator[Signal]:
    """Yield a signal where a word moved to another half-sentence and none came back: 未成年学生…，青春期教育 → 学生…，未成年青春期教育."""
    words = [[content_words(part) for part in sides[:2]] for sides in pairs]
    counts = [[Counter(word.key for word in side) for side in both] for both in words]
    lost = [(old - new, new - old) for old, new in counts]
    for one, other in permutations(range(len(pairs)), 2):
        moved = lost[one][0] & lost[other][1]
        if moved and not lost[other][0] & lost[one][1]:
            old, new = (
                next(word for word in side if word.key in moved) for side in (words[one][0], words[other][1])
            )
            sides = pairs[one]._replace(new=pairs[other].new)
            told = make_signal(sides, SignalType.SCOPE, None, (old.start, old.end), (new.start, new.end))
            stood = (
                [told.model_copy(update={"weight": WORDING})] if old.start or new.start else []
            )  # who acts
            yield from list(_moved(sides, old, new)) or stood
            return


def rows_moved(old: str, new: str) -> Iterator[Signal]:
    """Yield a signal, below substance, for the reordered rows of a table, from the first to the last of them."""
    rows = [[(row.start(), row.end()) for row in _ROW.finditer(text)] for text in (old, new)]
    words = [[text[slice(*place)] for place in places] for text, places in zip((old, new), rows, strict=True)]
    moved = [at for at, pair in enumerate(zip(*words, strict=False)) if pair[0] != pair[1]]
    if moved and sorted(words[0]) == sorted(words[1]):
        spans = [Span(start=places[moved[0]][0], end=places[moved[-1]][1]) for places in rows]
        shown = {
            side: text[slice(*span)]
            for side, text, span in zip(("old", "new"), (old, new), spans, strict=True)
        }
        yield Signal(type=SignalType.SCOPE, old_span=spans[0], new_span=spans[1], weight=WORDING, **shown)


_ROW = lazy_pattern("[^\\n]*\\t[^\\n]*")
