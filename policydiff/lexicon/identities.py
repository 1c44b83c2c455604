"""In what two identities agree: by their titles, their numbers, their issuers, however each is spelt.

The rules of identity (`intake/identity.py`) and the store's own guard weigh this; neither compares spellings itself.
"""

from typing import NamedTuple

from policydiff.lexicon.body_names import bodies_agree
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.titles import DocumentTitle
from policydiff.model import DocumentIdentity


class Agreement(NamedTuple):
    """What two identities have in common."""

    title: bool
    """The titles are one, issues (试行, 2018年修正) and issuers in front aside, or one is the notice that carries the other."""
    is_generic: bool
    """One of the titles names no document: 公告, 附件2."""
    number: bool | None
    """The numbers are one; None where one of them bears none."""
    issuers: bool
    """The issuers do not contradict one another; an unknown one contradicts nothing."""


def agreement(one: DocumentIdentity, other: DocumentIdentity) -> Agreement:
    """Return in what two identities agree."""
    title, other_title = DocumentTitle.parse(one.title), DocumentTitle.parse(other.title)
    return Agreement(
        title=title.key in {other_title.key, other_title.carried} or other_title.key == title.carried,
        is_generic=title.is_generic or other_title.is_generic,
        number=_same_number(one.document_number, other.document_number),
        issuers=bodies_agree(one.issuing_bodies, other.issuing_bodies),
    )


def own_number(identity: DocumentIdentity) -> DocumentNumber | None:
    """Return the number that names this document and no other, None where it bears none: an order's may be of many."""
    number = DocumentNumber.parse(identity.document_number) if identity.document_number else None
    return number if number is not None and number.names_one_document else None


def _same_number(one: str | None, other: str | None) -> bool | None:
    if not one or not other:
        return None
    first, second = DocumentNumber.parse(one), DocumentNumber.parse(other)
    if first is None or second is None:
        return DocumentNumber.normal(one) == DocumentNumber.normal(other)
    return first.key == second.key
