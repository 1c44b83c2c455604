"""Commands that ask a store: search, blame, status, verify."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from policydiff.cli.grouping import grouped
from policydiff.cli.opening import open_store, parse_day, parse_level
from policydiff.cli.options import DocumentTypeOption, LevelOption, StoreOption
from policydiff.cli.output import Output, counted, emit, note, write
from policydiff.errors import DamagedStoreError

if TYPE_CHECKING:
    from policydiff.model.base import Value


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("search")(grouped(search))
    app.command("blame")(grouped(blame))
    app.command("status")(status)
    app.command("verify")(verify)


def search(
    query: Annotated[
        list[str],
        typer.Argument(metavar="WORDS…", help='All must occur in a clause; quote a phrase: "健康 服务".'),
    ],
    jurisdiction: Annotated[
        str | None,
        typer.Option("--jurisdiction", metavar="CODE", help="GB/T 2260 code; a province holds its cities."),
    ] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Part of an issuing body's name.")] = None,
    level: LevelOption = None,
    document_type: DocumentTypeOption = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Newest version's date, inclusive.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Newest version's date, inclusive.")
    ] = None,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Look into superseded versions too.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Hits at most.")] = 20,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Find clauses that hold all the words, best first."""
    from policydiff.collection.catalog import Filter
    from policydiff.collection.index import Index
    from policydiff.collection.references import refer
    from policydiff.collection.search import search as search_index
    from policydiff.model import Span
    from policydiff.report import SearchHit, SearchHits

    wanted = Filter(
        jurisdiction=jurisdiction,
        level=parse_level(level),
        issuer=issuer,
        document_type=document_type,
        since=parse_day(since, "--since"),
        until=parse_day(until, "--until"),
    )
    words = " ".join(query)
    with open_store(store) as opened, Index.open(opened) as index:
        found = search_index(index, words, wanted, all_versions=all_versions, limit=limit)
        hits = tuple(
            SearchHit(
                document=refer(*opened.resolve(f"{hit.id}@{hit.version}")),
                clause=hit.clause,
                label=hit.label,
                text=hit.text,
                spans=tuple(Span(*mark) for mark in hit.marks),
            )
            for hit in found
        )
    emit(SearchHits(query=words, hits=hits), output)


def blame(
    doc: Annotated[str, typer.Argument(metavar="ID", help="Id of a document in the store, or id@date.")],
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Show for each clause the version that last changed its words."""
    from policydiff.collection.blame import blame as blame_clauses
    from policydiff.collection.references import refer
    from policydiff.report import Blame, BlamedClause

    with open_store(store) as opened:
        identity, record = opened.resolve(doc)
        dates = {each.version: each.issued or each.published for each in opened.versions(identity.id)}
        clauses = tuple(
            BlamedClause(
                clause=each.clause,
                label=each.label,
                text=each.text,
                version=each.version,
                since=dates.get(each.version),
            )
            for each in blame_clauses(opened, f"{identity.id}@{record.version}")
        )
    emit(Blame(document=refer(identity, record), clauses=clauses), output)


def status(
    store: StoreOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the status as JSON.")] = False,
) -> None:
    """Say how the store stands, and which local documents have a superior with a newer version."""
    from policydiff.collection.index import Index
    from policydiff.collection.relations import stale_locals

    with open_store(store) as opened:
        standing = opened.status()
        with Index.open(opened) as index:
            stale = stale_locals(index, opened)
    if json:
        write(_json_lines([standing, *stale]), None)
        return
    recorded = f"{standing.recorded_at:%Y-%m-%d %H:%M}Z" if standing.recorded_at else "-"
    write(
        f"{standing.folder}\n"
        f"{counted(standing.documents, 'document')}, {counted(standing.versions, 'version')}; last recorded {recorded}\n",
        None,
    )
    for name in standing.unrecorded:
        write(f"differs from what is recorded: {name}\n", None)
    for each in stale:
        write(
            f"{each.id}@{each.version} was made under {each.superior}@{each.made_under}; now there is @{each.newest}\n",
            None,
        )


def verify(
    signed_by: Annotated[
        list[str] | None,
        typer.Option(
            "--signed-by", metavar="KEY", help="Each commit must be signed by one of these; may be repeated."
        ),
    ] = None,
    anchor: Annotated[
        str | None,
        typer.Option(
            "--anchor", metavar="COMMIT", help="A commit known to be good that must be part of the history."
        ),
    ] = None,
    store: StoreOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the faults as JSON.")] = False,
) -> None:
    """Hash every source and text again and check the history; exits 12 and names each fault."""
    with open_store(store) as opened:
        faults = opened.verify(signed_by=tuple(signed_by or ()), anchor=anchor)
        counts = opened.status()
    if json:
        write(_json_lines(faults), None)
    else:
        for fault in faults:
            write(f"{fault.kind.value}: {fault.message}\n", None)
    if faults:
        raise DamagedStoreError(f"{counted(len(faults), 'fault')} in the store {counts.folder}, named above")
    note(f"{counted(counts.documents, 'document')}, {counted(counts.versions, 'version')}: all as recorded")


def _json_lines(values: "Sequence[Value]") -> str:
    body = ",\n".join(value.model_dump_json() for value in values)
    return f"[{body}]\n"
