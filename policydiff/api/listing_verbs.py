"""Verbs that list the facts of one document: its targets, who does what, and the documents it cites."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from policydiff.api.opening import Lookup, Source, opened_store

if TYPE_CHECKING:
    from policydiff.api.opening import Day, Where
    from policydiff.extract import Limits
    from policydiff.model import Reference
    from policydiff.model.listed import CitationList, ResponsibilityList, TargetList


def targets(
    doc: Source, *, limits: "Limits | None" = None, store: "Where" = None, as_of: "Day | None" = None
) -> "TargetList":
    r"""Return the quantified targets of a document: metric, value, deadline.

    Args:
        doc: A `Document`, or anything that `policydiff.read` takes.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Examples:
        >>> from policydiff import parse
        >>> [each.target.value for each in targets(parse("某市规划\n一、目标。到2025年，绿化率达到40%。"))]
        ['40']
    """
    from policydiff.model.listed import FoundTarget, TargetList

    found = _placed(doc, "targets", limits, store, as_of)
    made = (FoundTarget(document=document, address=address, target=each) for document, address, each in found)
    return TargetList(targets=tuple(made))


def responsibilities(
    doc: Source, *, limits: "Limits | None" = None, store: "Where" = None, as_of: "Day | None" = None
) -> "ResponsibilityList":
    """Return who leads and who supports each measure of a document.

    Args:
        doc: A `Document`, or anything that `policydiff.read` takes.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.
    """
    from policydiff.model.listed import FoundResponsibility, ResponsibilityList

    found = _placed(doc, "responsibilities", limits, store, as_of)
    made = (
        FoundResponsibility(document=document, address=address, responsibility=each)
        for document, address, each in found
    )
    return ResponsibilityList(responsibilities=tuple(made))


def cites(
    doc: Source, *, limits: "Limits | None" = None, store: "Where" = None, as_of: "Day | None" = None
) -> "CitationList":
    """Return the documents a document cites, and why it cites them.

    Args:
        doc: A `Document`, or anything that `policydiff.read` takes.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.
    """
    from policydiff.model.listed import CitationList, FoundCitation

    found = _placed(doc, "citations", limits, store, as_of)
    made = (
        FoundCitation(document=document, address=address, citation=each) for document, address, each in found
    )
    return CitationList(citations=tuple(made))


def _placed(
    doc: Source, what: str, limits: "Limits | None", store: "Where", as_of: "Day | None"
) -> "Iterator[tuple[Reference, str, Any]]":
    """Yield the reference of a document, with the address and the fact of each that was found in it."""
    from policydiff.report.outline import Outline

    with opened_store(store) as found:
        document = Lookup(found, as_of, "final", limits).open(doc).document
    outline = Outline(document)
    for each in getattr(document, what):
        yield document.reference, outline.place(each.clause).address, each
