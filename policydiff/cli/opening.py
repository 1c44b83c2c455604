"""Stores and documents that options name."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policydiff.errors import InvalidIdentifierError, NotFoundError

if TYPE_CHECKING:
    from policydiff.collection.references import Loaded
    from policydiff.store import Store


def parse_day(text: str | None, what: str) -> date | None:
    """Return the day an option gives, None where it is left out.

    Raises:
        InvalidIdentifierError: if it is no day of the calendar.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidIdentifierError(f"{what} takes a day as YYYY-MM-DD, not {text!r}") from error


@contextmanager
def open_store(folder: Path | None) -> "Iterator[Store]":
    """Open the store an option names, else the nearest one upward.

    Raises:
        NotFoundError: if there is none.
    """
    from policydiff.store import Store

    with Store.discover() if folder is None else Store.open(folder) as store:
        yield store


@contextmanager
def _store_if_any(folder: Path | None) -> "Iterator[Store | None]":
    if folder is not None:
        with open_store(folder) as store:
            yield store
        return
    from policydiff.store import Store

    try:
        found = Store.discover()
    except NotFoundError:
        yield None
        return
    with found:
        yield found


def open_documents(docs: Sequence[str], folder: Path | None, as_of: str | None) -> "list[Loaded]":
    """Load what each `DOC` names; a store is needed only where one of them is no file.

    Raises:
        NotFoundError: if one of them is neither a file nor in the store.
        UnreadableInputError: if a file holds no readable text.
    """
    from policydiff.collection.references import load

    moment = parse_day(as_of, "--as-of")
    if folder is None and all(Path(doc).is_file() for doc in docs):
        return [load(doc) for doc in docs]
    with _store_if_any(folder) as store:
        return [load(doc, store, as_of=moment) for doc in docs]
