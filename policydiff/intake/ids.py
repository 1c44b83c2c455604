"""The id a new document gets where the user gives none, in letters of its title's pinyin. Pure.

The same document always gets the same id.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.titles import bare_title

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


def apart_id(document_id: str, words: str) -> str:
    """Return the id of a document whose derived id another document bears already: told apart by `words`."""
    return f"{document_id[:_LONGEST_BEFORE]}-{fingerprint(words)}"


_LONGEST_BEFORE = 200


def derive_id(
    title: str, document_number: str | None, issuing_bodies: Sequence[str], *, is_statute: bool
) -> str:
    """Return the id of a document.

    Args:
        title: Its title.
        document_number: 发文字号, None where it has none.
        issuing_bodies: In order; the first counts.
        is_statute: Whether it is legislation: then the title names it, not the number.
    """
    number = None if document_number is None or is_statute else DocumentNumber.parse(document_number)
    if number is not None and number.names_one_document:
        code = spell(number.code)
        if code:
            return f"{code}/{number.year}/{number.serial}"
    issuer = initials(issuing_bodies[0]) if issuing_bodies else ""
    bare = bare_title(title)
    return f"{issuer or 'unknown'}/{initials(bare) or 'untitled'}-{fingerprint(bare)}"
