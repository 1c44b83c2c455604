"""The index of a store: its tables, queries and results. It lies beside the documents, is not recorded in git, and can be rebuilt.

It is keyed by the commit and by the code that it was built from, and updates itself: after a commit only the documents that
changed are read again, and a text is parsed when a query first needs it. Where the folder cannot be written, the index is
kept in memory for one command.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from importlib.resources import files
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import TypeAdapter

from policydiff.annotate import annotate_relations
from policydiff.annotate.responsibilities import find_delegations
from policydiff.collection.packed_clauses import (
    catalogue_build,
    enter_clauses,
    forget_all_clauses,
    forget_clauses,
    kept_database,
    pack,
    parser_build,
)
from policydiff.collector import collecting_seldom
from policydiff.intake import described, recorded_document, refer
from policydiff.lexicon.areas import STATE, area_stem, level_of
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.titles import DocumentTitle, bare_title, is_draft_title
from policydiff.model import Citation, Document, DocumentIdentity, Level, ListedDocument, Value, VersionRecord
from policydiff.model.base import refuse_half_pairs
from policydiff.platforms import CAN_FORK
from policydiff.store import Snapshot, Store, date_order
from policydiff.store.layout import cached


class Filter(Value):
    """Conditions on documents; every field given must fit."""

    jurisdiction: str | None = None
    """GB/T 2260 code; the code of a province or city includes the areas inside it."""
    level: Level | None = None
    """Level of the issuer's government."""
    issuer: str | None = None
    """Part of an issuing body's name."""
    document_type: str | None = None
    """文种: 意见"""
    title: str | None = None
    """Part of the title."""
    since: date | None = None
    """Newest version's date, inclusive."""
    until: date | None = None
    """Newest version's date, inclusive."""
    ids: tuple[str, ...] | None = None
    """Ids of documents; None for all."""


_LISTED = TypeAdapter(list[ListedDocument])
Progress = Callable[[int, int], None]
"""Function called with the number of finished texts and the number of all texts."""


class Index:
    """The documents of a store, for listing and searching; use it as a context manager."""

    def __init__(self, database: sqlite3.Connection, store: Store) -> None:
        self.database = database
        self.store = store

    @classmethod
    def open(cls, store: Store) -> Self:
        """Return the current index of a store, built or updated."""
        place = cached(store.cache_folder, "index.sqlite")
        head = store.commit or ""
        index = cls(_kept(place), store)
        try:
            index._update(head)
        except sqlite3.OperationalError:  # no room is left for it: a full disk
            index.close()
            index = cls(_kept(None), store)
            index._update(head)
        except BaseException:
            index.close()
            raise
        return index

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def _update(self, head: str) -> None:
        row = self.database.execute("SELECT value FROM meta WHERE key = 'commit'").fetchone()
        known = row[0] if row else None
        if known == head:
            return
        changed = self.store.changed_documents(known) if known else None
        snapshot = self.store.at(None)
        with self.database:
            if changed is None:
                # Texts already parsed stay parsed: their versions are told by the text's hash.
                gone = {document_id for (document_id,) in self.database.execute("SELECT id FROM document")}
                changed = gone | set(snapshot.document_ids())
            for document_id in sorted(changed):
                self._read_document(snapshot, document_id)
            self.database.execute("REPLACE INTO meta VALUES ('commit', ?)", (head,))

    def _read_document(self, snapshot: Snapshot, document_id: str) -> None:
        identity = snapshot.find_identity(document_id)
        self.database.execute("DELETE FROM document WHERE id = ?", (document_id,))
        versions = [] if identity is None else snapshot.versions(document_id)
        hashes = {record.version: record.text_sha256 for record in versions}
        held = self.database.execute(
            "SELECT version, text_sha256, key FROM version WHERE document_id = ?", (document_id,)
        ).fetchall()
        for version, text_sha256, key in held:
            if hashes.get(version) != text_sha256:
                # Remove all that is known of one version
                forget_clauses(self.database, key)
                for table, column in (("fact", "version_key"), ("version", "key")):
                    self.database.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))  # noqa: S608 (own words)
        for record in versions:
            self.database.execute(
                "INSERT INTO version (document_id, version, day, text_sha256, record) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (document_id, version) DO UPDATE SET day = excluded.day, record = excluded.record",
                (
                    document_id,
                    record.version,
                    date_order(record)[0].isoformat(),
                    record.text_sha256,
                    record.model_dump_json(),
                ),
            )
        if identity is None:
            return
        newest = versions[-1] if versions else None
        identity = _with_level(identity)
        self.database.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                identity.id,
                identity.title,
                bare_title(identity.title),
                DocumentTitle.parse(identity.title).key,
                None
                if identity.document_number is None
                else number_key(identity.document_number, identity.issuing_bodies),
                "、".join(identity.issuing_bodies),
                identity.jurisdiction,
                identity.level,
                identity.document_type,
                None if newest is None else newest.version,
                None if newest is None else date_order(newest)[0].isoformat(),
                len(versions),
                identity.model_dump_json(),
            ),
        )

    def parse(self, progress: Progress | None = None) -> None:
        """Parse every text that is not parsed yet, so that clauses and facts can be queried."""
        # Listing needs neither parser nor annotators, which take longer to load than the list to print.
        from policydiff.collection.index import parse_missing  # noqa: PLC0415

        parse_missing(self.database, self.store, progress)

    def is_read(self, *, most: int = 0) -> bool:
        """Return whether at most so many texts are still to be parsed."""
        from policydiff.collection.packed_clauses import parser_build  # noqa: PLC0415 (reads the sources of the parser)

        known = self.database.execute("SELECT value FROM meta WHERE key = 'parser'").fetchone()
        where = "WHERE parsed = 0" if known == (parser_build(),) else ""
        missing: int = self.database.execute(f"SELECT count(*) FROM version {where}").fetchone()[0]  # noqa: S608 (own words)
        return missing <= most

    def documents(self, wanted: Filter | None = None) -> list[ListedDocument]:
        """Return the documents that match `wanted`, by id."""
        where, values = condition(wanted or Filter())
        rows = self.database.execute(
            "SELECT json_object('identity', json(identity), 'newest', newest, 'versions', versions, 'head',"  # noqa: S608 (own words)
            " (SELECT json(record -> '$.head') FROM version WHERE document_id = id AND version = newest))"
            f" FROM document WHERE {where} ORDER BY id",
            values,
        )
        return _LISTED.validate_json(f"[{','.join(row for (row,) in rows)}]")

    def sources(self) -> Iterator[tuple[str, str, str, str | None]]:
        """Yield document id, version, SHA-256 of the captured bytes and time of retrieval of everything recorded."""
        yield from self.database.execute(
            "SELECT document_id, version, json_extract(record, '$.source_sha256'),"
            " json_extract(record, '$.retrieved_at') FROM version ORDER BY key"
        )

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Yield document id, version and SHA-256 of the text of everything recorded."""
        yield from self.database.execute("SELECT document_id, version, text_sha256 FROM version ORDER BY key")

    def find(self, *, number: str | None) -> list[DocumentIdentity]:
        """Return documents with this number in any spelling."""
        return [] if number is None else self._identities("number = :value", number_key(number))

    def find_serial(self, key: str) -> list[DocumentIdentity]:
        """Return documents whose number ends in this key, a key without the issuing body."""
        return self._identities("substr(number, -length(:value)) = :value", key)

    def find_titled(self, key: str) -> list[DocumentIdentity]:
        """Return documents whose title has this key (`DocumentTitle.key`)."""
        return self._identities("title_key = :value", key)

    def find_id(self, document_id: str) -> DocumentIdentity | None:
        """Return the document of this id; None if there is no such document."""
        return next(iter(self._identities("id = :value", document_id)), None)

    def newest_document(self, document_id: str) -> Document:
        """Return the newest text of a document, parsed. Raises NotFoundError if there is no such document, or it has no version."""
        # Listing needs no parser, which takes longer to load than the list to print.
        from policydiff.intake import recorded_document  # noqa: PLC0415

        identity, record = self.store.resolve(document_id)
        return recorded_document(self.store.text(identity.id, record.version), record)

    def _identities(self, where: str, value: str) -> list[DocumentIdentity]:
        rows = self.database.execute(
            f"SELECT identity FROM document WHERE {where} ORDER BY id",  # noqa: S608 (own words)
            {"value": value},
        )
        return [DocumentIdentity.model_validate_json(identity) for (identity,) in rows]

    def citations_of(self, document_id: str, version: str) -> list[Citation]:
        """Return the citations of a version that was parsed, in reading order."""
        rows = self.database.execute(
            "SELECT f.value FROM fact f JOIN version v ON v.key = f.version_key"
            " WHERE f.kind = 'citation' AND v.document_id = ? AND v.version = ? ORDER BY f.key",
            (document_id, version),
        )
        return [Citation.model_validate_json(value) for (value,) in rows]


def _with_level(identity: DocumentIdentity) -> DocumentIdentity:
    """Return an identity with the level of its issuer, even if it was recorded without a level."""
    if identity.level is not None or not identity.issuing_bodies:
        return identity
    level = level_of(identity.issuing_bodies[0], identity.jurisdiction)
    return identity.model_copy(update={"level": level})


def condition(wanted: Filter) -> tuple[str, list[str]]:
    """Return an SQL condition over table `document` and its values."""
    terms = ["1"]
    values: list[str] = []
    if wanted.jurisdiction:
        state = wanted.jurisdiction == STATE
        terms.append("jurisdiction = ?" if state else "jurisdiction GLOB ?")
        values.append(STATE if state else f"{area_stem(wanted.jurisdiction)}*")
    for column, words in (("issuers", wanted.issuer), ("title", wanted.title)):
        if words:
            terms.append(f"instr({column}, ?)")
            values.append(words)
    for column, word in (("type", wanted.document_type), ("level", wanted.level)):
        if word:
            terms.append(f"{column} = ?")
            values.append(word)
    for sign, day in ((">=", wanted.since), ("<=", wanted.until)):
        if day:
            terms.append(f"newest_day {sign} ?")
            values.append(day.isoformat())
    if wanted.ids is not None:
        terms.append("document.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.ids))
    refuse_half_pairs("".join(values))
    return " AND ".join(terms), values


def _kept(place: Path | None) -> sqlite3.Connection:
    return kept_database(place, files(__package__).joinpath("index.sql"), catalogue_build())


_MANY = 300
"""Texts from which starting further processes pays."""
_CHUNK = 16
"""A text that is still to be adopted ends and delegates nothing."""

Fact = tuple[str, str | None, str | None, str]
"""Kind, cited title, cited number, the fact as JSON."""


class _Task(NamedTuple):
    key: int
    identity: str
    record: str
    text: str


def parse_missing(
    database: sqlite3.Connection, store: Store, progress: Callable[[int, int], None] | None
) -> None:
    """Parse every version that the present parser has not parsed; finished work is kept if it is interrupted."""
    _forget_other_builds(database)
    missing = database.execute(
        "SELECT v.key, d.identity, v.record, v.document_id, v.version FROM version v"
        " JOIN document d ON d.id = v.document_id WHERE v.parsed = 0 ORDER BY v.key"
    ).fetchall()
    texts = store.texts((document_id, version) for _, _, _, document_id, version in missing)
    tasks = (
        _Task(key, identity, record, text)
        for (key, identity, record, *_), text in zip(missing, texts, strict=True)
    )
    for done, (key, clauses, facts) in enumerate(_parse_all(tasks, len(missing)), 1):
        enter_clauses(database, key, clauses)
        database.executemany(
            "INSERT INTO fact (version_key, kind, bare_title, number, value) VALUES (?, ?, ?, ?, ?)",
            [(key, *fact) for fact in facts],
        )
        if done % 200 == 0 or done == len(missing):
            database.commit()
        if progress is not None:
            progress(done, len(missing))


def _forget_other_builds(database: sqlite3.Connection) -> None:
    """Delete rows written by another build of the parser."""
    known = database.execute("SELECT value FROM meta WHERE key = 'parser'").fetchone()
    if known == (parser_build(),):
        return
    with database:
        database.execute("DELETE FROM fact")
        forget_all_clauses(database)
        database.execute("REPLACE INTO meta VALUES ('parser', ?)", (parser_build(),))


def _parse_all(tasks: Iterator[_Task], count: int) -> Iterator[tuple[int, bytes, list[Fact]]]:
    workers = cpu_count() or 1
    if count < _MANY or workers == 1 or not CAN_FORK:
        with collecting_seldom():
            yield from map(_parse_one, tasks)
        return
    with collecting_seldom(), ProcessPoolExecutor(workers, get_context("fork")) as pool:
        yield from pool.map(_parse_one, tasks, chunksize=_CHUNK)


def _parse_one(task: _Task) -> tuple[int, bytes, list[Fact]]:
    identity = DocumentIdentity.model_validate_json(task.identity)
    record = VersionRecord.model_validate_json(task.record)
    printed = recorded_document(task.text, record)
    known = described(printed, identity, record).known_as(refer(identity, record), task.text)
    document = annotate_relations(known, task.text)
    clauses = pack([(clause.id, clause.label, clause.text) for clause in document.walk() if clause.text])
    facts: list[Fact] = [
        (
            "citation",
            bare_title(each.title) if each.title else None,
            None if each.document_number is None else number_key(each.document_number),
            each.model_dump_json(),
        )
        for each in document.citations
    ]
    if printed.document_number is not None:
        number = number_key(printed.document_number)
        facts.append(("own_number", None, number, json.dumps(printed.document_number)))
    if is_draft_title(document.title, document.qualifier):
        facts.append(("draft", None, None, "{}"))
    else:
        facts += [("validity", None, None, each.model_dump_json()) for each in document.validity.statements]
        facts += [("delegation", None, None, each.model_dump_json()) for each in find_delegations(document)]
    return task.key, clauses, facts
