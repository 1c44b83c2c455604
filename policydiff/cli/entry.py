"""Run the command line and turn errors into one sentence and an exit code."""

import errno
import gc
import os
import signal
import sys
import traceback
from typing import Any, NoReturn

_USAGE = 2
_BUG = 70
_INTERRUPTED = 130
_NEW_VALUES = 20_000
"""Values made since the last look for cycles until the next: some two megabytes, a document or two."""
_TERMINATED = 143
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_DISK_FULL = 18


def main() -> NoReturn:
    """Run `policydiff` with the process's arguments and exit."""
    # A document is tens of thousands of values that live until the end: looking through them again after every 700
    # new ones took a fifth of the time of an import.
    gc.set_threshold(_NEW_VALUES, 20, 50)
    from policydiff.cli.app import program
    from policydiff.cli.speaking import run
    from policydiff.errors import PolicydiffError

    # What is loaded by now stays: the collector need not look through it again each time many values are made.
    gc.freeze()
    # Terminated (by a job's time limit, by cron) it tidies up as it does when interrupted.
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = run(program(sys.argv[1:]), sys.argv[1:])
    except PolicydiffError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of a pipe has gone (`| head`): not an error; silence the flush at exit as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except Exception as error:
        _end_with(error)
    if code == _INTERRUPTED:
        _complain("the run was interrupted")
    sys.exit(code if isinstance(code, int) else 0)


def _terminated(_signal: int, _frame: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the processes it started are ended on the way out
    raise SystemExit(_TERMINATED)


def _end_with(error: Exception) -> NoReturn:
    """Exit on what the command line's own parser refuses, on what the machine refuses, or on a bug."""
    if hasattr(error, "format_message"):  # of the parser, which Typer takes from click or brings along
        _refuse_usage(error)
    if type(error).__name__ == "Abort":
        _complain("the run was interrupted")
        sys.exit(_INTERRUPTED)
    if isinstance(error, OSError) and error.errno in _FULL:
        from policydiff.errors import DiskFullError

        place = f" ({error.filename})" if error.filename else ""
        full = DiskFullError(
            f"the disk is full{place}: make room and run the same command again; what was recorded is safe"
        )
        _complain(str(full))
        sys.stdout = None
        sys.exit(_DISK_FULL)
    if isinstance(error, OSError) and error.errno in _REFUSED:
        # The machine refuses, wherever in a run that is met: no bug, and nothing a traceback would help with.
        place = f"{error.filename}: " if error.filename else ""
        _complain(f"{place}{error.strerror}")
        sys.stdout = None  # what could not be written is not tried again at exit
        sys.exit(_USAGE)
    # The last resort: a traceback is a bug, and must not end with 1, which means differences.
    traceback.print_exception(error)
    _complain("this is a bug in policydiff; please report it with the lines above")
    sys.exit(_BUG)


def _refuse_usage(error: Any) -> NoReturn:
    """Exit with what the parser of the command line says: with its usage where the shape of the command is wrong."""
    from policydiff.cli.speaking import spoken_usage

    context = error.ctx
    if type(error).__name__ == "NoArgsIsHelpError":
        if error.message:  # with rich the help is printed by now
            _say(error.message)
    else:
        if context is not None and (type(error).__name__ != "BadParameter"):
            _say(spoken_usage(context.get_usage()))
        _complain(error.format_message().replace("Value error, ", "").rstrip("."))
    sys.exit(_USAGE)


def _complain(sentence: str) -> None:
    _say(f"policydiff: {_spoken(sentence)}")


def _spoken(sentence: str) -> str:
    from policydiff.cli.speaking import spoken

    return spoken(sentence)


def _say(lines: str) -> None:
    # A message may quote a file's name or a stranger's words: nothing in it commands the terminal.
    from policydiff.lexicon.widths import visible

    lines = visible(lines)
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(f"{lines}\n".encode(encoding, "replace").decode(encoding))
