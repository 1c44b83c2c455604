"""The part of the public `Store` that opens, closes and hands the store below it to the verbs."""

import os
from pathlib import Path
from typing import Self

from policydiff.api.opening import Day, Lookup, Revisions
from policydiff.extract import Limits
from policydiff.store import Store as RecordedStore


class OpenedStore:
    """A store in a folder of a git repository, or in a bare one; close it, or use it as a context manager.

    Reading sees what is recorded, never uncommitted files, and writes nothing but the index. Methods that take `as_of`
    answer from the store as it was known at the end of that day. One store is for one thread.
    """

    def __init__(self, recorded: RecordedStore) -> None:
        self._recorded = recorded

    @classmethod
    def init(cls, path: str | os.PathLike[str] = ".", *, bare: bool = False) -> Self:
        """Create a store in a folder (made if absent), in the repository around it or in a new one.

        Args:
            path: The folder.
            bare: Make a bare repository, for a server.

        Raises:
            UsageError: if there is a store already, or the folder cannot be written.
        """
        return cls(RecordedStore.init(Path(path), bare=bare))

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Open the store in a folder or bare repository.

        Raises:
            NotFoundError: if there is none.
            UsageError: if it was made by a newer policydiff, or git cannot be used.
        """
        return cls(RecordedStore.open(Path(path)))

    @classmethod
    def discover(cls, start: str | os.PathLike[str] = ".") -> Self:
        """Open the store in `start` or the nearest folder above it.

        Raises:
            NotFoundError: if there is none.
        """
        return cls(RecordedStore.discover(Path(start)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store: {self.folder}>"

    def close(self) -> None:
        """End the git process that answers reads."""
        self._recorded.close()

    @property
    def folder(self) -> Path:
        """The folder the store lies in."""
        return self._recorded.folder

    @property
    def recorded(self) -> RecordedStore:
        """The store of bytes, texts and records below this one; internal."""
        return self._recorded

    def lookup(
        self, as_of: Day | None = None, revisions: Revisions = "final", limits: Limits | None = None
    ) -> Lookup:
        """Return how names are looked up in this store; internal."""
        return Lookup(self._recorded, as_of, revisions, limits)

    def name(self, doc: str) -> str:
        """Return the full name `id@version` of what `id` or `id@date` means.

        Raises:
            NotFoundError: if there is no such document or version.
        """
        identity, record = self._recorded.resolve(doc)
        return f"{identity.id}@{record.version}"
