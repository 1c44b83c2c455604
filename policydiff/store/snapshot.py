"""The store as recorded in one commit: documents, versions, texts, and which version `id@when` means.

Everything is read from git, never from the work tree: what is not recorded is not in the store, and damage to a
checked-out file is for `verify` to name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import tee

from pydantic import ValidationError

from policydiff.errors import DamagedStoreError, NotFoundError
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.store import layout
from policydiff.store.git import Entry, Repository, read_tree
from policydiff.store.names import VersionName, check_id, find_version, parse_version, split_reference


class Snapshot:
    """What one commit holds of a store."""

    def __init__(self, repository: Repository, commit: str | None) -> None:
        self._repository = repository
        self.commit = commit
        """None in a repository without commits."""

    def blob(self, path: str) -> bytes | None:
        """Return a recorded file, None where there is none."""
        if self.commit is None:
            return None
        found = self._repository.read(f"{self.commit}:{self._repository.prefix}{path}")
        return None if found is None or found[1] != "blob" else found[2]

    def tree(self, path: str) -> list[Entry]:
        """Return the entries of a folder, none where there is none."""
        if self.commit is None:
            return []
        return self._repository.tree(f"{self.commit}:{self._repository.prefix}{path}")

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
        """Return what a document says of itself.

        Raises:
            NotFoundError: if there is no such document.
        """
        identity = self.find_identity(document_id)
        if identity is None:
            raise NotFoundError(
                f"the store holds no document {document_id}: policydiff list shows those it holds"
            )
        return identity

    def find_identity(self, document_id: str) -> DocumentIdentity | None:
        """Return what a document says of itself, None where there is no such document."""
        blob = self.blob(layout.identity_path(check_id(document_id)))
        return None if blob is None else _identity(document_id, blob)

    def version_names(self, document_id: str, *, separated: bool = False) -> list[VersionName]:
        """Return the names of a document's versions by date, none where there is no such document.

        Left out, unless `separated`, are those that were separated from it and belong to another document, and what two
        runners recorded of one text before either knew of the other.
        """
        entries = self.tree(f"{layout.DOCUMENTS}/{check_id(document_id)}")
        names = (find_version(entry.name) for entry in entries if entry.is_tree)
        found = sorted(name for name in names if name is not None)
        if separated or not found:
            return found
        identity = self.find_identity(document_id)
        gone = {each.version for each in identity.separated} if identity is not None else set()
        gone |= self._recorded_twice(document_id, found)
        return [name for name in found if str(name) not in gone] if gone else found

    def repeated(self, document_id: str) -> set[str]:
        """Return the versions of a document that repeat the one before them; no reader counts them."""
        return self._recorded_twice(document_id, self.version_names(document_id, separated=True))

    def _recorded_twice(self, document_id: str, names: list[VersionName]) -> set[str]:
        """Return versions that repeat the one before them: two branches recorded one text and were merged.

        Only equal marks tell of it. A page that went back to an earlier text is none: another text was retrieved between.
        """
        marks = Counter((*name[:2], name.mark) for name in names if name.mark)
        twice: set[str] = set()
        for day in dict.fromkeys(key[:2] for key, count in marks.items() if count > 1):
            records = [self.version(document_id, str(name)) for name in names if name[:2] == day]
            seen = sorted(
                records, key=lambda record: (record.retrieved_at or record.recorded_at, record.version)
            )
            kept = None
            for record in seen:
                if kept is not None and _says_the_same(kept, record):
                    twice.add(record.version)
                else:
                    kept = record
        return twice

    def versions(self, document_id: str, *, separated: bool = False) -> list[VersionRecord]:
        """Return a document's versions by date, oldest first; none where there is no such document."""
        names = self.version_names(document_id, separated=separated)
        paths = [layout.version_path(document_id, str(name), layout.RECORD) for name in names]
        blobs = self._repository.read_many(f"{self.commit}:{self._repository.prefix}{path}" for path in paths)
        found = [
            _record(path, None if blob is None else blob[2], str(name))
            for path, name, blob in zip(paths, names, blobs, strict=True)
        ]
        return sorted(found, key=date_order)

    def version(self, document_id: str, version: str) -> VersionRecord:
        """Return the record of one version.

        Raises:
            NotFoundError: if there is no such version.
        """
        version = self._whole_name(document_id, version)
        path = layout.version_path(check_id(document_id), version, layout.RECORD)
        blob = self.blob(path)
        if blob is None:
            self.identity(document_id)
            raise NotFoundError(
                f"{document_id} has no version {version}; it has {_enumerate(self.version_names(document_id))}"
            )
        return _record(path, blob, version)

    def _whole_name(self, document_id: str, version: str) -> str:
        """Return a version's name; 2021-11-29.2 is short for 2021-11-29.2-1a2b3c4d where one version has that turn."""
        name = parse_version(version)
        if name.edit > 1 and not name.mark:
            names = self.version_names(document_id)
            meant = [each for each in names if each[:3] == name[:3]]
            if name not in names and len(meant) == 1:
                return str(meant[0])
        return str(name)

    def file(self, document_id: str, version: str, file: str) -> bytes:
        """Return a file of a version.

        Raises:
            NotFoundError: if there is no such version.
            DamagedStoreError: if the version is there and the file is not.
        """
        version = self._whole_name(document_id, version)
        path = layout.version_path(check_id(document_id), version, file)
        blob = self.blob(path)
        if blob is None:
            self.version(document_id, version)
            raise DamagedStoreError(f"{path} is missing: policydiff verify names all damage")
        return blob

    def files(self, wanted: Iterable[tuple[str, str]], file: str) -> Iterator[tuple[tuple[str, str], bytes]]:
        """Yield one file of each of many versions, with id and version, in order; raises as `file` does."""
        ahead, asked = tee(wanted)
        prefix = f"{self.commit}:{self._repository.prefix}"
        names = (
            prefix + layout.version_path(check_id(document_id), str(parse_version(version)), file)
            for document_id, version in asked
        )
        for key, blob in zip(ahead, self._repository.read_many(names), strict=True):
            yield key, self.file(*key, file) if blob is None else blob[2]

    def resolve(self, reference: str) -> tuple[DocumentIdentity, VersionRecord]:
        """Return document and version that `id`, `id@version` or `id@date` means.

        `id` is the newest version by date, `id@version` that version, `id@date` the version in force on that day.

        Raises:
            NotFoundError: if there is no such document, or no such version, or none was in force then.
        """
        document_id, when = split_reference(reference)
        identity = self.identity(document_id)
        if when is None:
            versions = self.versions(document_id)
            if not versions:
                raise NotFoundError(f"{document_id} has no version")
            return identity, versions[-1]
        name = parse_version(when)
        if name in self.version_names(document_id) or name.seen or name.edit > 1:
            return identity, self.version(document_id, when)
        return identity, in_force(document_id, self.versions(document_id), name.day)


def _says_the_same(one: VersionRecord, other: VersionRecord) -> bool:
    return (one.text_sha256, one.declared, one.declared_title) == (
        other.text_sha256,
        other.declared,
        other.declared_title,
    )


def in_force(document_id: str, versions: list[VersionRecord], day: date) -> VersionRecord:
    """Return the version that was in force on `day`: of those that began by then, the newest by date.

    Raises:
        NotFoundError: if none had begun by then, or that one had expired: the one it replaced does not revive.
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

    Without a last day it is in force until further notice. Without a first it never is: another version of its day, or
    one that takes effect no later, replaces it from the first.
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
    """Return the day from which a version is in force, as far as is known.

    An amended statute often repeats the day on which its first version took effect, so no version begins before
    its own date. The first text of a document that bears no date is taken back to the effective date it states.
    """
    day, seen, *_ = date_order(record)
    if record.effective is None:
        return day
    return record.effective if seen and is_first and record.issued is None else max(record.effective, day)


def date_order(record: VersionRecord) -> tuple[date, bool, int, str]:
    """Return what versions are ordered by: the text's date, else the day it was seen; then silent edits in turn."""
    name = parse_version(record.version)
    return record.issued or record.published or name.day, name.seen, name.edit, name.mark


def _enumerate(names: list[VersionName]) -> str:
    return ", ".join(str(name) for name in names) if names else "none"


def _identity(document_id: str, blob: bytes | None) -> DocumentIdentity:
    path = layout.identity_path(document_id)
    try:
        identity = DocumentIdentity.model_validate_json(blob or b"")
    except ValidationError as error:
        raise DamagedStoreError(f"{path} is damaged: policydiff verify names all damage") from error
    if identity.id != document_id:
        raise DamagedStoreError(
            f"{path} says that it belongs to {identity.id}: policydiff verify names all damage"
        )
    return identity


def _record(path: str, blob: bytes | None, version: str) -> VersionRecord:
    try:
        record = VersionRecord.model_validate_json(blob or b"")
    except ValidationError as error:
        raise DamagedStoreError(f"{path} is damaged: policydiff verify names all damage") from error
    if record.version != version:
        raise DamagedStoreError(
            f"{path} says that it is version {record.version}: policydiff verify names all damage"
        )
    return record
