"""Sources of the documents of a store, documents that took wording from them, and the spread of one clause.

This module defines the results: sources and takers of a document, the spread of a clause, and documents with a common template.
"""

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from policydiff.model import Citation, Comparison, Coverage, Level, Reference, SourcedComparison, Value
from policydiff.model.base import Record, Result, cells, counted, published, shortened


class FoundBy(StrEnum):
    """Evidence that led to a source."""

    CITATION = "citation"
    """The document cites it as what it implements or rests on."""
    TEXT = "text"
    """It shares rare wording with the document."""


class Doubt(StrEnum):
    """Open question about a source; a person must look."""

    UNDATED = "undated"
    """Its text bears no date, so it may be the later of the two."""
    VERSION_LATER = "version_later"
    """It was there before the document, but the store holds only a version made after it."""
    SAME_DAY = "same_day"
    """It bears the same day: which of the two was first is not known."""
    NOT_IN_FORCE = "not_in_force"
    """No version of it is known to have been in force on the document's day: the nearest one is compared."""
    LEVEL_UNKNOWN = "level_unknown"
    """Whether its issuer stands above the document's is not known."""


class FoundSource(Value):
    """A document that the one asked about was made from, or may have been."""

    document: Reference
    """The document that the words come from."""
    level: Level | None = None
    """Level of its issuer's government; null where it is not known."""
    found_by: tuple[FoundBy, ...]
    """Way in which the source was found."""
    citation: Citation | None = None
    """The citation that names the source."""
    share: float
    """Share (0…1) of the wording asked about that its text holds word for word, rare words counting more."""
    doubts: tuple[Doubt, ...] = ()
    """Reasons why it may not be the source, one sentence each."""


class SetAside(Value):
    """A document that shares wording and is no source: it was made later."""

    id: str
    version: str
    title: str
    share: float
    """Share (0…1) of the wording asked about that the document's text holds word for word, rare words counting more."""


class DocumentSources(Result[FoundSource]):
    """Sources of a document (`sources`): its probable superiors, compared with it, and its sentences without a source.

    Candidates are found by citation and by shared wording; what was taken is judged by the comparison alone. Looked for
    are only documents of this store: a source that the store does not hold is not found.
    """

    schema_id: Literal["policydiff/document-sources/2"] = published("policydiff/document-sources/2")
    document: Reference
    """The document whose sources are listed."""
    dated: bool = True
    """Whether the document bears a date; if not, its sources may be later than it."""
    level: Literal["higher", "any"] = "higher"
    """Documents that were looked at: those of a level above the document's, or all."""
    looked_at: int
    """Texts of the store that share rare wording with the document, before level and date decide."""
    sources: tuple[FoundSource, ...]
    """Those with most evidence first: shared rare wording, which counts twice where the document names the source as what it rests
    on, and three times where the source's subject stands in the document's title."""
    set_aside: tuple[SetAside, ...] = ()
    """Documents of the level asked for that share wording and were made later, most first."""
    slight: int = 0
    """Further documents that share something, but less than 2 % of the wording or a tenth of what speaks for the first source, and
    are not named as what the document rests on; they were not compared."""
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
        """Return the comparison with one of the sources."""
        if self.comparison is None:
            raise LookupError("no source was found")
        return self.comparison.comparisons[self.sources.index(source)]

    def _told(self) -> str:
        return f"{self.document}, {counted(len(self), 'source')}"


class Taker(Value):
    """A later document that shares wording with the one asked about."""

    document: Reference
    """The document that took the words."""
    level: Level | None = None
    """Level of its issuer's government; null where it is not known."""
    day: date
    """Day by which takers are ordered: issued, published or seen."""
    dated: bool = True
    """Whether the text bears that date; if not, it may be the earlier of the two."""
    was_there: bool = False
    """Whether its text says that it was adopted or published before the document: only this version is later. It is nobody's first
    taker."""
    share: float
    """Share (0…1) of the wording asked about that its text holds word for word, rare words counting more."""
    sure: int
    """Sentences of the taker counted as adopted."""
    possible: int
    """Sentences of the taker that may come from the document."""
    sentences: int
    """Sentences of the taker that count."""


class TakenClause(Value):
    """A clause of the document asked about, with the use that each taker made of it."""

    clause: str
    label: str | None = None
    text: str
    """Words of the clause as printed."""
    statuses: tuple[Coverage, ...]
    """One for each of `takers`, in their order."""
    first: int | None = None
    """Index of the first taker, by date, that adopted it; None where none did."""


class DocumentReuse(Result[Taker]):
    """Takers of a document's clauses (`reuse`): clause by document, takers by date.

    Takers are found by shared wording and judged by the comparison; those beyond the number asked for are counted only.
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
    """It says less than 45 bits: few words, or everyday ones."""
    OF_FORCE = "of_force"
    """Each of its sentences states when a text enters into force, expires or is in force; dates and titles are ignored."""
    AT_LARGE = "at_large"
    """Unrelated laws and policies at large say it in much the same words: less than 0.75 bits a character."""
    WIDELY_HELD = "widely_held"
    """More than a tenth of the documents of this store hold it, and more than twenty."""


class Holder(Value):
    """A document that holds the clause, in the first of its versions that does."""

    id: str
    version: str
    title: str
    jurisdiction: str | None = None
    """GB/T 2260 code of the area its issuer governs."""
    level: Level | None = None
    """Level of its issuer's government."""
    day: date
    """Day by which holders are ordered."""
    dated: bool = True
    """Whether the text bears that date; if not it is the day on which it was seen, and tells no order."""
    clause: str
    text: str
    """The sentences that hold it, as printed."""
    kept: float
    """Share (0…1) of what the clause says that these words say too, rare words counting more."""
    parent: int | None = None
    """Index of the earlier holder whose words are nearest; None for the first one."""
    likeness: float | None = None
    """Likeness (0…1) of its words to the parent's; 1 where they are the same."""


class ClauseSpread(Result[Holder]):
    """Documents of the store that hold a clause (`spread`), by date, each with the earlier document nearest in wording.

    The first holder is the earliest in this store; an earlier one may exist elsewhere. A holder has a sentence with a run of at least seven
    characters in common with the clause (without punctuation and names of places), at least 15 % of the runs of five characters by which
    the index finds it, and at least half of the clause in the same words, rare words counting more. All such documents of the store are found; wording without such a run is not searched for.
    """

    schema_id: Literal["policydiff/spread/1"] = published("policydiff/spread/1")
    text: str
    """The words asked about."""
    document: Reference | None = None
    """The document the clause was taken from, None where a text was given."""
    formula: bool = False
    """Words that holders share because everybody writes so. No parents are given."""
    formula_by: FormulaRule | None = None
    """The first rule by which it is a formula; null where it is none."""
    holders: tuple[Holder, ...]
    """By date, those without a date of their own last."""

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


class FamilyMember(Value):
    """A document of a family."""

    id: str
    version: str
    title: str
    kept: int
    """Number of sentences of the common text that the document holds."""
    own: int
    """Number of its sentences that the common text does not have."""


class MemberWords(Value):
    """A sentence of the common text in the words of one member."""

    member: int
    """Index of the member in its family."""
    text: str
    """Words of the member, as printed."""


class CommonSentence(Value):
    """A sentence of the text that the members of a family have in common."""

    text: str
    """As the member nearest to all prints it; 〔…〕 stands where members differ."""
    held_by: int
    """Number of members that hold the sentence."""
    formula: bool = False
    """Whether texts without any connection say the sentence too: it makes no family."""
    changed: tuple[MemberWords, ...] = ()
    """Members that say the sentence in other words than the first member, names of places and punctuation aside."""
    lacking: tuple[int, ...] = ()
    """Index of each member without the sentence."""


class Family(Value):
    """Documents that share a template."""

    members: tuple[FamilyMember, ...]
    """The one nearest to all others first, then by id."""
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
    """SHA-256 of the file, the same whoever did the work."""


class RunStage(Value):
    """A stage of the run."""

    name: str
    """texts, shared, pairs or finish."""
    tasks: int
    """Number of tasks of the stage."""
    done_before: int
    """Number of tasks that an earlier run had done."""


class CorpusReuse(Result[RunTable]):
    """A run over a whole store (`reuse --all`): pairs of sentences that are the same or nearly so, and what follows from them.

    Looked for are sentences of the newest versions that share runs of words which at most 100 sentences hold, to an extent
    of 15 % of the shorter one. Reworded sentences are not found so: what a document adopted of another one is said by
    `sources` and `compare`.
    """

    schema_id: Literal["policydiff/corpus-reuse/1"] = published("policydiff/corpus-reuse/1")
    folder: str
    """Where the tables lie."""
    texts: int
    """Newest versions that were looked at."""
    sentences: int
    """Sentences long enough to hold a run."""
    pairs: int
    """Pairs of sentences of two documents."""
    documents: int
    """Pairs of documents with a pair of sentences."""
    families: int
    """Groups of documents of which half of the sentences are pairs."""
    checksum: int
    """Over all pairs and what they share; the same for one corpus, whoever did the work."""
    stages: tuple[RunStage, ...]
    """In the order in which they were done."""
    tables: tuple[RunTable, ...]
    """The tables of the run; `datapackage.json` beside them describes their columns."""

    _page_module: ClassVar[str | None] = "policydiff.reuse.origin_pages"
    _list: ClassVar[str] = "tables"
    _columns: ClassVar[str] = "file rows sha256"

    def _told(self) -> str:
        return f"{counted(self.texts, 'text')}, {counted(self.pairs, 'pair')}"
