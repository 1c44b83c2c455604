"""`Store`: every version of every document, in git."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Self

from policydiff.errors import NotFoundError, UsageError
from policydiff.lexicon.patterns import foreign_tables
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.store import (
    AddOutcome,
    AddStatus,
    Fault,
    LogEntry,
    NewVersion,
    Plan,
    Reextraction,
    StoreStatus,
    history,
    layout,
    planning,
)
from policydiff.store.git import Repository
from policydiff.store.git_confined import BARE
from policydiff.store.history import Moment
from policydiff.store.layout import check_id
from policydiff.store.snapshot import Snapshot, decode_text
from policydiff.store.verify_anchors import verify
from policydiff.store.writing import Written, create, heal_if_crashed, read_status, write

_REVISION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/@{}~^-]{0,200}")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """A store of documents and their versions, in a folder of a git repository or in a bare repository.

    Reading returns the state recorded at HEAD, never uncommitted files, and writes nothing. Methods with
    `as_of` then answer from the store as it was known at that time. Close it, or use it as a context manager.
    """

    def __init__(self, repository: Repository, clock: Callable[[], datetime] = _utc_now) -> None:
        self._repository = repository
        self._clock = clock
        self._newest: Snapshot | None = None

    @classmethod
    def init(cls, path: str | Path, *, bare: bool = False, clock: Callable[[], datetime] = _utc_now) -> Self:
        """Create a store in a folder (made if absent), in the repository around it or in a new one.

        Raises UsageError if the folder is a store already, or cannot be written.
        """
        repository = create(Path(path), clock, bare=bare)
        return cls(repository, clock)

    @classmethod
    def open(cls, path: str | Path, *, clock: Callable[[], datetime] = _utc_now) -> Self:
        """Open the store in a folder or bare repository.

        Args:
            path: The folder. A bare repository that lies in the work tree of another one is opened only where the
                path begins with `bare:`, because any repository of a stranger may bring one along.
            clock: Gives the time of recording.

        Raises:
            NotFoundError: if there is none.
            UsageError: if it was made by a newer policydiff, or git cannot be used, or it is a bare repository in a
                work tree and was not named as such.
        """
        bare_on_purpose = str(path).startswith(BARE)
        folder = Path(str(path).removeprefix(BARE))
        if not os.path.isdir(folder):  # noqa: PTH112 (a name too long for a file is no folder)
            raise NotFoundError(f"{folder} is no folder, so there is no store")
        if not (folder / layout.CONFIG).is_file() and not (folder / "HEAD").is_file():
            raise NotFoundError(
                f"{folder} is no store: it holds no {layout.CONFIG}; create one with policydiff init"
            )
        store = cls(Repository(folder, bare_on_purpose=bare_on_purpose), clock)
        try:
            store._check_spec()
            heal_if_crashed(store._repository)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def discover(cls, start: str | Path = ".", *, clock: Callable[[], datetime] = _utc_now) -> Self:
        """Open the store in `start` or the nearest folder above it. Raises NotFoundError if there is none."""
        place = Path(start).resolve()
        for folder in (place, *place.parents):
            if (folder / layout.CONFIG).is_file():
                return cls.open(folder, clock=clock)
        raise NotFoundError(
            f"there is no store in {place} or above it (no {layout.CONFIG}): name one with --store, or create one "
            "with policydiff init"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the git process that answers reads."""
        self._repository.close()

    @property
    def folder(self) -> Path:
        """The folder the store lies in."""
        return self._repository.folder

    @property
    def commit(self) -> str | None:
        """The commit at HEAD, None in a repository without commits."""
        return self._repository.head()

    def settings(self) -> dict[str, object]:
        """Return the settings of `policydiff.toml`, read from the folder or, in a bare repository, as recorded.

        Raises UsageError if it cannot be read.
        """
        place = self.folder / layout.CONFIG
        if self._repository.bare:
            content = self.at(None).blob(layout.CONFIG)
        else:
            content = layout.path_inside(self.folder, layout.CONFIG).read_bytes()
        if content is None:
            raise NotFoundError(f"{self.folder} is no store: it holds no {layout.CONFIG} at HEAD")
        try:
            return foreign_tables(content.decode(), str(place))
        except UnicodeDecodeError as error:
            raise UsageError(f"{place} cannot be read: {error}") from error

    def _check_spec(self) -> None:
        spec = self.settings().get("spec_version")
        if not isinstance(spec, int) or spec < 1:
            raise UsageError(f"{self.folder / layout.CONFIG} names no spec_version, a whole number from 1")
        if spec > layout.SPEC_VERSION:
            raise UsageError(
                f"the store in {self.folder} was made by a newer policydiff (spec_version {spec}): update policydiff"
            )

    def at(self, as_of: Moment | None) -> Snapshot:
        """Return the store as recorded now, or as it was known at a time. Raises NotFoundError if the store did not exist then."""
        head = self._repository.head()
        if as_of is None:
            if self._newest is None or self._newest.commit != head:
                self._newest = Snapshot(self._repository, head)
            return self._newest
        return Snapshot(self._repository, history.known_at(self._repository, head, as_of))

    def at_revision(self, revision: str) -> Snapshot:
        """Return the store as recorded at a revision of its repository: a branch, a tag, a commit, `main~3`.

        Raises UsageError if the text has not the form of a revision, NotFoundError if there is no such revision.
        """
        if not _REVISION.fullmatch(revision):
            raise UsageError(f"{revision!r} is no revision: give a branch, a tag or a commit")
        found = self._repository.read(f"{revision}^{{commit}}")
        if found is None:
            raise NotFoundError(
                f"the repository of {self.folder} has no revision {revision!r}: fetch it first"
            )
        return Snapshot(self._repository, found[0])

    def before_anything(self) -> Snapshot:
        """Return the empty store, as it was before the first recording."""
        return Snapshot(self._repository, None)

    def documents(self, *, as_of: Moment | None = None) -> list[DocumentIdentity]:
        """Return all documents by id."""
        return self.at(as_of).documents()

    def identity(self, document_id: str, *, as_of: Moment | None = None) -> DocumentIdentity:
        """Return the identity of a document: title, number, issuing bodies. Raises NotFoundError if there is no such document."""
        return self.at(as_of).identity(document_id)

    def versions(self, document_id: str, *, as_of: Moment | None = None) -> list[VersionRecord]:
        """Return a document's versions by date, oldest first. Raises NotFoundError if there is no such document."""
        snapshot = self.at(as_of)
        snapshot.identity(document_id)
        return snapshot.versions(document_id)

    def resolve(
        self, reference: str, *, as_of: Moment | None = None
    ) -> tuple[DocumentIdentity, VersionRecord]:
        """Return document and version that `id`, `id@version` or `id@date` means.

        `id` is the newest version by date; `id@2021-11-29` that version, or the version in force on that
        day. Raises NotFoundError if there is no such document or version, or no version was in force on that
        day.
        """
        return self.at(as_of).resolve(reference)

    def text(self, document_id: str, version: str, *, as_of: Moment | None = None) -> str:
        """Return a version's text, exactly as recorded. Raises NotFoundError if there is no such version."""
        snapshot = Snapshot(self._repository, "HEAD") if as_of is None else self.at(as_of)
        return decode_text(document_id, version, snapshot.file(document_id, version, layout.TEXT))

    def texts(self, wanted: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield the texts of many versions, given as (id, version), in order. Raises NotFoundError if there is no such version."""
        snapshot = Snapshot(self._repository, "HEAD")
        for (document_id, version), data in snapshot.files(wanted, layout.TEXT):
            yield decode_text(document_id, version, data)

    def source(self, document_id: str, version: str) -> bytes:
        """Return the captured bytes of a version. Raises NotFoundError if there is no such version."""
        snapshot = self.at(None)
        return snapshot.file(document_id, version, snapshot.version(document_id, version).source_name)

    def add(self, entry: NewVersion) -> AddOutcome:
        """Record one text; recording the same text again changes nothing.

        Raises WriteConflictError if the id belongs to a different document, or other writers were faster at every attempt.
        """
        return self.add_many([entry])[0]

    def add_many(self, entries: Iterable[NewVersion], *, report_refusals: bool = False) -> list[AddOutcome]:
        """Record texts in one commit; the outcomes are in the order of `entries`.

        Args:
            entries: Texts of any documents, in any order of date.
            report_refusals: Report an id that belongs to a different document as an outcome and record the rest,
                instead of recording nothing.

        Raises:
            WriteConflictError: if an id belongs to a different document, or other writers kept winning.
        """
        given = list(entries)
        written = self._write(
            lambda snapshot, now: planning.plan_add(snapshot, given, now, report_refusals=report_refusals)
        )
        notes = iter([written.notes])  # remarks on the write stand once
        return [
            outcome.model_copy(update={"commit": written.commit, "notes": outcome.notes + next(notes, ())})
            if outcome.status is AddStatus.ADDED
            else outcome
            for outcome in written.plan.outcomes
        ]

    def correct(self, document_id: str, version: str, text: str | None = None) -> str | None:
        """Record a text corrected by hand: `text`, else the text in the work tree; return the commit.

        Raises NotFoundError if there is no such version, UsageError if no text is given and the store has no work tree.
        """
        words = self._edited_text(document_id, version) if text is None else text
        return self._write(
            lambda snapshot, _: planning.plan_correct(snapshot, document_id, version, words)
        ).commit

    def _edited_text(self, document_id: str, version: str) -> str:
        if self._repository.bare:
            raise UsageError("a bare repository has no files to take the corrected text from: give the text")
        path = self.text_path(document_id, version)
        try:
            return layout.edited_text(layout.path_inside(self.folder, path))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{self.folder / path} cannot be read as UTF-8 text: {error}") from error

    def text_path(self, document_id: str, version: str) -> str:
        """Return the path of a version's text, relative to the store's folder.

        Raises NotFoundError if the name may mean two versions.
        """
        name = self.at(None).kept_name(document_id, version)
        return layout.version_path(check_id(document_id), str(name), layout.TEXT)

    def reextract(self, items: Iterable[Reextraction]) -> str | None:
        """Record texts as a newer extractor reads them, in one commit; return the commit, None if no text differs.

        Raises NotFoundError if there is no such version.
        """
        given = list(items)
        return self._write(lambda snapshot, _: planning.plan_reextract(snapshot, given)).commit

    def meta(self, identity: DocumentIdentity, *, right: Collection[str] = ()) -> str | None:
        """Record a document's identity anew; return the commit, None if nothing differs. Facts in `right` override the heads of its versions.

        Raises NotFoundError if there is no such document.
        """
        return self._write(lambda snapshot, _: planning.plan_identity(snapshot, identity, right)).commit

    def separate(self, document_id: str, versions: Iterable[str], identity: DocumentIdentity) -> str | None:
        """Move versions that were wrongly recorded under a document to a new document; return the commit.

        They are recorded under the new document, and marked under the old one; no recorded file moves or
        is lost. Raises UsageError if the new id is taken, or no version would be left, NotFoundError if there
        is no such document or version.
        """
        given = list(versions)
        return self._write(
            lambda snapshot, now: planning.plan_separate(snapshot, document_id, given, identity, now)
        ).commit

    def meta_version(self, document_id: str, version: str, /, **changes: object) -> str | None:
        """Correct a version's dates, url or time of retrieval; its name stays. Return the commit.

        Raises NotFoundError if there is no such version, UsageError if another field is named or a value does not fit.
        """
        return self._write(
            lambda snapshot, _: planning.plan_record(snapshot, document_id, version, changes)
        ).commit

    def _write(self, planner: Callable[[Snapshot, datetime], Plan]) -> Written:
        return write(self._repository, self._clock, planner)

    def log(self, document_id: str | None = None) -> list[LogEntry]:
        """Return the log entries with their times, newest first: of one document or of all.

        Raises NotFoundError if there is no such document.
        """
        head = self._repository.head()
        path = layout.DOCUMENTS
        if document_id is not None:
            self.at(None).identity(document_id)
            path = f"{path}/{document_id}"
        if head is None:
            return []
        found = history.records(self._repository, history.commits(self._repository, head, path))
        shown = cache(Snapshot(self._repository, head).shown)
        return list(history.log_entries(found, document_id, shown))

    def changed_documents(self, since: str) -> set[str] | None:
        """Return the ids of documents that differ between an earlier commit and now; None if unknown."""
        head = self._repository.head()
        if head is None:
            return None
        return history.changed_documents(self._repository, since, head)

    @property
    def cache_folder(self) -> Path:
        """Folder for files that can be rebuilt: `.policydiff` beside the documents, never recorded."""
        return (
            self._repository.git_dir / "policydiff" if self._repository.bare else self.folder / ".policydiff"
        )

    def verify(
        self, *, signed_by: Sequence[str] = (), anchor: str | None = None, authority: Path | None = None
    ) -> list[Fault]:
        """Return every fault of the store, an empty list for a sound store; the arguments are those of `verify_anchors.verify`."""
        now = max(self._clock(), _utc_now())
        return verify(self._repository, now=now, signed_by=signed_by, anchor=anchor, authority=authority)

    def status(self) -> StoreStatus:
        """Return the state of the store: counts, the last recording, and files that differ from their recorded content."""
        return read_status(self._repository)
