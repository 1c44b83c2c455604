"""Statements of a sentence on the force of its own text: from which day, for how long, and for which of its clauses.

One reading for the dates of a document, its validity, and the index: 本办法自2024年1月1日起施行，有效期5年.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from policydiff.lexicon.horizons import ANY_DAY, DATE, ENGLISH_DAY, date_of, parse_date
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.patterns import lazy_pattern

NARROW = str.maketrans("０１２３４５６７８９實廢發佈規條則辦", "0123456789实废发布规条则办")
_D = re.sub(r"([年月]|\[日号\])", r"[ 　]*\1[ 　]*", ANY_DAY)
"""A day as printed, blanks of the typesetter around its 年, 月 and 日 allowed: 2009年1月1 日."""
_BLANK = lazy_pattern(r"[\s　]+")
_VERB = r"(?:施行|实施|执行|生效|试行|实行|适用|启用|起效)"
_HOUR = r"(?:(?:零|0|24|二十四)(?:时|点)(?:整)?|0:00|00:00)?"
_EVENT = r"(?:印发|发布|公布|颁布|颁发|通过|批准|发文|下发|签署|签发|刊登|刊发|发出|登报|公告|宣布)"
_N = r"(?:\d{1,3}|[一二三四五六七八九十两百]{1,4})"

_FROM_DAY = lazy_pattern(
    rf"(?:自|从|(?<!规)定于|于|由|以)?(?P<day>{_D}){_HOUR}(?:之日)?(?P<since>起|开始|始)?(?:正式|依法|同时|在全[国省市]|全面|统一){{0,2}}{_VERB}(?![情期方细办过中前后时的者])",
    re.VERBOSE,
)
_FROM_DAY_ALONE = lazy_pattern(
    rf"(?:自|从)(?P<day>{_D}){_HOUR}起(?=[，,、]?(?:有效期|施行期|试行期|至))", re.VERBOSE
)
_NAMED_DAY = lazy_pattern(
    rf"(?:{_VERB}(?:日期|时间|之日)(?:为|是|：|(?=自))(?:自|从)?(?P<day>{_D})(?!起?[至到—])|有效期限?(?:为)?{_N}年[，,]?(?:自|从)(?P<counted>{_D}){_HOUR}起(?:计算|算起?))",
    re.VERBOSE,
)
"""The first day by its name (施行日期为2021年6月1日), or as the day from which the term is counted."""
_FROM_EVENT = lazy_pattern(
    rf"""
    (?:自|从|于|由)? (?: 本[\u4e00-\u9fff]{{1,6}}? )? (?: (?P<event>{_EVENT}) (?: (?:并|和|、)?{_EVENT} )? (?: 之日 | 之时 | 日 | 当日 | 的?次日 )
      | (?P<today> 即日 | 今日 | 本日 ) )
    (?: 起 | 开始 | 始 )? (?: 满 | 的 | ，)? (?: 第? (?: (?P<days>{_N}) 个? (?:自然)? [日天] | (?P<months>{_N}) 个月 ) (?: 之?后 | 以后 | 起 )? )? 起?
    (?: 正式 | 依法 | 同时 )? (?: {_VERB}(?![情期方细办过中前后时的者]) | (?P<noun>，?有效期) | (?P<bare> 有效 ) | (?P<counted> (?:计算|算起) (?=[，。；]|$) ) )
    """,
    re.VERBOSE,
)
_AFTER_EVENT = lazy_pattern(
    rf"(?P<event>{_EVENT})后?(?:满)?(?:(?P<days>{_N})个?[日天]|(?P<months>{_N})个月)(?:之?后|以后)?起?(?:正式)?(?:施行|实施|执行|生效)(?![情期])"
)
_PERIOD = lazy_pattern(
    rf"(?:有效期限?|施行期限?|试行期限?|实施期限?|执行期限?|执行时间|实施时间|适用期限?|政策期限?)(?:为|是|：)?(?:自|从)?(?P<from>{_D})起?(?:起|开始)?(?:，)?(?:至|到|—|－|-)(?P<to>{_D})(?:止)?"
    rf"|(?:自|从)(?P<from2>{_D})起?(?:至|到)(?P<to2>{_D})(?:止|期间)?(?:内)?(?:有效|施行|实施|执行|试行)",
    re.VERBOSE,
)
_UNTIL = lazy_pattern(
    rf"""
    (?: 有效期限? | 施行期限? | 试行期限? | 实施期限? | 执行期限? | 适用期限? | 有效 | 施行 | 执行 | 实施 | 试行 | 起 ) (?: 为 | 是 | 暂定 | 延续 )? [，,]?
    (?: 暂定 )? (?: 至 | 到 | 截至 | 截止至 | 截止到 | 截止 | 截止日期为 | 截至日期为 ) (?P<day>{_D}) (?: 止 | 期满 | 届满 | 24时 | 失效 )?
    | (?: 至 | 到 | 截至 ) (?P<day2>{_D}) (?: 止 | 终止 )? (?: 自动 | 自行 )? (?: 失效 | 废止 | 停止执行 | 有效 )
    """,
    re.VERBOSE,
)
_ENDS_ON = lazy_pattern(
    rf"(?:自|从|于)?(?P<day>{_D}){_HOUR}(?P<since>之日起|起)?(?:，)?(?:同时|自动|自行|予以|即行|正式)?(?:废止|失效|停止执行|停止施行|终止执行|不再执行|不再施行|停止实施)(?![的后前])",
    re.VERBOSE,
)
_TERM = lazy_pattern(
    rf"(?:有效期限?|施行期限?|试行期限?|实施期限?|执行期限?|试行|有效|适用期限?|暂行|施行|实施|暂定)(?:为|是|暂定为?|定为|暂为|：|共|(?:自[^，。；]{{0,24}}起)(?:计算)?[，]?(?:为)?)?(?P<number>{_N})个?(?P<unit>年|月|周年)(?:零?(?P<more>{_N})个月)?(?!前|内|以上|至|到|生)"
)
_HALF = lazy_pattern(r"(?:有效期限?|试行期限?|施行期限?)(?:为|是)?半年")

_KINDS = (
    "(?:法|条例|办法|规定|细则|意见|方案|通知|决定|公告|通告|规则|解释|批复|安排|规程|制度|指引|指南|纲要|规划|计划|标准|准则|章程|修正案|措施|"
    "规例|政策|文件|导则|清单|目录|函|令|决议|公约|规民约|守则|要点|预案|补充[\u4e00-\u9fff]{2}|若干[\u4e00-\u9fff]{2,4}|实施|试行|暂行|行动|机制|方法|程序|要求|规范|基准|裁量基准|答复|会议纪要|纪要)"
)
OWN = lazy_pattern(
    rf"(?<!日)(?<!根)(?:本|此)(?:(?!市|省|区|县|院|级|人|地|单位|部门|年|月)(?:[\u4e00-\u9fff]{{0,8}}?){_KINDS}|□+)"
    rf"(?:[（(](?:原称|原名|以下简称|以下称|简称|即)[^（）()]{{0,60}}[）)])?"
)
"""Names of a text for itself: 本办法, 本实施意见, 本《办法》, 本法（原称《甲条例》)."""
_ISSUES = lazy_pattern("现予|现将|现印发|现公布|现发布|予以(?:公布|发布|印发)|印发给你们|遵照执行")
_LABEL = lazy_pattern(
    r"^[\s　]*(?:(?:第[^条章节]{1,9}条(?:之[一二三四五六七八九十]+)?|[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?)[\s　]*)?(?:[（(【][^）)】]{1,24}[）)】][\s　]*)?"
)
_PLACE = lazy_pattern(
    r"(?:第[〇零一二三四五六七八九十百千\d]+(?:条(?:之[一二三四五六七八九十]+)?|款|项|目|章|节|编)|附件[一二三四五六七八九十\d]*)+"
)
_PART = lazy_pattern(
    rf"(?P<places>{_PLACE.pattern}(?:(?:、|和|及|以及|与|至|到|或者|，)(?:本[\u4e00-\u9fff]{{1,6}})?{_PLACE.pattern})*)(?:[^，。；]{{0,24}}?)(?:的?规定|除外)?，?$"
)
_ABOUT = lazy_pattern(r"(?P<places>(?:有?关于?|关于|涉及)[^，。；]{2,40}(?:的?规定|的?条款|的?内容))，?$")
_PROVIDED = lazy_pattern(
    rf"(?:{OWN.pattern})(?:中|所|里)?(?:规定|明确|确定|公布|列明|提出)的(?P<places>(?!(?:各项|有关|相关|全部)?(?:内容|事项|政策|措施|条款|要求))[^，。；]{{2,80}}?)(?:均|都|统一)?(?:从|自)?$"
)
"""A part of the text's subjects: 本通知规定的最低生活保障标准、孤儿养育标准均从…起执行."""
_AMONG = lazy_pattern("其中[，,]?(?P<words>[^，。；其]{2,24}?)的?$")
"""其中 and the words after it name a part of the text in any form: 其中第（三）条奖励政策, 其中稳岗补贴."""
_NOTE = lazy_pattern(r"(?:通过|公布|公告|批准|修订|修正|印发|发布|同意|制定|颁布|令|号)[）)]?[，,、\s　]*$")
_ITS_OWN_WORDS = lazy_pattern(r"^[\s　，,、（(：:]*(?:其中[，,]?|但是?[，,]?|并)?[\s　]*$")
_TITLE_BEFORE = lazy_pattern("□[）)\\s　]*(?:(?:[（(][^（）()]*[）)])*)[，,]?$")
_REST = lazy_pattern("其[他余](?:条款|各条|条文|规定|内容|部分)?(?:，)?$")
_CHARGED = lazy_pattern("(?:负责|具体|承担)?解释(?:工作)?[，,。；]?(?:并)?$")
_HALF_YEAR = 6
"""Months of 半年."""
_NEAR = 12
"""Characters by which a term may begin before the end of the words on the first day; they overlap in 自…起试行，试行期2年."""
_FAR = 24
"""Most characters between 本办法 and a term that still belongs to it (本办法自颁布之日起生效，试行期暂定); beyond, another object is meant."""
_ANOTHER = lazy_pattern(rf"(?!(?:其|并|且|同时|将|于|共|期限|[\s　])*$)(?!.*{OWN.pattern}).+")
"""Words before a term that name another object than the text: （自…起施行，）原办法（自…起停止执行）, 补贴标准（暂定两年不变）."""
_AT_FRONT = ("有效期", "施行期", "试行期", "实施期")
_OTHERS_TERM = lazy_pattern(
    "证|许可|合同|牌照|执照|资格|批准文件|批文|协议|名单|护照|签证|登记|标志|保险|报告|方案经|凭证|期满|届满"
)


class Force(NamedTuple):
    """One statement of a sentence about its own text, before days are counted."""

    kind: str
    """`commences` or `expires`."""
    start: int
    end: int
    day: date | None = None
    """The day printed: the first in force, or the last."""
    event: str | None = None
    days: int = 0
    months: int = 0
    """Counted after the event."""
    term_months: int | None = None
    parts: tuple[str, ...] = ()
    is_part: bool = False


_QUOTED = lazy_pattern("“[^“”]*(?:[施实执]行|生效|废止|失效|有效期)[^“”]*(?:”|$)", marks="“")


def without_quotes(words: str) -> str:
    """Return words with quoted sentences on force masked, because these are about another text.

    >>> without_quotes("该令规定：“本条例自5月1日起施行”。")
    '该令规定：□□□□□□□□□□□□□。'
    """
    return _QUOTED.sub(
        lambda quoted: "□" * (len(quoted[0]) - 1) + ("。" if "。”" in quoted[0] else "□"), words
    )


def read_force(masked: str, *, goes_on: bool = False) -> list[Force]:
    """Return the statements of a sentence on the force of its own text, in order.

    In `masked`, digits have half width and titles of documents are replaced by □ of equal length. `goes_on` is
    true if the previous sentence of the paragraph states the first day in force, so that 有效期5年 may follow.
    """
    found = [*_starts(masked, goes_on=goes_on)]
    if any(word in masked for word in ("期", "至", "到", "效", "止", "试行", "暂行", "暂定")):
        found.extend(_ends(masked, found, goes_on=goes_on))
    return sorted(found, key=lambda each: each.start)


PROMULGATES = r"(?:is|are) (?:hereby |now )?(?:promulgated|issued|published)\b|\bpromulgated now"
"""Words by which an English order promulgates the text below it."""
_IN_ENGLISH = lazy_pattern(
    rf"(?:(?<![A-Za-z])(?:This|These) \w|(?:hereby|now) (?:promulgated|issued|published)|promulgated (?:now|hereby))[^.]{{1,100}}?(?:(?:in)?to (?:force|effect|operation)|takes? effect|(?:be|is|are) effective)[^.\d]{{0,12}}?(?P<day>{ENGLISH_DAY})",
    marks=("This ", "These ", "hereby ", "promulgated", "issued", "published"),
)


def _starts(masked: str, *, goes_on: bool) -> Iterator[Force]:
    taken = 0
    english = _IN_ENGLISH.finditer(masked)
    yield from (Force("commences", *each.span(), day=parse_date(each["day"])) for each in english)
    if "年" in masked:
        for found in _printed_starts(masked, goes_on=goes_on):
            taken = max(taken, found.end)
            yield found
    if any(word in masked for word in "日天月"):
        yield from _counted_starts(masked, taken, goes_on=goes_on)


def _printed_starts(masked: str, *, goes_on: bool) -> Iterator[Force]:
    for pattern, names in (
        (_FROM_DAY, ("day",)), (_FROM_DAY_ALONE, ("day",)), (_NAMED_DAY, ("day", "counted")), (_PERIOD, ("from", "from2")),
    ):  # fmt: skip
        for match in pattern.finditer(masked):
            name = next(name for name in names if match[name])
            printed = DATE.search(_BLANK.sub("", match[name]))
            day = date_of(printed) if printed else None
            own = _whose(masked[: match.start()], goes_on=goes_on)
            if day is not None and own is not None:
                place = match.span(name) if pattern is _PERIOD else match.span()
                yield Force("commences", *place, day=day, parts=own.parts, is_part=own.is_part)


def _counted_starts(masked: str, taken: int, *, goes_on: bool) -> Iterator[Force]:
    for pattern in (_FROM_EVENT, _AFTER_EVENT):
        for match in pattern.finditer(masked, taken if pattern is _AFTER_EVENT else 0):
            own = _whose(masked[: match.start()], goes_on=goes_on)
            of_term = not match.groupdict().get("counted") or "有效期" in masked[: match.start()]
            if own is None or not of_term:
                continue
            taken = max(taken, match.end())
            yield Force(
                "commences",
                *match.span(),
                event=match["event"] or "印发",
                days=to_int(match["days"] or "") or 0,
                months=to_int(match["months"] or "") or 0,
                parts=own.parts,
                is_part=own.is_part,
            )


class _Own(NamedTuple):
    parts: tuple[str, ...] = ()
    is_part: bool = False

    def __bool__(self) -> bool:
        return True


def _label(words: str, *, goes_on: bool) -> re.Match[str] | None:
    """Return the label of the clause at the start of a sentence; after another sentence, 第四条 is a cited place instead."""
    return None if goes_on and words.lstrip("　 ").startswith("第") else _LABEL.match(words)


def _whose(before: str, *, goes_on: bool = False) -> _Own | None:
    """Return the clauses of its own text that a statement concerns, by the words before it; None if it concerns another text."""
    label = _label(before, goes_on=goes_on)
    said = before[label.end() :] if label else before
    clause = re.split(r"[；;。]", said)[-1]
    part = _PART.search(clause)
    front = said[: len(said) - len(clause) + part.start()] if part is not None else ""
    if part is not None and _TITLE_BEFORE.search(front):
        return (
            _Own() if _owns(front) else None
        )  # 废止《甲办法》第二条，自…起执行: the place is in the other text
    if part is not None and _owns(front):
        return _Own(_places(part["places"]), is_part=True)
    about = _ABOUT.search(clause)
    if about is not None and OWN.search(clause[: about.start()]) and "□" not in clause[about.start() :]:
        return _Own((about["places"],), is_part=True)
    provided = _PROVIDED.search(clause)
    if provided is not None:
        return _Own((provided["places"],), is_part=True)
    return _Own() if _owns(said) else None


def _last_own(said: str) -> re.Match[str] | None:
    """Return the last place where the text names itself."""
    found = None
    for match in OWN.finditer(said):
        found = match
    return found


def _owns(said: str) -> bool:
    if (
        _ITS_OWN_WORDS.match(said)
        or _NOTE.search(said)
        or _ISSUES.search(said)
        or _CHARGED.search(said)
        or _REST.search(said)
    ):
        return True
    own = _last_own(said)
    if own is None:
        return False
    rest = said[own.end() :]
    if _TITLE_BEFORE.search(rest) and not re.search("制定|根据|依据", rest):
        return False
    # Another subject came between: 本办法规定的补贴标准自…起执行, 本办法施行前设立的企业自….
    return (
        re.search(
            r"^(?:规定的|施行[前后以]|实施[前后以]|所称|第|中|公布前|发布前|印发前|生效前|颁布前)", rest
        )
        is None
    )


def _places(words: str) -> tuple[str, ...]:
    return tuple(
        part
        for part in re.split("、|和|以及|及|与|，", re.sub(r"本[\u4e00-\u9fff]{1,6}(?=第)", "", words))
        if part
    )


def _ends(masked: str, starts: list[Force], *, goes_on: bool) -> Iterator[Force]:
    done: list[tuple[int, int]] = []
    # 本办法自…起施行，第九条自…起施行，有效期5年: the term is that of the whole, which the sentence is about.
    whole = [each.end for each in starts if not each.is_part]
    last_start = max(whole or [each.end for each in starts], default=None)
    for pattern, names in ((_PERIOD, ("to", "to2")), (_UNTIL, ("day", "day2")), (_ENDS_ON, ("day",))):
        for match in pattern.finditer(masked):
            words = next((match[name] for name in names if match[name]), None)
            printed = DATE.search(_BLANK.sub("", words)) if words else None
            day = date_of(printed) if printed else None
            if day is None or any(low < match.end() and match.start() < high for low, high in done):
                continue
            whose = _whose_end(masked, match.start(), last_start, goes_on=goes_on)
            if whose is None:
                continue
            if pattern is _ENDS_ON:
                day -= timedelta(days=1)  # 自2025年7月1日起废止: the last day in force is the one before
            done.append(match.span())
            yield Force("expires", *match.span(), day=day, parts=whose.parts, is_part=whose.is_part)
    if done:
        return
    yield from _terms(masked, last_start, goes_on=goes_on)


def _terms(masked: str, last_start: int | None, *, goes_on: bool) -> Iterator[Force]:
    """Yield the first term in a sentence on its own text, and later terms of single clauses."""
    told = False
    found = [(match, False) for match in _TERM.finditer(masked)]
    for match, is_half_year in [*found, *((match, True) for match in _HALF.finditer(masked))]:
        whose = _whose_end(masked, match.start(), last_start, goes_on=goes_on)
        if whose is None or (told and not whose.is_part):
            continue
        months = _HALF_YEAR
        if not is_half_year:
            number = to_int(match["number"])
            if not number or (match[0].startswith(("施行", "实施", "暂行")) and "期" not in match[0]):
                continue
            months = number * (1 if match["unit"] == "月" else 12) + (to_int(match["more"] or "") or 0)
        yield Force("expires", *match.span(), term_months=months, parts=whose.parts, is_part=whose.is_part)
        told = True


def _whose_end(masked: str, start: int, last_start: int | None, *, goes_on: bool) -> _Own | None:
    """Return the clauses that a term concerns: after 本办法, after the beginning of force, or at the start; None for none."""
    if last_start is not None and last_start <= start + _NEAR:
        between = masked[last_start:start]
        if last_start >= start:
            return _Own()
        if _OTHERS_TERM.search(between) is None:
            return _behind_start(masked[:last_start], between)
    label = _label(masked[:start], goes_on=goes_on)
    said = masked[label.end() : start] if label else masked[:start]
    if goes_on and (part := _part_at_end(said, alone=True)) is not None:
        return part
    if not said.strip("　 ，,") and (goes_on or masked[start:].startswith(_AT_FRONT)):
        following = masked[start : start + 40]
        return None if "届满" in following or "期满，" in following else _Own()
    own = _last_own(said)
    if own is None:
        return _Own() if goes_on and not said.strip("　 ，,、") else None
    return _behind_own(said[own.end() :])


def _behind_start(before: str, between: str) -> _Own | None:
    """Return the clauses concerned by a term after the beginning of force and some words; None if these name another object."""
    part = _part_at_end(between)
    if part is not None:
        return part
    if _ANOTHER.fullmatch(re.split("[，,；;。]", between)[-1]):
        return None
    whose = _whose(before)
    return whose if whose is not None and whose.is_part and "，" not in between[1:] else _Own()


def _part_at_end(words: str, *, alone: bool = False) -> _Own | None:
    """Return the clauses named at the end of the words before a term; None if none are named, or (with `alone`) other words too."""
    among = _AMONG.search(words)
    part = _PART.search(words)
    if part is not None and "起" in words[part.end("places") :]:
        part = None  # 第九条自…起施行，有效期5年: the term is of what the sentence is about
    if part is not None and (not alone or not words[: part.start()].replace("其中", "").strip("　 ，,、；;")):
        return _Own(_places(part["places"]), is_part=True)
    return _Own((among["words"],), is_part=True) if among is not None else None


def _behind_own(rest: str) -> _Own | None:
    """Return the clauses concerned by a term, from the words between 本办法 and the term; None if the term is not the text's."""
    if _OTHERS_TERM.search(rest) or len(rest) > _FAR or "□" in rest:
        return None
    part = _PART.search(rest) if "第" in rest else None
    if part is not None:
        return _Own(_places(part["places"]), is_part=True)
    return None if re.search(r"^(?:规定|所称|施行[前后]|实施[前后]|第)", rest) else _Own()


def counted_day(day: date, *, days: int = 0, months: int = 0) -> date:
    """Return the day so many months and days later; for a day missing in the month, the first day of the next month.

    >>> str(counted_day(date(2024, 2, 29), months=12))
    '2025-03-01'
    """
    if months:
        index = day.year * 12 + day.month - 1 + months
        year, month = divmod(index, 12)
        if year > date.max.year - 1:
            return date.max
        last = monthrange(year, month + 1)[1]
        day = (
            date(year, month + 1, day.day) if day.day <= last else date(year, month + 1, last) + timedelta(1)
        )
    return day + timedelta(days=days)
