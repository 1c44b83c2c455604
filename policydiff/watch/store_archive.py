"""The archive of a run: a `Store`, with the queries that watching needs."""

from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from policydiff.collection.index import Index
from policydiff.collection.lookalikes import load_stored
from policydiff.collection.relations import implementers, relations
from policydiff.errors import NotFoundError
from policydiff.intake import Loaded, recorded_document
from policydiff.intake.placing import place
from policydiff.intake.versions import Given, Intake, Read, identify, new_version
from policydiff.model import CitationRelation, Document, Extraction, ReadingRules
from policydiff.settings import Source
from policydiff.store import AddStatus, Store
from policydiff.watch.gather import Capture, rules_of
from policydiff.watch.judge.beside import ANNEX, TITLE, FactChange, declared_changes
from policydiff.watch.judge.nearby import spine_of
from policydiff.watch.judge.page_runs import page_of
from policydiff.watch.judge.surroundings import said_around


class Stored(NamedTuple):
    """A recorded version."""

    document_id: str
    version: str
    text: str
    source: bytes
    document: Document
    """The parsed text, with the facts that its source declared outside the text."""
    media_name: str = "page.html"
    """Name of the captured file."""
    reading: ReadingRules | None = None
    """Rules by which the text was read; None if unknown."""


class Submission(NamedTuple):
    """A reading that passed all guards."""

    document_id: str
    source: Source
    capture: Capture
    extraction: Extraction
    document: Document
    retrieved_at: datetime
    is_same_document: bool
    """A person or an earlier reading of the same address chose the id; it was not read from this text."""
    facts: tuple[FactChange, ...] = ()
    """Facts that the page declares differently than the last version's page; recorded even if the words are the same."""


class Recorded(NamedTuple):
    """Result of a submission."""

    document_id: str
    version: str
    is_new: bool
    """False if the same text was already recorded."""
    refusal: str | None = None
    """Why the id cannot take this text, None if it did."""


class Proof(NamedTuple):
    """Hashes that distinguish versions of the same name."""

    source_sha256: str
    text_sha256: str


_MAX_SEGMENTS = 4
_MOST_CACHED = 30
"""Most earlier versions of which a server may still send a cached copy: a month of a page that changes every day."""
CHINA = timezone(timedelta(hours=8))


class Archive:
    """Records to and reads from a store; not shared between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def newest(self, document_id: str) -> Stored | None:
        """Return the newest version by date, None for an unknown document."""
        snapshot = self._store.at(None)
        names = snapshot.version_names(document_id)
        if not names:
            return None
        record = snapshot.version(document_id, names[-1])
        text = self._store.text(document_id, record.version)
        return Stored(
            document_id,
            record.version,
            text,
            self._store.source(document_id, record.version),
            recorded_document(text, record),
            record.source_name,
            record.reading,
        )

    def proof(self, document_id: str, version: str) -> Proof | None:
        """Return the hashes of a recorded version; None if there is no version of that name."""
        try:
            record = self._store.at(None).version(document_id, version)
        except NotFoundError:
            return None
        return Proof(record.source_sha256, record.text_sha256)

    def proofs(self, document_id: str) -> list[Proof]:
        """Return the hashes of every version of a document; an empty list for an unknown document."""
        records = self._store.at(None).versions(document_id)
        return [Proof(record.source_sha256, record.text_sha256) for record in records]

    def facts(self, document_id: str, old: str, new: str) -> tuple[FactChange, ...]:
        """Return the differences between the facts that the sources of two versions declare."""
        snapshot = self._store.at(None)
        before, after = (snapshot.version(document_id, each) for each in (old, new))
        recorded = declared_changes(
            before.declared, after.declared, (before.declared_title, after.declared_title)
        )
        if before.text_sha256 != after.text_sha256:
            return recorded
        # A fact under a label of the page's own stands in no record of the version before, but on its page.
        pages = [page_of(self._store.source(document_id, each)) for each in (old, new)]
        if pages[0] is None or pages[1] is None:
            return recorded
        text = "\n".join(spine_of(pages[0], self._store.text(document_id, old)))
        anew = said_around(pages[0], pages[1], text).facts
        labels = {fact.label for fact in anew}
        # Where the record of the version before has no value, its page may.
        known = {
            fact.label
            for fact in recorded
            if fact.label not in labels or not (fact.is_file or fact.old == "—")
        }
        return (
            *(fact for fact in recorded if fact.label in known),
            *(fact for fact in anew if fact.label not in known),
        )

    def texts(self, document_id: str) -> list[tuple[str, str]]:
        """Return (version, text) of the newest version and of the versions of which a cache may still send a copy, oldest first."""
        names = self._store.at(None).version_names(document_id)[-_MOST_CACHED - 1 :]
        return [(name, self._store.text(document_id, name)) for name in names]

    def propose_id(self, document: Document, source: Source) -> str | None:
        """Return the id that intake derives, prefixed with the source's own id if it has one; None without number and title."""
        if not document.document_number and not document.title:
            return None
        derived = identify(document, Given(), fallback="").id
        if source.id is None:
            return derived
        has_room = source.id.count("/") + derived.count("/") + 2 <= _MAX_SEGMENTS
        return f"{source.id}/{derived if has_room else derived.replace('/', '-')}"

    def add(self, submission: Submission) -> Recorded:
        """Record a version; recording the same text again changes nothing."""
        intake = _prepared(submission)
        if not submission.is_same_document:
            with Index.open(self._store) as index:
                intake = next(place(index, [intake]))
            if intake.doubt is not None:
                return Recorded(submission.document_id, "", is_new=False, refusal=intake.doubt)
        outcome = self._store.add_many([intake.entry], report_refusals=True)[0]
        refusal = None
        if outcome.status is AddStatus.REFUSED:
            refusal = f"{outcome.id} belongs to a different document: {' '.join(outcome.notes)}"
        return Recorded(outcome.id, outcome.version, outcome.status is AddStatus.ADDED, refusal)

    def read(self, document_id: str, version: str) -> Loaded:
        """Return a recorded version, parsed and annotated, with how results name it."""
        return load_stored(f"{document_id}@{version}", self._store)

    def superiors(self, document_id: str) -> tuple[str, ...]:
        """Return the ids of recorded documents that a document implements; if there are none, of the first document cited as its basis."""
        with Index.open(self._store) as index:
            found = [each for each in relations(index, document_id) if each.id]
        implemented = [each.id for each in found if each.relation is CitationRelation.IMPLEMENTS]
        based_on = [each.id for each in found if each.relation is CitationRelation.BASIS]
        return tuple(dict.fromkeys(document for document in implemented or based_on[:1] if document))

    def locals(self, document_id: str) -> tuple[str, ...]:
        """Return the ids of recorded documents that implement a document."""
        identity = self._store.identity(document_id)
        with Index.open(self._store) as index:
            found = implementers(index, identity.document_number, identity.title)
        return tuple(each for each in found if each != document_id)


def _prepared(submission: Submission) -> Intake:
    """Return a reading prepared by the intake, with the facts that its source declares."""
    capture, source = submission.capture, submission.source
    given = Given(
        id=submission.document_id,
        document_number=source.number,
        issued=source.issued,
        url=capture.url,
        retrieved_at=submission.retrieved_at,
        seen=submission.retrieved_at.astimezone(CHINA).date(),
        same_document=submission.is_same_document,
        reading=rules_of(source, capture.pages),
    )
    name = capture.title or source.name
    prepared = new_version(
        Read(capture.data, submission.extraction, submission.document, capture.name),
        given=given,
        today=submission.retrieved_at.date(),
        fallback=name,
    )
    return prepared if not submission.facts else _declaring(prepared, submission.facts)


def _declaring(prepared: Intake, facts: tuple[FactChange, ...]) -> Intake:
    """Return a version that declares what was found anew on its page, wherever that stands.

    The reading knows what stands under labels. A stamp, a line above the text that says it is repealed, the column that the page stands in and
    a suffix in the page's head are known to the judgement alone: left out here, the store would hold the version for one it has.
    """
    entry = prepared.entry
    declared, title = list(entry.declared), entry.declared_title
    for fact in facts:
        said = (ANNEX, f"{fact.label} {fact.new}") if fact.is_file else (fact.label, fact.new)
        if fact.label == TITLE and not fact.is_file:
            title = fact.new
        elif said not in declared:
            declared.append(said)
    anew = {"declared_anew": True, "declared": tuple(declared), "declared_title": title}
    return prepared.model_copy(update={"entry": entry.model_copy(update=anew)})
