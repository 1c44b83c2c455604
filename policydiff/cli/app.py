"""The program: its commands by name, each loaded from the module that holds it."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from policydiff.cli.grouping import grouped
from policydiff.version import __version__

COMMANDS = {
    "init": "keeping:init",
    "add": "keeping:add",
    "import": "keeping:import_documents",
    "export": "keeping:export",
    "correct": "keeping:correct",
    "meta": "keeping:meta",
    "separate": "keeping:separate",
    "reextract": "keeping:reextract",
    "parse": "showing:parse",
    "targets": "showing:targets",
    "responsibilities": "showing:responsibilities",
    "cites": "showing:cites",
    "show": "showing:show",
    "schema": "showing:schema",
    "diff": "revising:diff",
    "apply": "revising:apply",
    "draft": "revising:draft",
    "compare": "comparing:compare",
    "list": "finding:list_documents",
    "log": "finding:log",
    "search": "finding:search",
    "blame": "finding:blame",
    "status": "finding:status",
    "verify": "finding:verify",
    "sources": "reusing:sources",
    "reuse": "reusing:reuse",
    "spread": "reusing:spread",
    "families": "reusing:families",
    "validity": "validity_asked:validity",
    "radar": "validity_asked:radar",
    "delegations": "validity_asked:delegations",
    "track": "tracking:track",
    "health": "tracking:health",
    "publish": "tracking:publish",
    "check": "tracking:check",
    "watch add": "tracking:watch_add",
    "watch list": "tracking:watch_list",
    "watch try": "tracking:watch_try",
    "completion": "completion:completion",
    "man": "manual:man",
}
"""Name of a command, with its group if it has one, to `module:function`; in the order of the help."""

_GROUPS = {"watch": "Add, list and try watched sources."}


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policydiff {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Options before the command."""


def program(arguments: Sequence[str] = ()) -> typer.Typer:
    """Return the program with all its commands, or with what a command line needs.

    To load and declare all commands takes as long as to compare two short texts.

    Args:
        arguments: A command line; where it begins with a command or a group, the others are left out.
    """
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
    app.callback()(_options)
    groups: dict[str, typer.Typer] = {}
    for name in _named(arguments):
        group, _, last = name.rpartition(" ")
        module, _, function = COMMANDS[name].partition(":")
        command = grouped(getattr(import_module(f"policydiff.cli.{module}"), function))
        if group and group not in groups:
            groups[group] = typer.Typer(no_args_is_help=True, help=_GROUPS[group])
            app.add_typer(groups[group], name=group)
        (groups[group] if group else app).command(last)(command)
    return app


def _named(arguments: Sequence[str]) -> Sequence[str]:
    if tuple(arguments) == ("--version",):
        return ()
    first = arguments[0] if arguments else ""
    return [name for name in COMMANDS if first == name.partition(" ")[0]] or tuple(COMMANDS)
