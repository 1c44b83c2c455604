"""Texts made comparable: what is folded away never makes a change."""

import re
from functools import cache
from importlib.resources import files

from policydiff.lexicon.numerals import CHINESE_DIGITS
from policydiff.lexicon.widths import fold as fold_width

_BETWEEN_DIGITS = re.compile(r"(?<!\d)[.~-]|[.~-](?!\d)")
_MEASURES = frozenset("%‰℃°¥$€.~-")
_REFERENCE = re.compile(rf"第[{CHINESE_DIGITS}0-9]+(?:[编章节条款项目](?:之[{CHINESE_DIGITS}]+)?)")


@cache
def variants() -> tuple[tuple[str, str], ...]:
    """Return the variant writings and the form each is read as."""
    table = files("policydiff.lexicon").joinpath("variants.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple((variant, form) for variant, form in rows)


class _Folding(dict[int, int | None]):
    """A table for `str.translate`, filled as characters are met: width and writing made one, all else left out."""

    def __missing__(self, code: int) -> int | None:
        character = fold_width(chr(code))
        character = self.one_writing().get(character, character)
        kept = character.isalnum() or character in _MEASURES
        self[code] = ord(character) if kept else None
        return self[code]

    @staticmethod
    @cache
    def one_writing() -> dict[str, str]:
        return {variant: form for variant, form in variants() if len(variant) == 1}


@cache
def _tables() -> tuple[_Folding, tuple[tuple[str, str], ...]]:
    return _Folding(), tuple(pair for pair in variants() if len(pair[0]) > 1)


def fold_words(text: str) -> str:
    """Return words, digits and signs of measure alone, in one width and one writing.

    >>> fold_words("（一） 会计帐簿，占 7.5％；") == fold_words("(一)会计账簿占7.5%。")
    True
    """
    table, longer = _tables()
    folded = text.translate(table)
    if "." in folded or "-" in folded or "~" in folded:
        folded = _BETWEEN_DIGITS.sub("", folded)
    for variant, form in longer:
        if variant in folded:
            folded = folded.replace(variant, form)
    return folded


def mask_references(folded: str) -> str:
    """Return folded text with the numbers of cited clauses taken out: 第十二条第三款 becomes 第第.

    >>> mask_references("违反本法第十二条第一款规定")
    '违反本法第第规定'
    """
    return _REFERENCE.sub("第", folded) if "第" in folded else folded
