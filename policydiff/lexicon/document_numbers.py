"""Document numbers (发文字号): one type of value, one function that reads every spelling, one normal form.

Numbers in running text (国发〔2016〕36号, 国务院令第707号) are found here as well.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from policydiff.lexicon.bodies import body_key
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.lexicon.widths import despace, fold

_HAN = "\u4e00-\u9fff"
_DIGITS = "0-9〇零○一二三四五六七八九十百"
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
_IN_BRACKETS = rf"(?:\([{_HAN}]{{1,3}}\)[{_HAN}]{{0,8}})?"
_CODE = rf"[{_HAN}·、]{{1,30}}{_IN_BRACKETS}"
"""A code as the issuer's register has it: 沪府发, 法（研）复."""
_COUNTED_CODE = (
    rf"(?:[{_HAN}·、]|\b[A-Z×]{{1,3}}(?=[{_HAN}])|(?<=[{_HAN}])\d{{1,4}}(?=[{_HAN}])){{1,30}}{_IN_BRACKETS}"
)
"""A code that numbers its bodies: 川01 for the first middle court; after a year it belongs to a case."""
_SERIAL = r"0*(?P<serial>[1-9]\d{0,14}(?:-\d{1,3})?)"
"""A serial number; registers of penalties combine office, year and case in one serial: 〔2024〕102023001234号."""
_BRACKET = r"[(《]"
_CLOSING = r"[)》]"

SERIES = (
    rf"(?:[{_HAN}]{{1,6}}(?<![初终再提申监抗执裁])字|通[告报知]|公告|[通函]|[A-Za-zＡ-Ｚａ-ｚ]{{1,3}}[-－]?)"
)
"""Series of a register between year and serial: 佛公交〔2023〕通字4号, 〔2023〕A12号; 民终字 is a series of cases."""
_FILE = lazy_pattern(
    rf"(?P<code>(?:{_COUNTED_CODE}|[{_HAN}、]{{1,60}}(?:令|公告))?){_BRACKET}(?P<year>{_YEAR})年?{_CLOSING}(?:第?(?P<series>{SERIES}))?第?{_SERIAL}号?(?:文件?)?"
)
_YEAR_FIRST = lazy_pattern(
    rf"(?:{_BRACKET}(?P<bracketed>{_YEAR}|[4-9]\d)年?{_CLOSING}|(?P<told>{_YEAR}|[4-9]\d)年|(?P<bare>{_YEAR}))"
    rf"(?P<code>{_CODE}[字发复函通])第?{_SERIAL}号"
)
"""〔80〕法研字第7号. A code must end as codes do: （2018）最高法民终7号 is the number of a case. Two digits need a bracket or 年 to be
a year: 80法研字第7号 may as well be the eightieth of a list."""
_CASE = lazy_pattern("[初终再提申监抗执裁]字$")
"""Codes of cases: （2012）沪高民终字第5号 names no document; 民他字, the court's replies, does."""
_SHORT_YEAR = lazy_pattern(
    rf"(?P<code>{_CODE}[字发复函通]){_BRACKET}(?P<year>[4-9]\d)年?{_CLOSING}第?{_SERIAL}号"
)
"""法研字〔80〕7号; years below 1940 or of this century are always printed with four digits."""
_UNBRACKETED = lazy_pattern(rf"(?P<code>[{_HAN}]{{1,16}}[字发函规办])(?P<year>(?:19|20)\d\d)年?第{_SERIAL}号")
LONG_FORM = rf"(?:[{_HAN}]|(?<=[{_HAN}])\d(?=[{_HAN}])){{1,20}}(?:[（(][{_HAN}]{{1,3}}[)）])?字第\d{{6,12}}[A-Z]?[號号]"
"""A number of Taiwan as part of another pattern: 府法綜字第1123000000號, 勞動條1字第1120148234號."""
_LONG = lazy_pattern(
    rf"(?:[{_HAN}]{{2,20}}?(?:政府|[院部署局處廳會])|總統)?(?P<code>(?:[{_HAN}]|\d(?=[{_HAN}])){{1,8}}(?:\([{_HAN}]{{1,3}}\))?字)第(?P<serial>\d{{6,12}}[A-Z]?)[號号][令函]?",
    marks=("字第",),
)
"""臺北市政府府法綜字第1123000000號令: the year is part of the serial, which has six or more digits."""
_NO = rf"第?0*(?P<serial>\d{{1,5}}|[{_DIGITS}]{{1,8}})号"
_COUNTED_IN = rf"\(?(?:(?P<year>{_YEAR})(?:年\)?|\))|第?(?P<term>[{_DIGITS}]{{1,3}})届\)?)\(?"
"""Year, or term of a congress, in which orders and announcements are numbered: 〔2024年〕, （十五届, 〔十四届〕."""
_ORDER = lazy_pattern(rf"(?P<code>[{_HAN}、]{{0,60}}?令)\(?(?:{_COUNTED_IN})?{_NO}\)?")
_ORDER_AFTER = lazy_pattern(
    rf"(?P<code>[{_HAN}、]{{0,30}}?)\(?(?:(?P<year>{_YEAR})(?:年\)?|\)))?{_NO}(?P<sort>令|公告)"
)
_NOTICE = lazy_pattern(rf"(?P<code>[{_HAN}、]{{0,60}}?[公通]告)?{_COUNTED_IN}{_NO}\)?")
_NOTICE_WITHOUT_YEAR = lazy_pattern(rf"(?P<code>[{_HAN}、]{{0,60}}?[公通]告)\(?{_NO}\)?")
_LABEL = lazy_pattern(r"(?:发文字号|发文文号|文号|文件编号|字号)[:：]?")
_STATE = lazy_pattern("中华人民共和国(?=.{2})")
_STATE_COUNCIL = frozenset({"国务院令", "国令"})
_PRESIDENT = frozenset({"主席令", "国家主席令"})


class NumberSort(StrEnum):
    """Kind of a document number, which decides whether an equal number proves that two texts are one document."""

    FILE = "file"
    """代字〔年〕号: the number identifies one document."""
    ORDER = "order"
    """令: one order may publish or amend several documents."""
    NOTICE = "notice"
    """公告: likewise."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number in parts; `str` gives its normal form."""

    code: str
    """机关代字 (`沪府发`), or the body with 令 or 公告 (`财政部令`); empty where none is printed."""
    serial: str
    """`25`, `5-1`; without leading zeros."""
    year: int | None = None
    term: int | None = None
    """届, where a congress counts its announcements by its terms."""
    sort: NumberSort = NumberSort.FILE
    series: str = ""
    """`通字` in 佛公交〔2023〕通字4号; its serials are counted separately from those of the code."""

    def __str__(self) -> str:
        """Return the normal form."""
        if self.term is not None:
            return f"{self.code}〔{self.term}届〕第{self.serial}号"
        if self.sort is NumberSort.FILE and self.year is None:
            return f"{self.code}第{self.serial}號"
        if self.sort is NumberSort.FILE:
            return f"{self.code}〔{self.year}〕{self.series}{self.serial}号"
        return f"{self.code}{'' if self.year is None else f'{self.year}年'}第{self.serial}号"

    @property
    def key(self) -> str:
        """Key of the number: equal for all spellings of one number, different for different numbers."""
        return f"{_code_key(self.code)}|{self.term or self.year or ''}|{self.series}{self.serial}"

    @property
    def names_one_document(self) -> bool:
        """Whether the number alone identifies a document; an order may amend dozens of statutes."""
        return self.sort is NumberSort.FILE and self.code != ""

    @property
    def lacks_body(self) -> bool:
        """Whether the number is printed without its body: 公告2021年第3号."""
        return self.code in ("", "公告", "通告", "令")

    def of(self, body: str) -> "DocumentNumber":
        """Return the number with the body that its printed form omits."""
        if not self.lacks_body:
            return self
        return DocumentNumber(_own_code(body + self.code), self.serial, self.year, self.term, self.sort)

    @classmethod
    def parse(cls, words: str) -> "DocumentNumber | None":
        """Return the number that `words` form as a whole; None if they form none.

        >>> [str(DocumentNumber.parse(words)) for words in ("沪府发[2018]025号", "中华人民共和国国务院令 第707号")]
        ['沪府发〔2018〕25号', '国令第707号']
        >>> [str(DocumentNumber.parse(words)) for words in ("〔80〕法研字第7号", "2021年 第 3 号", "（2018）沪01民终7号")]
        ['法研字〔1980〕7号', '公告2021年第3号', 'None']
        """
        return _parse(words) if len(words) <= _LONGEST else None

    @classmethod
    def normal(cls, words: str) -> str:
        """Return the normal form of a number; for other words, the words without blanks."""
        number = cls.parse(words)
        return despace(words).replace(" ", "") if number is None else str(number)


_LONGEST = 80
"""Characters of the longest spelling: five joint issuers of an announcement take some 60."""


def number_key(words: str, bodies: Sequence[str] = ()) -> str:
    """Return the key for looking up a number; words that are no number are their own key, without blanks.

    A number printed without its body (公告2021年第3号) takes the first of the document's issuing bodies.

    >>> number_key("国务院令第707号") == number_key("中华人民共和国国务院令（第707号）")
    True
    """
    number = DocumentNumber.parse(words)
    if number is None:
        return despace(words).replace(" ", "")
    return (number.of(bodies[0]) if bodies else number).key


@lru_cache(maxsize=4096)
def _parse(words: str) -> DocumentNumber | None:
    printed = fold(despace(words)).replace(" ", "")
    if (long := _LONG.fullmatch(printed)) is not None:
        return DocumentNumber(long["code"], long["serial"])
    printed = printed.replace("號", "号")
    if "号" not in printed and not printed.endswith((")",)) and not re.search(r"\)第?\d+$", printed):
        return None
    printed = _LABEL.sub("", printed, count=1)
    is_around = printed.count("(") == 1 or printed.count(")") > 1
    printed = printed[1:-1] if is_around and printed[0] + printed[-1] == "()" else printed
    for read in (_year_first, _file, _counted):
        number = read(printed)
        if number is not None:
            return number
    return None


def _year_first(printed: str) -> DocumentNumber | None:
    match = _YEAR_FIRST.fullmatch(printed)
    if match is not None:
        year = match["bracketed"] or match["told"] or match["bare"]
    elif (match := _SHORT_YEAR.fullmatch(printed)) is not None:
        year = match["year"]
    if match is None or _CASE.search(match["code"]) is not None:
        return None
    return DocumentNumber(_own_code(match["code"]), match["serial"], _year(year))


def _file(printed: str) -> DocumentNumber | None:
    match = _FILE.fullmatch(printed) or _UNBRACKETED.fullmatch(printed)
    if match is None:
        return None
    code = _own_code(_BEFORE_ITS_CODE.sub("", match["code"]))
    series = (match.groupdict().get("series") or "").upper()  # searches are in small letters
    if (not code and not printed.endswith("号")) or (series and (not code or code.endswith(_NO_CODES))):
        return None
    if code.endswith("令"):
        return DocumentNumber(code, match["serial"], _year(match["year"]), sort=NumberSort.ORDER)
    return DocumentNumber(code, match["serial"], _year(match["year"]), series=series)


_NO_CODES = ("法院", "高院", "中院", "检察院", "委员会", "公证处")
"""Names before the year of a number whose code follows the year: 某仲裁委员会〔2004〕大仲字第54号."""
_BEFORE_ITS_CODE = lazy_pattern(
    "^(?!.*[公通]告$)[\u4e00-\u9fff、]*(?:人民政府|(?<=[省市县区州、])政府|国务院|法院|检察院|总局|总署|委员会|办公厅|办公室|(?:财政|铁道|卫生|农业|人事|教育|公安|民政|司法|商务|水利|自然资源|生态环境|科学技术|城乡建设|交通运输|农业农村|应急管理|社会保障|文化和旅游|信息化)部|(?:改革|健康)委|[省市县区州][\u4e00-\u9fff]{2,12}[厅局委])"
    "(?=[^办联令函规字发]|发改)(?=.{2})"
)
"""The issuer's full name before the code of its register: 财政部|财税〔2016〕36号; 工信部联规 is a code itself."""
_COUNTED_FORMS = (_ORDER, _NOTICE, _NOTICE_WITHOUT_YEAR, _ORDER_AFTER)


def _counted(printed: str) -> DocumentNumber | None:
    """Return the number of an order or announcement: 财政部令第3号, 公告2021年第3号, 财政部第33号令."""
    match = next(filter(None, (form.fullmatch(printed) for form in _COUNTED_FORMS)), None)
    if match is None or (serial := to_int(match["serial"])) is None:
        return None
    said = match.groupdict()
    code = _own_code((said["code"] or "") + said.get("sort", "")) or "公告"
    year = None if said.get("year") is None else _year(match["year"])
    term = None if said.get("term") is None else to_int(match["term"])
    sort = NumberSort.ORDER if code.endswith("令") else NumberSort.NOTICE
    return DocumentNumber(code, str(serial), year, term, sort)


def _year(words: str) -> int | None:
    value = to_int(words)
    return 1900 + value if value is not None and value < 100 else value


def _own_code(code: str) -> str:
    """Return a code in normal form: without separating marks, and with the state's name only if nothing else remains."""
    code = _STATE.sub("", code.replace("、", ""), count=1).replace("(", "（").replace(")", "）")
    if code in _STATE_COUNCIL:
        return "国令"
    return "主席令" if code in _PRESIDENT else code


@lru_cache(maxsize=4096)
def _code_key(code: str) -> str:
    for sort in ("令", "公告", "通告"):
        if code.endswith(sort) and len(code) > len(sort) + 1:
            return body_key(code.removesuffix(sort)) + sort
    return code


BEFORE_NUMBERS = Words("policydiff.lexicon", "before_numbers")
_YEAR_BRACKET = r"[（(〔﹝［\[【〖]"
_CLOSING_BRACKET = r"[）)〕﹞］\]】〗]"
_NUMBER = lazy_pattern(
    rf"""
    (?P<code>(?:[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵]\d\d)? (?:(?!号)[\u4e00-\u9fff]){{1,16}}
      (?: [（(][\u4e00-\u9fff]{{1,3}}[）)] (?:(?!号)[\u4e00-\u9fff]){{1,6}} )? ) \s*    # 沪府办规, 法（研）复
    {_YEAR_BRACKET} \s* (?P<year>(?:(?:19|20)\d|(?<![楼栋幢座室路街巷弄园村][（(])[5-9])\d) \s*年?\s* {_CLOSING_BRACKET}   # 〔2021〕, （85）
    \s* (?:第?(?P<series>{SERIES}))? \s* 第? \s* 0*(?P<serial>\d{{1,15}}(?:-\d{{1,3}})?) \s* 号     # 5号, 通字4号
    """,
    re.VERBOSE,
)
_NO_CODE = lazy_pattern(
    rf"\s* {_YEAR_BRACKET} \s* (?P<year>(?:19|20)\d\d) \s* {_CLOSING_BRACKET} \s* 第? \s* 0*(?P<serial>\d{{1,5}}) \s* 号 \s*",
    re.VERBOSE,
)
_FURTHER = lazy_pattern(
    rf"""
    \s* [、和及与] \s* (?P<number>
        (?: {_YEAR_BRACKET} \s* (?P<year>(?:19|20)\d\d) \s* {_CLOSING_BRACKET} )? \s*    # 、〔2017〕
        第? \s* 0*(?P<serial>\d{{1,5}}) \s* 号 ) (?! [\u4e00-\u9fff]?[楼线馆院] )
    """,
    re.VERBOSE,
)
_OLD_NUMBER = lazy_pattern(  # （94）财税字第089号
    rf"""
    {_YEAR_BRACKET} \s* (?P<year> (?:19)?[4-9]\d | 20\d\d ) \s* {_CLOSING_BRACKET} \s*
    (?P<code> [\u4e00-\u9fff]{{1,8}}字 ) \s* 第? \s* 0{{0,2}}(?P<serial>\d{{1,5}}) \s* 号
    """,
    re.VERBOSE,
)
_DECREE = lazy_pattern(
    r"""
    (?: (?<=号) (?: 令 | 公告 ) [和及与、] | (?<=[条款项号]) [和及与] )? (?P<body> (?: (?![条款项号])[\u4e00-\u9fff] ){0,16}? (?: 令 | 公告 ) ) \s*        # 国务院令
    [（(]? (?: (?P<of> (?:19|20)\d\d ) \s* 年 )? \s*               # 公告2018年第5号
    第 \s* (?P<no> \d{1,4} | [一二三四五六七八九十百零〇]{1,7} ) \s* 号 [)）]?   # 第707号, 第四十八号
    """,
    re.VERBOSE,
)
_ENDS_DECREE = lazy_pattern(r"号\s*(?:令|公告)")
_DECREE_AFTER = lazy_pattern(
    r"""
    (?P<body> [\u4e00-\u9fff]{2,16}? ) \s* (?: (?P<of> (?:19|20)\d\d ) \s* 年 )? \s*    # 国家发展改革委2018年
    第 \s* (?P<no> \d{1,4} | [一二三四五六七八九十百零〇]{1,7} ) \s* 号 \s* (?P<kind> 令 | 公告 )   # 第16号令
    """,
    re.VERBOSE,
)
_BEFORE_CODE = BEFORE_NUMBERS.phrase(".* {before_codes}")
_AND = lazy_pattern(r"^(?:和|与|及|以及|或)")
_BEHIND_PLACE = lazy_pattern(r"^[\u4e00-\u9fff]{0,12}[条款项](?:以及|[和与及或])")
"""A place in the document cited before: 某政发〔2021〕9号第三|条和|某财规〔2022〕3号."""


class Number(NamedTuple):
    """A document number found at `words[start:end]`, in its normal form."""

    start: int
    end: int
    number: str


def find_numbers(words: str) -> Iterator[Number]:
    """Yield the document numbers in running text, without words such as 根据 before them; some begin with the year: （94）财税字第089号."""
    if "号" not in words:
        return
    ends = set()
    for match in _NUMBER.finditer(words):
        code = match["code"]
        kept = _BEHIND_PLACE.sub("", _BEFORE_CODE.sub("", _behind_date(words, match.start(), code)))
        if words[match.start() - 1 : match.start()] == "号":
            kept = _AND.sub("", kept)
        if kept and not (match["series"] and kept.endswith(_NO_CODES)):
            serial = (match["series"] or "") + match["serial"]
            printed = DocumentNumber.normal(f"{kept}〔{_year(match['year'])}〕{serial}号")
            yield Number(match.end("code") - len(kept), match.end(), printed)
            yield from _further(words, match, kept)
            ends.add(match.end())
    for match in _OLD_NUMBER.finditer(words):
        if match.end() not in ends and (number := DocumentNumber.parse(match[0])) is not None:
            yield Number(match.start(), match.end(), str(number))


def _behind_date(words: str, start: int, code: str) -> str:
    """Return a code without the end of the date in front of it: 12月1|日市人民政府令."""
    return code[1:] if code[:1] in ("年", "月", "日") and words[start - 1 : start].isdigit() else code


def _further(words: str, first: re.Match[str], code: str) -> Iterator[Number]:
    """Yield the numbers that omit the part shared with the first: 国发〔2016〕76号、77号."""
    year, end = first["year"], first.end()
    while match := _FURTHER.match(words, end):
        year, end = match["year"] or year, match.end()
        number = DocumentNumber.normal(f"{code}〔{year}〕{match['serial']}号")
        yield Number(match.start("number"), end, number)


def find_decrees(words: str) -> Iterator[Number]:
    """Yield numbers of decrees and announcements: 国务院令第707号, 公告2018年第5号, 财政部第33号令."""
    if "号" not in words:
        return
    after = _DECREE_AFTER.finditer(words) if _ENDS_DECREE.search(words) else ()
    for match in (*_DECREE.finditer(words), *after):
        kind = match.groupdict().get("kind") or ""
        kept = _behind_date(words, match.start(), _BEFORE_CODE.sub("", match["body"]))
        is_named = "令" not in kept and "公告" not in kept and len(kept) > 1
        if is_named if kind else kept in ("令", "公告") or len(kept) > 2:
            start = match.end("body") - len(kept)
            first = _with_bodies_before(words, start, kept)
            year = f"{match['of']}年" if match["of"] else ""
            named = f"{words[first:start]}{kept}{kind}{year}第{match['no']}号"
            yield Number(first, match.end(), DocumentNumber.normal(named))


_BODY_BEFORE = lazy_pattern(
    r"[\u4e00-\u9fff]{2,16}(?:部|委|委员会|局|署|院|银行|证监会|办|厅)(?:、|[ \u3000]{1,2})$"
)
_ALONE = lazy_pattern("人民政府|国务院|主席|常委会|常务委员会")  # no department issues orders beside these
_LONGEST_BODY = 24
"""Characters before a number among which the name of its body is looked for."""


def _with_bodies_before(words: str, start: int, last: str) -> int:
    """Return the start of the bodies that issued an announcement or order together with its last body.

    >>> words = "按照财政部、税务总局公告2023年第19号执行"
    >>> words[_with_bodies_before(words, words.index("税务"), "税务总局公告") :]
    '财政部、税务总局公告2023年第19号执行'
    """
    while last not in ("令", "公告") and _ALONE.search(last) is None:
        before = _BODY_BEFORE.search(words, max(0, start - _LONGEST_BODY), start)
        if before is None or len(name := _BEFORE_CODE.sub("", before[0])) <= 2:
            break
        start -= len(name)
    return start


def number_without_code(bracketed: str) -> str | None:
    """Return the number after a title that omits the body: 《会议纪要》（〔2015〕22号）."""
    match = _NO_CODE.fullmatch(bracketed)
    return f"〔{match['year']}〕{match['serial']}号" if match else None


def number_in(bracketed: str) -> str | None:
    """Return the first document number in bracketed words, normalised with 〔〕; None without a number."""
    found = next(find_numbers(bracketed), None) or next(find_decrees(bracketed), None)
    return found.number if found else None
