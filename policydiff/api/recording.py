"""The part of the public `Store` that writes: add, import, export, correct, meta, reextract."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Literal

from pydantic import Field

from policydiff.api.opened_store import OpenedStore
from policydiff.api.opening import Day, as_day, limits_of, read_stream
from policydiff.errors import UnreadableInputError, UsageError
from policydiff.model import Value
from policydiff.model.result import Record, Result
from policydiff.store import AddOutcome

if TYPE_CHECKING:
    from policydiff.collection.importing import ImportItem, ImportSummary
    from policydiff.collection.intake import Given, Intake
    from policydiff.extract import Limits
    from policydiff.model import Level

File = str | os.PathLike[str] | BinaryIO
"""A file to be recorded: its path, or a file opened in binary mode."""


class AddedFile(Value):
    """What became of one file, or would become of it."""

    file: str | None
    """The file as it was named, None for an open file without a name."""
    id: str
    """Id of the document it is a version of."""
    version: str
    """Name of the version: its date, or `seen-` and the day on which it was seen."""
    title: str
    """Title of the document."""
    document_number: str | None
    """发文字号, None where there is none."""
    outcome: AddOutcome | None
    """What was recorded; None in a dry run."""
    remarks: tuple[str, ...]
    """Doubts about the text, and under which document it was placed where that is not what was asked."""


class AddReport(Result):
    """What became of the files that were to be recorded."""

    schema_id: Literal["policydiff/add/1"] = Field(default="policydiff/add/1", alias="schema")
    files: tuple[AddedFile, ...]
    """One for each file, in the order given."""

    _thing: ClassVar[str] = "file"

    def _items(self) -> tuple[AddedFile, ...]:
        return self.files

    def _record(self, item: AddedFile) -> Record:
        return {
            "file": item.file,
            "document": item.id,
            "version": item.version,
            "title": item.title,
            "status": item.outcome.status.value if item.outcome else "dry run",
        }


class RecordingStore(OpenedStore):
    """What is written to a store."""

    def add(
        self,
        *files: File,
        id: str | None = None,
        title: str | None = None,
        document_number: str | None = None,
        issuing_bodies: tuple[str, ...] = (),
        jurisdiction: str | None = None,
        level: "Level | None" = None,
        issued: Day | None = None,
        published: Day | None = None,
        effective: Day | None = None,
        expires: Day | None = None,
        seen: Day | None = None,
        url: str | None = None,
        same_document: bool = False,
        dry_run: bool = False,
        limits: "Limits | None" = None,
    ) -> AddReport:
        """Record files as versions of documents, in one commit; the same text again changes nothing.

        Title, number, issuer and dates are read from the text; what is given here goes before it.

        Args:
            files: The files.
            id: Id of the document; by default made of issuer, year and number.
            title: Its title.
            document_number: 发文字号.
            issuing_bodies: 发文机关.
            jurisdiction: GB/T 2260 code of the issuer's area.
            level: Level of the issuer's government.
            issued: 成文日期.
            published: 公布日期.
            effective: 施行日期.
            expires: 失效日期.
            seen: Day on which the source was seen; today where it is left out.
            url: Where it was captured.
            same_document: It is a version of `id` although title and number differ.
            dry_run: Say what would be recorded, and record nothing.
            limits: Sizes beyond which a file is refused; None for the store's own.

        Raises:
            UsageError: if several files are given with what describes one document.
            UnreadableInputError: if a file is missing or holds no readable text.
            WriteConflictError: if the id belongs to a different document.
        """
        from policydiff.collection.intake import Given

        given = Given(
            id=id,
            title=title,
            document_number=document_number,
            issuing_bodies=issuing_bodies,
            jurisdiction=jurisdiction,
            level=level,
            issued=as_day(issued, "issued"),
            published=as_day(published, "published"),
            effective=as_day(effective, "effective"),
            expires=as_day(expires, "expires"),
            seen=as_day(seen, "seen"),
            url=url,
            same_document=same_document,
        )
        if len(files) > 1 and (given.id or given.title or given.document_number or given.issued or given.url):
            raise UsageError(
                "id, title, number, date of issue and address describe one document: add the files one by one, "
                "or import them with a manifest"
            )
        names, prepared = self._prepare(files, given, limits or limits_of(self.folder))
        outcomes = [None] * len(prepared) if dry_run else self.recorded.add_many(i.entry for i in prepared)
        return AddReport(files=tuple(map(_added, names, prepared, outcomes)))

    def _prepare(
        self, files: tuple[File, ...], given: "Given", limits: "Limits"
    ) -> "tuple[list[str | None], list[Intake]]":
        from policydiff.collection.index import Index
        from policydiff.collection.intake import prepare
        from policydiff.collection.placing import place

        names, prepared = [], []
        for file in files:
            data, name = _captured(file)
            names.append(str(file) if isinstance(file, str | os.PathLike) else name)
            prepared.append(
                prepare(data, name=name and Path(name).name, today=_today(), given=given, limits=limits)
            )
        with Index.open(self.recorded) as index:
            return names, list(place(index, prepared))

    def import_files(
        self,
        start: str | os.PathLike[str],
        *,
        limits: "Limits | None" = None,
        progress: "Callable[[int, int, ImportItem], None] | None" = None,
    ) -> "ImportSummary":
        """Record every file of a folder or of a `.jsonl` manifest; run again, it goes on where it stopped.

        Args:
            start: The folder or manifest.
            limits: Sizes beyond which a file is refused; None for the store's own.
            progress: Called after each file with files done, files in all, and what became of the last.

        Raises:
            UsageError: if it is neither, or a line of the manifest cannot be read.
        """
        from policydiff.collection.importing import import_files

        how = limits or limits_of(self.folder)
        return import_files(self.recorded, Path(start), today=_today(), progress=progress, limits=how)

    def export(
        self,
        folder: str | os.PathLike[str],
        form: Literal["jsonl", "csv", "akn", "git"] = "jsonl",
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[Path]:
        """Write all versions of all documents in a form that other programs read; return the files written.

        Args:
            folder: A new or empty folder.
            form: jsonl, csv (with a Frictionless datapackage), akn (Akoma Ntoso 3.0) or git (one file a document).
            progress: Called with the number of versions done.

        Raises:
            UsageError: if there is no such form, or the folder holds something already.
        """
        from policydiff.collection.exporting import ExportFormat, export

        names = [known.value for known in ExportFormat]
        if form not in names:
            raise UsageError(f"there is no export format {form!r}: use one of {', '.join(names)}")
        return export(self.recorded, Path(folder), ExportFormat(form), progress=progress)

    def correct(self, doc: str, text: str | None = None) -> str | None:
        """Record a text put right by hand; it never shows up as a change of the policy. Return the commit.

        Args:
            doc: `id@version` of the version whose text is put right.
            text: The right text; None for `text.txt` as edited in the store's folder.
        """
        identity, record = self.recorded.resolve(doc)
        return self.recorded.correct(identity.id, record.version, text)

    def meta(self, doc: str, **changes: object) -> bool:
        """Put right what is recorded of a document or a version, and say whether anything was recorded.

        Args:
            doc: `id`, or `id@version` for what belongs to a version.
            changes: title, document_number, issuing_bodies, jurisdiction, level, document_type of the document;
                issued, published, effective, expires, url of the version (None takes a date away).

        Raises:
            UsageError: if nothing is given, or a name is none of these.
        """
        from policydiff.collection.numbers import normal_number

        if not changes:
            raise UsageError(f"nothing to put right: say what is wrong, e.g. policydiff meta {doc} --title …")
        if changes.get("document_number"):
            changes["document_number"] = normal_number(str(changes["document_number"]))
        of_document = {name: value for name, value in changes.items() if name in _OF_DOCUMENT}
        of_version = {name: value for name, value in changes.items() if name not in _OF_DOCUMENT}
        identity, record = self.recorded.resolve(doc)
        commits = []
        if of_document:
            commits.append(self.recorded.meta(identity.model_copy(update=of_document)))
        if of_version:
            commits.append(self.recorded.meta_version(identity.id, record.version, **of_version))
        return any(commits)

    def reextract(
        self,
        *docs: str,
        replace_corrections: bool = False,
        limits: "Limits | None" = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> "Reread":
        """Read the captured bytes again with the extractors of this version; never a change of the policy.

        Args:
            docs: `id@version` of each; empty for every version of every document.
            replace_corrections: Also where the text was corrected by hand.
            limits: Sizes beyond which a file is refused; None for the store's own.
            progress: Called with versions done and versions in all.
        """
        from policydiff.extract import extract
        from policydiff.store import Reextraction

        how = limits or limits_of(self.folder)
        wanted = [self._named(doc) for doc in docs] or [
            (each.id, record.version)
            for each in self.recorded.documents()
            for record in self.recorded.versions(each.id)
        ]
        items = []
        for done, (document_id, version) in enumerate(wanted, 1):
            source = self.recorded.source(document_id, version)
            found = extract(source, name=f"{document_id}@{version}", limits=how)
            items.append(
                Reextraction(
                    id=document_id,
                    version=version,
                    text=found.text,
                    extractor=found.extractor,
                    extractor_version=found.extractor_version,
                    declared_title=found.title,
                    declared=found.metadata,
                    warnings=found.warnings,
                    replace_correction=replace_corrections,
                )
            )
            if progress is not None:
                progress(done, len(wanted))
        return Reread(versions=len(items), commit=self.recorded.reextract(items))

    def _named(self, doc: str) -> tuple[str, str]:
        identity, record = self.recorded.resolve(doc)
        return identity.id, record.version


class Reread(Value):
    """What reading captured bytes again gave."""

    versions: int
    """Number of versions read."""
    commit: str | None
    """The commit that records what differs, None where nothing does."""


_OF_DOCUMENT = frozenset(
    {"title", "document_number", "issuing_bodies", "jurisdiction", "level", "document_type"}
)
"""What `meta` puts right of the document; everything else belongs to a version."""


def _today() -> date:
    return date.today()  # noqa: DTZ011 (the user's own day, for a source that bears no date)


def _captured(file: File) -> tuple[bytes, str | None]:
    if not isinstance(file, str | os.PathLike):
        return read_stream(file)
    try:
        return Path(file).read_bytes(), Path(file).name
    except IsADirectoryError as error:
        raise UsageError(f"{file} is a folder: policydiff import {file} records every file of it") from error
    except OSError as error:
        if Path(file).is_dir():  # Windows answers "permission denied" for a folder
            raise UsageError(
                f"{file} is a folder: policydiff import {file} records every file of it"
            ) from error
        raise UnreadableInputError(f"cannot read {file}: {error.strerror or error}") from error


def _added(name: str | None, intake: "Intake", outcome: AddOutcome | None) -> AddedFile:
    identity, entry = intake.entry.identity, intake.entry
    remarks = [*intake.warnings, intake.placement, *(outcome.notes if outcome else ())]
    planned = entry.issued or entry.published
    return AddedFile(
        file=name,
        id=identity.id,
        version=outcome.version if outcome else str(planned or f"seen-{entry.seen}"),
        title=identity.title,
        document_number=identity.document_number,
        outcome=outcome,
        remarks=tuple(remark for remark in remarks if remark is not None),
    )
