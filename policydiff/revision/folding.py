"""Texts made comparable: what is folded away never makes a change."""

import re
from functools import cache
from importlib.resources import files

from policydiff.text.numerals import CHINESE_DIGITS
from policydiff.text.widths import fold as fold_width

_NOT_WORDS = re.compile(r"(?<!\d)[.~-]|[.~-](?!\d)|[^\w.%‰℃°¥$€~-]+|_+")
_REFERENCE = re.compile(rf"第[{CHINESE_DIGITS}0-9]+(?:[编章节条款项目](?:之[{CHINESE_DIGITS}]+)?)")


@cache
def variants() -> tuple[tuple[str, str], ...]:
    """Return the variant writings and the form each is read as."""
    table = files("policydiff.revision").joinpath("variants.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple((variant, form) for variant, form in rows)


@cache
def _variant_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    known = dict(variants())
    return re.compile("|".join(sorted(known, key=len, reverse=True))), known


def fold_words(text: str) -> str:
    """Return words, digits and signs of measure alone, in one width and one writing.

    >>> fold_words("（一） 会计帐簿，占 7.5％；") == fold_words("(一)会计账簿占7.5%。")
    True
    """
    pattern, known = _variant_pattern()
    return _NOT_WORDS.sub("", pattern.sub(lambda match: known[match[0]], fold_width(text)))


def mask_references(folded: str) -> str:
    """Return folded text with the numbers of cited clauses taken out: 第十二条第三款 becomes 第第.

    >>> mask_references("违反本法第十二条第一款规定")
    '违反本法第第规定'
    """
    return _REFERENCE.sub("第", folded)
