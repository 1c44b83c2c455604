"""The commands, each registered from the module that holds it."""

from typing import Annotated

import typer

from policydiff.cli import (
    comparing,
    completion,
    finding,
    keeping,
    manual,
    reusing,
    revising,
    showing,
    tracking,
)
from policydiff.version import __version__

app = typer.Typer(
    name="policydiff",
    help=(
        "Keep every version of a policy document in git, and show clause by clause what changed between versions "
        "and what a local policy adopted, adapted, added or left out of the directive it implements."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policydiff {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Options before the command."""


for module in (keeping, showing, revising, comparing, finding, reusing, tracking, completion, manual):
    module.register(app)
