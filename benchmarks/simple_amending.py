"""The usual script for amendments, as a floor: six patterns, every order that none of them fits is passed over.

It replaces quoted articles, swaps and deletes quoted words, deletes, adds and renumbers articles, and numbers the rest
through. It knows no refusal: what it makes is held against the published text like any other result.
"""

import re

from policydiff.amendment.statute import PREFACE, statute_of
from policydiff.lexicon.numerals import clause_number
from policydiff.model import Document

_N = r"第([一二三四五六七八九十百零]+)条"
_QUOTE = r"[：:，,]?\s*“([^”]*)”"
_REPLACED = re.compile(rf"{_N}(?:[^“”。；]{{0,3}}改为{_N}[，,])?修改为{_QUOTE}")
_MOVED = re.compile(rf"{_N}改为{_N}")
_ADDED = re.compile(rf"增加一条[，,]作为{_N}{_QUOTE}")
_SWAPPED = re.compile(rf"{_N}[^“”。；]{{0,12}}中的{_QUOTE}(?:统一)?修改为{_QUOTE}")
_DROPPED = re.compile(rf"删[去除]{_N}[^“”。；]{{0,12}}中的{_QUOTE}")
_DELETED = re.compile(rf"删[去除]({_N}(?:[、和]{_N})*)[。；]")


def amended_simply(old: Document, decision: str, act: str) -> dict[str, str]:
    """Return the articles, by their numbers, that the six patterns make of a text."""
    words = _part_for(decision, act)
    statute = statute_of(old)
    texts = {each.number or "": each.text().partition("　")[2] for each in statute.articles()}
    given: dict[str, str] = {}
    for match in _REPLACED.finditer(words):
        number = _digits(match[1])
        if number in texts:
            texts[number] = _lines(match[3])
            given |= {number: _digits(match[2])} if match[2] else {}
    for match in _MOVED.finditer(words):
        given.setdefault(_digits(match[1]), _digits(match[2]))
    added = {_digits(match[1]): _lines(match[2]) for match in _ADDED.finditer(words)}
    changes = [(match[1], match[2], match[3]) for match in _SWAPPED.finditer(words)]
    for number, one, other in (*changes, *((match[1], match[2], "") for match in _DROPPED.finditer(words))):
        texts[_digits(number)] = texts.get(_digits(number), "").replace(one, other)
    for match in _DELETED.finditer(words):
        for number in re.findall(_N, match[1]):
            texts.pop(_digits(number), None)
    made = _numbered(texts, given, added)
    preface = statute.article(PREFACE)
    return made if preface is None else made | {PREFACE: preface.text()}


def _numbered(texts: dict[str, str], given: dict[str, str], added: dict[str, str]) -> dict[str, str]:
    """Return the articles by their numbers in the end: those given, and the rest through."""
    made = added | {given[number]: text for number, text in texts.items() if number in given}
    place = 0
    for number, text in texts.items():
        if number not in given:
            place += 1
            while str(place) in added or str(place) in given.values():
                place += 1
            made[str(place)] = text
    return made


def _part_for(decision: str, act: str) -> str:
    """Return the lines of a decision from the one that names a text to the next one that names another."""
    lines = decision.splitlines()
    name = re.sub(r"中华人民共和国|[《》〈〉]", "", act)
    named = [index for index, line in enumerate(lines) if re.match(r"[一二三四五六七八九十]+、[^“]*《", line)]
    start = next(
        (index for index in named if name in re.sub(r"中华人民共和国|[《》〈〉]", "", lines[index])), None
    )
    if start is None:
        return decision
    end = next((index for index in named if index > start), len(lines))
    return "\n".join(lines[start:end])


def _digits(numeral: str) -> str:
    return clause_number(numeral) or numeral


def _lines(quote: str) -> str:
    return quote.replace("“", "")
