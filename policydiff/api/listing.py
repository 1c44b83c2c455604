"""The public verbs that list what a document lays down: targets, responsibilities, cites."""

from typing import TYPE_CHECKING

from policydiff.api.opening import Lookup, Source, opened_store

if TYPE_CHECKING:
    import os

    from policydiff.api.opening import Day, HasStore
    from policydiff.extract import Limits
    from policydiff.model import Document
    from policydiff.report import CitationList, ResponsibilityList, TargetList
    from policydiff.report.outline import Outline

    Where = HasStore | str | os.PathLike[str] | None


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
    from policydiff.report import FoundTarget, TargetList

    document, outline = _outlined(doc, limits, store, as_of)
    found = (
        FoundTarget(document=document.reference, address=outline.place(each.clause).address, target=each)
        for each in document.targets
    )
    return TargetList(targets=tuple(found))


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
    from policydiff.report import FoundResponsibility, ResponsibilityList

    document, outline = _outlined(doc, limits, store, as_of)
    found = (
        FoundResponsibility(
            document=document.reference, address=outline.place(each.clause).address, responsibility=each
        )
        for each in document.responsibilities
    )
    return ResponsibilityList(responsibilities=tuple(found))


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
    from policydiff.report import CitationList, FoundCitation

    document, outline = _outlined(doc, limits, store, as_of)
    found = (
        FoundCitation(document=document.reference, address=outline.place(each.clause).address, citation=each)
        for each in document.citations
    )
    return CitationList(citations=tuple(found))


def _outlined(
    doc: Source, limits: "Limits | None", store: "Where", as_of: "Day | None"
) -> "tuple[Document, Outline]":
    from policydiff.report.outline import Outline

    with opened_store(store) as found:
        document = Lookup(found, as_of, "final", limits).open(doc).document
    return document, Outline(document)
