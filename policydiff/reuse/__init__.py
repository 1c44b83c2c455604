"""Sources of the documents of a store, documents that took wording from them, and the spread of one clause.

This module defines the results: sources and takers of a document, the spread of a clause, and documents with a common template.
"""

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from policydiff.model import Citation, Comparison, Coverage, Level, Reference, SourcedComparison, Value
from policydiff.model.base import Record, Result, StoredVersion, cells, counted, published, shortened


class FoundBy(StrEnum):
    """Evidence that led to a source."""

    CITATION = "citation"
    """The document cites the source as its basis or as the document it implements."""
    TEXT = "text"
    """The source shares rare wording with the document."""


class Doubt(StrEnum):
    """Open question about a source; a person must look."""

    UNDATED = "undated"
    """Its text bears no date, so it may be the later of the two."""
    VERSION_LATER = "version_later"
    """The source existed before the document, but the store holds only a version made later."""
    SAME_DAY = "same_day"
    """Both documents have the same day: which came first is unknown."""
    NOT_IN_FORCE = "not_in_force"
    """No version of the source is known to have been in force on the document's day: the nearest version is compared."""
    LEVEL_UNKNOWN = "level_unknown"
    """It is unknown whether the source's issuer is above the document's issuer."""


class FoundSource(Value):
    """A document from which the given document was made, or may have been made."""

    document: Reference
    """The document from which the words come."""
    level: Level | None = None
    """Level of its issuer's government; null if unknown."""
    found_by: tuple[FoundBy, ...]
    """Way in which the source was found."""
    citation: Citation | None = None
    """The citation that names the source."""
    share: float
    """Share (0…1) of the given wording that the source contains word for word, rare words counting more."""
    doubts: tuple[Doubt, ...] = ()
    """Reasons why the document may not be the source, one sentence each."""


class SetAside(StoredVersion):
    """A document that shares wording but is no source, because it was made later."""

    share: float
    """Share (0…1) of the given wording that this document contains word for word, rare words counting more."""


class DocumentSources(Result[FoundSource]):
    """Sources of a document (`sources`): its probable superiors, compared with it, and its sentences without a source.

    Candidates are found by citation and by shared wording; only the comparison decides which words were taken. The search
    covers only this store: a source that the store does not hold is not found.
    """

    schema_id: Literal["policydiff/document-sources/2"] = published("policydiff/document-sources/2")
    document: Reference
    """The document whose sources are listed."""
    dated: bool = True
    """Whether the document bears a date; if not, its sources may be later than it."""
    level: Literal["higher", "any"] = "higher"
    """Documents that were searched: documents of a higher level, or documents of any level."""
    looked_at: int
    """Texts of the store that share rare wording with the document, before level and date are considered."""
    sources: tuple[FoundSource, ...]
    """Sources with most evidence first. Evidence is shared rare wording; it counts twice if the document cites the
    source as its basis, and three times if the subject of the source occurs in the document's title."""
    set_aside: tuple[SetAside, ...] = ()
    """Documents of the searched level that share wording but were made later, most wording first."""
    slight: int = 0
    """Further documents that share less than 2 % of the wording, or have less than a tenth of the evidence of
    the first source, and are not cited as a basis; they were not compared."""
    comparison: SourcedComparison | None = None
    """The document against all of `sources`, in their order; None where none was found."""

    _page_module: ClassVar[str | None] = "policydiff.reuse.origin_pages"
    _list: ClassVar[str] = "sources"

    def _record(self, item: FoundSource) -> Record:
        compared = self.compared(item)
        found = "document=/document.name source=document.name title=document.title level found_by share"
        counts = cells(compared.summary, "sure possible sentences")
        return {**cells(item, found, self), **counts, **cells(item, "doubts")}

    def compared(self, source: FoundSource) -> Comparison:
        """Return the comparison with one of the sources. Raises LookupError if no source was found."""
        if self.comparison is None:
            raise LookupError("no source was found")
        return self.comparison.comparisons[self.sources.index(source)]

    def _told(self) -> str:
        return f"{self.document}, {counted(len(self), 'source')}"


class Taker(Value):
    """A later document that shares wording with the given document."""

    document: Reference
    """The document that took the words."""
    level: Level | None = None
    """Level of its issuer's government; null if unknown."""
    day: date
    """Day by which takers are ordered: issued, published or seen."""
    dated: bool = True
    """Whether the text itself has that date; if not, it may be the earlier of the two texts."""
    was_there: bool = False
    """Whether its text states that it was adopted or published before the document, so that only this version
    is later. Such a document is never counted as the first taker."""
    share: float
    """Share (0…1) of the given wording that the taker contains word for word, rare words counting more."""
    sure: int
    """Sentences of the taker counted as adopted."""
    possible: int
    """Sentences of the taker that may come from the document."""
    sentences: int
    """Sentences of the taker that are counted in the comparison."""


class TakenClause(Value):
    """A clause of the given document, with the use that each taker made of it."""

    clause: str
    label: str | None = None
    text: str
    """Words of the clause as printed."""
    statuses: tuple[Coverage, ...]
    """One status for each of `takers`, in their order."""
    first: int | None = None
    """Index of the first taker, by date, that adopted the clause; None if no taker did."""


class DocumentReuse(Result[Taker]):
    """Takers of a document's clauses (`reuse`): clause by document, takers by date.

    Takers are found by shared wording and judged by the comparison; takers beyond the requested number are only counted.
    """

    schema_id: Literal["policydiff/document-reuse/1"] = published("policydiff/document-reuse/1")
    document: Reference
    """The document whose takers are listed."""
    dated: bool = True
    """Whether the document bears a date; if not, takers may be earlier than it."""
    takers: tuple[Taker, ...]
    """Documents that took words, by date."""
    clauses: tuple[TakenClause, ...]
    """Measures of the document, in reading order."""
    not_compared: int = 0
    """Number of later documents that share wording and were not compared."""

    _page_module: ClassVar[str | None] = "policydiff.reuse.origin_pages"
    _list: ClassVar[str] = "takers"

    def _record(self, item: Taker) -> Record:
        place = self.takers.index(item)
        statuses = [each.statuses[place] for each in self.clauses]
        taken = (
            "document=/document.name taker=document.name title=document.title day level share sure possible"
        )
        return {
            **cells(item, f"{taken} sentences", self),
            "adopted": statuses.count(Coverage.ADOPTED),
            "touched": statuses.count(Coverage.TOUCHED),
            "omitted": statuses.count(Coverage.OMITTED),
        }

    def _told(self) -> str:
        return f"{self.document}, {counted(len(self), 'taker')}"


class FormulaRule(StrEnum):
    """Reason why a clause is a formula: words of most documents, which are no evidence of a source."""

    SAYS_LITTLE = "says_little"
    """The clause holds less than 45 bits: few words, or everyday words."""
    OF_FORCE = "of_force"
    """Each of its sentences states when a text enters into force, expires or is in force; dates and titles are ignored."""
    AT_LARGE = "at_large"
    """Unrelated laws and policies contain much the same words: less than 0.75 bits a character."""
    WIDELY_HELD = "widely_held"
    """More than a tenth of the documents of this store hold it, and more than twenty."""


class Holder(StoredVersion):
    """A document that holds the clause, in its first version with the clause."""

    jurisdiction: str | None = None
    """GB/T 2260 code of the area its issuer governs."""
    level: Level | None = None
    """Level of its issuer's government."""
    day: date
    """Day by which holders are ordered."""
    dated: bool = True
    """Whether the text itself has that date; if not, it is the day on which the text was seen and proves no order."""
    clause: str
    text: str
    """The sentences with the clause, as printed."""
    kept: float
    """Share (0…1) of the clause's content that these words contain, rare words counting more."""
    parent: int | None = None
    """Index of the earlier holder with the nearest wording; None for the first holder."""
    likeness: float | None = None
    """Likeness (0…1) of its words to those of the parent; 1 if they are equal."""


class ClauseSpread(Result[Holder]):
    """Documents of the store that hold a clause (`spread`), by date, each with the earlier document nearest in wording.

    The first holder is the earliest in this store; an earlier one may exist elsewhere. A holder has a sentence with a run of at least
    seven characters in common with the clause (without punctuation and names of places), at least 15 % of its runs of five characters in the
    index, and at least half of the clause in the same words, rare words counting more. All such documents are found; wording without such a
    run is not searched.
    """

    schema_id: Literal["policydiff/spread/1"] = published("policydiff/spread/1")
    text: str
    """The words that were searched."""
    document: Reference | None = None
    """The document the clause was taken from, None where a text was given."""
    formula: bool = False
    """True for words that many unrelated texts share; parents are not given for a formula."""
    formula_by: FormulaRule | None = None
    """The first rule that makes the clause a formula; null if it is no formula."""
    holders: tuple[Holder, ...]
    """Holders by date; holders without a date of their own come last."""

    _page_module: ClassVar[str | None] = "policydiff.reuse.spread_pages"
    _list: ClassVar[str] = "holders"

    def _record(self, item: Holder) -> Record:
        parent = None if item.parent is None else self.holders[item.parent]
        return {
            **cells(item, "document=id version title"),
            "day": item.day.isoformat() if item.dated else None,
            **cells(item, "level jurisdiction clause text kept"),
            "parent": None if parent is None else f"{parent.id}@{parent.version}",
            "likeness": item.likeness,
        }

    def _told(self) -> str:
        return f"{shortened(self.text)}, {counted(len(self), 'holder')}"


class FamilyMember(StoredVersion):
    """A document of a family."""

    kept: int
    """Number of sentences of the common text that the document holds."""
    own: int
    """Number of its sentences that are not in the common text."""


class MemberWords(Value):
    """A sentence of the common text in the words of one member."""

    member: int
    """Index of the member in its family."""
    text: str
    """Words of the member, as printed."""


class CommonSentence(Value):
    """A sentence of the common text of a family."""

    text: str
    """The words of the member nearest to all members; 〔…〕 marks places where members differ."""
    held_by: int
    """Number of members that hold the sentence."""
    formula: bool = False
    """Whether unrelated texts contain the sentence too; a formula does not form a family."""
    changed: tuple[MemberWords, ...] = ()
    """Members whose wording of the sentence differs from that of the first member, apart from names of places and punctuation."""
    lacking: tuple[int, ...] = ()
    """Index of each member without the sentence."""


class Family(Value):
    """Documents that share a template."""

    members: tuple[FamilyMember, ...]
    """The member nearest to all members first, then by id."""
    common: tuple[CommonSentence, ...]
    """Sentences that most members hold, in the order of the first member."""


class FamilyList(Result[Family]):
    """Documents of the store that share a template (`families`), the largest families first."""

    schema_id: Literal["policydiff/families/1"] = published("policydiff/families/1")
    families: tuple[Family, ...]
    """Groups of documents that share a template, the largest first."""

    _page_module: ClassVar[str | None] = "policydiff.reuse.spread_pages"
    _thing: ClassVar[str] = "family"
    _list: ClassVar[str] = "families"
    _columns: ClassVar[str] = (
        "first=members.0.id title=members.0.title members=members.# common_sentences=common.# "
        "documents=members.*.id"
    )

    def _told(self) -> str:
        return "1 family" if len(self) == 1 else f"{len(self)} families"


class RunTable(Value):
    """A table that the run wrote."""

    file: str
    """Name inside the folder of the run."""
    rows: int
    """Number of rows."""
    sha256: str
    """SHA-256 of the file; it is the same with any number of workers."""


class RunStage(Value):
    """A stage of the run."""

    name: str
    """texts, shared, pairs or finish."""
    tasks: int
    """Number of tasks of the stage."""
    done_before: int
    """Number of tasks finished by an earlier run."""


class CorpusReuse(Result[RunTable]):
    """A run over a whole store (`reuse --all`): pairs of sentences that are equal or nearly equal, and results derived from them.

    A pair is two sentences of newest versions that share runs of words which at most 100 sentences hold, to an extent of 15 % of
    the shorter sentence. Reworded sentences are not found in this way: `sources` and `compare` show which content a document adopted.
    """

    schema_id: Literal["policydiff/corpus-reuse/1"] = published("policydiff/corpus-reuse/1")
    folder: str
    """Where the tables lie."""
    texts: int
    """Newest versions that were searched."""
    sentences: int
    """Sentences long enough to hold a run."""
    pairs: int
    """Pairs of sentences of two documents."""
    documents: int
    """Pairs of documents with a pair of sentences."""
    families: int
    """Groups of documents with pairs for half of their sentences."""
    checksum: int
    """Checksum over all pairs and their shared runs; it is the same for one corpus with any number of workers."""
    stages: tuple[RunStage, ...]
    """Stages in the order in which they ran."""
    tables: tuple[RunTable, ...]
    """The tables of the run; `datapackage.json` beside them describes their columns."""

    _page_module: ClassVar[str | None] = "policydiff.reuse.origin_pages"
    _list: ClassVar[str] = "tables"
    _columns: ClassVar[str] = "file rows sha256"

    def _told(self) -> str:
        return f"{counted(self.texts, 'text')}, {counted(self.pairs, 'pair')}"
