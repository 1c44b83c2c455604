"""Fold a sentence to what is compared: formulas taken out, localisation undone, with the way back to its words."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from policydiff.lexicon.notes import responsibility_notes

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2022: 0xB7}
_QUOTES = str.maketrans({"‘": "“", "’": "”", '"': "“", "'": "“", "［": "[", "］": "]", "｡": "。"})
_WORDS_OR_STOP = re.compile(r"(?P<words>[\w%‰℃$¥]+)|(?P<stop>[^\w\s%‰℃$¥]+)|(?P<blank>\s+)")
"""Stops separate words, blanks do not: pages put them anywhere. Runs of shared words never cross a stop."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence as it is compared, and where each character came from."""

    text: str
    """Words only; a blank stands where punctuation, a formula or a cited title was."""
    starts: tuple[int, ...]
    """For each character of `text` where what it stands for starts in the sentence."""
    ends: tuple[int, ...]
    """And where it ends."""


_Piece = tuple[int, int, str | None]
"""Start and end of words that are taken out, or folded to the word given."""


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
    """Tell whether a heading is one that every document of its genre has (总体要求, 组织保障)."""
    return fold(text).text.replace(" ", "") in _formulas().generic_headings


def fold(text: str, place_names: re.Pattern[str] | None = None) -> Folded:
    """Return `text` without formulas, with widths, quotes and names of places and governments made equal.

    Args:
        text: A sentence as printed.
        place_names: Names of the document's own area (上海市, 静安区); they become the same word as 本市.
    """
    narrow = text.translate(_WIDE).translate(_QUOTES).lower()
    if len(narrow) != len(text):  # a capital whose small letter has two code points (İ)
        narrow = text.translate(_WIDE).translate(_QUOTES)
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
    """Return the pieces that meet none of the spans."""
    return [piece for piece in pieces if all(piece[1] <= start or piece[0] >= end for start, end in spans)]


class _Words:
    """Words put together piece by piece, each character with its place in the sentence."""

    def __init__(self, narrow: str) -> None:
        self._narrow = narrow
        self._runs: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

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
        return Folded("".join(self._runs[:size]), tuple(self._starts[:size]), tuple(self._ends[:size]))

    def _put(self, words: str, starts: Iterable[int], ends: Iterable[int]) -> None:
        self._runs.append(words)
        self._starts.extend(starts)
        self._ends.extend(ends)


def _assemble(narrow: str, pieces: Sequence[_Piece]) -> Folded:
    """Return the words between the pieces and what the pieces are folded to, single blanks between runs."""
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
