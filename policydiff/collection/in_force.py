"""Whether the documents of a store are in force on a day, from what all documents held say, each with its sentence.

Nothing is guessed: what a text ends is taken for a document of the store only where number or title say so surely, and
documents that contradict each other are listed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

from pydantic import TypeAdapter

from policydiff.collection.index import Index
from policydiff.collection.reckoning import Held, Reckoning, Said
from policydiff.collection.relations import HeldTitles
from policydiff.errors import NotFoundError
from policydiff.lexicon.document_numbers import number_key
from policydiff.model import (
    DocumentIdentity,
    ForceKind,
    ForceStatement,
    NamedText,
    VersionRecord,
)
from policydiff.model.standing import DocumentValidity, Ground, UnresolvedEnd, ValidityState
from policydiff.store import begins, date_order

_STATEMENTS = TypeAdapter(list[ForceStatement])
Reason = Literal["not held", "several of that name", "another number", "another area", "depends on an event"]
Known = Callable[[str, str], bool]
"""Whether a version of a document counts: all do, or only those that the store held at some earlier time."""


class ValidityBook:
    """The validity of every document of a store; made once for a question, from the tables of the index."""

    def __init__(self, index: Index, known: Known | None = None) -> None:
        index.parse()
        self._titles = HeldTitles(index)
        self._held = _held(index, known)
        self._own: dict[str, list[Said]] = defaultdict(list)
        self._about: dict[str, list[Said]] = defaultdict(list)
        self.unresolved: list[UnresolvedEnd] = []
        for said in _all_said(index, known):
            if said.source in self._held:
                self._enter(said)

    def _enter(self, said: Said) -> None:
        target = said.statement.target
        if target is None:
            self._own[said.source].append(said)
            return
        if target.is_class:
            return
        found, reason = self._resolve(said, target)
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

    def _resolve(self, said: Said, target: NamedText) -> tuple[str | None, Reason | None]:
        """Return the document that a statement is about, or the reason why none is surely meant."""
        if said.statement.conditional:
            return None, "depends on an event"
        if target.document_number:
            found = [each for each in self._titles.by_number(target.document_number) if each != said.source]
            if len(found) == 1:
                return found[0], None
        found = self._titles.by_title(target.title) if target.title else []
        left = [each for each in found if each != said.source and self._first_day(each) <= said.day]
        reason: Reason = "not held"
        for test, why in self._tests(said, target):
            if len(left) > 0 and not (agreeing := [each for each in left if test(each)]):
                return None, why
            left = agreeing if left else left
            reason = "several of that name" if left else reason
        return (left[0], None) if len(left) == 1 else (None, reason)

    def _tests(self, said: Said, target: NamedText) -> Iterator[tuple[Callable[[str], bool], Reason]]:
        """Yield what a document of that name must not contradict, with the reason that is given where all do."""
        number = target.document_number
        yield lambda each: number is None or self._number_may_be(each, number), "another number"
        yield lambda each: self._same_area(each, said.source), "another area"

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
        """Return how a document stands on a day.

        Raises:
            NotFoundError: if there is no such document, or it has no version.
        """
        held = self._held.get(document_id)
        if held is None or not held.versions:
            raise NotFoundError(f"there is no document {document_id} with a version in the store")
        record = _then(held.versions, day)
        newest = record or held.versions[0]
        own = [each for each in self._own[document_id] if each.version == newest.version]
        about = self._about[document_id]
        found = Reckoning(held, newest, own, about, self._title, day)
        return found.result(begun=record is not None)

    def version_in_force(self, document_id: str, day: date) -> VersionRecord:
        """Return the version in force on a day, by all that the documents held say.

        Raises:
            NotFoundError: if none was; the message names the document and the sentence that say so.
        """
        standing = self.on(document_id, day)
        if standing.state in (ValidityState.IN_FORCE, ValidityState.SUSPENDED):
            return next(each for each in self._held[document_id].versions if each.version == standing.version)
        raise NotFoundError(_not_in_force(standing, day))

    def _title(self, document_id: str) -> str:
        return self._held[document_id].identity.title if document_id in self._held else document_id


def parts_out_of_force(standing: DocumentValidity, day: date) -> tuple[Ground, ...]:
    """Return the sentences by which single clauses of a document are not in force on a day, though the document is."""
    return tuple(
        ground
        for ground in standing.grounds
        if ground.part is not None
        and (
            (ground.kind is ForceKind.COMMENCES and ground.day is not None and ground.day > day)
            or (ground.kind is ForceKind.EXPIRES and ground.until is not None and ground.until < day)
            or (ground.kind is ForceKind.ENDS and (ground.day is None or ground.day <= day))
        )
    )


def _then(versions: list[VersionRecord], day: date) -> VersionRecord | None:
    """Return the newest version that had begun by a day, None where none had."""
    return next(
        (each for each in reversed(versions) if begins(each, is_first=each is versions[0]) <= day), None
    )


def _not_in_force(standing: DocumentValidity, day: date) -> str:
    by = "".join(f": {each.document} says “{each.text}”" for each in standing.decisive)
    what = {
        ValidityState.NOT_YET: f"it is in force from {standing.since}",
        ValidityState.EXPIRED: f"it expired on {standing.until}",
        ValidityState.ENDED: f"it was ended{f' after {standing.until}' if standing.until else ', no day is given'}",
        ValidityState.DISPUTED: "documents of the store contradict each other",
        ValidityState.DRAFT: "it is a draft",
    }[standing.state]
    return f"{standing.id} has no version in force on {day}: {what}{by}; {standing.id}@{standing.version} is its text"


def _held(index: Index, known: Known | None) -> dict[str, Held]:
    drafts = {
        document_id
        for (document_id,) in index.database.execute(
            "SELECT v.document_id FROM fact f JOIN version v ON v.key = f.version_key WHERE f.kind = 'draft'"
        )
    }
    held: dict[str, Held] = {}
    rows = index.database.execute(
        "SELECT d.id, d.identity, v.version, v.record FROM document d JOIN version v ON v.document_id = d.id"
        " ORDER BY d.id, v.day, v.key"
    )
    for document_id, identity, version, record in rows:
        if known is not None and not known(document_id, version):
            continue
        if document_id not in held:
            held[document_id] = Held(
                DocumentIdentity.model_validate_json(identity), [], document_id in drafts
            )
        held[document_id].versions.append(VersionRecord.model_validate_json(record))
    for each in held.values():
        each.versions.sort(key=date_order)
    return held


def _all_said(index: Index, known: Known | None) -> Iterator[Said]:
    rows = index.database.execute(
        "SELECT v.document_id, v.version, v.day, f.value FROM fact f JOIN version v ON v.key = f.version_key"
        " WHERE f.kind = 'validity' ORDER BY v.day, v.document_id, v.version, f.key"
    ).fetchall()
    statements = _STATEMENTS.validate_json(f"[{','.join(value for *_, value in rows)}]")
    for (document_id, version, day, _), statement in zip(rows, statements, strict=True):
        if known is None or known(document_id, version):
            yield Said(document_id, version, date.fromisoformat(day), statement)
