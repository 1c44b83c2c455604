"""Names of one office in two texts, and who acts in the place of another: an office that the superior leaves open, a body of another kind, somebody who is no office, a further body that consents."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from policydiff.lexicon.bodies import place_and_office, system_of
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import Direction, Signal, SignalType, Span
from policydiff.substance.offices import GRADE, STRUCK, find_bodies, same_office, strike_places
from policydiff.substance.vocabulary import InForm, rewritten, say_alike
from policydiff.substance.weighing import SOFT, weight_of

ANY_OFFICE = lazy_pattern("[本各全市区县镇乡省]*(?:政府|有关|相关|主管|行政|管理|职能|各)*(?:部门|机构|机关)")
"""An office in general: 有关部门, 主管机关."""


def names_offices(old: str, new: str) -> bool:
    """Return whether general offices or providers got names: 有关部门 → 区林业站、各镇林长办, 供水企业 → 区自来水公司."""
    if _PROVIDER.fullmatch(old) and _OWN_PROVIDER.fullmatch(new):
        return True
    return ANY_OFFICE.fullmatch(old) is not None and all(map(names_office, re.split("[、和及]", new)))


_PROVIDER = lazy_pattern("[一-鿿]{2,8}(?:企业|单位|机构|公司)")
_OWN_PROVIDER = lazy_pattern(f"[本{STRUCK}]?[省市区县镇{STRUCK}][一-鿿]{{2,14}}(?:公司|集团|医院|馆|院)")


def in_names_of(text: str, other: str) -> InForm:
    """Return a text in which offices have the names that the `other` text gives them."""
    return rewritten(text, as_named_in(text, other))


def as_named_in(text: str, other: str) -> Iterator[tuple[int, int, str]]:
    """Yield the places in `text` of offices that the `other` text names otherwise, with the name there: 教育局 → 教育行政部门.

    Only the words after place, level and government are replaced, because these are compared by themselves; 行政 and 主管 need no replacement.
    """
    sides = [[each for each in find_bodies(side) if not each.shares_ending] for side in (text, other)]
    kept = {_of_its_own(each.name) for each in sides[0]} & {_of_its_own(each.name) for each in sides[1]}
    for body in sides[0]:
        own = _of_its_own(body.name)
        same = {_of_its_own(each.name) for each in sides[1] if each.same(body)} - kept if own else ()
        if own in kept or len(same) != 1:
            continue
        name = same.pop()
        if GRADE.sub("", name) != GRADE.sub("", own):
            yield body.end - len(own), body.end, name


def _of_its_own(name: str) -> str:
    """Return the words of a known office after place, level and government (区人民政府教育局 → 教育局); empty for all others and for those of the state, whose whole name is known."""
    office = name.rpartition("人民政府")[2].lstrip(STRUCK)
    found = None if "府办" in name or office.startswith("办公") else place_and_office(office)
    return office.removeprefix(found[0]) if found and found[0] not in ("中国", "国家") else ""


def names_office(words: str) -> bool:
    """Return whether words name an office: 市容环境综合管理中心, 区财政, 监督管理机构; a 养老机构 or 检测机构 is no office."""
    return bool(find_bodies(words)) or _NAMES_OFFICE.search(words) is not None


_NAMES_OFFICE = lazy_pattern(
    "(?:部门|机关|政府|委员会|中心|窗口|办公室|财政|街道|(?<![格布])[局委办所站队]|(?:事务|监督|执法|征收|经办)机构)$"
)


def turned(old: str, new: str) -> bool:
    """Return whether two bodies exchanged their roles, at whatever level: the leading body now assists, the informed body now informs."""
    one, other = (strike_places(words).replace(STRUCK, "") for words in (old, new))
    swapped = sorted(old) == sorted(new) or (one != other and sorted(one) == sorted(other))
    return old != new and (swapped or all(map(_AROUND_VERB.search, (old, new))))


_AROUND_VERB = lazy_pattern("应当|不得|可以|必须|会同|委托|向")
"""Words between two bodies, in a signal that holds more than a name."""


def tasks_exchanged(superior: str, local: str, found: Sequence[Signal]) -> Iterator[Signal]:
    """Yield a signal where two offices have each other's acts, unless `found` shows it: 市水务局受理，市财政局拨付 → 静安区财政局受理，静安区水务局拨付."""
    if any(each.type is SignalType.BODY and each.old and each.new and each.weight > SOFT for each in found):
        return
    acts = [
        [(text[each.end : each.end + _ACT], each) for each in find_bodies(text) if not each.shares_ending]
        for text in (superior, local)
    ]
    told = [
        {act: each for act, each in side if len(act) == _ACT and act[0] not in "、和与及或，。；的"}
        for side in acts
    ]
    both = [act for act in told[0] if act in told[1]]
    for first, second in combinations(both, 2):
        (one, other), (new, newer) = ((side[first], side[second]) for side in told)
        names = [strike_places(each.name).replace(STRUCK, "") for each in (one, other, new, newer)]
        crossed = same_office(names[0], names[3]) and same_office(names[1], names[2])
        if crossed and not same_office(names[0], names[2]):
            places = [
                Span(min(a.start, b.start), max(a.end, b.end) + _ACT) for a, b in ((one, other), (new, newer))
            ]
            yield Signal(
                type=SignalType.BODY, direction=Direction.CHANGED, weight=weight_of(SignalType.BODY),
                old=superior[places[0].start : places[0].end], new=local[places[1].start : places[1].end],
                old_span=places[0], new_span=places[1],
            )  # fmt: skip


_ACT = 2
"""Characters behind an office that identify its act: 受理, 拨付."""


def bears_another(signal: Signal, superior: str, local: str) -> bool:
    """Return whether a party that is no office was replaced (由施工单位承担 → 由业主承担), or another kind of office decides."""
    if not (signal.old and signal.new and signal.old_span and signal.new_span):
        return False
    sides = [words.strip(STRUCK) for words in (signal.old, signal.new)]
    if signal.type is not SignalType.BODY:
        helps = [_HELPS.search(words) is not None for words in sides]
        if helps[0] != helps[1] and _HELPS.fullmatch(sides[helps[1]]):
            return True  # 开展, 协助开展
        offices = (names_office(words) or _CHOSEN_BY_OFFICE.match(words) for words in sides)
        private = (PRIVATE.search(_CHOOSES.sub("", words)) for words in sides)
        return signal.type is SignalType.SCOPE and any(private) and any(offices)
    if not all(map(names_office, sides)):
        return not say_alike(*sides)
    judges = [set(_JUDGES.findall(words)) for words in sides]
    if judges[0] != judges[1]:
        return True
    kinds = [_field_of(words) for words in sides]
    approves = _APPROVES.match(superior, signal.old_span.end) is not None
    of_town = _OF_ALL_FIELDS.search(local[slice(*signal.new_span)]) is not None
    # offices competent by law (主管部门); the 区民政局 of a plan may hand on its task, and an entrusted body is chosen
    entrusted = superior.endswith("委托", 0, signal.old_span.start)
    delegated = of_town and sides[0].endswith("主管部门") and not entrusted
    return delegated or (approves and kinds[0] != kinds[1] and all(kinds))


_HELPS = lazy_pattern("(?:协助|配合|参与|帮助|参加)$")
_CHOSEN_BY_OFFICE, _CHOOSES = lazy_pattern("(?:指定|确定)"), lazy_pattern("(?:自行)?(?:委托|聘请|选[定择])$")
"""Words for a body that an office chooses, the office itself being struck (指定的机构), and for the choice of another party (申请人委托)."""
PRIVATE = lazy_pattern(
    "(?:企业|公司|业主|居民|村民|用户|个人|当事人|申请人|协会|商会|经营者|社会组织|合作社|学校|医院)$"
)
"""Endings of parties that are no offices."""
_JUDGES = lazy_pattern("法院|检察|仲裁|监察|公证|(?:(?<=[村居])|(?<=[村居]民))委")
"""Bodies outside the government that no locality can replace: courts, procuratorates, committees of villagers and residents."""
_APPROVES = lazy_pattern("[，]?(?:依法)?(?:审[核查])?(?:审批|批准|核准|同意|许可)")


def is_other_field(signal: Signal) -> bool:
    """Return whether the body was replaced by a body of another field of work (公安机关 → 文化旅游部门); a government's own office has no field."""
    held = [
        {_field_of(body.name.strip(STRUCK).rpartition("人民政府")[2]) for body in find_bodies(words or "")}
        for words in (signal.old, signal.new)
    ]
    return not held[0] & held[1] and all(each and not each & {None, "政府"} for each in held)


def _field_of(office: str) -> str | None:
    """Return the field of work of an office; None or 政府 for subdistrict offices, village committees and governments, which have no field."""
    field = system_of(office) or ("政府" if _OF_ALL_FIELDS.search(office) else "")
    return _HELD_BY.get(field, field) or None


_OF_ALL_FIELDS = lazy_pattern("(?:[镇乡](?:人民)?政府|办事处|街道|街镇|[村居]民委员会)$")
_HELD_BY = {
    "房屋管理": "住房城乡建设",
    "林业和草原": "绿化市容",
    "城市管理": "绿化市容",
    "文物": "文化和旅游",
    "中医药": "卫生健康",
}
"""Fields that one office has in some cities and two offices in others: 房产主管部门 is 住房城乡建设主管部门 in Hangzhou."""


def consents_apart(superior: str, local: str) -> Iterator[Signal]:
    """Yield where one body more or less has to consent, or one of several is enough: 经甲部门批准, 经甲部门和乙部门批准."""
    found, told = ([*_CONSENT.finditer(text)] for text in (superior, local))
    for one, other in zip(found, told, strict=False) if len(found) == len(told) else ():
        who = one["who"], other["who"]
        members = [len(_MEMBERS.split(words)) for words in who]
        needed = [1 if "或" in words else held for words, held in zip(who, members, strict=True)]
        if (members[0] == members[1] and needed[0] == needed[1]) or any(map(_LEFT_OPEN.search, who)):
            continue
        more = needed[1] > needed[0] if needed[0] != needed[1] else members[1] < members[0]
        yield _apart(SignalType.CONDITION, Direction.STRICTER if more else Direction.LOOSER, one, other)


def bound_apart(superior: str, local: str) -> Iterator[Signal]:
    """Yield where the same ban binds somebody in one passage, and anybody in the other: 国家机关不得包庇, 任何单位和个人不得包庇."""
    for one, other in product(_BANNED.finditer(superior), _BANNED.finditer(local)):
        anybody = [_ANYBODY.search(each["who"]) is not None for each in (one, other)]
        who = [each["who"].removeprefix("任何") for each in (one, other)]
        another = anybody[0] != anybody[1] and who[0] != who[1] and not any(map(_OTHERWISE.search, who))
        if one["act"] == other["act"] and another:
            yield _apart(SignalType.SCOPE, Direction.WIDER if anybody[1] else Direction.NARROWER, one, other)


def _apart(kind: SignalType, way: Direction, one: re.Match[str], other: re.Match[str]) -> Signal:
    """Return a signal on who is named in two phrases."""
    spans = Span(*one.span("who")), Span(*other.span("who"))
    who = {"old": one["who"], "new": other["who"], "old_span": spans[0], "new_span": spans[1]}
    return Signal(type=kind, direction=way, weight=weight_of(kind), **who)


_BANNED = lazy_pattern("(?<![^，。；\\n])(?P<who>[^，。；\\n]{2,24}?)(?:不得|禁止|严禁)(?P<act>[^，。；]{4})")
_ANYBODY = lazy_pattern("^任何|(?:单位|组织)(?:、|和|与|或者?)个人$")
_OTHERWISE = lazy_pattern("的$|应当|可以|^(?:未|在|对|并|且|其)|[内中后前时下]$")
"""Words before a ban that name a case, time or place, or another rule, not who is bound."""


_CONSENT = lazy_pattern(
    "(?:经|征得|取得)(?P<who>[^，。；]{2,40}?)(?:依法|审[查核])?(?:批准|同意|核准|许可|审批|审定)"
)
_MEMBERS = lazy_pattern(
    "(?<=[一-鿿]{3})(?:、|和|与|及|以及|或者?)(?!自治区|直辖市|[省市区县乡镇]?(?:级|人民政府|政府|有关|相关))"
)
_LEFT_OPEN = lazy_pattern("有关|相关|各|等|以上")
"""Offices that a passage does not count, and of which another names as many as there are."""


def named_for(
    left_open: re.Pattern[str], names: str, superior: str, local: str
) -> Iterator[tuple[Span, Span]]:
    """Yield what a superior leaves open, and the names that a local passage has between the same words."""
    for place in left_open.finditer(superior):
        before, behind = superior[: place.start()][-SEEN:], _UNCOUNTED.match(superior, place.end())
        named = re.search(
            f"(?<={re.escape(before)}){names}(?={re.escape(behind[0] if behind else '')})", local
        )
        if named and named[0] not in superior and not _CHOSEN.search(named[0]):
            yield Span(*place.span()), Span(*named.span())


_CHOSEN = lazy_pattern("(?:委托|聘请|选择|确定|指定|认可)的")
_UNCOUNTED = lazy_pattern("[^\\d一二三四五六七八九十百千万]{0,3}")


def offices_named(superior: str, local: str) -> Iterator[tuple[Span, Span]]:
    """Yield where of two struck passages the superior leaves an office open, and the local one names it, as `named_for`."""
    return named_for(_OPEN_OFFICE, _OFFICES_NAMED, superior, local)


_OPEN_OFFICE = lazy_pattern(
    f"[{STRUCK}一-鿿]{{0,14}}政府(?:确定|指定)的[一-鿿]{{0,8}}(?:部门|机构)|(?:政府)?(?:各?有关|相关)(?:职能|行政|主管)?(?:部门|单位)(?!会同)"
)
_OFFICES_NAMED = f"(?:(?:[{STRUCK}一-鿿]{{2,12}}[、和])+[{STRUCK}一-鿿]{{2,12}}|由[{STRUCK}一-鿿]{{2,12}})(?:部门|单位|机构|[局委办队])"
"""Offices that a superior leaves open, and those named in their stead: 政府有关部门, 市场监管、税务等部门; 由人民政府确定的部门, 由城市管理部门."""
SEEN = 3
"""Characters on either side by which a place is known again in the other passage: that of a comma by 「关部门可」, of what is left open."""
