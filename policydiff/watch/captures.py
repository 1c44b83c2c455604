"""Captured bytes, kept beside the ledger until a store certainly holds the version made from them.

A version exists only in the checkout of one CI job until it is pushed. If a push fails, a job is cancelled
or a pull request is closed, the version is lost, and the page may have changed again by the next run. The
ledger is cached between jobs, so the bytes are kept with it: the next run records the same bytes again.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from policydiff.errors import is_of_the_machine
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.intake import document_of
from policydiff.model import Value
from policydiff.platforms import write_whole
from policydiff.settings import Source
from policydiff.settings.settings import TrackSettings
from policydiff.watch.gather import Capture, read_capture, reading_rules, rules_of
from policydiff.watch.judge.beside import FactChange
from policydiff.watch.ledger import Entry, Intent, Outcome
from policydiff.watch.ledger.memory import ItemState
from policydiff.watch.store_archive import Archive, Proof, Submission

_KEPT_FOR = timedelta(days=180)
"""Time for which bytes are kept after the store has them: closing an unmerged branch removes its versions again."""
_KEPT_BYTES = 64 * 1024 * 1024
"""Most packed bytes kept for versions that the store has; caches of CI services hold ten gigabytes in all."""


class Facts(Value):
    """Facts needed to record captured bytes again in the same way."""

    document: str
    source: Source
    item: str
    url: str | None
    name: str
    title: str | None
    pages: int
    retrieved_at: datetime
    is_same_document: bool
    facts: tuple[FactChange, ...] = ()
    source_sha256: str
    text_sha256: str
    """SHA-256 of the text as the store keeps it."""


class Kept(NamedTuple):
    """One kept capture."""

    facts: Facts
    path: Path

    def capture(self) -> Capture:
        """Return the bytes as a run captured them. Raises OSError if they are gone or damaged."""
        data = gzip.decompress(self.path.with_suffix(".gz").read_bytes())
        facts = self.facts
        return Capture(data, facts.url, facts.name, facts.title, facts.pages)

    def is_held(self, proofs: set[Proof]) -> bool:
        """Return whether one of a document's versions is this capture, or has exactly its text."""
        facts = self.facts
        if any(proof.source_sha256 == facts.source_sha256 for proof in proofs):
            return True
        # Other facts about the same words: only the store can say whether it has them.
        return not facts.facts and any(proof.text_sha256 == facts.text_sha256 for proof in proofs)


class Captures:
    """The shelf: a folder with a file of facts and a file of packed bytes for each capture."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, submission: Submission, item: str) -> Path:
        """Keep a capture before it is recorded; it is either complete or absent."""
        capture = submission.capture
        text = hashlib.sha256(submission.extraction.text.encode()).hexdigest()
        facts = Facts(
            document=submission.document_id,
            source=submission.source,
            item=item,
            url=capture.url,
            name=capture.name,
            title=capture.title,
            pages=capture.pages,
            retrieved_at=submission.retrieved_at,
            is_same_document=submission.is_same_document,
            facts=submission.facts,
            source_sha256=hashlib.sha256(capture.data).hexdigest(),
            text_sha256=text,
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        key = hashlib.sha256(f"{facts.document}\n{text}\n{facts.source_sha256}".encode()).hexdigest()[:24]
        path = self._folder / f"{key}.json"
        write_whole(path.with_suffix(".gz"), gzip.compress(capture.data, 6, mtime=0))
        # How often the source is due has no part in what becomes of the bytes.
        write_whole(path, facts.model_dump_json(exclude={"source": {"every"}}).encode())
        return path

    def drop(self, path: Path) -> None:
        """Take a capture off the shelf."""
        path.unlink(missing_ok=True)
        path.with_suffix(".gz").unlink(missing_ok=True)

    def all(self) -> Iterator[Kept]:
        """Yield the kept captures, oldest retrieval first; half-written ones left by a crash are skipped."""
        found = []
        for path in self._folder.glob("*.json"):
            try:
                facts = Facts.model_validate_json(path.read_bytes())
            except (OSError, ValidationError):
                continue
            if path.with_suffix(".gz").is_file():
                found.append(Kept(facts, path))
        yield from sorted(found, key=lambda kept: (kept.facts.retrieved_at, kept.path.name))

    def prune(self, held: list[Kept], now: datetime) -> None:
        """Delete captures that the store has had for long, and the oldest captures if all together are too large."""
        size = 0
        for kept in reversed(held):
            size += kept.path.with_suffix(".gz").stat().st_size
            if size > _KEPT_BYTES or now - kept.facts.retrieved_at > _KEPT_FOR:
                self.drop(kept.path)


class Circumstances(NamedTuple):
    """Objects that settling an item, or recording a capture again, may read and write."""

    archive: Archive
    captures: Captures
    """Where captured bytes are kept until the store is known to have them."""
    run: str
    announce: Callable[[Intent], None]
    """Function that writes a planned recording to the ledger in advance."""
    limits: Limits = DEFAULT_LIMITS
    """Sizes beyond which a captured file is refused."""
    settings: TrackSettings = TrackSettings()
    accepted: frozenset[str] = frozenset()
    """Names of sources with a new structure that a person has accepted."""
    owner: Callable[[str, Source], tuple[str, str] | None] = lambda *_: None
    """Function from document id and asking source to the (source, item) that watches the document, or None."""


def recover(wanted: Circumstances, now: datetime) -> Iterator[Entry]:
    """Record every kept capture that the store lacks, oldest first, and yield the entry of each recorded capture.

    Captures that the store has are deleted when they are old. A capture that cannot be read or recorded is kept.
    """
    proofs: dict[str, set[Proof]] = {}
    held = []
    for kept in wanted.captures.all():
        document_id = kept.facts.document
        if document_id not in proofs:
            proofs[document_id] = set(wanted.archive.proofs(document_id))
        if kept.is_held(proofs[document_id]):
            held.append(kept)
            continue
        try:
            entry = _record(kept, wanted, now)
        except Exception as error:
            if is_of_the_machine(error):
                raise
            continue  # it stays on the shelf, `health` names it: the others come first
        proofs.pop(document_id)
        if entry is not None:
            yield entry
    wanted.captures.prune(held, now)


def _record(kept: Kept, wanted: Circumstances, now: datetime) -> Entry | None:
    facts, capture = kept.facts, kept.capture()
    extraction = read_capture(capture.data, capture.name, rules_of(facts.source, facts.pages), wanted.limits)
    submission = Submission(
        facts.document,
        facts.source,
        capture,
        extraction,
        document_of(extraction),
        facts.retrieved_at,
        facts.is_same_document,
        facts.facts,
    )
    previous = wanted.archive.newest(facts.document)
    wanted.announce(
        Intent(
            run=wanted.run,
            source=facts.source.name,
            item=facts.item,
            document=facts.document,
            text_sha256=facts.text_sha256,
            previous=previous.version if previous else None,
        )
    )
    recorded = wanted.archive.add(submission)
    if recorded.refusal is not None or not recorded.is_new:
        return None
    proof = wanted.archive.proof(recorded.document_id, recorded.version)
    return Entry(
        run=wanted.run,
        at=now,
        source=facts.source.name,
        item=facts.item,
        outcome=Outcome.CHANGED,
        detail=f"captured {facts.retrieved_at:%Y-%m-%d %H:%M} UTC and missing from the store: recorded again",
        url=facts.url,
        source_sha256=facts.source_sha256,
        rules=reading_rules(facts.source),
        document=recorded.document_id,
        version=recorded.version,
        version_source=proof.source_sha256 if proof else None,
        version_text=proof.text_sha256 if proof else None,
        previous=previous.version if previous else None,
    )


def is_held(state: ItemState, archive: Archive) -> bool:
    """Return whether the store holds exactly the version in the ledger: its name alone proves nothing.

    Two checkouts may give one name to two texts; the hash of the version's bytes or text shows which it
    is.
    """
    if state.document is None or state.version is None:
        return False
    proof = archive.proof(state.document, state.version)
    if proof is None:
        return any(_fits(state, one) for one in archive.proofs(state.document))
    return _fits(state, proof)


def _fits(state: ItemState, proof: Proof) -> bool:
    return proof.source_sha256 == state.version_source or proof.text_sha256 == state.version_text


def missing(items: Iterable[tuple[tuple[str, str], ItemState]], archive: Archive) -> Iterator[str]:
    """Yield the versions that the ledger names and the store lacks, as `source item document@version`."""
    for (source, item), state in items:
        if state.version is not None and state.document is not None and not is_held(state, archive):
            yield f"{source} {item}".strip() + f": {state.document}@{state.version}"
