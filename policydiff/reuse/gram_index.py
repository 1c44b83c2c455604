"""The gram index of a store: for each fingerprint the sentences that hold it. It can be rebuilt, lies beside the index, and is never recorded.

New texts form a segment of their own. A segment is merged with the one before it unless that one is at least four times as large, so
that adding a document rewrites only the buckets of few documents. Deleted texts stay in their segment until it is merged, and are
skipped.
"""

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from importlib.resources import files
from itertools import accumulate, groupby
from typing import NamedTuple, Self

from policydiff.collection.index import Index, Progress
from policydiff.collection.packed_clauses import (
    Clause,
    digest_of,
    kept_database,
    parser_build,
    unpack,
    unpack_some,
)
from policydiff.collection.relations import area_and_level
from policydiff.model import DocumentIdentity, Level, VersionRecord
from policydiff.reuse.grams import (
    LOW_BITS,
    LOW_MASK,
    Areas,
    Bucket,
    areas_of,
    pack_bucket,
    pack_lists,
    sentences_in,
    winnowed_document,
)
from policydiff.store.layout import cached

FILE = "reuse.sqlite"
_ROOM = 4
"""Multiple of the next segment's size from which a segment is left alone."""
_PARTS = 16
"""Number of parts in which fingerprints are sorted, so that they are never all held as Python integers at once."""
_NUMBER_BITS = 24
"""Bits of the place of a sentence in its segment, below the forty of a fingerprint."""
_NUMBER_MASK = (1 << _NUMBER_BITS) - 1
_PART_BITS = LOW_BITS + 16 + _NUMBER_BITS - 4
_BUCKETS = 1 << 16
_POSTINGS, _SENTENCES = 12_000_000, 1 << 23
"""A segment is full from so many postings (eight bytes each in memory), or sentences, on."""
_BUILD = ("reuse/grams.py", "reuse/reuse.sql", "comparison/sentence_units.py")


class Held(NamedTuple):
    """A text of the index."""

    key: int
    """Its key in the gram index."""
    document_id: str
    version: str
    first: int
    counts: bytes


class Sentence(NamedTuple):
    """A sentence of the index."""

    place: int
    """Index into `GramIndex.texts`."""
    number: int
    """Its number in the whole index."""
    clause: str
    """Id of its clause."""
    words: str
    """As printed."""
    areas: Areas


class GramIndex:
    """Fingerprints of every sentence of every version; use it as a context manager."""

    def __init__(self, database: sqlite3.Connection, index: Index) -> None:
        self.database = database
        self.index = index

    @classmethod
    def open(cls, index: Index, progress: Progress | None = None) -> Self:
        """Return the current gram index of a store; texts that are not parsed yet are parsed first."""
        index.parse()
        tables = files(__package__).joinpath("reuse.sql")
        database = kept_database(cached(index.store.cache_folder, FILE), tables, gram_build())
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
        """Add new texts and remove deleted texts."""
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
        with self.database:
            self.database.executemany("DELETE FROM text WHERE document_id = ? AND version = ?", gone)
            waiting = iter([(*name, now[name]) for name in new])
            done = 0
            while done < len(new):
                for _ in self._append(waiting):
                    done += 1
                    if progress is not None:
                        progress(done, len(new))
            self._merge()
            if head is not None:
                self.database.execute("REPLACE INTO meta VALUES ('commit', ?)", head)
        self.__dict__.pop("texts", None)

    def _append(self, names: Iterator[tuple[str, str, str]]) -> Iterator[None]:
        """Write texts, given by document, version and hash, as a segment until it is full; yield after each text."""
        (begin,) = self.database.execute("SELECT coalesce(max(last) + 1, 0) FROM segment").fetchone()
        postings = [array("Q") for _ in range(_PARTS)]
        number, size = begin, 0
        for document_id, version, sha in names:
            counts = bytearray()
            first = number
            here: list[int] = []
            packed, areas = self._packed(document_id, version)
            clauses = unpack(packed) if packed else []
            for clause in winnowed_document([text for _, _, text in clauses], areas):
                clause = clause[:255]  # noqa: PLW2901 (one byte counts them)
                counts.append(len(clause))
                for sentence in clause:
                    place = number - begin
                    here += [gram << _NUMBER_BITS | place for gram in sentence]
                    number += 1
            here.sort()
            size += len(here)
            start = 0
            for part, before in enumerate(postings, 1):
                end = bisect_left(here, part << _PART_BITS)
                before.extend(here[start:end])
                start = end
            self.database.execute(
                "INSERT INTO text (document_id, version, text_sha256, first, counts) VALUES (?, ?, ?, ?, ?)",
                (document_id, version, sha, first, bytes(counts)),
            )
            yield
            if size > _POSTINGS or number - begin > _SENTENCES:
                break
        if number > begin:
            cursor = self.database.execute(
                "INSERT INTO segment (first, last) VALUES (?, ?)", (begin, number - 1)
            )
            for part, unsorted in enumerate(postings):
                self.database.executemany(
                    "INSERT INTO bucket VALUES (? << 16 | ?, ?)",
                    ((cursor.lastrowid, *each) for each in _buckets(sorted(unsorted), part, begin)),
                )

    def _packed(self, document_id: str, version: str) -> tuple[bytes | None, Areas]:
        title, issuers, packed = self.index.database.execute(
            "SELECT d.title, d.issuers, v.clauses FROM version v JOIN document d ON d.id = v.document_id"
            " WHERE v.document_id = ? AND v.version = ?",
            (document_id, version),
        ).fetchone()
        return packed, areas_of(title, issuers.split("、") if issuers else ())

    def _merge(self) -> None:
        """Merge segments from the newest on until each segment is far larger than the next."""
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
        # The ranges of sentences that belong to no text any more, half-open
        (end,) = self.database.execute("SELECT coalesce(max(last) + 1, 0) FROM segment").fetchone()
        gone, done = [], 0
        for first, counts in self.database.execute("SELECT first, counts FROM text ORDER BY first"):
            if first > done:
                gone.append((done, first))
            done = first + sum(counts)
        gone = [*gone, (done, end)] if end > done else gone
        target = self.database.execute(
            "INSERT INTO segment (first, last) VALUES (?, ?)", (joined[0][1], joined[-1][2])
        ).lastrowid
        found = self.database.execute(
            f"SELECT key & 65535, grams FROM bucket WHERE key >> 16 IN ({marks}) ORDER BY key & 65535, key",  # noqa: S608
            keys,
        )
        merged = ((high, _joined(rows, gone)) for high, rows in groupby(found, key=lambda row: row[0]))
        self.database.execute("CREATE TEMP TABLE fresh (bucket, grams)")
        self.database.executemany("INSERT INTO fresh VALUES (?, ?)", merged)
        self.database.executemany(
            "DELETE FROM bucket WHERE key >= ? << 16 AND key < (? + 1) << 16", [(key, key) for key in keys]
        )
        self.database.execute(f"DELETE FROM segment WHERE key IN ({marks})", keys)  # noqa: S608
        self.database.execute("INSERT INTO bucket SELECT ? << 16 | bucket, grams FROM fresh", (target,))
        self.database.execute("DROP TABLE fresh")

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
        """Return the index in `texts` of the text of a sentence; None if the text was deleted."""
        place = bisect_right(self._firsts, sentence) - 1
        return place if place >= 0 and sentence < self._ends[place] else None

    def holders(self, grams: Iterable[int], *, longest: int | None = None) -> "dict[int, array[int]]":
        """Return for each fingerprint the sentences that hold it; fingerprints with more than `longest` sentences in a segment are common phrases and left out."""
        by_bucket = {
            high: list(each) for high, each in groupby(sorted(grams), key=lambda gram: gram >> LOW_BITS)
        }
        segments = [key for (key,) in self.database.execute("SELECT key FROM segment ORDER BY first")]
        highs = list(by_bucket)
        found: dict[int, array[int]] = {}
        for segment in segments:
            for start in range(0, len(highs), 500):
                some = highs[start : start + 500]
                rows = self.database.execute(
                    f"SELECT key, grams FROM bucket WHERE key IN ({','.join('?' * len(some))})",  # noqa: S608 (marks only)
                    [segment << 16 | high for high in some],
                )
                for key, blob in rows:
                    bucket = Bucket(blob)
                    for gram in by_bucket[key & 0xFFFF]:
                        numbers = bucket.holders(gram & LOW_MASK, longest)
                        if numbers is not None:
                            found[gram] = found[gram] + numbers if gram in found else numbers
        return found

    def clause_texts(self, text: Held) -> list[Clause]:
        """Return id, label and words of each clause of a text, in reading order."""
        packed, _ = self._packed(text.document_id, text.version)
        return unpack(packed) if packed else []

    def sentences(self, numbers: Iterable[int]) -> Iterator[Sentence]:
        """Yield the sentences with the given numbers, by text and number; sentences of deleted texts are left out."""
        wanted: defaultdict[int, list[int]] = defaultdict(list)
        for number in numbers:
            place = self.place_of(number)
            if place is not None:
                wanted[place].append(number)
        for place in sorted(wanted):
            text = self.texts[place]
            packed, areas = self._packed(text.document_id, text.version)
            ends = list(accumulate(text.counts, initial=text.first))
            clause_of = {number: bisect_right(ends, number) - 1 for number in sorted(wanted[place])}
            clauses = unpack_some(packed, set(clause_of.values()), len(text.counts)) if packed else {}
            for number, at in clause_of.items():
                clause, _, words = clauses[at]
                yield Sentence(place, number, clause, sentences_in(words)[number - ends[at]], areas)

    def standing(self, text: Held) -> tuple[str, tuple[str | None, Level | None], date]:
        """Return the title of a text's document, its area and level, and the day by which its version is sorted."""
        title, issuers, jurisdiction, level, day = self.index.database.execute(
            "SELECT d.title, d.issuers, d.jurisdiction, d.level, v.day FROM version v"
            " JOIN document d ON d.id = v.document_id WHERE v.document_id = ? AND v.version = ?",
            (text.document_id, text.version),
        ).fetchone()
        place = area_and_level(title, issuers.split("、")[0], jurisdiction, level)
        return title, place, date.fromisoformat(day)

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


def _buckets(postings: list[int], part: int, begin: int) -> Iterator[tuple[int, bytes]]:
    """Yield the buckets of a part of all fingerprints; a posting is a fingerprint and the place of a sentence, in order."""
    numbers = array("I", [(each & _NUMBER_MASK) + begin for each in postings])
    counted = Counter([each >> _NUMBER_BITS for each in postings])
    grams, counts = list(counted), list(counted.values())
    lows = array("I", [gram & LOW_MASK for gram in grams])
    start = first = 0
    for high in range(part * _BUCKETS // _PARTS, (part + 1) * _BUCKETS // _PARTS):
        last = bisect_left(grams, (high + 1) << LOW_BITS, first)
        if last > first:
            here = counts[first:last]
            end = start + sum(here)
            yield high, pack_bucket(lows[first:last], here, numbers[start:end])
            first, start = last, end


def _joined(rows: Iterable[tuple[int, bytes]], gone: list[tuple[int, int]]) -> bytes:
    lists: dict[int, array[int]] = {}
    for _, blob in rows:
        for low, numbers in Bucket(blob).lists():
            lists[low] = lists[low] + numbers if low in lists else numbers
    if not gone:
        return pack_lists(lists)
    starts = [start for start, _ in gone]

    def lies_within(number: int) -> bool:
        place = bisect_right(starts, number) - 1
        return place >= 0 and number < gone[place][1]

    kept = {low: [number for number in numbers if not lies_within(number)] for low, numbers in lists.items()}
    return pack_lists({low: numbers for low, numbers in kept.items() if numbers})


def gram_build() -> str:
    """Return the digest of the code that determines the fingerprints: reading, folding and counting."""
    return f"{parser_build()} {digest_of(_BUILD)}"
