"""How a report introduces each of its texts: title, number, issuers, dates, hash."""

from pathlib import PurePath

from policydiff.model import Document, Reference
from policydiff.report.catalog import Catalog
from policydiff.report.page import Side
from policydiff.version import __version__


def side(role: str, reference: Reference, document: Document | None, say: Catalog) -> Side:
    """Return the facts of one side; the reference goes first, the document fills in what it leaves open.

    A fact nobody knows is left out, but for a text's date of issue: its absence is said. A reference to a document of
    the store without a version names no text, so it has no such date.
    """
    number = reference.document_number or (document.document_number if document else None)
    issuers = reference.issuing_bodies or (document.issuing_bodies if document else ())
    issued = reference.issued or (document.dates.issued if document else None)
    names_a_text = document is not None or not reference.id or reference.version
    absent = say("not stated") if names_a_text else None
    facts = [
        (say("Document number"), number),
        (say("Issuing body"), "、".join(issuers)),
        (say("Drafting body"), document.drafting_body if document else None),
        (say("Issued"), issued.isoformat() if issued else absent),
        *(_dates(document, say) if document else ()),
        (say("In the store"), _stored(reference)),
        (say("File"), PurePath(reference.file).name if reference.file else None),
        ("SHA-256", reference.text_sha256),
    ]
    title = reference.title or (document.title if document else None) or reference.file or reference.id
    return Side(role, title or say("untitled"), tuple((label, value) for label, value in facts if value))


def _dates(document: Document, say: Catalog) -> tuple[tuple[str, str | None], ...]:
    dates = document.dates
    named = (
        (say("Adopted"), "adopted", dates.adopted),
        (say("Published"), "published", dates.published),
        (say("In force from"), "effective", dates.effective),
        (say("In force until"), "expires", dates.expires),
    )
    computed = say(" (computed)")
    return tuple(
        (label, f"{value.isoformat()}{computed if name in dates.computed else ''}" if value else None)
        for label, name, value in named
    )


def _stored(reference: Reference) -> str | None:
    if not reference.id:
        return None
    return f"{reference.id}@{reference.version}" if reference.version else reference.id


def notice(say: Catalog, *, judged: bool) -> str:
    """Return the sentence that says who judged, with the tool's version."""
    made = say("Made by policydiff {version}.", version=__version__)
    if not judged:
        return made + say(
            " The documents' words are shown unaltered; headings, targets, bodies and citations were found by machine."
        )
    return made + say(
        " Relations, scores, pairings and signals are the machine's judgement: check them against the words"
        " of both texts, which are shown unaltered."
    )
