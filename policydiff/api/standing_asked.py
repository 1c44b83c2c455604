"""The part of the public `Store` that says what is in force, what lags behind, and what others were to make."""

from typing import TYPE_CHECKING

from policydiff.api.opened_store import OpenedStore
from policydiff.api.opening import Day, day_of

if TYPE_CHECKING:
    from policydiff.model.lagging import DelegationList, Radar
    from policydiff.model.standing import ValidityReport


class StandingStore(OpenedStore):
    """What a store answers on validity."""

    def validity(self, doc: str | None = None, *, on: Day | None = None) -> "ValidityReport":
        """Return which documents are in force on a day, each with the document and the sentence that say so.

        Args:
            doc: Id of one document; None for all.
            on: The day; None for today.

        Raises:
            NotFoundError: if there is no such document.
        """
        from policydiff.collection.in_force import ValidityBook
        from policydiff.collection.index import Index
        from policydiff.model.standing import ValidityReport

        day = day_of(on, "on")
        with Index.open(self.recorded) as index:
            book = ValidityBook(index)
            ids = book.ids() if doc is None else [doc.partition("@")[0]]
            found = tuple(book.on(document_id, day) for document_id in ids)
        names = {f"{each.id}@" for each in found}
        unresolved = tuple(
            each for each in book.unresolved if doc is None or f"{each.document.partition('@')[0]}@" in names
        )
        return ValidityReport(day=day, documents=found, unresolved=unresolved)

    def radar(self, *, on: Day | None = None, basis: str | None = None) -> "Radar":
        """Return every local document whose basis was revised, repealed or replaced since, the weightiest first.

        Each entry names the clauses that lag and the references that lead elsewhere or nowhere. Nothing is left out
        without being named.

        Args:
            on: The day; None for today.
            basis: Id of one document: only what lags behind it.
        """
        from policydiff.collection.index import Index
        from policydiff.collection.radar import radar

        with Index.open(self.recorded) as index:
            return radar(index, self.recorded, day_of(on, "on"), only=basis)

    def delegations(self, doc: str | None = None, *, on: Day | None = None) -> "DelegationList":
        """Return what documents order others to make, and which documents of the store answer, and how late.

        Args:
            doc: Id of the ordering document; None for all.
            on: The day; None for today.
        """
        from policydiff.collection.delegated import delegations
        from policydiff.collection.index import Index

        with Index.open(self.recorded) as index:
            return delegations(index, day_of(on, "on"), only=doc)
