"""The id a document gets where the user gives none. Pure; the same document always gets the same id.

- A document with a number in the shape 代字〔年〕号: `<code spelt>/<year>/<serial>`, 静府发〔2021〕17号 gives
  `jingfufa/2021/17`.
- Anything else (statutes, whose order number changes with each amendment, and texts without a number):
  `<issuer's initials>/<title's initials>-<six of the title's hash>`, so that all versions under one title meet in
  one document. What marks a version behind the title, `（2018年修正）`, is not part of it.

Two documents that meet in one id are told apart by the store, which refuses the second.
"""

from collections.abc import Sequence

from policydiff.intake.pinyin import fingerprint, initials, spell
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.titles import bare_title


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
