"""Commands that ask a store: documents (list, log, search, blame, status, verify), legal force (validity, radar, delegations), shared wording."""

from pathlib import Path
from typing import Annotated, Literal

from policydiff.cli.options import (
    DocumentTypeOption,
    EverythingOption,
    Input,
    LevelOption,
    Place,
    StoreOption,
    argument,
    given_documents,
    open_store,
    option,
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
    doc: Annotated[str | None, argument("ID", "Id of a document; with --audit it may be left out.")] = None,
    place: Place = Place(),
    changes: Annotated[
        bool, option("--changes", "Compare each version with its predecessor; count the changes.")
    ] = False,
    audit: Annotated[
        bool, option("--audit", "Show all records by time, corrections and repeated readings included.")
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
    query: Annotated[list[str], argument("WORDS…", 'Words, all in one clause; quote a phrase: "健康 服务".')],
    jurisdiction: Annotated[
        str | None, option("--jurisdiction", "GB/T 2260 code; a province holds its cities.", "CODE")
    ] = None,
    issuer: Annotated[str | None, option("--issuer", "Part of an issuing body's name.")] = None,
    level: LevelOption = None,
    document_type: DocumentTypeOption = None,
    since: Annotated[str | None, option("--since", "Newest version not before this day.", "DATE")] = None,
    until: Annotated[str | None, option("--until", "Newest version not after this day.", "DATE")] = None,
    all_versions: Annotated[bool, option("--all-versions", "Search superseded versions too.")] = False,
    in_force: Annotated[bool, option("--in-force", "Only documents that are in force today.")] = False,
    limit: Annotated[int, option("--limit", "Greatest number of hits.", min=1, max=10_000)] = 20,
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
    doc: Annotated[str, argument("ID", "Id of a document in the store, or id@date.")],
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
        option("--signed-by", "Each commit must be signed by a key given; may be repeated.", "KEY"),
    ] = None,
    anchor: Annotated[
        str | None,
        option(
            "--anchor",
            (
                "The whole id of a commit known to be good, a signed tag, or a time stamp (FILE.tsr), that must be part "
                "of the history."
            ),
            "COMMIT",
        ),
    ] = None,
    authority: Annotated[
        Path | None,
        option(
            "--authority", "Certificates of the authorities whose time stamps are believed (PEM).", "FILE"
        ),
    ] = None,
    incomplete_ok: Annotated[
        bool,
        option("--incomplete-ok", "Accept a shallow, partial or grafted clone: it cannot be checked whole."),
    ] = False,
    extract: Annotated[
        bool,
        option(
            "--extract",
            "Also read every captured file again: a text that differs from the new reading was changed.",
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


OnOption = Annotated[str | None, option("--on", "Day for which the answer holds; default: today.", "DATE")]


def validity(
    doc: Annotated[str | None, argument("ID", "Only this document; default: all.")] = None,
    on: OnOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """List for each document whether it is in force on a day, and the document and sentence that decide it."""
    with open_store(store) as opened:
        emit(opened.validity(doc, on=on), output)


def radar(
    basis: Annotated[
        str | None, option("--basis", "Only documents based on this one, or on texts that it ended.", "ID")
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
        str | None, argument("ID", "Only orders of this document; default: all documents.")
    ] = None,
    on: OnOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """List the orders to another body to make rules, the documents that carry them out, and the delay."""
    with open_store(store) as opened:
        emit(opened.delegations(doc, on=on), output)


Top = Annotated[int, option("--top", "Greatest number of documents compared.", min=1, max=50)]


def sources(
    doc: Annotated[str, argument("DOC", "A file, -, an id in the store, or id@date.")],
    level: Annotated[
        Literal["higher", "any"], option("--level", "Documents of a higher level only, or of any level.")
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
    doc: Annotated[str | None, argument("DOC", "A file, -, an id in the store, or id@date.")] = None,
    clause: Annotated[str | None, option("--of", "Only the measure with this id.", "CLAUSE")] = None,
    top: Top = 8,
    everything: Annotated[
        bool,
        option(
            "--all",
            (
                "Without DOC: search the whole store; needs pip install 'policydiff\\[scale]'. With DOC: also list in full"
                " the measures that no document took."
            ),
        ),
    ] = False,
    out: Annotated[Path | None, option("--out", "Folder for the tables of --all.", "DIR")] = None,
    workers: Annotated[
        int | None, option("--workers", "Number of processes for --all.", min=1, max=256)
    ] = None,
    scheduler: Annotated[
        str | None, option("--scheduler", "Address of the Dask scheduler for --all.", "ADDRESS")
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
        str, argument("TEXT|DOC#CLAUSE", "The words of a clause, or a document and the id of its clause.")
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
    least: Annotated[int, option("--least", "Fewest documents of a family.", min=2)] = 2,
    store: StoreOption = None,
    everything: EverythingOption = False,
    output: Output = Output(),
) -> None:
    """List the documents of the store that share a template, and the text that they have in common."""
    with open_store(store) as opened:
        result = opened.families(least=least)
    emit(result, output, everything=everything)
