"""The stages of a run over a whole corpus: each task reads files of a shared folder and writes files into it.

A task gets only names and numbers, so that any worker with access to the folder can do it, and repeating it gives
the same bytes. An output gets its name only when it is complete; a note beside it says that the task is done.

    texts      one task for each part of the corpus: sentences and their fingerprints
    shared     one task for each share of all fingerprints: pairs of sentences with a fingerprint in common
    pairs      one task for each part: pairs of its sentences with later ones, and the pairs of documents
    finish     two tasks: the table of pairs of sentences, and the other tables of the whole run

DuckDB joins and counts inside a task, on one thread, and writes data beyond its memory limit to disk.
"""
# ruff: noqa: S608 (queries hold numbers and the names of files of the run, nothing of a document)

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, NamedTuple

from policydiff.collection.packed_clauses import unpack
from policydiff.reuse.grams import COVER, areas_of, winnowed_document
from policydiff.reuse.shared_wording import SUBSTANCE_BITS, common_runs

if TYPE_CHECKING:
    import duckdb

COMMON = 100
"""Most sentences that may hold a run that joins pairs: doubling it makes four times as many pairs from one
run, and a run in more sentences is a formula. `spread` has no such limit."""
LEAST = 0.15
"""Share of the runs of the shorter sentence from which two sentences are a pair."""
_TEMPLATE_WEIGHT = round(1000 * SUBSTANCE_BITS * COVER)
"""Weight of all that the two must share besides: short texts that have only formulas in common are of no family."""
TEMPLATE = 0.5
"""Least share of the sentences of the shorter document that two documents of one family have in common."""
_TEXT_BITS = 16
"""Bits of a sentence's number that hold its place in the text, behind the number of the text; sentences with a higher place are left out."""
_MEMORY = "500MB"


class Task(NamedTuple):
    """A piece of work, described only by names and numbers."""

    stage: str
    number: int
    folder: str
    """Folder of the run, as the worker sees it."""
    parts: int
    """Parts of the corpus."""
    shares: int
    """Shares of all fingerprints."""
    texts: int
    """Texts of the corpus: a run is the rarer, the fewer of them hold it."""

    @property
    def name(self) -> str:
        """Name of the task in the folder."""
        return f"{self.stage}-{self.number:05}"


class Done(NamedTuple):
    """Record of a finished task."""

    name: str
    files: tuple[tuple[str, str], ...]
    """(name, SHA-256) of each file it wrote."""
    counts: tuple[tuple[str, int], ...]
    """Its counts, by name."""
    seconds: float
    """CPU seconds it took; not part of any result."""
    worker: str
    """Host and process that did the task."""


TABLES = ("pairs", "documents", "families", "sentences")
"""Result tables of a run; they lie in the folder of the run, and the files of the stages in `work` below it."""


def table_name(table: str) -> str:
    """Return the path of one of `TABLES`, relative to the files of the stages."""
    return f"../{table}.parquet"


def input_name(part: int) -> str:
    """Return the name of the file with the texts of a part."""
    return f"input-{part:05}.parquet"


def run_task(task: Task) -> Done:
    """Do a task; if an earlier run did it, return its recorded result."""
    before = read_done(task)
    if before is not None:
        return before
    begun = process_time()
    work = _Work(task)
    _STAGES[task.stage](work)
    done = Done(
        task.name,
        tuple((name, _put(work, name)) for name in work.written),
        tuple(work.counts.items()),
        round(process_time() - begun, 3),
        f"{os.uname().nodename if hasattr(os, 'uname') else 'host'}:{os.getpid()}",
    )
    note = work.folder / f".{task.name}.{os.getpid()}"
    note.write_text(json.dumps(done._asdict()), encoding="utf-8")
    note.replace(work.folder / f"{task.name}.json")
    return done


def read_done(task: Task) -> Done | None:
    """Return the record of a finished task if all its files exist; otherwise None."""
    folder = Path(task.folder)
    try:
        note = json.loads((folder / f"{task.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    files = tuple((name, digest) for name, digest in note["files"])
    if not all((folder / name).is_file() for name, _ in files):
        return None
    counts = tuple((name, number) for name, number in note["counts"])
    return Done(note["name"], files, counts, note["seconds"], note["worker"])


class _Work:
    """A task at work: the files it reads and writes, and a database for its joins."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.folder = Path(task.folder)
        self.written: list[str] = []
        self.counts: dict[str, int] = {}

    def unfinished(self, name: str) -> Path:
        """Return the temporary path of an output until it is complete."""
        if name not in self.written:
            self.written.append(name)
        place = self.folder / name
        return place.with_name(f".{place.name}.{os.getpid()}")

    def all_of(self, kind: str, number: int) -> str:
        """Return the list of files of a kind, as SQL."""
        return ", ".join(_quoted(self.folder / f"{kind}-{place:05}.parquet") for place in range(number))

    def database(self) -> "duckdb.DuckDBPyConnection":
        import duckdb  # noqa: PLC0415 (optional extra)

        spill = _quoted(self.folder / f".spill-{self.task.name}-{os.getpid()}")
        database = duckdb.connect(":memory:")
        database.execute(
            f"SET threads = 1; SET memory_limit = '{_MEMORY}'; SET temp_directory = {spill};"
            " SET preserve_insertion_order = true"
        )
        return database

    def copy(self, database: "duckdb.DuckDBPyConnection", query: str, name: str) -> int:
        """Write the rows of a query to a file and return their number."""
        target = _quoted(self.unfinished(name))
        row = database.execute(f"COPY ({query}) TO {target} (FORMAT parquet, COMPRESSION zstd)").fetchone()
        return int(row[0]) if row else 0


def _put(work: _Work, name: str) -> str:
    """Give a whole output its name; return its SHA-256."""
    unfinished = work.unfinished(name)
    with unfinished.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    unfinished.replace(work.folder / name)
    return digest


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _texts(work: _Work) -> None:
    import numpy as np  # noqa: PLC0415 (optional extra)
    import pyarrow as pa  # noqa: PLC0415 (optional extra)
    import pyarrow.parquet as pq  # noqa: PLC0415 (optional extra)

    task = work.task
    table = pq.read_table(work.folder / input_name(task.number)).to_pydict()
    columns: dict[str, list[Any]] = {name: [] for name in ("sentence", "text", "clause", "place", "runs")}
    grams: list[int] = []
    for text, title, issuers, packed in zip(
        table["text"], table["title"], table["issuers"], table["clauses"], strict=True
    ):
        clauses = unpack(packed)
        number = text << _TEXT_BITS
        areas = areas_of(title, issuers.split("、") if issuers else ())
        found = winnowed_document([words for _, _, words in clauses], areas)
        for (clause, _, _), sentences in zip(clauses, found, strict=True):
            for place, runs in enumerate(sentences):
                if number >> _TEXT_BITS == text and runs:
                    for name, value in zip(columns, (number, text, clause, place, len(runs)), strict=True):
                        columns[name].append(value)
                    grams.extend(sorted(runs))
                number += 1
    sizes = np.asarray(columns["runs"], np.int32)
    gram = np.asarray(grams, np.int64)
    sentence = np.repeat(np.asarray(columns["sentence"], np.int64), sizes)
    share = (gram % task.shares).astype(np.int32)
    order = np.lexsort((sentence, gram, share))
    held = pa.table(
        {
            "share": share[order],
            "gram": gram[order],
            "sentence": sentence[order],
            "runs": np.repeat(sizes, sizes)[order],
        }
    )
    kinds = {"clause": pa.string(), "place": pa.int32(), "runs": pa.int32()}
    sentences_table = pa.table(
        {name: pa.array(values, kinds.get(name, pa.int64())) for name, values in columns.items()}
    )
    pq.write_table(
        held,
        work.unfinished(f"grams-{task.number:05}.parquet"),
        row_group_size=max(1 << 14, len(gram) // task.shares + 1),
        compression="zstd",
    )
    pq.write_table(
        sentences_table, work.unfinished(f"sentences-{task.number:05}.parquet"), compression="zstd"
    )
    work.counts.update(texts=len(table["text"]), sentences=len(sizes), runs=len(gram))


def _shared(work: _Work) -> None:
    import pyarrow as pa  # noqa: PLC0415 (optional extra)

    task = work.task
    with work.database() as database:
        database.execute(
            "CREATE TABLE held AS SELECT gram, sentence, runs"
            f" FROM read_parquet([{work.all_of('grams', task.parts)}]) WHERE share = {task.number}"
        )
        at_large = common_runs()
        common = pa.table(
            {
                "gram": pa.array(at_large.holders.keys(), pa.int64()),
                "holders": pa.array(at_large.holders.values(), pa.float64()),
            }
        )
        database.register("common", common)
        # Weights are whole numbers, so that their sum does not depend on the order in which it is taken.
        database.execute(
            "CREATE TABLE rare AS SELECT gram, CAST(round(1000 * log2("
            f"{task.texts + at_large.texts} / (number + coalesce(holders, 1)))) AS INTEGER) AS weight FROM"
            f" (SELECT gram, count(*) AS number FROM held GROUP BY gram HAVING count(*) BETWEEN 2 AND {COMMON})"
            " LEFT JOIN common USING (gram)"
        )
        database.execute("CREATE TABLE kept AS SELECT held.*, weight FROM held JOIN rare USING (gram)")
        work.counts["shared"] = work.copy(
            database,
            "SELECT a.sentence AS a, b.sentence AS b, CAST(count(*) AS INTEGER) AS shared,"
            " CAST(sum(a.weight) AS BIGINT) AS weight, any_value(a.runs) AS runs_a, any_value(b.runs) AS runs_b"
            f" FROM kept a JOIN kept b ON a.gram = b.gram AND a.sentence >> {_TEXT_BITS} < b.sentence >> {_TEXT_BITS}"
            " GROUP BY a.sentence, b.sentence ORDER BY a.sentence, b.sentence",
            f"shared-{task.number:05}.parquet",
        )


def _pairs(work: _Work) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 (optional extra)

    task = work.task
    texts = pq.read_table(work.folder / input_name(task.number), columns=["text"])["text"].to_pylist()
    first, last = (min(texts), max(texts)) if texts else (0, -1)
    with work.database() as database:
        database.execute(
            "CREATE TABLE found AS SELECT a, b, CAST(sum(shared) AS INTEGER) AS shared, CAST(sum(weight) AS BIGINT) AS weight,"
            " sum(shared) / least(any_value(runs_a), any_value(runs_b)) AS contained"
            f" FROM read_parquet([{work.all_of('shared', task.shares)}])"
            f" WHERE a >= {first << _TEXT_BITS} AND a < {(last + 1) << _TEXT_BITS}"
            f" GROUP BY a, b HAVING sum(shared) >= {LEAST} * least(any_value(runs_a), any_value(runs_b))"
        )
        work.counts["pairs"] = work.copy(
            database,
            "SELECT a, b, shared, weight, contained FROM found ORDER BY a, b",
            f"pairs-{task.number:05}.parquet",
        )
        row = database.execute(
            "SELECT coalesce(sum((a * 31 + b * 17 + shared * 7 + weight) % 4294967291), 0) FROM found"
        ).fetchone()
        work.counts["checksum"] = int(row[0]) if row else 0
        work.counts["documents"] = work.copy(
            database,
            f"SELECT a >> {_TEXT_BITS} AS a, b >> {_TEXT_BITS} AS b, CAST(count(DISTINCT a) AS INTEGER) AS sentences_a,"
            " CAST(count(DISTINCT b) AS INTEGER) AS sentences_b, CAST(sum(weight) AS BIGINT) AS weight"
            " FROM found GROUP BY 1, 2 ORDER BY 1, 2",
            f"documents-{task.number:05}.parquet",
        )


def _finish(work: _Work) -> None:
    if work.task.number == 0:
        with work.database() as database:
            # Parts follow each other by number of text, and each of them is in order.
            pairs = f"read_parquet([{work.all_of('pairs', work.task.parts)}])"
            work.counts["pairs_rows"] = work.copy(database, f"SELECT * FROM {pairs}", table_name("pairs"))
    else:
        _other_tables(work)


def _other_tables(work: _Work) -> None:
    task = work.task
    with work.database() as database:
        database.execute(
            "CREATE VIEW text AS SELECT text, document, version, day"
            f" FROM read_parquet([{work.all_of('input', task.parts)}])"
        )
        database.execute(
            f"CREATE VIEW sentence AS SELECT * FROM read_parquet([{work.all_of('sentences', task.parts)}])"
        )
        work.counts["sentences_rows"] = work.copy(
            database,
            "SELECT sentence, document, version, clause, place, runs FROM sentence JOIN text USING (text) ORDER BY sentence",
            table_name("sentences"),
        )
        database.execute(
            "CREATE TABLE size AS SELECT text, count(*) AS sentences FROM sentence GROUP BY text"
        )
        database.execute(
            "CREATE TABLE document AS SELECT d.*, x.sentences AS of_a, y.sentences AS of_b"
            f" FROM read_parquet([{work.all_of('documents', task.parts)}]) d"
            " JOIN size x ON x.text = d.a JOIN size y ON y.text = d.b"
        )
        work.counts["documents_rows"] = work.copy(
            database,
            "SELECT x.document AS document_a, x.version AS version_a, x.day AS day_a, y.document AS document_b,"
            " y.version AS version_b, y.day AS day_b, sentences_a, sentences_b, sentences_a / of_a AS share_a,"
            " sentences_b / of_b AS share_b, weight FROM document d JOIN text x ON x.text = d.a JOIN text y ON y.text = d.b"
            " ORDER BY d.a, d.b",
            table_name("documents"),
        )
        near = database.execute(
            "SELECT a, b, CASE WHEN of_a <= of_b THEN sentences_a / of_a ELSE sentences_b / of_b END AS likeness"
            f" FROM document WHERE likeness >= {TEMPLATE} AND weight >= {_TEMPLATE_WEIGHT} ORDER BY a, b"
        ).fetchall()
        families = stars(near)
        work.counts["families"] = len(families)
        database.execute("CREATE TABLE member (family INTEGER, text BIGINT, middle BOOLEAN)")
        rows = [
            (family, text, place == 0)
            for family, members in enumerate(families)
            for place, text in enumerate(members)
        ]
        if rows:
            database.executemany("INSERT INTO member VALUES (?, ?, ?)", rows)
        work.counts["families_rows"] = work.copy(
            database,
            "SELECT family, document, version, day, middle FROM member JOIN text USING (text) ORDER BY family, middle DESC, text",
            table_name("families"),
        )


def stars(near: Sequence[tuple[int, int, float]]) -> list[list[int]]:
    """Return groups of texts; the first text of a group has the most near texts that no earlier group took.

    >>> stars([(1, 2, 0.9), (1, 3, 0.6), (3, 4, 0.8)])
    [[1, 2, 3]]
    """
    around: dict[int, dict[int, float]] = {}
    for one, other, likeness in near:
        around.setdefault(one, {})[other] = likeness
        around.setdefault(other, {})[one] = likeness
    taken: set[int] = set()
    found = []
    for middle in sorted(around, key=lambda each: (-len(around[each]), -sum(around[each].values()), each)):
        members = sorted(each for each in around[middle] if each not in taken)
        if middle not in taken and members:
            taken.update(members, (middle,))
            found.append([middle, *members])
    return found


_STAGES: dict[str, Callable[[_Work], None]] = {
    "texts": _texts,
    "shared": _shared,
    "pairs": _pairs,
    "finish": _finish,
}
