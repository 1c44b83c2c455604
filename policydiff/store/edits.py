"""Changes to what is already recorded, each typed, so that none is ever taken for a change of policy."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from policydiff.errors import UnreadableInputError, UsageError
from policydiff.model import DocumentIdentity, SeparatedVersion, VersionRecord
from policydiff.store import layout
from policydiff.store.names import check_id
from policydiff.store.planning import identity_files, to_json
from policydiff.store.snapshot import Snapshot
from policydiff.store.values import Action, Plan, Reextraction

CORRECTABLE = frozenset({"issued", "published", "effective", "expires", "url", "retrieved_at"})
"""Fields of a version's record that may be put right."""


def plan_correct(snapshot: Snapshot, document_id: str, version: str, text: str) -> Plan:
    """Return what putting a version's text right by hand writes; nothing where the text is the same."""
    record = snapshot.kept_version(document_id, version)
    files = _with_text(document_id, record, text, corrected=True)
    return Plan(files, (Action.CORRECT,), f"Correct {document_id}@{version}")


def plan_reextract(snapshot: Snapshot, items: Iterable[Reextraction]) -> Plan:
    """Return what reading sources anew by a newer extractor writes: only texts that came out differently.

    A text corrected by hand is kept, unless the item says otherwise.
    """
    files: dict[str, bytes] = {}
    count = 0
    for item in items:
        record = snapshot.kept_version(item.id, item.version)
        if record.corrected and not item.replace_correction:
            continue
        changed = _with_text(
            item.id,
            record,
            item.text,
            corrected=False,
            extractor=item.extractor,
            extractor_version=item.extractor_version,
            declared_title=item.declared_title,
            declared=item.declared,
            warnings=item.warnings,
            reading=item.reading,
        )
        count += bool(changed)
        files |= changed
    return Plan(files, (Action.REEXTRACT,), f"Read the text of {count} versions anew")


def plan_identity(snapshot: Snapshot, identity: DocumentIdentity) -> Plan:
    """Return what putting a document's identity right writes."""
    changed = snapshot.identity(identity.id) != identity
    return Plan(identity_files(identity) if changed else {}, (Action.META,), f"Describe {identity.id}")


def plan_separate(
    snapshot: Snapshot, document_id: str, versions: Iterable[str], identity: DocumentIdentity, now: datetime
) -> Plan:
    """Return what giving versions of a document to a new one writes: they are recorded there, and marked here.

    Nothing that was recorded moves or changes: the history tells where the versions came in and when they were parted.

    Raises:
        UsageError: if the new id is taken, or no version would be left.
        NotFoundError: if there is no such document or version.
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
        moved = record.model_copy(update={"recorded_at": now})
        for file in (record.source_name, layout.TEXT):
            files[layout.version_path(identity.id, name, file)] = snapshot.file(document_id, name, file)
        files[layout.version_path(identity.id, name, layout.RECORD)] = to_json(moved)
    marks = tuple(SeparatedVersion(version=name, to=identity.id) for name in names)
    files |= identity_files(old.model_copy(update={"separated": (*old.separated, *marks)}))
    return Plan(files, (Action.ADD, Action.META), f"Separate {identity.id} from {document_id}")


def plan_record(snapshot: Snapshot, document_id: str, version: str, changes: dict[str, object]) -> Plan:
    """Return what putting a version's dates or origin right writes.

    Raises:
        UsageError: if a field may not be changed or a value does not fit it.
    """
    unknown = sorted(changes.keys() - CORRECTABLE)
    if unknown:
        raise UsageError(f"{', '.join(unknown)} cannot be changed; {', '.join(sorted(CORRECTABLE))} can")
    record = snapshot.kept_version(document_id, version)
    try:
        changed = VersionRecord.model_validate({**record.model_dump(), **changes})
    except ValidationError as error:
        raise UsageError(f"{document_id}@{version}: {error.errors()[0]['msg']}") from error
    path = layout.version_path(document_id, record.version, layout.RECORD)
    files = {} if changed == record else {path: to_json(changed)}
    return Plan(files, (Action.META,), f"Describe {document_id}@{version}")


def _with_text(document_id: str, record: VersionRecord, text: str, **fields: Any) -> dict[str, bytes]:
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        raise UnreadableInputError(f"{document_id}: the text holds characters that are no Unicode") from error
    if not text.strip():
        raise UnreadableInputError(f"{document_id}: the text is empty, so there is nothing to record")
    text_hash = hashlib.sha256(content).hexdigest()
    if text_hash == record.text_sha256:
        return {}
    changed = record.model_copy(update={"text_sha256": text_hash, **fields})
    return {
        layout.version_path(document_id, record.version, layout.TEXT): content,
        layout.version_path(document_id, record.version, layout.RECORD): to_json(changed),
    }
