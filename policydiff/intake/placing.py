"""Decides to which document a text is added, by the rules of identity, from the store and from the texts imported before it.

Files of a folder that hold no policy are found here too, so that none of them is recorded as a document.
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
"""Texts of the store that are kept parsed while files come in."""

_PROJECT_FILE = re.compile(
    r"(read_?me|licen[cs]e|copying|change_?log|contribut(ing|ors)|code_of_conduct|authors|maintainers|codeowners|citation"
    r"|makefile|dockerfile)([-_.][\w.-]*)?",
    re.IGNORECASE,
)
"""Names of the files in which a repository speaks of itself: README.zh-CN.md, LICENSE-MIT, CHANGELOG.txt."""
_OFFICE = frozenset([".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf", ".ofd", ".xls", ".xlsx"])
"""Endings in which offices write and repositories do not: README.docx is a document like any other."""
_DATA = re.compile(
    r"\.(bat|bib|c|cfg|conf|cpp|css|csv|geojson|go|h|ini|ipynb|java|js|jsonl?|lock|log|po|ps1|py|rb?|rs|sh|sql|toml|tsv?"
    r"|ya?ml)"
)
"""Endings of programs, their settings, and tables and records of data."""
_DIVISIONS = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)
_NUMBERED = frozenset(
    [*_DIVISIONS, ClauseKind.ARTICLE, ClauseKind.LEVEL, ClauseKind.MEASURE, ClauseKind.ANNEX]
)
"""Clauses that a reader cites; paragraphs and tables stand in any text."""


def why_no_policy(intake: Intake, name: str) -> str | None:
    """Return why a file found in a folder is no policy, None where it may be one.

    A file that a repository has for itself, or that holds data or a program, must show that it is a policy: by a document
    number, an issuer, a day of issue or an article (第一条). Any other is left out only where it bears nothing that a policy
    bears: none of these, no title, addressees (a README greets its readers too) and numbered clause.
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
    """The questions that placing asks of a store."""

    def find(self, *, number: str | None) -> list[DocumentIdentity]:
        """Return documents with this number, however either is spelt."""
        ...

    def find_titled(self, key: str) -> list[DocumentIdentity]:
        """Return documents whose title, or the title it carries, has this key (`DocumentTitle.key`)."""
        ...

    def find_id(self, document_id: str) -> DocumentIdentity | None:
        """Return the document of this id, None where there is none."""
        ...

    def newest_document(self, document_id: str) -> Document:
        """Return the newest text of a document, parsed."""
        ...


class _Desk:
    """The store, and the texts that came in before this one and are not recorded yet."""

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
        """Return the documents that number, title or id say may be the same."""
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
    """Yield each text under its document, with a remark where this is neither the asked nor the derived document.

    A text in doubt comes back with its doubt and is not to be recorded. An id that the user gave stays.
    """
    desk = _Desk(shelf)
    for intake in intakes:
        placed = _by_word(desk, intake) if intake.id_is_given else _by_rules(desk, intake)
        if placed.doubt is None:
            desk.take(placed.entry.identity, placed.document)
        yield placed


def held_as(shelf: Shelf, document: Document) -> DocumentIdentity | None:
    """Return the document of the store that a text is a version of, None where the store holds none or a person must say."""
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
    """Return a text that is a document of its own, under an id of its own where the derived one is taken."""
    own = intake.entry.identity
    if desk.find_id(own.id) is None:
        return intake
    words = own.document_number or hashlib.sha256(intake.entry.text.encode()).hexdigest()
    identity = own.model_copy(update={"id": apart_id(own.id, words)})
    if desk.find_id(identity.id) is not None:
        # The same words again, recorded before under this id.
        return _vouched(intake, identity)
    entry = intake.entry.model_copy(update={"identity": identity})
    return intake.model_copy(update={"entry": entry})
