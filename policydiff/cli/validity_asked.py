"""Commands that ask what is in force and what lags behind: validity, radar, delegations."""

from typing import Annotated

import typer

from policydiff.cli.opening import open_store
from policydiff.cli.options import StoreOption
from policydiff.cli.output import Output, emit

OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day asked for; default: today.")
]


def validity(
    doc: Annotated[str | None, typer.Argument(metavar="ID", help="One document; default: all.")] = None,
    on: OnOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Say which documents are in force on a day, by which document and which sentence."""
    with open_store(store) as opened:
        emit(opened.validity(doc, on=on), output)


def radar(
    basis: Annotated[
        str | None, typer.Option("--basis", metavar="ID", help="Only what lags behind this document.")
    ] = None,
    on: OnOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """List every local document whose basis was revised, repealed or replaced since, the weightiest first."""
    with open_store(store) as opened:
        emit(opened.radar(on=on, basis=basis), output)


def delegations(
    doc: Annotated[
        str | None, typer.Argument(metavar="ID", help="One ordering document; default: all.")
    ] = None,
    on: OnOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """List what documents order others to make, which documents answer, and how late."""
    with open_store(store) as opened:
        emit(opened.delegations(doc, on=on), output)
