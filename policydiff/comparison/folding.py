"""Normalises a sentence for comparison: set formulas are removed and local names undone; a map leads back to the original words.

Texts that are not Chinese are normalised word by word.
"""

import re
import tomllib
from array import array
from binascii import crc32
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import responsibility_notes
from policydiff.model import Document, Span

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2022: 0xB7}
_QUOTES = str.maketrans({"‘": "“", "’": "”", '"': "“", "'": "“", "｡": "。"})
_NARROW = _QUOTES | {code: _QUOTES.get(narrow, narrow) for code, narrow in _WIDE.items()}
_WORDS_OR_STOP = lazy_pattern(r"(?P<words>[\w%‰℃$¥]+)|(?P<stop>[^\w\s%‰℃$¥]+)|(?P<blank>\s+)")
"""Stops separate words, blanks do not, because pages put blanks anywhere. Runs of shared words never cross a stop."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence in the form that is compared, with the origin of each character."""

    text: str
    """Words only; a blank replaces punctuation, a formula or a cited title."""
    starts: "array[int]"
    """For each character of `text`, the start of its original in the sentence."""
    ends: "array[int]"
    """For each character of `text`, the end of its original in the sentence."""


_Piece = tuple[int, int, str | None]
"""Start and end of words, and the word that replaces them (None: removed)."""


@dataclass(frozen=True, slots=True)
class _Formulas:
    pattern: re.Pattern[str]
    folded_to: dict[str, str]
    generic_headings: frozenset[str]


@cache
def _formulas() -> _Formulas:
    data = tomllib.loads(resources.files(__package__).joinpath("formulas.toml").read_text(encoding="utf-8"))
    groups = [f"(?P<removed>{'|'.join(data['removed'])})"]
    folded_to = {}
    for number, (word, patterns) in enumerate(data["same"].items()):
        folded_to[f"same{number}"] = word
        groups.append(f"(?P<same{number}>{'|'.join(patterns)})")
    return _Formulas(re.compile("|".join(groups)), folded_to, frozenset(data["generic_headings"]))


def is_generic_heading(text: str) -> bool:
    """Return whether a heading is one that every document of the genre has (总体要求, 组织保障)."""
    return fold(text).text.replace(" ", "") in _formulas().generic_headings


def fold(text: str, place_names: re.Pattern[str] | None = None) -> Folded:
    """Return a printed sentence without formulas, with widths, quotes and names of places and governments unified.

    `place_names` matches names of the document's own area (上海市, 静安区), which get the same word as 本市.
    """
    narrow = text.translate(_NARROW).lower()
    if len(narrow) != len(text):  # a capital whose small letter has two code points (İ)
        narrow = text.translate(_NARROW)
    formulas = _formulas()
    pieces: list[_Piece] = []
    if place_names is not None:
        pieces = [(match.start(), match.end(), "某") for match in place_names.finditer(narrow)]
    if "(" in narrow:
        pieces = _without(pieces, notes := responsibility_notes(narrow))
        pieces.extend((start, end, None) for start, end in notes)
    taken = [False] * len(narrow)
    for start, end, _ in pieces:
        taken[start:end] = [True] * (end - start)
    for match in formulas.pattern.finditer(narrow):
        start, end = match.span()
        if start < end and not any(taken[start:end]):
            pieces.append((start, end, formulas.folded_to.get(match.lastgroup or "")))
        elif match.lastgroup == "removed":
            pieces = _without(pieces, [(start, end)])
            pieces.append((start, end, None))
    return _assemble(narrow, sorted(pieces))


def _without(pieces: list[_Piece], spans: Sequence[tuple[int, int]]) -> list[_Piece]:
    """Return the pieces that overlap none of the spans."""
    return [piece for piece in pieces if all(piece[1] <= start or piece[0] >= end for start, end in spans)]


class _Words:
    """Words collected piece by piece, each character with its place in the sentence."""

    def __init__(self, narrow: str) -> None:
        self._narrow = narrow
        self._runs: list[str] = []
        self._starts, self._ends = array("I"), array("I")

    def put_stop(self, place: int) -> None:
        if self._runs and self._runs[-1] != " ":
            self._put(" ", [place], [place])

    def put_same(self, word: str, start: int, end: int) -> None:
        self._put(word, [start] * len(word), [end] * len(word))

    def put_words(self, start: int, end: int) -> None:
        for match in _WORDS_OR_STOP.finditer(self._narrow, start, end):
            first, last = match.span()
            if match.lastgroup == "words":
                self._put(match[0], range(first, last), range(first + 1, last + 1))
            elif match.lastgroup == "stop":
                self.put_stop(first)

    def folded(self) -> Folded:
        size = -1 if self._runs and self._runs[-1] == " " else None
        return Folded("".join(self._runs[:size]), self._starts[:size], self._ends[:size])

    def _put(self, words: str, starts: Iterable[int], ends: Iterable[int]) -> None:
        self._runs.append(words)
        self._starts.extend(starts)
        self._ends.extend(ends)


def _assemble(narrow: str, pieces: Sequence[_Piece]) -> Folded:
    """Return the words between the pieces and the replacements of the pieces, with single blanks between runs."""
    words = _Words(narrow)
    position = 0
    for start, end, same in pieces:
        words.put_words(position, start)
        if same is None:
            words.put_stop(start)
        else:
            words.put_same(same, start, end)
        position = end
    words.put_words(position, len(narrow))
    return words.folded()


_HAN = lazy_pattern(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_OTHER_SCRIPTS = {"ja": lazy_pattern(r"[\u3041-\u30fa]"), "ko": lazy_pattern(r"[\uac00-\ud7a3]")}
"""Letters of other scripts; a Japanese text has two or three of them for each Han character."""
_HAN_SHARE = 0.3
"""Share (0…1) of Han among Han characters and other words from which a text is read as Chinese: an English text that
quotes Chinese titles has less than a tenth, a Chinese text with many English names more than a half."""
_WORD = lazy_pattern(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_SENTENCE_END = lazy_pattern(
    r"(?:[.!?;][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-ZÀ-ÖØ-ÞА-Я0-9])|[.!?;][\"'”’)\]]*\s*$|\n)"
)
_NO_END = lazy_pattern(
    r"(?:\b(?:No|Nos|Art|Arts|Sec|para|paras|Mr|Mrs|Ms|Dr|St|vs|cf|e\.g|i\.e|etc|Reg|Inc|Ltd|Co|U\.S|Abs|Nr|bzw|z\.B)|\b[A-Z]|^\W*\d{1,3})\.$"
)
_LABEL = lazy_pattern(
    r"\W*(?:(?:article|art|section|sec|clause|rule|regulation|paragraph|para|chapter|part|title|schedule|annex|appendix|item"
    r"|artikel|paragraf|absatz|abschnitt|kapitel|anlage|article|chapitre|annexe|artículo|capítulo|sección)\.?\s+|§+\s*)"
    r"(?:\d+(?:\.\d+)*|[ivxlc]+)[a-z]?(?:er|re|º|°)?\s*[.:)–—-]?(?=\s|$)",
    re.IGNORECASE,
)
"""The label at the head of a provision; it belongs to the next sentence and has no content that two documents could share."""
_FIRST_PRIVATE = 0xF0000
_PRIVATE = 0x1FFF0
"""Size of the private planes of Unicode, in which each word becomes one character."""
_MARKERS = {
    "en": frozenset(["the", "of", "and", "to", "in", "shall", "for", "or", "by", "be"]),
    "de": frozenset(["der", "die", "das", "und", "ist", "nach", "oder", "zu", "den", "von"]),
    "fr": frozenset(["le", "la", "les", "des", "et", "est", "du", "une", "par", "pour"]),
    "es": frozenset(["el", "la", "los", "las", "y", "de", "que", "por", "una", "para"]),
}
_FEWEST_MARKERS = 3


def language_of(document: Document) -> str:
    """Return the language of a document's body: `zh`, a language recognised by its everyday words, or `und`."""
    return language_of_text("\n".join(clause.text for clause in document.walk()))


_SCRIPTS = {
    "simplified": "应当务条规国处关机门区会设实为业这来时对过权据达进选适违还从动开无学见发个义东亲产书举议计认让许论证评识诉该请调资质责贯费",
    "traditional": "應當務條規國處關機門區會設實為業這來時對過權據達進選適違還從動開無學見發個義東親產書舉議計認讓許論證評識訴該請調資質責貫費",
}
"""Everyday characters whose two forms differ, in the same order."""


def script_of(text: str) -> str | None:
    """Return whether a Chinese text is in simplified or traditional characters; None if it holds neither kind.

    >>> script_of("应当设置"), script_of("應當設置"), script_of("No."), script_of("某市")
    ('simplified', 'traditional', None, None)
    """
    found = Counter(text)
    counts = {name: sum(found[sign] for sign in signs) for name, signs in _SCRIPTS.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else None


@cache
def language_of_text(text: str) -> str:
    """Return the language of a text.

    >>> language_of_text("第一条 为了规范本市景观照明管理，制定本办法。"), language_of_text("The mayor shall name the members of the board.")
    ('zh', 'en')
    """
    han = len(_HAN.findall(text))
    for language, letters in _OTHER_SCRIPTS.items():
        if len(letters.findall(text)) > _HAN_SHARE * han:
            return language
    words = [word.lower() for word in _WORD.findall(_HAN.sub(" ", text)) if not word.isdigit()]
    if not words or han >= _HAN_SHARE * (han + len(words)):
        return "zh"
    counts = {name: sum(word in known for word in words) for name, known in _MARKERS.items()}
    best = max(counts, key=lambda name: (counts[name], name))
    return best if counts[best] >= _FEWEST_MARKERS else "und"


def is_chinese(text: str) -> bool:
    """Return whether most letters of a passage are Chinese; False for an English clause that quotes Chinese terms.

    >>> [is_chinese(text) for text in ("机构（Operator）不得收取押金。", "An operator (经营者) shall not charge.", "12:30", "徴収できる。")]
    [True, False, True, False]
    """
    letters = sum(map(str.isalpha, text))
    return language_of_text(text) == "zh" and len(_HAN.findall(text)) * 2 >= letters


def split_words(text: str) -> list[Span]:
    """Return the spans of the sentences of a text in an alphabet.

    A sentence ends at a full stop before a capital or a figure, but not after an abbreviation, an initial,
    the number of a list item, or the label of a provision (Article 5.).

    >>> [text[a:b] for text in ["Art. 5 applies. See No. 3 of 2019; the U.S. too."] for a, b in split_words(text)]
    ['Art. 5 applies.', 'See No. 3 of 2019; the U.S. too.']
    """
    spans: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        ahead = text[start : match.start() + 1]
        if match.end() < len(text) and (
            (match[0].startswith(".") and _NO_END.search(ahead)) or _LABEL.fullmatch(ahead.strip())
        ):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def fold_words(text: str) -> Folded:
    """Return `text` with each word as one character of a private plane, equal words as equal characters.

    The label of a provision (Article 5.) is left out.
    """
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    label = _LABEL.match(text)
    last = label.end() if label else 0
    for match in _WORD.finditer(text, last):
        if characters and re.search(r"[^\w\s]", text[last : match.start()]):
            characters.append(" ")
            starts.append(last)
            ends.append(last)
        characters.append(chr(_FIRST_PRIVATE + crc32(_stem(match[0].lower()).encode()) % _PRIVATE))
        starts.append(match.start())
        ends.append(match.end())
        last = match.end()
    return Folded("".join(characters), array("I", starts), array("I", ends))


def _stem(word: str) -> str:
    """Return a word without its endings of number and person."""
    for ending in ("ies", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending) and not word.endswith("ss"):
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    finish = start + len(words.rstrip())
    if begin < finish:
        spans.append(Span(begin, finish))
