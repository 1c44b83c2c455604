"""The writing part of the public `Store`: add, import, export, and corrections of recorded texts and data."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Literal, TypedDict, Unpack

from policydiff.api.arguments import Day, as_day
from policydiff.api.opened_store import OpenedStore
from policydiff.api.opening import captured, limits_of
from policydiff.errors import DoubtfulIdentityError, NotFoundError, UsageError
from policydiff.model import ValidityRuling, Value, VersionHead
from policydiff.model.base import Record, Result, cells, published
from policydiff.platforms import local_day
from policydiff.store import AddOutcome, Store as RecordedStore

if TYPE_CHECKING:
    from policydiff.collection.importing import ImportItem, ImportSummary
    from policydiff.extract import Limits
    from policydiff.intake.versions import Given, Intake
    from policydiff.model import Level


class Reread(Value):
    """Outcome of reading captured bytes again."""

    versions: int
    """Number of versions read."""
    commit: str | None
    """The commit that records the changed texts; None if no text changed."""
    left_alone: tuple[str, ...] = ()
    """One sentence for each version that was not reread, with the reason."""


_OF_DOCUMENT = frozenset(
    {"title", "document_number", "issuing_bodies", "jurisdiction", "level", "document_type", "ruling"}
)
"""Facts that `meta` corrects for the document; all other facts belong to a version."""

File = str | os.PathLike[str] | BinaryIO
"""A file to be recorded: its path, or a file opened in binary mode."""


class Described(TypedDict, total=False):
    """Facts given by a caller about a file, in place of the facts read from its text."""

    id: str | None
    title: str
    document_number: str
    issuing_bodies: tuple[str, ...]
    jurisdiction: str
    level: "Level"
    issued: Day | None
    published: Day | None
    effective: Day | None
    expires: Day | None
    seen: Day | None
    url: str
    same_document: bool
    version_of: str | None


class AddedFile(Value):
    """Outcome of recording a file; of a dry run, the outcome it would have."""

    file: str | None
    """The file as the user named it; None for an open file without a name."""
    id: str
    """Id of the document of which the file is a version."""
    version: str
    """Name of the version: its date, or `seen-` and the day on which it was seen."""
    title: str
    """Title of the document."""
    document_number: str | None
    """发文字号; None without a number."""
    outcome: AddOutcome | None
    """The record made; None in a dry run."""
    remarks: tuple[str, ...]
    """Doubts about the text, and the document under which it was recorded if the caller named another."""


class AddReport(Result[AddedFile]):
    """Outcome of each file to be recorded."""

    schema_id: Literal["policydiff/add/1"] = published("policydiff/add/1")
    files: tuple[AddedFile, ...]
    """One entry for each file, in the order given."""

    _list: ClassVar[str] = "files"

    def _record(self, item: AddedFile) -> Record:
        status = item.outcome.status.value if item.outcome else "dry run"
        return {**cells(item, "file document=id version title"), "status": status}


class RecordingStore(OpenedStore):
    """The verbs that write to a store; a correction is never recorded as a change of the policy."""

    def add(
        self,
        *files: File,
        dry_run: bool = False,
        limits: "Limits | None" = None,
        **described: Unpack[Described],
    ) -> AddReport:
        """Record files as versions of documents, in one commit; the same text again changes nothing.

        Title, number, issuer and dates are read from the text; facts given here take precedence.

        Args:
            files: The files.
            dry_run: Say what would be recorded, and record nothing.
            limits: Sizes beyond which a file is refused; None for the store's own.
            described: id (by default made of issuer, year and number), title, document_number, issuing_bodies,
                jurisdiction (GB/T 2260 code), level, issued, published, effective, expires, seen (the day on which
                the source was seen, by default today), url, same_document (it is a version of `id` although title
                and number differ), version_of (id of the document of the store that it is a version of).

        Raises:
            UsageError: if several files are given with facts of a single document, or a name is none of these.
            UnreadableInputError: if a file is missing or holds no readable text.
            WriteConflictError: if the id belongs to a different document.
            DoubtfulIdentityError: if the rules of identity cannot say which document a file is; nothing is recorded.
        """
        names, prepared = _prepare(files, described, limits or limits_of(self.folder))
        placed = _placed(self.recorded, prepared)
        if dry_run:
            return _report(names, placed, [None] * len(placed))
        doubts = [(name, each) for name, each in zip(names, placed, strict=True) if each.doubt is not None]
        if doubts:
            told = "; ".join(f"{name or 'the text'}: {each.doubt}" for name, each in doubts)
            raise DoubtfulIdentityError(f"nothing was recorded: {told}")
        return _report(names, placed, self.recorded.add_many(intake.entry for intake in placed))

    def import_files(
        self,
        start: str | os.PathLike[str],
        *,
        answers: str | os.PathLike[str] | None = None,
        limits: "Limits | None" = None,
        progress: "Callable[[int, int, ImportItem], None] | None" = None,
    ) -> "ImportSummary":
        """Record every file of a folder or of a `.jsonl` manifest; run again, it goes on where it stopped.

        Args:
            start: The folder or manifest.
            answers: File with a person's answers on doubtful files: a JSON object a line, with `file` and either
                `version_of` or `id`.
            limits: Sizes beyond which a file is refused; None for the store's own.
            progress: Called after each file with files done, files in all, and the outcome of the last file.

        Raises:
            UsageError: if `start` is neither a folder nor a manifest, or a line of the manifest cannot be read.
        """
        from policydiff.collection.importing import import_files

        return import_files(
            self.recorded,
            Path(start),
            today=local_day(),
            progress=progress,
            limits=limits or limits_of(self.folder),
            answers=None if answers is None else Path(answers),
        )

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

        if form not in (names := list(map(str, ExportFormat))):
            raise UsageError(f"there is no export format {form!r}: use one of {', '.join(names)}")
        return export(self.recorded, Path(folder), ExportFormat(form), progress=progress)

    def correct(self, doc: str, text: str | None = None) -> str | None:
        """Record a text corrected by hand, which is never a change of the policy; return the commit.

        Args:
            doc: `id@version` of the version whose text is put right.
            text: The right text; None for `text.txt` as edited in the store's folder.
        """
        return self.recorded.correct(*self._named(doc), text)

    def meta(self, doc: str, **changes: object) -> bool:
        """Correct the recorded facts of a document or a version; return whether anything was recorded.

        Args:
            doc: `id`, or `id@version` for facts of a version.
            changes: title, document_number, issuing_bodies of the document with all its versions or, for `id@version`,
                of this version alone; jurisdiction, level, document_type of the document; issued, published,
                effective, expires, url of the version (None takes a date away); `ruling`, a `ValidityRuling` by which
                a person overrules the texts on validity (None withdraws the ruling).

        Raises:
            UsageError: if nothing is given, or a name is none of these.
        """
        from policydiff.lexicon.document_numbers import DocumentNumber

        if not changes:
            raise UsageError(f"nothing to put right: say what is wrong, e.g. policydiff meta {doc} --title …")
        if changes.get("document_number"):
            changes["document_number"] = DocumentNumber.normal(str(changes["document_number"]))
        ruling = changes.get("ruling")
        if ruling is not None and not isinstance(ruling, ValidityRuling):
            changes["ruling"] = ValidityRuling.model_validate(ruling)
        identity, record = self.recorded.resolve(self.meant(doc))
        of_head = {name for name in changes if "@" in doc and name in VersionHead.model_fields}
        of_document = {name: changes[name] for name in changes if name in _OF_DOCUMENT - of_head}
        of_version = {name: changes[name] for name in changes if name not in _OF_DOCUMENT}
        if of_head:
            own = {**dict(record.head_in(identity)), **{name: changes[name] for name in of_head}}
            of_version["head"] = VersionHead.model_validate(own).beside(identity)
        commits = []
        if of_document:
            commits.append(
                self.recorded.meta(identity.model_copy(update=of_document), right=of_document.keys())
            )
        if of_version:
            commits.append(self.recorded.meta_version(identity.id, record.version, **of_version))
        return any(commits)

    def separate(self, doc: str, *versions: str, to: str) -> str:
        """Give versions that were taken for those of another document to a document of their own; return its id.

        They are recorded under the new id and marked under the old one; nothing recorded moves, changes or is lost.

        Args:
            doc: Id of the document they were recorded under.
            versions: Names of the versions.
            to: Id of the new document.

        Raises:
            UsageError: if the new id is taken, or no version would be left.
            NotFoundError: if there is no such document or version.
        """
        from policydiff.intake import recorded_document
        from policydiff.intake.versions import Given, identify

        if not versions:
            raise UsageError(f"name the versions that are no versions of {doc}")
        identity, newest = self.recorded.resolve(f"{doc}@{versions[-1]}")
        document = recorded_document(self.recorded.text(identity.id, newest.version), newest)
        own = identify(document, Given(id=to), fallback=identity.title)
        self.recorded.separate(identity.id, versions, own)
        return own.id

    def reextract(
        self,
        *docs: str,
        replace_corrections: bool = False,
        limits: "Limits | None" = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Reread:
        """Read the captured bytes again with the extractors of this version; never a change of the policy.

        Args:
            docs: `id@version` of each; empty for every version of every document.
            replace_corrections: Also where the text was corrected by hand.
            limits: Sizes beyond which a file is refused; None for the store's own.
            progress: Called with versions done and versions in all.
        """
        from policydiff.intake.versions import reread

        store = self.recorded
        wanted = [self._named(doc) for doc in docs] or [
            (each.id, record.version) for each in store.documents() for record in store.versions(each.id)
        ]
        items, left_alone = reread(
            self.recorded,
            wanted,
            limits=limits or limits_of(self.folder),
            replace_corrections=replace_corrections,
            progress=progress,
        )
        return Reread(versions=len(items), commit=self.recorded.reextract(items), left_alone=left_alone)

    def _named(self, doc: str) -> tuple[str, str]:
        identity, record = self.recorded.resolve(self.meant(doc))
        return identity.id, record.version


def describe_files(
    *files: File,
    store: str | os.PathLike[str] | None = None,
    limits: "Limits | None" = None,
    **described: Unpack[Described],
) -> AddReport:
    """Return the outcome that `Store.add` would have; without a store no document counts as known.

    Args:
        files: The files.
        store: Folder of the store; None for the nearest one upward, if any.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        described: As for `Store.add`.
    """
    from policydiff.extract import DEFAULT_LIMITS

    names, prepared = _prepare(files, described, limits or DEFAULT_LIMITS)
    try:
        found = RecordedStore.discover() if store is None else RecordedStore.open(Path(store))
    except NotFoundError:
        if store is not None:
            raise
        return _report(names, prepared, [None] * len(prepared))
    with found:
        return _report(names, _placed(found, prepared), [None] * len(prepared))


def _prepare(
    files: Sequence[File], described: Described, limits: "Limits"
) -> "tuple[list[str | None], list[Intake]]":
    from policydiff.intake.versions import prepare

    given = _given(described)
    of_one = ("id", "version_of", "title", "document_number", "issued", "url")
    if len(files) > 1 and any(getattr(given, name) for name in of_one):
        raise UsageError(
            "id, title, number, date of issue and address describe one document: add the files one by one, "
            "or import them with a manifest"
        )
    held = [captured(file) for file in files]
    prepared = [
        prepare(data, name=name and Path(name).name, today=local_day(), given=given, limits=limits)
        for data, name in held
    ]
    return [name for _, name in held], prepared


def _given(described: Described) -> "Given":
    from policydiff.intake.versions import Given

    said: dict[str, object] = dict(described)
    unknown = sorted(said.keys() - Given.model_fields.keys())
    if unknown:
        raise UsageError(f"nothing called {unknown[0]!r} can be said of a file")
    days = ("issued", "published", "effective", "expires", "seen")
    said |= {name: as_day(said[name], name) for name in days if name in said}  # type: ignore[arg-type]
    given = Given.model_validate(said)
    if given.id and given.version_of and given.id != given.version_of:
        raise UsageError("a text has an id of its own or is a version of a document of the store, not both")
    return given


def _placed(store: RecordedStore, prepared: "list[Intake]") -> "list[Intake]":
    from policydiff.collection.index import Index
    from policydiff.intake.placing import place

    for intake in prepared:
        if intake.version_of is not None:
            store.identity(intake.version_of)  # says so where there is no such document
    with Index.open(store) as index:
        return list(place(index, prepared))


def _report(
    names: Sequence[str | None], prepared: "Sequence[Intake]", outcomes: Sequence[AddOutcome | None]
) -> AddReport:
    return AddReport(files=tuple(map(_added, names, prepared, outcomes)))


def _added(name: str | None, intake: "Intake", outcome: AddOutcome | None) -> AddedFile:
    identity, entry = intake.entry.identity, intake.entry
    remarks = [*intake.warnings, intake.placement, intake.doubt, *(outcome.notes if outcome else ())]
    return AddedFile(
        file=name,
        id=identity.id,
        version=outcome.version if outcome else str(entry.issued or entry.published or f"seen-{entry.seen}"),
        title=identity.title,
        document_number=identity.document_number,
        outcome=outcome,
        remarks=tuple(remark for remark in remarks if remark is not None),
    )
