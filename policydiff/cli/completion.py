"""The command that prints a shell's completion script."""

from typing import Annotated, Literal

import typer

from policydiff.cli.output import write


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
