"""Old and new words of a change, compared by tokens: a number with its unit, a date, a title or a word is never cut."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain, groupby
from typing import NamedTuple

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Postfix, Prefix

from policydiff.lexicon.numerals import CHINESE_DIGITS
from policydiff.lexicon.shortest_edits import rising, steps
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.model import Wording, WordingOp

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
    """Kinds of tokens."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    DOCUMENT = "document"
    TITLE = "title"
    REFERENCE = "reference"
    BREAK = "break"


class Token(NamedTuple):
    """One token; all tokens joined give the text."""

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
        # Put the words of each stretch of prose before the token of its gap; all stretches are segmented in one call
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
        tokens = filled
    return _with_issuers(tokens) if cites else tokens


def _with_issuers(tokens: Sequence[Token]) -> list[Token]:
    """Join the issuer's words before a document number to its token: 沪府发 and 〔2018〕25号."""
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


_OPS = {-1: WordingOp.DELETE, 0: WordingOp.EQUAL, 1: WordingOp.INSERT}
_KEPT = frozenset({
    TokenKind.NUMBER, TokenKind.DATE, TokenKind.DOCUMENT, TokenKind.TITLE, TokenKind.REFERENCE,
    TokenKind.BREAK,
})  # fmt: skip
"""Tokens that stay unchanged between two edits, even if merging the edits would read better."""
_BOUNDS = frozenset(
    {"以上", "以下", "以内", "以前", "以后", "不足", "不满", "超过", "左右", "应当", "可以", "不得"}
)
"""Words kept whole for the same reason: bounds of a number (以上, 不超过), and words of duty and permission."""
_OBJECTS = "\U00100000"
"""First of the characters that represent a picture, a field or a note (plane 16, private use); kept like a number."""
_MOST_RUNS = 1_000
"""Most runs merged at once; the library shifts its list at every merge, so that time grows with the square of the length."""
_STOPS = "。；;"
_LINE, _STOP, _COMMA = 4, 2, 1
_MARKS = dict.fromkeys("。；;", _STOP) | dict.fromkeys("，,、：:", _COMMA)
"""How good a place is for an edit to begin or end behind; a line's end beats two sentences' ends, a sentence's two commas."""
_SENTENCE_END = 2
"""Tokens from which equal words around a sentence's end stay equal: 同意。违反 → 决定。违反 are two edits; the end alone is not enough."""
_Diff = tuple[int, str]


def compare_wording(old: str, new: str) -> tuple[Wording, ...]:
    """Return the runs of words that turn `old` into `new`.

    Equal and delete runs joined give `old`, equal and insert runs give `new`; neighbouring runs differ in
    operation. Lines (paragraphs, items) common to both sides anchor the comparison, so that an inserted item
    does not make its neighbours look rewritten.
    """
    if old == new:
        return (Wording(WordingOp.EQUAL, old),) if old else ()
    runs = chain.from_iterable(_compare_block(*block) for block in _blocks(old, new))
    return tuple(_joined(runs))


def _blocks(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches of both texts between their common lines, and the common lines themselves."""
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    # The pairs of lines that stand once on either side and keep their order
    counts, where = Counter(old_lines), {line: j for j, line in enumerate(new_lines)}
    others = Counter(new_lines)
    pairs = [(i, where[line]) for i, line in enumerate(old_lines) if counts[line] == others[line] == 1]
    shared = rising(pairs)
    i = j = 0
    for next_i, next_j in [*shared, (len(old_lines), len(new_lines))]:
        yield "".join(old_lines[i:next_i]), "".join(new_lines[j:next_j])
        if next_i < len(old_lines):
            yield old_lines[next_i], new_lines[next_j]
        i, j = next_i + 1, next_j + 1


def _compare_block(old: str, new: str) -> list[Wording]:
    if old == new:
        return [Wording(WordingOp.EQUAL, old)]
    if not old or not new:
        return [Wording(WordingOp.DELETE, old), Wording(WordingOp.INSERT, new)]
    head, tail = _shared_sentences(old, new)
    if head or tail:
        inner = _compare_block(old[head : len(old) - tail], new[head : len(new) - tail])
        return [
            Wording(WordingOp.EQUAL, old[:head]),
            *inner,
            Wording(WordingOp.EQUAL, old[len(old) - tail :]),
        ]
    table = _Alphabet()
    mapped_old, mapped_new = table.encode(old), table.encode(new)
    diffs: list[_Diff] = []
    for step in steps(mapped_old, mapped_new):
        gone, come = mapped_old[step.old_start : step.old_end], mapped_new[step.new_start : step.new_end]
        diffs.extend([(0, gone)] if step.is_equal else [(-1, gone), (1, come)])
    diffs = [diff for diff in diffs if diff[1]]
    runs = groupby(_readable(diffs, table), key=lambda diff: diff[0])
    readable = [(op, "".join(text for _, text in run)) for op, run in runs]
    return [Wording(_OPS[op], table.decode(text)) for op, text in _at_marks(readable, table)]


def _shared_sentences(old: str, new: str) -> tuple[int, int]:
    """Return the lengths of the whole sentences both texts begin and end with."""
    head = Prefix.similarity(old, new)
    head = max(old.rfind(stop, 0, head) for stop in _STOPS) + 1
    tail = Postfix.similarity(old[head:], new[head:])
    starts = [found for stop in _STOPS if (found := old.find(stop, len(old) - tail)) >= 0]
    return head, len(old) - min(starts) - 1 if tail and starts else 0


class _Alphabet:
    """One code point for each distinct token of a comparison."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._tokens: dict[str, str] = {}
        self._kept: set[str] = set()
        self._stops: set[str] = set()

    def encode(self, text: str) -> str:
        coded: list[str] = []
        for token in tokenize(text):
            code = self._codes.get(token.text)
            if code is None:
                number = len(self._codes) + 0x100
                code = chr(number if number < 0xD800 else number + 0x800)
                self._codes[token.text] = code
                self._tokens[code] = token.text
                if token.kind in _KEPT or token.text in _BOUNDS or token.text >= _OBJECTS:
                    self._kept.add(code)
                if _MARKS.get(token.text) == _STOP:
                    self._stops.add(code)
            coded.append(code)
        return "".join(coded)

    def decode(self, coded: str) -> str:
        return "".join(map(self._tokens.__getitem__, coded))

    def holds(self, diff: _Diff) -> bool:
        """Return whether readability may not merge a run with its neighbours."""
        op, codes = diff
        if op:
            return self._codes.get("\n", "\n") in codes
        ends_sentence = len(codes) >= _SENTENCE_END and not self._stops.isdisjoint(codes)
        return ends_sentence or not self._kept.isdisjoint(codes)

    def mark_at(self, code: str) -> int:
        """Return how good a place for an edit to begin or end is behind a token."""
        printed = self._tokens[code]
        return _LINE if printed.endswith("\n") else _MARKS.get(printed, 0)


def _readable(diffs: list[_Diff], table: _Alphabet) -> Iterator[_Diff]:
    """Merge edits separated only by one or two unimportant words (semantic cleanup), but not across kept tokens.

    An edit at the beginning or end of a paragraph stays separate: a paragraph divided into items keeps its words.
    """
    matcher = diff_match_patch()
    for kept, stretch in groupby(diffs, key=table.holds):
        run = list(stretch)
        for first in range(0, len(run), _MOST_RUNS):
            piece = run[first : first + _MOST_RUNS]
            if not kept and len(piece) > 1:
                matcher.diff_cleanupSemantic(piece)
            yield from piece


def _at_marks(diffs: list[_Diff], table: _Alphabet) -> list[_Diff]:
    """Slide each insertion or deletion between equal words to begin and end at a mark, as a person would draw it.

    对[个体户处八百元罚款，对]单位 means the same as [对个体户处八百元罚款，]对单位.
    """
    placed = [(0, ""), *diffs, (0, "")]
    for at in range(1, len(placed) - 1):
        (left_op, left), (op, edit), (right_op, right) = placed[at - 1 : at + 2]
        if not op or left_op or right_op:
            continue
        back, ahead = Postfix.similarity(left, edit), Prefix.similarity(edit, right)
        words = f"{left}{edit}{right}"
        first = len(left) - back

        def fit(start: int, words: str = words, size: int = len(edit)) -> int:
            before = table.mark_at(words[start - 1]) if start else _LINE
            return before + table.mark_at(words[start + size - 1])

        start = max(
            range(first, first + back + ahead + 1), key=lambda start: (fit(start), start == len(left))
        )
        end = start + len(edit)
        placed[at - 1 : at + 2] = [(0, words[:start]), (op, words[start:end]), (0, words[end:])]
    return [run for run in placed if run[1]]


def _joined(runs: Iterable[Wording]) -> Iterator[Wording]:
    """Join neighbouring runs of one operation; within an edit the old words come first."""
    for _, group in groupby((run for run in runs if run.text), key=lambda run: run.op is WordingOp.EQUAL):
        neighbours = list(group)
        for op in (WordingOp.DELETE, WordingOp.INSERT, WordingOp.EQUAL):
            if text := "".join(run.text for run in neighbours if run.op is op):
                yield Wording(op, text)
