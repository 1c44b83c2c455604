"""Words as a reader sees them: a number with its unit, a date, a document number, a title is one token."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from policydiff.lexicon.numerals import CHINESE_DIGITS
from policydiff.lexicon.text_marks import cut_known_words

_CHINESE = rf"[{CHINESE_DIGITS}万亿]"
_UNIT = r"""(?:
    个?(?:百分点|工作日|自然日|交易日|小时|分钟|月|周岁|平方公里|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|毫克|毫升|人次|人日|年度|学年|季度)
  | (?:万亿|亿|万|千万|百万|千|百)?(?:元|美元|欧元|港元|吨|人|户|家|个|件|项|次|倍|名|张|套|亩|公顷|米|年|月|日|天|周|岁|级|种|批|所|座|处|条|辆|台|场|只|株|克|升|份|篇|册|票|股|分)
  | 万亿|亿|万
)"""
_TOKEN = re.compile(
    rf"""
    (?P<break>\n)
  | (?P<title>《[^《》\n]{{1,120}}》)                                          # 《公司法》
  | (?P<document>[〔\[（(](?:19|20)\d{{2}}[〕\]）)]第?\d{{1,5}}号)  # 沪府发〔2018〕25号
  | (?P<date>(?:\d{{4}}|[〇零○一二三四五六七八九]{{4}})年(?:(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月(?:(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日)?)?
      |(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日)
  | (?P<reference>(?:第[（(]?[{CHINESE_DIGITS}\d]{{1,9}}[）)]?[编章节条款项目](?:之[{CHINESE_DIGITS}]{{1,3}})?){{1,4}})
  | (?P<number>百分之{_CHINESE}+(?:点{_CHINESE}+)?|[{CHINESE_DIGITS}]+分之[{CHINESE_DIGITS}]+
      |\d+(?:[.,]\d+)*(?:[-~～—至]\d+(?:[.,]\d+)*)?(?:[%％‰]|\s?{_UNIT})?
      |(?<![统唯同单专之逐])(?!(?<=[上下每])一[年级季月日周次个]){_CHINESE}{{1,12}}个?{_UNIT}
      |{_CHINESE}{{2,12}})
  | (?P<label>(?<=\n)[（(][{CHINESE_DIGITS}\d]{{1,4}}[）)])
  | (?P<latin>[A-Za-z][A-Za-z0-9_+.-]*)
  | (?P<words>[一-鿿]+?(?=(?:《|第|[〔\[（(]|\d|{_CHINESE}|\n|[A-Za-z]|[^一-鿿]|$)))
  | (?P<other>.)
    """,
    re.VERBOSE,
)

_LONGEST_ISSUER = 6
_NOT_ISSUERS = frozenset({
    "依照", "根据", "按照", "依据", "执行", "废止", "和", "与", "及", "的", "由", "以及", "关于", "印发", "同时",
    "原", "对", "以",
})  # fmt: skip


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    DOCUMENT = "document"
    TITLE = "title"
    REFERENCE = "reference"
    BREAK = "break"


class Token(NamedTuple):
    """One token; the texts of all tokens joined are the text."""

    text: str
    kind: TokenKind


_KINDS = {kind.value: kind for kind in TokenKind}


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text, in order and without gaps.

    >>> [token.text for token in tokenize("自2023年1月1日起处二十万元以下罚款")]
    ['自', '2023年1月1日', '起', '处', '二十万元', '以下', '罚款']
    """
    tokens: list[Token] = []
    prose: list[str] = []
    gaps: list[int] = []
    cites = False
    for match in _TOKEN.finditer(text):
        name = match.lastgroup or ""
        if name == "words":
            if not gaps or gaps[-1] != len(tokens):
                gaps.append(len(tokens))
                prose.append("")
            prose[-1] += match[0]
        else:
            cites = cites or name == "document"
            tokens.append(Token(match[0], _KINDS.get(name, TokenKind.WORD)))
    if prose:
        tokens = _with_words(tokens, gaps, prose)
    return _with_issuers(tokens) if cites else tokens


def _with_words(tokens: Sequence[Token], gaps: Sequence[int], prose: Sequence[str]) -> list[Token]:
    """Put the words of each stretch of prose before the token of its gap; all stretches are segmented in one call."""
    filled: list[Token] = []
    done = index = 0
    for word in [*cut_known_words("\n".join(prose)), "\n"]:
        if word == "\n":
            index += 1
            continue
        if done < gaps[index]:
            filled.extend(tokens[done : gaps[index]])
            done = gaps[index]
        filled.append(Token(word, TokenKind.WORD))
    filled.extend(tokens[done:])
    return filled


def _with_issuers(tokens: Sequence[Token]) -> list[Token]:
    """Put the words that name the issuer before a document number into its token: 沪府发 of 〔2018〕25号."""
    joined: list[Token] = []
    for token in tokens:
        words = token.text
        if token.kind is TokenKind.DOCUMENT:
            before = 0
            while joined and _names_issuer(joined[-1]) and before + len(joined[-1].text) <= _LONGEST_ISSUER:
                before += len(joined[-1].text)
                words = joined.pop().text + words
        joined.append(Token(words, token.kind))
    return joined


def _names_issuer(token: Token) -> bool:
    return token.kind is TokenKind.WORD and token.text not in _NOT_ISSUERS and "一" <= token.text[0] <= "鿿"
