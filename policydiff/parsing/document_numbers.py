"""Document numbers (发文字号) in the one form in which they are stored and compared."""

import re

from policydiff.lexicon.blanks import despace
from policydiff.lexicon.numerals import to_int
from policydiff.parsing.kinds import DATE, Kind
from policydiff.parsing.paragraphs import Paragraph

_OPEN, _CLOSE = r"[（(〔﹝［\[【〖]", r"[)）〕﹞］\]】〗]"
_CODE = r"(?:[\u4e00-\u9fff]|[（(〔［\[][\u4e00-\u9fff][)）〕］\]])"
_BRACKETED = re.compile(
    rf"({_CODE}{{1,16}}?){_OPEN}((?:19|20)\d\d|\d\d)年?{_CLOSE}([\u4e00-\u9fff]{{1,6}}字)?(?:第)?0*(\d{{1,5}}(?:-\d+)?)号"
)
_YEAR_FIRST = re.compile(rf"{_OPEN}((?:19|20)\d\d|\d\d)年?{_CLOSE}({_CODE}{{1,12}}?)第?0*(\d{{1,5}})号")
_ORDER = re.compile(
    r"([\u4e00-\u9fff]{2,30}?令)[（(]?(?:(?:19|20)\d\d年)?第(\d{1,5}|[〇零○一二三四五六七八九十百]{1,8})号[)）]?"
)
_NOTICE = re.compile(
    r"([\u4e00-\u9fff、]{2,30}?公告)?[（(]?((?:19|20)\d\d)年第(\d{1,4}|[一二三四五六七八九十]{1,4})号[)）]?"
)
_ANY = re.compile(
    "|".join(pattern.pattern for pattern in (_YEAR_FIRST, _BRACKETED, _ORDER, _NOTICE)) + r"|国令第\d{1,4}号"
)
_DAY = re.compile(re.sub(r"\?P<\w+>", "?:", DATE.pattern), re.VERBOSE)
_STATE_COUNCIL = "中华人民共和国国务院令"


def normal_number(words: str) -> str | None:
    """Return a document number as it is stored, None for anything else.

    Brackets become 〔〕, 第 and leading zeros go; orders of the State Council are named 国令 as its own pages do.

    >>> [normal_number(words) for words in ("沪府发[2018]025号", "中华人民共和国国务院令 第707号", "2021年 第 3 号")]
    ['沪府发〔2018〕25号', '国令第707号', '公告2021年第3号']
    """
    printed = despace(words).replace(" ", "")
    if (match := _BRACKETED.fullmatch(printed)) is not None:
        return f"{match[1]}{match[3] or ''}〔{_year(match[2])}〕{match[4]}号"
    if (match := _YEAR_FIRST.fullmatch(printed)) is not None:
        return f"{match[2]}〔{_year(match[1])}〕{match[3]}号"
    if (match := _ORDER.fullmatch(printed)) is not None:
        body = "国令" if match[1] in (_STATE_COUNCIL, "国务院令") else match[1]
        return f"{body}第{_digits(match[2])}号"
    if (match := _NOTICE.fullmatch(printed)) is not None:
        return f"{match[1] or '公告'}{match[2]}年第{_digits(match[3])}号"
    return printed if re.fullmatch(r"国令第\d{1,4}号", printed) else None


def _digits(numeral: str) -> str:
    value = to_int(numeral)
    return numeral if value is None else str(value)


def _year(digits: str) -> str:
    return digits if len(digits) > 2 else f"19{digits}"


def numbers_on(line: str) -> list[str]:
    """Return the document numbers that stand on a line of the head, with dates or other notes beside them.

    >>> numbers_on("1994年8月29日 法发〔1994〕21号 高检会〔1994〕37号")
    ['法发〔1994〕21号', '高检会〔1994〕37号']
    """
    words = _DAY.sub("、", despace(line)).replace(" ", "")
    return [
        number
        for match in _ANY.finditer(words)
        if (number := normal_number(match[0].strip("、，"))) is not None
    ]


def numbers_in(lines: list[Paragraph]) -> list[str]:
    """Return the document numbers printed in the fixed lines of a text, in order; those parted over two lines joined."""
    printed = [despace(line.text) for line in lines if line.kind is Kind.NUMBER]
    found = [
        number
        for words in printed
        for number in numbers_on(words)
        if not words.startswith(("19", "20")) or "〔" in number
    ]
    if found:
        return list(dict.fromkeys(found))
    joined = normal_number("".join(printed))
    return [joined] if joined is not None else []
