"""Vectors of sentences kept between runs, so that a sentence is encoded once on a machine."""

import sqlite3
from array import array
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from platformdirs import user_cache_path

_PATIENCE = 10.0
"""Seconds to wait while another run writes."""


def vector_cache_path(encoder: str) -> Path:
    """Return the file that keeps the vectors of an encoder, in the user's cache folder as the system has it.

    Args:
        encoder: Names the model and its version, so that vectors of two are never mixed.
    """
    base = user_cache_path("policydiff", appauthor=False)
    if not base.is_absolute():  # XDG Base Directory Specification: a relative path is to be ignored
        base = Path.home() / ".cache" / "policydiff"
    return base / f"vectors-{encoder}.sqlite"


class VectorCache(MutableMapping[str, Sequence[float]]):
    """Vectors in single precision by the hash of their text; use it as a context manager.

    Several runs may use one file at the same time. It holds nothing that cannot be made again: a file that is damaged
    is thrown away, and where none can be written the vectors are kept in memory.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Args:
            path: Where the vectors are kept. Its folder is made for the user alone: hashes tell who read which text.
        """
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
            self._known[key] = self._read(key)
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

    def _read(self, key: str) -> Sequence[float]:
        rows = self._run("SELECT numbers FROM vector WHERE text = ? AND length(numbers) % 4 = 0", key)
        if not rows:
            raise KeyError(key)
        vector = array("f")
        vector.frombytes(rows[0][0])
        return vector

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
    """Return a connection to the file, made anew where it is damaged; None where none can be had."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for _ in range(2):
            try:
                return _connect(path)
            except sqlite3.DatabaseError as error:
                _drop_damaged(path, error)
    return None


def _connect(path: Path) -> sqlite3.Connection:
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


def _drop_damaged(path: Path, error: sqlite3.DatabaseError) -> None:
    """Remove a file that is no database; one that is locked, read-only or on a full disk stays."""
    if not isinstance(error, sqlite3.OperationalError):
        with suppress(OSError):
            path.unlink(missing_ok=True)
