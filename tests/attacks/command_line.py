"""The command line in a copy of this process: a fraction of the time that a fresh one takes to start."""

import os
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        """Both streams."""
        return self.out + self.err


def run(arguments: Sequence[str], folder: Path, **environment: str | None) -> Done:
    """Run `policydiff ARGUMENTS…` in a folder; a variable that is None is taken away."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            _be(arguments, folder, environment, out.fileno(), err.fileno())
        _, status = os.waitpid(child, 0)
        told = []
        for stream in (out, err):
            stream.seek(0)
            told.append(stream.read().decode("utf-8", "surrogateescape"))
    return Done(os.waitstatus_to_exitcode(status), *told)


def _be(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str | None], out: int, err: int
) -> None:
    code = 99
    try:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        warnings.resetwarnings()
        surroundings = {"COLUMNS": "200", "POLICYDIFF_LANG": "en", "GITHUB_ACTIONS": None, **environment}
        for name, value in surroundings.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)
        sys.argv = ["policydiff", *arguments]
        from policydiff.cli.entry import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
