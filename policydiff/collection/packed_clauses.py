"""Caches that save repeated work: compressed clauses of versions, and vectors of sentences.

The clauses of one version are compressed together and found by trigrams. The cache holds a digest of the code that made its
content; another digest makes it out of date. A sentence is encoded to a vector once on each machine.
"""

import hashlib
import json
import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from contextlib import closing, suppress
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Self

from policydiff.lexicon.widths import fold

Clause = tuple[str, str | None, str]
"""Id, label, text."""
TRIGRAM = 3
"""Characters of a trigram, by which the versions that may contain a word are found."""
_LEVEL = 6
"""Of zlib: 53 MB of clauses become 19 MB in 1.1 s; level 9 saves three per cent more in four times as long."""

_ROOM = 1 << 17
"""Bytes kept free for an unpacked text: most texts fit, and need not be copied as they grow."""


def pack(clauses: Sequence[Clause]) -> bytes:
    """Return clauses as compressed bytes."""
    return zlib.compress(json.dumps(clauses, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def unpack(packed: bytes) -> list[Clause]:
    """Return the clauses that were packed, in reading order."""
    return [
        (clause, label, text) for clause, label, text in json.loads(zlib.decompress(packed, bufsize=_ROOM))
    ]


_BETWEEN = b'"],["'
"""Mark between two packed clauses: a text ends and the next id begins."""


def unpack_some(packed: bytes, places: Iterable[int], size: int) -> dict[int, Clause]:
    """Return the packed clauses at `places` in reading order, counted from 0, of `size` in all; the other clauses are not read."""
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
    """Return a text in the form for search: full-width characters narrowed and capitals lowered, each character at its place."""
    small = text.lower()
    return fold(small if len(small) == len(text) else text)


def enter_clauses(database: sqlite3.Connection, key: int, packed: bytes) -> None:
    """Store the clauses of a version that had none."""
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
    """Return the trigram query on `version_words` for versions that may contain all terms; None if every term is too short.

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
    "collection/index.sql", "collection/index.py", "collection/packed_clauses.py", "lexicon/document_numbers.py",
    "lexicon/titles.py", "model/clause_history.py", "store/layout.py",
)  # fmt: skip
_PARSED = (
    "annotate", "intake/__init__.py", "collection/index.py", "model", "parsing",
    "lexicon",
)  # fmt: skip
_PACE = (*_PARSED, "comparison", "revision", "substance", "collection/radar.py")


@cache
def catalogue_build() -> str:
    """Return the digest of the code behind the table of documents: a few small files, read at every start."""
    return digest_of(_CATALOGUE)


@cache
def parser_build() -> str:
    """Return the digest of the code that produces clauses and facts of a text; used only after the parser is loaded anyway."""
    return digest_of(_PARSED)


@cache
def pace_build() -> str:
    """Return the digest of the code behind a comparison over time."""
    return digest_of(_PACE)


def digest_of(names: tuple[str, ...]) -> str:
    """Return one digest over files and folders of the package, given by their paths from its root."""
    digest = hashlib.sha256()
    package = files("policydiff")
    for name in names:
        for path, file in _walk(name, package.joinpath(*name.split("/"))):
            content = file.read_bytes()
            digest.update(f"{path} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _walk(path: str, place: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield the files at or below a place, in a stable order, without compiled files."""
    if place.is_file():
        yield path, place
        return
    for child in sorted(place.iterdir(), key=lambda each: each.name):
        if child.name != "__pycache__":
            yield from _walk(f"{path}/{child.name}", child)


def kept_database(place: Path | None, tables: Traversable, build: str) -> sqlite3.Connection:
    """Return a database of tables that one build of the code made, kept at a place.

    It is created anew if it comes from a different build, is damaged or missing; it is created in memory
    if the folder is read-only or full, and can still be queried.
    """
    with suppress(OSError, sqlite3.Error):
        if place is not None:
            if place.is_file() and _build_of(place) == build:
                return sqlite3.connect(place, timeout=30)
            place.parent.mkdir(exist_ok=True)
            for old in place.parent.glob(f"{place.name}*"):
                old.unlink()
            return _made(sqlite3.connect(place, timeout=30), tables, build)
    return _made(sqlite3.connect(":memory:"), tables, build)


def _build_of(place: Path) -> str | None:
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)) as found,
    ):
        row = found.execute("SELECT value FROM meta WHERE key = 'build'").fetchone()
        return str(row[0]) if row else None
    return None


def _made(database: sqlite3.Connection, tables: Traversable, build: str) -> sqlite3.Connection:
    try:
        database.executescript(tables.read_text(encoding="utf-8"))
        with database:
            database.execute("INSERT INTO meta VALUES ('build', ?)", (build,))
    except sqlite3.Error:
        database.close()
        raise
    return database


_PATIENCE = 10.0
"""Seconds to wait for another run that writes."""


def vector_cache_path(encoder: str) -> Path:
    """Return the file that keeps the vectors of an encoder, in the user's cache folder.

    The name of the encoder includes its version, so that vectors of two versions are never mixed.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 (an index is opened without it)

    base = user_cache_path("policydiff", appauthor=False)
    if not base.is_absolute():  # XDG Base Directory Specification: a relative path is to be ignored
        base = Path.home() / ".cache" / "policydiff"
    return base / f"vectors-{encoder}.sqlite"


class VectorCache(MutableMapping[str, Sequence[float]]):
    """Vectors in single precision by the hash of their text; use it as a context manager.

    Several runs may use one file at the same time. All its content can be computed again: a damaged file
    is deleted, and if no file can be written, the vectors are kept in memory.
    """

    def __init__(self, path: Path) -> None:
        """Open or create the file; its folder is readable only by the user, because the hashes reveal who read which text."""
        self._path = path
        self._known: dict[str, Sequence[float]] = {}
        self._database = _open(path)

    @property
    def is_kept(self) -> bool:
        """Whether the vectors outlive the run."""
        return self._database is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def __getitem__(self, key: str) -> Sequence[float]:
        if key not in self._known:
            rows = self._run("SELECT numbers FROM vector WHERE text = ? AND length(numbers) % 4 = 0", key)
            if not rows:
                raise KeyError(key)
            vector = array("f")
            vector.frombytes(rows[0][0])
            self._known[key] = vector
        return self._known[key]

    def __setitem__(self, key: str, vector: Sequence[float]) -> None:
        kept = array("f", vector)
        self._known[key] = kept
        self._run("INSERT OR REPLACE INTO vector VALUES (?, ?)", key, kept.tobytes())

    def __delitem__(self, key: str) -> None:
        self[key]
        del self._known[key]
        self._run("DELETE FROM vector WHERE text = ?", key)

    def __iter__(self) -> Iterator[str]:
        return iter({*self._known, *(row[0] for row in self._run("SELECT text FROM vector"))})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows a statement gives; none, and from then on memory alone, where the file fails."""
        if self._database is None:
            return []
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            self.__exit__()
            _drop_damaged(self._path, error)
            return []


def _open(path: Path) -> sqlite3.Connection | None:
    """Return a connection to the file, created anew if it is damaged; None if the file cannot be used."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for _ in range(2):
            try:
                database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
                try:
                    database.execute("PRAGMA journal_mode = WAL")
                    database.execute("PRAGMA synchronous = NORMAL")
                    database.execute(
                        "CREATE TABLE IF NOT EXISTS vector (text TEXT PRIMARY KEY, numbers BLOB NOT NULL) WITHOUT ROWID"
                    )
                except sqlite3.Error:
                    database.close()
                    raise
                return database
            except sqlite3.DatabaseError as error:
                _drop_damaged(path, error)
    return None


def _drop_damaged(path: Path, error: sqlite3.DatabaseError) -> None:
    """Remove a file that is no database; a file that is locked, read-only or on a full disk is kept."""
    if not isinstance(error, sqlite3.OperationalError):
        with suppress(OSError):
            path.unlink(missing_ok=True)
