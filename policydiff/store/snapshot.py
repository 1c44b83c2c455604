"""The store as recorded in one commit: documents, versions, texts, and the version that `id@when` means.

All data is read from git, never from the work tree: a file that is not recorded is not in the store, and
`verify` reports damage to a checked-out file.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from itertools import tee
from typing import TypeVar

from pydantic import ValidationError

from policydiff.errors import DamagedStoreError, NotFoundError
from policydiff.lexicon.shortest_edits import nearest
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.model.document import BeginsBy, first_day
from policydiff.store import layout
from policydiff.store.git import Entry, Repository, read_tree
from policydiff.store.layout import (
    VersionName,
    check_id,
    find_version,
    is_alone,
    is_exact,
    parse_version,
    shown_names,
    split_reference,
)


class Snapshot:
    """The state of a store in one commit."""

    def __init__(self, repository: Repository, commit: str | None) -> None:
        self._repository = repository
        self.commit = commit
        """None in a repository without commits."""
        self._read: tuple[str, dict[VersionName, VersionRecord]] = ("", {})
        """The document that was asked for last, with its records: a watched document has hundreds, and is asked for many times in a row."""

    @property
    def may_meet_another(self) -> bool:
        """Whether another checkout may record versions in parallel, so that names must not collide."""
        return not is_alone(self._repository)

    def blob(self, path: str) -> bytes | None:
        """Return the content of a recorded file; None if it does not exist."""
        if self.commit is None:
            return None
        found = self._repository.read(self._name(path))
        return None if found is None or found[1] != "blob" else found[2]

    def tree(self, path: str) -> list[Entry]:
        """Return the entries of a folder; an empty list if it does not exist."""
        if self.commit is None:
            return []
        return self._repository.tree(self._name(path))

    def _name(self, path: str) -> str:
        """Return the name by which git finds the object of a path of the store."""
        return f"{self.commit}:{self._repository.prefix}{path}"

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, sorted."""
        return sorted(document_id for document_id, _ in self._walk())

    def documents(self) -> list[DocumentIdentity]:
        """Return all documents by id."""
        found = sorted(self._walk())
        blobs = self._repository.read_many(oid for _, oid in found)
        return [
            _identity(document_id, None if blob is None else blob[2])
            for (document_id, _), blob in zip(found, blobs, strict=True)
        ]

    def _walk(self) -> list[tuple[str, str]]:
        """Return id and identity's object of every document, in no order."""
        found = []
        folders = [("", self.tree(layout.DOCUMENTS))]
        while folders:
            deeper = []
            for name, entries in folders:
                for entry in entries:
                    if entry.is_tree and find_version(entry.name) is None:
                        deeper.append((f"{name}/{entry.name}" if name else entry.name, entry.oid))
                    elif entry.name == layout.IDENTITY and name:
                        found.append((name, entry.oid))
            trees = self._repository.read_many(oid for _, oid in deeper)
            folders = [
                (name, [] if tree is None else read_tree(tree))
                for (name, _), tree in zip(deeper, trees, strict=True)
            ]
        return found

    def identity(self, document_id: str) -> DocumentIdentity:
        """Return the identity of a document: title, number, issuing bodies. Raises NotFoundError if there is no such document."""
        identity = self.find_identity(document_id)
        if identity is None:
            near = nearest(document_id, self.document_ids())
            if near is not None:
                raise NotFoundError(f"the store holds no document {document_id}: the nearest id is {near}")
            raise NotFoundError(
                f"the store holds no document {document_id}: policydiff list shows those it holds"
            )
        return identity

    def find_identity(self, document_id: str) -> DocumentIdentity | None:
        """Return the identity of a document; None if there is no such document."""
        blob = self.blob(layout.identity_path(check_id(document_id)))
        return None if blob is None else _identity(document_id, blob)

    def version_names(self, document_id: str) -> list[str]:
        """Return the displayed names of a document's versions, by date; an empty list if there is no such document.

        Versions that were separated into another document are left out.
        """
        shown = self.shown(document_id)
        return [shown[name] for name in sorted(shown)]

    def shown(self, document_id: str) -> dict[VersionName, str]:
        """Return the displayed names of a document's versions by the names under which they are kept."""
        names = self._kept_names(document_id)
        if len({name[:2] for name in names}) == len(names):
            return {name: name.day_name if name.edit == 1 else str(name) for name in names}
        return shown_names(self._records(document_id, names))

    def _kept_names(self, document_id: str, *, separated: bool = False) -> list[VersionName]:
        entries = self.tree(f"{layout.DOCUMENTS}/{check_id(document_id)}")
        names = (find_version(entry.name) for entry in entries if entry.is_tree)
        found = sorted(name for name in names if name is not None)
        if separated or not found:
            return found
        identity = self.find_identity(document_id)
        gone = {each.version for each in identity.separated} if identity is not None else set()
        return [name for name in found if str(name) not in gone] if gone else found

    def versions(self, document_id: str) -> list[VersionRecord]:
        """Return a document's versions by date, oldest first; an empty list if there is no such document."""
        records = self._records(document_id, self._kept_names(document_id))
        shown = shown_names(records)
        return sorted((_named(records[name], shown[name]) for name in shown), key=date_order)

    def kept(self, document_id: str) -> dict[VersionName, VersionRecord]:
        """Return every version kept under a document by the name of its folder, separated versions included."""
        return self._records(document_id, self._kept_names(document_id, separated=True))

    def _records(self, document_id: str, names: list[VersionName]) -> dict[VersionName, VersionRecord]:
        known = self._read[1] if self._read[0] == document_id else {}
        unread = [name for name in names if name not in known]
        paths = [layout.version_path(document_id, str(name), layout.RECORD) for name in unread]
        blobs = self._repository.read_many(map(self._name, paths))
        known = known | {
            name: _record(path, None if blob is None else blob[2], str(name))
            for path, name, blob in zip(paths, unread, blobs, strict=True)
        }
        self._read = document_id, known
        return {name: known[name] for name in names}

    def version(self, document_id: str, version: str) -> VersionRecord:
        """Return the record of one version, with its displayed name.

        Raises NotFoundError if there is no such version, or the name is ambiguous.
        """
        record = self.kept_version(document_id, version)
        name = parse_version(record.version)
        return _named(record, self.shown(document_id).get(name, record.version)) if name.edit == 1 else record

    def kept_version(self, document_id: str, version: str) -> VersionRecord:
        """Return the record of one version, with the name of its folder; raises as `version` does."""
        name = str(self.kept_name(document_id, version))
        path = layout.version_path(check_id(document_id), name, layout.RECORD)
        blob = self.blob(path)
        if blob is None:
            self.identity(document_id)
            held = ", ".join(self.version_names(document_id)) or "none"
            raise NotFoundError(f"{document_id} has no version {version}; it has {held}")
        return _record(path, blob, name)

    def kept_name(self, document_id: str, version: str) -> VersionName:
        """Return the folder name of a version; 2021-11-29 and 2021-11-29.2 abbreviate longer names.

        Raises NotFoundError if the abbreviation fits two versions.
        """
        name = parse_version(version)
        if is_exact(version):
            return name
        meant = self._meant(document_id, name)
        if len(meant) > 1 and (name.edit == 1 or name not in meant):
            shown = self.shown(document_id)
            told = [shown[each] for each in meant if each in shown]
            if len(told) > 1:
                raise NotFoundError(
                    f"{document_id}@{version} may mean texts that two checkouts recorded: say {' or '.join(told)}"
                )
            meant = [each for each in meant if each in shown]
        return meant[0] if len(meant) == 1 else name

    def _meant(self, document_id: str, name: VersionName) -> list[VersionName]:
        return [each for each in self._kept_names(document_id) if each[:3] == name[:3]]

    def names_version(self, document_id: str, when: str) -> bool:
        """Return whether `when` names a version; otherwise it is a day, and means the version in force on that day."""
        name = parse_version(when)
        return name.seen or name.edit > 1 or is_exact(when) or bool(self._meant(document_id, name))

    def file(self, document_id: str, version: str, file: str) -> bytes:
        """Return a file of a version.

        Raises NotFoundError if there is no such version, DamagedStoreError if the version exists and the file does not.
        """
        path = layout.version_path(check_id(document_id), str(self.kept_name(document_id, version)), file)
        blob = self.blob(path)
        if blob is None:
            self.version(document_id, version)
            raise DamagedStoreError(f"{path} is missing: policydiff verify names all damage")
        return blob

    def files(self, wanted: Iterable[tuple[str, str]], file: str) -> Iterator[tuple[tuple[str, str], bytes]]:
        """Yield the file named `file` of many versions, each with id and version, in order; raises as `file` does."""
        ahead, asked = tee(wanted)
        names = (
            self._name(layout.version_path(check_id(document_id), str(parse_version(version)), file))
            for document_id, version in asked
        )
        for key, blob in zip(ahead, self._repository.read_many(names), strict=True):
            yield key, self.file(*key, file) if blob is None else blob[2]

    def resolve(self, reference: str) -> tuple[DocumentIdentity, VersionRecord]:
        """Return document and version that `id`, `id@version` or `id@date` means.

        `id` is the newest version by date, `id@version` that version, `id@date` the version in force on that day.
        Raises NotFoundError if there is no such document, or no such version, or no version was in force on that day.
        """
        document_id, when = split_reference(reference)
        identity = self.identity(document_id)
        if when is None:
            versions = self.versions(document_id)
            if not versions:
                raise NotFoundError(f"{document_id} has no version")
            return identity, versions[-1]
        if self.names_version(document_id, when):
            return identity, self.version(document_id, when)
        return identity, in_force(document_id, self.versions(document_id), parse_version(when).day)


def in_force(document_id: str, versions: list[VersionRecord], day: date) -> VersionRecord:
    """Return the version that was in force on `day`: the newest by date of the versions that had begun by then.

    Raises NotFoundError if none had begun, or the newest had expired: the version it replaced does not revive.
    """
    ordered = sorted(versions, key=date_order)
    for record in reversed(ordered):
        if begins(record, is_first=record is ordered[0]) <= day:
            if record.expires is not None and record.expires < day:
                raise NotFoundError(
                    f"{document_id} has no version in force on {day}: {record.version} expired on {record.expires}; "
                    f"{document_id}@{record.version} is its text"
                )
            return record
    known = "it has no version"
    if ordered:
        known = (
            f"its first version, {ordered[0].version}, is in force from {begins(ordered[0], is_first=True)}"
        )
    raise NotFoundError(f"{document_id} has no version in force on {day}: {known}")


def periods(versions: list[VersionRecord]) -> list[tuple[date | None, date | None]]:
    """Return for each version of a document, oldest first, the first and the last day on which it is in force.

    Without a last day the version is in force until further notice. Without a first day it is never in force: a
    version of the same day, or one that takes effect no later, replaces it from the start.
    """
    ordered = sorted(versions, key=date_order)
    found: list[tuple[date | None, date | None]] = []
    replaced: date | None = None
    for record in reversed(ordered):
        first = begins(record, is_first=record is ordered[0])
        ends = [] if replaced is None else [replaced - timedelta(days=1)]
        ends += [] if record.expires is None else [record.expires]
        last = min(ends, default=None)
        found.append((None, None) if last is not None and last < first else (first, last))
        replaced = first if replaced is None else min(replaced, first)
    return found[::-1]


def begins(record: VersionRecord, *, is_first: bool) -> date:
    """Return the day from which a version is in force, as far as is known; see `first_day`."""
    return beginning(record, is_first=is_first)[0]


def beginning(record: VersionRecord, *, is_first: bool) -> tuple[date, BeginsBy]:
    """Return the day from which a version is in force, as far as known, and the source of that day; see `first_day`."""
    name = parse_version(record.version)
    own = record.issued or record.published or (None if name.seen else name.day)
    day, by = first_day(record.effective, own, name.day, is_first=is_first)
    return day or name.day, by


def date_order(record: VersionRecord) -> tuple[date, bool, int, str]:
    """Return the sort key of versions: the text's date, else the day it was seen; then the number of the silent edit.

    Texts of one turn, recorded by two checkouts, are sorted by the time of recording.
    """
    name = parse_version(record.version)
    recorded = record.recorded_at.astimezone(UTC).isoformat()
    return record.issued or record.published or name.day, name.seen, name.edit, f"{recorded} {name.mark}"


def _named(record: VersionRecord, version: str) -> VersionRecord:
    return record if record.version == version else record.model_copy(update={"version": version})


_Held = TypeVar("_Held", DocumentIdentity, VersionRecord)


def _value(form: type[_Held], path: str, blob: bytes | None) -> _Held:
    try:
        return form.model_validate_json(blob or b"")
    except ValidationError as error:
        raise DamagedStoreError(f"{path} is damaged: policydiff verify names all damage") from error


def _identity(document_id: str, blob: bytes | None) -> DocumentIdentity:
    path = layout.identity_path(document_id)
    identity = _value(DocumentIdentity, path, blob)
    if identity.id != document_id:
        raise DamagedStoreError(
            f"{path} says that it belongs to {identity.id}: policydiff verify names all damage"
        )
    return identity


def _record(path: str, blob: bytes | None, version: str) -> VersionRecord:
    record = _value(VersionRecord, path, blob)
    if record.version != version:
        raise DamagedStoreError(
            f"{path} says that it is version {record.version}: policydiff verify names all damage"
        )
    return record


def decode_text(document_id: str, version: str, data: bytes) -> str:
    """Return the words of a recorded text. Raises DamagedStoreError if the bytes are no UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        path = layout.version_path(document_id, version, layout.TEXT)
        raise DamagedStoreError(f"{path} is damaged: policydiff verify names all damage") from error
