"""The command line's own words in the language of its user: help, errors, remarks.

No catalogue is read for English.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from policydiff.platforms import user_language

if TYPE_CHECKING:
    import typer

_HELP = frozenset({"--help", "-h"})


def N_(message: str) -> str:  # noqa: N802 (the usual name of a mark for extraction)
    """Mark a message for the catalogue, which is loaded only where it is asked for."""
    return message


PARSER_WORDS = (
    N_("{1} files"),
    N_("{1} file"),
    N_("{1} versions"),
    N_("{1} version"),
    N_("{1} documents"),
    N_("{1} document"),
    N_("{1} faults"),
    N_("{1} fault"),
    N_("{1}, {2}"),
    N_("{1}: {2}"),
    N_("a git repository"),
    N_("No such option: {1}"),
    N_("No such option: {1} Did you mean {2}?"),
    N_("No such option: {1} (Possible options: {2})"),
    N_("No such command {1}"),
    N_("No such command {1}. Did you mean {2}?"),
    N_("Missing command"),
    N_("Missing argument {1}"),
    N_("Missing option {1}"),
    N_("Option {1} requires an argument"),
    N_("Option {1} does not take a value"),
    N_("Got unexpected extra argument ({1})"),
    N_("Got unexpected extra argument(s) ({1})"),
    N_("Invalid value for {1}: {2}"),
    N_("{1} is not one of {2}"),
    N_("{1} is not a valid int"),
    N_("{1} is not a valid integer"),
    N_("{1} (env var: {2})"),
    N_("this is a bug in policydiff; please report it with the lines above"),
    N_("the run was interrupted"),
)
"""Sentences of the parser of the command line, and of its last resort, as patterns of `report.front_words`."""

_PANELS = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "REQUIRED_LONG_STRING": N_("[required]"),
    "DEFAULT_STRING": N_("[default: {}]"),
    "ENVVAR_STRING": N_("[env var: {}]"),
}
_USAGE = {"Usage:": N_("Usage:"), "[OPTIONS]": N_("[OPTIONS]"), "COMMAND [ARGS]": N_("COMMAND [ARGS]")}
_OF_THE_PARSER = N_("Show this message and exit.")


def asked_language(arguments: Sequence[str]) -> str:
    """Return the language a command line asks for: by `--lang`, else by the surroundings."""
    for index, each in enumerate(arguments):
        if each.startswith("--lang="):
            return _known(each.removeprefix("--lang="))
        if each == "--lang" and index + 1 < len(arguments):
            return _known(arguments[index + 1])
    return _known(os.environ.get("POLICYDIFF_LANG", ""))


def _known(lang: str) -> str:
    return lang if lang in ("zh", "en") else user_language()


def spoken(sentence: str) -> str:
    """Return a sentence of the package in the user's language."""
    lang = asked_language(sys.argv[1:])
    if lang == "en":
        return sentence
    from policydiff.report.catalog import sentence_told

    return sentence_told(sentence, lang)


def spoken_usage(line: str) -> str:
    """Return the line that shows how a command is used in the user's language."""
    lang = asked_language(sys.argv[1:])
    if lang == "en":
        return line
    from policydiff.report.catalog import catalog

    return _usage(line, catalog(lang))


def run(app: "typer.Typer", arguments: Sequence[str]) -> Any:
    """Run the commands, their help in the user's language, and return the exit code."""
    groups = {each.name for each in app.registered_groups}
    asks = not arguments or bool(_HELP & set(arguments)) or arguments[-1] in groups
    lang = asked_language(arguments) if asks else "en"
    if lang == "en":
        return app(standalone_mode=False)
    import typer.main

    command = typer.main.get_command(app)
    _translate(command, lang)
    return command(standalone_mode=False)


def _translate(command: Any, lang: str) -> None:
    """Set the help of a command and of all below it, and the words of the library that prints it."""
    import rich.columns
    from typer import rich_utils

    from policydiff.report.catalog import catalog, help_told

    say = catalog(lang)
    for name, message in _PANELS.items():
        setattr(rich_utils, name, say(message))
    # The texts of options stand in columns, which are a table inside the table.
    for module in (rich_utils, rich.columns):
        module.Table = _folding(module.Table)  # type: ignore[attr-defined]

    def translate(one: Any) -> None:
        one.help = help_told(one.help, lang)
        own = one.get_usage
        one.get_usage = lambda context: _usage(own(context), say)
        for each in one.params:
            each.help = help_told(each.help, lang)
        offered = one.get_help_option

        def help_option(context: Any) -> Any:
            found = offered(context)
            found.help = say(_OF_THE_PARSER)
            return found

        one.get_help_option = help_option
        for below in getattr(one, "commands", {}).values():
            translate(below)

    translate(command)


def _folding(table: Any) -> Any:
    """Return the table that breaks lines anywhere: Chinese has no spaces, and a line too long would be cut off."""

    class Folding(table):  # type: ignore[misc]
        def add_row(self, *cells: Any, **looks: Any) -> None:
            super().add_row(*cells, **looks)
            for column in self.columns:
                column.overflow = "fold"

    return Folding


def _usage(line: str, say: Any) -> str:
    for words, message in _USAGE.items():
        line = line.replace(words, say(message))
    return line
