"""Texts that are not Chinese: told, split into sentences and folded word by word.

The figures of a comparison count runs of characters, which says nothing of a text in letters: any two English sentences
share hundreds of pairs of letters. Such a text is folded so that each *word* is a single character, and the same code
then counts runs of words.
"""

import re
from binascii import crc32
from functools import cache

from policydiff.comparison.folding import Folded
from policydiff.model import Document, Span

_HAN = re.compile("[㐀-鿿豈-﫿\U00020000-\U000323af]")
_HAN_SHARE = 0.3
"""Share of Han among Han characters and other words from which on a text is read as Chinese: an English text that quotes
Chinese titles stays below a tenth, a Chinese one with many English names above a half."""
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_SENTENCE_END = re.compile(
    r"(?:[.!?;][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-ZÀ-ÖØ-ÞА-Я0-9])|[.!?;][\"'”’)\]]*\s*$|\n)"
)
_NO_END = re.compile(
    r"(?:\b(?:No|Nos|Art|Arts|Sec|para|paras|Mr|Mrs|Ms|Dr|St|vs|cf|e\.g|i\.e|etc|Reg|Inc|Ltd|Co|U\.S|Abs|Nr|bzw|z\.B)|\b[A-Z]|^\W*\d{1,3})\.$"
)
_LABEL = re.compile(
    r"\W*(?:(?:article|art|section|sec|clause|rule|regulation|paragraph|para|chapter|part|title|schedule|annex|appendix|item"
    r"|artikel|paragraf|absatz|abschnitt|kapitel|anlage|article|chapitre|annexe|artículo|capítulo|sección)\.?\s+|§+\s*)"
    r"(?:\d+(?:\.\d+)*|[ivxlc]+)[a-z]?(?:er|re|º|°)?\s*[.:)–—-]?(?=\s|$)",
    re.IGNORECASE,
)
"""The label at the head of a provision: it belongs to the sentence after it, and says nothing that two documents share."""
_FIRST_PRIVATE = 0xF0000
_PRIVATE = 0x1FFF0
"""Size of the private planes of Unicode, in which a word becomes one character."""
_MARKERS = {
    "en": frozenset(["the", "of", "and", "to", "in", "shall", "for", "or", "by", "be"]),
    "de": frozenset(["der", "die", "das", "und", "ist", "nach", "oder", "zu", "den", "von"]),
    "fr": frozenset(["le", "la", "les", "des", "et", "est", "du", "une", "par", "pour"]),
    "es": frozenset(["el", "la", "los", "las", "y", "de", "que", "por", "una", "para"]),
}
_FEWEST_MARKERS = 3


def language_of(document: Document) -> str:
    """Return the language of a document's body: `zh`, one told by its everyday words, or `und`."""
    return language_of_text("\n".join(clause.text for clause in document.walk()))


@cache
def language_of_text(text: str) -> str:
    """Return the language of a text.

    >>> language_of_text("第一条 为了规范本市景观照明管理，制定本办法。"), language_of_text("The mayor shall name the members of the board.")
    ('zh', 'en')
    """
    han = len(_HAN.findall(text))
    words = [word.lower() for word in _WORD.findall(_HAN.sub(" ", text)) if not word.isdigit()]
    if not words or han >= _HAN_SHARE * (han + len(words)):
        return "zh"
    counts = {name: sum(word in known for word in words) for name, known in _MARKERS.items()}
    best = max(counts, key=lambda name: (counts[name], name))
    return best if counts[best] >= _FEWEST_MARKERS else "und"


def split_words(text: str) -> list[Span]:
    """Return the spans of the sentences of a text in letters.

    A sentence ends at a full stop before a capital or a figure, not after an abbreviation, an initial or the number
    that opens a list item, nor after the label of a provision (Article 5.).

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
    """Return `text` with each word as one character of a private plane, the same word always the same character.

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
    return Folded("".join(characters), tuple(starts), tuple(ends))


def _stem(word: str) -> str:
    """Return a word without the endings that number and person give it."""
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
