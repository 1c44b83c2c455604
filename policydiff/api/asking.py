"""The read-only part of the public `Store`.

It returns documents, versions, texts, search results, the history of clauses, lists, relations and the result of `verify`.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack, overload

from policydiff.api import verbs
from policydiff.api.arguments import Day, as_day, day_of
from policydiff.api.more_verbs import apply as apply_orders, draft as draft_orders
from policydiff.api.opened_store import StandingStore
from policydiff.api.opening import (
    Source,
    cites as cites_of,
    limits_of,
    responsibilities as responsibilities_of,
    targets as targets_of,
    text_of,
)
from policydiff.errors import UsageError
from policydiff.platforms import local_day

if TYPE_CHECKING:
    from policydiff import model
    from policydiff.collection.index import Index
    from policydiff.collection.relations import Standing
    from policydiff.model import Level
    from policydiff.model.amended import AppliedAmendment, DraftedAmendment
    from policydiff.model.lagging import DocumentValidity
    from policydiff.model.listed import (
        Blame,
        CitationList,
        DocumentList,
        ResponsibilityList,
        SearchHits,
        TargetList,
        VersionLog,
    )
    from policydiff.reuse import DocumentSources
    from policydiff.store import AuditLog, Verification


_FEW = 200
"""Most texts that a list reads at once to decide validity; 200 take about three seconds."""


class AskedStore(StandingStore):
    """The questions that a store answers."""

    def documents(self, *, as_of: Day | None = None) -> "DocumentList":
        """Return the documents of the store by id, each with its newest version.

        Args:
            as_of: As the store was known at the end of this day; None for now.
        """
        from policydiff.model.listed import DocumentList

        moment = as_day(as_of, "as_of")
        if moment is not None:
            return DocumentList(documents=tuple(self._documents_then(moment)))

        with self._indexed() as index:
            return DocumentList(documents=tuple(self._with_validity(index)))

    def _with_validity(self, index: "Index") -> "Iterator[model.ListedDocument]":
        """Yield the documents with their validity today; without validity where the texts of a large store are still unread."""
        book = None
        if index.is_read(most=_FEW):
            from policydiff.collection.in_force import ValidityBook

            book = ValidityBook(index)
        for listed in index.documents():
            if book is None or listed.newest is None:
                yield listed
                continue
            stands = book.on(listed.identity.id, local_day())
            yield listed.model_copy(
                update={
                    "validity": stands.state.value,
                    "until": stands.until,
                    "ended_by": stands.ended_by,
                    "amended_by": next((each.document for each in reversed(stands.amended_by)), None),
                }
            )

    def _documents_then(self, moment: "Day") -> "list[model.ListedDocument]":
        from policydiff.model import ListedDocument

        snapshot = self.recorded.at(as_day(moment, "as_of"))
        listed = []
        for identity in snapshot.documents():
            versions = snapshot.versions(identity.id)
            newest = versions[-1] if versions else None
            listed.append(
                ListedDocument(
                    identity=identity,
                    versions=len(versions),
                    newest=newest and newest.version,
                    head=newest and newest.head,
                )
            )
        return listed

    def read(self, doc: Source, *, as_of: Day | None = None, **how: Any) -> "model.Document":
        """Return a document of the store, parsed: `id` is its newest version, `id@2020-01-01` the one in force then.

        Args:
            doc: An id, `id@version`, `id@date`, or anything that `policydiff.read` takes.
            as_of: As the store was known at the end of this day; None for now.
            how: As for `policydiff.read`.
        """
        return verbs.read(doc, store=self, as_of=as_of, **how)

    def text(self, doc: Source, clause: str | None = None, *, as_of: Day | None = None, **how: Any) -> str:
        """Return the text of a document, or of one of its clauses.

        Args:
            doc: As for `read`.
            clause: Id of a clause (`read` shows them); None for the whole text.
            as_of: As the store was known at the end of this day; None for now.
            how: As for `policydiff.read`.

        Raises:
            NotFoundError: if there is no such document or clause.
        """
        return text_of(doc, clause=clause, store=self, as_of=as_of, **how)

    def source(self, doc: str, *, as_of: Day | None = None) -> bytes:
        """Return the captured bytes of a version, untouched.

        Args:
            doc: An id, `id@version` or `id@date`.
            as_of: As the store was known at the end of this day; None for now.
        """
        identity, record = self.recorded.resolve(self.meant(doc), as_of=as_day(as_of, "as_of"))
        return self.recorded.source(identity.id, record.version)

    def log(self, doc: str, *, changes: bool = False, as_of: Day | None = None) -> "VersionLog":
        """Return the versions of a document by date, newest first, each with its first and last day in force.

        Args:
            doc: Id of the document.
            changes: Compare each version with the one before and count the changes.
            as_of: As the store was known at the end of this day; None for now.
        """
        from policydiff.model.listed import LoggedVersion, VersionLog
        from policydiff.store import beginning, periods

        moment = as_day(as_of, "as_of")
        doc = self.meant(doc)
        records = self.recorded.versions(doc, as_of=moment)
        steps = verbs.history(doc, store=self, as_of=as_of).steps if changes else ()
        counts = [None, *(step.summary for step in steps)] if changes else [None] * len(records)
        standing = self._standing_now(doc) if moment is None and records else None
        days = [
            (first, last, beginning(record, is_first=record is records[0])[1] if first else None)
            for record, (first, last) in zip(records, periods(records), strict=True)
        ]
        place = next(
            (n for n, each in enumerate(records) if standing and each.version == standing.version), None
        )
        if standing is not None and place is not None:
            recorded, since = days[place][0], standing.since
            days[place] = (since, standing.until, standing.since_by)
            first, last, by = days[place - 1]
            if place and last and recorded and since and last == recorded - timedelta(days=1):
                days[place - 1] = (first, since - timedelta(days=1), by)  # an act may put off its successor
        entries = tuple(
            LoggedVersion(
                record=record, in_force_from=first, in_force_by=by, in_force_until=last, changes=change
            )
            for record, (first, last, by), change in zip(records, days, counts, strict=True)
        )
        identity = self.recorded.identity(doc, as_of=moment)
        return VersionLog(identity=identity, versions=entries[::-1], standing=standing)

    def _standing_now(self, doc: str) -> "DocumentValidity | None":
        """Return the validity of a document today; None where the texts of a large store are still unread."""
        from policydiff.collection.in_force import ValidityBook

        with self._indexed() as index:
            return ValidityBook(index).on(doc, local_day()) if index.is_read(most=_FEW) else None

    def audit(self, doc: str | None = None) -> "AuditLog":
        """Return the records of the store with their times, newest first, corrections and re-extractions included.

        Args:
            doc: Id of one document; None for the whole store.
        """
        from policydiff.store import AuditLog

        return AuditLog(entries=tuple(self.recorded.log(doc)))

    def search(
        self,
        words: str | Sequence[str],
        *,
        jurisdiction: str | None = None,
        issuer: str | None = None,
        level: "Level | None" = None,
        document_type: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        all_versions: bool = False,
        in_force: "bool | Day" = False,
        limit: int = 20,
    ) -> "SearchHits":
        """Return the clauses that hold all the words, best first.

        Args:
            words: Words joined by blanks, or a list of them; a phrase with blanks stands in quotation marks.
            jurisdiction: GB/T 2260 code; a province holds its cities.
            issuer: Part of an issuing body's name.
            level: Level of the issuer's government.
            document_type: 文种: 意见, 办法, 条例 …
            since: First day on which the newest version may be dated.
            until: Last day on which the newest version may be dated.
            all_versions: Look into superseded versions too.
            in_force: Only documents in force: today, or on a day given.
            limit: Hits at most.

        Raises:
            UsageError: if no word is given.
        """
        from policydiff.collection.index import Filter
        from policydiff.collection.search import search

        wanted = Filter(
            jurisdiction=jurisdiction,
            level=level,
            issuer=issuer,
            document_type=document_type,
            since=as_day(since, "since"),
            until=as_day(until, "until"),
        )
        if in_force:
            wanted = wanted.model_copy(update={"ids": self._in_force(in_force)})
        if limit < 1:
            raise UsageError(f"limit is the greatest number of hits, 1 or more, not {limit}")
        query = words if isinstance(words, str) else " ".join(words)
        with self._indexed() as index:
            return search(index, query, wanted, all_versions=all_versions, limit=limit)

    def _in_force(self, when: "bool | Day") -> tuple[str, ...]:
        day = local_day() if isinstance(when, bool) else day_of(when, "in_force")
        return tuple(
            each.id for each in self.validity(on=day) if each.state.value in ("in_force", "suspended")
        )

    def blame(self, doc: str) -> "Blame":
        """Return for each clause of a version the version that last changed its words.

        Args:
            doc: An id, `id@version` or `id@date`.
        """
        from policydiff.model.listed import Blame, BlamedClause
        from policydiff.revision.diffing import last_written

        found = verbs.history(doc, store=self)
        records = self.recorded.versions(str(found.versions[-1].id))
        days = {each.version: each.issued or each.published for each in records}
        clauses = [
            BlamedClause(
                clause=unit.id,
                label=unit.label,
                text=unit.text,
                version=str(found.versions[version].version),
                since=days[str(found.versions[version].version)],
            )
            for unit, version in last_written(found, found.sides[-1])
        ]
        return Blame(document=found.versions[-1], clauses=tuple(clauses))

    def diff(self, old: Source, new: Source, **how: Any) -> "model.RevisionDiff":
        """Return the changes between two versions; ids are looked up in this store. See `policydiff.diff`."""
        return verbs.diff(old, new, store=self, **how)

    def history(self, *versions: Source, **how: Any) -> "model.RevisionHistory":
        """Return every clause followed through the versions of a document. See `policydiff.history`."""
        return verbs.history(*versions, store=self, **how)

    @overload
    def compare(
        self, local: Source, superior: Source, /, **how: Unpack[verbs.Reading]
    ) -> "model.Comparison": ...
    @overload
    def compare(
        self, local: Source, /, **how: Unpack[verbs.Reading]
    ) -> "model.Comparison | DocumentSources": ...
    @overload
    def compare(
        self, local: Source, first: Source, second: Source, /, *more: Source, **how: Unpack[verbs.Reading]
    ) -> "model.SourcedComparison": ...
    @overload
    def compare(
        self, local: Source, superior: Source, /, *, before: Source, **how: Unpack[verbs.Reading]
    ) -> "model.PaceComparison": ...
    @overload
    def compare(
        self, local: Source, /, *superior: Source, peers: Sequence[Source], **how: Unpack[verbs.Reading]
    ) -> "model.PeerComparison": ...
    def compare(self, local: Source, /, *superiors: Source, **how: Any) -> Any:
        """Return the comparison of a document with its superior, which is found by citation. See `policydiff.compare`."""
        return verbs.compare(local, *superiors, store=self, **how)

    def apply(self, old: Source, *amendments: Source, **how: Any) -> "AppliedAmendment":
        """Return the text after official amendments. See `policydiff.apply`."""
        return apply_orders(old, *amendments, store=self, **how)

    def draft(self, old: Source, new: Source, **how: Any) -> "DraftedAmendment":
        """Return the decision that turns one version of a statute into another. See `policydiff.draft`."""
        return draft_orders(old, new, store=self, **how)

    def targets(self, doc: Source, **how: Any) -> "TargetList":
        """Return the quantified targets of a document. See `policydiff.targets`."""
        return targets_of(doc, store=self, **how)

    def responsibilities(self, doc: Source, **how: Any) -> "ResponsibilityList":
        """Return who does each measure of a document. See `policydiff.responsibilities`."""
        return responsibilities_of(doc, store=self, **how)

    def cites(self, doc: Source, **how: Any) -> "CitationList":
        """Return the documents a document cites, each with the reason of the citation. See `policydiff.cites`."""
        return cites_of(doc, store=self, **how)

    def status(self) -> "Standing":
        """Return the state of the store, and the local documents whose superior has a newer version."""
        from policydiff.collection.delegated import stale_locals
        from policydiff.collection.in_force import ValidityBook
        from policydiff.collection.lookalikes import find_fused, find_lookalikes
        from policydiff.collection.relations import Standing
        from policydiff.model.lagging import ValidityState

        with self._indexed() as index:
            stale = tuple(stale_locals(index))
            alike = tuple(find_lookalikes(index))
            fused = tuple(find_fused(index))
            book = ValidityBook(index)
            listed = [each.identity.id for each in index.documents() if each.newest is not None]
            stands = tuple(book.on(document_id, local_day()) for document_id in listed)
        out = tuple(each for each in stands if each.state is not ValidityState.IN_FORCE)
        return Standing(store=self.recorded.status(), stale=stale, alike=alike, fused=fused, not_in_force=out)

    def verify(
        self,
        *,
        signed_by: Sequence[str] = (),
        anchor: str | None = None,
        authority: str | os.PathLike[str] | None = None,
        incomplete_ok: bool = False,
        extract: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> "Verification":
        """Hash every source and text again, check the history, and return each fault.

        Args:
            signed_by: Each commit must be signed by one of these keys.
            anchor: The whole id of a commit known to be good, the name of a signed tag, or a file with an RFC 3161 time
                stamp of a commit's id (`.tsr`), that must be part of the history.
            authority: File with the certificates of the authorities whose time stamps are believed, in PEM.
            incomplete_ok: Parts that a shallow, partial or grafted clone lacks are named as not checked, and are no fault.
            extract: Also read every text again from its captured bytes, which takes as long as recording them did: a text
                that differs from the text its extractor reads was changed, whatever the history says. A text that cannot be
                held against its bytes on this machine is named as not checked.
            progress: Called with versions read and versions in all.

        Raises:
            UsageError: if the anchor could be moved by whoever changes the history.
        """
        from policydiff.store import FaultKind, Verification

        found = self.recorded.verify(
            signed_by=tuple(signed_by), anchor=anchor, authority=Path(authority) if authority else None
        )
        if extract:
            from policydiff.intake.versions import not_as_read

            found += not_as_read(self.recorded, limits=limits_of(self.folder), progress=progress)
        unchecked = tuple(fault for fault in found if incomplete_ok and fault.kind is FaultKind.UNCHECKED)
        status = self.recorded.status()
        return Verification(
            folder=status.folder,
            documents=status.documents,
            versions=status.versions,
            faults=tuple(fault for fault in found if fault not in unchecked),
            unchecked=unchecked,
        )
