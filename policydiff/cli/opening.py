"""Stores and documents that options name."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policydiff.cli.options import AsOfOption, StoreOption
from policydiff.errors import InvalidIdentifierError, NotFoundError, UsageError

if TYPE_CHECKING:
    from policydiff.collection.references import Loaded
    from policydiff.extract.reading import Revisions
    from policydiff.store import Store


class Place(NamedTuple):
    """Where documents are looked up: the folder of the store, None for the nearest one, and the day of record time."""

    store: StoreOption = None
    as_of: AsOfOption = None

    def moment(self) -> date | None:
        """Return the day of record time to read the store at, None for the present.

        Raises:
            InvalidIdentifierError: if it is no day of the calendar.
        """
        return parse_day(self.as_of, "--as-of")


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


def open_documents(docs: Sequence[str], place: Place, revisions: str = "final") -> "list[Loaded]":
    """Load what each `DOC` names; a store is needed only where one of them is no file.

    Args:
        docs: Files, ids, or ids with `@when`.
        place: Where to look up ids.
        revisions: Tracked changes of Word files: accepted (`final`) or refused (`original`).

    Raises:
        NotFoundError: if one of them is neither a file nor in the store.
        UnreadableInputError: if a file holds no readable text.
    """
    from policydiff.collection.references import load

    if revisions not in ("final", "original"):
        raise UsageError(f"--revisions takes final or original, not {revisions!r}")
    how: Revisions = "final" if revisions == "final" else "original"
    moment = place.moment()
    if place.store is None and all(Path(doc).is_file() for doc in docs):
        return [load(doc, revisions=how) for doc in docs]
    with _store_if_any(place.store) as store:
        return [load(doc, store, as_of=moment, revisions=how) for doc in docs]


def open_with_superior(doc: str, place: Place) -> "tuple[Loaded, Loaded]":
    """Load a document and the one of the store that it carries out, in the version of its own day.

    Raises:
        NotFoundError: if it cites no document that the store holds.
    """
    from policydiff.collection.index import Index
    from policydiff.collection.references import load, load_stored
    from policydiff.collection.relations import find_superior

    moment = place.moment()
    with open_store(place.store) as store, Index.open(store) as index:
        own = load(doc, store, as_of=moment)
        day = own.reference.issued or datetime.now(UTC).date()
        found = find_superior(index, store, list(own.document.citations), day, own_id=own.reference.id)
        if found is None:
            raise NotFoundError(
                f"{doc} cites no document that the store holds: name its superior, or add it (policydiff cites {doc} lists them)"
            )
        return own, load_stored(f"{found.id}@{found.version}", store, as_of=moment)
