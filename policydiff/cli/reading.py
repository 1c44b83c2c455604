"""Commands that show what a document says and what a store holds: parse, targets, responsibilities, cites, list, show, log, schema."""

import json as json_codec
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import typer

from policydiff.cli.grouping import grouped
from policydiff.cli.opening import Input, Place, open_documents, open_store
from policydiff.cli.options import DocArgument, OutputOption, RevisionsOption
from policydiff.cli.output import Output, emit, write
from policydiff.errors import NotFoundError

if TYPE_CHECKING:
    from policydiff.collection.loaded import Loaded
    from policydiff.model import ListedDocument, RevisionSummary
    from policydiff.store import LogEntry, Store


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("parse")(grouped(parse))
    app.command("targets")(grouped(targets))
    app.command("responsibilities")(grouped(responsibilities))
    app.command("cites")(grouped(cites))
    app.command("list")(grouped(list_documents))
    app.command("show")(grouped(show))
    app.command("log")(grouped(log))
    app.command("schema")(schema)


def parse(
    doc: DocArgument,
    given: Input = Input(),
    revisions: RevisionsOption = "final",
    output: Output = Output(),
) -> None:
    """Show a document as read: title, number, dates, and the tree of its clauses."""
    emit(_one(doc, given, revisions).document, output)


def targets(doc: DocArgument, given: Input = Input(), output: Output = Output()) -> None:
    """List a document's quantified targets: metric, value, deadline."""
    from policydiff.report import FoundTarget, TargetList
    from policydiff.report.outline import Outline

    loaded = _one(doc, given)
    outline = Outline(loaded.document)
    found = [
        FoundTarget(document=loaded.reference, address=outline.place(each.clause).address, target=each)
        for each in loaded.document.targets
    ]
    emit(TargetList(targets=tuple(found)), output)


def responsibilities(doc: DocArgument, given: Input = Input(), output: Output = Output()) -> None:
    """List who leads and who supports each measure of a document."""
    from policydiff.report import FoundResponsibility, ResponsibilityList
    from policydiff.report.outline import Outline

    loaded = _one(doc, given)
    outline = Outline(loaded.document)
    found = [
        FoundResponsibility(
            document=loaded.reference, address=outline.place(each.clause).address, responsibility=each
        )
        for each in loaded.document.responsibilities
    ]
    emit(ResponsibilityList(responsibilities=tuple(found)), output)


def cites(doc: DocArgument, given: Input = Input(), output: Output = Output()) -> None:
    """List the documents a document cites, and why it cites them."""
    from policydiff.report import CitationList, FoundCitation
    from policydiff.report.outline import Outline

    loaded = _one(doc, given)
    outline = Outline(loaded.document)
    found = [
        FoundCitation(document=loaded.reference, address=outline.place(each.clause).address, citation=each)
        for each in loaded.document.citations
    ]
    emit(CitationList(citations=tuple(found)), output)


def list_documents(place: Place = Place(), output: Output = Output()) -> None:
    """List the documents of the store, each with its newest version."""
    from policydiff.report import DocumentList

    moment = place.moment()
    with open_store(place.store) as opened:
        listed = _listed_now(opened) if moment is None else _listed_then(opened, moment)
    emit(DocumentList(documents=tuple(listed)), output)


def _listed_now(store: "Store") -> "list[ListedDocument]":
    """Ask the index: ten thousand documents must not be read one by one."""
    from policydiff.collection.index import Index

    with Index.open(store) as index:
        return index.documents()


def _listed_then(store: "Store", moment: date) -> "list[ListedDocument]":
    from policydiff.model import ListedDocument

    listed = []
    for identity in store.documents(as_of=moment):
        versions = store.versions(identity.id, as_of=moment)
        newest = versions[-1].version if versions else None
        listed.append(ListedDocument(identity=identity, versions=len(versions), newest=newest))
    return listed


def show(
    doc: DocArgument,
    clause: Annotated[
        str | None,
        typer.Argument(metavar="CLAUSE", help="Id of one clause (see parse); its words alone are printed."),
    ] = None,
    source: Annotated[bool, typer.Option("--source", help="Give the captured bytes, untouched.")] = False,
    given: Input = Input(),
    path: OutputOption = None,
) -> None:
    """Print the text of a document, of one of its versions, or of one clause."""
    if source:
        with open_store(given.store) as opened:
            identity, record = opened.resolve(doc, as_of=given.place.moment())
            write(opened.source(identity.id, record.version), path)
        return
    loaded = _one(doc, given)
    if clause is None:
        text = loaded.text
    else:
        found = loaded.document.find(clause)
        if found is None:
            raise NotFoundError(f"{doc} has no clause {clause}: policydiff parse {doc} shows the ids")
        text = found.full_text()
    write(text if text.endswith("\n") else text + "\n", path)


def log(
    doc: Annotated[
        str | None, typer.Argument(metavar="ID", help="Id of a document; with --audit it may be left out.")
    ] = None,
    place: Place = Place(),
    changes: Annotated[
        bool,
        typer.Option("--changes", help="Compare each version with the one before it and count what changed."),
    ] = False,
    audit: Annotated[
        bool,
        typer.Option("--audit", help="Show what was recorded when, with corrections and re-extractions."),
    ] = False,
    output: Output = Output(),
) -> None:
    """List the versions of a document by date; with --changes, what changed in each."""
    from policydiff.errors import UsageError
    from policydiff.report import LoggedVersion, VersionLog
    from policydiff.store import periods

    with open_store(place.store) as opened:
        if audit:
            _print_audit(opened.log(doc), as_json=output.json)
            return
        if doc is None:
            raise UsageError("name a document, or give --audit for what was recorded in the whole store")
        moment = place.moment()
        records = opened.versions(doc, as_of=moment)
        counted = (
            _changes(doc, [record.version for record in records], opened)
            if changes
            else [None] * len(records)
        )
        entries = tuple(
            LoggedVersion(record=record, in_force_from=first, in_force_until=last, changes=change)
            for record, (first, last), change in zip(records, periods(records), counted, strict=True)
        )
        emit(VersionLog(identity=opened.identity(doc, as_of=moment), versions=entries[::-1]), output)


def _print_audit(entries: "list[LogEntry]", *, as_json: bool) -> None:
    if as_json:
        body = ",\n".join(entry.model_dump_json() for entry in entries)
        write(f"[{body}]\n", None)
        return
    for entry in entries:
        action = entry.action.value if entry.action else "-"
        versions = " ".join(entry.versions)
        write(
            f"{entry.recorded_at:%Y-%m-%d %H:%M:%SZ}  {entry.commit[:10]}  {action:9}  {entry.id} {versions}\n",
            None,
        )


def _changes(document_id: str, versions: list[str], store: "Store") -> "list[RevisionSummary | None]":
    from policydiff.collection.references import load_stored
    from policydiff.revision import diff_documents

    loaded = [load_stored(f"{document_id}@{version}", store) for version in versions]
    return [None, *(diff_documents(old.document, new.document).summary for old, new in pairwise(loaded))][
        : len(loaded)
    ]


def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="document, revision, comparison …; without it, all are named."),
    ] = None,
) -> None:
    """Print the JSON Schema of a result; without a name, list the schemas."""
    from policydiff.api.schemas import schema as schema_named
    from policydiff.api.schemas import schemas

    if name is None:
        write("".join(f"{known}\n" for known in schemas()), None)
        return
    write(json_codec.dumps(schema_named(name), ensure_ascii=False, indent=2) + "\n", None)


def _one(doc: str, given: Input, revisions: str = "final") -> "Loaded":
    return open_documents((doc,), given, revisions)[0]
