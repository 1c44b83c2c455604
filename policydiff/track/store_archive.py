"""The archive that a run writes to: a `Store`."""

import hashlib
import re
from datetime import timedelta, timezone
from pathlib import PurePosixPath

from policydiff.annotate import annotate
from policydiff.model import Document, DocumentIdentity
from policydiff.parsing import parse_text
from policydiff.store import NewVersion, Store
from policydiff.store.values import AddStatus
from policydiff.track.archive import Recorded, Stored, Submission
from policydiff.track.config import Source
from policydiff.track.gather.bundle import is_bundle

_CHINA = timezone(timedelta(hours=8))
_NUMBER = re.compile(r"[〔\[（(【](\d{4})[〕\]）)】]\s*(\d{1,5})\s*号")
_EXTENSIONS = {
    "text/html": "html",
    "text/plain": "txt",
    "text/markdown": "md",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/rtf": "rtf",
    "application/ofd": "ofd",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


class StoreArchive:
    """Records to and reads from a store; not shared between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def document_ids(self) -> frozenset[str]:
        """Return the ids of all documents."""
        return frozenset(identity.id for identity in self._store.documents())

    def newest(self, document_id: str) -> Stored | None:
        """Return the newest version by date, None for an unknown document."""
        snapshot = self._store.at(None)
        names = snapshot.version_names(document_id)
        if not names:
            return None
        version = str(names[-1])
        return Stored(
            document_id,
            version,
            self._store.text(document_id, version),
            self._store.source(document_id, version),
        )

    def texts(self, document_id: str) -> list[tuple[str, str]]:
        """Return (version, text) of all versions, oldest first."""
        names = [str(name) for name in self._store.at(None).version_names(document_id)]
        return [(name, self._store.text(document_id, name)) for name in names]

    def propose_id(self, document: Document, source: Source) -> str | None:
        """Return an id below the source's own: year and number, else the date, and a hash that tells issuers apart."""
        number, title = document.document_number, document.title
        if not number and not title:
            return None
        said = re.sub(r"\s+", "", number or f"{title}{','.join(document.issuing_bodies)}")
        digest = hashlib.sha256(said.encode()).hexdigest()[:6]
        found = _NUMBER.search(number or "")
        issued = document.dates.issued
        lead = (
            f"{found[1]}-{found[2]}"
            if found
            else (issued.isoformat().replace("-", "") if issued else "undated")
        )
        return f"{source.id or source.name}/{lead}-{digest}"

    def add(self, submission: Submission) -> Recorded:
        """Record a version; the same text again changes nothing."""
        outcome = self._store.add_many([_new_version(submission)], report_refusals=True)[0]
        refusal = None
        if outcome.status is AddStatus.REFUSED:
            refusal = f"{outcome.id} belongs to a different document: {' '.join(outcome.notes)}"
        return Recorded(outcome.id, outcome.version, outcome.status is AddStatus.ADDED, refusal)

    def read(self, document_id: str, version: str) -> Document:
        """Return a recorded version, parsed and annotated."""
        text = self._store.text(document_id, version)
        identity = self._store.identity(document_id)
        return annotate(parse_text(text, declared_title=identity.title), text)

    def superiors(self, document_id: str) -> tuple[str, ...]:
        """Return the ids of recorded documents that a document implements."""
        ids = self.document_ids()
        relations = self._store.identity(document_id).relations
        return tuple(link.target for link in relations if link.kind == "implements" and link.target in ids)

    def locals(self, document_id: str) -> tuple[str, ...]:
        """Return the ids of recorded documents that implement a document."""
        return tuple(
            identity.id
            for identity in self._store.documents()
            if any(link.kind == "implements" and link.target == document_id for link in identity.relations)
        )


def _new_version(submission: Submission) -> NewVersion:
    document, capture, source = submission.document, submission.capture, submission.source
    dates = document.dates
    issued = source.issued or dates.issued
    identity = DocumentIdentity(
        id=submission.document_id,
        title=document.title or capture.title or source.name,
        document_number=document.document_number or source.number,
        issuing_bodies=document.issuing_bodies,
        drafting_body=document.drafting_body,
        document_type=document.document_type,
        jurisdiction=document.jurisdiction,
    )
    return NewVersion(
        identity=identity,
        source=capture.data,
        text=submission.extraction.text,
        issued=issued,
        published=dates.published,
        effective=dates.effective,
        expires=dates.expires,
        seen=submission.retrieved_at.astimezone(_CHINA).date() if issued is None else None,
        media_type="application/zip" if is_bundle(capture.data) else submission.extraction.media_type,
        extension=_extension(submission),
        url=capture.url,
        retrieved_at=submission.retrieved_at,
        extractor=submission.extraction.extractor,
        extractor_version=submission.extraction.extractor_version,
        warnings=submission.extraction.warnings,
        same_document=submission.is_same_document,
    )


def _extension(submission: Submission) -> str:
    if is_bundle(submission.capture.data):
        return "zip"
    known = _EXTENSIONS.get(submission.extraction.media_type)
    return known or PurePosixPath(submission.capture.name).suffix.lstrip(".").lower() or "bin"
