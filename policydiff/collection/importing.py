"""Imports many files at once: a folder, or a JSONL manifest with further facts on each file.

A line of a manifest is an object with `file` (relative to the manifest) and any field of `Given`. To continue an interrupted
import, run it again: files that are recorded already are skipped before they are parsed.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

from pydantic import ValidationError

from policydiff.collection.index import Index
from policydiff.collector import collecting_seldom
from policydiff.errors import PolicydiffError, UnreadableInputError, UsageError
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.extract.decoding import bytes_of_file, plain_text
from policydiff.intake.placing import place, why_no_policy
from policydiff.intake.versions import Given, Intake, prepare
from policydiff.model import Value
from policydiff.model.base import Record, Result, cells, published
from policydiff.store import AddOutcome, AddStatus, Store
from policydiff.store.layout import CONFIG, DOCUMENTS

_BATCH = 1000
"""Texts a commit at most."""
_BATCH_BYTES = 64 * 1024 * 1024
"""Bytes a commit at most, sources and texts together."""


class ImportItem(Value):
    """Outcome of importing a file."""

    file: str
    outcome: AddOutcome | None = None
    """Outcome of the recording; None where the file could not be read."""
    error: str | None = None
    """Reason why the file was not recorded, in one sentence; None if it was recorded."""
    warnings: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    """Ids of the documents of which the file may be a version, if a person must decide; the file was not recorded."""
    id: str | None = None
    """Id that the file would receive as a document of its own, if that is in doubt."""
    left_out: str | None = None
    """Reason why the file is no policy, for a file of a folder; it was not recorded."""


class ImportSummary(Result[ImportItem]):
    """Outcome of an import, file by file."""

    schema_id: Literal["policydiff/import/1"] = published("policydiff/import/1")
    added: int = 0
    """Number of files recorded as a new version."""
    unchanged: int = 0
    """Number of files whose text the store already held."""
    refused: tuple[ImportItem, ...] = ()
    """The files whose id belongs to a different document."""
    failed: tuple[ImportItem, ...] = ()
    """The files that could not be read, each with the reason."""
    doubtful: tuple[ImportItem, ...] = ()
    """The files for which a person must decide whether they are versions of documents of the store; they were not recorded."""
    left_out: tuple[ImportItem, ...] = ()
    """The files of a folder that are no policies (a README, a table of data, a program); `add` records them if they are named one by one."""

    _thing: ClassVar[str] = "file"

    def _items(self) -> tuple[ImportItem, ...]:
        return *self.refused, *self.failed, *self.doubtful, *self.left_out

    def _record(self, item: ImportItem) -> Record:
        unplaced = "left_out" if item.left_out else "doubtful" if item.candidates else "failed"
        return {
            **cells(item, "file document=outcome.id version=outcome.version"),
            "status": item.outcome.status.value if item.outcome else unplaced,
            "error": item.error or item.left_out,
        }

    def _told(self) -> str:
        failed = f"{len(self.refused)} refused, {len(self.failed)} unreadable"
        doubtful = f", {len(self.doubtful)} doubtful" if self.doubtful else ""
        left_out = f", {len(self.left_out)} left out as no policies" if self.left_out else ""
        return f"{self.added} added, {self.unchanged} unchanged, {failed}{doubtful}{left_out}"


class _File(NamedTuple):
    name: str
    path: Path
    given: Given
    named: bool
    """A person named this very file, in a manifest or an answer; False for a file found in a folder."""


class _Recorded(NamedTuple):
    id: str
    version: str
    retrieved_at: datetime | None


Progress = Callable[[int, int, ImportItem], None]
"""Called with files done, files in all, and the outcome of the last file."""


def import_files(
    store: Store,
    start: Path,
    *,
    today: date,
    progress: Progress | None = None,
    limits: Limits = DEFAULT_LIMITS,
    answers: Path | None = None,
) -> ImportSummary:
    """Record every file of a folder or a manifest in the store, one commit for each batch.

    A file with a doubtful identity is not recorded; all other files are.

    Args:
        store: The store to write to.
        start: A folder, read with its subfolders (without hidden files, links and the store's own files), or a `.jsonl`
            manifest. Files in a folder that hold no policy are left out and listed in the summary; a file in a
            manifest, or with an answer, is always taken for a policy.
        today: The day on which texts without a date were seen.
        progress: Called after each file.
        limits: Sizes beyond which a file is refused.
        answers: A person's answers on doubtful files: a line `{"file": "a.docx", "version_of": "x/y"}` or
            `{"file": "a.docx", "id": "x/z"}` for each.

    Raises:
        UsageError: if `start` is neither, or a line of the manifest cannot be read.
    """
    wanted = _answered(_files(start, store.folder), answers)
    items: list[ImportItem] = []
    with collecting_seldom():
        for item in _import(store, wanted, today, limits):
            items.append(item)
            if progress is not None:
                progress(len(items), len(wanted), item)
    counts = Counter(item.outcome.status for item in items if item.outcome)
    return ImportSummary(
        added=counts[AddStatus.ADDED],
        unchanged=counts[AddStatus.UNCHANGED],
        refused=tuple(each for each in items if each.outcome and each.outcome.status is AddStatus.REFUSED),
        failed=tuple(item for item in items if item.error and not item.candidates),
        doubtful=tuple(item for item in items if item.candidates),
        left_out=tuple(item for item in items if item.left_out),
    )


def _import(store: Store, wanted: Iterable[_File], today: date, limits: Limits) -> Iterator[ImportItem]:
    """Yield the outcome of each file, once its batch is recorded."""
    known = _recorded_sources(store)
    batch: list[tuple[_File, Intake]] = []
    size = 0
    for file in wanted:
        try:
            data = file.path.read_bytes()
            same = _find_recorded(known.get(hashlib.sha256(data).hexdigest(), ()), file.given)
            if same is not None:
                outcome = AddOutcome(id=same.id, version=same.version, status=AddStatus.UNCHANGED)
                yield ImportItem(file=file.name, outcome=outcome)
                continue
            intake = prepare(data, name=file.path.name, today=today, given=file.given, limits=limits)
        except OSError as error:
            yield ImportItem(file=file.name, error=f"cannot read {file.name}: {error.strerror or error}")
            continue
        except PolicydiffError as error:
            yield ImportItem(file=file.name, error=str(error))
            continue
        reason = None if file.named else why_no_policy(intake, file.path.name)
        if reason is not None:
            yield ImportItem(file=file.name, left_out=reason)
            continue
        batch.append((file, intake))
        size += len(data) + 3 * len(intake.entry.text)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield from _record(store, batch)
            batch, size = [], 0
    yield from _record(store, batch)


def _record(store: Store, batch: list[tuple[_File, Intake]]) -> Iterator[ImportItem]:
    if batch:
        with Index.open(store) as index:
            placed = list(place(index, (intake for _, intake in batch)))
        sure = [intake.entry for intake in placed if intake.doubt is None]
        outcomes = iter(store.add_many(sure, report_refusals=True) if sure else ())
        for (file, _), intake in zip(batch, placed, strict=True):
            if intake.doubt is not None:
                own = intake.entry.identity.id
                yield ImportItem(file=file.name, error=intake.doubt, candidates=intake.candidates, id=own)
                continue
            outcome = next(outcomes)
            remarks = outcome.notes if intake.placement is None else (intake.placement, *outcome.notes)
            told = outcome.model_copy(update={"notes": remarks})
            yield ImportItem(file=file.name, outcome=told, warnings=intake.warnings)


def _recorded_sources(store: Store) -> dict[str, list[_Recorded]]:
    """Return hash of captured bytes to the versions recorded from them."""
    known: dict[str, list[_Recorded]] = {}
    with Index.open(store) as index:
        for document_id, version, source, retrieved_at in index.sources():
            moment = None if retrieved_at is None else datetime.fromisoformat(retrieved_at)
            known.setdefault(source, []).append(_Recorded(document_id, version, moment))
    return known


def _find_recorded(recorded: Iterable[_Recorded], given: Given) -> _Recorded | None:
    """Return the recorded version that makes a file redundant; None for bytes captured anew, because the source may have returned to them."""
    for each in recorded:
        is_meant = (given.version_of or given.id) in {None, each.id}
        if is_meant and given.retrieved_at in {None, each.retrieved_at}:
            return each
    return None


def _is_folder(start: Path) -> bool:
    try:
        return start.is_dir()
    except OSError as error:  # a name too long for the file system
        raise UnreadableInputError(f"cannot read {start}: {error.strerror or error}") from error


def _files(start: Path, home: Path) -> list[_File]:
    """Return the files to read, without the files that the store in `home` keeps itself."""
    if _is_folder(start):
        own = home.resolve() / DOCUMENTS
        return [
            _File(path.relative_to(start).as_posix(), path, Given(), named=False)
            for path in sorted(start.rglob("*"))
            if path.is_file()
            and not path.is_symlink()
            and not any(part.startswith(".") for part in path.relative_to(start).parts)
            and path.name != CONFIG
            and not path.resolve().is_relative_to(own)
        ]
    if start.suffix != ".jsonl":
        raise UsageError(f"{start} is neither a folder nor a manifest ending in .jsonl")
    return list(_manifest(start))


def _answered(files: list[_File], answers: Path | None) -> list[_File]:
    """Return the files; doubtful files carry the id or document that a person chose in `answers`.

    Raises UsageError if an answer cannot be read, or names no file of the import.
    """
    if answers is None:
        return files
    said: dict[str, dict[str, str]] = {}
    for number, fields in _objects(answers):
        name = fields.pop("file")
        chosen = {key: str(value) for key, value in fields.items() if key in {"id", "version_of"} and value}
        if len(chosen) > 1:
            raise UsageError(f"{answers}, line {number}: give id or version_of, not both")
        if chosen:
            said[str(name)] = chosen
    unknown = sorted(said.keys() - {file.name for file in files})
    if unknown:
        raise UsageError(f"{answers} answers for {unknown[0]}, which is no file of this import")
    return [
        file._replace(given=file.given.model_copy(update=said[file.name]), named=True)
        if file.name in said
        else file
        for file in files
    ]


def _objects(place: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield line number and object of each line that names a file.

    Raises UnreadableInputError if the manifest cannot be read or is no text, UsageError if a line is no object with a
    file.
    """
    for number, line in enumerate(plain_text(bytes_of_file(place), str(place)).split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            fields = None
        if not isinstance(fields, dict) or "file" not in fields:
            raise UsageError(f"{place}, line {number}: it is no object with a file")
        yield number, fields


def _manifest(start: Path) -> Iterator[_File]:
    folder = start.parent.resolve()
    for number, fields in _objects(start):
        name = fields.pop("file")
        try:
            given = Given.model_validate(fields)
        except ValidationError as error:
            raise UsageError(f"{start}, line {number}: {error.errors()[0]['msg']}") from error
        try:
            path = (folder / str(name)).resolve()
        except (OSError, ValueError) as error:  # a zero, half a letter, a circle of links
            raise UsageError(f"{start}, line {number}: {name!r} is no name of a file") from error
        if not path.is_relative_to(folder):
            raise UsageError(f"{start}, line {number}: {name} lies outside the manifest's folder")
        yield _File(str(name), path, given, named=True)
