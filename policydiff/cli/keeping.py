"""Commands that write to a store or export from it: init, add, import, export, correct, meta, separate, reextract."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from policydiff.cli.options import (
    STDIN,
    Dates,
    Description,
    DocumentTypeOption,
    ReadLimitOption,
    Ruling,
    StoreOption,
    argument,
    limits_in_force,
    open_store,
    option,
    words_of,
)
from policydiff.cli.output import Output, counting, emit, note, tell_result
from policydiff.errors import DoubtfulIdentityError, SourcesFailedError

if TYPE_CHECKING:
    from policydiff.collection.importing import ImportItem


def init(
    folder: Annotated[Path, argument("DIR", "The folder of the new store.")] = Path(),
    bare: Annotated[bool, option("--bare", "A bare repository, for a server.")] = False,
) -> None:
    """Create a store in the git repository around the folder, or in a new repository."""
    from policydiff import Store

    with Store.init(folder, bare=bare) as store:
        note(f"a store is ready in {store.folder}: record a document with policydiff add FILE")


def add(
    files: Annotated[list[str], argument("FILE…", "Files of any supported format; - reads standard input.")],
    document_id: Annotated[
        str | None, option("--id", "Id of the document; default: issuer, year and number.", "ID")
    ] = None,
    described: Description = Description(),
    dates: Dates = Dates(),
    seen: Annotated[
        str | None, option("--seen", "Day on which the file was captured; default: today.", "DATE")
    ] = None,
    same: Annotated[
        bool, option("--same-document", "Record under --id although title and number differ.")
    ] = False,
    version_of: Annotated[
        str | None, option("--version-of", "Record as a version of this document of the store.", "ID")
    ] = None,
    dry_run: Annotated[
        bool, option("--dry-run", "Show the records that would be made, and write nothing.")
    ] = False,
    read_limit: ReadLimitOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Record files as versions of documents; a text that is recorded already adds no version.

    Title, number, issuer and dates are read from the text; options override them.
    """
    from policydiff.api.recording import describe_files

    limits = limits_in_force(store, read_limit)
    said: Any = {"id": document_id, "seen": seen, "same_document": same, "version_of": version_of}
    said |= {**described.fields(), **dates.days()}
    sources = [sys.stdin.buffer if file == STDIN else file for file in files]
    if dry_run:
        found = describe_files(*sources, store=store, limits=limits, **said)
    else:
        with open_store(store) as opened:
            found = opened.add(*sources, limits=limits, **said)
    for each in found:
        for remark in each.remarks:
            note(f"{each.file}: {remark}")
    emit(found, output)


def import_documents(
    start: Annotated[Path, argument("FOLDER|MANIFEST", "A folder, or a .jsonl manifest.")],
    answers: Annotated[
        Path | None,
        option(
            "--answers",
            'Decisions on doubtful files, a line each: {"file": "a.docx", "version_of": "x/y"}, or "id" for a document of its own.',
            "FILE",
        ),
    ] = None,
    read_limit: ReadLimitOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Record every policy of a folder, or every file of a manifest; run again, it goes on where it stopped.

    Files of a folder that are no policies (README, tables of data, programs) are named and left out: add records them.

    A line of the manifest: {"file": "a.html", "id": "shanghai/x", "document_number": "…", "issued": "2021-11-29", "url": "…"}
    """
    from policydiff.model.base import counted

    limits = limits_in_force(store, read_limit)
    with open_store(store) as opened, counting("import") as tick:

        def told(done: int, total: int, item: "ImportItem") -> None:
            tick(done, total)
            for remark in (item.error, item.left_out, *(item.outcome.notes if item.outcome else ())):
                if remark:
                    note(f"{item.file}: {remark}")

        summary = opened.import_files(start, answers=answers, limits=limits, progress=told)
    emit(summary, output)
    if summary.doubtful:
        raise DoubtfulIdentityError(
            f"{counted(len(summary.doubtful), 'file')} not recorded, which may be versions of documents that are there: "
            "answer for them in a file and run the import again with --answers FILE"
        )
    if summary.refused or summary.failed:
        raise SourcesFailedError(
            f"{counted(len(summary.refused) + len(summary.failed), 'file')} not recorded, the others are: "
            "put right what is named above and run the import again"
        )


def export(
    folder: Annotated[Path, argument("DIR", "A new or empty folder.")],
    form: Annotated[
        Literal["jsonl", "csv", "akn", "git"],
        option(
            "--format -f",
            "jsonl, csv (with a Frictionless datapackage), akn (Akoma Ntoso 3.0) or git (a repository with one file per document).",
        ),
    ] = "jsonl",
    store: StoreOption = None,
) -> None:
    """Write all versions of all documents in a format that other programs read."""
    from policydiff.model.base import counted

    with open_store(store) as opened, counting("export") as tick:
        total = opened.recorded.status().versions
        files = opened.export(folder, form, progress=lambda done: tick(done, total))
    written = "a git repository" if form == "git" else counted(len(files), "file")
    note(f"{written} in {folder}")


def correct(
    doc: Annotated[str, argument("ID@VERSION", "The version whose text is corrected.")],
    text: Annotated[
        Path | None,
        option(
            "--text",
            "File with the corrected text; - reads standard input; default: text.txt as edited in the store's folder.",
            "FILE",
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Record a text corrected by hand; a correction never counts as a change of the policy."""
    words = None if text is None else words_of(str(text))
    with open_store(store) as opened:
        changed = opened.correct(doc, words)
        name = opened.name(doc)
    tell_result(f"{name} corrected" if changed else f"{name} unchanged")


def meta(
    doc: Annotated[str, argument("ID[@VERSION]", "The document, or one version of it.")],
    described: Description = Description(),
    document_type: DocumentTypeOption = None,
    dates: Dates = Dates(),
    ruling: Ruling = Ruling(),
    store: StoreOption = None,
) -> None:
    """Correct the recorded title, number, issuer or dates; never counts as a change of the policy.

    Title, number and issuer are corrected for all versions, with ID@VERSION for this version alone; dates belong to one
    version. The value none removes a date. The version keeps its name.
    """
    changes = {**described.fields(), **dates.days()}
    if document_type:
        changes["document_type"] = document_type
    changes |= ruling.change()
    with open_store(store) as opened:
        changed = opened.meta(doc, **changes)
        name = opened.name(doc)
    tell_result(f"{name} described anew" if changed else f"{name} unchanged")


def separate(
    doc: Annotated[str, argument("ID", "The document that holds the versions now.")],
    versions: Annotated[list[str], argument("VERSION…", "The versions that belong to another document.")],
    to: Annotated[str, option("--to", "Id of the receiving document.", "NEW_ID")],
    store: StoreOption = None,
) -> None:
    """Move versions recorded under the wrong document to a document of their own; the history keeps both records."""
    with open_store(store) as opened:
        new = opened.separate(doc, *versions, to=to)
    tell_result(f"{', '.join(versions)} separated from {doc} as {new}")


def reextract(
    docs: Annotated[
        list[str] | None, argument("ID@VERSION…", "Versions to read again; default: all versions.")
    ] = None,
    replace_corrections: Annotated[
        bool, option("--replace-corrections", "Also replace texts that were corrected by hand.")
    ] = False,
    read_limit: ReadLimitOption = None,
    store: StoreOption = None,
) -> None:
    """Read captured files again with the readers of this policydiff; never counts as a change of the policy."""
    from policydiff.model.base import counted

    limits = limits_in_force(store, read_limit)
    with open_store(store) as opened, counting("reextract") as tick:
        found = opened.reextract(
            *(docs or ()), replace_corrections=replace_corrections, limits=limits, progress=tick
        )
    for told in found.left_alone:
        note(told)
    number = counted(found.versions, "version")
    tell_result(f"{number} read again: recorded" if found.commit else f"{number} read again: nothing differs")
    if found.left_alone:
        raise SourcesFailedError(f"{counted(len(found.left_alone), 'version')} left as recorded, named above")
