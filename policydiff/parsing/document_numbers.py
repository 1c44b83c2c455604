"""Document numbers (发文字号) in the one form in which they are stored and compared."""

import re

from policydiff.lexicon.blanks import despace
from policydiff.lexicon.numerals import to_int
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph

_OPEN, _CLOSE = r"[（(〔﹝［\[【〖]", r"[)）〕﹞］\]】〗]"
_BRACKETED = re.compile(
    rf"([\u4e00-\u9fff]{{1,16}}?){_OPEN}((?:19|20)\d\d)年?{_CLOSE}(?:第)?0*(\d{{1,5}}(?:-\d+)?)号"
)
_ORDER = re.compile(
    r"([\u4e00-\u9fff]{2,30}?令)[（(]?(?:(?:19|20)\d\d年)?第(\d{1,5}|[〇零○一二三四五六七八九十百]{1,8})号[)）]?"
)
_NOTICE = re.compile(
    r"([\u4e00-\u9fff、]{2,30}?公告)?[（(]?((?:19|20)\d\d)年第(\d{1,4}|[一二三四五六七八九十]{1,4})号[)）]?"
)
_STATE_COUNCIL = "中华人民共和国国务院令"


def normal_number(words: str) -> str | None:
    """Return a document number as it is stored, None for anything else.

    Brackets become 〔〕, 第 and leading zeros go; orders of the State Council are named 国令 as its own pages do.

    >>> [normal_number(words) for words in ("沪府发[2018]025号", "中华人民共和国国务院令 第707号", "2021年 第 3 号")]
    ['沪府发〔2018〕25号', '国令第707号', '公告2021年第3号']
    """
    printed = despace(words).replace(" ", "")
    if (match := _BRACKETED.fullmatch(printed)) is not None:
        return f"{match[1]}〔{match[2]}〕{match[3]}号"
    if (match := _ORDER.fullmatch(printed)) is not None:
        body = "国令" if match[1] in (_STATE_COUNCIL, "国务院令") else match[1]
        return f"{body}第{_digits(match[2])}号"
    if (match := _NOTICE.fullmatch(printed)) is not None:
        return f"{match[1] or '公告'}{match[2]}年第{_digits(match[3])}号"
    return printed if re.fullmatch(r"国令第\d{1,4}号", printed) else None


def _digits(numeral: str) -> str:
    value = to_int(numeral)
    return numeral if value is None else str(value)


def number_in(lines: list[Paragraph]) -> str | None:
    """Return the document number printed in the fixed lines of a text, None where there is none."""
    printed = [despace(line.text) for line in lines if line.kind is Kind.NUMBER]
    for words in printed:
        if (number := normal_number(words)) is not None and not words.startswith(("19", "20")):
            return number
    joined = "".join(printed)
    return normal_number(joined)


def order_in(event: str) -> str | None:
    """Return the order that published a text: `国务院令第722号` in `2019年10月22日 国务院令第722号公布`."""
    match = _ORDER.search(re.sub(r"^.*?日", "", despace(event)))
    return None if match is None else normal_number(match[0])
