"""Chinese words as the letters of an id. An id need not read well to a linguist, it must never change."""

import hashlib
import re
from functools import cache
from importlib.resources import files

_FOREIGN = re.compile(r"[^a-z0-9]+")


def spell(words: str, limit: int = 60) -> str:
    """Return words in full syllables, `沪府发` as `hufufa`; as initials where that would pass `limit` letters."""
    full = "".join(_letters(character) for character in words)
    return full if len(full) <= limit else initials(words, limit)


def initials(words: str, limit: int = 24) -> str:
    """Return the first letters of words, `静安区` as `jaq`, at most `limit`."""
    return "".join(_letters(character)[:1] for character in words)[:limit]


def fingerprint(words: str) -> str:
    """Return six letters and digits that tell words with the same initials apart."""
    return hashlib.sha256(words.encode()).hexdigest()[:6]


def _letters(character: str) -> str:
    known = _readings().get(character)
    if known is not None:
        return known
    if character.isascii() or not character.isalnum():
        return _FOREIGN.sub("", character.lower())
    return f"u{ord(character):x}"


@cache
def _readings() -> dict[str, str]:
    table = files(__package__).joinpath("pinyin.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {character: syllable for syllable, characters in rows for character in characters}
