"""The public verb for redlines: two versions in, the old Word file with tracked changes out."""

from typing import TYPE_CHECKING

from policydiff.api.opening import Lookup, Source, is_file, opened_store, read_stream
from policydiff.errors import UsageError
from policydiff.model import Document

if TYPE_CHECKING:
    import os

    from policydiff.api.opening import Day, HasStore
    from policydiff.collection.loaded import Loaded
    from policydiff.extract import Limits
    from policydiff.model import Comparison
    from policydiff.model.base import Language
    from policydiff.redlining import Annotated, Redline, RedlineChoices


def redline(
    old: Source,
    new: Source,
    *,
    choices: "RedlineChoices | None" = None,
    limits: "Limits | None" = None,
    store: "HasStore | str | os.PathLike[str] | None" = None,
    as_of: "Day | None" = None,
) -> "Redline":
    """Return the old version's own Word file with tracked changes that make it say what the new version says.

    Accepting all changes gives the new text and rejecting all gives the old file; both are checked before anything is
    returned. Where the old version is no DOCX, a plain one is made of its text first, and `Redline.notes` says so.

    Args:
        old: The earlier version, or anything that `read` takes; its file is what is marked.
        new: The later version, of any format.
        choices: Author, date, what happens to changes that are tracked already, references left unmarked.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.
        as_of: Read the store as it was known at the end of this day.

    Raises:
        RedlineRefusedError: if no such file can be made, or if it cannot be proved; the part is named.
        UsageError: if a side is nothing that names a document.
        UnreadableInputError: if a file holds no readable text.
    """
    from policydiff.extract import DEFAULT_LIMITS
    from policydiff.redlining import RedlineChoices, make_redline, plain_file

    chosen = choices or RedlineChoices()
    with opened_store(store) as found:
        lookup = Lookup(found, as_of, "original" if chosen.existing == "reject" else "final", limits)
        before, after = _Side(old, lookup), _Side(new, lookup)
        within = limits or DEFAULT_LIMITS
        notes: tuple[str, ...] = ()
        file = before.word_file
        if file is None:
            file = plain_file(before.loaded.text, within)
            notes = ("the old version is no DOCX: a plain Word file was made of its text, and marked",)
        result = make_redline(file, after.word_file or after.loaded.text, chosen, limits=within)
    return result.with_notes(notes)


def annotated(
    local: Source,
    comparison: "Comparison",
    *,
    lang: "Language | None" = None,
    author: str = "policydiff",
    limits: "Limits | None" = None,
    store: "HasStore | str | os.PathLike[str] | None" = None,
) -> "Annotated":
    """Return the local Word file with a comment beside each sentence: source, effect, signals, what was left out.

    Args:
        local: The local document's own DOCX: a path, bytes or, with a store, an id.
        comparison: What `compare` found for it.
        lang: Language of the labels; None for the user's own.
        author: Name that Word shows beside each comment.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        store: The store in which ids are looked up, or its folder.

    Raises:
        RedlineRefusedError: if the local document is no DOCX.
    """
    from policydiff.api.rendering import language
    from policydiff.extract import DEFAULT_LIMITS
    from policydiff.redlining import RedlineRefusedError, Refusal, annotate_file
    from policydiff.report.catalog import catalog

    with opened_store(store) as found:
        file = _Side(local, Lookup(found, None, "final", limits)).word_file
    if file is None:
        raise RedlineRefusedError(
            Refusal.NOT_WORD,
            "the local document",
            "it is no DOCX: save it as one, or use --format docx for a report",
        )
    return annotate_file(
        file, comparison, catalog(language(lang)), author=author, limits=limits or DEFAULT_LIMITS
    )


class _Side:
    """One version: its Word file where it is one, else its text."""

    def __init__(self, source: Source, lookup: Lookup) -> None:
        self._lookup = lookup
        if not isinstance(source, Document | str | bytes | bytearray | memoryview) and hasattr(
            source, "read"
        ):
            source = read_stream(source)[0]
        self._source = source
        self.word_file = self._word_file()

    @property
    def loaded(self) -> "Loaded":
        """The text."""
        found = self._lookup.open(self._source)
        if not found.text:
            raise UsageError("this document does not hold its text: give the file it was read from")
        return found

    def _word_file(self) -> bytes | None:
        from policydiff.extract.sniff import FileKind, sniff

        data = self._bytes()
        return data if data is not None and sniff(data) is FileKind.DOCX else None

    def _bytes(self) -> bytes | None:
        from pathlib import Path

        source = self._source
        if isinstance(source, Document):
            name = source.reference.file
            return Path(name).read_bytes() if name is not None and is_file(name) else None
        if isinstance(source, bytes | bytearray | memoryview):
            return bytes(source)
        if isinstance(source, str) and not is_file(source):
            return self._stored()
        return Path(source).read_bytes() if isinstance(source, str) or hasattr(source, "__fspath__") else None

    def _stored(self) -> bytes | None:
        """Return the captured file of a version of the store, if its text was not corrected since."""
        reference = self._lookup.open(self._source).reference
        store = self._lookup.store
        if store is None or reference.id is None or reference.version is None:
            return None
        return store.source(reference.id, reference.version)
