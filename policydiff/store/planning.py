"""Plans a change of the store: the files to write, or none. Reads the current state and writes nothing.

Changes are texts to add, and edits of recorded data.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any

from pydantic import ValidationError

from policydiff.errors import (
    InvalidIdentifierError,
    UnreadableInputError,
    UsageError,
    WriteConflictError,
    without_secrets,
    worded,
)
from policydiff.lexicon.titles import agreement
from policydiff.model import DocumentIdentity, SeparatedVersion, Value, VersionRecord
from policydiff.model.base import as_json, refuse_half_pairs
from policydiff.store import Action, AddOutcome, AddStatus, Extracted, NewVersion, Plan, Reextraction, layout
from policydiff.store.layout import VersionName, check_id, shown_names
from policydiff.store.snapshot import Snapshot

_MARK = 8
"""Digits of the hash in a version's name: two texts of one day collide once in four thousand million cases."""


class _Known:
    """The current state of a document, including earlier texts of the same batch."""

    def __init__(self, snapshot: Snapshot, document_id: str) -> None:
        self.identity = snapshot.find_identity(document_id)
        self.versions = snapshot.kept(document_id) if self.identity is not None else {}

    def shown(self, name: VersionName) -> str:
        """Return the displayed name of a version."""
        return shown_names(self.versions).get(name, str(name))


def plan_add(
    snapshot: Snapshot, entries: Iterable[NewVersion], now: datetime, *, report_refusals: bool = False
) -> Plan:
    """Return the files, message and outcomes of recording `entries` in order.

    A text that is already recorded is no change. With a date, this holds for any text recorded under that date,
    unless it was retrieved after a different text of that date: then the source returned to it, which is a silent
    edit too. Without a date, it holds for the text of the version before the day on which it was seen. Raises
    WriteConflictError if an id belongs to a different document and refusals are not to be reported.
    """
    known: dict[str, _Known] = {}
    files: dict[str, bytes] = {}
    outcomes: list[AddOutcome] = []
    marked = snapshot.may_meet_another
    for entry in entries:
        document_id = check_id(entry.identity.id)
        if document_id not in known:
            known[document_id] = _Known(snapshot, document_id)
        outcome, written = _plan_one(known[document_id], entry, now, marked=marked)
        if outcome.status is AddStatus.REFUSED and not report_refusals:
            raise WriteConflictError(outcome.notes[0])
        outcomes.append(outcome)
        files |= written
    actions = tuple(action for action in Action if any(outcome.action is action for outcome in outcomes))
    return Plan(dict(sorted(files.items(), key=_likeness)), actions, _subject(outcomes), tuple(outcomes))


def _plan_one(
    known: _Known, entry: NewVersion, now: datetime, *, marked: bool
) -> tuple[AddOutcome, dict[str, bytes]]:
    document_id = entry.identity.id
    text = _encode(entry.identity.id, entry.text)
    text_hash = hashlib.sha256(text).hexdigest()
    name = _base_name(entry)
    notes: list[str] = []
    if known.identity is not None and not entry.same_document:
        difference = _tell_apart(known.identity, entry.identity)
        if difference:
            refusal = (
                f"{document_id} belongs to a different document ({difference}): choose another id with --id, or say "
                "that it is a version of the same document with --same-document"
            )
            return _outcome(entry, str(name), AddStatus.REFUSED, notes=(refusal,)), {}
    same = _holds(known, name, text_hash, entry.retrieved_at)
    if same is not None and entry.declared_anew:
        # The version of the same text whose source declared the same facts
        said = text_hash, entry.declared, entry.declared_title
        held = ((name, (v.text_sha256, v.declared, v.declared_title)) for name, v in known.versions.items())
        same = next((name for name, facts in held if facts == said), None)
    if same is None:
        same = _seen_only(known, name, text_hash)
        if same is not None and _own_day(known.versions[same]) is None:
            shown, option = known.shown(same), "issued" if entry.issued else "published"
            notes.append(
                worded(
                    f"this text is held as {shown}, its date unknown: to record the date, run "
                    f"policydiff meta {document_id}@{shown} --{option} {name.day}"
                )
            )
    if same is not None:
        return _outcome(entry, known.shown(same), AddStatus.UNCHANGED, notes=tuple(notes)), {}
    record = _record(entry, known.identity or entry.identity, text_hash, now)
    edits = [other.edit for other in known.versions if other[:2] == name[:2]]
    if edits:
        notes.append(worded(f"another text was already recorded under {name}: this one is a silent edit"))
    if edits or marked:
        mark = hashlib.sha256(to_json(record)).hexdigest()[:_MARK]
        name = name._replace(edit=max(edits, default=0) + 1, mark=mark)
    action = Action.ADD if known.identity is None else Action.REVISE
    record = record.model_copy(update={"version": str(name)})
    files = {
        layout.version_path(document_id, str(name), record.source_name): entry.source,
        layout.version_path(document_id, str(name), layout.TEXT): text,
        layout.version_path(document_id, str(name), layout.RECORD): to_json(record),
    }
    if known.identity is None:
        known.identity = entry.identity
        files[layout.identity_path(document_id)] = to_json(entry.identity)
    known.versions[name] = record
    return _outcome(entry, known.shown(name), AddStatus.ADDED, action, tuple(notes)), files


def _tell_apart(recorded: DocumentIdentity, other: DocumentIdentity) -> str:
    """Return the difference that proves two documents distinct, empty if there is none: the guard for callers that do not vouch.

    They are one document if title or number agree and their issuing bodies do not contradict, or if both title and number agree.
    """
    same = agreement(recorded, other)
    if (same.title and same.number) or ((same.title or same.number) and same.issuers):
        return ""
    if not same.title:
        return f"《{recorded.title}》, not 《{other.title}》"
    return f"issued by {'、'.join(recorded.issuing_bodies)}, not {'、'.join(other.issuing_bodies)}"


def _base_name(entry: NewVersion) -> VersionName:
    day = entry.issued or entry.published
    if day is not None:
        return VersionName(day, seen=False)
    if entry.seen is None:
        raise InvalidIdentifierError(
            f"{entry.identity.id}: the text bears no date: say when it was issued, or on which day it was seen"
        )
    return VersionName(entry.seen, seen=True)


def _holds(
    known: _Known, name: VersionName, text_hash: str, retrieved_at: datetime | None
) -> VersionName | None:
    """Return the version that already holds this text; None if the text is new."""
    edits = sorted(other for other in known.versions if other[:2] == name[:2])
    holding = next(
        (other for other in reversed(edits) if known.versions[other].text_sha256 == text_hash), None
    )
    if holding is not None:
        newest = known.versions[edits[-1]]
        went_back = (
            holding != edits[-1]
            and retrieved_at is not None
            and _aware(retrieved_at) > _aware(newest.retrieved_at or newest.recorded_at)
        )
        return None if went_back else holding
    if name.seen:
        before = max((other for other in known.versions if other.day <= name.day), default=None)
        if before is not None and known.versions[before].text_sha256 == text_hash:
            return before
    return None


def _seen_only(known: _Known, name: VersionName, text_hash: str) -> VersionName | None:
    """Return the version that already holds a dated text, recorded as seen on a later day while its date was unknown; else None.

    It must be the next version after that date: a different text in between means that the source returned to the first.
    """
    if name.seen:
        return None
    later = min((other for other in known.versions if other.day >= name.day), default=None)
    if later is None or not later.seen:
        return None
    record = known.versions[later]
    is_same_day = _own_day(record) in {None, name.day}
    return later if is_same_day and record.text_sha256 == text_hash else None


def _own_day(record: VersionRecord) -> date | None:
    return record.issued or record.published


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _encode(document_id: str, text: str) -> bytes:
    refuse_half_pairs(text)
    if not text.strip():
        raise UnreadableInputError(f"{document_id}: the text is empty, so there is nothing to record")
    return text.encode()


def _record(entry: NewVersion, identity: DocumentIdentity, text_hash: str, now: datetime) -> VersionRecord:
    """Return the record of a text; its version name is set later."""
    given = {name: value for name, value in entry if name in VersionRecord.model_fields}
    told = {
        "version": "",
        "head": entry.head.beside(identity),
        "source_sha256": hashlib.sha256(entry.source).hexdigest(),
        "text_sha256": text_hash,
        "source_name": layout.source_name(entry.extension),
        # Where a text lies is told without the login or key by which somebody got in.
        "url": entry.url and without_secrets(entry.url, masked=""),
        "recorded_at": now,
    }
    return VersionRecord(**(given | told))


def _outcome(
    entry: NewVersion,
    version: str,
    status: AddStatus,
    action: Action | None = None,
    notes: tuple[str, ...] = (),
) -> AddOutcome:
    return AddOutcome(id=entry.identity.id, version=version, status=status, action=action, notes=notes)


def _subject(outcomes: list[AddOutcome]) -> str:
    added = [outcome for outcome in outcomes if outcome.status is AddStatus.ADDED]
    if len(added) == 1:
        verb = "Add" if added[0].action is Action.ADD else "Revise"
        return f"{verb} {added[0].id}@{added[0].version}"
    return f"Record {len(added)} versions of {len({outcome.id for outcome in added})} documents"


def _likeness(item: tuple[str, bytes]) -> tuple[int, str, str]:
    """Return a sort key that places versions of one file next to each other: git stores each as its difference from the file before."""
    folder, _, file = item[0].rpartition("/")
    kind = 1 if file in {layout.RECORD, layout.IDENTITY} else 0
    document = folder.rpartition("/")[0]
    return kind, f"{document}/{file}", folder


def to_json(value: Value) -> bytes:
    """Return a recorded value in the form that the store writes: readable, stable, one line break at the end."""
    return as_json(value, sound=True).encode()


def identity_files(identity: DocumentIdentity) -> dict[str, bytes]:
    """Return the file that records a document's identity, by its path."""
    return {layout.identity_path(check_id(identity.id)): to_json(identity)}


CORRECTABLE: frozenset[str] = frozenset(
    {"head", "issued", "published", "effective", "expires", "url", "retrieved_at"}
)
"""Fields of a version's record that may be corrected."""
EXTRACTED: frozenset[str] = frozenset(Extracted.model_fields)
"""Fields of a version's record that the reading of its source provides."""


def plan_correct(snapshot: Snapshot, document_id: str, version: str, text: str) -> Plan:
    """Return the files of a correction by hand; none if the text is the same."""
    record = snapshot.kept_version(document_id, version)
    files = _with_text(document_id, record, text, corrected=True)
    return Plan(files, (Action.CORRECT,), f"Correct {document_id}@{version}")


def plan_reextract(snapshot: Snapshot, items: Iterable[Reextraction]) -> Plan:
    """Return the files of a new extraction, only for texts that differ.

    A text corrected by hand is kept, unless the item sets `replace_correction`.
    """
    files: dict[str, bytes] = {}
    count = 0
    for item in items:
        record = snapshot.kept_version(item.id, item.version)
        if record.corrected and not item.replace_correction:
            continue
        extracted = {name: getattr(item, name) for name in EXTRACTED}
        changed = _with_text(item.id, record, item.text, corrected=False, **extracted)
        count += bool(changed)
        files |= changed
    return Plan(files, (Action.REEXTRACT,), f"Read the text of {count} versions anew")


def plan_identity(snapshot: Snapshot, identity: DocumentIdentity, right: Collection[str]) -> Plan:
    """Return the files of a corrected identity of a document.

    A person gave the facts named in `right`: they override the facts printed in the heads of its versions.
    """
    files = identity_files(identity) if identity != snapshot.identity(identity.id) else {}
    for name, record in snapshot.kept(identity.id).items() if right else ():
        if record.head is not None and (kept := record.head.without(right)) != record.head:
            path = layout.version_path(identity.id, str(name), layout.RECORD)
            files[path] = to_json(record.model_copy(update={"head": kept}))
    return Plan(files, (Action.META,), f"Describe {identity.id}")


def plan_separate(
    snapshot: Snapshot, document_id: str, versions: Iterable[str], identity: DocumentIdentity, now: datetime
) -> Plan:
    """Return the files that separating versions writes: the versions under the id of the new document, a mark under the old id.

    Recorded files neither move nor change: the history shows when the versions were added and when they were separated. Raises
    UsageError if the new id is taken, or no version would be left, NotFoundError if there is no such document or version.
    """
    old = snapshot.identity(document_id)
    if snapshot.find_identity(check_id(identity.id)) is not None:
        raise UsageError(f"{identity.id} is a document already: choose an id that is free")
    names = list(dict.fromkeys(str(snapshot.kept_name(document_id, version)) for version in versions))
    if not names or {str(name) for name in snapshot.shown(document_id)} <= set(names):
        raise UsageError(f"name some of the versions of {document_id}, not all: one has to stay")
    files = identity_files(identity)
    for name in names:
        record = snapshot.kept_version(document_id, name)
        head = record.head_in(old).beside(identity)
        moved = record.model_copy(update={"head": head, "recorded_at": now})
        for file in (record.source_name, layout.TEXT):
            files[layout.version_path(identity.id, name, file)] = snapshot.file(document_id, name, file)
        files[layout.version_path(identity.id, name, layout.RECORD)] = to_json(moved)
    marks = tuple(SeparatedVersion(version=name, to=identity.id) for name in names)
    files |= identity_files(old.model_copy(update={"separated": (*old.separated, *marks)}))
    return Plan(files, (Action.ADD, Action.META), f"Separate {identity.id} from {document_id}")


def plan_record(snapshot: Snapshot, document_id: str, version: str, changes: dict[str, object]) -> Plan:
    """Return the files of a version's corrected dates or origin.

    Raises UsageError if a field may not be changed or a value does not fit it.
    """
    unknown = sorted(changes.keys() - CORRECTABLE)
    if unknown:
        raise UsageError(f"{', '.join(unknown)} cannot be changed; {', '.join(sorted(CORRECTABLE))} can")
    if isinstance(changes.get("url"), str):
        changes = {**changes, "url": without_secrets(str(changes["url"]), masked="")}
    record = snapshot.kept_version(document_id, version)
    try:
        changed = VersionRecord.model_validate({**record.model_dump(), **changes})
    except ValidationError as error:
        raise UsageError(f"{document_id}@{version}: {error.errors()[0]['msg']}") from error
    path = layout.version_path(document_id, record.version, layout.RECORD)
    files = {} if changed == record else {path: to_json(changed)}
    return Plan(files, (Action.META,), f"Describe {document_id}@{version}")


def _with_text(document_id: str, record: VersionRecord, text: str, **fields: Any) -> dict[str, bytes]:
    content = _encode(document_id, text)
    text_hash = hashlib.sha256(content).hexdigest()
    if text_hash == record.text_sha256:
        return {}
    changed = record.model_copy(update={"text_sha256": text_hash, **fields})
    return {
        layout.version_path(document_id, record.version, layout.TEXT): content,
        layout.version_path(document_id, record.version, layout.RECORD): to_json(changed),
    }
