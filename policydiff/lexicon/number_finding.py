"""Document numbers in running text: 国发〔2016〕36号, 国务院令第707号, 公告2018年第5号."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.wording import Words

BEFORE_NUMBERS = Words("policydiff.lexicon", "before_numbers")
_BRACKET = r"[（(〔﹝［\[【〖]"
_CLOSING = r"[）)〕﹞］\]】〗]"
_NUMBER = re.compile(
    rf"""
    (?P<code>(?:(?!号)[\u4e00-\u9fff]){{1,16}}
      (?: [（(][\u4e00-\u9fff]{{1,3}}[）)] (?:(?!号)[\u4e00-\u9fff]){{1,6}} )? ) \s*    # 沪府办规, 法（研）复
    {_BRACKET} \s* (?P<year>(?:19|20)\d\d) \s*年?\s* {_CLOSING}   # 〔2021〕
    \s* 第? \s* 0*(?P<serial>\d{{1,5}}(?:-\d{{1,3}})?) \s* 号     # 5号
    """,
    re.VERBOSE,
)
_NO_CODE = re.compile(
    rf"\s* {_BRACKET} \s* (?P<year>(?:19|20)\d\d) \s* {_CLOSING} \s* 第? \s* 0*(?P<serial>\d{{1,5}}) \s* 号 \s*",
    re.VERBOSE,
)
_FURTHER = re.compile(
    rf"""
    \s* [、和及与] \s* (?P<number>
        (?: {_BRACKET} \s* (?P<year>(?:19|20)\d\d) \s* {_CLOSING} )? \s*    # 、〔2017〕
        第? \s* 0*(?P<serial>\d{{1,5}}) \s* 号 ) (?! [\u4e00-\u9fff]?[楼线馆院] )
    """,
    re.VERBOSE,
)
_OLD_NUMBER = re.compile(  # （94）财税字第089号
    rf"""
    {_BRACKET} \s* (?P<year> (?:19)?[4-9]\d ) \s* {_CLOSING} \s*
    (?P<code> [\u4e00-\u9fff]{{1,8}}字 ) \s* 第? \s* 0*(?P<serial>\d{{1,5}}) \s* 号
    """,
    re.VERBOSE,
)
_DECREE = re.compile(
    r"""
    (?P<decree> [\u4e00-\u9fff]{0,16}? (?: 令 | 公告 ) ) \s*        # 国务院令
    [（(]? (?: (?P<of> (?:19|20)\d\d ) \s* 年 )? \s*               # 公告2018年第5号
    第 \s* (?P<no> \d{1,4} | [一二三四五六七八九十百零〇]{1,7} ) \s* 号 [)）]?   # 第707号, 第四十八号
    """,
    re.VERBOSE,
)
_ENDS_DECREE = re.compile(r"号\s*(?:令|公告)")
_DECREE_AFTER = re.compile(
    r"""
    (?P<body> [\u4e00-\u9fff]{2,16}? ) \s* (?: (?P<of> (?:19|20)\d\d ) \s* 年 )? \s*    # 国家发展改革委2018年
    第 \s* (?P<no> \d{1,4} | [一二三四五六七八九十百零〇]{1,7} ) \s* 号 \s* (?P<kind> 令 | 公告 )   # 第16号令
    """,
    re.VERBOSE,
)
_BEFORE_CODE = BEFORE_NUMBERS.phrase(".* {before_codes}")
_AND = re.compile(r"^(?:和|与|及|以及|或)")


class Number(NamedTuple):
    """A document number found at `words[start:end]`, in its normal form."""

    start: int
    end: int
    number: str


def find_numbers(words: str) -> Iterator[Number]:
    """Yield the document numbers of running text, words such as 根据 cut off their front.

    Numbers of the years before 2000 may have the year in front: （94）财税字第089号.
    """
    if "号" not in words:
        return
    for match in _NUMBER.finditer(words):
        code = match["code"]
        kept = _BEFORE_CODE.remove(code)
        if words[match.start() - 1 : match.start()] == "号":
            kept = _AND.sub("", kept)
        if kept:
            start = match.end("code") - len(kept)
            yield Number(start, match.end(), _normal(f"{kept}〔{match['year']}〕{match['serial']}号"))
            yield from _further(words, match, kept)
    for match in _OLD_NUMBER.finditer(words):
        yield Number(match.start(), match.end(), _normal(match[0]))


def _further(words: str, first: re.Match[str], code: str) -> Iterator[Number]:
    """Yield the numbers that leave out what they share with the first: 国发〔2016〕76号、77号."""
    year, end = first["year"], first.end()
    while match := _FURTHER.match(words, end):
        year, end = match["year"] or year, match.end()
        yield Number(match.start("number"), end, _normal(f"{code}〔{year}〕{match['serial']}号"))


def find_decrees(words: str) -> Iterator[Number]:
    """Yield numbers of decrees and announcements: 国务院令第707号, 公告2018年第5号, 财政部第33号令."""
    if "号" not in words:
        return
    for match in _DECREE.finditer(words):
        kept = _without_date(_BEFORE_CODE.remove(match["decree"]), words, match.start())
        if kept in ("令", "公告") or len(kept) > 2:
            start = match.end("decree") - len(kept)
            year = f"{match['of']}年" if match["of"] else ""
            yield Number(start, match.end(), _normal(f"{kept}{year}第{match['no']}号"))
    for match in _DECREE_AFTER.finditer(words) if _ENDS_DECREE.search(words) else ():
        kept = _without_date(_BEFORE_CODE.remove(match["body"]), words, match.start())
        if len(kept) > 1 and "令" not in kept and "公告" not in kept:
            start = match.end("body") - len(kept)
            year = f"{match['of']}年" if match["of"] else ""
            yield Number(start, match.end(), _normal(f"{kept}{match['kind']}{year}第{match['no']}号"))


def _normal(words: str) -> str:
    number = DocumentNumber.parse(words)
    return words if number is None else str(number)


def number_without_code(bracketed: str) -> str | None:
    """Return the number of a title's bracket that leaves out the body: 《会议纪要》（〔2015〕22号）."""
    match = _NO_CODE.fullmatch(bracketed)
    return f"〔{match['year']}〕{match['serial']}号" if match else None


def _without_date(body: str, words: str, start: int) -> str:
    """Return the name of a body without the end of the date before it: 12月1日|市人民政府令."""
    return body[1:] if body[:1] in ("年", "月", "日") and words[start - 1 : start].isdigit() else body


def number_in(bracketed: str) -> str | None:
    """Return the first document number of a bracket's words, normalised with 〔〕; None where there is none."""
    found = next(find_numbers(bracketed), None) or next(find_decrees(bracketed), None)
    return found.number if found else None
