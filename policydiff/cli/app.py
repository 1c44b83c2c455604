"""The program: its commands by name, each loaded from the module with its function."""

import inspect
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any, get_type_hints

import typer

from policydiff.cli.options import form_option, option
from policydiff.errors import worded
from policydiff.version import __version__

_BY_MODULE = (
    ("showing", "parse targets responsibilities cites show"),
    ("comparing", "diff apply draft compare"),
    ("keeping", "init add import export correct meta separate reextract"),
    (
        "finding",
        "list log search blame status verify sources reuse spread families validity radar delegations",
    ),
    ("tracking", "track health publish check watch-add watch-list watch-try"),
    ("showing", "schema completion man"),
)
"""Pairs (module, its commands) in the order of the help; a group is joined to its command by a hyphen."""
_FUNCTIONS = {"import": "import_documents", "list": "list_documents"}
"""Commands whose function has another name, because the command's name is a word of Python."""
COMMANDS = {
    name.replace("-", " "): f"{module}:{_FUNCTIONS.get(name, name.replace('-', '_'))}"
    for module, names in _BY_MODULE
    for name in names.split()
}
"""`module:function` of each command, by the command's name with its group, if any."""


PANELS = {
    "showing": worded("One document"),
    "comparing": worded("Two texts or more"),
    "keeping": worded("Keep documents in a store"),
    "finding": worded("Ask a store"),
    "tracking": worded("Watch sources, check changes"),
    "manual": worded("This program"),
}
"""Heading in the help above the commands of a module; commands in `_OF_THE_PROGRAM` are listed under `manual`."""
_OF_THE_PROGRAM = frozenset({"schema", "completion", "man"})

_GROUPS = {"watch": "Add, list and try watched sources."}


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policydiff {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, option("--version", "Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Options before the command."""


def program(arguments: Sequence[str] = ()) -> typer.Typer:
    """Return the program with all its commands; with only one command or group if `arguments` begin with its name.

    Loading and declaring all commands takes as long as comparing two short texts.
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
        panel = PANELS["manual" if name in _OF_THE_PROGRAM else module]
        command = _grouped(getattr(import_module(f"policydiff.cli.{module}"), function))
        if group and group not in groups:
            groups[group] = typer.Typer(no_args_is_help=True, help=_GROUPS[group])
            app.add_typer(groups[group], name=group, rich_help_panel=panel)
        (groups[group] if group else app).command(last, rich_help_panel=None if group else panel)(command)
    return app


def _named(arguments: Sequence[str]) -> Sequence[str]:
    if tuple(arguments) == ("--version",):
        return ()
    first = arguments[0] if arguments else ""
    return [name for name in COMMANDS if first == name.partition(" ")[0]] or tuple(COMMANDS)


def _grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with each parameter that is a group replaced by the options of the group.

    A group is a NamedTuple whose fields have defaults and typer's annotations. Typer itself accepts only single options;
    the command still receives its groups as values.
    """
    parameters = inspect.signature(command).parameters.values()
    groups = {each.name: each.annotation for each in parameters if _is_group(each.annotation)}
    spread: list[inspect.Parameter] = []
    for each in parameters:
        group = groups.get(each.name)
        spread += (
            _options_of(group, command.__name__)
            if group
            else [each.replace(kind=inspect.Parameter.KEYWORD_ONLY)]
        )

    def run(**given: Any) -> None:
        if given.get("path") is not None:
            from policydiff.api.rendering import refuse_source

            place = given.pop("path")
            refuse_source(place, given.values())
            given["path"] = None if str(place) == "-" else place  # - is standard output
        for name, group in groups.items():
            given[name] = group(**{field: given.pop(field) for field in group._fields})
        command(**given)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = inspect.Signature(spread)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in spread}
    return run


def _is_group(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, tuple) and hasattr(annotation, "_fields")


def _options_of(group: Any, command: str) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    if "format" in hints:
        hints["format"] = form_option(command)
    kind = inspect.Parameter.KEYWORD_ONLY
    return [
        inspect.Parameter(name, kind, default=group._field_defaults[name], annotation=hints[name])
        for name in group._fields
    ]
