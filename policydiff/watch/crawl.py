"""Read sources host by host: several hosts at a time, one source at a time on each."""

import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import NamedTuple
from urllib.parse import urlsplit

from policydiff.errors import is_of_the_machine
from policydiff.settings import Source
from policydiff.watch import FailureKind, SourceFailedError
from policydiff.watch.gather import Gathered


class Read(NamedTuple):
    """One step of a crawl."""

    source: Source
    gathered: Gathered | None
    """None when everything of the source has been given."""


GatherOne = Callable[[Source], Iterable[Gathered]]


def crawl(sources: Sequence[Source], gather_one: GatherOne, workers: int) -> Generator[Read, None, None]:
    """Yield the answers of the sources as they arrive; answers of the same host keep the order of its sources.

    At most a few captures wait at a time, so memory does not grow with the number of sources.
    """
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault((urlsplit(source.url).hostname or "") if source.url else "", []).append(source)
    belt = _Belt(2 * workers)
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="host") as pool:
        for group in groups.values():
            pool.submit(_work, group, gather_one, belt)
        left = len(sources)
        try:
            while left:
                read = belt.take()
                left -= read.gathered is None
                yield read
        finally:
            belt.stop()


class _Belt:
    """Carries steps from the workers to the run; a stopped belt takes nothing more and holds nobody up."""

    def __init__(self, size: int) -> None:
        self._steps: queue.Queue[Read] = queue.Queue(maxsize=size)
        self._stopped = threading.Event()

    def put(self, read: Read) -> bool:
        while not self._stopped.is_set():
            try:
                self._steps.put(read, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def take(self) -> Read:
        return self._steps.get()

    def stop(self) -> None:
        self._stopped.set()


def _work(group: list[Source], gather_one: GatherOne, belt: _Belt) -> None:
    for source in group:
        with closing(_guarded(source, gather_one)) as steps:
            for gathered in steps:
                if not belt.put(Read(source, gathered)):
                    return
        if not belt.put(Read(source, None)):
            return


def _guarded(source: Source, gather_one: GatherOne) -> Generator[Gathered, None, None]:
    """Turn a fault of ours on one hostile page into that source's failure: the others are still read."""
    steps: Iterator[Gathered] = iter(gather_one(source))
    try:
        yield from steps
    except Exception as error:  # the job runs unattended: one page must not stop the others
        # The run, which takes the step, ends where nothing can be written.
        failure = error if is_of_the_machine(error) else fault(error)
        yield Gathered("", failure=failure, is_listing=source.kind.value in {"listing", "feed", "folder"})


def fault(error: Exception) -> SourceFailedError:
    """Return the failure that stands for a fault of policydiff itself."""
    return SourceFailedError(
        FailureKind.STRUCTURE,
        f"policydiff itself failed on this source ({type(error).__name__}: {error}): please report it",
    )
