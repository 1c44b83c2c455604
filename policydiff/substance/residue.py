"""Differing nouns and attributes of two parts; other modules read values, modals, bodies, citations and legal terms."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import common_ends, steps
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.model import Direction
from policydiff.substance.canonical import Canonical, ContentWord, content_words
from policydiff.substance.vocabulary import one_writing, vocabulary
from policydiff.substance.weighing import BESIDE, REWORDED, WHOLE_PART

_JOIN = "、|以及|及其|或者|[和或与及]|[”’][“‘]"
_JOINS = lazy_pattern(f"^(?:{_JOIN})|(?:{_JOIN})$")
_JOINS_WITHIN = lazy_pattern("[、，；]|以及|或者|[和或及](?!谐|平|格)")
_TELLING = 2
"""Least characters of a word that counts as kept wherever it stands; 人 is part of many words."""
_CONTENT = lazy_pattern("[一-鿿A-Za-z]")


class Edit(NamedTuple):
    """Words that only one side has, or exchanged words, with their places in the two parts."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    direction: Direction


def residue(old: Canonical, new: Canonical, around: tuple[str, str] = ("", "")) -> Iterator[Edit]:
    """Yield the edits of content words between two aligned parts; fillers and synonyms make no edit.

    `around` holds the normalised sentences of the two parts, because a subject may only have moved to the previous part.
    """
    sides = content_words(old), content_words(new)
    keys = [token.key for token in sides[0]], [token.key for token in sides[1]]
    texts = old.part.text, new.part.text
    if keys[0] == keys[1]:
        yield from _further_acts(texts, around, ())
        return
    alone = "".join(keys[0]), "".join(keys[1])
    elsewhere = alone[0] + around[0], alone[1] + around[1]
    counted = around[0] or alone[0], around[1] or alone[1]
    edits: list[Edit] = []
    ends = [0, 0]
    run: tuple[list[ContentWord], list[ContentWord]] = [], []
    for step in steps(*keys):
        if step.is_equal:
            one, other = sides[0][step.old_start], sides[1][step.new_start]
            edits += _edit(run, ((ends[0], one.start), (ends[1], other.start)), texts, elsewhere, counted)
            run = [], []
            ends = [sides[0][step.old_end - 1].end, sides[1][step.new_end - 1].end]
        else:
            run[0].extend(sides[0][step.old_start : step.old_end])
            run[1].extend(sides[1][step.new_start : step.new_end])
    edits += _edit(run, ((ends[0], len(texts[0])), (ends[1], len(texts[1]))), texts, elsewhere, counted)
    # Join edits that are close together, because a reader sees one difference in a reworded sentence
    said = max(sum(len(token.key) for token in side) for side in sides)
    edited = sum(max(edit.old_end - edit.old_start, edit.new_end - edit.new_start) for edit in edits)
    near = WHOLE_PART if edited >= REWORDED * said else BESIDE
    joined: list[Edit] = []
    for edit in edits:
        if joined and _gap(joined[-1], edit) <= near:
            joined[-1] = _join(joined[-1], edit)
        else:
            joined.append(edit)
    yield from joined
    yield from _further_acts(texts, around, edits)


_CARRIES_OUT = lazy_pattern("实施|执行|实行|施行|落实|贯彻")
_AND_CARRIES_OUT = lazy_pattern(
    "(?<=[一-鿿]{2})(?:并且?|和|及|与|、|以及)(?:组织|严格|认真|切实|有效|监督)*(?:实施|执行|施行)"
    "(?!董事|人|力|机|标准|方案|细则|办法|意见)"
)
"""A second act whose verb lays down nothing alone: 建立并执行制度."""


def _further_acts(texts: tuple[str, str], around: tuple[str, str], edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the joined acts of carrying out (并执行) that only one side has, unless an edit already shows them."""
    for side in (0, 1):
        if not _CARRIES_OUT.search(texts[1 - side] + around[1 - side]):
            told = [each[2:4] if side else each[:2] for each in edits]
            for found in _AND_CARRIES_OUT.finditer(texts[side]):
                if not any(start < found.end() and found.start() < end for start, end in told):
                    way = Direction.WIDER if side else Direction.NARROWER
                    yield Edit(*((0, 0, *found.span()) if side else (*found.span(), 0, 0)), way)


_Place = tuple[int, int]


def _gap(one: Edit, other: Edit) -> int:
    """Return the characters between two edits on the sides that both edits touch (the larger of two gaps)."""
    gaps = []
    if one.old_end and other.old_end > other.old_start:
        gaps.append(other.old_start - one.old_end)
    if one.new_end and other.new_end > other.new_start:
        gaps.append(other.new_start - one.new_end)
    return max(gaps, default=BESIDE + 1)


def _join(one: Edit, other: Edit) -> Edit:
    places: list[_Place] = []
    for first, last in (
        ((one.old_start, one.old_end), (other.old_start, other.old_end)),
        ((one.new_start, one.new_end), (other.new_start, other.new_end)),
    ):
        have = [place for place in (first, last) if place[1] > place[0]]
        places.append((have[0][0], have[-1][1]) if have else (0, 0))
    direction = one.direction if one.direction is other.direction else Direction.CHANGED
    return Edit(*places[0], *places[1], direction)


def _edit(
    run: tuple[Sequence[ContentWord], Sequence[ContentWord]],
    gaps: tuple[_Place, _Place],
    texts: tuple[str, str],
    elsewhere: tuple[str, str],
    counted: tuple[str, str],
) -> Iterator[Edit]:
    gone, come = _new_to(run[0], elsewhere[1]), _new_to(run[1], elsewhere[0])
    left = list(_members_left(run, (gone, come), gaps, texts, elsewhere))
    if left:
        yield from left
        return
    if not gone and not come and bool(run[0]) != bool(run[1]):
        yield from _one_more(run, gaps, texts, counted)
        return
    words = "".join(token.key for token in gone), "".join(token.key for token in come)
    if words[0] == words[1] or (words[0] in elsewhere[1] and words[1] in elsewhere[0]):
        return  # the same words in another order, or in another cut
    if sorted(words[0]) == sorted(words[1]) or not any(map(_CONTENT.search, words)):
        return  # 爱护公物的, 公物爱护的
    before = _with_members(gone, gaps[0], texts)
    after = _with_members(come, gaps[1], texts[::-1])
    denied = any(
        side.startswith(_DENIED) and side[1:] in other
        for side, other in zip(words, elsewhere[::-1], strict=True)
    )
    way = _quantified(*words, texts[not gone][: (gone or come)[0].start]) or (
        Direction.CHANGED if denied else _direction(gaps, texts)
    )
    if way is Direction.CHANGED and not (gone and come):
        kept = _filler_in_place(gaps, texts, int(bool(gone)))
        before, after = (before, kept) if gone else (kept, after)
    yield Edit(*before, *after, way)


def _filler_in_place(gaps: tuple[_Place, _Place], texts: tuple[str, str], side: int) -> _Place:
    """Return the place of the filler (国家 before 行业协会) that new words replaced or that replaced them; (0, 0) for none."""
    words = [text[slice(*gap)] for text, gap in zip(texts, gaps, strict=True)]
    lead, tail = common_ends(*words)
    place = gaps[side][0] + lead, gaps[side][1] - tail
    return place if texts[side][slice(*place)] in _NAMED_FILLERS else (0, 0)


_NAMED_FILLERS = frozenset(
    {"国家", "政府", "人民政府", "本市", "本区", "全市", "全区", "我市", "我区", "单位", "人员", "我国"}
)
"""Fillers that name a party or an area, so that other words can take their place."""


def _with_members(tokens: Sequence[ContentWord], gap: _Place, texts: tuple[str, str]) -> _Place:
    """Return the place of new tokens, widened to whole list members that are new: 工作秘密 beside 个人隐私.

    `tokens` are absent from the other part, `gap` is the place of the added or removed words, `texts` are
    the part and the other part.
    """
    if not tokens:
        return 0, 0
    start, end = tokens[0].start, tokens[-1].end
    text, other = texts
    if "、" in text[gap[0] : gap[1]]:
        for found in _LISTED.finditer(text, *gap):
            if found[0] not in other and found.end() > found.start() + _LONE:
                start, end = min(start, found.start()), max(end, found.end())
    return start, end


def _members_left(
    run: tuple[Sequence[ContentWord], Sequence[ContentWord]],
    told: tuple[Sequence[ContentWord], Sequence[ContentWord]],
    gaps: tuple[_Place, _Place],
    texts: tuple[str, str],
    elsewhere: tuple[str, str],
) -> Iterator[Edit]:
    """Yield list members that the other side lacks, while the rest of the list moved to another half-sentence.

    甲单位、乙单位伪造数据 → 乙单位的人员，伪造数据: each word of 甲单位 stands in the new words, the member does
    not.
    """
    for side, way in ((0, Direction.NARROWER), (1, Direction.WIDER)):
        text, other = texts[side], elsewhere[1 - side]
        if not run[side]:
            continue
        start, end = run[side][0].start, run[side][-1].end
        ending = _END_OF_NAME.match(text, end, gaps[side][1])
        end = ending.end() if ending else end
        members = [found.span("member") for found in _MEMBERS.finditer(text[start:end])]
        members = [(start + one, start + last) for one, last in members]
        left = [place for place in members if one_writing(text[slice(*place)]) not in other]
        if len(left) == len(members) or not all(
            any(one <= token.start and token.end <= last for one, last in left) for token in told[side]
        ):
            continue
        for place in left:
            # a member that begins like one on the other side may only be reworded: 操作规程 → 操作规范
            half = one_writing(text[place[0] : (place[0] + place[1] + 1) // 2])
            goes = Direction.CHANGED if half in other else way
            yield Edit(*place, 0, 0, goes) if not side else Edit(0, 0, *place, goes)
        rest = told[1 - side]
        if left and rest:
            place = rest[0].start, rest[-1].end
            yield Edit(*place, 0, 0, Direction.CHANGED) if side else Edit(0, 0, *place, Direction.CHANGED)


_END_OF_NAME = lazy_pattern("单位|机构|部门|机关|人员")
"""Endings that belong to a name beside its content words."""
_MEMBERS = lazy_pattern(
    "(?:^|、|以及|或者|[和或及与]其?)(?P<member>[一-鿿]{2,24}?)"
    "(?=的?(?:$|、|以及|或者|[和与](?!谐|平(?!台)|解)|或|及(?!时)))"
)
"""The members of a list, without the joints between them."""

_LISTED = lazy_pattern(
    "(?:(?<=、)|(?<=和)|(?<=及)|(?<=或)|(?<=或者)|(?<=以及))[一-鿿]{3,12}(?=、|和|及|或|以及)"
)
"""A whole list member between two joints."""
_LONE = 2
"""Most characters of a member that its tokens show; a longer member may consist of words that stand elsewhere."""


_DENIED = ("被", "非", "未", "不", "无")
"""Prefixes that turn a noun into another noun without narrowing it: 申请人 → 被申请人."""


_LIMITS = frozenset({"仅", "只", "仅限", "只限", "仅在", "只在"})
"""Words that exclude everything else; removing them allows more."""
_FREE = frozenset({"免费", "无偿"})
_AT_WILL = _FREE | {"随时"}
"""Manners that a permission grants: 可以随时解除 → 可以解除 grants less, while 可以书面申请 → 可以申请 grants more."""
_SOME, _ALL = frozenset({"部分", "个别", "若干", "少数"}), frozenset({"全部", "所有", "一切", "全体"})


@cache
def _manner() -> frozenset[str]:
    """Return the adverbs of manner in the normal form of `content_words`, where 公开 is 公布."""
    return frozenset(map(one_writing, vocabulary().manner))


def _quantified(gone: str, come: str, before: str) -> Direction | None:
    """Return the direction of a rule where 全部, 部分 or an adverb of manner (书面, 当面) was added or removed."""
    manner = _manner()
    if "不限于" in (gone, come) and not (gone and come):
        return Direction.WIDER if come else Direction.NARROWER  # 包括但不限于, 包括
    if (gone in manner | _LIMITS and not come) or (come in manner | _LIMITS and not gone):
        granted = (gone or come) in _AT_WILL and _ALLOWED_BEFORE.search(before) is not None
        return Direction.STRICTER if granted == bool(gone) else Direction.LOOSER
    if gone in _FREE and come and come not in manner:
        return Direction.LOOSER  # 免费, 半价
    if come in _FREE and gone and gone not in manner:
        return Direction.STRICTER
    reach = [
        1 if words in _ALL else -1 if words in _SOME else 0 if not words else None for words in (gone, come)
    ]
    if reach[0] is None or reach[1] is None or reach[0] == reach[1]:
        return None
    return Direction.WIDER if reach[1] > reach[0] else Direction.NARROWER


def _one_more(
    run: tuple[Sequence[ContentWord], Sequence[ContentWord]],
    gaps: tuple[_Place, _Place],
    texts: tuple[str, str],
    counted: tuple[str, str],
) -> Iterator[Edit]:
    """Yield a list member that only one side has, although its words recur elsewhere: 工作秘密 beside 国家秘密."""
    side = int(bool(run[1]))
    keys = [token.key for token in run[side]]
    if all(counted[side].count(key) <= counted[1 - side].count(key) for key in keys):
        return  # the list stands in another order
    bare_joint = _ONLY_JOINT.fullmatch(texts[1 - side][slice(*gaps[1 - side])])
    way = (Direction.NARROWER, Direction.WIDER)[side] if bare_joint else _direction(gaps, texts)
    start, end = gaps[side]
    if not _ONLY_JOINT.match(texts[side], max(0, start - 1)):
        start = max(start, run[side][0].start)
    member = _MEMBER.search(texts[side][start:end])
    if way is Direction.CHANGED or member is None:
        return
    place = start + member.start(1), start + member.end(1)
    if "、" not in texts[side][max(0, start - 1) : end + 1]:
        place = run[side][0].start, run[side][-1].end
        if end - gaps[side][0] - (gaps[1 - side][1] - gaps[1 - side][0]) != place[1] - place[0]:
            return  # more was put in than these words
        words = ("", "".join(keys)) if side else ("".join(keys), "")
        way = _quantified(*words, texts[side][: run[side][0].start]) or way
    yield Edit(*(*place, 0, 0) if not side else (0, 0, *place), way)


_ONLY_JOINT = lazy_pattern("、|和|及|与|或|或者|以及")
_MEMBER = lazy_pattern("^(?:、|和|及|或者|以及|或)?([一-鿿]{2,10}?)(?:、|和|及|或者|以及|或|$)")


def _new_to(tokens: Sequence[ContentWord], other: str) -> list[ContentWord]:
    """Return the tokens absent from the other side, with tokens that form one name with them: 殡仪 and 服务站."""
    new = [len(token.key) < _TELLING or token.key not in other for token in tokens]
    if True not in new:
        return []
    first, last = new.index(True), len(new) - 1 - new[::-1].index(True)
    while first and tokens[first - 1].end == tokens[first].start:
        first -= 1
    return [
        token
        for index, token in enumerate(tokens[first : last + 1], first)
        if new[index] or index < new.index(True)
    ]


def _direction(gaps: tuple[_Place, _Place], texts: tuple[str, str]) -> Direction:
    """Return the direction of words that were only added or only removed; `changed` for all other edits.

    A joined noun widens, an attribute before a noun narrows; removed words do the reverse.
    """
    old, new = (text[slice(*gap)] for text, gap in zip(texts, gaps, strict=True))
    comes = len(new) > len(old)
    longer, shorter = (new, old) if comes else (old, new)
    text, (start, end) = (texts[1], gaps[1]) if comes else (texts[0], gaps[0])
    lead, tail = common_ends(shorter, longer)
    start, end = start + lead, end - tail
    if lead + tail < len(shorter) or any(_ACTS_WITH.match(text, one) for one, _ in _turned(text, start, end)):
        return Direction.CHANGED
    if _FURTHER_ACT.match(text, start):
        if text.startswith("的", end) or text[start:end].endswith("的"):  # 六十平方米以下并临街的餐饮店
            return Direction.NARROWER if comes else Direction.WIDER
        return (
            Direction.STRICTER
            if comes == (_ALLOWED_BEFORE.search(text[:start]) is None)
            else Direction.LOOSER
        )
    if any(
        _JOINS.search(text[one:other]) or _is_coordinate(text, one, other)
        for one, other in _turned(text, start, end)
    ):
        return Direction.WIDER if comes else Direction.NARROWER
    halved = end == start + 1 and any(
        text[max(0, at) : at + 2] in cut_known_words(text) for at in (start - 1, start)
    )  # of a word of two characters none tells attribute from member: 牛肉, 桌椅
    if halved or _JOINS_WITHIN.search(text[start:end]) or not _NOUN_AFTER.match(text, end):
        return Direction.CHANGED
    return Direction.NARROWER if comes else Direction.WIDER


def _is_coordinate(text: str, start: int, end: int) -> bool:
    """Return whether a stretch stands beside a word of its own kind without a joint: 烟 in 烟酒, 经营 in 生产经营."""
    return any(
        text[start:end] in group
        and any(text.endswith(other, 0, start) or text.startswith(other, end) for other in group)
        for group in vocabulary().coordinates
    )


_FURTHER_ACT = lazy_pattern("并且?(?=[一-鿿]{2})(?!处)")
"""A joint of acts, while 和 and 、 join things: 告知申请人并说明理由."""
_ACTS_WITH = lazy_pattern("会同|联合(?!会|体|国)|协同")
"""A verb behind which a party is named that acts too; it is neither an attribute nor a member of a list: 教育部门会同公安机关开展检查."""
_ALLOWED_BEFORE = lazy_pattern("(?:可以|有权)[^，。；]*$")
"""A permission before a further act; the permission then covers the further act, while without it the act is a further duty."""


_NOUN_AFTER = lazy_pattern("(?!应当|必须|可以|不得|不应|有权|负责(?!人)|承担)[一-鿿]")
"""A noun that an attribute narrows; before a modal, new words name another party instead: 学生可以 → 学生家长可以."""


def _turned(text: str, start: int, end: int) -> Iterator[_Place]:
    """Yield each place where the same words may have been removed; from A、B、C to A、C it was B、 or 、B."""
    yield start, end
    one, other = start, end
    while one and text[one - 1] == text[other - 1]:
        one, other = one - 1, other - 1
        yield one, other
    while end < len(text) and text[start] == text[end]:
        start, end = start + 1, end + 1
        yield start, end


def is_denied(old: str, before: tuple[int, int] | None, new: str, after: tuple[int, int] | None) -> bool:
    """Return whether one side denies an act of the other (公开征求意见 → 不公开征求意见); 不合格的产品 only names a product."""
    text, place, other = (old, before, new) if before else (new, after, old)
    if place is None or (before and after):
        return False
    words = text[slice(*place)]
    return words[0] in "不未" and words[1:] in other and not _NAMES_A_THING.match(text, place[0] + 1)


_NAMES_A_THING = lazy_pattern("[一-鿿]{1,4}的(?=[一-鿿])")
