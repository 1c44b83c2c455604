"""The command that prints a shell's completion script."""

from typing import Annotated

import typer

from policydiff.cli.output import write
from policydiff.errors import UsageError

_SHELLS = ("bash", "zsh", "fish", "powershell")


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("completion")(completion)


def completion(
    shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")] = "bash",
) -> None:
    """Print the completion script of a shell: eval "$(policydiff completion bash)"."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined] # re-exported without saying so

    if shell not in _SHELLS:
        raise UsageError(f"completion scripts are made for {', '.join(_SHELLS)}, not for {shell!r}")
    script = get_completion_script(
        prog_name="policydiff",
        complete_var="_POLICYDIFF_COMPLETE",
        shell="pwsh" if shell == "powershell" else shell,
    )
    write(script + "\n", None)
