"""Classifies lines and messages by the words they share with example lines of a known kind (a naive Bayes classifier).

There is no list of words or patterns, because the words on web pages are too many to list. A line is cut into pieces (two characters of
Chinese, four letters of English, any number as one piece), and the kind for which its pieces are most probable is chosen.
Examples: `messages.toml` for messages of sites in place of a document, `own_lines.toml` for lines of pages beside the document (counters,
tools, links to other pages, imprints) and for short lines of documents, `own_labels.toml` for the labels of both.
"""

import math
import tomllib
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern

_PAGES = "page"
"""Kind of examples that a page states about itself."""
_OTHER = "other"
"""Kind of examples that are no message: headings of menus, news, sentences of texts."""
_SMOOTH = 0.2
"""Count added to every part under every kind; small, because the examples are few and their parts distinctive."""
_LEAST = 2.0
"""Least lead (natural logarithm of the ratio) of the best type over the next; with less, the words show no type."""
CERTAIN = 5.0
"""Least lead (natural logarithm) for one line among many, because most lines are titles and menus."""
_FEWEST = 3
"""Least number of known parts for a result."""
_KNOWN = 0.5
"""Least share (0…1) of known parts; in a language without examples some parts are known by chance."""
_OWN = 4.0
"""Least lead (natural logarithm) of page over document for a line of its own. Of 2,357 short lines of laws only 物业服务收费 reaches it."""
_LABEL = 3.0
"""Least lead (natural logarithm) of page over document for the label of a fact; labels are short, and most of their parts are in the examples."""
_EACH = 0.6
"""Deduction (natural logarithm) for each part, in favour of a document, also for unknown parts, because pages repeat a few words."""
_LONGEST_OWN = 160
"""Most characters of a line that may be the page's own; longer lines are texts."""
_LONGEST_LABEL = 10
"""Most characters of a label before its colon."""
_PIECES = lazy_pattern(r"[a-z']+|[一-鿿]+|\d+|[:%~°/]|\{\{|\[object")
_CODE = lazy_pattern(r"[45]\d\d")
_LETTERS = 4
"""Letters of the pieces into which a word in Latin letters is cut, so that its forms share pieces."""
_ARROWS = frozenset("«»‹›←→<>◀▶")
"""Signs at the beginning of a line that link to another page."""
_UNFILLED = frozenset({"{{", "[object"})
"""Marks of a template that a script has not filled; other marks and the places of numbers show no message."""


def squeeze(text: str) -> str:
    """Return a text without blanks, with width and compatibility forms unified.

    The columns of a table stay separate, because a figure that moves to the next column is a change.
    """
    return "".join(unicodedata.normalize("NFKC", text.replace("\t", "|")).split())


_PAIRS = "頁页網网錄录閱阅讀读續续會会員员訊讯資资內内無无單单統统請请檔档維维護护級级異异碼码驗验證证權权連连結结過过關关閉闭開开啟启錯错誤误務务間间號号規规條条現现廢废實实狀状態态後后來来為为說说點点擊击壞坏應应該该沒没執执備备註注覽览戶户終终編编輯辑價价屬属區区廳厅標标題题時时發发佈布與与從从當当數数據据庫库暫暂輸输環环滿满臺台顯显鏈链載载轉转項项復复還还經经總总將将傳传動动畫画圖图書书訪访問问頻频稱称類类別别種种檢检鍵键詞词體体層层階阶頒颁導导識识確确認认圍围責责機机構构準准則则處处罰罚個个於于對对學学業业東东車车長长門门際际辦办劃划見见議议細细"
_SIMPLE = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
"""Traditional characters in portals' own words, with their simple forms; not used for document texts."""


def simplified(words: str) -> str:
    """Return the words of a page's own with the commonest traditional signs made simple."""
    return words.translate(_SIMPLE)


class Told(NamedTuple):
    """Result for some words."""

    kind: str
    """Type of the failure, by its name: blocked, gone, transient …"""
    margin: float
    """By how much this type is likelier than the next, as a natural logarithm."""


def told_by(words: str) -> Told | None:
    """Return the type of failure that the words show; None if they show none, or several equally.

    >>> told_by("抱歉，您要找的文章已经被作者删除了").kind
    'gone'
    >>> told_by("第三条　本办法由市财政局负责解释。") is None
    True
    """
    likely = _likelihoods()
    said = [each for each in _parts(words) if each.isalnum() or each in _UNFILLED]
    parts = [each for each in said if each in likely]
    if len(parts) < max(_FEWEST, _KNOWN * len(said)) or _exactly(words, "messages.toml") == _OTHER:
        return None
    kinds = tuple(_examples("messages.toml"))
    sums = sorted(zip(map(sum, zip(*(likely[part] for part in parts), strict=True)), kinds, strict=True))
    (second, _), (best, kind) = sums[-2:]
    return None if kind == _OTHER or best - second < _LEAST else Told(kind, best - second)


def is_message(words: str) -> bool:
    """Return whether squeezed words, apart from figures, are an example of a message."""
    return _exactly(words, "messages.toml") not in {None, _OTHER}


@lru_cache(maxsize=20_000)
def told_own(words: str) -> bool:
    """Return whether squeezed words belong to the page itself: a counter, a tool, a link, an imprint, or a sign without words.

    >>> [told_own(words) for words in ("浏览次数:1301", "承办单位:区文化馆", "下一篇:关于防汛的通知", "♡8", "第三章责任")]
    [True, False, True, True, False]
    """
    if not 0 < len(words) <= _LONGEST_OWN:
        return False
    if words[0] in _ARROWS and not (words[0] == "<" and words[-1] == ">"):
        return True
    if not any(map(str.isalpha, words)):
        return any(map(str.isdigit, words))
    if known := _exactly(words, "own_lines.toml"):
        return known == _PAGES
    label, colon, _ = words.partition(":")
    return _leaning(words) >= _OWN or (
        bool(colon) and len(label) <= _LONGEST_LABEL and _leaning(f"{label}:") >= _OWN
    )


def is_day(words: str) -> bool:
    """Return whether squeezed words are only a day with the name of its month."""
    return _bare(words) == "#"


def is_own_line(words: str) -> bool:
    """Return whether squeezed words, apart from figures, are an example of a page's own lines, or hold no letters."""
    return not any(map(str.isalpha, words)) or _exactly(words, "own_lines.toml") == _PAGES


@lru_cache(maxsize=20_000)
def is_pages_label(words: str) -> bool:
    """Return whether a label names a fact of the page or site itself; an unknown label names a fact of the document.

    >>> [is_pages_label(words) for words in ("索引号", "浏览次数", "viewCount", "有效性", "适用对象", "Reference")]
    [True, True, True, False, False, False]
    """
    words = squeeze(words).strip(":[]【】")
    known = _exactly(words, "own_labels.toml")
    return known == _PAGES if known else _leaning(words, "own_labels.toml") >= _LABEL


def names_document(label: str) -> bool:
    """Return whether a label is among the examples that name a fact of a document."""
    return _exactly(squeeze(label).strip(":[]【】"), "own_labels.toml") == "document"


def _leaning(words: str, name: str = "own_lines.toml") -> float:
    """Return the natural logarithm of how much likelier words are a page's own than a document's.

    Each part counts by its frequency in both kinds, so a further example changes nothing for words without a common part.
    """
    pages, texts = list(_examples(name).values())
    parts = _parts(words)
    return sum(math.log((pages[part] + _SMOOTH) / (texts[part] + _SMOOTH)) - _EACH for part in parts)


def _parts(words: str) -> set[str]:
    found: set[str] = set()
    squeezed = _DAYS.sub("1", simplified(squeeze(words)).lower())
    for piece in _PIECES.findall(squeezed):
        if piece[0].isdigit():
            found.add(piece if _CODE.fullmatch(piece) else "#")
        elif piece[0].isascii():
            whole = not piece[0].isalpha() or len(piece) <= _LETTERS
            found |= {piece} if whole else {piece[n : n + _LETTERS] for n in range(len(piece) - _LETTERS + 1)}
        else:
            found |= {*piece, *(piece[n : n + 2] for n in range(len(piece) - 1))}
    joined = _NUMBERS.sub("#", _MARKS.sub("", squeezed))
    # Where a number or a colon stands: 次数: and 第#位.
    return found | {pair for pair in map("".join, pairwise(joined)) if not pair.isalnum()}


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|f[ée]v|avr|mai|juin|juil|ao[uû]t|d[ée]c)[a-zéû]{0,6}\.?"
_DAYS = lazy_pattern(
    rf"\d{{1,2}}(?:st|nd|rd|th|er)?{_MONTH},?\d{{4}}|{_MONTH}\d{{1,2}}(?:st|nd|rd|th)?,?\d{{4}}"
)
"""A day with the name of its month, squeezed; replaced by one sign, like a day in figures."""
_NUMBERS = lazy_pattern(r"\d+")
_FIGURES = lazy_pattern(r"\d[\d,.]*")
_MARKS = lazy_pattern(r"[^a-z一-鿿\d:%]")


def _exactly(words: str, name: str) -> str | None:
    """Return the kind of the example equal to the words; None without one."""
    return _lines(name).get(_bare(words))


def _bare(words: str) -> str:
    """Return squeezed words with each day and each number replaced by one sign."""
    return _FIGURES.sub("#", _DAYS.sub("#", simplified(words).lower()))


@cache
def _lines(name: str) -> dict[str, str]:
    """Return the examples of a file (one a line, or separated by ‖), squeezed, with one sign for each number, and their kinds."""
    text = files("policydiff.lexicon").joinpath(name).read_text("utf-8")
    kinds = tomllib.loads(text.replace(" ‖ ", "\n")).items()
    return {_bare(squeeze(line)): kind for kind, lines in kinds for line in lines.splitlines()}


@cache
def _examples(name: str) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for line, kind in _lines(name).items():
        found.setdefault(kind, Counter()).update(_parts(line))
    return found


@cache
def _likelihoods() -> dict[str, tuple[float, ...]]:
    """Return for each known part its probability under each kind, as natural logarithms."""
    counted = _examples("messages.toml").values()
    known = {part for counts in counted for part in counts}
    totals = [counts.total() + _SMOOTH * len(known) for counts in counted]
    return {
        part: tuple(
            math.log((counts[part] + _SMOOTH) / total) for counts, total in zip(counted, totals, strict=True)
        )
        for part in known
    }
