"""The help of every command: complete, and shown as it was written."""

import re

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup

from policydiff.cli.app import program

COMMANDS: dict[str, TyperCommand] = {}


def _collect(name: str, command: TyperCommand | TyperGroup) -> None:
    if isinstance(command, TyperGroup):
        for below, each in command.commands.items():
            _collect(f"{name} {below}".strip(), each)
    else:
        COMMANDS[name] = command


_collect("", typer.main.get_command(program()))  # type: ignore[arg-type]
REPORTS = [
    "parse", "targets", "responsibilities", "cites", "list", "log", "diff", "compare", "search", "blame",
    "delegations", "radar", "validity",
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert all(each.help for each in command.params if each.name != "help"), name  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_no_two_options_of_a_command_have_one_name(name: str) -> None:
    """The later one would silently take the word from the one before it."""
    flags = [flag for each in COMMANDS[name].params for flag in (*each.opts, *each.secondary_opts)]
    assert sorted(flags) == sorted(set(flags))


@pytest.mark.parametrize("name", REPORTS)
def test_commands_that_report_take_the_same_options_of_output(name: str) -> None:
    options = {flag for each in COMMANDS[name].params for flag in each.opts}
    assert {"--format", "-f", "--output", "-o", "--json", "--lang", "--color", "--store"} <= options


def test_brackets_in_help_are_not_taken_for_markup(run) -> None:
    shown = re.sub(r"[\s│]+", "", run("compare", "--help").stdout.decode())
    assert "policydiff[semantic]" in shown
