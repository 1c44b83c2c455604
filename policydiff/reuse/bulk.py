"""A run over a whole corpus: all pairs of sentences with common wording, all pairs of documents, and families of documents.

The files of a run are in a folder that all workers can read. Only names of files pass through the process that drives the run. An
interrupted run is continued: finished tasks are noted beside the files, and the manifest names the corpus and the code that the folder
belongs to.

An executor does the tasks: this process, further processes on this machine, or a Dask cluster. All of them write the same files. If a worker
ends in the middle of a task, no file has the name of a finished output, and the task is given to another worker.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from csv import DictReader
from importlib.resources import files
from importlib.util import find_spec
from itertools import islice, pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from policydiff.collection.index import Index
from policydiff.collection.packed_clauses import digest_of
from policydiff.errors import UsageError, WorkersLostError, cannot_write
from policydiff.platforms import CAN_FORK
from policydiff.reuse import CorpusReuse, RunStage, RunTable
from policydiff.reuse.gram_index import gram_build
from policydiff.reuse.grams import GRAM
from policydiff.reuse.stages import (
    COMMON,
    LEAST,
    TABLES,
    TEMPLATE,
    Done,
    Task,
    input_name,
    read_done,
    run_task,
    table_name,
)

PART = 400
"""Most texts of a part: a task over 400 texts takes seconds and about 200 MB, so that losing one costs little."""
_PARTS_STEP = 4
"""The number of parts, if more than one, is a multiple of 4 and the parts are equally large: two or four workers end at the same time."""
_FINISHING = 2
"""Number of tasks that write the tables of the whole run."""
_SHARES_LEAST, _SHARES_MOST = 4, 256
"""Bounds of the number of shares of the fingerprints; within them there are as many shares as parts, so that no task grows with the corpus."""
_MANIFEST = "manifest.json"
_BUILD = ("reuse/stages.py", "reuse/bulk.py", "reuse/shared_wording.py", "reuse/common_runs.tsv")
_NEEDED = ("duckdb", "numpy", "pyarrow")
_TRIES = 3
"""Times that the workers may die during one stage before the run fails: a task that kills every worker is a defect."""
Told = Callable[[int, int], None]
"""Function called with the number of finished tasks and the number of all tasks."""


class CorpusText(NamedTuple):
    """A text of the corpus in a run."""

    document: str
    version: str
    day: str
    """ISO date by which versions are ordered."""
    title: str
    issuers: str
    """Joined by 、"""
    clauses: bytes
    """As `collection.pack` gives them."""
    digest: str
    """SHA-256 of the text."""


def corpus_of(index: Index) -> Iterator[CorpusText]:
    """Yield the newest version of each document of a store, by id."""
    yield from map(
        CorpusText._make,
        index.database.execute(
            "SELECT d.id, v.version, v.day, d.title, d.issuers, v.clauses, v.text_sha256 FROM document d"
            " JOIN version v ON v.document_id = d.id AND v.version = d.newest"
            " WHERE v.clauses IS NOT NULL ORDER BY d.id"
        ),
    )


Executor = Callable[[Sequence[Task]], Iterable[Done]]
"""Function that does tasks, and yields the records of finished tasks in any order."""


def serial(tasks: Sequence[Task]) -> Iterator[Done]:
    """Do the tasks in this process, in order."""
    yield from map(run_task, tasks)


def processes(workers: int) -> Executor:
    """Return an executor that spreads tasks over processes of this machine.

    If a process dies, its unfinished tasks go to new processes.
    """

    def run(tasks: Sequence[Task]) -> Iterator[Done]:
        waiting = {task.name: task for task in tasks}
        for _ in range(_TRIES):
            with suppress(BrokenProcessPool):
                for done in _by_a_pool(workers, [*waiting.values()]):
                    del waiting[done.name]
                    yield done
            if not waiting:
                return
        raise WorkersLostError(
            f"the processes that worked at {next(iter(waiting))} died {_TRIES} times: look at the memory of the machine,"
            " and run the command again; what was done is kept"
        )

    return run


def _by_a_pool(workers: int, tasks: Sequence[Task]) -> Iterator[Done]:
    with ProcessPoolExecutor(workers, get_context("fork" if CAN_FORK else "spawn")) as pool:
        try:
            for future in as_completed([pool.submit(run_task, task) for task in tasks]):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def dask(address: str) -> Executor:
    """Return an executor that gives tasks to a Dask scheduler; its workers must see the folder of the run under the same name.

    If a worker dies, the scheduler gives its task to a different worker.
    """

    def run(tasks: Sequence[Task]) -> Iterator[Done]:
        import distributed  # noqa: PLC0415 (optional extra)

        try:
            client = distributed.Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise UsageError(f"no Dask scheduler answers at {address}: {error}") from error
        with client:
            futures = [
                client.submit(run_task, task, key=f"{task.folder}/{task.name}", retries=_TRIES, pure=False)
                for task in tasks
            ]
            try:
                for future in distributed.as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
                    yield Done(*future.result())
            except distributed.KilledWorker as error:
                raise WorkersLostError(
                    f"the workers of {address} died again and again: {error}; what was done is kept"
                ) from error
            finally:
                client.cancel(futures)  # type: ignore[no-untyped-call]

    return run


def executor_of(workers: int | None, scheduler: str | None) -> Executor:
    """Return the executor of the tasks. Raises UsageError if `workers` and `scheduler` are both given, or a needed package is missing."""
    if workers is not None and scheduler is not None:
        raise UsageError("name a number of workers, or the address of a scheduler that has its own, not both")
    missing = [
        name for name in (*_NEEDED, *(("distributed",) if scheduler else ())) if find_spec(name) is None
    ]
    if missing:
        raise UsageError(
            f"a run over a whole store needs the extra `scale` ({', '.join(missing)}): pip install 'policydiff[scale]'"
        )
    if scheduler is not None:
        return dask(scheduler)
    return serial if workers in (None, 1) else processes(workers or 1)


def reuse_of_corpus(
    corpus: Callable[[], Iterator[CorpusText]], folder: Path, executor: Executor, told: Told | None = None
) -> CorpusReuse:
    """Find reuse in a whole corpus and return the figures; the tables are written to `folder`.

    `corpus` yields its texts in the same order at each call; the workers of a cluster know the folder by the same
    name. Raises UsageError if the folder holds other files, or a run over a different corpus or with different code.
    """
    work = folder.absolute() / "work"
    head = _head(corpus())
    _write_inputs(corpus, head, folder, work)
    count, parts = head["texts"], head["parts"]
    shares = min(_SHARES_MOST, max(_SHARES_LEAST, parts))
    numbers = {"texts": parts, "shared": shares, "pairs": parts, "finish": _FINISHING}
    finished: list[Done] = []
    stages = []
    for stage, number in numbers.items():
        tasks = [Task(stage, place, str(work), parts, shares, count) for place in range(number)]
        before = sum(read_done(task) is not None for task in tasks)
        for done in executor(tasks):
            finished.append(done)
            if told is not None:
                told(len(finished), sum(numbers.values()))
        stages.append(RunStage(name=stage, tasks=number, done_before=before))
    last: Counter[str] = Counter()
    digests: dict[str, str] = {}
    for done in finished:
        last.update(dict(done.counts))
        digests.update(done.files)
    tables = tuple(
        RunTable(file=f"{name}.parquet", rows=last[f"{name}_rows"], sha256=digests[table_name(name)])
        for name in TABLES
    )
    _write_json(folder / "datapackage.json", _package(tables))
    done_tasks = {done.name: dict(done.files) for done in sorted(finished)}
    _write_json(folder / _MANIFEST, {**head, "tasks": done_tasks})
    return CorpusReuse(
        folder=str(folder),
        texts=count,
        sentences=last["sentences_rows"],
        pairs=last["pairs_rows"],
        documents=last["documents_rows"],
        families=last["families"],
        checksum=last["checksum"],
        stages=tuple(stages),
        tables=tables,
    )


def _head(texts: Iterable[CorpusText]) -> dict[str, Any]:
    """Return the manifest of a run: it identifies the corpus and the code."""
    digest = hashlib.sha256(f"{gram_build()} {digest_of(_BUILD)}\n".encode())
    count = 0
    for count, text in enumerate(texts, 1):  # noqa: B007 (counted)
        digest.update(f"{text.document}\t{text.version}\t{text.digest}\n".encode())
    # In how many parts so many texts are cut
    parts = -(-count // PART)
    return {
        "schema": "policydiff/corpus-reuse-manifest/1",
        "corpus": digest.hexdigest(),
        "texts": count,
        "parts": min(count, -(-parts // _PARTS_STEP) * _PARTS_STEP) if parts > 1 else 1,
    }


def _write_inputs(
    corpus: Callable[[], Iterator[CorpusText]], head: dict[str, Any], folder: Path, work: Path
) -> None:
    """Write the texts, one file for each part, unless an earlier run over the same corpus wrote them."""
    import pyarrow as pa  # noqa: PLC0415 (optional extra)
    import pyarrow.parquet as pq  # noqa: PLC0415 (optional extra)

    try:
        known = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = None
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder / _MANIFEST} cannot be read: {error}; name another folder") from error
    if known is None and folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds other files: name a folder of its own for the run")
    if known is not None:
        if {name: known.get(name) for name in head} != head:
            raise UsageError(
                f"{folder} holds a run over another state of the store, or by another release: name another folder"
            )
        return
    try:
        work.mkdir(parents=True, exist_ok=True)
        texts = corpus()
        bounds = [head["texts"] * part // head["parts"] for part in range(head["parts"] + 1)]
        for part, (first, after) in enumerate(pairwise(bounds)):
            some = list(islice(texts, after - first))
            columns = {name: [getattr(each, name) for each in some] for name in CorpusText._fields}
            table = pa.table({"text": pa.array(range(first, first + len(some)), pa.int64()), **columns})
            pq.write_table(table, work / input_name(part), compression="none")
    except OSError as error:
        raise cannot_write(folder, error) from error
    _write_json(folder / _MANIFEST, head)


def _write_json(file: Path, content: dict[str, Any]) -> None:
    unfinished = file.with_name(f".{file.name}.new")
    unfinished.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(file)


def _package(tables: Iterable[RunTable]) -> dict[str, Any]:
    """Return the description of the tables as a Frictionless data package."""
    described = files("policydiff.reuse").joinpath("run_tables.tsv").read_text("utf-8")
    columns = [*DictReader(described.splitlines(), delimiter="\t")]
    return {
        "name": "corpus-reuse",
        "description": (
            f"Sentences of different documents that share runs of {GRAM} characters which at most {COMMON} sentences hold,"
            f" to at least {LEAST:.0%} of the shorter one's; documents are of one family from {TEMPLATE:.0%} of the sentences on, where they share more than formulas."
        ),
        "resources": [
            {
                "name": table.file.split(".")[0],
                "path": table.file,
                "format": "parquet",
                "hash": f"sha256:{table.sha256}",
                "schema": {
                    "fields": [
                        {"name": each["column"], "type": each["type"], "description": each["meaning"]}
                        for each in columns
                        if each["table"] == table.file.split(".")[0]
                    ]
                },
            }
            for table in tables
        ],
    }
