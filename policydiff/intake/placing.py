"""Decides to which document a text is added, by the rules of identity, from the store and from texts imported before it.

It also recognises files of a folder that are no policies, so that they are not recorded as documents.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import PurePath
from typing import Protocol

from policydiff.errors import worded
from policydiff.intake.identity import Known, apart_id, decide
from policydiff.intake.versions import Given, Intake, identify
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.titles import DocumentTitle
from policydiff.model import ClauseKind, Document, DocumentIdentity

_MOST_KEPT = 64
"""Most texts of the store kept parsed while files are imported."""

_PROJECT_FILE = re.compile(
    r"(read_?me|licen[cs]e|copying|change_?log|contribut(ing|ors)|code_of_conduct|authors|maintainers|codeowners|citation"
    r"|makefile|dockerfile)([-_.][\w.-]*)?",
    re.IGNORECASE,
)
"""Names of files in which a repository describes itself: README.zh-CN.md, LICENSE-MIT, CHANGELOG.txt."""
_OFFICE = frozenset([".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf", ".ofd", ".xls", ".xlsx"])
"""Endings of office files, which repositories do not use for themselves: README.docx is a document like any other."""
_DATA = re.compile(
    r"\.(bat|bib|c|cfg|conf|cpp|css|csv|geojson|go|h|ini|ipynb|java|js|jsonl?|lock|log|po|ps1|py|rb?|rs|sh|sql|toml|tsv?"
    r"|ya?ml)"
)
"""Endings of programs, their settings, and tables and records of data."""
_DIVISIONS = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)
_NUMBERED = frozenset(
    [*_DIVISIONS, ClauseKind.ARTICLE, ClauseKind.LEVEL, ClauseKind.MEASURE, ClauseKind.ANNEX]
)
"""Clauses that a reader cites; any text has paragraphs and tables."""


def why_no_policy(intake: Intake, name: str) -> str | None:
    """Return why a file found in a folder is no policy; None if it may be one.

    A repository's own file, or a file of data or a program, must have a sign of a policy: a document number, an issuer, a day of
    issue or an article (第一条). Other files are left out only if they have no sign at all: none of these, no title, no addressees (which a
    README may have too) and no numbered clause.
    """
    document = intake.document
    kinds = {clause.kind for clause in document.walk()}
    if (
        document.document_number
        or document.issuing_bodies
        or document.dates.own
        or document.dates.published
        or ClauseKind.ARTICLE in kinds
    ):
        return None
    suffix = PurePath(name).suffix.lower()
    if _PROJECT_FILE.fullmatch(name) and suffix not in _OFFICE:
        return worded("a repository's own file by its name, and nothing in it is a policy's: not recorded")
    if _DATA.fullmatch(suffix):
        return worded("data or a program by its ending, and nothing in it is a policy's: not recorded")
    if document.title or intake.entry.declared_title or document.addressees or kinds & _NUMBERED:
        return None
    return worded("the text has no title, number, date, issuer or clause: not recorded")


class Shelf(Protocol):
    """Questions to a store for placing a text."""

    def find(self, *, number: str | None) -> list[DocumentIdentity]:
        """Return the documents with this number, however it is spelt."""
        ...

    def find_titled(self, key: str) -> list[DocumentIdentity]:
        """Return the documents whose title, or the title it carries, has this key (`DocumentTitle.key`)."""
        ...

    def find_id(self, document_id: str) -> DocumentIdentity | None:
        """Return the document with this id; None for none."""
        ...

    def newest_document(self, document_id: str) -> Document:
        """Return the newest text of a document, parsed."""
        ...


class _Desk:
    """The store, and the texts imported before this one that are not recorded yet."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._by_id: dict[str, DocumentIdentity] = {}
        self._texts: dict[str, Document] = {}
        self._by_number: dict[str, list[str]] = {}
        self._by_title: dict[str, list[str]] = {}
        self._read = lru_cache(maxsize=_MOST_KEPT)(shelf.newest_document)

    def find_id(self, document_id: str) -> DocumentIdentity | None:
        return self._by_id.get(document_id) or self._shelf.find_id(document_id)

    def alike(self, identity: DocumentIdentity) -> list[Known]:
        """Return the documents that may be the same by their number, title or id."""
        found: dict[str, DocumentIdentity] = {}
        number = identity.document_number
        parsed = None if number is None else DocumentNumber.parse(number)
        if number is not None and parsed is not None and parsed.names_one_document:
            found |= {each.id: each for each in self._shelf.find(number=number)}
            found |= {each: self._by_id[each] for each in self._by_number.get(parsed.key, ())}
        title = DocumentTitle.parse(identity.title)
        for key in [] if title.is_generic else [title.key, title.carried]:
            if key:
                found |= {each.id: each for each in self._shelf.find_titled(key)}
                found |= {each: self._by_id[each] for each in self._by_title.get(key, ())}
        taken = self.find_id(identity.id)
        if taken is not None:
            found[taken.id] = taken
        return [Known(each, self._reader(each.id)) for each in found.values()]

    def _reader(self, document_id: str) -> Callable[[], Document]:
        return lambda: self._texts.get(document_id) or self._read(document_id)

    def take(self, identity: DocumentIdentity, document: Document) -> None:
        """Remember a text that will be recorded."""
        self._texts[identity.id] = document
        if identity.id in self._by_id or self._shelf.find_id(identity.id) is not None:
            return
        self._by_id[identity.id] = identity
        number = DocumentNumber.parse(identity.document_number) if identity.document_number else None
        if number is not None:
            self._by_number.setdefault(number.key, []).append(identity.id)
        title = DocumentTitle.parse(identity.title)
        for key in {title.key, title.carried} - {None}:
            self._by_title.setdefault(str(key), []).append(identity.id)


def place(shelf: Shelf, intakes: Iterable[Intake]) -> Iterator[Intake]:
    """Yield each text with its document, and a remark if this is neither the requested nor the derived document.

    A text in doubt is returned with its doubt and must not be recorded. An id given by the user is kept.
    """
    desk = _Desk(shelf)
    for intake in intakes:
        placed = _by_word(desk, intake) if intake.id_is_given else _by_rules(desk, intake)
        if placed.doubt is None:
            desk.take(placed.entry.identity, placed.document)
        yield placed


def held_as(shelf: Shelf, document: Document) -> DocumentIdentity | None:
    """Return the document of the store of which a text is a version; None if there is none, or if a person must decide."""
    if document.title is None:
        return None
    identity = identify(document, Given(), fallback="")
    return decide(Known(identity, lambda: document), _Desk(shelf).alike(identity)).document


def _by_word(desk: _Desk, intake: Intake) -> Intake:
    own = intake.entry.identity
    if desk.find_id(own.id) is not None:
        return intake
    decision = decide(Known(own, lambda: intake.document), desk.alike(own))
    same = (
        [decision.document]
        if decision.document
        else list(decision.doubt.candidates if decision.doubt else ())
    )
    if not same:
        return intake
    names = ", ".join(each.id for each in same)
    told = f"the store holds a document like it, as {names}: this text is recorded apart from it, as {own.id}"
    return intake.model_copy(update={"placement": told})


def _by_rules(desk: _Desk, intake: Intake) -> Intake:
    own = intake.entry.identity
    alike = desk.alike(own)
    if not alike:
        return intake
    decision = decide(Known(own, lambda: intake.document), alike)
    if decision.doubt is not None:
        held = decision.doubt.candidates if decision.doubt else ()
        number = f" ({own.document_number})" if own.document_number else ""
        names = ", ".join(
            f"{each.id} 《{each.title}》" + (f" ({each.document_number})" if each.document_number else "")
            for each in held
        )
        return intake.model_copy(
            update={
                "doubt": worded(
                    f"《{own.title}》{number} may be a version of {names}, or a document of its own: {decision.reason}; say "
                    f"--version-of {held[0].id if held else 'ID'} or --id {own.id}"
                ),
                "candidates": tuple(each.id for each in decision.doubt.candidates),
            }
        )
    if decision.document is None:
        placed = _apart(desk, intake)
        if decision.lookalike is None:
            return placed
        told = (
            f"it looks like {decision.lookalike.id}, but {decision.reason}: it is recorded apart; if it is a version of "
            f"it, record it with --version-of {decision.lookalike.id}"
        )
        return placed.model_copy(update={"placement": told})
    if decision.document.id == own.id:
        return _vouched(intake, own)
    told = (
        f"the store holds it already, as {decision.document.id} ({decision.reason}): this text is recorded as a "
        "version of it"
    )
    placed = _vouched(intake, own.model_copy(update={"id": decision.document.id}))
    return placed.model_copy(update={"placement": told})


def _vouched(intake: Intake, identity: DocumentIdentity) -> Intake:
    entry = intake.entry.model_copy(update={"identity": identity, "same_document": True})
    return intake.model_copy(update={"entry": entry})


def _apart(desk: _Desk, intake: Intake) -> Intake:
    """Return a text as a document of its own, under another id if the derived id is taken."""
    own = intake.entry.identity
    if desk.find_id(own.id) is None:
        return intake
    words = own.document_number or hashlib.sha256(intake.entry.text.encode()).hexdigest()
    identity = own.model_copy(update={"id": apart_id(own.id, words)})
    if desk.find_id(identity.id) is not None:
        # The same words were recorded under this id before.
        return _vouched(intake, identity)
    entry = intake.entry.model_copy(update={"identity": identity})
    return intake.model_copy(update={"entry": entry})
