"""Numbers and dates of a passage that may be targets, read by `lexicon`; numbers that are only part of a name are left out.

A number in a title, a document number, a list (3+5+X) or a table counts nothing. A numeral in Chinese characters (三个方面, 一家一策)
counts only where the words around it say so. A date is a deadline only where something has to be done by then.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from policydiff.annotate.cited_titles import find_titles
from policydiff.lexicon.document_numbers import find_decrees, find_numbers
from policydiff.lexicon.horizons import Horizon, find_horizons
from policydiff.lexicon.measures import Measure, Quantity as Read
from policydiff.lexicon.numerals import number_value, to_chinese
from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.lexicon.quantities import find_quantities
from policydiff.lexicon.widths import fold_but_marks

_WORDS = Words("policydiff.annotate", "goals")
_MASK = "\0"


class UnitKind(Enum):
    """Kind of a unit, as far as the place of the name of the thing measured depends on it."""

    COUNT = "count"
    """things counted; the thing follows the number (10家企业) or precedes it (总部型企业10家)"""
    MEASURE = "measure"
    """the words after the number name no counted thing"""
    DURATION = "duration"
    """a limit or a right, a goal only where something is shortened or prolonged to it"""


class Quantity(NamedTuple):
    """A number with its unit at `words[start:end]`."""

    start: int
    end: int
    value: str
    """Decimal digits, `1-2` for a range."""
    unit: str
    """With 万, 亿 in front."""
    kind: UnitKind
    is_more: bool
    """Whether 多 or 余 stands between number and unit."""
    is_span: bool = False
    """Whether the value is a floor and a ceiling read as one range: 五千元以上三万元以下."""


def quantities_of(words: str) -> list[Quantity]:
    """Return the quantities of a passage that may be targets, in order.

    >>> [(found.value, found.unit) for found in quantities_of("《规划（2019-2022年）》提出建成10家，处五千元以上三万元以下罚款")]
    [('10', '家'), ('5000-30000', '元')]
    """
    found: list[Quantity] = []
    floor: Read | None = None
    for each in find_quantities(_without_names(words), with_one=True):
        if not each.digits or each.measure is Measure.CLOCK or not _counts(words, each):
            continue
        if floor is not None and _is_ceiling_of(each, floor, words):
            if _scale(floor) == _scale(each):
                value, unit = f"{floor.digits}-{each.digits}", each.printed_unit
            else:
                value = "-".join(f"{end.normalize():f}" for end in (floor.low, each.high))
                unit = each.unit
            found[-1] = Quantity(
                floor.start, each.end + len(_beside(each)), value, unit, _kind(each), False, True
            )
            floor = None
            continue
        start, end = (
            (each.told_start, each.told_end) if each.measure is Measure.FREQUENCY else (each.start, each.end)
        )
        end += len(_beside(each))
        found.append(Quantity(start, end, each.digits, each.printed_unit, _kind(each), each.is_more))
        floor = each if each.bound == "+" else None
    return sorted([*found, *_in_other_words(words)]) if _OTHER_WORDS.search(words) else found


_OTHER_WORDS = lazy_pattern(
    r"翻(?P<times>[一两二三])番|(?<=[一-鿿]{2})(?P<all>全覆盖)(?=[，,。；;、]|$)"
    r"|(?<=[国省市区县州球界内业类])前(?P<rank>[三五十]|二十)(?=[，,。；;、名位列强]|$)[名位]?"
    r"|(?<![\d.:：∶/])(?P<ratio>\d{1,3}(?:\.\d{1,2})?[:：∶比]\d{1,3}(?:\.\d{1,2})?)(?![\d:：∶/]|\.\d)"
)
_BROUGHT_ABOUT = lazy_pattern(r"(?:实现|达到|做到|确保|力争|到20\d\d年)[^。；;]*$")
"""Words before 全覆盖 that make it a goal; 加强监管全覆盖 is only a manner of speech."""
_OF_A_RATIO = lazy_pattern("(?<![对相较只无占])比(?![较赛如选对重分])[^，,。；;：:]{0,12}$")
"""Words before a ratio (师生比不低于1:20, 配比为1比5), which is a time of day elsewhere."""


def _in_other_words(words: str) -> Iterator[Quantity]:
    """Yield quantities without number and unit: 翻两番 (4 times), 全覆盖 (100%), 全市前三 (third place at least), 1∶20 (a ratio)."""
    for match in _OTHER_WORDS.finditer(words):
        start, end = match.span()
        if match["times"]:
            value, unit = str(2 ** (number_value(match["times"]) or 1)), "倍"
        elif match["rank"]:
            start, value, unit = match.start("rank"), str(number_value(match["rank"])), "名"
        elif match["ratio"] and _OF_A_RATIO.search(words, 0, start):
            value, unit = re.sub("[：∶比]", ":", match["ratio"]), ""
        elif match["all"] and _BROUGHT_ABOUT.search(words, 0, start):
            value, unit = "100", "%"
        else:
            continue
        yield Quantity(start, end, value, unit, UnitKind.MEASURE, is_more=False)


def _beside(read: Read) -> str:
    """Return the counting unit of a rate if it directly follows the first unit: /立方米."""
    _, slash, by = read.printed_unit.partition("/")
    return slash + by if read.per else ""


def _kind(read: Read) -> UnitKind:
    if read.measure is Measure.PERIOD or read.unit == "周岁":
        return UnitKind.DURATION
    counted = read.measure is Measure.FREQUENCY or (read.measure is Measure.COUNT and read.unit in _COUNTED)
    return UnitKind.COUNT if counted else UnitKind.MEASURE


_COUNTED = frozenset({"人", "个", "标准箱"})
"""Units that count things; `lexicon` unifies 家, 所, 名 and the like with 个 or 人."""


def _is_ceiling_of(read: Read, floor: Read, words: str) -> bool:
    """Return whether two quantities are the ends of one range: 五千元以上三万元以下, 不少于3人不超过5人."""
    return (
        read.bound == "-"
        and (read.measure, read.unit) == (floor.measure, floor.unit)
        and read.low >= floor.high
        and words[floor.outer_end : read.outer_start].strip(" ，,、但") == ""
    )


def _scale(read: Read) -> str:
    return read.printed_unit


def _without_names(words: str) -> str:
    """Return words with titles and document numbers blanked out; length unchanged."""
    if "《" not in words and "号" not in words:
        return words
    places = [(title.start, title.tail) for title in find_titles(words)]
    places += [(number.start, number.end) for number in (*find_numbers(words), *find_decrees(words))]
    masked = list(words)
    for start, end in places:
        masked[start:end] = _MASK * (end - start)
    return "".join(masked)


_NAMING = lazy_pattern(
    r"(?: 第\s* | (?:附件|附表|附录|图|表|专栏|方案|类型)\s* | \d{1,6}[+＋xX×*][\dXxNn+＋]{0,6}? | [A-Za-z][-]? )$",
    re.VERBOSE,
)
"""Signs before a number that make it part of a name: 第 56 次, 附件1, 7×24小时, 3+5+X."""
_FRACTION = lazy_pattern("[^百千万]{1,3}(?:分之|/).+")
_REACHED = lazy_pattern("(?:达到?|超过|[低少高多]于|不足|[至到为]|约|近|时[限间]的)$")
"""Words before a fraction that is a figure; a fraction of voters (三分之二以上业主同意) is a quorum."""
_OPEN_QUOTE = lazy_pattern('[“"][^“”"，。]*$')
_MADE = _WORDS.phrase("{makes_in_words} $")
_LARGE_BEFORE = _WORDS.phrase("(?: {makes_in_words} [^，。；、：]{0,12} | 从 | 由 ) $")
_AT_LEAST = lazy_pattern(r"(?: 至少 | 不少于 | 不低于 ) [^，。；、：]{0,8} $", re.VERBOSE)
_NO_NUMERAL = lazy_pattern(r"[第数几每其之万亿点某另同任唯分]$")
_ARTICLE_OF_SPEECH = lazy_pattern(r"[月人别体性案工百自交季小周民员才口大事士均力次]")
"""Characters behind 个 and 人 with which they are no unit: 两个月, 三人民, 百个体."""
_IN_WORDS = frozenset("元家所名张户座间辆人个")
"""Units whose Chinese numerals may be quantities."""
_ONE = "家所座"
_LONGEST_SPOKEN = 4
"""Most digits of a numeral whose full form is known; longer ones contain 万 or 亿."""
_LARGE = 10
"""Least value of a Chinese numeral that is an amount by its size: 十元 is one, 一元 and 三家 are mostly figures of speech."""
_SEVERAL = 3
"""Least value of a Chinese numeral before 以上: 三人以上 is a number, 两个以上 only means several."""


def _counts(words: str, read: Read) -> bool:
    """Return whether a quantity counts something, and is no name and no figure of speech.

    A Chinese numeral counts before 元 (an amount of ten or more), before 以上 and 以下 (三人以上; 两个以上 means
    several), after 至少 (至少设立一名), after 从 (从四百座增加到一千座), before 倍 with a bound (一倍以上), and after
    verbs of making (培育一家, 新增上市企业二十家). Elsewhere it counts nothing: 一家一策, 三个方面, 第一批.
    """
    before = fold_but_marks(words[max(0, read.start - 16) : read.start])
    if _NAMING.search(before) or (read.measure is Measure.COUNT and before.endswith("每")):
        return False  # 每10万人口…60件: what the figure is counted by
    if _FRACTION.fullmatch(read.text) and not words.startswith("以上的", read.end):
        return _REACHED.search(before) is not None
    if not read.in_words or read.measure is Measure.PERCENTAGE:
        return True
    unit = read.printed_unit.lstrip("万亿")
    if unit == "倍":
        return bool(read.bound)
    if _OPEN_QUOTE.search(before) or _NO_NUMERAL.search(before) or unit not in _IN_WORDS:
        return False  # “四大领域十个赛道”
    return _is_full(words, read) and _is_shown(words, before, unit, read)


def _is_shown(words: str, before: str, unit: str, read: Read) -> bool:
    """Return whether the words around a Chinese numeral show that it is a quantity."""
    if unit == "元":
        return read.printed_unit != unit or read.high >= _LARGE
    if unit in "个人" and _ARTICLE_OF_SPEECH.match(words[read.end : read.end + 1]):
        return False
    if read.bound and words[read.end :].startswith(("以", "及以", "或以")):
        return read.high >= _SEVERAL
    if _AT_LEAST.search(before):
        return unit != "个" or read.high >= _SEVERAL
    if _MADE.search(before):
        return read.high > 1 or unit in _ONE
    return read.high >= _LARGE and _LARGE_BEFORE.search(before) is not None


def _is_full(words: str, read: Read) -> bool:
    """Return whether numerals stand in full form; 三五家 and 百亿元 are no quantities."""
    printed = [run.rstrip("万亿") for run in _NUMERAL.findall(words[read.start : read.end])]
    values = read.digits.split("-")
    return len(printed) != len(values) or all(
        "." in value
        or len(value) > _LONGEST_SPOKEN
        or to_chinese(int(value)) == run.replace("两", "二").replace("〇", "零")
        for run, value in zip(printed, values, strict=True)
    )


_NUMERALS = "零一二三四五六七八九十百千两〇点半"
_CODES = "".join(chr(0x1D7CE + number) for number in range(len(_NUMERALS)))
"""Mathematical digits, one for each character of a numeral; patterns match them as digits."""
_NUMERAL = lazy_pattern(f"[{_NUMERALS}万亿]*[{_NUMERALS}][{_NUMERALS}万亿]*")
_AS_DIGITS = str.maketrans(_NUMERALS, _CODES)
_AS_PRINTED = str.maketrans(_CODES, _NUMERALS)


def with_digits(words: str, quantities: Iterable[Quantity]) -> str:
    """Return `words` with the numerals of quantities as digits, for patterns that stop at a number; the length stays the same.

    `as_printed` restores the numerals.
    """
    if any(code in words for code in _CODES):
        return words
    written: list[str] = []
    end = 0
    for each in quantities:
        if not words[each.start].isdigit():
            written += (words[end : each.start], words[each.start : each.end].translate(_AS_DIGITS))
            end = each.end
    return "".join(written) + words[end:]


def as_printed(words: str) -> str:
    """Return words with their numerals as printed."""
    return words.translate(_AS_PRINTED)


class Deadline(NamedTuple):
    """A deadline at `words[start:end]`, printed in short: `2020`, `2020-06`, `“十四五”`."""

    start: int
    end: int
    text: str


_LEAD = lazy_pattern(r"(?P<lead>[到至]|截至|力争|争取|确保|预计|计划)?[在于用]?\s*[“\"]?$")
_FOLLOWS = lazy_pattern(
    r"""
      (?P<before>之?前|以前)
    | (?P<no>[度版的以])
    | (?P<since>以来|以后|起|开始|实施|印发|发布|公布|施行|修订|全年|[至-]|—|－|\s*[”》）)])
    | (?P<list>、)
    """,
    re.VERBOSE,
)
_EACH_YEAR = lazy_pattern(r"(?:[、和及与](?:20)\d\d年[底末]?)+(?![度的以至起])[^。；;]*分别")
"""Years in a row, each with a value of its own: 2023年、2024年、2025年…分别达到80%、90%、100%."""
_REACHES = lazy_pattern(
    r"(?:(?:力争|要|应|将)?(?:达到?|实现|降[到至为]|提[高升][到至]|控制在|不[低高]于|超过))\s*\d"
)
"""A value to be reached in a year printed before it: 绿色建筑占比2025年达到45%."""
_NUMBER = lazy_pattern("[0-9０-９一二三四五六七八九十百千]")
_TO = ("至", "-", "—", "－")
_AND = ("和", "、", "及", "与")
_THIS_CENTURY = 2000
"""First year that may be a deadline in a document of unknown age; years before it (1998年) tell the past."""
_PAST = lazy_pattern(r"(?:自|从|比|较|按|以|在|于|和|与|对|由|《[^》]*)\s*$")


def find_deadlines(words: str, issued: int | None = None) -> Iterator[Deadline]:
    """Yield the deadlines of a clause in order, without starting dates (2018年以来), dates of documents and past years.

    `issued` is the year of the document; if it is unknown, a year of the last century is a deadline only
    with 到, 底 or 前.

    Examples:
        >>> [deadline.text for deadline in find_deadlines("自2018年起，到2020年底，到2025年6月底前，“十四五”期间，至“十五五”期末")]
        ['2020', '2025-06', '“十四五”', '“十五五”末']
    """
    last_end = span_end = -1
    for horizon in find_horizons(words):
        lead = _LEAD.search(words[max(0, horizon.start - 4) : horizon.start])
        start = horizon.start - (len(lead[0]) if lead is not None and lead["lead"] else 0)
        if horizon.plan:
            yield Deadline(
                start, horizon.end, f"“{horizon.plan}”{'末' if horizon.text.endswith('末') else ''}"
            )
            continue
        follows = _FOLLOWS.match(words, horizon.end)
        before = follows["before"] if follows is not None else None
        year = _Year(
            horizon,
            words,
            start,
            horizon.end + len(before or ""),
            lead["lead"] if lead is not None else None,
            before,
            follows,
            is_joined=last_end >= 0 and words[last_end:start] in _AND,
        )
        if start <= span_end or year.is_of_the_past(issued) or year.is_name or year.is_no_deadline(issued):
            if follows is not None and follows["since"] in _TO:
                span_end = follows.end(
                    "since"
                )  # of 2019年1月1日至2020年12月31日, the second day is none either
            continue
        last_end = year.end
        yield Deadline(start, year.end, year.short)


class _Year(NamedTuple):
    """A year, or a day of a year, with the words around it."""

    horizon: Horizon
    words: str
    start: int
    end: int
    lead: str | None
    """到, 力争, 截至 before it."""
    before: str | None
    """前 behind it."""
    follows: re.Match[str] | None
    """Match of words after the date; None without a match."""
    is_joined: bool
    """Whether the date continues a deadline before it: 到2022年和2025年."""

    @property
    def is_bound(self) -> bool:
        """Whether the date is a last day, and not merely a day."""
        part = self.horizon.part or self.horizon.text[-1:] in "底末"
        return bool(self.lead or self.before or part or self.is_joined)

    def is_of_the_past(self, issued: int | None) -> bool:
        """Whether the date is past when the document is issued, or belongs to a past event."""
        year = self.horizon.year
        if year is None or year < (issued or 0) or (self.lead == "截至" and year <= (issued or year)):
            return True
        return self.before is not None and self.words[self.end : self.end + 1] in tuple("已曾")

    @property
    def is_name(self) -> bool:
        """Whether the date begins a stretch of time, or is part of a name: 2018年以来, 2019年度, 2025年的工作."""
        if self.follows is None:
            return False
        if self.follows["no"] is not None and self.horizon.month is None:
            # 增加到2025年的1000座 tells by when
            is_reached = self.lead == "到" and self.words[self.end : self.end + 1] == "的"
            return not (is_reached and _NUMBER.match(self.words, self.end + 1))
        is_list = (
            self.follows["list"] and not self.is_bound and _EACH_YEAR.match(self.words, self.end) is None
        )
        return bool(self.follows["since"] or is_list)

    def is_no_deadline(self, issued: int | None) -> bool:
        """Whether a bare year opens no part of the sentence, or is of the last century in a document of unknown age."""
        if self.is_bound or _REACHES.match(self.words, self.end):
            return False
        if issued is None and (self.horizon.year or 0) < _THIS_CENTURY:
            return True
        if _PAST.search(self.words, max(0, self.start - 12), self.start) is not None:
            return True
        opens = self.start == 0 or self.words[self.start - 1] in "。；;，,：:、（( "
        return not opens or self.words[self.end : self.end + 1].isspace()

    @property
    def short(self) -> str:
        """The deadline in short form: `2020`, `2020-06`, `2024上半年`."""
        month = f"-{self.horizon.month:02}" if self.horizon.month else ""
        half = self.horizon.part if self.horizon.part[:1] in tuple("上下一二三四1234") else ""
        return f"{self.horizon.year}{month}{half}"
