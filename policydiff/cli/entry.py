"""Runs the command line in the user's language: help, remarks, and errors as one sentence with an exit code."""

import errno
import gc
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn

from policydiff.platforms import spelled_out, user_language

if TYPE_CHECKING:
    import typer


_USAGE = 2
_BUG = 70
_INTERRUPTED = 130
_NEW_VALUES = 20_000
"""New values after which Python looks for cycles again: about two megabytes, a document or two."""
_TERMINATED = 143
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBADF, errno.ENAMETOOLONG, errno.ELOOP})


def main() -> NoReturn:
    """Run `policydiff` with the arguments of the process, and exit."""
    _open_streams()
    if sys.argv[1:2] == ["help"]:  # as git and others have it
        sys.argv[1:] = [*sys.argv[2:], "--help"]
    sys.argv[1:] = spelled_out(sys.argv[1:])
    # A document consists of tens of thousands of values that live until the end. Python would search all of them for cycles
    # after every 700 new values, which took a fifth of the time of an import.
    gc.set_threshold(_NEW_VALUES, 20, 50)
    # Pydantic asks every installed distribution for plugins, which takes a tenth of a short command's time; none is used.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from policydiff.errors import PolicydiffError

    # When terminated (by a job's time limit, by cron), clean up as when interrupted.
    signal.signal(signal.SIGTERM, _terminated)
    try:
        from policydiff.cli.app import program

        # All values loaded so far live until the end, so the garbage collector need not search them again.
        gc.freeze()
        code = run(program(sys.argv[1:]), sys.argv[1:])
    except PolicydiffError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except (BrokenPipeError, SystemExit) as error:
        # If the parser itself meets a broken pipe, it exits with 1, which would mean differences.
        if not isinstance(error.__context__ if isinstance(error, SystemExit) else error, BrokenPipeError):
            raise
        # The reader of a pipe has ended (`| head`), which is no error; silence the flush at exit too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except Exception as error:
        _end_with(error)
    if code == _INTERRUPTED:
        _complain("the run was interrupted")
    # All values die with the process, but at exit Python would search them for cycles, which takes a tenth of a short
    # command's time.
    gc.freeze()
    sys.exit(code if isinstance(code, int) else 0)


def _open_streams() -> None:
    """Write UTF-8 to a redirected standard output, and fail on no character that a code page lacks.

    When redirected on Windows, Python would use the code page of the system, in which half of a help page cannot be
    written (cp1252 has no box-drawing and no Chinese characters).
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # Closed by the caller (`>&-`): the next file opened would get its number. Writing to a closed standard output still
            # fails, because its number is given to a file that can only be read.
            os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            setattr(sys, name, open(number, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (a descriptor, until exit)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            redirected = stream is sys.stdout and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if redirected else None, errors="replace")


def _terminated(_signal: int, _frame: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the processes that it started are ended on the way out
    raise SystemExit(_TERMINATED)


def _end_with(error: Exception) -> NoReturn:
    """Exit after a refusal by the parser of the command line, a refusal by the machine, or a bug."""
    if hasattr(error, "format_message"):  # errors of the parser, which Typer takes from click or brings along
        _refuse_usage(error)
    if type(error).__name__ == "Abort":
        _complain("the run was interrupted")
        sys.exit(_INTERRUPTED)
    from policydiff.errors import DiskFullError, cannot_write

    full = cannot_write(getattr(error, "filename", ""), error)
    if isinstance(full, DiskFullError):
        _complain(str(full))
        _give_output_up()
        sys.exit(full.exit_code)
    if isinstance(error, OSError) and error.errno in _REFUSED:
        # The system refuses an access, which is no bug, so that a traceback would not help.
        place = f"{error.filename}: " if error.filename else ""
        closed = error.errno == errno.EBADF
        _complain("standard output is closed: name a file with -o" if closed else f"{place}{error.strerror}")
        _give_output_up()
        sys.exit(_USAGE)
    # A traceback means a bug and must not end with exit code 1, which means differences. Its lines are indented, so that a
    # line break in a stranger's words cannot imitate a line of this program.
    _say("".join(traceback.format_exception(error)).rstrip("\n").replace("\n", "\n  "))
    _complain("this is a bug in policydiff; please report it with the lines above")
    sys.exit(_BUG)


def _give_output_up() -> None:
    """Close standard output, because at exit Python (from 3.13) would try again to write the rest, and print an error."""
    with suppress(OSError):
        sys.stdout.close()
    sys.stdout = None


def _refuse_usage(error: Any) -> NoReturn:
    """Exit with the message of the parser; print the usage too if the form of the command is wrong."""
    context = error.ctx
    if type(error).__name__ == "NoArgsIsHelpError":
        if error.message:  # with rich, the help is already printed
            _say(error.message)
    else:
        if context is not None and (type(error).__name__ != "BadParameter"):
            _say(spoken_usage(context.get_usage()))
        _complain(error.format_message().replace("Value error, ", "").rstrip("."))
        if type(error).__name__ == "NoSuchOption":
            if any(each.startswith("-") and os.access(each, os.F_OK) for each in sys.argv[1:]):
                _complain("a file whose name begins with a dash is named ./-name, or stands behind --")
            elif context is not None and context.parent is None:
                _complain("options stand behind the command: policydiff COMMAND --option")
    sys.exit(_USAGE)


def _complain(sentence: str) -> None:
    tell(sentence, "policydiff: ")


def tell(sentence: str, before: str = "") -> None:
    """Print one sentence of the package on standard error, in the user's language and on one line.

    A sentence may quote a file's name with a line break, after which the words are not from this program.
    """
    _say(before + spoken(sentence).replace("\n", "⟨U+000A⟩"))


def _say(lines: str) -> None:
    # A message may quote a stranger's words or an address, which must neither control the terminal nor reveal a secret.
    from policydiff.errors import without_secrets
    from policydiff.lexicon.widths import visible

    sys.stderr.write(f"{visible(without_secrets(lines))}\n")
    sys.stderr.flush()


_HELP = frozenset({"--help", "-h"})


def N_(message: str) -> str:  # noqa: N802 (the usual name of a mark for extraction)
    """Mark a message for the catalogue, which is loaded only when needed."""
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
    N_("Invalid value for {1} (env var: {2}): {3}"),
    N_("Input should be greater than or equal to {1}"),
    N_("Input should be less than or equal to {1}"),
    N_("Input should be a valid integer, unable to parse string as an integer"),
    N_("Input should be a valid boolean, unable to interpret input"),
    N_("Input should be a valid number, unable to parse string as a number"),
    N_("Input should be a valid string"),
    N_("Input should be a valid integer"),
    N_("Input should be a valid number"),
    N_("Input should be a valid boolean"),
    N_("Input should be a valid tuple"),
    N_("Input should be a valid dictionary or instance of {1}"),
    N_("Input should be a valid date"),
    N_("Field required"),
    N_("No such file or directory"),
    N_("File exists"),
    N_("Permission denied"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("Read-only file system"),
    N_("File name too long"),
    N_("standard output is closed: name a file with -o"),
    N_("a file whose name begins with a dash is named ./-name, or stands behind --"),
    N_("options stand behind the command: policydiff COMMAND --option"),
    N_("this is a bug in policydiff; please report it with the lines above"),
    N_("the run was interrupted"),
)
"""Messages of the parser and of the last-resort error handling, as patterns with numbered places."""

_PANELS = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "REQUIRED_LONG_STRING": N_("[required]"),
    "DEFAULT_STRING": N_("[default: {}]"),
    "ENVVAR_STRING": N_("[env var: {}]"),
}
_USAGE_OF_SPEAKING = {
    "Usage:": N_("Usage:"),
    "[OPTIONS]": N_("[OPTIONS]"),
    "COMMAND [ARGS]": N_("COMMAND [ARGS]"),
}
_OF_THE_PARSER = N_("Show this message and exit.")


def asked_language(arguments: Sequence[str]) -> str:
    """Return the language for a command line: from `--lang`, else from the environment."""
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
    """Return the line that shows a command's usage in the user's language."""
    lang = asked_language(sys.argv[1:])
    if lang == "en":
        return line
    from policydiff.report.catalog import catalog

    return _usage(line, catalog(lang))


def run(app: "typer.Typer", arguments: Sequence[str]) -> Any:
    """Run the commands, with help in the user's language, and return the exit code."""
    groups = {each.name for each in app.registered_groups}
    asks = not arguments or bool(_HELP & set(arguments)) or arguments[-1] in groups
    lang = asked_language(arguments) if asks else "en"
    if lang == "en":
        return app(standalone_mode=False, windows_expand_args=False)
    import typer.main

    command = typer.main.get_command(app)
    _translate(command, lang)
    return command(standalone_mode=False, windows_expand_args=False)


def _translate(command: Any, lang: str) -> None:
    """Translate the help of a command and of its subcommands, and the words of the library that prints it."""
    import rich.columns
    from typer import rich_utils

    from policydiff.report.catalog import catalog, help_told

    say = catalog(lang)
    for name, message in _PANELS.items():
        setattr(rich_utils, name, say(message))
    # The texts of options are in columns, which are a table inside the table.
    for module in (rich_utils, rich.columns):
        module.Table = _folding(module.Table)  # type: ignore[attr-defined]

    def translate(one: Any) -> None:
        one.rich_help_panel = say(getattr(one, "rich_help_panel", None) or "")
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
    """Return the table class with lines that break anywhere, because Chinese has no spaces and long lines would be cut off."""

    class Folding(table):  # type: ignore[misc]
        def add_row(self, *cells: Any, **looks: Any) -> None:
            super().add_row(*cells, **looks)
            for column in self.columns:
                column.overflow = "fold"

    return Folding


def _usage(line: str, say: Any) -> str:
    for words, message in _USAGE_OF_SPEAKING.items():
        line = line.replace(words, say(message))
    return line
