"""Stores and documents that options name."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from policydiff.cli.options import AsOfOption, ReadLimitOption, StoreOption
from policydiff.errors import InvalidIdentifierError, NotFoundError, UsageError

if TYPE_CHECKING:
    from policydiff.collection.loaded import Loaded
    from policydiff.extract import Limits
    from policydiff.extract.reading import Revisions
    from policydiff.model import Level
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


class Input(NamedTuple):
    """How the documents that are named are got: from a file within limits, or from a place."""

    store: StoreOption = None
    as_of: AsOfOption = None
    read_limit: ReadLimitOption = None

    @property
    def place(self) -> Place:
        """Where ids are looked up."""
        return Place(self.store, self.as_of)

    def limits(self) -> "Limits":
        """Return how much of a file is read.

        Raises:
            UsageError: if an option or the store's `policydiff.toml` sets what is no limit.
        """
        return limits_in_force(self.store, self.read_limit)


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
    from policydiff.store.layout import CONFIG

    start = Path.cwd()
    places = (start, *start.parents) if folder is None else (folder,)
    return next((place / CONFIG for place in places if (place / CONFIG).is_file()), None)


def parse_level(text: str | None) -> "Level | None":
    """Return the level of government an option gives, None where it is left out.

    Raises:
        UsageError: if it is none.
    """
    from policydiff.model import Level

    levels: tuple[Level, ...] = get_args(Level)
    found = next((level for level in levels if level == text), None)
    if text is not None and found is None:
        raise UsageError(f"--level takes one of {', '.join(levels)}, not {text!r}")
    return found


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
def store_if_any(folder: Path | None) -> "Iterator[Store | None]":
    """Open the store an option names, else the nearest one upward, None where there is none.

    Raises:
        NotFoundError: if the option names a folder that is no store.
    """
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


def open_documents(docs: Sequence[str], given: Input, revisions: str = "final") -> "list[Loaded]":
    """Load what each `DOC` names; a store is needed only where one of them is no file.

    Args:
        docs: Files, ids, or ids with `@when`.
        given: Where to look up ids, and how much of a file to read.
        revisions: Tracked changes of Word files: accepted (`final`) or refused (`original`).

    Raises:
        NotFoundError: if one of them is neither a file nor in the store.
        UnreadableInputError: if a file holds no readable text.
    """
    from policydiff.collection.references import load
    from policydiff.extract import DEFAULT_LIMITS

    if revisions not in ("final", "original"):
        raise UsageError(f"--revisions takes final or original, not {revisions!r}")
    how: Revisions = "final" if revisions == "final" else "original"
    moment = given.place.moment()
    limits = given.limits() if any(Path(doc).is_file() for doc in docs) else DEFAULT_LIMITS
    if given.store is None and all(Path(doc).is_file() for doc in docs):
        return [load(doc, revisions=how, limits=limits) for doc in docs]
    with store_if_any(given.store) as store:
        return [load(doc, store, as_of=moment, revisions=how, limits=limits) for doc in docs]


def open_with_superior(doc: str, given: Input) -> "tuple[Loaded, Loaded]":
    """Load a document and the one of the store that it carries out, in the version of its own day.

    Raises:
        NotFoundError: if it cites no document that the store holds.
    """
    from policydiff.collection.index import Index
    from policydiff.collection.references import load, load_stored
    from policydiff.collection.relations import find_superior

    moment = given.place.moment()
    with open_store(given.store) as store, Index.open(store) as index:
        own = load(doc, store, as_of=moment, limits=given.limits())
        day = own.reference.issued or datetime.now(UTC).date()
        found = find_superior(index, store, list(own.document.citations), day, own_id=own.reference.id)
        if found is None:
            raise NotFoundError(
                f"{doc} cites no document that the store holds: name its superior, or add it (policydiff cites {doc} lists them)"
            )
        return own, load_stored(f"{found.id}@{found.version}", store, as_of=moment)
