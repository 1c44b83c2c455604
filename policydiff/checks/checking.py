"""Check what changed in a store, or between two files, against the rules."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from policydiff.checks.findings import CheckedChange, CheckReport, waive
from policydiff.checks.rules import Subject, apply_rules
from policydiff.collection.loaded import Loaded
from policydiff.collection.naming import load_stored
from policydiff.errors import NotFoundError
from policydiff.revision import diff_documents
from policydiff.settings import CheckSettings
from policydiff.store import Moment, Snapshot, Store


class Pair(NamedTuple):
    """A version and the one before it."""

    old: Loaded | None
    new: Loaded


def check(pairs: Iterable[Pair], settings: CheckSettings, today: date) -> CheckReport:
    """Return what the rules find in these changes; waivers are held against `today`."""
    checked = []
    unused = set(settings.waivers)
    for pair in pairs:
        subject = _subject(pair)
        findings, left = waive(apply_rules(subject, settings.rules), settings.waivers, today)
        unused &= set(left)
        checked.append(
            CheckedChange(
                document=subject.document_id,
                title=subject.title,
                version=subject.version,
                previous=subject.previous,
                findings=tuple(findings),
            )
        )
    names = tuple(f"{waiver.rule.value} {waiver.document}" for waiver in settings.waivers if waiver in unused)
    return CheckReport(checked=tuple(checked), unused_waivers=names)


def _subject(pair: Pair) -> Subject:
    new, old = pair.new, pair.old
    diff = None
    if old is not None:
        diff = diff_documents(
            old.document, new.document, old_reference=old.reference, new_reference=new.reference
        )
    return Subject(
        document_id=new.reference.id or new.reference.file or "",
        title=new.reference.title,
        version=new.reference.version,
        previous=old.reference.version if old else None,
        new=new.document,
        diff=diff,
    )


def newest_pairs(store: Store, document_ids: Iterable[str]) -> Iterator[Pair]:
    """Yield the newest version of each document with the one before it.

    Raises:
        NotFoundError: if there is no such document.
    """
    for document_id in document_ids:
        names = [record.version for record in store.versions(document_id)]
        yield _pair(store, document_id, names[-1], names)


def pairs_since(store: Store, before: Snapshot) -> Iterator[Pair]:
    """Yield what is recorded now and was not recorded then, by document and date, each with the version before it."""
    for identity in store.documents():
        known = {(record.recorded_at, record.source_sha256) for record in before.versions(identity.id)}
        records = store.versions(identity.id)
        names = [record.version for record in records]
        for record in records:
            if (record.recorded_at, record.source_sha256) not in known:
                yield _pair(store, identity.id, record.version, names)


def state_at(store: Store, since: str | Moment) -> Snapshot:
    """Return the store as it was at a time, or at a revision of its repository (`origin/main`, a commit).

    Raises:
        NotFoundError: if there is no such revision.
        UsageError: if it has not the shape of one.
    """
    if isinstance(since, str):
        return store.at_revision(since)
    try:
        return store.at(since)
    except NotFoundError:
        return store.before_anything()


def _pair(store: Store, document_id: str, version: str, names: list[str]) -> Pair:
    place = names.index(version)
    old = load_stored(f"{document_id}@{names[place - 1]}", store) if place else None
    return Pair(old, load_stored(f"{document_id}@{version}", store))
