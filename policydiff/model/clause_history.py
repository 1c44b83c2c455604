"""Records of a store on a document and on each of its versions, and the history of each clause through all versions."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar, Literal

from policydiff.model.base import Level, Record, Reference, Result, Value, cells, counted, published
from policydiff.model.revision import ChangeKind, Fact, RevisionSummary, SidesDoubt, UnitRef, Wording
from policydiff.model.substance import Signal


class Appearance(Value):
    """A clause in one version."""

    version: int
    """Index of the version, oldest first."""
    unit: UnitRef
    """The clause in this version, quoted in full."""
    kind: ChangeKind
    """Kind of change since the version before; at the first appearance `added`, or how the clause came from other clauses."""
    renumbered: bool = False
    """Whether the clause has another number than in the version before."""
    moved: bool = False
    """Whether the clause left the order that the other clauses kept, or stands under another heading than in the version before."""
    also_from: tuple[str, ...] = ()
    """Keys of the further source clauses in this version, if the clause is part of a split or a merger."""
    wording: tuple[Wording, ...] = ()
    """Words of the clause compared with the version before; empty if they are equal, and at the first appearance."""
    signals: tuple[Signal, ...] = ()
    """Differences of substance from the version before, in reading order."""


class ClauseLine(Value):
    """A clause followed through all versions of its document."""

    key: str
    """`VERSION:ID` of its first appearance (the version's name, else its index), which stays the same when versions are added."""
    appearances: tuple[Appearance, ...]
    """Oldest first, without gaps."""
    removed_in: int | None = None
    """Index of the first version without the clause; None while it exists."""
    merged_into: str | None = None
    """Key of the clause that absorbed this clause by a merger; None otherwise."""

    @property
    def last(self) -> Appearance:
        """Its newest appearance."""
        return self.appearances[-1]

    @property
    def last_changed(self) -> int:
        """Index of the latest version that changed its words."""
        return next(
            (seen.version for seen in reversed(self.appearances) if seen.kind is not ChangeKind.UNCHANGED),
            self.appearances[0].version,
        )


class RevisionStep(Value):
    """Changes of a version against the version before it."""

    summary: RevisionSummary
    """Counts of clauses by kind of change from one version to the next."""
    facts: tuple[Fact, ...] = ()
    """Differences common to many clauses: shifted numbers, following references, punctuation."""
    doubt: SidesDoubt | None = None
    """Reason to doubt that the two are an earlier and a later version of one document; None without a doubt."""


class RevisionHistory(Result[ClauseLine]):
    """Every clause of any version, followed through all of them."""

    schema_id: Literal["policydiff/history/2"] = published("policydiff/history/2")
    versions: tuple[Reference, ...]
    """Oldest first."""
    steps: tuple[RevisionStep, ...]
    """One step for each version except the first."""
    clauses: tuple[ClauseLine, ...]
    """Clauses in the order of the newest version; ended clauses stand in their old place."""

    _list: ClassVar[str] = "clauses"

    @property
    def differs(self) -> bool:
        """Whether any version differs from the version before it."""
        return any(step.summary.differs for step in self.steps)

    def to_records(self) -> list[Record]:
        """Return a record for each clause and version that holds the clause."""
        return [
            {
                "clause_line": line.key,
                "version": self.versions[seen.version].name,
                **cells(
                    seen,
                    "kind renumbered moved clause=unit.id label=unit.label text=unit.text signals=signals.#",
                ),
            }
            for line in self.clauses
            for seen in line.appearances
        ]

    def _told(self) -> str:
        return f"{counted(len(self), 'clause')} through {counted(len(self.versions), 'version')}"


class DocumentRelation(Value):
    """A link to another document."""

    kind: str
    """`implements`, `amends`, `repeals`, `carried_by` or `cites`."""
    target: str
    """Id in the store, or the title or number where the store does not hold it."""


class SeparatedVersion(Value):
    """A version that was recorded under a document by mistake and belongs to another document."""

    version: str
    """Name of the version under both documents."""
    to: str
    """Id of the document that the version belongs to."""


class ValidityRuling(Value):
    """A person's decision on whether a document is in force, which overrules its texts."""

    in_force: bool
    """Whether the document is in force."""
    ended: date | None = None
    """First day out of force, if the decision is that the document ended; None if no day is known."""
    why: str
    """The reason, in the person's words."""
    who: str
    """Person who decided."""
    decided: date
    """The day of the decision."""


class DocumentIdentity(Value):
    """`document.json`: the facts that stay the same through all versions."""

    id: str
    title: str
    document_number: str | None = None
    issuing_bodies: tuple[str, ...] = ()
    drafting_body: str | None = None
    document_type: str | None = None
    """文种: 意见, 办法, 通知; None where the title names none."""
    jurisdiction: str | None = None
    """GB/T 2260 code of the issuer's area, `000000` for the state; None where unknown."""
    level: Level | None = None
    """Level of the issuer's government; None where unknown."""
    relations: tuple[DocumentRelation, ...] = ()
    """Links to other documents of the store: superior, replaced, interpreted."""
    ruling: ValidityRuling | None = None
    """A person's decision on the document's validity; it overrules all texts."""
    separated: tuple[SeparatedVersion, ...] = ()
    """Versions recorded under this id that a user gave to other documents; they count as versions of those documents."""


class ListedDocument(Value):
    """One document of a store at a glance."""

    identity: DocumentIdentity
    versions: int
    """Number of versions recorded."""
    newest: str | None = None
    """Newest version of the document by date; None without a version."""
    validity: str | None = None
    """State today (`in_force`, `ended`, …); None where the texts of the store were not all read yet."""
    until: date | None = None
    """Last day in force, None until further notice."""
    ended_by: str | None = None
    """`id@version` of the document that ended it."""
    amended_by: str | None = None
    """`id@version` of an amending act that is later than the document's newest text; None if none is held."""
    head: "VersionHead | None" = None
    """Facts that the head of the newest version prints differently from the identity; None without a difference."""

    @property
    def shown(self) -> "VersionHead":
        """Title, number and bodies of its newest version."""
        own = self.head or VersionHead()
        return VersionHead(**{name: value or getattr(self.identity, name) for name, value in own})


class ReadingRules(Value):
    """How a captured source is read; the same bytes and the same rules give the same text."""

    select: tuple[str, ...] = ()
    """CSS selectors of the blocks of a page that hold the document; empty if the block is found automatically."""
    ignore: tuple[str, ...] = ()
    """CSS selectors of the blocks of a page that are removed first."""
    ignore_lines: tuple[str, ...] = ()
    """Regular expressions; a line of the text with a match is left out."""
    pages: int = 1
    """Number of captured pages; several pages lie in one file, a bundle."""
    revisions: Literal["final", "original"] = "final"
    """Tracked changes of a Word file: accepted or refused."""


class VersionHead(Value):
    """Facts printed in the head of one version; a revision may have another number, title or bodies."""

    title: str | None = None
    document_number: str | None = None
    issuing_bodies: tuple[str, ...] = ()
    drafting_body: str | None = None

    def beside(self, identity: DocumentIdentity) -> "VersionHead | None":
        """Return the printed facts that differ from those of the document; None without a difference."""
        facts = {name: value for name, value in self if value and value != getattr(identity, name)}
        return VersionHead(**facts) if facts else None

    def without(self, names: Iterable[str]) -> "VersionHead | None":
        """Return the facts but for some; None where none is left."""
        facts = {name: value for name, value in self if value and name not in set(names)}
        return VersionHead(**facts) if facts else None


class VersionRecord(Value):
    """`version.json`: one text at one date, and its source."""

    version: str
    """Name of the version: `2021-11-29`, `seen-2019-06-18`, `2021-11-29.2`."""
    head: VersionHead | None = None
    """Facts that the version's head prints differently from `document.json`; None without a difference or a record of the head."""
    issued: date | None = None
    """成文日期; None where the text bears none."""
    published: date | None = None
    effective: date | None = None
    expires: date | None = None
    seen: date | None = None
    """Date on which the source was seen, where the text bears no date."""
    source_sha256: str
    text_sha256: str
    source_name: str
    """File name of the captured bytes in the version's folder: `source.html`."""
    media_type: str
    url: str | None = None
    retrieved_at: datetime | None = None
    extractor: str
    extractor_version: str
    reading: ReadingRules | None = None
    """Rules by which the text was read from the source; None for a version recorded before rules were kept."""
    declared_title: str | None = None
    """Title the container of the text declared; the parser reads it beside the text."""
    declared: tuple[tuple[str, str], ...] = ()
    """Labelled facts the container declared: (`发文字号`, `国发〔2019〕5号`)."""
    warnings: tuple[str, ...] = ()
    corrected: bool = False
    """Whether the text was put right by hand; a re-extraction leaves it alone."""
    recorded_at: datetime
    """When the version was recorded, aware, UTC."""

    def head_in(self, identity: DocumentIdentity) -> VersionHead:
        """Return title, number and bodies of this version: its own where they differ, else the document's."""
        own = self.head or VersionHead()
        return VersionHead(**{name: value or getattr(identity, name) for name, value in own})
