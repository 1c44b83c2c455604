"""A run over a whole corpus: every pair of sentences that share wording, every pair of documents, and families of them.

The run lies in a folder that all workers see. Only names of files pass through the process that drives it. A run that
was broken off goes on where it was: what is done is noted beside the files, and the manifest says of which corpus and
which code the folder is.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import Field

from policydiff.collection.index import Index
from policydiff.collection.packed_clauses import digest_of
from policydiff.errors import UsageError
from policydiff.model import Value
from policydiff.model.base import Result, counted
from policydiff.reuse.executors import Dask, Executor, Processes, Serial
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
    table_name,
)

PART = 400
"""Texts of a part at most: a task over so many takes seconds and some 200 MB, so that a lost one costs little."""
_PARTS_STEP = 4
"""Parts are a multiple of this, where there is more than one, and equally large: two or four workers end at the same time."""
_FINISHING = 2
"""Tasks that write the tables of the whole."""
_SHARES_LEAST, _SHARES_MOST = 4, 256
"""Shares of the fingerprints: as many as there are parts, so that no task grows with the corpus, within these bounds."""
_MANIFEST = "manifest.json"
_BUILD = ("reuse/stages.py", "reuse/bulk.py", "reuse/shared_wording.py", "reuse/common_runs.tsv")
_NEEDED = ("duckdb", "numpy", "pyarrow")
Told = Callable[[int, int], None]
"""Told how many of how many tasks are done."""


class CorpusText(NamedTuple):
    """A text of the corpus that a run looks at."""

    document: str
    version: str
    day: str
    """ISO date by which versions are ordered."""
    title: str
    issuers: str
    """Joined by 、"""
    clauses: bytes
    """As `packed_clauses.pack` gives them."""
    digest: str
    """SHA-256 of the text."""


class RunTable(Value):
    """A table that the run wrote."""

    file: str
    """Name inside the folder of the run."""
    rows: int
    """Rows that the table holds."""
    sha256: str
    """Of the file; equal whoever did the work."""


class RunStage(Value):
    """A stage of the run."""

    name: str
    """texts, shared, pairs or finish."""
    tasks: int
    """Tasks it has."""
    done_before: int
    """Tasks that an earlier run had done."""


class CorpusReuse(Result[RunTable]):
    """A run over a whole store (`reuse --all`): pairs of sentences that are the same or nearly so, and what follows from them.

    Looked for are sentences of the newest versions that share runs of words which at most 100 sentences hold, to an extent
    of 15 % of the shorter one. Reworded sentences are not found so: what a document adopted of another one is said by
    `sources` and `compare`.
    """

    schema_id: Literal["policydiff/corpus-reuse/1"] = Field(
        default="policydiff/corpus-reuse/1", alias="schema"
    )
    folder: str
    """Where the tables lie."""
    texts: int
    """Newest versions that were looked at."""
    sentences: int
    """Sentences long enough to hold a run."""
    pairs: int
    """Pairs of sentences of two documents."""
    documents: int
    """Pairs of documents with a pair of sentences."""
    families: int
    """Groups of documents of which half of the sentences are pairs."""
    checksum: int
    """Over all pairs and what they share; the same for one corpus, whoever did the work."""
    stages: tuple[RunStage, ...]
    """In the order in which they were done."""
    tables: tuple[RunTable, ...]
    """The tables of the run; `datapackage.json` beside them describes their columns."""

    _page_module: ClassVar[str | None] = "policydiff.reuse.origin_pages"
    _thing: ClassVar[str] = "table"
    _list: ClassVar[str] = "tables"
    _columns: ClassVar[str] = "file rows sha256"

    def _told(self) -> str:
        return f"{counted(self.texts, 'text')}, {counted(self.pairs, 'pair')}"


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


def executor_of(workers: int | None, scheduler: str | None) -> Executor:
    """Return who does the work.

    Raises:
        UsageError: if both are named, or what is needed is not installed.
    """
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
        return Dask(scheduler)
    return Serial() if workers in (None, 1) else Processes(workers or 1)


def reuse_of_corpus(
    corpus: Callable[[], Iterator[CorpusText]], folder: Path, executor: Executor, told: Told | None = None
) -> CorpusReuse:
    """Look at a whole corpus and return what was found; the tables lie in the folder.

    Args:
        corpus: Gives its texts, each time in the same order.
        folder: Where the tables go, and the files of the run; for a cluster under a name that its workers know.
        executor: Who does the work.
        told: Told how many of how many tasks are done.

    Raises:
        UsageError: if the folder holds something else, or a run over another corpus or with other code.
    """
    work = folder.absolute() / "work"
    head = _head(corpus())
    _write_inputs(corpus, head, folder, work)
    count, parts = head["texts"], head["parts"]
    shares = min(_SHARES_MOST, max(_SHARES_LEAST, parts))
    numbers = {"texts": parts, "shared": shares, "pairs": parts, "finish": _FINISHING}
    finished: list[Done] = []
    stages = []
    with executor:
        for stage, number in numbers.items():
            tasks = [Task(stage, place, str(work), parts, shares, count) for place in range(number)]
            before = sum(read_done(task) is not None for task in tasks)
            for done in executor.run(tasks):
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
    """Return of which corpus and of which code a run is."""
    digest = hashlib.sha256(f"{gram_build()} {digest_of(_BUILD)}\n".encode())
    count = 0
    for count, text in enumerate(texts, 1):  # noqa: B007 (counted)
        digest.update(f"{text.document}\t{text.version}\t{text.digest}\n".encode())
    return {
        "schema": "policydiff/corpus-reuse-manifest/1",
        "corpus": digest.hexdigest(),
        "texts": count,
        "parts": _parts(count),
    }


def _parts(count: int) -> int:
    """Return in how many parts so many texts are cut."""
    parts = -(-count // PART)
    return min(count, -(-parts // _PARTS_STEP) * _PARTS_STEP) if parts > 1 else 1


def _write_inputs(
    corpus: Callable[[], Iterator[CorpusText]], head: dict[str, Any], folder: Path, work: Path
) -> None:
    """Write the texts, a file a part, unless a run over the same corpus did so before."""
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
        raise UsageError(f"cannot write {folder}: {error.strerror or error}") from error
    _write_json(folder / _MANIFEST, head)


def _write_json(file: Path, content: dict[str, Any]) -> None:
    unfinished = file.with_name(f".{file.name}.new")
    unfinished.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(file)


def _package(tables: Iterable[RunTable]) -> dict[str, Any]:
    """Return the description of the tables as a Frictionless data package."""
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
                        {"name": name, "type": kind, "description": told}
                        for name, kind, told in _COLUMNS[table.file.split(".")[0]]
                    ]
                },
            }
            for table in tables
        ],
    }


_COLUMNS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "pairs": (
        ("a", "integer", "number of a sentence; see the table sentences"),
        ("b", "integer", "number of a sentence of another document"),
        ("shared", "integer", "kept runs both hold"),
        (
            "weight",
            "integer",
            "sum over them of 1000 times the bits that they say: the binary logarithm of texts by holders, texts at large counted in",
        ),
        ("contained", "number", "shared, as a share (0…1) of the kept runs of the shorter one"),
    ),
    "documents": (
        ("document_a", "string", "id of a document"),
        ("version_a", "string", "its newest version"),
        ("day_a", "date", "day by which that version is ordered: issued, published or seen"),
        ("document_b", "string", "id of another document"),
        ("version_b", "string", "its newest version"),
        ("day_b", "date", "day by which that version is ordered"),
        ("sentences_a", "integer", "sentences of the first that are a pair with one of the second"),
        ("sentences_b", "integer", "sentences of the second that are a pair with one of the first"),
        ("share_a", "number", "sentences_a, as a share (0…1) of its sentences"),
        ("share_b", "number", "sentences_b, as a share (0…1) of its sentences"),
        ("weight", "integer", "sum of the weights of the pairs"),
    ),
    "families": (
        ("family", "integer", "number of the family, those around the most widely shared text first"),
        ("document", "string", "id of a member"),
        ("version", "string", "its newest version"),
        ("day", "date", "day by which that version is ordered"),
        ("middle", "boolean", "whether it is the text to which the other members are near"),
    ),
    "sentences": (
        ("sentence", "integer", "number of the sentence in this run"),
        ("document", "string", "id of its document"),
        ("version", "string", "the version it stands in"),
        ("clause", "string", "id of its clause"),
        ("place", "integer", "which sentence of the clause, from 0 on"),
        ("runs", "integer", "kept runs it holds"),
    ),
}
"""Columns of the tables: name, type, meaning."""
