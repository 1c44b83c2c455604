"""Whether the documents of a store are in force on a day, from what all documents held say, each with its sentence.

Nothing is guessed: what a text ends is taken for a document of the store only where number or title say so surely, and
documents that contradict each other are listed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from pydantic import TypeAdapter

from policydiff.collection.held_titles import HeldTitles
from policydiff.collection.index import Index
from policydiff.errors import NotFoundError
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.force import counted_day
from policydiff.model import (
    DocumentIdentity,
    ForceKind,
    ForceStatement,
    NamedText,
    ValidityRuling,
    VersionRecord,
)
from policydiff.model.standing import DocumentValidity, Ground, UnresolvedEnd, ValidityState
from policydiff.store import begins, date_order

_STATEMENTS = TypeAdapter(list[ForceStatement])
Reason = Literal["not held", "several of that name", "another number", "another area", "depends on an event"]
_MOVING = frozenset({ForceKind.EXTENDS, ForceKind.CONTINUES})
Known = Callable[[str, str], bool]
"""Whether a version of a document counts: all do, or only those that the store held at some earlier time."""


class _Said(NamedTuple):
    """A statement of one document about another, or about itself."""

    source: str
    version: str
    day: date
    """The speaking version's day."""
    statement: ForceStatement


class _Held(NamedTuple):
    identity: DocumentIdentity
    versions: list[VersionRecord]
    draft: bool


class ValidityBook:
    """The validity of every document of a store; made once for a question, from the tables of the index."""

    def __init__(self, index: Index, known: Known | None = None) -> None:
        index.parse()
        self._titles = HeldTitles(index)
        self._held = _held(index, known)
        self._own: dict[str, list[_Said]] = defaultdict(list)
        self._about: dict[str, list[_Said]] = defaultdict(list)
        self.unresolved: list[UnresolvedEnd] = []
        for said in _all_said(index, known):
            if said.source in self._held:
                self._enter(said)

    def _enter(self, said: _Said) -> None:
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

    def _resolve(self, said: _Said, target: NamedText) -> tuple[str | None, Reason | None]:
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

    def _tests(self, said: _Said, target: NamedText) -> Iterator[tuple[Callable[[str], bool], Reason]]:
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
        found = _Reckoning(held, newest, own, about, self._title, day)
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


class _Reckoning:
    """How one document stands on one day."""

    def __init__(
        self, held: _Held, record: VersionRecord, own: list[_Said], about: list[_Said],
        title: Callable[[str], str], day: date,
    ) -> None:  # fmt: skip
        self._held = held
        self._record = record
        self._title = title
        self._day = day
        self._own = own
        self._about = about
        self.grounds: list[Ground] = []

    def result(self, *, begun: bool) -> DocumentValidity:
        """Return the answer."""
        since, begun = self._beginning(begun=begun)
        if self._held.draft:
            return self._answer(ValidityState.DRAFT, since, None)
        for said in self._own:
            if said.statement.kind in (ForceKind.COMMENCES, ForceKind.EXPIRES):
                self._add(said)
        if self._held.identity.ruling is not None:
            return self._ruled(self._held.identity.ruling, since)
        until = self._term()
        ends = self._ends()
        contradictions = self._contradictions(ends)
        if contradictions:
            return self._answer(ValidityState.DISPUTED, since, until, contradictions=contradictions)
        return self._ended(ends, since, until, begun=begun)

    def _beginning(self, *, begun: bool) -> tuple[date, bool]:
        """Return the first day in force, put off where a document says so, and whether it has come."""
        since = begins(self._record, is_first=self._record is self._held.versions[0])
        for said in self._about:
            if said.statement.kind is ForceKind.POSTPONES and said.statement.effective:
                since, begun = said.statement.effective, said.statement.effective <= self._day
                self._add(said)
        return since, begun

    def _ended(self, ends: list[_Said], since: date, until: date | None, *, begun: bool) -> DocumentValidity:
        ended_by = None
        is_ended = False
        for said in ends:
            effective = said.statement.effective
            last = None if effective is None else effective - timedelta(days=1)
            self._add(said)
            if last is not None and (until is None or last < until):
                until, ended_by = last, _name(said)
            if last is None or last < self._day:
                ended_by, is_ended = ended_by or _name(said), True
        state = ValidityState.IN_FORCE if begun else ValidityState.NOT_YET
        if is_ended:
            state = ValidityState.ENDED
        elif until is not None and until < self._day:
            state = ValidityState.EXPIRED
        elif begun and self._suspended():
            state = ValidityState.SUSPENDED
        return self._answer(state, since, until, ended_by=ended_by)

    def _ruled(self, ruling: ValidityRuling, since: date) -> DocumentValidity:
        self.grounds.append(
            Ground(
                kind="ruling",
                document=f"{self._held.identity.id}@{self._record.version}",
                title=self._held.identity.title,
                text=f"{ruling.why} ({ruling.who}, {ruling.decided})",
                day=ruling.ended,
            )
        )
        if ruling.in_force or (ruling.ended is not None and ruling.ended > self._day):
            until = None if ruling.ended is None else ruling.ended - timedelta(days=1)
            return self._answer(ValidityState.IN_FORCE, since, until)
        until = None if ruling.ended is None else ruling.ended - timedelta(days=1)
        return self._answer(ValidityState.ENDED, since, until)

    def _term(self) -> date | None:
        """Return the last day of the document's own term, extensions counted."""
        until = self._record.expires
        if until is None:
            own = [
                each.statement.until
                for each in self._own
                if each.statement.kind is ForceKind.EXPIRES and not each.statement.parts
            ]
            until = own[-1] if own else None
        elif not any(each.kind is ForceKind.EXPIRES for each in self.grounds):
            self.grounds.append(
                Ground(
                    kind="recorded",
                    document=f"{self._held.identity.id}@{self._record.version}",
                    title=self._held.identity.title,
                    text=f"expires: {until}",
                    until=until,
                )
            )
        for said in sorted(self._moving(), key=lambda each: each.day):
            self._add(said)
            until = _extended(until, said)
        return until

    def _moving(self) -> list[_Said]:
        day = date_order(self._record)[0]
        return [each for each in self._about if each.statement.kind in _MOVING and each.day >= day]

    def _ends(self) -> list[_Said]:
        """Return what ends the document as a whole, by the day on which it ends."""
        day = date_order(self._record)[0]
        ends = [
            each
            for each in self._about
            if each.statement.kind is ForceKind.ENDS
            and each.statement.target is not None
            and each.statement.target.part is None
            and each.day >= day
        ]
        for each in self._about:
            if each.statement.kind is ForceKind.ENDS and each not in ends:
                self._add(each)
        # A decision's title gives no day, its text does: 关于废止《甲办法》的决定 … 自7月1日起停止执行.
        printed = {each.source for each in ends if not each.statement.computed}
        ends = [each for each in ends if each.source not in printed or not each.statement.computed]
        ends += [each for each in self._own if each.statement.kind is ForceKind.ENDED]
        return sorted(ends, key=lambda each: each.statement.effective or date.max)

    def _contradictions(self, ends: list[_Said]) -> tuple[Ground, ...]:
        """Return ends and extensions that cannot both be right: extended by a text that is no older than the one that ends it."""
        by_others = [each for each in ends if each.statement.target is not None and each.statement.effective]
        clashing = [
            (end, moved)
            for end in by_others
            for moved in self._moving()
            if moved.day >= (end.statement.effective or date.max)
        ]
        first = min(
            (each.statement.effective for each in by_others if each.statement.effective), default=None
        )
        last = max((each.statement.effective for each in by_others if each.statement.effective), default=None)
        if clashing:
            return tuple(self._ground(said) for pair in clashing for said in pair)
        if first is not None and last is not None and first <= self._day < last:
            return tuple(self._ground(said) for said in by_others)
        return ()

    def _suspended(self) -> bool:
        found = False
        for said in self._about:
            statement = said.statement
            if statement.kind is not ForceKind.SUSPENDS or (statement.target and statement.target.part):
                continue
            self._add(said)
            begun = statement.effective or said.day
            found |= begun <= self._day and (statement.until is None or self._day <= statement.until)
        return found

    def _add(self, said: _Said) -> None:
        ground = self._ground(said)
        if ground not in self.grounds:
            self.grounds.append(ground)

    def _ground(self, said: _Said) -> Ground:
        statement = said.statement
        return Ground(
            kind=statement.kind,
            document=_name(said),
            title=self._title(said.source),
            clause=statement.clause,
            text=statement.text,
            day=statement.effective,
            until=statement.until,
            part=statement.target.part if statement.target else "、".join(statement.parts) or None,
        )

    def _answer(
        self, state: ValidityState, since: date, until: date | None, *,
        ended_by: str | None = None, contradictions: tuple[Ground, ...] = (),
    ) -> DocumentValidity:  # fmt: skip
        return DocumentValidity(
            id=self._held.identity.id,
            version=self._record.version,
            title=self._held.identity.title,
            state=state,
            since=since,
            until=until,
            ended_by=ended_by,
            grounds=tuple(self.grounds),
            contradictions=contradictions,
        )


def _extended(until: date | None, said: _Said) -> date | None:
    statement = said.statement
    if statement.until is not None:
        return statement.until if until is None else max(until, statement.until)
    if statement.term_months:
        if statement.kind is ForceKind.EXTENDS and until is not None:
            return counted_day(until + timedelta(days=1), months=statement.term_months) - timedelta(days=1)
        start = statement.effective or said.day
        return counted_day(start, months=statement.term_months) - timedelta(days=1)
    return None if statement.kind is ForceKind.CONTINUES else until


def _name(said: _Said) -> str:
    return f"{said.source}@{said.version}"


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


def _held(index: Index, known: Known | None) -> dict[str, _Held]:
    drafts = {
        document_id
        for (document_id,) in index.database.execute(
            "SELECT v.document_id FROM fact f JOIN version v ON v.key = f.version_key WHERE f.kind = 'draft'"
        )
    }
    held: dict[str, _Held] = {}
    rows = index.database.execute(
        "SELECT d.id, d.identity, v.version, v.record FROM document d JOIN version v ON v.document_id = d.id"
        " ORDER BY d.id, v.day, v.key"
    )
    for document_id, identity, version, record in rows:
        if known is not None and not known(document_id, version):
            continue
        if document_id not in held:
            held[document_id] = _Held(
                DocumentIdentity.model_validate_json(identity), [], document_id in drafts
            )
        held[document_id].versions.append(VersionRecord.model_validate_json(record))
    for each in held.values():
        each.versions.sort(key=date_order)
    return held


def _all_said(index: Index, known: Known | None) -> Iterator[_Said]:
    rows = index.database.execute(
        "SELECT v.document_id, v.version, v.day, f.value FROM fact f JOIN version v ON v.key = f.version_key"
        " WHERE f.kind = 'validity' ORDER BY v.day, v.document_id, v.version, f.key"
    ).fetchall()
    statements = _STATEMENTS.validate_json(f"[{','.join(value for *_, value in rows)}]")
    for (document_id, version, day, _), statement in zip(rows, statements, strict=True):
        if known is None or known(document_id, version):
            yield _Said(document_id, version, date.fromisoformat(day), statement)
