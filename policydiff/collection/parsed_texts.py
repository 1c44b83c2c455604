"""Clauses and facts of texts as the index keeps them.

Compressed in one piece, with a digest of the code that made them.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from multiprocessing import get_context
from os import cpu_count
from typing import NamedTuple

from policydiff.annotate.delegations import find_delegations
from policydiff.collection.loaded import Loaded
from policydiff.collection.references import described, refer
from policydiff.intake.versions import recorded_document
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.titles import bare_title, is_draft_title
from policydiff.lexicon.widths import fold
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.platforms import CAN_FORK, collecting_seldom
from policydiff.store import Store

_CATALOGUE = (
    "collection/index.sql",
    "collection/index.py",
    "collection/parsed_texts.py",
    "lexicon/document_numbers.py",
    "lexicon/titles.py",
    "model/stored.py",
    "store/names.py",
)
_PARSED = (
    "annotate",
    "intake/versions.py",
    "collection/parsed_texts.py",
    "collection/references.py",
    "model",
    "parsing",
    "lexicon",
)
_PACE = (*_PARSED, "comparison", "revision", "substance", "collection/radar.py")


@cache
def catalogue_build() -> str:
    """Return what the table of documents depends on; some four small files, read at every start."""
    return digest_of(_CATALOGUE)


@cache
def parser_build() -> str:
    """Return what the clauses and facts of a text depend on; read where the parser is loaded anyway."""
    return digest_of(_PARSED)


@cache
def pace_build() -> str:
    """Return what a comparison over time depends on; read where one is made or looked up."""
    return digest_of(_PACE)


def digest_of(names: tuple[str, ...]) -> str:
    """Return one digest over files and folders of the package, given from its root."""
    digest = hashlib.sha256()
    package = files("policydiff")
    for name in names:
        for path, file in _walk(name, package.joinpath(*name.split("/"))):
            content = file.read_bytes()
            digest.update(f"{path} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _walk(path: str, place: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield the files at or below a place, in an order that is always the same; compiled ones left out."""
    if place.is_file():
        yield path, place
        return
    for child in sorted(place.iterdir(), key=lambda each: each.name):
        if child.name != "__pycache__":
            yield from _walk(f"{path}/{child.name}", child)


Clause = tuple[str, str | None, str]
"""Id, label, text."""
TRIGRAM = 3
"""Characters of a word from which trigrams tell where it can stand."""
_LEVEL = 6
"""Of zlib: 53 MB of clauses become 19 MB in 1.1 s; level 9 saves three per cent more in four times as long."""


def pack(clauses: Sequence[Clause]) -> bytes:
    """Return clauses as one piece of bytes."""
    return zlib.compress(json.dumps(clauses, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def unpack(packed: bytes) -> list[Clause]:
    """Return the clauses that were packed, in reading order."""
    return [(clause, label, text) for clause, label, text in json.loads(zlib.decompress(packed))]


def searched(text: str) -> str:
    """Return a text as it is searched: widths made one and capitals small, each character in its place."""
    small = text.lower()
    return fold(small if len(small) == len(text) else text)


def enter_clauses(database: sqlite3.Connection, key: int, packed: bytes) -> None:
    """Keep the clauses of a version that had none."""
    database.execute("UPDATE version SET parsed = 1, clauses = ? WHERE key = ?", (packed, key))
    database.execute("INSERT INTO version_words (rowid, words) VALUES (?, ?)", (key, _words(unpack(packed))))


def forget_clauses(database: sqlite3.Connection, key: int) -> None:
    """Let go of the clauses of a version."""
    (packed,) = database.execute("SELECT clauses FROM version WHERE key = ?", (key,)).fetchone()
    if packed is not None:
        # A table that keeps no text has to be told the text again to take its trigrams out.
        database.execute(
            "INSERT INTO version_words (version_words, rowid, words) VALUES ('delete', ?, ?)",
            (key, _words(unpack(packed))),
        )
    database.execute("UPDATE version SET parsed = 0, clauses = NULL WHERE key = ?", (key,))


def forget_all_clauses(database: sqlite3.Connection) -> None:
    """Let go of the clauses of every version."""
    database.execute("INSERT INTO version_words (version_words) VALUES ('delete-all')")
    database.execute("UPDATE version SET parsed = 0, clauses = NULL")


def holding(terms: Iterable[str]) -> str | None:
    """Return what to match in `version_words` for versions that may hold all terms, None where that cannot narrow it.

    Examples:
        >>> holding(["养老机构", "床位"])
        '"养老机" AND "老机构"'
    """
    trigrams = {term[at : at + TRIGRAM]: None for term in terms for at in range(len(term) - TRIGRAM + 1)}
    return " AND ".join(f'"{trigram}"' for trigram in trigrams) or None


def _words(clauses: Iterable[Clause]) -> str:
    # The tokenizer ends at a NUL.
    return "\n".join(searched(text) for _, _, text in clauses).replace("\0", " ")


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
        _enter(database, key, clauses, facts)
        if done % 200 == 0 or done == len(missing):
            database.commit()
        if progress is not None:
            progress(done, len(missing))


def _forget_other_builds(database: sqlite3.Connection) -> None:
    """Let go of what another state of the parser read."""
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
    document = Loaded(refer(identity, record), described(printed, identity, record), task.text).document
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


def _enter(database: sqlite3.Connection, key: int, clauses: bytes, facts: list[Fact]) -> None:
    enter_clauses(database, key, clauses)
    database.executemany(
        "INSERT INTO fact (version_key, kind, bare_title, number, value) VALUES (?, ?, ?, ?, ?)",
        [(key, *fact) for fact in facts],
    )
