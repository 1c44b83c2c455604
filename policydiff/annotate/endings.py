"""Texts that a sentence ends, extends, keeps in force or suspends: 《某办法》（沪府发〔2018〕25号）同时废止."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from policydiff.annotate.cited_titles import Title, find_titles
from policydiff.lexicon.document_numbers import find_decrees, find_numbers
from policydiff.lexicon.force import NARROW, OWN
from policydiff.lexicon.horizons import ANY_DAY, DATE, date_of
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import ACT_KINDS
from policydiff.model.annotations import ForceKind, NamedText

_HOW = "(?:同时|即行|一并|相应|予以|自行|自动|均|也|亦|即|一律|立即|全部|随之|现予|停止并|正式|宣布|宣告|届时|全文|分别)"
_ENDED = lazy_pattern(
    rf"(?P<how>{_HOW}{{0,3}})(?P<verb>废止|失效|停止执行|停止施行|停止实施|停止适用|终止执行|终止施行|不再执行|不再适用|不再施行|不再实施|不再有效|作废|撤销|取消)"
    r"(?=[。；;，,、：:！）)\s]|$|执行|生效|施行)"
)
_ENDING = lazy_pattern(
    r"(?:决定|现|予以|宣布|宣告|同时|一并|经研究，|相应)?(?P<verb>废止|宣布失效|停止执行|宣布废止|停止施行|停止适用|终止执行|撤销(?=□))(?:以下|下列|下述)?(?:了)?(?=[^的者或前后时和、及]|和□|$)"
)
_EXTENDED = lazy_pattern(
    rf"有效期(?:限)?[^，。；]{{0,8}}?(?:延长|延续|顺延|延期|续期|调整)(?:为)?(?:(?:至|到)(?P<day>{ANY_DAY})|(?P<number>\d{{1,2}}|[一二三四五六七八九十两]{{1,3}})个?(?P<unit>年|月))(?:，?(?:延长)?(?:至|到)(?P<day3>{ANY_DAY}))?"
    rf"|(?:延长|延续|顺延|延期)(?:执行|施行|实施|试行)?(?:的)?(?:有效期(?:限)?|施行期限?|试行期限?|执行期限?|期限|时间)?[^，。；]{{0,6}}?(?:(?:至|到)(?P<day2>{ANY_DAY})|(?P<number2>\d{{1,2}}|[一二三四五六七八九十两]{{1,3}})个?(?P<unit2>年|月))(?:，?(?:延长)?(?:至|到)(?P<day4>{ANY_DAY}))?",
    re.VERBOSE,
)
_CONTINUES = lazy_pattern(
    rf"(?:继续|仍然|仍)(?:有效|执行|施行|实施|适用|试行)(?:[，,]?(?:有效期限?(?:为|延长)?)?(?:(?:延长|延续)?(?:至|到)(?P<day>{ANY_DAY})|(?P<number>\d{{1,2}}|[一二三四五六七八九十两]{{1,3}})个?(?P<unit>年|月)))?",
    re.VERBOSE,
)
_SUSPENDED = lazy_pattern(
    rf"(?:暂停|中止|暂缓|暂时停止|暂时调整|停止)(?:执行|施行|实施|适用)(?:[^，。；]{{0,6}}[，,]?(?:至|到)(?P<day>{ANY_DAY}))?|(?:暂停|中止|暂时停止|暂时调整)(?P<active>适用|实施|施行|执行)",
    re.VERBOSE,
)
_PUT_OFF = lazy_pattern(
    rf"(?:推迟|延期|延迟|延后|推后|顺延|暂缓|调整为?|改为)(?:到|至|自|为)?(?P<day>{ANY_DAY})(?:起)?(?:开始|正式)?(?:施行|实施|执行|生效)",
    re.VERBOSE,
)
_ITS_TERM = lazy_pattern("^(?:[^，。□]{0,24}，)?[　 ，将其]*(?:(?:有效|实施|施行|执行|试行|适用)期限?)?$")
"""Words before an extension that name no other text: 经评估需继续实施，实施期限|延长至…."""
_FROM = lazy_pattern(
    rf"(?:自|从|于)(?P<day>{ANY_DAY})(?:零时|0时)?(?:之日)?起?(?:(?:至|到)(?P<until>{ANY_DAY}))?", re.VERBOSE
)
_NOT_DONE = lazy_pattern(
    r"(?:应当?|可以?|可能|需要?|必须|建议|是否|如果?|若|或者|或|拟|将要|提请|申请|不|未|逾期|被|无需|无须|经|已经?|早已|不得|及时|而|者|擅自|责令|依法|有权|认为|确需|予以修改、|期满|届满|自始|自|即可|方可|当然)$"
)
_LONGEST_CLAUSE = 400
"""Characters read before the verb of an ending: longer than any half-sentence, a bound on time alone."""
_CLASS = lazy_pattern(
    "(?:规定|办法|文件|政策|解释|意见|细则|制度|通知|方案|决定|条例|标准|法规|规章|批复|答复)"
    "[^，。；]{0,4}(?:，?与[^，。；]{1,24}(?:的|，))?[，,]?$|(?:不一致|不符|抵触)[^，。；]{0,6}[，,]?$"
)
"""A class of texts without a name: 过去有关部门制定的金银管理办法|即行废止, 凡与本法抵触的，|同时失效."""
_STRONG = lazy_pattern("同时|不再|一律|即行|即|停止|均|予以|全部|自行废止|宣布")
_CONDITION = lazy_pattern(
    "待[^，。]{2,40}[后时]|届时|出台后|之前仍|在[^，。]{2,30}(?:之前|前)，|之后|期满后|另行通知"
)
_NOT_THIS = lazy_pattern(
    "前[一二两三]?款|本款|该款|许可|证书|证件|执照|批准文件|合同|协议|登记|裁定|判决|支付令|处罚|决定书|证自|证同时|资格|名额|账户|牌"
)
_PART = r"(?:第[〇零一二三四五六七八九十百千\d]+(?:条(?:之[一二三四五六七八九十]+)?|款|项|目|章|节))+"
_SOME = r"(?:部分|个别|若干|有关|相关|某些|少数)[^，。；、□及和与]{0,10}?(?:条款|条文|条|款|内容|规定|附件|文件|政策)"
"""Clauses that are not named one by one, so that the rest of the text stands."""
_OTHERS_TOO = lazy_pattern(rf"等[^，。；□]{{0,10}}?(?:中)?的?(?P<part>{_SOME})")
"""Part of each text named before: 《甲办法》等文件部分条款."""
_KIND_OF_ACT = lazy_pattern(f"的(?:{ACT_KINDS})(?:[（(][^（）()]*[）)])?$")
"""The end of a title that belongs to the act itself."""
_PLACE = lazy_pattern(
    rf"^(?:[（(][^（）()]{{0,60}}[）)])?(?:中)?(?:的)?(?:的?{_PART}(?:(?:、|和|及|以及|与|至|到){_PART})*|附件[一二三四五六七八九十\d]*|{_SOME}|关于[^，。；]{{2,40}}(?:的规定|的条款|的内容|部分)|中有?关?[^，。；]{{2,30}}(?:的?规定|的?条款|的?内容|部分))"
    rf"(?:[^，。；□]{{0,50}}?(?=，?(?:{_HOW}|自|从|于(?=[12一二])|废止|失效|停止|终止|不再|作废|撤销|取消|有效期|继续|暂停|推迟|延)|[，。；、]|$))"
)
_BASIS = lazy_pattern(
    r"(?:根据|依据|按照|依照|经|为(?:了)?(?:贯彻|落实)?|贯彻|落实|遵照|以|适用|代替|按)(?:[\u4e00-\u9fff、]{0,20})$"
)
_PUBLISHED_BY = lazy_pattern("(?![、和及与])[^。；，□]{0,60}?(?:的|，)?□")
"""The paper that published a text, before the title of the text: 某府发〔1986〕148号文件发布的《某办法》."""
_AMENDED_BY = lazy_pattern(
    "(?:[^，。；、□]{0,12})?(?:第[一二三四五六七八九十]+次)?(?:修正|修订|修改|批准|通过|公布)(?:的|，|、)(?=[^。；]*□)"
)
"""A decision that only marks the edition of a text: 《关于修改…的决定》修正的《…办法》同时废止."""


_POWER = lazy_pattern("可以|应当|决定的期限|经.{0,20}批准|根据.{0,12}需要")
_BESIDE = 12
"""Characters between the verb and the title behind it: 暂时调整适用|《…条例》, 延长|《…办法》|有效期."""
_SINCE_OWN = lazy_pattern(
    "(?:自|从)本[\u4e00-\u9fff]{1,8}(?:之日|日)起?|本[\u4e00-\u9fff]{1,8}(?:施行|实施|发布|公布|印发|生效)(?:之?日|之?后|时)"
)


class Ending(NamedTuple):
    """A statement that another text ends, continues, or is suspended."""

    kind: ForceKind
    start: int
    end: int
    """End of the words of the statement in the sentence."""
    target: NamedText | None
    """The other text; None for the text itself."""
    day: date | None = None
    """First day of the end or the suspension, if one is printed."""
    until: date | None = None
    term_months: int | None = None
    conditional: bool = False
    announces_list: bool = False
    """Whether the texts are named in the list that follows: 对以下文件予以废止：."""


class _Named(NamedTuple):
    start: int
    end: int
    text: NamedText


def mask_titles(words: str, titles: Sequence[Title]) -> str:
    """Return words with titles in 《》 replaced by □, length unchanged."""
    pieces: list[str] = []
    done = 0
    for title in titles:
        pieces.append(words[done : title.start])
        pieces.append("□" * (title.end - title.start))
        done = title.end
    pieces.append(words[done:])
    return "".join(pieces)


def read_endings(titles: Sequence[Title], masked: str) -> Iterator[Ending]:
    """Yield the endings of other texts in a sentence, in order; a text named twice for one ending is yielded once.

    In `masked` the titles are masked, and digits have half width.
    """
    named = _named(titles, masked)
    taken: set[int] = set()
    passive = [*_ENDED.finditer(masked)]
    boundary = 0
    for match in passive:
        if _refused(masked, match, boundary):
            continue
        yield from _ended(masked, match, boundary, named, taken)
        boundary = match.end()
    for match in _ENDING.finditer(masked):
        yield from _ends_those_behind(masked, match, named, taken)
    yield from _moved(masked, [each for each in named if each.start not in taken])


def titled_ending(title: str) -> Iterator[Ending]:
    """Yield the endings and extensions of texts named in a title: 关于废止《甲办法》和《乙规定》的决定."""
    found = re.search(
        "(?:关于|决定)(?:公布)?(?:(?P<ends>废止|宣布失效|停止执行|停止施行|宣布废止)|(?P<extends>延长|延续)"
        "|(?P<continues>继续(?:执行|施行|有效))|(?P<suspends>暂停(?:施行|执行|实施)))",
        title,
    )
    if found is None:
        return
    titles = [each for each in find_titles(title) if each.start >= found.end()]
    kind = ForceKind(found.lastgroup or ForceKind.ENDS)
    masked = _KIND_OF_ACT.sub("", mask_titles(title, titles))
    some = _OTHERS_TOO.search(masked)
    for each in titles:
        part = _PLACE.match(masked[each.end :])
        words = _tidy(part[0]) if part else some["part"] if some else None
        name = NamedText(title=each.title, document_number=each.number, part=words)
        yield Ending(kind, found.start(), each.tail, name)
    if titles or kind is not ForceKind.ENDS:
        return
    bare = re.match(
        rf"(?P<name>[^《》（）]{{6,60}}?)(?:等[\d一二三四五六七八九十百]+[件部个].*)?的(?:{ACT_KINDS})$",
        title[found.end() :],
    )
    if bare and not re.search("部分|若干|一批|有关|等|^(?:以下|下列)", bare["name"]):
        yield Ending(ForceKind.ENDS, found.start(), len(title), NamedText(title=bare["name"]))


def _named(titles: Sequence[Title], masked: str) -> list[_Named]:
    found = []
    for title in titles:
        behind = masked[title.tail :]
        part = _PLACE.match(behind)
        end = title.tail + (part.end() if part else 0)
        words = _tidy(part[0]) if part else None
        found.append(
            _Named(title.start, end, NamedText(title=title.title, document_number=title.number, part=words))
        )
    for number in [*find_numbers(masked), *find_decrees(masked)]:
        if any(each.text.document_number == number.number for each in found) or number.number[-1] != "号":
            continue
        near = _PUBLISHED_BY.match(masked[number.end :]) is not None
        inside = any(each.start <= number.start < each.end for each in found)
        if near or inside:
            continue  # 我院法〔1998〕86号通知印发的《…意见》: the title says it
        part = _PLACE.match(re.sub("^(?:文件?|通知)", "", masked[number.end :]))
        found.append(
            _Named(
                number.start,
                number.end,
                NamedText(document_number=number.number, part=_tidy(part[0]) if part else None),
            )
        )
    return sorted(found, key=lambda each: each.start)


def _tidy(words: str) -> str:
    words = re.sub(r"^(?:[（(][^（）()]{0,60}[）)])?(?:中)?的?", "", words)
    return re.sub(r"(?:同时|即行|一并|相应|予以|自|从|于)?$", "", words).rstrip("，、 ")[:60]


def _refused(masked: str, match: re.Match[str], boundary: int) -> bool:
    window = masked[max(boundary, match.start() - _LONGEST_CLAUSE) : match.start()]
    clause = re.split("[，,]", window)[-1]
    if "予以" in match["how"] and _FOUND_WRONG.search(window + match["how"]):
        return False
    if _NOT_DONE.search(clause.rstrip()) and "同时" not in match["how"]:
        return True
    if match["verb"] in ("撤销", "取消") and "□" not in clause:
        return True
    return bool(re.search(r"(?:制定|修改|修订|订立|设立|变更|解释|清理)(?:、|或者|和|及)$", clause))


_FOUND_WRONG = lazy_pattern(
    "□[^□]{0,40}?(?:不一致|违反|不符|抵触|超越|违法|不当|无(?:法律)?依据|不再适应|不适应)[^□]{0,24}(?<!的)[，,](?:依法)?予以$|□[^□，,]{0,24}依法予以$"
)
"""A text whose fault is named before it is revoked: 《甲》与上位法不一致，予以撤销."""


def _ended(
    masked: str, match: re.Match[str], boundary: int, named: list[_Named], taken: set[int]
) -> Iterator[Ending]:
    window = masked[boundary : match.start()]
    found = _FROM.search(window.split("□")[-1]) if "□" in window else _FROM.search(window)
    found = found or _FROM.search(window.split("□")[0])
    found = found or _FROM.match(masked[match.end() :].lstrip("，, "))
    printed = DATE.search(found["day"]) if found else None
    day = date_of(printed) if printed else None
    conditional = _CONDITION.search(window) is not None
    before = [
        each
        for each in named
        if boundary <= each.start and each.end <= match.start() + 1 and each.start not in taken
        and not _BASIS.search(masked[boundary : each.start]) and not _AMENDED_BY.match(masked[each.end :])
    ]  # fmt: skip
    tail = masked[before[-1].end : match.start()] if before else window
    if before and re.search(r"[，,].*(?:的|与|同)?(?:许可|证书|合同|裁定|判决|企业|单位|个人|人员)", tail):
        before = []
    last_clause = re.split("[，,]", window)[-1] or window
    own = OWN.search(_SINCE_OWN.sub("", last_clause))
    if (
        own is not None
        and not any(each.start >= match.start() - len(last_clause) for each in before)
        and not re.search("不一致|抵触|规定的|施行前|以前|此前|施行后", last_clause)
    ):
        return  # 本办法自…起废止: the text itself
    for each in before:
        taken.add(each.start)
        yield Ending(ForceKind.ENDS, match.start(), match.end(), each.text, day=day, conditional=conditional)
    if before:
        return
    listed = re.sub("(?<=[件章定法度则例知见])[，,][自从][^，。；]{1,24}起[一-龥]{0,4}$", "", window)
    if re.search(
        r"(?:(?:以下|下列|下述|上述|所列|附件)[^，。；]{0,6}|[一二三四五六七八九十\d]+(?:件|部|个))[^，。；]{0,24}$",
        listed,
    ):
        behind = masked[match.end() :]
        yield Ending(
            ForceKind.ENDS, match.start(), match.end(), NamedText(is_class=True), day=day,
            conditional=conditional, announces_list=behind.strip("。 ") in ("", "：", ":") or "附件" in window,
        )  # fmt: skip
        return
    if _STRONG.search(match[0]) and not _NOT_THIS.search(window[-24:]) and _CLASS.search(window):
        yield Ending(ForceKind.ENDS, match.start(), match.end(), NamedText(is_class=True), day=day)


def _ends_those_behind(
    masked: str, match: re.Match[str], named: list[_Named], taken: set[int]
) -> Iterator[Ending]:
    before = re.sub(
        r"^[\s　]*[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?[\s　]*",
        "",
        masked[max(match.start() - _LONGEST_CLAUSE, 0) : match.start()],
    )
    clause = re.split("[，,；;]", before)[-1]
    if _NOT_DONE.search(clause.rstrip()) or re.search(
        r"(?:关于|制定|修改|修订|和|、|或者?|的|修正|解释)$", before
    ):
        return
    listed = re.match(r"(?:以下|下列|下述|了|：|:)?[^□，。；]{0,30}", masked[match.end() : match.end() + 40])
    reach = match.end() + (listed.end() if listed else 0)
    explicit = re.search("决定|现|宣布|予以|同时|一并", match[0]) is not None or not clause.strip(
        "　 一二三四五六七八九十、（）()0123456789."
    )
    if not explicit and "以下" not in match[0] and "下列" not in match[0]:
        return
    found = [each for each in named if match.end() <= each.start and each.start not in taken]
    since = re.search(rf"{_FROM.pattern}[，,]?$", before, re.VERBOSE)
    printed = DATE.search(since["day"]) if since else None
    day = date_of(printed) if printed else None
    run: list[_Named] = []
    position = match.end()
    for each in found:
        between = masked[position : each.start]
        if (not run and each.start <= reach + 1) or (
            run
            and re.fullmatch(r"[、，,和及与以；;\s　]{0,3}(?:[^，。；]{0,40}(?:的|发布的|公布的))?", between)
        ):
            run.append(each)
            position = each.end
        else:
            break
    for each in run:
        taken.add(each.start)
        conditional = _CONDITION.search(before) is not None
        yield Ending(ForceKind.ENDS, match.start(), each.end, each.text, day=day, conditional=conditional)
    if not run and re.search("以下|下列|下述", masked[match.start() : match.end() + 6]):
        yield Ending(
            ForceKind.ENDS, match.start(), match.end(), NamedText(is_class=True), announces_list=True
        )


def _moved(masked: str, named: list[_Named]) -> Iterator[Ending]:
    """Yield extensions, suspensions and beginnings put off."""
    done: list[tuple[int, int]] = []
    for kind, pattern in (
        (ForceKind.POSTPONES, _PUT_OFF),
        (ForceKind.EXTENDS, _EXTENDED),
        (ForceKind.CONTINUES, _CONTINUES),
        (ForceKind.SUSPENDS, _SUSPENDED),
    ):
        for match in pattern.finditer(masked):
            if any(low < match.end() and match.start() < high for low, high in done):
                continue
            targets = _moved_texts(kind, match, masked, named)
            if targets:
                done.append(match.span())
                yield from (_moved_ending(kind, match, masked, target) for target in targets)


def _moved_texts(
    kind: ForceKind, match: re.Match[str], masked: str, named: list[_Named]
) -> Sequence[NamedText | None]:
    """Return the texts that are extended, suspended or postponed; None stands for the text itself."""
    clause = re.split("[；;]", masked[: match.start()])[-1]
    if (kind is ForceKind.SUSPENDS and match[0].startswith("停止")) or _NOT_DONE.search(clause):
        return []
    if _POWER.search(clause[-40:]):
        return []
    before = [
        each.text
        for each in named
        if each.end <= match.start() + 1 and not _BASIS.search(masked[: each.start])
    ]
    if before:
        return before
    if kind in (ForceKind.SUSPENDS, ForceKind.EXTENDS):
        edge = match.end() if kind is ForceKind.SUSPENDS else match.start()
        behind = [each.text for each in named if 0 <= each.start - edge <= _BESIDE]
        if behind:
            return behind
    own = OWN.search(clause) is not None or (kind is ForceKind.EXTENDS and not _ITS_TERM.sub("", clause))
    return (None,) if own and kind is not ForceKind.CONTINUES and not _NOT_THIS.search(clause) else ()


def _moved_ending(kind: ForceKind, match: re.Match[str], masked: str, target: NamedText | None) -> Ending:
    said = match.groupdict()
    words = next((said[name] for name in ("day", "day2", "day3", "day4") if said.get(name)), None)
    printed = DATE.search(words) if words else None
    day = date_of(printed) if printed else None
    started = _FROM.search(re.split("[；;]", masked[: match.start()])[-1])
    first, last = (started and started[name] and DATE.search(started[name]) for name in ("day", "until"))
    day = day or (date_of(last) if last else None)
    puts_off = kind is ForceKind.POSTPONES
    return Ending(
        kind,
        *match.span(),
        target,
        day=day if puts_off else date_of(first) if first else None,
        until=None if puts_off else day,
        term_months=_months(said.get("number") or said.get("number2"), said.get("unit") or said.get("unit2")),
    )


def kept_for(words: str) -> tuple[date | None, int | None]:
    """Return the last day, or the months, for which texts are kept or extended: 继续有效，有效期5年."""
    masked = words.translate(NARROW)
    for kind, pattern in ((ForceKind.EXTENDS, _EXTENDED), (ForceKind.CONTINUES, _CONTINUES)):
        for match in pattern.finditer(masked):
            said = _moved_ending(kind, match, masked, None)
            if said.until or said.term_months:
                return said.until, said.term_months
    return None, None


def _months(number: str | None, unit: str | None) -> int | None:
    value = to_int(number) if number else None
    return None if value is None else value * (1 if unit == "月" else 12)
