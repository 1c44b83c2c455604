"""Who does the tasks of a run: this process, further processes of this machine, or a Dask cluster.

An executor is given tasks and yields what was done, in any order. All of them do the same tasks, so that the same files
come out; a worker that dies in the middle of a task leaves nothing under the name of an output, and the task is given
to another one.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Protocol, Self

from policydiff.errors import UsageError, WorkersLostError
from policydiff.platforms import CAN_FORK
from policydiff.reuse.stages import Done, Task, run_task

_TRIES = 3
"""Times that the workers may die over one stage before it is given up: a task that kills each of them is a defect."""


class Executor(Protocol):
    """Does tasks."""

    def run(self, tasks: Sequence[Task]) -> Iterable[Done]:
        """Yield what was done, in any order."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Serial:
    """Runs the tasks in this process, in order."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Do nothing: nothing was started."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Yield what was done, in the order of the tasks."""
        yield from map(run_task, tasks)


class Processes:
    """Spreads tasks over processes of this machine."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Yield what was done; where a process died, the tasks that are not done are given to new ones."""
        waiting = list(tasks)
        for _ in range(_TRIES):
            finished: set[str] = set()
            try:
                for done in self._some(waiting):
                    finished.add(done.name)
                    yield done
            except BrokenProcessPool:
                self._close()
            waiting = [task for task in waiting if task.name not in finished]
            if not waiting:
                return
        raise WorkersLostError(
            f"the processes that worked at {waiting[0].name} died {_TRIES} times: look at the memory of the machine,"
            " and run the command again; what was done is kept"
        )

    def _some(self, tasks: Sequence[Task]) -> Iterator[Done]:
        if self._pool is None:
            context = get_context("fork" if CAN_FORK else "spawn")
            self._pool = ProcessPoolExecutor(self._workers, context)
        running: set[Future[Done]] = {self._pool.submit(run_task, task) for task in tasks}
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                yield future.result()

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


class Dask:
    """Gives tasks to a Dask scheduler; its workers must see the folder of the run under the same name."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None

    def __enter__(self) -> Self:
        from distributed import Client  # noqa: PLC0415 (optional extra)

        try:
            self._client = Client(self._address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise UsageError(f"no Dask scheduler answers at {self._address}: {error}") from error
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Yield what was done; a task whose worker died is given to another one by the scheduler."""
        from distributed import KilledWorker, as_completed  # noqa: PLC0415 (optional extra)

        futures = [
            self._client.submit(run_task, task, key=f"{task.folder}/{task.name}", retries=_TRIES, pure=False)
            for task in tasks
        ]
        try:
            for future in as_completed(futures, loop=self._client.loop):  # type: ignore[no-untyped-call]
                yield Done(*future.result())
        except KilledWorker as error:
            raise WorkersLostError(
                f"the workers of {self._address} died again and again: {error}; what was done is kept"
            ) from error
        finally:
            self._client.cancel(futures)
