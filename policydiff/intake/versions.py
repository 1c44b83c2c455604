"""Makes a version to record from a captured file, and reads recorded bytes again by the rules of their source."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import NamedTuple

from policydiff.errors import InvalidIdentifierError, UnreadableInputError, worded
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.extract.sniff import suffix_for
from policydiff.intake import document_of, read_bytes
from policydiff.intake.identity import derive_id
from policydiff.lexicon.areas import level_of
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.model import (
    Document,
    DocumentIdentity,
    Extraction,
    Grammar,
    Level,
    ReadingRules,
    Severity,
    Value,
    VersionHead,
)
from policydiff.store import Fault, FaultKind, NewVersion, Reextraction, Store, check_id


class Given(Value):
    """Facts about a file from the user, by flags or in a manifest; they take precedence over facts in the text."""

    id: str | None = None
    title: str | None = None
    document_number: str | None = None
    issuing_bodies: tuple[str, ...] = ()
    jurisdiction: str | None = None
    level: Level | None = None
    """Level of the issuer's government, if it is not the level that follows from issuer and jurisdiction."""
    document_type: str | None = None
    issued: date | None = None
    published: date | None = None
    effective: date | None = None
    expires: date | None = None
    url: str | None = None
    retrieved_at: datetime | None = None
    seen: date | None = None
    """Day on which the source was seen; default: the day of `retrieved_at`, else today."""
    same_document: bool = False
    """Whether this is a version of the document already recorded under the id, although title and number differ."""
    version_of: str | None = None
    """Id of the document in the store of which the user says that this is a version."""
    reading: ReadingRules | None = None
    """Rules for reading the captured bytes; None for a plain file."""


class Intake(Value):
    """A text ready to be recorded, with facts that the user may want to check first."""

    entry: NewVersion
    document: Document
    """The document as parsed, before the user's corrections."""
    id_is_given: bool = False
    """Whether the user named the document; otherwise its id was derived."""
    version_of: str | None = None
    """Id of the document in the store of which the user says that this is a version."""
    placement: str | None = None
    """Sentence for the user if the store holds a similar document."""
    doubt: str | None = None
    """Reason why a person must decide which document this is, so that it is not recorded; None if the rules of identity decide."""
    candidates: tuple[str, ...] = ()
    """Ids of the documents of which this may be a version, if that is in doubt."""
    warnings: tuple[str, ...] = ()


class Read(NamedTuple):
    """Captured bytes, with the text and the document read from them."""

    data: bytes
    extraction: Extraction
    document: Document
    name: str | None
    """File name, for messages, and as title if the text has none."""


def prepare(
    data: bytes, *, name: str | None, today: date, given: Given | None = None, limits: Limits = DEFAULT_LIMITS
) -> Intake:
    """Return a captured file as a text to be recorded.

    A text without a title gets the name of the file; `today` is the day on which it was seen, if no other day is known.
    Raises UnreadableInputError if the bytes contain no readable text, InvalidIdentifierError if a given id or
    number is not well formed.
    """
    given = given or Given()
    extraction = read_bytes(data, name=name, rules=given.reading, limits=limits)
    document = document_of(extraction)
    return new_version(Read(data, extraction, document, name), given=given, today=today)


def new_version(read: Read, *, given: Given, today: date, fallback: str | None = None) -> Intake:
    """Return a text that was read, as one to be recorded; arguments as for `prepare`.

    `fallback` is the title if neither text nor user state one; None for the file's name.
    Raises InvalidIdentifierError if a given id or number is not well formed.
    """
    data, extraction, document, name = read
    told = extraction.title or (PurePath(name).stem if name else "") or "无标题"
    identity = identify(document, given, fallback=fallback or told)
    dates = document.dates
    # GB/T 9704-2012, 7.3.5.4: 成文日期 is the day a meeting adopted or its head signed the text; for an amended
    # statute that is the day of the amendment.
    issued = given.issued or dates.own
    published = given.published or dates.published
    seen = None
    if issued is None and published is None:
        seen = given.seen or (given.retrieved_at.date() if given.retrieved_at else today)
    entry = NewVersion(
        identity=identity,
        head=VersionHead(
            title=given.title or document.title,
            document_number=identity.document_number,
            issuing_bodies=identity.issuing_bodies,
            drafting_body=identity.drafting_body,
        ),
        source=data,
        text=extraction.text,
        issued=issued,
        published=published,
        effective=given.effective or dates.effective,
        expires=given.expires or dates.expires,
        seen=seen,
        media_type=extraction.media_type,
        extension=suffix_for(extraction.media_type, name),
        url=given.url,
        retrieved_at=given.retrieved_at,
        extractor=extraction.extractor,
        extractor_version=extraction.extractor_version,
        reading=given.reading or ReadingRules(),
        declared_title=extraction.title,
        declared=extraction.metadata,
        warnings=tuple(warning.text for warning in extraction.warnings),
        same_document=given.same_document or given.version_of is not None,
    )
    return Intake(
        entry=entry,
        document=document,
        version_of=given.version_of,
        id_is_given=given.id is not None or given.version_of is not None,
        warnings=_warnings(extraction, document, entry),
    )


def identify(document: Document, given: Given, *, fallback: str) -> DocumentIdentity:
    """Return the identity of a document; the user's facts take precedence over those of the text.

    Raises InvalidIdentifierError if a given id or number is not well formed.
    """
    title = given.title or document.title or fallback
    number = _given_number(given.document_number) if given.document_number else document.document_number
    bodies = given.issuing_bodies or document.issuing_bodies
    jurisdiction = given.jurisdiction or document.jurisdiction
    chosen = given.version_of or given.id
    is_statute = document.grammar is Grammar.LEGISLATION
    return DocumentIdentity(
        id=check_id(chosen) if chosen else derive_id(title, number, bodies, is_statute=is_statute),
        title=title,
        document_number=number,
        issuing_bodies=bodies,
        drafting_body=document.drafting_body,
        document_type=given.document_type or document.document_type,
        jurisdiction=jurisdiction,
        level=_level(document, given, bodies, jurisdiction),
    )


def _given_number(words: str) -> str:
    normal = DocumentNumber.normal(words)
    if not normal:
        raise InvalidIdentifierError("the document number is empty: give one like 沪府发〔2018〕25号")
    return normal


def _level(
    document: Document, given: Given, bodies: tuple[str, ...], jurisdiction: str | None
) -> Level | None:
    """Return the level of the issuer; the level read from the text is used only if the issuer is from the text too."""
    if given.level is not None:
        return given.level
    if bodies and (given.issuing_bodies or given.jurisdiction):
        return level_of(bodies[0], jurisdiction)
    return document.level


def _warnings(extraction: Extraction, document: Document, entry: NewVersion) -> tuple[str, ...]:
    found = [warning.text for warning in extraction.warnings]
    found += [each.message for each in document.diagnostics if each.severity is not Severity.INFO]
    if document.title is None and entry.identity.title:
        found.append(worded(f"the text has no title that could be read: {entry.identity.title} was taken"))
    if entry.seen is not None:
        found.append(
            worded(f"the text bears no date: it is recorded as seen on {entry.seen}, its date stays unknown")
        )
    return tuple(found)


def reread(
    store: Store,
    wanted: Iterable[tuple[str, str]],
    *,
    limits: Limits = DEFAULT_LIMITS,
    replace_corrections: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[Reextraction], tuple[str, ...]]:
    """Return the texts that today's extractors read from captured bytes, and the reasons why some versions were left alone.

    A version is left alone if its bytes can no longer be read, or if it was recorded before reading rules were kept and the
    new reading adds lines, because rules that are no longer known cut these lines away. Texts corrected by hand are
    kept, unless `replace_corrections` is set.
    """
    versions = list(wanted)
    items: list[Reextraction] = []
    left_alone: list[str] = []
    for done, (document_id, version) in enumerate(versions, 1):
        name = f"{document_id}@{version}"
        record = store.at(None).version(document_id, version)
        try:
            found = read_bytes(
                store.source(document_id, version), name=name, rules=record.reading, limits=limits
            )
        except UnreadableInputError as error:
            left_alone.append(str(error))
        else:
            if record.reading is None and _only_adds(store.text(document_id, version), found.text):
                left_alone.append(
                    worded(
                        f"{name}: recorded before reading rules were kept, and reading it anew only adds lines: "
                        "what cut them away is not known"
                    )
                )
            else:
                items.append(
                    Reextraction(
                        id=document_id,
                        version=version,
                        text=found.text,
                        extractor=found.extractor,
                        extractor_version=found.extractor_version,
                        reading=record.reading or ReadingRules(),
                        declared_title=found.title,
                        declared=found.metadata,
                        warnings=tuple(warning.text for warning in found.warnings),
                        replace_correction=replace_corrections,
                    )
                )
        if progress is not None:
            progress(done, len(versions))
    return items, tuple(left_alone)


def not_as_read(
    store: Store, *, limits: Limits = DEFAULT_LIMITS, progress: Callable[[int, int], None] | None = None
) -> list[Fault]:
    """Return a fault for each recorded text that differs from what its extractor reads from the captured bytes.

    No commit can forge this, because the bytes have their hash, and the same extractor always reads the same text from them.
    A text that a person corrected, that another extractor read, or whose bytes cannot be read here is listed as not
    checked, unless today's extractor reads exactly the same text.
    """
    shown = [(each.id, record.version) for each in store.documents() for record in store.versions(each.id)]
    items, left_alone = reread(store, shown, limits=limits, progress=progress)
    faults = [Fault(kind=FaultKind.UNCHECKED, message=each) for each in left_alone]
    for item in items:
        record = store.at(None).version(item.id, item.version)
        is_same_text = hashlib.sha256(item.text.encode()).hexdigest() == record.text_sha256
        tells_the_same = record.declared_title == item.declared_title and set(item.declared) <= set(
            record.declared
        )
        if is_same_text and tells_the_same:
            continue
        name, reader = f"{item.id}@{item.version}", f"{record.extractor} {record.extractor_version}"
        kind = FaultKind.UNCHECKED
        if record.corrected:
            message = worded(
                f"{name}: the text was corrected by hand: only a person can hold it against its source"
            )
        elif (item.extractor, item.extractor_version) != (record.extractor, record.extractor_version):
            message = worded(
                f"{name} was read by {reader}, which is not what reads it here: its text cannot be told from a changed one"
            )
        else:
            kind = FaultKind.REWRITTEN
            message = worded(
                f"{name} is not what {reader} reads from its source: whoever recorded it changed the text"
            )
        faults.append(Fault(kind=kind, id=item.id, version=item.version, message=message))
    return faults


def _only_adds(recorded: str, read: str) -> bool:
    """Return whether a text contains every line of the recorded text, in order, and further lines."""
    old, new = _lines(recorded), _lines(read)
    following = iter(new)
    return len(new) > len(old) and all(line in following for line in old)


def _lines(text: str) -> Sequence[str]:
    return [squeezed for line in text.split("\n") if (squeezed := "".join(line.split()))]
