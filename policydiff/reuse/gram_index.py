"""The gram index of a store: which sentences hold which fingerprint. Rebuildable, beside the index, never recorded.

New texts become a segment of their own; a segment is merged with the one before it where that one is not at least four
times as large, so that adding a document writes one document's buckets and not all of them. Texts that are gone stay in
their segment until it is merged and are passed over.
"""

import re
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, Self

from policydiff.collection.builds import digest_of, parser_build
from policydiff.collection.index import Index, Progress
from policydiff.collection.packed_clauses import unpack
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.reuse.grams import areas_of, sentences_in, winnowed_document
from policydiff.reuse.posting_lists import (
    LOW_BITS,
    LOW_MASK,
    Bucket,
    pack_bucket,
    unpack_numbers,
)
from policydiff.store import Store

FILE = "reuse.sqlite"
_ROOM = 4
"""How many times as large a segment must be as the one after it to be left alone."""
_BATCH = 400
"""Texts of a segment when many are added at once: so much is held in memory."""
_BUILD = ("reuse/grams.py", "reuse/posting_lists.py", "reuse/reuse.sql", "comparison/units.py")


class Held(NamedTuple):
    """A text of the index."""

    key: int
    """Its key in the gram index."""
    document_id: str
    version: str
    first: int
    counts: bytes


class GramIndex:
    """Fingerprints of every sentence of every version; use it as a context manager."""

    def __init__(self, database: sqlite3.Connection, index: Index) -> None:
        self.database = database
        self.index = index

    @classmethod
    def open(cls, store: Store, index: Index, progress: Progress | None = None) -> Self:
        """Return the gram index of a store as it is now; texts that are not parsed yet are parsed first.

        Args:
            store: The store.
            index: Its index, which holds the clauses.
            progress: Told how many of how many texts are done.
        """
        index.parse()
        database = _connect(store.cache_folder / FILE)
        grams = cls(database, index)
        try:
            grams.update(progress)
        except BaseException:
            database.close()
            raise
        return grams

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.database.close()

    def update(self, progress: Progress | None = None) -> None:
        """Take up texts that are new and forget those that are gone."""
        head = self.index.database.execute("SELECT value FROM meta WHERE key = 'commit'").fetchone()
        known = self.database.execute("SELECT value FROM meta WHERE key = 'commit'").fetchone()
        if known is not None and known == head:
            return
        now = {(document, version): sha for document, version, sha in self.index.texts()}
        held = {
            (document, version): sha
            for document, version, sha in self.database.execute(
                "SELECT document_id, version, text_sha256 FROM text"
            )
        }
        gone = [name for name, sha in held.items() if now.get(name) != sha]
        new = [name for name, sha in now.items() if held.get(name) != sha]
        for start in range(0, max(1, len(new)), _BATCH):
            with self.database:
                if start == 0:
                    self.database.executemany("DELETE FROM text WHERE document_id = ? AND version = ?", gone)
                self._append([(*name, now[name]) for name in new[start : start + _BATCH]])
            if progress is not None:
                progress(min(start + _BATCH, len(new)), len(new))
        with self.database:
            self._merge()
            if head is not None:
                self.database.execute("REPLACE INTO meta VALUES ('commit', ?)", head)
        self.__dict__.pop("texts", None)

    def _append(self, names: list[tuple[str, str, str]]) -> None:
        """Write texts, given by document, version and hash, as a segment."""
        if not names:
            return
        (begin,) = self.database.execute("SELECT coalesce(max(last) + 1, 0) FROM segment").fetchone()
        number = begin
        lists: defaultdict[int, list[int]] = defaultdict(list)
        for document_id, version, sha in names:
            counts = bytearray()
            first = number
            for clause in winnowed_document(*self._clauses(document_id, version)):
                clause = clause[:255]  # noqa: PLW2901 (one byte counts them)
                counts.append(len(clause))
                for sentence in clause:
                    for gram in sentence:
                        lists[gram].append(number)
                    number += 1
            self.database.execute(
                "INSERT INTO text (document_id, version, text_sha256, first, counts) VALUES (?, ?, ?, ?, ?)",
                (document_id, version, sha, first, bytes(counts)),
            )
        if number == begin:
            return
        cursor = self.database.execute("INSERT INTO segment (first, last) VALUES (?, ?)", (begin, number - 1))
        self.database.executemany(
            "INSERT INTO bucket VALUES (?, ?, ?)",
            (
                (cursor.lastrowid, high, pack_bucket({gram & LOW_MASK: lists[gram] for gram in grams}))
                for high, grams in groupby(sorted(lists), key=_high)
            ),
        )

    def _clauses(self, document_id: str, version: str) -> tuple[list[str], re.Pattern[str] | None]:
        title, issuers, packed = self.index.database.execute(
            "SELECT d.title, d.issuers, v.clauses FROM version v JOIN document d ON d.id = v.document_id"
            " WHERE v.document_id = ? AND v.version = ?",
            (document_id, version),
        ).fetchone()
        texts = [text for _, _, text in unpack(packed)] if packed else []
        return texts, areas_of(title, issuers.split("、") if issuers else ())

    def _merge(self) -> None:
        """Merge segments from the newest on until each is far larger than the one after it."""
        segments = self.database.execute("SELECT key, first, last FROM segment ORDER BY first").fetchall()
        joined = [segments.pop()] if segments else []
        size = sum(last - first + 1 for _, first, last in joined)
        while segments and segments[-1][2] - segments[-1][1] + 1 < _ROOM * size:
            joined.insert(0, segments.pop())
            size += joined[0][2] - joined[0][1] + 1
        if len(joined) < 2:
            return
        keys = [key for key, _, _ in joined]
        marks = ",".join("?" * len(keys))
        gone = self._gone()
        target = self.database.execute(
            "INSERT INTO segment (first, last) VALUES (?, ?)", (joined[0][1], joined[-1][2])
        ).lastrowid
        found = self.database.execute(
            f"SELECT bucket, grams FROM bucket WHERE segment IN ({marks}) ORDER BY bucket, segment",  # noqa: S608
            keys,
        )
        merged = (
            (target, high, _joined(rows, gone)) for high, rows in groupby(found, key=lambda row: row[0])
        )
        self.database.execute("CREATE TEMP TABLE fresh (segment, bucket, grams)")
        self.database.executemany("INSERT INTO fresh VALUES (?, ?, ?)", merged)
        self.database.execute(f"DELETE FROM bucket WHERE segment IN ({marks})", keys)  # noqa: S608
        self.database.execute(f"DELETE FROM segment WHERE key IN ({marks})", keys)  # noqa: S608
        self.database.execute("INSERT INTO bucket SELECT * FROM fresh ORDER BY bucket")
        self.database.execute("DROP TABLE fresh")

    def _gone(self) -> "list[tuple[int, int]]":
        """Return the ranges of sentences that belong to no text any more, half-open."""
        (end,) = self.database.execute("SELECT coalesce(max(last) + 1, 0) FROM segment").fetchone()
        gone, done = [], 0
        for first, counts in self.database.execute("SELECT first, counts FROM text ORDER BY first"):
            if first > done:
                gone.append((done, first))
            done = first + sum(counts)
        return [*gone, (done, end)] if end > done else gone

    @cached_property
    def texts(self) -> list[Held]:
        """Every text, by the number of its first sentence."""
        rows = self.database.execute(
            "SELECT key, document_id, version, first, counts FROM text ORDER BY first, key"
        )
        return [Held(*row) for row in rows if row[4].strip(b"\0")]

    @cached_property
    def _firsts(self) -> list[int]:
        return [text.first for text in self.texts]

    @cached_property
    def _ends(self) -> list[int]:
        return [text.first + sum(text.counts) for text in self.texts]

    def place_of(self, sentence: int) -> int | None:
        """Return which of `texts` a sentence stands in, None where its text is gone."""
        place = bisect_right(self._firsts, sentence) - 1
        return place if place >= 0 and sentence < self._ends[place] else None

    def clause_of(self, sentence: int) -> tuple[int, int]:
        """Return the place of a sentence's clause in its text, and its own place in the clause."""
        text = self.texts[bisect_right(self._firsts, sentence) - 1]
        rest = sentence - text.first
        for clause, count in enumerate(text.counts):
            if rest < count:
                return clause, rest
            rest -= count
        raise AssertionError("a sentence beyond its text")

    def packed_lists(self, grams: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Yield fingerprints with the packed numbers of the sentences that hold them, a pair for each segment."""
        by_bucket = {high: list(each) for high, each in groupby(sorted(grams), key=_high)}
        segments = [key for (key,) in self.database.execute("SELECT key FROM segment ORDER BY first")]
        highs = list(by_bucket)
        for segment in segments:
            for start in range(0, len(highs), 500):
                some = highs[start : start + 500]
                rows = self.database.execute(
                    "SELECT bucket, grams FROM bucket WHERE segment = ?"  # noqa: S608 (marks only)
                    f" AND bucket IN ({','.join('?' * len(some))})",
                    [segment, *some],
                )
                for high, blob in rows:
                    bucket = Bucket(blob)
                    for gram in by_bucket[high]:
                        packed = bucket.packed(gram & LOW_MASK)
                        if packed is not None:
                            yield gram, packed

    def holders(self, grams: Iterable[int], *, longest: int | None = None) -> dict[int, list[int]]:
        """Return for each fingerprint the sentences that hold it, none where no sentence does.

        Args:
            grams: Fingerprints.
            longest: Leave out those whose list takes more bytes than this: common phrases.
        """
        found: dict[int, list[int]] = {}
        for gram, packed in self.packed_lists(grams):
            if longest is None or len(packed) <= longest:
                found.setdefault(gram, []).extend(unpack_numbers(packed))
        return found

    def clause_texts(self, text: Held) -> list[tuple[str, str | None, str]]:
        """Return id, label and words of each clause of a text, in reading order."""
        row = self.index.database.execute(
            "SELECT clauses FROM version WHERE document_id = ? AND version = ?",
            (text.document_id, text.version),
        ).fetchone()
        return unpack(row[0]) if row and row[0] else []

    def clause_at(self, text: Held, place: int) -> tuple[str, str | None, str]:
        """Return id, label and words of one clause of a text, by its place."""
        return self.clause_texts(text)[place]

    def words_of(self, sentences: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Yield sentences, given by number, with their words as printed; those whose text is gone are left out."""
        wanted: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for sentence in sentences:
            place = self.place_of(sentence)
            if place is not None:
                clause, within = self.clause_of(sentence)
                wanted[place, clause].append((sentence, within))
        clauses: defaultdict[int, list[int]] = defaultdict(list)
        for place, clause in sorted(wanted):
            clauses[place].append(clause)
        for place, here in clauses.items():
            rows = self.clause_texts(self.texts[place])
            for clause in here:
                words = sentences_in(rows[clause][2])
                for sentence, within in wanted[place, clause]:
                    yield sentence, words[within]

    def record(self, document_id: str, version: str) -> VersionRecord:
        """Return the record of one version."""
        row = self.index.database.execute(
            "SELECT record FROM version WHERE document_id = ? AND version = ?", (document_id, version)
        ).fetchone()
        return VersionRecord.model_validate_json(row[0])

    def identity(self, document_id: str) -> DocumentIdentity:
        """Return the identity of a document the index holds."""
        row = self.index.database.execute(
            "SELECT identity FROM document WHERE id = ?", (document_id,)
        ).fetchone()
        return DocumentIdentity.model_validate_json(row[0])

    def records(self, document_id: str) -> list[VersionRecord]:
        """Return the versions of a document, oldest first."""
        rows = self.index.database.execute(
            "SELECT record FROM version WHERE document_id = ? ORDER BY day, key", (document_id,)
        )
        return [VersionRecord.model_validate_json(record) for (record,) in rows]


def _high(gram: int) -> int:
    return gram >> LOW_BITS


def _joined(rows: Iterable[tuple[int, bytes]], gone: list[tuple[int, int]]) -> bytes:
    lists: defaultdict[int, list[int]] = defaultdict(list)
    for _, blob in rows:
        for low, numbers in Bucket(blob).lists().items():
            lists[low].extend(numbers)
    if gone:
        starts = [start for start, _ in gone]
        kept = {
            low: [number for number in numbers if not _is_within(number, starts, gone)]
            for low, numbers in lists.items()
        }
        return pack_bucket({low: numbers for low, numbers in kept.items() if numbers})
    return pack_bucket(lists)


def _is_within(number: int, starts: list[int], ranges: list[tuple[int, int]]) -> bool:
    place = bisect_right(starts, number) - 1
    return place >= 0 and number < ranges[place][1]


def gram_build() -> str:
    """Return what the fingerprints depend on: the code that reads, folds and counts."""
    return f"{parser_build()} {digest_of(_BUILD)}"


def _connect(place: Path) -> sqlite3.Connection:
    """Return the gram index on disk, made anew where it is of another build or damaged; in memory where none can be kept."""
    try:
        if place.is_file():
            database = sqlite3.connect(place, timeout=30)
            try:
                build = database.execute("SELECT value FROM meta WHERE key = 'build'").fetchone()
            except sqlite3.Error:
                build = None
            if build == (gram_build(),):
                return database
            database.close()
        for old in place.parent.glob(f"{place.name}*"):
            old.unlink()
        return _created(sqlite3.connect(place, timeout=30))
    except (OSError, sqlite3.Error):
        return _created(sqlite3.connect(":memory:"))


def _created(database: sqlite3.Connection) -> sqlite3.Connection:
    database.executescript(files(__package__).joinpath("reuse.sql").read_text(encoding="utf-8"))
    with database:
        database.execute("INSERT INTO meta VALUES ('build', ?)", (gram_build(),))
    return database
