"""Commands that write to a store: init, add."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policydiff.cli.grouping import grouped
from policydiff.cli.options import Description, ReadLimitOption, StoreOption
from policydiff.cli.output import note, write
from policydiff.errors import DoubtfulIdentityError, UnreadableInputError, UsageError

if TYPE_CHECKING:
    from policydiff.extract import Limits
    from policydiff.intake.versions import Given, Intake
    from policydiff.store import AddOutcome, Store


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("init")(init)
    app.command("add")(grouped(add))


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new store.")] = Path(),
    bare: Annotated[bool, typer.Option("--bare", help="A bare repository, for a server.")] = False,
) -> None:
    """Create a store: in the repository around the folder, or in a new one."""
    from policydiff.store import Store

    with Store.init(folder, bare=bare) as store:
        note(f"a store is ready in {store.folder}: record a document with policydiff add FILE")


def add(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="Files of any supported format; - reads standard input."),
    ],
    document_id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Id of the document; default: issuer, year and number."),
    ] = None,
    described: Description = Description(),
    issued: Annotated[str | None, typer.Option("--issued", metavar="DATE", help="成文日期.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar="DATE", help="公布日期.")] = None,
    effective: Annotated[str | None, typer.Option("--effective", metavar="DATE", help="施行日期.")] = None,
    expires: Annotated[str | None, typer.Option("--expires", metavar="DATE", help="失效日期.")] = None,
    seen: Annotated[
        str | None,
        typer.Option("--seen", metavar="DATE", help="Day on which the source was seen; default: today."),
    ] = None,
    same: Annotated[
        bool,
        typer.Option("--same-document", help="It is a version of --id although title and number differ."),
    ] = False,
    version_of: Annotated[
        str | None,
        typer.Option("--version-of", metavar="ID", help="It is a version of this document of the store."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be recorded, write nothing.")
    ] = False,
    read_limit: ReadLimitOption = None,
    store: StoreOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the outcomes as JSON.")] = False,
) -> None:
    """Record files as versions of documents; the same text again changes nothing.

    Title, number, issuer and dates are read from the text; what is given by an option goes before it.
    """
    from policydiff.cli.opening import limits_in_force, open_store, parse_day, parse_level, store_if_any
    from policydiff.intake.versions import Given

    given = Given(
        id=document_id,
        title=described.title,
        document_number=described.number,
        issuing_bodies=tuple(described.issuer or ()),
        jurisdiction=described.jurisdiction,
        level=parse_level(described.level),
        issued=parse_day(issued, "--issued"),
        published=parse_day(published, "--published"),
        effective=parse_day(effective, "--effective"),
        expires=parse_day(expires, "--expires"),
        url=described.source_url,
        seen=parse_day(seen, "--seen"),
        same_document=same,
        version_of=version_of,
    )
    if document_id is not None and version_of is not None:
        raise UsageError("--id names a document of its own, --version-of one of the store: give one of them")
    limits = limits_in_force(store, read_limit)
    if len(files) > 1:
        _refuse_shared(given)
    with store_if_any(store) if dry_run else open_store(store) as opened:
        prepared = _prepare(files, given, limits, opened)
        for file, intake in zip(files, prepared, strict=True):
            for remark in (*intake.warnings, intake.placement, intake.doubt if dry_run else None):
                if remark is not None:
                    note(f"{file}: {remark}")
            if dry_run:
                _describe(file, intake)
        if dry_run or opened is None:
            return
        _refuse_doubtful(files, prepared)
        outcomes = opened.add_many([intake.entry for intake in prepared])
    if json:
        body = ",\n".join(outcome.model_dump_json() for outcome in outcomes)
        write(f"[{body}]\n", None)
        return
    for file, outcome in zip(files, outcomes, strict=True):
        _report(file, outcome)


def _refuse_doubtful(files: list[str], prepared: "list[Intake]") -> None:
    doubts = [f"{file}: {each.doubt}" for file, each in zip(files, prepared, strict=True) if each.doubt]
    if doubts:
        raise DoubtfulIdentityError(f"nothing was recorded: {'; '.join(doubts)}")


def _refuse_shared(given: "Given") -> None:
    if given.id or given.version_of or given.title or given.document_number or given.issued or given.url:
        raise UsageError(
            "--id, --version-of, --title, --number, --issued and --source-url describe one document: add the files one by one, or use "
            "policydiff import with a manifest"
        )


def _prepare(files: list[str], given: "Given", limits: "Limits", store: "Store | None") -> "list[Intake]":
    from policydiff.collection.index import Index
    from policydiff.intake.placing import place
    from policydiff.intake.versions import prepare

    today = date.today()  # noqa: DTZ011 (the user's own day, for a source that bears no date)
    prepared = []
    for file in files:
        data, name = _read(file)
        prepared.append(prepare(data, name=name, today=today, given=given, limits=limits))
    if store is None:
        return prepared
    if given.version_of is not None:
        store.identity(given.version_of)  # says so where there is no such document
    with Index.open(store) as index:
        return list(place(index, prepared))


def _read(file: str) -> tuple[bytes, str | None]:
    if file == "-":
        return sys.stdin.buffer.read(), None
    try:
        return Path(file).read_bytes(), Path(file).name
    except IsADirectoryError as error:
        raise UsageError(f"{file} is a folder: policydiff import {file} records every file of it") from error
    except OSError as error:
        raise UnreadableInputError(f"cannot read {file}: {error.strerror or error}") from error


def _describe(file: str, intake: "Intake") -> None:
    identity, entry = intake.entry.identity, intake.entry
    when = entry.issued or entry.published or f"seen-{entry.seen}"
    number = f"  {identity.document_number}" if identity.document_number else ""
    write(f"{file}: {identity.id}@{when}  {identity.title}{number}\n", None)


def _report(file: str, outcome: "AddOutcome") -> None:
    write(f"{file}: {outcome.id}@{outcome.version} {outcome.status.value}\n", None)
    for remark in outcome.notes:
        note(f"{file}: {remark}")
