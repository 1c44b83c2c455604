"""Commands that show what one document says: parse, targets, responsibilities, cites, show, schema."""

import json as json_codec
import re
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from policydiff.cli.options import (
    DocArgument,
    Input,
    OutputOption,
    RevisionsOption,
    given_documents,
    open_store,
)
from policydiff.cli.output import Output, emit, is_read_at_once, note, write

if TYPE_CHECKING:
    from policydiff.api.stores import Store
    from policydiff.model import Document
    from policydiff.model.lagging import Ground


def parse(
    doc: DocArgument,
    given: Input = Input(),
    revisions: RevisionsOption = "final",
    text: Annotated[
        bool, typer.Option("--text", help="Print the text that was read from the file, and nothing else.")
    ] = False,
    unplaced: Annotated[
        bool,
        typer.Option(
            "--unplaced", help="List what stands in no field and no clause, and what the text leaves out."
        ),
    ] = False,
    output: Output = Output(),
) -> None:
    """Show a document as read: title, number, dates, and the tree of its clauses."""
    from policydiff import read

    with given.found([doc]) as found:
        if text:
            from policydiff.api.opening import text_of

            write(text_of(*given_documents([doc]), revisions=revisions, **found), output.path)
            return
        document = read(*given_documents([doc]), revisions=revisions, **found)
    if unplaced:
        write(_unplaced(document, as_json=output.form() == "json"), output.path)
        return
    emit(document, output)


def _unplaced(document: "Document", *, as_json: bool) -> str:
    """Return what was not placed (place in the text, reason, words) and what the text leaves out of its file."""
    if as_json:
        left = [one.model_dump(mode="json") for one in document.not_placed]
        aside = [one.model_dump(mode="json") for one in document.left_out]
        found = {"schema": "policydiff/not-placed/1", "not_placed": left, "left_out": aside}
        return json_codec.dumps(found, ensure_ascii=False, indent=2) + "\n"
    rows = (f"{one.span.start}-{one.span.end}\t{one.reason}\t{one.text}\n" for one in document.not_placed)
    listed = (f"×{one.count}\t{one.kind}\t{one.text}\n" for one in document.left_out)
    return "".join((*rows, *listed))


def targets(doc: DocArgument, given: Input = Input(), output: Output = Output()) -> None:
    """List a document's quantified targets: metric, value, deadline."""
    from policydiff import targets as targets_of

    with given.found([doc]) as found:
        emit(targets_of(*given_documents([doc]), **found), output)


def responsibilities(doc: DocArgument, given: Input = Input(), output: Output = Output()) -> None:
    """List who leads and who supports each measure of a document."""
    from policydiff import responsibilities as responsibilities_of

    with given.found([doc]) as found:
        emit(responsibilities_of(*given_documents([doc]), **found), output)


def cites(doc: DocArgument, given: Input = Input(), output: Output = Output()) -> None:
    """List the documents a document cites, and why it cites them."""
    from policydiff import cites as cited_by

    with given.found([doc]) as found:
        emit(cited_by(*given_documents([doc]), **found), output)


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
    from policydiff.api.opening import text_of

    if source:
        with open_store(given.store) as store:
            write(store.source(doc, as_of=given.as_of), path)
        return
    with given.found([doc]) as found:
        text = text_of(*given_documents([doc]), clause=clause, **found)
        for said in _clauses_out_of_force(doc, found.get("store")):
            note(f"{said.part} is not in force then: {said.document} says “{said.text}”")
    if path is None and is_read_at_once():
        # A pipe or a file gets the text as it is recorded; a terminal or a log would obey what a stranger wrote into it.
        from policydiff.lexicon.widths import visible

        if (shown := visible(text)) != text and not sys.stdout.isatty():
            note(
                "characters of the text that could command this job are shown as codes: use -o for the text as recorded"
            )
        text = shown
    write(text if text.endswith("\n") else text + "\n", path)


def _clauses_out_of_force(doc: str, store: "Store | None") -> "tuple[Ground, ...]":
    """Return by which sentences clauses of `id@date` are not in force on that day; none for a file or a version."""
    document_id, _, when = doc.partition("@")
    if store is None or re.fullmatch(r"\d{4}-\d\d-\d\d", when) is None:
        return ()
    from policydiff.collection.in_force import parts_out_of_force

    standing = next(iter(store.validity(document_id, on=when)), None)
    return parts_out_of_force(standing, date.fromisoformat(when)) if standing is not None else ()


def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="document, revision, comparison …; without it, all are named."),
    ] = None,
) -> None:
    """Print the JSON Schema of a result; without a name, list the schemas."""
    from policydiff.api.schemas import schema as schema_named, schemas

    if name is None:
        write("".join(f"{known}\n" for known in schemas()))
    else:
        write(json_codec.dumps(schema_named(name), ensure_ascii=False, indent=2) + "\n")
