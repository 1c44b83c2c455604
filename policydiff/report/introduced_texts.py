"""How a report introduces each of its texts: title, number, issuers, the dates that matter, where it was read from."""

from datetime import date
from pathlib import PurePath

from policydiff.lexicon.titles import is_draft_title
from policydiff.model import Document, Reference
from policydiff.model.document import BeginsBy, first_day
from policydiff.report.catalog import N_, Catalog
from policydiff.report.page import Side
from policydiff.report.runs import shortened_text
from policydiff.version import __version__

_LINE, _LINES = 30, 3
"""Characters of a line that is quoted, and lines that are."""
SEEN = "seen-"
"""How a version is named whose text bears no date: by the day it was seen."""


def side(role: str, reference: Reference, document: Document | None, say: Catalog) -> Side:
    """Return the facts of one side; the reference goes first, the document fills in what it leaves open.

    A fact nobody knows is left out, but for a text's date of issue: its absence is said. A reference to a document of
    the store without a version names no text, so it has no such date.
    """
    number = reference.document_number or (document.document_number if document else None)
    issuers = reference.issuing_bodies or (document.issuing_bodies if document else ())
    file = PurePath(reference.file).name if reference.file else None
    facts = [
        (say("Document number"), number),
        (say("Issuing body"), say.joined(*issuers)),
        (say("Drafting body"), document.drafting_body if document else None),
        *_front(document, say),
        *_dates(reference, document, say),
        (say("Validity"), say("draft") if document is not None and _is_draft(document) else None),
        (say("In the store"), _stored(reference)),
        (say("File name"), file),
    ]
    title = reference.title or (document.title if document else None) or file or reference.id
    shown = tuple((label, value) for label, value in facts if value)
    return Side(role, title or say("untitled"), shown, reference.text_sha256 or "")


def _dates(
    reference: Reference, document: Document | None, say: Catalog
) -> tuple[tuple[str, str | None], ...]:
    """Return the dates of a text: a statute's adoption and last amendment, else its issue; then force and sighting."""
    dates = document.dates if document else None
    issued = reference.issued or (dates.issued if dates else None)
    adopted, amended = (dates.adopted, dates.amended) if dates else (None, None)
    is_dated = issued or adopted or amended or (dates and dates.published)
    names_a_text = document is not None or not reference.id or reference.version
    told = [
        (say("Issued"), _day(issued) if issued not in (adopted, amended) else None),
        (say("Adopted"), _day(adopted)),
        (say("Amended"), _day(amended)),
    ]
    if not is_dated and names_a_text:
        told.append((say("Issued"), say("not stated")))
    if dates:
        computed = say(" (computed)")
        own = reference.issued or dates.own or dates.published
        first, by = first_day(dates.effective, own, None, is_first=True)
        told += [
            (label, f"{value.isoformat()}{computed if name in dates.computed else ''}" if value else None)
            for label, name, value in (
                (say("Published"), "published", dates.published),
                (say("In force from"), "effective", dates.effective if by is BeginsBy.STATED else None),
                (say("In force until"), "expires", dates.expires),
            )
        ]
        if dates.effective is not None and by is not BeginsBy.STATED:
            remark = say("; the text repeats {day}", day=dates.effective.isoformat())
            told.insert(-1, (say("In force from"), f"{begins_on(first, by, say)}{remark}"))
    told.append((say("Seen"), seen_on(reference)))
    return tuple(told)


_KNOWN_BY = {
    BeginsBy.STATED: "",
    BeginsBy.DATED: N_(" (the text's own date)"),
    BeginsBy.SEEN: N_(" (first seen)"),
}
"""What the first day in force is known by, behind the day."""


def begins_on(day: date | None, by: BeginsBy | None, say: Catalog) -> str:
    """Return the first day in force with what it is known by; empty for none."""
    known = _KNOWN_BY[by] if by is not None else ""
    return f"{day.isoformat()}{say(known) if known else ''}" if day else ""


def seen_on(reference: Reference) -> str | None:
    """Return the day a version without a date was first seen, None where the text bears a date or is no version."""
    seen: date | None = getattr(reference, "seen", None)
    if seen:
        return seen.isoformat()
    version = reference.version or ""
    return version.removeprefix(SEEN)[:10] if version.startswith(SEEN) else None


def known_of(role: str, document: Document | None, say: Catalog) -> tuple[tuple[str, str], ...]:
    """Return what a reader must know of one text before any finding, each sentence with the role of the text."""
    if document is None:
        return ()
    told = [state_of(document, say)]
    unread = [each.text.strip() for each in document.not_placed if each.reason == "unread"]
    if unread:
        told.append(
            say.plural(
                "{n} line stands in no field and no clause, and is not compared: {words}",
                "{n} lines stand in no field and no clause, and are not compared: {words}",
                len(unread),
                words=say.semicolon.join(shortened_text(each, _LINE) for each in unread[:_LINES]),
            )
        )
    told += [
        say("attachment announced and not in this text: {title}", title=each.title or each.label or "")
        for each in document.attachments
        if not each.present
    ]
    return tuple((role, each) for each in told if each)


def _front(document: Document | None, say: Catalog) -> tuple[tuple[str, str | None], ...]:
    """Return what stands at the head of an official document beside number and issuer."""
    if document is None:
        return ()
    return (
        (say("Secrecy"), document.secrecy),
        (say("Urgency"), document.urgency),
        (say("Signed by"), say.joined(*document.signers)),
        (say("Addressees"), shortened_text(say.joined(*document.addressees), 2 * _LINE)),
    )


def state_of(document: Document | None, say: Catalog) -> str:
    """Return whether a text is a draft, or a statute as adopted or last amended, by its own head; empty where it tells nothing."""
    if document is not None and _is_draft(document):
        return say("the text is a draft: it is not in force, and may still change")
    if document is None or not (document.dates.adopted or document.dates.amended):
        return ""
    if document.dates.amended:
        return say("the text as amended on {date}", date=document.dates.amended.isoformat())
    return say("the text as adopted: later amendments, if there are any, are not in it")


def _is_draft(document: Document) -> bool:
    return is_draft_title(document.title, document.qualifier)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


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
        " Relations, effects, scores, pairings and signals are the machine's judgement: check them against the words"
        " of both texts, which are shown unaltered."
    )
