"""The command that sets documents side by side: compare."""

from typing import TYPE_CHECKING, Annotated

import typer

from policydiff.cli.grouping import grouped
from policydiff.cli.meaning import encoder_if
from policydiff.cli.opening import Input, open_documents, open_with_superior
from policydiff.cli.options import EverythingOption
from policydiff.cli.output import Output, emit
from policydiff.errors import UsageError

if TYPE_CHECKING:
    from policydiff.comparison import SentenceEncoder
    from policydiff.model import Value
    from policydiff.report import ComparisonReport, PaceReport, PeerReport, SourcedReport


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("compare")(grouped(compare))


def compare(
    local: Annotated[
        str, typer.Argument(metavar="LOCAL", help="The local document: a file, an id, or id@date.")
    ],
    superiors: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SUPERIOR…]",
            help="The directive it implements, or several; left out, the one it cites is looked up in the store.",
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
    named = [local, *(superiors or [])]
    result: Value
    with encoder_if(semantic) as encoder:
        if peers:
            result = _peers(named, against, given, encoder)
        elif before is not None:
            result = _over_time(named, before, given, encoder)
        elif against is not None:
            raise UsageError("--superior goes with --peers; else name the superior after the local document")
        elif len(named) > 2:
            result = _several(named, given, encoder)
        else:
            result = _pair(named, given, encoder)
    emit(result, output, everything=everything)


def _pair(named: list[str], given: Input, encoder: "SentenceEncoder | None") -> "ComparisonReport":
    from policydiff.comparison import compare_documents
    from policydiff.report import ComparisonReport

    own, above = open_with_superior(named[0], given) if len(named) == 1 else open_documents(named, given)
    result = compare_documents(
        own.document,
        above.document,
        local_reference=own.reference,
        superior_reference=above.reference,
        encoder=encoder,
    )
    return ComparisonReport(comparison=result, local=own.document, superior=above.document)


def _several(named: list[str], given: Input, encoder: "SentenceEncoder | None") -> "SourcedReport":
    from policydiff.comparison import compare_many
    from policydiff.report import SourcedReport

    own, *above = open_documents(named, given)
    superiors = [each.document for each in above]
    result = compare_many(
        own.document,
        superiors,
        local_reference=own.reference,
        superior_references=[each.reference for each in above],
        encoder=encoder,
    )
    return SourcedReport(comparison=result, local=own.document, superiors=tuple(superiors))


def _peers(
    named: list[str],
    against: str | None,
    given: Input,
    encoder: "SentenceEncoder | None",
) -> "PeerReport":
    from policydiff.comparison import compare_peers
    from policydiff.report import PeerReport

    if len(named) < 2 and against is None:
        raise UsageError("--peers compares at least two documents, or one with --superior: name more")
    opened = open_documents([*named, against] if against else named, given)
    above = opened.pop() if against else None
    documents = [each.document for each in opened]
    superior = above.document if above else None
    result = compare_peers(
        documents,
        superior,
        references=[each.reference for each in opened],
        superior_reference=above.reference if above else None,
        encoder=encoder,
    )
    return PeerReport(comparison=result, documents=tuple(documents), superior=superior)


def _over_time(
    named: list[str], before: str, given: Input, encoder: "SentenceEncoder | None"
) -> "PaceReport":
    from policydiff.comparison import compare_over_time
    from policydiff.report import PaceReport

    if len(named) != 2:
        raise UsageError("--before goes with one local document and the revised text of its superior")
    own, new, old = open_documents([*named, before], given)
    result = compare_over_time(
        own.document,
        old.document,
        new.document,
        references=(own.reference, old.reference, new.reference),
        encoder=encoder,
    )
    return PaceReport(
        comparison=result, local=own.document, old_superior=old.document, new_superior=new.document
    )
