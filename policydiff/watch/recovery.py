"""Versions that the ledger knows and the store lacks are recorded again from the bytes kept beside the ledger."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from policydiff.errors import DamagedStoreError, WriteConflictError
from policydiff.extract import Limits
from policydiff.intake.captured import document_of
from policydiff.watch.archive import Archive, Proof, Submission
from policydiff.watch.captures import Captures, Kept
from policydiff.watch.gather import read_capture, reading_rules, rules_of
from policydiff.watch.ledger import Entry, Intent, ItemState, Outcome


class Recovery(NamedTuple):
    """What recording again may look at and write to."""

    archive: Archive
    captures: Captures
    limits: Limits
    run: str
    announce: Callable[[Intent], None]


def recover(wanted: Recovery, now: datetime) -> Iterator[Entry]:
    """Record every kept capture that the store lacks, oldest first, and yield the entry of each that was recorded.

    What the store has is taken off the shelf when it is old. A capture that cannot be read or recorded stays there.
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
        except (DamagedStoreError, WriteConflictError):
            raise
        except Exception:  # noqa: S112 (it stays on the shelf, `health` names it: the others come first)
            continue
        proofs.pop(document_id)
        if entry is not None:
            yield entry
    wanted.captures.prune(held, now)


def _record(kept: Kept, wanted: Recovery, now: datetime) -> Entry | None:
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
    """Say whether the store holds the very version that the ledger names: its name alone proves nothing.

    Two checkouts may give one name to two texts; the hashes of the version, bytes or text, tell them apart.
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
    """Yield what the ledger names and the store lacks, as `source item document@version`."""
    for (source, item), state in items:
        if state.version is not None and state.document is not None and not is_held(state, archive):
            yield f"{source} {item}".strip() + f": {state.document}@{state.version}"
