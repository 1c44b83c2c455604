"""Determines whether the documents of a store are in force on a day, from the statements of all its documents; each answer quotes its sentence.

A statement ends a document of the store only if number or title identify that document without doubt. Documents whose statements
contradict each other are listed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import TypeAdapter

from policydiff.annotate.force_said import parts_of
from policydiff.collection.index import Index
from policydiff.collection.packed_clauses import unpack
from policydiff.collection.reckoning import Held, Reckoning, Said
from policydiff.collection.relations import AmendingAct, HeldTitles, amending_acts
from policydiff.errors import NotFoundError, worded
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.titles import DocumentTitle, bare_title
from policydiff.model import (
    DocumentIdentity,
    ForceKind,
    ForceStatement,
    NamedText,
    PartInForce,
    VersionRecord,
)
from policydiff.model.document import BeginsBy
from policydiff.model.lagging import DocumentValidity, Ground, UnresolvedEnd, ValidityState
from policydiff.store import beginning, begins, date_order

_STATEMENTS = TypeAdapter(list[ForceStatement])
Reason = Literal["not held", "several of that name", "another number", "another area", "depends on an event"]
_TELLING_END = 4
"""Last characters of a title that every mention of the text contains, however short the form."""
Known = Callable[[str, str], bool]
"""Function that decides whether a version of a document counts: every version, or only versions that the store held at an earlier time."""


class ValidityBook:
    """The validity of every document of a store; built once for a question, from the tables of the index.

    With a question `about` some documents, only statements that may concern them are read, and `unresolved` is incomplete.
    """

    def __init__(
        self, index: Index, known: Known | None = None, *, about: Iterable[str] | None = None
    ) -> None:
        index.parse()
        self._index = index
        self._known = known
        self._is_whole = about is None
        self._held = _HeldDocuments(index, known)
        self._own: dict[str, list[Said]] = defaultdict(list)
        self._about: dict[str, list[Said]] = defaultdict(list)
        self.unresolved: list[UnresolvedEnd] = []
        for said in _all_said(index, known, None if about is None else self._may_concern(set(about))):
            if said.source in self._held:
                self._enter(said)
        said_last = {(each.document.partition("@")[0], each.named): each for each in self.unresolved}
        self.unresolved = [*said_last.values()]  # each version of a document repeats it

    @cached_property
    def _titles(self) -> HeldTitles:
        return HeldTitles(self._index)

    def _may_concern(self, ids: set[str]) -> Callable[[str, str], bool]:
        """Return a test of statements (id of the stating document, JSON of the statement): may the statement concern one of these documents?

        A text is named by its number, or by a title with the same ending as its own.
        """
        held = [self._held[each].identity for each in ids if each in self._held]
        named = {end for each in held for end in _naming_ends(each)}
        return lambda source, value: source in ids or any(name in value for name in named)

    def _enter(self, said: Said) -> None:
        target = said.statement.target
        if target is None:
            self._own[said.source].append(said)
            return
        if target.is_class:
            return
        found, reason = (
            (None, "depends on an event")
            if said.statement.conditional
            else self._resolve(said.source, said.day, target)
        )
        if found is not None:
            self._about[found].append(said)
        elif reason is not None:
            named = " ".join(word for word in (target.title, target.document_number) if word)
            self.unresolved.append(
                UnresolvedEnd(
                    kind=said.statement.kind,
                    named=named,
                    document=f"{said.source}@{said.version}",
                    text=said.statement.text,
                    reason=reason,
                )
            )

    def _resolve(self, source: str, day: date, target: NamedText) -> tuple[str | None, Reason | None]:
        """Return the document that a statement is about, or the reason why no document is identified with certainty."""
        if target.document_number:
            found = [each for each in self._titles.by_number(target.document_number) if each != source]
            if len(found) == 1:
                return found[0], None
        found = self._titles.by_title(target.title) if target.title else []
        left = [each for each in found if each != source and self._first_day(each) <= day]
        if not left:
            return None, "not held"
        number = target.document_number
        left = [each for each in left if number is None or self._number_may_be(each, number)]
        if not left:
            return None, "another number"
        left = [each for each in left if self._same_area(each, source)]
        if not left:
            return None, "another area"
        return (left[0], None) if len(left) == 1 else (None, "several of that name")

    def _first_day(self, document_id: str) -> date:
        versions = self._held[document_id].versions if document_id in self._held else []
        return date_order(versions[0])[0] if versions else date.max

    def _number_may_be(self, document_id: str, number: str) -> bool:
        own = self._held[document_id].identity
        return own.document_number is None or number_key(
            own.document_number, own.issuing_bodies
        ) == number_key(number, own.issuing_bodies)

    def _same_area(self, document_id: str, other: str) -> bool:
        one, two = self._held[document_id].identity.jurisdiction, self._held[other].identity.jurisdiction
        return one is None or two is None or one == two

    def ids(self) -> list[str]:
        """Return the ids of the documents, sorted."""
        return sorted(self._held)

    def on(self, document_id: str, day: date) -> DocumentValidity:
        """Return the validity of a document on a day. Raises NotFoundError if there is no such document, or it has no version."""
        held = self._held.get(document_id)
        if held is None or not held.versions:
            raise NotFoundError(f"there is no document {document_id} with a version in the store")
        begun = (
            each for each in reversed(held.versions) if self._begins(document_id, each, held.versions) <= day
        )
        record = next(begun, None)
        newest = record or held.versions[0]
        own = [each for each in self._own[document_id] if each.version == newest.version]
        about = self._about[document_id]
        made_by = self._made_by(document_id, newest, held.versions)
        found = Reckoning(held._replace(made_by=made_by), newest, own, about, self._title, day)
        standing = found.result(begun=record is not None)
        parts = self._parts(document_id, newest.version, [each.statement for each in (*own, *about)])
        amended = tuple(self._lacking(document_id, newest, day))
        return (
            standing.model_copy(update={"parts": parts, "amended_by": amended})
            if parts or amended
            else standing
        )

    @cached_property
    def _amended(self) -> dict[str, list[AmendingAct]]:
        """The held acts that amend each document, by its id."""
        found: dict[str, list[AmendingAct]] = defaultdict(list)
        for act in amending_acts(self._index, self._known):
            target, _ = self._resolve(act.source, act.day, act.target)
            if target is not None and act.source in self._held and not self._held[act.source].draft:
                found[target].append(act)
        return found

    def _lacking(self, document_id: str, record: VersionRecord, day: date) -> Iterator[Ground]:
        """Yield the acts, made by a day, that amend a document whose recorded text is older than these acts."""
        for act in self._amended.get(document_id, ()):
            if date_order(record)[0] < act.day <= day:
                yield self._ordered(act)

    def _ordered(self, act: AmendingAct) -> Ground:
        """Return the ground on which an amended text changes: the act's statement on its own commencement."""
        said = [
            each.statement
            for each in self._said_by(act.source)
            if each.version == act.version and each.statement.kind is ForceKind.COMMENCES
        ]
        whole = next((each for each in said if each.effective and not each.parts), None)
        title = self._title(act.source)
        return Ground(
            kind="amends",
            document=f"{act.source}@{act.version}",
            title=title,
            text=whole.text if whole else title,
            day=whole.effective if whole else act.day,
        )

    def _made_by(
        self, document_id: str, record: VersionRecord, versions: list[VersionRecord]
    ) -> Ground | None:
        """Return the act of a version's own day that produced its text and takes effect later; None if the text states its own start."""
        first, by = beginning(record, is_first=record is versions[0])
        if by is not BeginsBy.DATED:
            return None
        acts = (act for act in self._amended.get(document_id, ()) if act.day == date_order(record)[0])
        found = (self._ordered(act) for act in acts)
        return next((each for each in found if each.day is not None and each.day > first), None)

    def _begins(self, document_id: str, record: VersionRecord, versions: list[VersionRecord]) -> date:
        """Return the day from which a version is in force, by its text or by the act that produced it."""
        act = self._made_by(document_id, record, versions)
        return act.day if act and act.day else begins(record, is_first=record is versions[0])

    def _said_by(self, source: str) -> list[Said]:
        """Return a document's statements about its own validity, even if the question is about a different document."""
        if self._is_whole:
            return self._own[source]
        return [
            each
            for each in _all_said(self._index, self._known, lambda other, _: other == source)
            if each.statement.target is None
        ]

    def _parts(
        self, document_id: str, version: str, statements: list[ForceStatement]
    ) -> tuple[PartInForce, ...]:
        """Return the clauses of a version that begin or end on a day of their own."""
        telling = [each for each in statements if each.parts or (each.target and each.target.part)]
        row = (
            telling
            and self._index.database.execute(
                "SELECT clauses FROM version WHERE document_id = ? AND version = ?", (document_id, version)
            ).fetchone()
        )
        if not row or row[0] is None:
            return ()
        return parts_of(telling, [(name, label) for name, label, _ in unpack(row[0])])

    def version_in_force(self, document_id: str, day: date) -> VersionRecord:
        """Return the version in force on a day, by the statements of all held documents.

        Raises NotFoundError if no version was in force; the message names the document and sentence that prove it.
        """
        standing = self.on(document_id, day)
        if standing.state in (ValidityState.IN_FORCE, ValidityState.SUSPENDED):
            return next(each for each in self._held[document_id].versions if each.version == standing.version)
        raise NotFoundError(_not_in_force(standing, day))

    def _title(self, document_id: str) -> str:
        return self._held[document_id].identity.title if document_id in self._held else document_id


def _naming_ends(identity: DocumentIdentity) -> Iterator[str]:
    """Yield the last letters of each title of a document as every naming prints them, and the last figures of its number."""
    parsed = DocumentTitle.parse(identity.title)
    for title in (identity.title, parsed.key, parsed.carried):
        bare = bare_title(title or "")
        ends = (bare[-size:] for size in range(min(_TELLING_END, len(bare)), 0, -1))
        # A bracket inside the end is no letter of the bare title; figures and Latin letters are printed in two widths.
        end = next((each for each in ends if each in (title or "")), "")
        if bare:
            yield "" if end.isascii() else end
    if identity.document_number is not None:
        yield identity.document_number[-2:]


def _not_in_force(standing: DocumentValidity, day: date) -> str:
    by = "".join(worded(f": {each.document} says “{each.text}”") for each in standing.decisive)
    what = {
        ValidityState.NOT_YET: worded(f"it is in force from {standing.since}"),
        ValidityState.EXPIRED: worded(f"it expired on {standing.until}"),
        ValidityState.ENDED: worded(f"it was ended after {standing.until}")
        if standing.until
        else worded("it was ended, no day is given"),
        ValidityState.DISPUTED: worded("documents of the store contradict each other"),
        ValidityState.DRAFT: worded("it is a draft"),
    }[standing.state]
    return f"{standing.id} has no version in force on {day}: {what}{by}; {standing.id}@{standing.version} is its text"


class _HeldDocuments:
    """The documents of a store by id, each read on first use: most questions concern a few of them."""

    def __init__(self, index: Index, known: Known | None) -> None:
        self._index = index
        self._known = known
        self._ids = {
            document_id
            for document_id, version in index.database.execute("SELECT document_id, version FROM version")
            if known is None or known(document_id, version)
        }
        self._drafts = {
            document_id
            for (document_id,) in index.database.execute(
                "SELECT v.document_id FROM fact f JOIN version v ON v.key = f.version_key WHERE f.kind = 'draft'"
            )
        }
        self._read: dict[str, Held] = {}

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __getitem__(self, document_id: str) -> Held:
        if document_id not in self._read:
            if document_id not in self._ids:
                raise KeyError(document_id)
            self._read[document_id] = self._held(document_id)
        return self._read[document_id]

    def get(self, document_id: str) -> Held | None:
        """Return a document; None if there is no such document."""
        return self[document_id] if document_id in self._ids else None

    def _held(self, document_id: str) -> Held:
        (identity,) = self._index.database.execute(
            "SELECT identity FROM document WHERE id = ?", (document_id,)
        ).fetchone()
        rows = self._index.database.execute(
            "SELECT version, record FROM version WHERE document_id = ? ORDER BY day, key", (document_id,)
        )
        versions = [
            VersionRecord.model_validate_json(record)
            for version, record in rows
            if self._known is None or self._known(document_id, version)
        ]
        return Held(
            DocumentIdentity.model_validate_json(identity),
            sorted(versions, key=date_order),
            document_id in self._drafts,
        )


def _all_said(
    index: Index, known: Known | None, concerns: Callable[[str, str], bool] | None
) -> Iterator[Said]:
    found = index.database.execute(
        "SELECT v.document_id, v.version, v.day, f.value FROM fact f JOIN version v ON v.key = f.version_key"
        " WHERE f.kind = 'validity' ORDER BY v.day, v.document_id, v.version, f.key"
    )
    rows = [row for row in found if concerns is None or concerns(row[0], row[3])]
    statements = _STATEMENTS.validate_json(f"[{','.join(value for *_, value in rows)}]")
    for (document_id, version, day, _), statement in zip(rows, statements, strict=True):
        if known is None or known(document_id, version):
            yield Said(document_id, version, date.fromisoformat(day), statement)
