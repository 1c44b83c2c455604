"""What a local document took from the superior document it implements, or from several.

Told sentence by sentence, and for each clause of the superior by what became of it.
"""

from enum import StrEnum
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from policydiff.model.base import Reference, Value
from policydiff.model.ledger import BodyComparison, Burden, ResponsibilityComparison, TargetComparison
from policydiff.model.result import Record, Result, counted, joined, shortened
from policydiff.model.substance import Dropped, Effect, Signal


class Relation(StrEnum):
    """Local sentence or clause against the superior document."""

    VERBATIM = "verbatim"
    """照搬"""
    ADAPTED = "adapted"
    """调整"""
    RELATED = "related"
    """相关: a superior sentence may be meant, and rather is not; a person should look"""
    ADDED = "added"
    """本级新增: nothing was found that it comes from; the superior may deal with the topic all the same"""


class Band(StrEnum):
    """How sure the derivation is."""

    SURE = "sure"
    """score ≥ 0.7: counted as adopted"""
    POSSIBLE = "possible"
    """score < 0.7, and 0.3 or more (0.2 where the local document names the superior one as its basis): for a person to judge"""
    UNLIKELY = "unlikely"
    """less"""


class Coverage(StrEnum):
    """Superior clause against the local document."""

    ADOPTED = "adopted"
    """采纳"""
    TOUCHED = "touched"
    """涉及"""
    OMITTED = "omitted"
    """未涉及"""


class SentenceKind(StrEnum):
    """What a unit of a document is. Only sentences say something that can be adopted; the others are in no count."""

    SENTENCE = "sentence"
    HEADING = "heading"
    """标题、段首句标题、条标: heading, run-in heading, caption of an article"""
    NOTE = "note"
    """责任单位, and lines of the letter around the document: 特此通知"""
    ROW = "row"
    """表格的一行: compared with a row, cell by cell"""


class Matter(StrEnum):
    """What a provision is for. All but measures look alike in most documents, and are mostly left to the superior."""

    MEASURE = "measure"
    """实体规定"""
    DEFINITION = "definition"
    """定义"""
    NOTICE = "notice"
    """公开、公示、征求意见"""
    COMPLAINT = "complaint"
    """投诉、举报、复议"""
    SANCTION = "sanction"
    """法律责任"""
    COMMENCEMENT = "commencement"
    """施行、有效期、废止、解释: never taken for adopted"""


class SharedSpan(NamedTuple):
    """Words both sides share: `sentence.text[local_start:local_end]` and `source.text[source_start:source_end]`."""

    local_start: int
    local_end: int
    source_start: int
    source_end: int


class SentenceSource(Value):
    """A superior sentence a local sentence may come from."""

    clause: str
    """Id of the superior clause."""
    text: str
    score: float
    """0…1: how well it explains the local sentence; orders the sources."""
    spans: tuple[SharedSpan, ...] = ()
    """Wording that both texts share."""


class SeenIn(Value):
    """The earliest document beside the superior one that has a sentence of the local document."""

    document: Reference
    clause: str
    """Id of the clause there."""
    text: str
    """The sentence there."""


class SentenceComparison(Value):
    """One local unit: a sentence, or what stands beside the sentences."""

    clause: str
    """Id of the local clause it stands in."""
    text: str
    kind: SentenceKind = SentenceKind.SENTENCE
    """Only units of kind `sentence` are in any count or share."""
    matter: Matter = Matter.MEASURE
    """What it is for; commencement and repeal are never derived."""
    relation: Relation
    score: float
    """Calibrated probability that the sentence is derived from the superior document. Of headings, notes and rows: how
    like the counterpart is, 1.0 for equal words."""
    band: Band
    sources: tuple[SentenceSource, ...] = ()
    """Best first. Of headings, notes and rows the counterpart of the same kind, where there is one."""
    effect: Effect | None = None
    """How it stands to its best source; None where it is not derived."""
    signals: tuple[Signal, ...] = ()
    """Differences of substance from its best source; empty where it is not derived."""
    dropped: tuple[Dropped, ...] = ()
    """What of its best source it leaves out, in order; empty where it is not derived."""
    fills_in: SentenceSource | None = None
    """Superior sentence that leaves a figure or a rule to the local body (由区人民政府确定) which this one settles."""
    seen_in: SeenIn | None = None
    """Where it comes from no superior sentence: the earliest other document that has it, of those given."""

    def __repr__(self) -> str:
        return f"<SentenceComparison {self.relation.value} {self.score:.2f}: {shortened(self.text)}>"


class ClauseComparison(Value):
    """One local clause that holds sentences; follows from them."""

    clause: str
    label: str | None = None
    relation: Relation
    score: float
    """Share-weighted mean of its sentences' scores."""
    sources: tuple[str, ...] = ()
    """Ids of superior clauses, most important first."""


class CoveredClause(Value):
    """One clause of the superior document."""

    clause: str
    label: str | None = None
    text: str = ""
    status: Coverage
    score: float = 0.0
    """0…1: probability that at least one local sentence derives from it."""
    taken: float = 0.0
    """0…1: share of its words, with those of the clauses below, in sentences that counted local sentences come from."""
    by: tuple[str, ...] = ()
    """Ids of local clauses, surest first."""
    measure: bool = False
    """Whether it is one of the document's own measures or articles, which `summary.measures` counts."""
    matter: Matter = Matter.MEASURE
    """What it is for: sorts what is left out."""


class MeasureCount(Value):
    """The superior's own measures (articles, numbered or run-in measures) by what became of them."""

    total: int
    """Measures (举措) of the superior document."""
    adopted: int
    """Of them adopted (已承接)."""
    touched: int
    """Of them touched (部分涉及)."""
    omitted: int
    """Of them omitted (未见承接)."""


class OwnMeasureCount(Value):
    """The local document's own measures."""

    total: int
    """Measures of the local document."""
    added: int
    """Measures none of whose sentences comes from the superior document."""
    clauses: tuple[str, ...] = ()
    """Ids of these, in reading order: every list of what is new names as many as `added` says."""


class LocalMeasure(Value):
    """A measure of the local document, and how many of its sentences are its own."""

    clause: str
    """Id of the clause of the local document."""
    label: str | None = None
    """Its number or label, as printed."""
    sentences: int
    """Sentences of the measure that count, those of the clauses below it included."""
    own: int
    """Of them sentences that come from no superior sentence."""

    @property
    def is_new(self) -> bool:
        """Whether none of its sentences comes from the superior document."""
        return self.own == self.sentences


class Reading(Value):
    """How the two texts were read."""

    language: str = "zh"
    """`zh`, `en`, …; `und` where it could not be told."""
    calibrated: bool = True
    """Whether scores are probabilities measured on labelled texts of this language; if not, nothing is called sure."""


class OrderDoubt(StrEnum):
    """A sign that the two documents do not stand to each other as local and superior document."""

    SWAPPED = "swapped"
    """The first looks like the superior of the second: by level of the issuer, by citation, or by date."""
    VERSIONS = "versions"
    """They look like two versions of one document: `diff` compares these."""


class ComparisonSummary(Value):
    """Counts and shares over sentences and superior clauses; headings, notes and rows are in none."""

    sentences: int
    """Sentences of the local document that count: no headings, notes or rows."""
    verbatim: int
    """Of them taken over word for word (沿用)."""
    adapted: int
    """Of them adapted (调整)."""
    related: int
    """Of them related (相关)."""
    added: int
    sure: int
    """Relations that are sure."""
    possible: int
    """Relations that are possible: a person should look."""
    counted_share: float
    """Share of local sentences with score ≥ 0.7."""
    estimated_share: float
    """Share of local sentences estimated to be derived (document-level estimate)."""
    clauses_adopted: int
    """Clauses of the superior document that are adopted."""
    clauses_touched: int
    """Clauses of it that are touched."""
    clauses_omitted: int
    """Clauses of it that are omitted."""
    measures: MeasureCount = MeasureCount(total=0, adopted=0, touched=0, omitted=0)
    """The answer in one line: of so many measures of the superior document so many were adopted, touched, omitted."""
    own_measures: OwnMeasureCount = OwnMeasureCount(total=0, added=0)
    """Measures of the local document, and how many of them are its own."""
    effects: dict[Effect, int] = Field(default_factory=dict)
    """Derived sentences by effect."""


class Comparison(Result):
    """A local document against one superior document."""

    schema_id: Literal["policydiff/comparison/1"] = Field(default="policydiff/comparison/1", alias="schema")
    local: Reference
    superior: Reference
    summary: ComparisonSummary
    sentences: tuple[SentenceComparison, ...]
    """Every unit of the local body in reading order, headings, notes and rows among them."""
    clauses: tuple[ClauseComparison, ...]
    coverage: tuple[CoveredClause, ...]
    """Every clause of the superior document in reading order."""
    local_measures: tuple[LocalMeasure, ...] = ()
    """The local document's measures in reading order; `summary.own_measures` counts these."""
    targets: tuple[TargetComparison, ...] = ()
    responsibilities: tuple[ResponsibilityComparison, ...] = ()
    bodies: tuple[BodyComparison, ...] = ()
    """Bodies of both documents by system: local ones in reading order, then superior ones without counterpart."""
    burdens: tuple[Burden, ...] = ()
    """Ledger of what the local document adds to, tightens, loosens or puts off of its superior's, in reading order."""
    reading: Reading = Reading()
    """How the two texts were read."""
    order: OrderDoubt | None = None
    """Set where the documents seem to be given the wrong way round, or to be versions of one document."""

    _thing: ClassVar[str] = "sentence"

    def _items(self) -> tuple[SentenceComparison, ...]:
        return tuple(each for each in self.sentences if each.kind is SentenceKind.SENTENCE)

    def _record(self, item: SentenceComparison) -> Record:
        best = item.sources[0] if item.sources else None
        return {
            "local_document": self.local.name,
            "superior_document": self.superior.name,
            "clause": item.clause,
            "text": item.text,
            "relation": item.relation.value,
            "band": item.band.value,
            "score": item.score,
            "effect": item.effect.value if item.effect else None,
            "dropped": joined([each.text for each in item.dropped]),
            "source_clause": best.clause if best else None,
            "source_text": best.text if best else None,
            "source_score": best.score if best else None,
            "further_sources": joined([each.clause for each in item.sources[1:]]),
            "seen_in": item.seen_in.document.name if item.seen_in else None,
            "seen_in_clause": item.seen_in.clause if item.seen_in else None,
        }

    def _told(self) -> str:
        return (
            f"{self.local.name} against {self.superior.name}, {counted(len(self), 'sentence')}, "
            f"{self.summary.counted_share:.0%} adopted"
        )


class SentenceOrigin(Value):
    """One local sentence and the superior document that explains it best."""

    clause: str
    """Id of the local clause it stands in."""
    text: str
    comparison: int | None
    """Index of the comparison whose superior it comes from; None where none explains it (score below 0.5)."""
    kind: SentenceKind = SentenceKind.SENTENCE
    score: float
    """Highest probability over the superior documents."""
    band: Band


class SourcedComparison(Result):
    """A local document against several superior documents."""

    schema_id: Literal["policydiff/sourced-comparison/1"] = Field(
        default="policydiff/sourced-comparison/1", alias="schema"
    )
    local: Reference
    comparisons: tuple[Comparison, ...]
    """One for each superior document, in the order given."""
    origins: tuple[SentenceOrigin, ...]
    """Every unit of the local body in reading order."""

    _thing: ClassVar[str] = "sentence"

    def _items(self) -> tuple[SentenceOrigin, ...]:
        return tuple(each for each in self.origins if each.kind is SentenceKind.SENTENCE)

    def _record(self, item: SentenceOrigin) -> Record:
        source = None if item.comparison is None else self.comparisons[item.comparison].superior.name
        return {
            "local_document": self.local.name,
            "clause": item.clause,
            "text": item.text,
            "superior_document": source,
            "score": item.score,
            "band": item.band.value,
        }

    def _told(self) -> str:
        against = " and ".join(str(each.superior.name) for each in self.comparisons)
        return f"{self.local.name} against {against}, {counted(len(self), 'sentence')}"
