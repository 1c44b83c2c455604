"""Commands that ask a store: list, log, search, blame, status, verify; what is in force: validity, radar, delegations; where wording came from and went: sources, reuse, spread, families."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from policydiff.cli.options import (
    DocumentTypeOption,
    EverythingOption,
    Input,
    LevelOption,
    Place,
    StoreOption,
    given_documents,
    open_store,
)
from policydiff.cli.output import Output, counting, emit, note
from policydiff.errors import DamagedStoreError, UsageError


def list_documents(place: Place = Place(), output: Output = Output()) -> None:
    """List the documents of the store, each with its newest version."""
    with open_store(place.store) as store:
        listed = store.documents(as_of=place.as_of)
        emit(listed, output)
    if place.as_of is None and any(each.newest is not None and each.validity is None for each in listed):
        note("validity is not told: texts of the store are still unread, and policydiff validity reads them")


def log(
    doc: Annotated[
        str | None, typer.Argument(metavar="ID", help="Id of a document; with --audit it may be left out.")
    ] = None,
    place: Place = Place(),
    changes: Annotated[
        bool,
        typer.Option("--changes", help="Compare each version with its predecessor; count the changes."),
    ] = False,
    audit: Annotated[
        bool,
        typer.Option("--audit", help="Show all records by time, corrections and repeated readings included."),
    ] = False,
    output: Output = Output(),
) -> None:
    """List the versions of a document by date; with --changes, the changes in each version."""
    with open_store(place.store) as store:
        if audit:
            emit(store.audit(doc), output)
        elif doc is None:
            raise UsageError("name a document, or give --audit for what was recorded in the whole store")
        else:
            emit(store.log(doc, changes=changes, as_of=place.as_of), output)


def search(
    query: Annotated[
        list[str],
        typer.Argument(metavar="WORDS…", help='Words, all in one clause; quote a phrase: "健康 服务".'),
    ],
    jurisdiction: Annotated[
        str | None,
        typer.Option("--jurisdiction", metavar="CODE", help="GB/T 2260 code; a province holds its cities."),
    ] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Part of an issuing body's name.")] = None,
    level: LevelOption = None,
    document_type: DocumentTypeOption = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Newest version not before this day.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Newest version not after this day.")
    ] = None,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Search superseded versions too.")
    ] = False,
    in_force: Annotated[
        bool, typer.Option("--in-force", help="Only documents that are in force today.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Greatest number of hits.")] = 20,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Find the clauses that contain all the words, the best matches first."""
    with open_store(store) as opened:
        found = opened.search(
            query,
            jurisdiction=jurisdiction,
            issuer=issuer,
            level=level,
            document_type=document_type,
            since=since,
            until=until,
            all_versions=all_versions,
            in_force=in_force,
            limit=limit,
        )
    emit(found, output)


def blame(
    doc: Annotated[str, typer.Argument(metavar="ID", help="Id of a document in the store, or id@date.")],
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Show for each clause the version that last changed its words."""
    with open_store(store) as opened:
        emit(opened.blame(doc), output)


def status(store: StoreOption = None, output: Output = Output()) -> None:
    """Show the state of the store, and the local documents whose superior has a newer version."""
    with open_store(store) as opened:
        standing = opened.status()
    for each in standing.alike:
        note(f"{', '.join(each.ids)} look like one document: {each.reason}")
    for part in standing.fused:
        note(
            f"{part.id} holds versions of another document ({', '.join(part.versions)}): {part.reason}; "
            f"{part.command} parts them"
        )
    emit(standing, output)


def verify(
    signed_by: Annotated[
        list[str] | None,
        typer.Option(
            "--signed-by", metavar="KEY", help="Each commit must be signed by a key given; may be repeated."
        ),
    ] = None,
    anchor: Annotated[
        str | None,
        typer.Option(
            "--anchor",
            metavar="COMMIT",
            help="The whole id of a commit known to be good, a signed tag, or a time stamp (FILE.tsr), that must be part "
            "of the history.",
        ),
    ] = None,
    authority: Annotated[
        Path | None,
        typer.Option(
            "--authority",
            metavar="FILE",
            help="Certificates of the authorities whose time stamps are believed (PEM).",
        ),
    ] = None,
    incomplete_ok: Annotated[
        bool,
        typer.Option(
            "--incomplete-ok", help="Accept a shallow, partial or grafted clone: it cannot be checked whole."
        ),
    ] = False,
    extract: Annotated[
        bool,
        typer.Option(
            "--extract",
            help="Also read every captured file again: a text that differs from the new reading was changed.",
        ),
    ] = False,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Hash every source and text again, check the history, and list each fault; exits 12 if there is a fault."""
    from policydiff.model.base import counted

    with open_store(store) as opened, counting("verify") as tick:
        found = opened.verify(
            signed_by=tuple(signed_by or ()),
            anchor=anchor,
            authority=authority,
            incomplete_ok=incomplete_ok,
            extract=extract,
            progress=tick,
        )
    emit(found, output)
    if found.faults:
        raise DamagedStoreError(f"{counted(len(found), 'fault')} in the store {found.folder}, named above")


OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="Day for which the answer holds; default: today.")
]


def validity(
    doc: Annotated[str | None, typer.Argument(metavar="ID", help="Only this document; default: all.")] = None,
    on: OnOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """List for each document whether it is in force on a day, and the document and sentence that decide it."""
    with open_store(store) as opened:
        emit(opened.validity(doc, on=on), output)


def radar(
    basis: Annotated[
        str | None,
        typer.Option(
            "--basis", metavar="ID", help="Only documents based on this one, or on texts that it ended."
        ),
    ] = None,
    on: OnOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """List the local documents whose basis was revised, repealed or replaced since, the most affected first."""
    with open_store(store) as opened:
        emit(opened.radar(on=on, basis=basis), output)


def delegations(
    doc: Annotated[
        str | None, typer.Argument(metavar="ID", help="Only orders of this document; default: all documents.")
    ] = None,
    on: OnOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """List the orders to another body to make rules, the documents that carry them out, and the delay."""
    with open_store(store) as opened:
        emit(opened.delegations(doc, on=on), output)


Top = Annotated[int, typer.Option("--top", min=1, max=50, help="Greatest number of documents compared.")]


def sources(
    doc: Annotated[str, typer.Argument(metavar="DOC", help="A file, -, an id in the store, or id@date.")],
    level: Annotated[
        Literal["higher", "any"],
        typer.Option("--level", help="Documents of a higher level only, or of any level."),
    ] = "higher",
    top: Top = 4,
    everything: EverythingOption = False,
    given: Input = Input(),
    output: Output = Output(),
) -> None:
    """Find the documents of the store from which a document took sentences, and the sentences without a source.

    Example: policydiff sources district.docx -o sources.html
    """
    with given.found([doc], needed=True) as found:
        store = found.pop("store")
        (own,) = given_documents([doc])
        result = store.sources_of(own, level=level, top=top, **found)
    emit(result, output, everything=everything)


def reuse(
    doc: Annotated[
        str | None, typer.Argument(metavar="DOC", help="A file, -, an id in the store, or id@date.")
    ] = None,
    clause: Annotated[
        str | None, typer.Option("--of", metavar="CLAUSE", help="Only the measure with this id.")
    ] = None,
    top: Top = 8,
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Without DOC: search the whole store; needs pip install 'policydiff\\[scale]'. With DOC: also list in full"
            " the measures that no document took.",
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for the tables of --all.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=256, help="Number of processes for --all.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Address of the Dask scheduler for --all."),
    ] = None,
    given: Input = Input(),
    output: Output = Output(),
) -> None:
    """Show, for each measure of a document, the later documents of the store that took it over.

    With --all: find all pairs of sentences of the store that are the same or nearly so, and the pairs and families of
    documents that share them, and write them as Parquet tables; an interrupted run continues where it stopped.
    """
    if everything and doc is None:
        if out is None or clause is not None or given.as_of is not None:
            raise UsageError("--all goes with --out DIR, and with no document, clause or day")
        with open_store(given.store) as opened, counting("tasks") as tick:
            run = opened.reuse_all(out, workers=workers, scheduler=scheduler, progress=tick)
        emit(run, output, everything=False)
        return
    if doc is None or out is not None or workers is not None or scheduler is not None:
        raise UsageError("name a document, or --all with --out DIR")
    with given.found([doc], needed=True) as found:
        store = found.pop("store")
        (own,) = given_documents([doc])
        result = store.taken_from(own, clause=clause, top=top, **found)
    emit(result, output, everything=everything)


def spread(
    words: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|DOC#CLAUSE", help="The words of a clause, or a document and the id of its clause."
        ),
    ],
    store: StoreOption = None,
    everything: EverythingOption = False,
    output: Output = Output(),
) -> None:
    """List by date the documents of the store that contain a clause, and how its wording changed between them.

    A document is listed if it shares with the clause a run of seven characters or more, 15 % of the clause's runs, and half of
    its words or more; freer rewordings are not searched. Common formulas are marked as such and not traced.

    Example: policydiff spread city/rules#art_3 -o spread.html
    """
    with open_store(store) as opened:
        result = opened.spread(words)
    emit(result, output, everything=everything)


def families(
    least: Annotated[int, typer.Option("--least", min=2, help="Fewest documents of a family.")] = 2,
    store: StoreOption = None,
    everything: EverythingOption = False,
    output: Output = Output(),
) -> None:
    """List the documents of the store that share a template, and the text that they have in common."""
    with open_store(store) as opened:
        result = opened.families(least=least)
    emit(result, output, everything=everything)
