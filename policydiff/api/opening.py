"""Makes a parsed document of a path, bytes, an open file, a name in a store or a Document; lists the facts of a document."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Protocol, get_args

from policydiff.api.arguments import Day, as_day
from policydiff.errors import NotFoundError, UnreadableInputError, UsageError
from policydiff.model import Document
from policydiff.model.base import shortened
from policydiff.platforms import at_home, local_day

if TYPE_CHECKING:
    from policydiff.extract import Limits
    from policydiff.intake import Loaded
    from policydiff.model.listed import CitationList, ResponsibilityList, TargetList
    from policydiff.store import Store as RecordedStore


Source = Document | str | os.PathLike[str] | bytes | BinaryIO
"""A document as a verb takes it: parsed already, a path, captured bytes, an open binary file; with a store also `id`,
a document number, or one of them with `@when`."""
_LONGEST_NAME = 1024
"""Longest name of a file, in characters or bytes, that macOS takes; Linux takes four times as many, Windows 260 by default."""
Revisions = Literal["final", "original"]
"""Tracked changes of a Word file: accepted (`final`) or refused (`original`)."""


class HasStore(Protocol):
    """The part of a public `Store` that a verb needs."""

    @property
    def recorded(self) -> "RecordedStore":
        """The store below it."""
        ...


Where = HasStore | str | os.PathLike[str] | None
"""A store in which ids are looked up, or its folder."""


@dataclass(frozen=True)
class Lookup:
    """Where names of documents are looked up, and how files are read."""

    store: "RecordedStore | None" = None
    as_of: Day | None = None
    """Read the store as it was known at the end of this day; None for now."""
    revisions: Revisions = "final"
    limits: "Limits | None" = None
    """Sizes beyond which a file is refused; None for the store's settings, else the usual ones."""

    def __post_init__(self) -> None:
        if self.revisions not in get_args(Revisions):
            raise UsageError(f"revisions is 'final' or 'original', not {self.revisions!r}")
        as_day(self.as_of, "as_of")

    @property
    def moment(self) -> date | datetime | None:
        """The point of record time to read the store at, None for now."""
        return as_day(self.as_of, "as_of")

    def open(self, source: Source) -> "Loaded":
        """Return the document with the reference by which results name it.

        Raises:
            UsageError: if the source names no document.
            UnreadableInputError: if a file is missing or holds no readable text.
            NotFoundError: if the source has the shape of an id that the store does not hold.
        """
        from policydiff.intake import Loaded, load_bytes, load_file

        if isinstance(source, Document):
            return Loaded(source, complete=True)
        if isinstance(source, bytes | bytearray | memoryview):
            data = bytes(source)
            if len(data) <= _LONGEST_NAME and is_file(given := os.fsdecode(data)):
                raise UsageError(
                    f"{given} is the name of a file as bytes, not the file's bytes: give the name as a path"
                )
            return load_bytes(data, None, revisions=self.revisions, limits=self._limits())
        if isinstance(source, str):
            source = at_home(source)
            _refuse_no_path(source)
            if not is_file(source):
                from policydiff.collection.lookalikes import load

                return load(source, self.store, as_of=self.moment)
        if isinstance(source, str | os.PathLike):
            refuse_address(str(source))
            return load_file(Path(source), revisions=self.revisions, limits=self._limits())
        data, name = read_stream(source)
        return load_bytes(data, name, revisions=self.revisions, limits=self._limits())

    def open_versions(self, name: Source) -> "list[Loaded]":
        """Return all versions of a document of the store, oldest first, up to the one named.

        Raises:
            UsageError: if a single text is named, and no document of a store.
            NotFoundError: if the store does not hold the document.
        """
        from policydiff.collection.lookalikes import stored_name
        from policydiff.intake import load_versions, names_stored

        if self.store is not None and isinstance(name, str) and not is_file(name):
            name = stored_name(name, self.store)
        if self.store is None or not isinstance(name, str) or is_file(name) or not names_stored(name):
            self.open(name)  # no document at all is said in its own words
            given = shortened(name) if isinstance(name, str) else "this"
            raise UsageError(
                f"{given} is one version: name a second one, or a document of the store for all its versions"
            )
        return load_versions(name, self.store, as_of=self.moment)

    def open_with_superior(self, local: Source) -> "tuple[Loaded, Loaded | None]":
        """Return a document and the superior it cites, in the version that was in force on the document's date.

        The superior is None where the document cites none that the store holds.

        Raises:
            UsageError: if there is no store.
        """
        from policydiff.collection.index import Index
        from policydiff.collection.lookalikes import load_stored
        from policydiff.collection.relations import find_superior

        own = self.open(local)
        if self.store is None:
            raise UsageError(
                "name the document that it implements after the local one; a store finds it by itself"
            )
        day = own.reference.issued or local_day()
        with Index.open(self.store) as index:
            found = find_superior(index, list(own.document.citations), day, own_id=own.reference.id)
        if found is None:
            return own, None
        return own, load_stored(f"{found.id}@{found.version}", self.store, as_of=self.moment)

    def _limits(self) -> "Limits":
        from policydiff.extract import DEFAULT_LIMITS

        if self.limits is not None or self.store is None:
            return self.limits or DEFAULT_LIMITS
        return limits_of(self.store.folder)


def limits_of(folder: Path) -> "Limits":
    """Return how much of a file is read, by the settings of the store in a folder.

    Raises:
        UsageError: if the settings name a limit that does not exist.
    """
    from policydiff.extract import DEFAULT_LIMITS
    from policydiff.settings.settings_file import CONFIG_NAME, read_limits_table

    path = folder / CONFIG_NAME
    return read_limits_table(path) if path.is_file() else DEFAULT_LIMITS


def is_file(name: str | os.PathLike[str]) -> bool:
    """Return whether a file or a pipe of this name exists (`<(command)` in a shell); False for a name that no file can have."""
    try:
        return Path(name).is_file() or Path(name).is_fifo()
    except (OSError, ValueError):
        return False


@contextmanager
def opened_store(given: Where) -> "Iterator[RecordedStore | None]":
    """Yield the store that a caller gave; a store given by its folder is opened for this call.

    Raises:
        NotFoundError: if the folder is no store.
        UsageError: if it is neither a store nor a folder.
    """
    if given is None:
        yield None
        return
    from policydiff.store import Store as RecordedStore

    if isinstance(given, str | os.PathLike):
        with RecordedStore.open(folder_named(given)) as store:
            yield store
    else:
        recorded = getattr(given, "recorded", None)
        if not isinstance(recorded, RecordedStore):
            raise UsageError(f"store takes a Store or its folder, not {type(given).__name__}")
        yield recorded


def folder_named(path: str | os.PathLike[str]) -> Path:
    """Return the path of a store's folder.

    Raises:
        UsageError: if it is no path.
    """
    if not isinstance(path, str | os.PathLike) or not isinstance(os.fspath(path), str):
        raise UsageError(f"a store is named by its folder, not by {type(path).__name__}")
    return Path(at_home(os.fspath(path)))


def refuse_address(text: str) -> None:
    """Refuse a text that is only a web address, because no verb fetches.

    Raises:
        UsageError: if it is one.
    """
    if re.fullmatch(r"(?:[a-zA-Z][a-zA-Z0-9+.-]+:/|www\.)[^\n。]*", text) and not is_file(text):
        raise UsageError(
            f"{text} is an address, and policydiff reads files: save the page and read the file, "
            "or let a store watch it (policydiff watch add ADDRESS)"
        )


def _refuse_no_path(source: str) -> None:
    refuse_address(source)
    if "\n" in source or (source.endswith(("。", "；")) and not is_file(source)):
        raise UsageError("this is a text and not the name of a file: policydiff.parse(text) reads it")
    if not is_file(source) and (len(source) > _LONGEST_NAME or "\0" in source):
        raise UnreadableInputError(f"there is no file of the name {source[:40]!r}…: it is no name of a file")


def names_file(text: str) -> bool:
    """Return whether a text is only the name of a readable file: `act.docx`."""
    from policydiff.extract.sniff import READ_SUFFIXES

    return text.lower().endswith(READ_SUFFIXES) and not re.search("[\n。]", text)


def read_stream(source: object) -> tuple[bytes, str | None]:
    """Return the bytes of an open file and its name; None for a file without a name.

    Raises:
        UsageError: if it is no file opened in binary mode.
    """
    read = getattr(source, "read", None)
    if isinstance(source, list | tuple):
        raise UsageError("several documents are given one after another, and not as a list")
    if read is None:
        raise UsageError(
            "a document is given as a path, as bytes, as a file opened in binary mode or as a Document, "
            f"not as {type(source).__name__}"
        )
    try:
        data = read()
    except TypeError as error:  # a method of that name which reads no file
        raise UsageError(f"{type(source).__name__} is no file opened in binary mode") from error
    except ValueError as error:
        given = getattr(source, "name", "the file")
        raise UnreadableInputError(f"cannot read {given}: it is closed or not open for reading") from error
    except OSError as error:
        raise UnreadableInputError(f"cannot read {getattr(source, 'name', 'the file')}: {error}") from error
    if isinstance(data, str):
        raise UsageError("open the file in binary mode ('rb'), or give its text to policydiff.parse")
    if not isinstance(data, bytes | bytearray):
        raise UsageError(f"the file gave {type(data).__name__} and not bytes")
    name = getattr(source, "name", None)
    return bytes(data), name if isinstance(name, str) else None


def captured(file: str | os.PathLike[str] | BinaryIO) -> tuple[bytes, str | None]:
    """Return the bytes of a file to be stored and its name; None for an open file without a name.

    Raises:
        UsageError: if it is no file.
        UnreadableInputError: if it cannot be read.
    """
    if isinstance(file, bytes | bytearray | memoryview | Document) or (
        isinstance(file, str) and "\n" in file
    ):
        given = "a text" if isinstance(file, str) else type(file).__name__
        raise UsageError(f"a store keeps files: give a path or an open file, not {given}")
    if not isinstance(file, str | os.PathLike):
        return read_stream(file)
    refuse_address(str(file))
    if Path(file).is_dir():
        raise UsageError(f"{file} is a folder: policydiff import {file} records every file of it")
    from policydiff.extract.decoding import bytes_of_file

    return bytes_of_file(Path(file)), str(file)


def name_of(source: Source) -> str:
    """Return the name of a given document for use in messages."""
    if isinstance(source, Document):
        return source.reference.name or "the document"
    return source if isinstance(source, str) else getattr(source, "name", None) or "the document"


def text_of(
    doc: Source,
    *,
    clause: str | None = None,
    store: HasStore | None = None,
    as_of: Day | None = None,
    **how: Any,
) -> str:
    """Return the text of a document, or the words of a clause and all clauses below it, one clause a line.

    Raises:
        NotFoundError: if the document has no clause of this id.
    """
    with opened_store(store) as found:
        loaded = Lookup(found, as_of, **how).open(doc)
    if clause is None:
        return loaded.text
    meant = loaded.parsed.find(clause)
    if meant is None:
        name = name_of(doc)
        raise NotFoundError(f"{name} has no clause {clause}: policydiff parse {name} shows the ids")
    return meant.full_text()


def targets(
    doc: Source, *, limits: "Limits | None" = None, store: "Where" = None, as_of: "Day | None" = None
) -> "TargetList":
    r"""Return the quantified targets of a document: metric, value, deadline.

    Args:
        doc: A `Document`, or anything that `policydiff.read` takes.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Examples:
        >>> from policydiff import parse
        >>> [each.target.value for each in targets(parse("某市规划\n一、目标。到2025年，绿化率达到40%。"))]
        ['40']
    """
    from policydiff.model.listed import FoundTarget, TargetList

    return TargetList(targets=_placed(doc, "targets", (FoundTarget, "target"), limits, store, as_of))


def responsibilities(
    doc: Source, *, limits: "Limits | None" = None, store: "Where" = None, as_of: "Day | None" = None
) -> "ResponsibilityList":
    """Return who leads and who supports each measure of a document.

    Args:
        doc: A `Document`, or anything that `policydiff.read` takes.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.
    """
    from policydiff.model.listed import FoundResponsibility, ResponsibilityList

    made = FoundResponsibility, "responsibility"
    return ResponsibilityList(responsibilities=_placed(doc, "responsibilities", made, limits, store, as_of))


def cites(
    doc: Source, *, limits: "Limits | None" = None, store: "Where" = None, as_of: "Day | None" = None
) -> "CitationList":
    """Return the documents a document cites, each with the reason of the citation.

    Args:
        doc: A `Document`, or anything that `policydiff.read` takes.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.
    """
    from policydiff.model.listed import CitationList, FoundCitation

    return CitationList(
        citations=_placed(doc, "citations", (FoundCitation, "citation"), limits, store, as_of)
    )


def _placed(
    doc: Source,
    what: str,
    made: "tuple[Any, str]",
    limits: "Limits | None",
    store: "Where",
    as_of: "Day | None",
) -> "tuple[Any, ...]":
    """Return the facts found in a document, each as a value of `made`, with the document and the address of its clause."""
    from policydiff.report.outline import Outline

    with opened_store(store) as found:
        document = Lookup(found, as_of, "final", limits).open(doc).document
    place, (value, name) = Outline(document).place, made
    return tuple(
        value(document=document.reference, address=place(each.clause).address, **{name: each})
        for each in getattr(document, what)
    )
