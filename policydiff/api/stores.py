"""`Store`: every version of every document in git, with every verb that the command line has."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from policydiff.api.asking import AskedStore
from policydiff.api.recording import RecordingStore
from policydiff.api.reused import ReusedStore
from policydiff.api.watching import WatchingStore
from policydiff.errors import NotFoundError

if TYPE_CHECKING:
    from policydiff.model.listed import SearchHits


class Store(AskedStore, ReusedStore, RecordingStore, WatchingStore):
    """Every version of every document, in a folder of a git repository or in a bare one.

    Reading sees what is recorded, never uncommitted files, and writes nothing but the index. Methods that take `as_of`
    answer from the store as it was known at the end of that day. Close it, or use it as a context manager; one store
    is for one thread.
    """


def search(
    words: str | Sequence[str], *, store: "Store | str | os.PathLike[str] | None" = None, **how: Any
) -> "SearchHits":
    """Return the clauses of a store that hold all the words, best first.

    Args:
        words: Words joined by blanks, or a list of them; a phrase with blanks stands in quotation marks.
        store: The store or its folder; None for the nearest one upward of the current folder.
        how: As for `Store.search`: jurisdiction, issuer, level, document_type, since, until, all_versions, limit.

    Raises:
        UsageError: if no word is given.
        NotFoundError: if there is no store.
    """
    if isinstance(store, Store):
        return store.search(words, **how)
    with Store.discover() if store is None else Store.open(store) as found:
        return found.search(words, **how)


def store_if_any(folder: str | os.PathLike[str] | None = None) -> Store | None:
    """Open the store in a folder, else the nearest one upward; None where there is none.

    Raises:
        NotFoundError: if a folder is named that is no store.
    """
    if folder is not None:
        return Store.open(folder)
    try:
        return Store.discover()
    except NotFoundError:
        return None
