"""Progress of long work: a bar on a terminal, a line now and then elsewhere, both on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LINES = 20
"""Lines at most where there is no terminal."""


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function to be told (done, total) after each piece of work."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        return

    def line(done: int, total: int) -> None:
        step = max(500, -(-total // _LINES))
        if done % step == 0:
            print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)  # noqa: T201 (this is the command line)

    yield line
