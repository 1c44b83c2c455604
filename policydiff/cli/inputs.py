"""Stores and documents that options name."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from policydiff.cli.options import AsOfOption, ReadLimitOption, StoreOption
from policydiff.errors import UsageError

if TYPE_CHECKING:
    from policydiff import Limits, Store

STDIN = "-"
"""What stands for standard input wherever a document is read."""


class Place(NamedTuple):
    """Where documents are looked up: the folder of the store, None for the nearest one, and the day of record time."""

    store: StoreOption = None
    as_of: AsOfOption = None


class Input(NamedTuple):
    """How the documents that are named are got: from a file within limits, or from a store."""

    store: StoreOption = None
    as_of: AsOfOption = None
    read_limit: ReadLimitOption = None

    @contextmanager
    def found(self, docs: Sequence[str], *, needed: bool = False) -> Iterator[dict[str, Any]]:
        """Give the options of a verb over these documents; a store is opened where one of them is no file.

        Args:
            docs: Files, -, ids, or ids with `@when`.
            needed: A store is needed whatever is named.

        Raises:
            NotFoundError: if a store is needed and there is none.
            UsageError: if an option or the store's `policydiff.toml` sets what is no limit.
        """
        from policydiff.api.opening import is_file

        how = {"as_of": self.as_of, "limits": limits_in_force(self.store, self.read_limit)}
        if self.store is None and not needed and all(doc == STDIN or is_file(doc) for doc in docs):
            yield how
            return
        from policydiff.api.stores import Store, store_if_any

        store = Store.discover() if needed and self.store is None else store_if_any(self.store)
        if store is None:
            yield how
            return
        with store:
            yield {**how, "store": store}


def given_documents(docs: Sequence[str]) -> "list[str | BinaryIO]":
    """Return what is named, standard input for -.

    Raises:
        UsageError: if standard input is named twice.
    """
    if list(docs).count(STDIN) > 1:
        raise UsageError("standard input holds one document: name - once")
    return [sys.stdin.buffer if doc == STDIN else doc for doc in docs]


def read_pairs(listed: str) -> list[tuple[str, str]]:
    """Return the pairs of a list: a line OLD and NEW, separated by a tab; empty lines and lines after # do not count.

    Raises:
        UnreadableInputError: if the list cannot be read.
        UsageError: if a line names other than two documents.
    """
    from policydiff.errors import UnreadableInputError
    from policydiff.extract.sniff import plain_text

    try:
        data = sys.stdin.buffer.read() if listed == STDIN else Path(listed).read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"cannot read {listed}: {error.strerror or error}") from error
    pairs = []
    for number, line in enumerate(plain_text(data, listed).split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            names = [name.strip() for name in line.split("\t")]
            if len(names) != 2 or not all(names):
                raise UsageError(
                    f"{listed}, line {number}: name the earlier and the later version, separated by a tab"
                )
            pairs.append((names[0], names[1]))
    return pairs


def limits_in_force(folder: Path | None, given: Sequence[str] | None) -> "Limits":
    """Return how much of a file is read: as given, else as the store's settings say, else by default.

    Args:
        folder: The store, None for the nearest one upward.
        given: `NAME=VALUE`, as the option `--read-limit` takes it.

    Raises:
        UsageError: if an option or the store's `policydiff.toml` sets what is no limit.
    """
    from policydiff.extract.limits import DEFAULT_LIMITS, parse_limits

    limits = DEFAULT_LIMITS
    path = _settings_file(folder)
    if path is not None:
        from policydiff.settings import read_limits_table

        limits = read_limits_table(path)
    try:
        return parse_limits(given or (), limits)
    except ValueError as error:
        raise UsageError(f"--read-limit: {error}") from error


def _settings_file(folder: Path | None) -> Path | None:
    """Return the settings of the store; None where there is none, and for a bare one, which has no file to edit."""
    start = Path.cwd()
    places = (start, *start.parents) if folder is None else (folder,)
    return next(
        (place / "policydiff.toml" for place in places if (place / "policydiff.toml").is_file()), None
    )


def open_store(folder: Path | None) -> "Store":
    """Open the store an option names, else the nearest one upward.

    Raises:
        NotFoundError: if there is none.
    """
    from policydiff import Store

    return Store.discover() if folder is None else Store.open(folder)
