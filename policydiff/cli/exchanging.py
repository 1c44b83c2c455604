"""Commands that bring much in, take it out, or put it right: import, export, correct, reextract."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policydiff.cli.options import ReadLimitOption, StoreOption
from policydiff.cli.output import counted, note, write
from policydiff.cli.progress import counting
from policydiff.errors import DoubtfulIdentityError, SourcesFailedError, UnreadableInputError

if TYPE_CHECKING:
    from policydiff.collection.importing import ImportItem


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("import")(import_documents)
    app.command("export")(export)
    app.command("correct")(correct)
    app.command("reextract")(reextract)


def import_documents(
    start: Annotated[Path, typer.Argument(metavar="FOLDER|MANIFEST", help="A folder, or a .jsonl manifest.")],
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            metavar="FILE",
            help='What doubtful files are, a line each: {"file": "a.docx", "version_of": "x/y"}, or "id" for a document of its own.',
        ),
    ] = None,
    read_limit: ReadLimitOption = None,
    store: StoreOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Record every file of a folder or a manifest; run again, it goes on where it stopped.

    A line of the manifest: {"file": "a.html", "id": "shanghai/x", "document_number": "…", "issued": "2021-11-29", "url": "…"}
    """
    from policydiff.cli.opening import limits_in_force, open_store
    from policydiff.collection.importing import import_files

    today = date.today()  # noqa: DTZ011 (the user's own day, for sources that bear no date)
    limits = limits_in_force(store, read_limit)
    with open_store(store) as opened, counting("import") as tick:

        def told(done: int, total: int, item: "ImportItem") -> None:
            tick(done, total)
            if item.error:
                note(f"{item.file}: {item.error}")
            for remark in item.outcome.notes if item.outcome else ():
                note(f"{item.file}: {remark}")

        summary = import_files(opened, start, today=today, progress=told, limits=limits, answers=answers)
    if json:
        write(summary.model_dump_json(indent=2) + "\n", None)
    else:
        write(
            f"{summary.added} added, {summary.unchanged} unchanged, {len(summary.refused)} refused, "
            f"{len(summary.failed)} unreadable, {len(summary.doubtful)} doubtful\n",
            None,
        )
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
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="jsonl, csv (with a Frictionless datapackage), akn (Akoma Ntoso 3.0) or git (plain, one file a document).",
        ),
    ] = "jsonl",
    store: StoreOption = None,
) -> None:
    """Write all versions of all documents in a form other programs read."""
    from policydiff.cli.opening import open_store
    from policydiff.collection.exporting import ExportFormat
    from policydiff.collection.exporting import export as export_store
    from policydiff.errors import UsageError

    names = [known.value for known in ExportFormat]
    if form not in names:
        raise UsageError(f"there is no export format {form!r}: use one of {', '.join(names)}")
    with open_store(store) as opened, counting("export") as tick:
        total = opened.status().versions
        files = export_store(opened, folder, ExportFormat(form), progress=lambda done: tick(done, total))
    written = "a git repository" if form == "git" else counted(len(files), "file")
    note(f"{written} in {folder}")


def correct(
    doc: Annotated[str, typer.Argument(metavar="ID@VERSION", help="The version whose text is put right.")],
    text: Annotated[
        Path | None,
        typer.Option(
            "--text",
            metavar="FILE",
            help="The right text; default: text.txt as edited in the store's folder.",
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Record a text put right by hand; it never shows up as a change of the policy."""
    from policydiff.cli.opening import open_store

    try:
        words = None if text is None else text.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"cannot read {text} as UTF-8 text: {error}") from error
    with open_store(store) as opened:
        identity, record = opened.resolve(doc)
        commit = opened.correct(identity.id, record.version, words)
    write(f"{identity.id}@{record.version} {'corrected' if commit else 'unchanged'}\n", None)


def reextract(
    docs: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID@VERSION…", help="Default: every version of every document."),
    ] = None,
    replace_corrections: Annotated[
        bool, typer.Option("--replace-corrections", help="Also where the text was corrected by hand.")
    ] = False,
    read_limit: ReadLimitOption = None,
    store: StoreOption = None,
) -> None:
    """Read the captured bytes again with the extractors of this version; never a change of the policy."""
    from policydiff.cli.opening import limits_in_force, open_store
    from policydiff.intake.rereading import reread

    limits = limits_in_force(store, read_limit)
    with open_store(store) as opened, counting("reextract") as tick:
        wanted = (
            [(identity.id, record.version) for identity, record in map(opened.resolve, docs)]
            if docs
            else [
                (each.id, record.version)
                for each in opened.documents()
                for record in opened.versions(each.id)
            ]
        )
        items, left_alone = reread(
            opened, wanted, limits=limits, replace_corrections=replace_corrections, progress=tick
        )
        commit = opened.reextract(items)
    for told in left_alone:
        note(told)
    write(
        f"{counted(len(items), 'version')} read again: {'recorded' if commit else 'nothing differs'}\n", None
    )
    if left_alone:
        raise SourcesFailedError(f"{counted(len(left_alone), 'version')} left as recorded, named above")
