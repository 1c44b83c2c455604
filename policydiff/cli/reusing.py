"""Commands that ask where wording came from and where it went: sources, reuse, spread, families."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from policydiff.cli.inputs import Input, given_documents, open_store
from policydiff.cli.options import EverythingOption, StoreOption
from policydiff.cli.output import Output, counting, emit
from policydiff.errors import UsageError

Top = Annotated[int, typer.Option("--top", min=1, max=50, help="Documents that are compared at most.")]


def sources(
    doc: Annotated[str, typer.Argument(metavar="DOC", help="A file, -, an id in the store, or id@date.")],
    level: Annotated[
        Literal["higher", "any"],
        typer.Option("--level", help="Only documents of a level above its own, or all."),
    ] = "higher",
    top: Top = 4,
    everything: EverythingOption = False,
    given: Input = Input(),
    output: Output = Output(),
) -> None:
    """Find which documents of the store a document comes from, what it took from each, and what comes from none.

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
        str | None, typer.Option("--of", metavar="CLAUSE", help="Only this measure, by id.")
    ] = None,
    top: Top = 8,
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Without DOC: look at the whole store, needs pip install 'policydiff\\[scale]'. With it: also what nobody"
            " took, in full.",
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for the tables of --all.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=256, help="Processes that share the work of --all.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler that gets the work of --all."),
    ] = None,
    given: Input = Input(),
    output: Output = Output(),
) -> None:
    """Show which later documents of the store took what from a document, measure by measure.

    With --all it finds every pair of sentences of the store that are the same or nearly so, pairs of documents and families of
    them, and writes them as Parquet tables; a run that was broken off goes on where it was.
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
            metavar="TEXT|DOC#CLAUSE", help="The words of a clause, or a clause of a document by its id."
        ),
    ],
    store: StoreOption = None,
    everything: EverythingOption = False,
    output: Output = Output(),
) -> None:
    """Show which documents of the store hold a clause, by date, and how its wording changed on the way.

    A holder shares a run of seven characters or more with the clause and says at least half of it in the same words; other
    rewordings are not looked for.

    Example: policydiff spread city/rules#art_3 -o spread.html
    """
    with open_store(store) as opened:
        result = opened.spread(words)
    emit(result, output, everything=everything)


def families(
    least: Annotated[int, typer.Option("--least", min=2, help="Members from which a family is named.")] = 2,
    store: StoreOption = None,
    everything: EverythingOption = False,
    output: Output = Output(),
) -> None:
    """Show which documents of the store share a template, and the text they have in common."""
    with open_store(store) as opened:
        result = opened.families(least=least)
    emit(result, output, everything=everything)
