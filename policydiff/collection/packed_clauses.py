"""The clauses of a version as the index keeps them (compressed in one piece, found by their trigrams), and which code made what an index holds."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from policydiff.lexicon.widths import fold

Clause = tuple[str, str | None, str]
"""Id, label, text."""
TRIGRAM = 3
"""Characters of a word from which trigrams tell where it can stand."""
_LEVEL = 6
"""Of zlib: 53 MB of clauses become 19 MB in 1.1 s; level 9 saves three per cent more in four times as long."""

_ROOM = 1 << 17
"""Bytes kept free for what is unpacked: most texts fit, and need not be copied as they grow."""


def pack(clauses: Sequence[Clause]) -> bytes:
    """Return clauses as one piece of bytes."""
    return zlib.compress(json.dumps(clauses, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def unpack(packed: bytes) -> list[Clause]:
    """Return the clauses that were packed, in reading order."""
    return [
        (clause, label, text) for clause, label, text in json.loads(zlib.decompress(packed, bufsize=_ROOM))
    ]


_BETWEEN = b'"],["'
"""What stands between two packed clauses: a text ends and the next id begins."""


def unpack_some(packed: bytes, places: Iterable[int], size: int) -> dict[int, Clause]:
    """Return some of the clauses that were packed, by their place in reading order; the others are not read.

    Args:
        packed: What `pack` returned.
        places: Places of the clauses asked for, from 0 on.
        size: Number of all clauses.
    """
    raw = zlib.decompress(packed, bufsize=_ROOM)
    pieces = raw[3:-3].split(_BETWEEN)
    if len(pieces) != size or b"\\" + _BETWEEN in raw:  # words of a text look like what stands between
        clauses = unpack(packed)
        return {place: clauses[place] for place in places}
    found: dict[int, Clause] = {}
    for place in places:
        clause, label, text = json.loads(b'["' + pieces[place] + b'"]')
        found[place] = (clause, label, text)
    return found


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


_CATALOGUE = (
    "collection/index.sql",
    "collection/index.py",
    "collection/packed_clauses.py",
    "lexicon/document_numbers.py",
    "lexicon/titles.py",
    "model/clause_history.py",
    "store/names.py",
)
_PARSED = (
    "annotate",
    "intake/captured.py",
    "collection/parsed_texts.py",
    "collection/stored_references.py",
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
