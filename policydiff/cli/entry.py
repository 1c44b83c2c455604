"""Run the command line and turn errors into one sentence and an exit code."""

import errno
import gc
import os
import sys
import traceback
from typing import NoReturn

_USAGE = 2
_BUG = 70
_INTERRUPTED = 130
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})


def main() -> NoReturn:
    """Run `policydiff` with the process's arguments and exit."""
    from policydiff.cli.app import app
    from policydiff.errors import PolicydiffError

    # What is loaded by now stays: the collector need not look through it again each time many values are made.
    gc.freeze()
    try:
        app()
    except PolicydiffError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of a pipe has gone (`| head`): not an error; silence the flush at exit as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        _complain("interrupted")
        sys.exit(_INTERRUPTED)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _REFUSED:
            # The machine refuses, wherever in a run that is met: no bug, and nothing a traceback would help with.
            place = f"{error.filename}: " if error.filename else ""
            _complain(f"{place}{error.strerror}")
            sys.stdout = None  # what could not be written is not tried again at exit
            sys.exit(_USAGE)
        # The last resort: a traceback is a bug, and must not end with 1, which means differences.
        traceback.print_exc()
        _complain("this is a bug in policydiff; please report it with the lines above")
        sys.exit(_BUG)
    sys.exit(0)


def _complain(sentence: str) -> None:
    stream = sys.stderr
    stream.write(
        f"policydiff: {sentence}\n".encode(stream.encoding or "utf-8", "replace").decode(
            stream.encoding or "utf-8"
        )
    )
