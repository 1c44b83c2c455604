"""Clauses and facts of texts, put into the index."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from typing import NamedTuple

from policydiff.annotate.responsibilities import find_delegations
from policydiff.collection.packed_clauses import enter_clauses, forget_all_clauses, pack, parser_build
from policydiff.collector import collecting_seldom
from policydiff.intake import Loaded, described, recorded_document, refer
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.titles import bare_title, is_draft_title
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.platforms import CAN_FORK
from policydiff.store import Store

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
    """Parse every version that this parser did not parse yet; work done is kept if it is interrupted."""
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
    document = Loaded(known).document
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
    facts += [("target", None, None, each.model_dump_json()) for each in document.targets]
    facts += [("responsibility", None, None, each.model_dump_json()) for each in document.responsibilities]
    if is_draft_title(document.title, document.qualifier):
        facts.append(("draft", None, None, "{}"))
    else:
        facts += [("validity", None, None, each.model_dump_json()) for each in document.validity.statements]
        facts += [("delegation", None, None, each.model_dump_json()) for each in find_delegations(document)]
    return task.key, clauses, facts
