"""Kinds of documents (文种) by the words that titles end in."""

import tomllib
from importlib import resources

from policydiff.lexicon.patterns import lazy_pattern

_WORDS: dict[str, list[str]] = tomllib.loads(
    resources.files("policydiff.parsing").joinpath("document_types.toml").read_text(encoding="utf-8")
)


def _any_of(*lists: str) -> str:
    words = {word for name in lists for word in _WORDS[name]}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_BRACKETS = r"(?:[（(][^（()）]{1,30}[)）]){0,3}"
_ALL = _any_of("statutory", "carried", "legislation", "traditional", "annexes")
TITLE_END = lazy_pattern(rf"(?:{_ALL}){_BRACKETS}[》〉]?$")
"""End of a title: a kind of document, with what brackets add: 实施意见（试行）, 行动方案（2018-2020年）."""

_INNER_TITLE = lazy_pattern("《[^《》]*》|〈[^〈〉]*〉")
_WHOLE_TITLE = lazy_pattern("[《〈](.+)[》〉]")


def ends_title(words: str) -> bool:
    """Say whether a title may end with these words: with a kind of document that stands outside 《》.

    >>> [ends_title(words) for words in ("关于执行《某某法》", "关于执行《某某法》若干问题的规定（三）", "《某某办法》")]
    [False, True, True]
    """
    whole = _WHOLE_TITLE.fullmatch(words)
    inner = whole[1] if whole is not None else words
    while (without := _INNER_TITLE.sub("□", inner)) != inner:
        inner = without
    return "《" not in inner and "》" not in inner and TITLE_END.search(inner) is not None


_KIND = lazy_pattern(rf"(?:{_any_of('statutory', 'carried', 'legislation', 'traditional')})$")
_QUALIFIERS = _any_of("qualifiers")
_IN_BRACKETS = lazy_pattern(rf"[（(](?:\d{{4}}年?)?({_QUALIFIERS})[^（()）]{{0,6}}[)）]")
_BEFORE_KIND = lazy_pattern(rf"(试行|暂行)(?={_ALL})")
_AFTER = lazy_pattern(rf"{_BRACKETS}[》〉]?$")


def document_type(title: str) -> str | None:
    """Return the kind of document a title names, None where it names none.

    >>> document_type("静安区关于促进生命健康产业发展的实施意见（试行）")
    '意见'
    """
    match = _KIND.search(_AFTER.sub("", title))
    return None if match is None else match[0]


def qualifier(title: str) -> str | None:
    """Return what a title says of how final the text is, None where it says nothing.

    >>> [qualifier(title) for title in ("管理办法（试行）", "上海市暂行规定", "行动方案（2018-2020年）")]
    ['试行', '暂行', None]
    """
    match = _IN_BRACKETS.search(title) or _BEFORE_KIND.search(title)
    return None if match is None else match[1]
