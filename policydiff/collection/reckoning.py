"""Works out whether one document is in force on one day, from the statements about it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from policydiff.lexicon.force import counted_day
from policydiff.model import DocumentIdentity, ForceKind, ForceStatement, ValidityRuling, VersionRecord
from policydiff.model.document import BeginsBy
from policydiff.model.lagging import DocumentValidity, Ground, ValidityState
from policydiff.store import beginning, date_order

_MOVING = frozenset({ForceKind.EXTENDS, ForceKind.CONTINUES})


class Said(NamedTuple):
    """A statement of one document about a document, itself or a different one."""

    source: str
    version: str
    day: date
    """The speaking version's day."""
    statement: ForceStatement


class Held(NamedTuple):
    """A document with its versions, oldest first, and whether it is a draft."""

    identity: DocumentIdentity
    versions: list[VersionRecord]
    draft: bool
    made_by: Ground | None = None
    """The act that produced the version in question, if it takes effect after the version's own day."""


class Reckoning:
    """The validity of one document on one day."""

    def __init__(
        self, held: Held, record: VersionRecord, own: list[Said], about: list[Said],
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
        since, begun, self._by = self._beginning(begun=begun)
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

    def _beginning(self, *, begun: bool) -> tuple[date, bool, BeginsBy]:
        """Return the first day in force including postponements, whether that day has come, and its source."""
        since, by = beginning(self._record, is_first=self._record is self._held.versions[0])
        if self._held.made_by is not None and self._held.made_by.day is not None:
            self.grounds.append(self._held.made_by)
            since, by = self._held.made_by.day, BeginsBy.STATED
        for said in self._about:
            if said.statement.kind is ForceKind.POSTPONES and said.statement.effective:
                since, begun = said.statement.effective, said.statement.effective <= self._day
                by = BeginsBy.STATED
                self._add(said)
        return since, begun, by

    def _ended(self, ends: list[Said], since: date, until: date | None, *, begun: bool) -> DocumentValidity:
        ended_by = None
        is_ended = False
        for said in ends:
            effective = said.statement.effective
            if said.day > self._day and (effective is None or effective > self._day):
                continue  # on the day asked about nobody knew of it
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
        said = f"{ruling.why} ({ruling.who}, {ruling.decided})"
        self.grounds.append(self._of_record("ruling", said, day=ruling.ended))
        stands = ruling.in_force or (ruling.ended is not None and ruling.ended > self._day)
        until = None if ruling.ended is None else ruling.ended - timedelta(days=1)
        return self._answer(ValidityState.IN_FORCE if stands else ValidityState.ENDED, since, until)

    def _of_record(
        self,
        kind: Literal["recorded", "ruling"],
        text: str,
        *,
        day: date | None = None,
        until: date | None = None,
    ) -> Ground:
        """Return a ground for a fact that the store itself records about the document."""
        name = f"{self._held.identity.id}@{self._record.version}"
        title = self._held.identity.title
        return Ground(kind=kind, document=name, title=title, text=text, day=day, until=until)

    def _term(self) -> date | None:
        """Return the last day of the document's own term, including extensions.

        An extension made after the day in question counts only if the term had run out before that day.
        """
        until = self._record.expires
        if until is None:
            own = [
                each.statement.until
                for each in self._own
                if each.statement.kind is ForceKind.EXPIRES and not each.statement.parts
            ]
            until = own[-1] if own else None
        elif not any(each.kind is ForceKind.EXPIRES for each in self.grounds):
            self.grounds.append(self._of_record("recorded", f"expires: {until}", until=until))
        for said in sorted(self._moving(), key=lambda each: each.day):
            if said.day > self._day and (until is None or until >= self._day):
                continue
            self._add(said)
            until = _extended(until, said)
        return until

    def _moving(self) -> list[Said]:
        day = date_order(self._record)[0]
        return [each for each in self._about if each.statement.kind in _MOVING and each.day >= day]

    def _ends(self) -> list[Said]:
        """Return the statements that end the document as a whole, sorted by the day of the end."""
        day = date_order(self._record)[0]
        ends = [
            each
            for each in self._about
            if each.statement.kind is ForceKind.ENDS
            and each.statement.target is not None
            and each.statement.target.part is None
            and each.day >= day
        ]
        partly = [each for each in self._about if each.statement.kind is ForceKind.ENDS and each not in ends]
        dated = {each.source for each in partly if not each.statement.computed}
        for each in partly:
            if each.source not in dated or not each.statement.computed:
                self._add(each)
        # A decision's title gives no day, its text does: 关于废止《甲办法》的决定 … 自7月1日起停止执行.
        printed = {each.source for each in ends if not each.statement.computed}
        ends = [each for each in ends if each.source not in printed or not each.statement.computed]
        ends += [each for each in self._own if each.statement.kind is ForceKind.ENDED]
        return sorted(ends, key=lambda each: each.statement.effective or date.max)

    def _contradictions(self, ends: list[Said]) -> tuple[Ground, ...]:
        """Return ends and extensions that contradict each other: the extending text is no older than the ending text."""
        by_others = [each for each in ends if each.statement.target is not None and each.statement.effective]
        clashing = [
            (end, moved)
            for end in by_others
            for moved in self._moving()
            if moved.day >= (end.statement.effective or date.max)
        ]
        if clashing:
            return tuple(self._ground(said) for pair in clashing for said in pair)
        days = [each.statement.effective for each in by_others if each.statement.effective]
        if days and min(days) <= self._day < max(days):
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

    def _add(self, said: Said) -> None:
        ground = self._ground(said)
        if ground not in self.grounds:
            self.grounds.append(ground)

    def _ground(self, said: Said) -> Ground:
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
            since_by=self._by,
            until=until,
            ended_by=ended_by,
            grounds=tuple(self.grounds),
            contradictions=contradictions,
        )


def _extended(until: date | None, said: Said) -> date | None:
    statement = said.statement
    if statement.until is not None:
        return statement.until if until is None else max(until, statement.until)
    if statement.term_months:
        if statement.kind is ForceKind.EXTENDS and until is not None:
            return counted_day(until + timedelta(days=1), months=statement.term_months) - timedelta(days=1)
        start = statement.effective or said.day
        return counted_day(start, months=statement.term_months) - timedelta(days=1)
    return None if statement.kind is ForceKind.CONTINUES else until


def _name(said: Said) -> str:
    return f"{said.source}@{said.version}"
