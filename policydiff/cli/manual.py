"""The reference of the command line, built from the commands themselves (Markdown, man page), and completion of shells."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

import typer

from policydiff.cli.output import write
from policydiff.version import __version__


def man(
    form: Annotated[
        Literal["man", "markdown"],
        typer.Option("--format", "-f", help="A page for man, or the reference as Markdown."),
    ] = "man",
) -> None:
    """Print the manual of all commands: policydiff man > policydiff.1."""
    from policydiff.cli.app import program

    write(manual_page(program()) if form == "man" else reference(program()))


def reference(app: typer.Typer) -> str:
    """Return the reference of all commands as Markdown."""
    lines = [
        "# Command line",
        "",
        "Made by `policydiff man --format markdown`; every command also has `--help`.",
        "",
        "`DOC` is a file of any usual format, `-` for standard input, an id in the store, or `id@date` for the version",
        "in force then. `--json` prints the published JSON, an object with `schema`; `policydiff schema NAME` describes it.",
        "Results go to standard output, everything else to standard error.",
        "",
        "| exit code | meaning |",
        "|---|---|",
        *(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()),
        "",
    ]
    for name, command in commands(app):
        lines += [f"## {name}", "", _plain(command.help), "", f"`{_usage(name, command)}`", ""]
        shown = [each for each in command.params if each.name != "help"]
        rows = [tuple(_cell(said) for said in (_flags(each), _plain(each.help))) for each in shown]
        if rows:
            lines += ["| | |", "|---|---|"]
            lines += [f"| `{flags}` | {said} |" for flags, said in rows]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def manual_page(app: typer.Typer) -> str:
    """Return the manual of all commands in the language of man."""
    purpose = "versions of policy documents, what changed, and what one took from another"
    lines = [
        f'.TH POLICYDIFF 1 "" "policydiff {__version__}" "User Commands"',
        ".SH NAME",
        f"policydiff \\- {purpose}",
        ".SH SYNOPSIS",
        ".B policydiff",
        "COMMAND [OPTIONS] [ARGUMENTS]",
        ".SH COMMANDS",
    ]
    for name, command in commands(app):
        lines += [f".SS {_roff(_usage(name, command))}", _roff(_plain(command.help))]
        for each in command.params:
            if each.name != "help":
                lines += [".TP", f".B {_roff(_flags(each))}", _roff(_plain(each.help))]
    lines.append(".SH EXIT STATUS")
    for code, meaning in EXIT_CODES.items():
        lines += [".TP", f".B {code}", _roff(meaning)]
    return "\n".join(lines) + "\n"


EXIT_CODES = {
    0: "done",
    1: "differences, with --exit-code; or a check that fails",
    2: "options or arguments that do not fit",
    10: "input that cannot be read",
    11: "no such document, version, clause or store",
    12: "a damaged store",
    13: "some sources failed; what was read is kept",
    14: "a write conflict",
    15: "a text of which it cannot be told whose version it is",
    16: "an amendment of which nothing was carried out",
    70: "a bug in policydiff",
    130: "interrupted",
}
"""What each exit code says."""


def commands(app: typer.Typer) -> Iterator[tuple[str, Any]]:
    """Yield the name of each command, with that of its group, and the command itself."""
    yield from _below("", typer.main.get_command(app))


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    for own, each in command.commands.items():
        full = f"{name} {own}".strip()
        if hasattr(each, "commands"):
            yield from _below(full, each)
        else:
            yield full, each


def _usage(name: str, command: Any) -> str:
    arguments = [_flags(each) for each in command.params if each.param_type_name == "argument"]
    return " ".join(["policydiff", name, "[OPTIONS]", *arguments])


def _flags(parameter: Any) -> str:
    shown = parameter.metavar or "|".join(_choices(parameter)) or None
    if parameter.param_type_name == "argument":
        return str(shown or parameter.name.upper())
    flags = ", ".join([*parameter.opts, *parameter.secondary_opts])
    if parameter.is_flag:
        return flags
    return f"{flags} {shown or parameter.name.upper()}"


def _choices(parameter: Any) -> list[str]:
    """Return the words a parameter takes; Typer keeps the annotation itself from 0.26 on, a type of click before."""
    described = getattr(parameter, "type_descriptor", None)
    if described is not None:
        return [str(each) for each in get_args(described.annotation) if isinstance(each, str)]
    return [str(each) for each in getattr(parameter.type, "choices", ())]


def _plain(text: str | None) -> str:
    """Return help as one paragraph, without the marks that keep brackets from being taken for markup."""
    return re.sub(r"\s+", " ", (text or "").replace("\\[", "[")).strip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def completion(
    shell: Annotated[
        Literal["bash", "zsh", "fish", "powershell"], typer.Argument(help="The shell.")
    ] = "bash",
) -> None:
    """Print the completion script of a shell: eval "$(policydiff completion bash)"."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined] # re-exported without saying so

    script = get_completion_script(
        prog_name="policydiff",
        complete_var="_POLICYDIFF_COMPLETE",
        shell="pwsh" if shell == "powershell" else shell,
    )
    write(script + "\n")
