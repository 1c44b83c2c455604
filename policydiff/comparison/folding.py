"""Fold a sentence to what is compared: formulas taken out, localisation undone, with the way back to its words."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2022: 0xB7}
_QUOTES = str.maketrans({"‘": "“", "’": "”", '"': "“", "'": "“", "［": "[", "］": "]", "｡": "。"})
_BREAK = re.compile(r"[^\w%‰℃㎡$¥]+")
"""What separates words: runs of shared words never cross it."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence as it is compared, and where each character came from."""

    text: str
    """Words only; a blank stands where punctuation, a formula or a cited title was."""
    places: tuple[tuple[int, int], ...]
    """For each character of `text` the range of the sentence it stands for."""


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
    pieces: list[tuple[int, int, str | None]] = []
    if place_names is not None:
        pieces = [(match.start(), match.end(), "某") for match in place_names.finditer(narrow)]
    taken = [False] * len(narrow)
    for start, end, _ in pieces:
        taken[start:end] = [True] * (end - start)
    for match in formulas.pattern.finditer(narrow):
        start, end = match.span()
        if start < end and not any(taken[start:end]):
            pieces.append((start, end, formulas.folded_to.get(match.lastgroup or "")))
        elif match.lastgroup == "removed":
            pieces = [piece for piece in pieces if piece[1] <= start or piece[0] >= end]
            pieces.append((start, end, None))
    return _assemble(narrow, sorted(pieces))


def _assemble(narrow: str, pieces: list[tuple[int, int, str | None]]) -> Folded:
    characters: list[str] = []
    places: list[tuple[int, int]] = []

    def put(character: str, start: int, end: int) -> None:
        if character == " " and (not characters or characters[-1] == " "):
            return
        characters.append(character)
        places.append((start, end))

    def put_words(start: int, end: int) -> None:
        for index in range(start, end):
            character = narrow[index]
            if character.isspace():
                continue
            put(" " if _BREAK.match(character) else character, index, index + 1)

    position = 0
    for start, end, word in pieces:
        put_words(position, start)
        for character in word if word is not None else " ":
            put(character, start, end)
        position = end
    put_words(position, len(narrow))
    while characters and characters[-1] == " ":
        characters.pop()
        places.pop()
    return Folded("".join(characters), tuple(places))
