"""The part of the public `Store` that puts right what is recorded: correct, meta, separate, reextract."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from policydiff.api.opened_store import OpenedStore
from policydiff.api.opening import limits_of
from policydiff.errors import UsageError
from policydiff.model import ValidityRuling, Value

if TYPE_CHECKING:
    from policydiff.extract import Limits


class Reread(Value):
    """What reading captured bytes again gave."""

    versions: int
    """Number of versions read."""
    commit: str | None
    """The commit that records what differs, None where nothing does."""
    left_alone: tuple[str, ...] = ()
    """One sentence for each version that was not read anew, and why."""


class CorrectingStore(OpenedStore):
    """What is put right in a store; none of it is ever a change of the policy."""

    def correct(self, doc: str, text: str | None = None) -> str | None:
        """Record a text put right by hand; it never shows up as a change of the policy. Return the commit.

        Args:
            doc: `id@version` of the version whose text is put right.
            text: The right text; None for `text.txt` as edited in the store's folder.
        """
        identity, record = self.recorded.resolve(self.meant(doc))
        return self.recorded.correct(identity.id, record.version, text)

    def meta(self, doc: str, **changes: object) -> bool:
        """Put right what is recorded of a document or a version, and say whether anything was recorded.

        Args:
            doc: `id`, or `id@version` for what belongs to a version.
            changes: title, document_number, issuing_bodies, jurisdiction, level, document_type of the document;
                issued, published, effective, expires, url of the version (None takes a date away); `ruling`, a
                `ValidityRuling` by which a person overrules what the texts say of validity (None takes it back).

        Raises:
            UsageError: if nothing is given, or a name is none of these.
        """
        from policydiff.lexicon.document_numbers import DocumentNumber

        if not changes:
            raise UsageError(f"nothing to put right: say what is wrong, e.g. policydiff meta {doc} --title …")
        if changes.get("document_number"):
            changes["document_number"] = DocumentNumber.normal(str(changes["document_number"]))
        ruling = changes.get("ruling")
        if ruling is not None and not isinstance(ruling, ValidityRuling):
            changes["ruling"] = ValidityRuling.model_validate(ruling)
        of_document = {name: value for name, value in changes.items() if name in _OF_DOCUMENT}
        of_version = {name: value for name, value in changes.items() if name not in _OF_DOCUMENT}
        identity, record = self.recorded.resolve(self.meant(doc))
        commits = []
        if of_document:
            commits.append(self.recorded.meta(identity.model_copy(update=of_document)))
        if of_version:
            commits.append(self.recorded.meta_version(identity.id, record.version, **of_version))
        return any(commits)

    def separate(self, doc: str, *versions: str, to: str) -> str:
        """Give versions that were taken for those of another document to a document of their own; return its id.

        They are recorded under the new id and marked under the old one; nothing recorded moves, changes or is lost.

        Args:
            doc: Id of the document they were recorded under.
            versions: Names of the versions.
            to: Id of the new document.

        Raises:
            UsageError: if the new id is taken, or no version would be left.
            NotFoundError: if there is no such document or version.
        """
        from policydiff.intake.captured import recorded_document
        from policydiff.intake.versions import Given, identify

        if not versions:
            raise UsageError(f"name the versions that are no versions of {doc}")
        identity, newest = self.recorded.resolve(f"{doc}@{versions[-1]}")
        document = recorded_document(self.recorded.text(identity.id, newest.version), newest)
        own = identify(document, Given(id=to), fallback=identity.title)
        self.recorded.separate(identity.id, versions, own)
        return own.id

    def reextract(
        self,
        *docs: str,
        replace_corrections: bool = False,
        limits: "Limits | None" = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> "Reread":
        """Read the captured bytes again with the extractors of this version; never a change of the policy.

        Args:
            docs: `id@version` of each; empty for every version of every document.
            replace_corrections: Also where the text was corrected by hand.
            limits: Sizes beyond which a file is refused; None for the store's own.
            progress: Called with versions done and versions in all.
        """
        from policydiff.intake.versions import reread

        wanted = [self._named(doc) for doc in docs] or [
            (each.id, record.version)
            for each in self.recorded.documents()
            for record in self.recorded.versions(each.id)
        ]
        items, left_alone = reread(
            self.recorded,
            wanted,
            limits=limits or limits_of(self.folder),
            replace_corrections=replace_corrections,
            progress=progress,
        )
        return Reread(versions=len(items), commit=self.recorded.reextract(items), left_alone=left_alone)

    def _named(self, doc: str) -> tuple[str, str]:
        identity, record = self.recorded.resolve(self.meant(doc))
        return identity.id, record.version


_OF_DOCUMENT = frozenset(
    {"title", "document_number", "issuing_bodies", "jurisdiction", "level", "document_type", "ruling"}
)
"""What `meta` puts right of the document; everything else belongs to a version."""
