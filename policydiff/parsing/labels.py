"""Labels: the marks and numbers at the beginning of clauses, recognised by their form alone."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from policydiff.lexicon.numerals import CHINESE_DIGITS, circled, to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import BLANKS


class Sort(IntEnum):
    """Form of a label; the members are ordered as the forms usually nest."""

    PART = 0
    """第一编"""
    SUBPART = 1
    """第一分编"""
    CHAPTER = 2
    """第一章"""
    SECTION = 3
    """第一节"""
    ARTICLE = 4
    """第一条, 第一条之一"""
    COMMA = 5
    """一、"""
    BRACKET = 6
    """（一）"""
    POINT = 7
    """1. 1． 1、"""
    DIGIT_BRACKET = 8
    """（1） 1）"""
    CIRCLED = 9
    """①"""
    FIRSTLY = 10
    """一是 一要"""
    LETTER = 11
    """a) （a）"""
    DECIMAL = 12
    """1.1, 6.4.2"""
    CAPITAL = 13
    """A. （A）"""
    ROMAN = 14
    """I. Ⅱ. （III）"""
    SMALL_ROMAN = 15
    """i. （ii）"""
    STEM = 16
    """甲、 （乙）"""
    FORMAL = 17
    """壹、 贰、"""
    FIRST = 18
    """第一、 第二，"""
    WORD = 19
    """任务一： 工程1： 第一阶段： §1"""
    CODE = 20
    """A1、 B2."""


class Label(NamedTuple):
    """A label found at the start of a line."""

    sort: Sort
    text: str
    """As printed, without blanks."""
    number: str
    """In digits: `12`, `12-1`, `6.4.2`, `a`."""
    value: int
    """First number, to check sequences."""
    end: int
    """Where the words after it begin in the line."""
    size: int
    """Length of the label in characters of the line, without the blanks after it."""
    loose: bool = False
    """True where no blank, bracket or line end sets the label off from the words after it."""
    word: str = ""
    """The word that the number counts: 任务 in 任务一, 第阶段 in 第一阶段."""

    @property
    def inserted(self) -> bool:
        """Whether the number was inserted behind an existing number: 第十二条之一, 2A, 2bis."""
        return not self.number.isdigit()

    @property
    def family(self) -> str:
        """Key shared by the marks of one level: 壹、 and （壹） have different keys, and so have 任务一 and 步骤一."""
        bracketed = self.sort in _BRACKETED and self.text[0] in "（("
        return f"{self.sort.name}{'()' if bracketed else ''}{self.word}"


_BRACKETED = frozenset({Sort.STEM, Sort.FORMAL})
"""Forms that may mark two levels of one text, the lower level in brackets; for letters and Roman numbers, brackets make no second level."""
_B = f"[{BLANKS}]"
_CN = f"[{CHINESE_DIGITS}]"
_NUMBER = rf"(?:{_CN}{_B}?){{1,8}}|[0-9０-９]{{1,4}}(?:[-－][0-9]{{1,2}})?{_B}?"

_ORDINAL = lazy_pattern(
    rf"""
    【?第{_B}? ({_NUMBER}) (分?[编編]|[章节節条條]|篇(?=[{BLANKS}：:]|$)|部{_B}?分(?:[、：:](?!第))?)                          # 第十二条, 第 三 章
    (?: {_B}?[之の]{_B}? ({_CN}{{1,3}}|[0-9０-９]{{1,2}}) (?!款|项|目|规定|内|外) )?             # 之一
    (?: 】 (?<=条】|章】|节】|编】) | 、 (?<=[编編章节節条條]、) (?!{_B}*(?:[本該该][\u4e00-\u9fff]{{1,6}})?第) )?    # 【第一条】, 第一条、 but not 第一条、第三条
    """,
    re.VERBOSE,
)
_ENGLISH = lazy_pattern(
    rf"(Part|Chapter|Section|Sec|Article|Art)[.]?{_B}+([0-9]{{1,3}}(?:-[0-9]{{1,2}}|[A-Z]{{1,2}}|{_B}?(?:bis|ter|quater))?|[IVX]{{1,6}})(?=[.:：]|{_B}|$)[.:：]?{_B}*",
    re.IGNORECASE,
)
"""Article 12, CHAPTER IV: the divisions of an English statute; a label followed by small letters is a citation (Article 12 of …)."""
_CITES = lazy_pattern(r"[a-z(]|[,;]|and\b|of\b")
_COMMA = lazy_pattern(rf"({_CN}{{1,6}}){_B}?(?:、|[．.](?![0-9０-９])|[)）](?!{_B}*[、，])){_B}*")
_BRACKET = lazy_pattern(
    rf"(?:[（(〔﹝]{_B}?({_CN}{{1,6}}|[0-9０-９]{{1,3}}[A-Z]{{0,2}}|[a-zA-Z]){_B}?[）)〕﹞]|【({_CN}{{1,3}})】)(?:{_B}*[、.．])?{_B}*"
)
_POINT = lazy_pattern(
    rf"""
    ([0-9０-９]{{1,3}} | [0-9]{{1,3}}[A-Z]{{1,2}}(?=\.{_B})) {_B}?                 # 2A. of Hong Kong
    (?: [.．](?![0-9０-９])                            # 1. but not 3.5亿元
      | [.．](?=(?:19|20)[0-9]{{2}}年|[0-9]{{2,4}}(?:周?岁|[户家名所座处项件条]))   # 4.2022年12月5日前报送, 9.65岁以上老年人
      | [.．](?=(?:[2-6]G|[2-5]A级|3D|[48]K)[\u4e00-\u9fff])   # 1.5G网络工程
      | 、(?![0-9０-９]{{1,3}}(?![0-9０-９]))          # 1、 but not 1、2号楼
      | [）)](?!{_B}*[、，]) )                         # 1）
    (?: {_B}*、 )? {_B}*
    """,
    re.VERBOSE,
)
_DECIMAL = lazy_pattern(
    rf"((?:[A-Z]|[0-9０-９]{{1,2}})(?:[.．][0-9０-９]{{1,2}}){{1,3}}|[0-9]{{1,2}}[-－—][0-9]{{1,2}}(?={_B}))(?:[.．]{_B}*|{_B}+)(?=[^0-9０-９{BLANKS}])"
)
_FIRSTLY = lazy_pattern(r"([一二三四五六七八九十]{1,2})(?:是|要)(?=[\u4e00-\u9fff“])")
_LETTER = lazy_pattern(rf"([a-zA-Z])[)）.．、]{_B}*(?=[^a-zA-Z])")
_ROMAN = lazy_pattern(
    rf"(?:[（(]{_B}?([IVX]{{2,5}}|[ivx]{{2,5}}|[\u2160-\u217b])[)）]|([IVX]{{2,5}}|[ivx]{{2,5}}|[\u2160-\u217b])(?:{_B}?[.．、)）]|(?<=[\u2160-\u216b])(?={_B}+(?![级类型期度区])))){_B}*",
    marks=(*"IVXivx", *map(chr, range(0x2160, 0x217C))),
)
"""Roman numbers; the `typed` module tells those of one letter (I. V. X.) from plain letters by their neighbours."""
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_ROMAN_VALUES = {numeral: value for value, numeral in enumerate(_ROMANS.split(), start=1)}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_STEM = lazy_pattern(rf"(?:[（(]([{_STEMS}])[)）]|([{_STEMS}])[、.．]){_B}*", marks=_STEMS)
_FORMAL = lazy_pattern(
    rf"(?:[（(]([壹贰貳叁參肆伍陆陸柒捌玖拾]{{1,3}})[)）]|([壹贰貳叁參肆伍陆陸柒捌玖拾]{{1,3}})[、.．]){_B}*",
    marks="壹贰貳叁參肆伍陆陸柒捌玖拾",
)
_FIRST = lazy_pattern(rf"第([一二三四五六七八九十]{{1,3}})[、，,]{_B}*")
_WORD = lazy_pattern(
    rf"(?:第({_CN}{{1,3}}|[0-9]{{1,2}})(阶段|步骤?|方面|板块|类)|(?!附|专栏|图表)([\u4e00-\u9fff]{{2,4}}?|§){_B}?({_CN}{{1,3}}|[0-9]{{1,2}}|(?<=§)[0-9]{{1,3}}[a-z]?|(?<=§[{BLANKS}])[0-9]{{1,3}}[a-z]?))(?:{_B}*[：:、]{_B}*|{_B}+)",
    marks=f"：:、{BLANKS}",
)
"""A number behind or inside a word; such labels count only in a sequence of lines. 附件一 and 专栏1 are read elsewhere."""
_CODE = lazy_pattern(rf"([A-Z])([0-9]{{1,2}})[、.．]{_B}*(?=[^0-9{BLANKS}])")
_TRADITIONAL = str.maketrans("條節編項貳參陸", "条节编项贰叁陆")
_DIGITS = "0123456789０１２３４５６７８９"
_SORTS = {
    "分编": Sort.SUBPART, "编": Sort.PART, "章": Sort.CHAPTER, "节": Sort.SECTION, "条": Sort.ARTICLE,
    "part": Sort.PART, "chapter": Sort.CHAPTER, "section": Sort.SECTION, "sec": Sort.SECTION, "article": Sort.ARTICLE, "art": Sort.ARTICLE,
}  # fmt: skip
_BLANK = lazy_pattern(f"[{BLANKS}]+")
_SET_OFF = frozenset(BLANKS + "【[（(〔：:")


def find_label(line: str) -> Label | None:
    """Return the label at the start of `line`, which has no leading blanks; None if it begins with no label.

    >>> find_label("第十二条之一 为了…")[:4]
    (<Sort.ARTICLE: 4>, '第十二条之一', '12-1', 12)
    >>> find_label("（三）建设平台。")[1:5]
    ('（三）', '3', 3, 3)
    >>> find_label("3.5亿元以上") is None
    True
    """
    first = line[:1]
    if first == "第" or line[:2] == "【第":
        label = _ordinal(line) or _simple(_FIRST, Sort.FIRST, line) or _word(line)
    elif first and first in "（(〔﹝【":
        label = _bracket(line) or _of_family(line)
    elif first and first in _DIGITS:
        label = _decimal(line) or _simple(_POINT, Sort.POINT, line)
    elif first and first in CHINESE_DIGITS:
        label = _simple(_COMMA, Sort.COMMA, line) or _simple(_FIRSTLY, Sort.FIRSTLY, line) or _word(line)
    elif first.isascii() and first.isalpha():
        match = _LETTER.match(line)
        label = _decimal(line) or _english(line)  # A.1.2, in an annex of a standard; Article 12
        if label is None:
            label = (_of_family(line) or _coded(line)) if match is None else _lettered(match)
    else:
        label = (_circled(line) or _of_family(line) or _word(line)) if first else None
    return label


def sections_read(found: Sequence[tuple[Label | None, str]]) -> Iterator[Label | None]:
    """Yield the labels of the lines of a text; English sections become articles if the text has no articles and at least two sections begin a sentence.

    Statutes of the common law number their provisions as sections: Section 4. Every vessel shall be inspected twice a year.
    """
    labels = [label if label is not None and label.text[0].isascii() else None for label, _ in found]
    sections = [label if label is not None and label.sort is Sort.SECTION else None for label in labels]
    saying = sum(
        label is not None and _SAYS.search(line, label.end) is not None
        for label, (_, line) in zip(sections, found, strict=True)
    )
    provide = saying >= _FEWEST_SECTIONS and not any(label and label.sort is Sort.ARTICLE for label in labels)
    for section, (label, _) in zip(sections, found, strict=True):
        yield section._replace(sort=Sort.ARTICLE) if section is not None and provide else label


_SAYS = lazy_pattern(
    r"(?i)\b(?:shall|must|may|is|are|has|have|does|do|will|applies|means|apply)\b|[a-z]{3,}\.$"
)
"""Words of a provision; a heading (Section 2 Dues) has none."""
_FEWEST_SECTIONS = 2
"""Fewest sections followed by a sentence that show a statute; a single section may be a citation at the beginning of a line."""


def roman_value(numeral: str) -> int | None:
    """Return the value of a Roman number up to twenty, None for anything else.

    >>> [roman_value(numeral) for numeral in ("IV", "xii", "Ⅲ", "IIX")]
    [4, 12, 3, None]
    """
    code = ord(numeral[0])
    if len(numeral) == 1 and 0x2160 <= code <= 0x216B:
        return code - 0x215F
    if len(numeral) == 1 and 0x2170 <= code <= 0x217B:
        return code - 0x216F
    return _ROMAN_VALUES.get(numeral.upper())


def as_roman(label: Label) -> Label:
    """Return a label of one letter (I. V. X.) with its number read as a Roman number."""
    value = roman_value(label.number) or label.value
    sort = Sort.ROMAN if label.number.isupper() else Sort.SMALL_ROMAN
    return label._replace(sort=sort, value=value, number=str(value))


def _of_family(line: str) -> Label | None:
    """Return a label of the rarer families (Roman, 甲乙, 壹贰) at the start of `line`; else None."""
    match = _ROMAN.match(line)
    if match is not None:
        numeral = match[1] or match[2]
        value = roman_value(numeral)
        small = numeral.islower() or "\u2170" <= numeral[0] <= "\u217b"
        sort = Sort.SMALL_ROMAN if small else Sort.ROMAN
    elif (match := _STEM.match(line)) is not None:
        value, sort = _STEMS.index(match[1] or match[2]) + 1, Sort.STEM
    elif (match := _FORMAL.match(line)) is not None:
        value, sort = to_int((match[1] or match[2]).translate(_TRADITIONAL)), Sort.FORMAL
    else:
        return None
    if value is None:
        return None
    return Label(sort, _BLANK.sub("", match[0]), str(value), value, match.end(), _size(match))


def _circled(line: str) -> Label | None:
    value = circled(line[0])
    if value is None:
        return None
    end = 1
    while end < len(line) and line[end] in BLANKS + "、.．":
        end += 1
    size = len(line[:end].rstrip(BLANKS))
    text = _BLANK.sub("", line[:end])
    return Label(_circled_sort(line[0]), text, str(value), value, end, size)


def _circled_sort(character: str) -> Sort:
    """Return the form of a number printed as one character: ㈠ → the form of （一）, ⑴ → of （1）, ⒈ → of 1."""
    if "㈠" <= character <= "㈩":
        return Sort.BRACKET
    if "⑴" <= character <= "⒇":
        return Sort.DIGIT_BRACKET
    return Sort.POINT if "⒈" <= character <= "⒛" else Sort.CIRCLED


def _ordinal(line: str) -> Label | None:
    match = _ORDINAL.match(line)
    if match is None:
        return None
    printed, _, behind = _BLANK.sub("", match[1]).replace("－", "-").partition("-")  # 第 10-1 條
    value = to_int(printed)
    if value is None:
        return None
    inserted = match[3] or behind
    number = f"{value}-{to_int(inserted)}" if inserted else str(value)
    end = size = match.end()
    loose = end < len(line) and line[end] not in _SET_OFF
    while end < len(line) and line[end] in BLANKS:
        end += 1
    sort = _SORTS.get(match[2].translate(_TRADITIONAL), Sort.PART)
    return Label(sort, _BLANK.sub("", match[0]), number, value, end, size, loose)


def _english(line: str) -> Label | None:
    match = _ENGLISH.match(line)
    if match is None or _CITES.match(line, match.end()):
        return None
    printed = _BLANK.sub("", match[2])
    value = _value(printed) if printed[0].isdigit() else roman_value(printed)
    if value is None:
        return None
    number = printed if printed[0].isdigit() else str(value)
    sort = _SORTS[match[1].lower()]
    return Label(sort, line[: match.end(2)], number, value, match.end(), match.end(2))


def _bracket(line: str) -> Label | None:
    match = _BRACKET.match(line)
    if match is None:
        return None
    inner = match[match.lastindex or 1]
    if inner.isascii() and inner.isalpha():
        return _lettered(match)
    sort = Sort.DIGIT_BRACKET if inner[0] in _DIGITS else Sort.BRACKET
    return _numbered(match, sort)


_HALF_BRACKETED = {Sort.POINT: Sort.DIGIT_BRACKET, Sort.COMMA: Sort.BRACKET}
"""1） is （1） without its first bracket, 一） is （一）."""


def _simple(pattern: re.Pattern[str], sort: Sort, line: str) -> Label | None:
    match = pattern.match(line)
    if match is None:
        return None
    if sort in _HALF_BRACKETED and match[0].rstrip(BLANKS)[-1] in "）)":
        sort = _HALF_BRACKETED[sort]
    return _numbered(match, sort)


def _numbered(match: re.Match[str], sort: Sort) -> Label | None:
    printed = match[match.lastindex or 1]
    value = _value(printed)
    if value is None:
        return None
    number = printed if printed[-1:].isascii() and printed[-1:].isalpha() else str(value)
    return Label(sort, _BLANK.sub("", match[0]), number, value, match.end(), _size(match))


def _value(printed: str) -> int | None:
    """Return the value of a number, letters behind it (2A, 2bis) left out."""
    return to_int(_BEHIND.sub("", printed))


_BEHIND = lazy_pattern("(?<=[0-9])(?:-[0-9]+|[A-Za-z]+)$")


def _word(line: str) -> Label | None:
    match = _WORD.match(line)
    value = _value(match[1] or match[4]) if match is not None else None
    if match is None or value is None:
        return None
    word = f"第{match[2]}" if match[2] else match[3]
    number = match[4] if word == "§" else str(value)
    return Label(Sort.WORD, _BLANK.sub("", match[0]), number, value, match.end(), _size(match), word=word)


def _coded(line: str) -> Label | None:
    match = _CODE.match(line)
    if match is None:
        return None
    value = int(match[2])
    text = _BLANK.sub("", match[0])
    return Label(Sort.CODE, text, match[1] + match[2], value, match.end(), _size(match))


def _lettered(match: re.Match[str]) -> Label:
    value = ord(match[1].lower()) - ord("a") + 1
    sort = Sort.CAPITAL if match[1].isupper() else Sort.LETTER
    return Label(sort, _BLANK.sub("", match[0]), match[1], value, match.end(), _size(match))


def _decimal(line: str) -> Label | None:
    match = _DECIMAL.match(line)
    if match is None:
        return None
    first, *others = re.split("[.．－—-]", match[1])
    numbers = [ord(first) - ord("A") + 1 if first.isalpha() else to_int(first), *map(to_int, others)]
    if None in numbers:
        return None
    number = ".".join([first if first.isalpha() else str(numbers[0]), *map(str, numbers[1:])])
    return Label(Sort.DECIMAL, _BLANK.sub("", match[0]), number, numbers[0] or 0, match.end(), _size(match))


def _size(match: re.Match[str]) -> int:
    return len(match[0].rstrip(BLANKS))


CITES = lazy_pattern(
    r"(?:(?:的)?规定|的|所(?!有|在|属)|第[〇零一二三四五六七八九十百千0-9０-９]{1,8}(?:[编章节条款项目號号]|部分)|和|与|或|及|以及|至|、|中(?!国|央|共|华|小|外|介|标|医|等)|款|项|内容|，|,|。|；|;|：|:|“)"
)
"""Words that follow a cited article; they never follow the number of an article of the text itself."""
