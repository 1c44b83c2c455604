"""What a local document took from the superior document it implements."""

from enum import StrEnum
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from policydiff.model.annotations import Responsibility, Target
from policydiff.model.base import Value
from policydiff.model.reference import Reference
from policydiff.model.result import Record, Result, counted, joined, shortened
from policydiff.model.substance import Dropped, Effect, Signal


class Relation(StrEnum):
    """Local sentence or clause against the superior document."""

    VERBATIM = "verbatim"
    """照搬"""
    ADAPTED = "adapted"
    """调整"""
    RELATED = "related"
    """相关: same topic, no descent"""
    ADDED = "added"
    """新增"""


class Band(StrEnum):
    """How sure the derivation is."""

    SURE = "sure"
    """score ≥ 0.7: counted as adopted"""
    POSSIBLE = "possible"
    """0.3 ≤ score < 0.7: for a person to judge"""
    UNLIKELY = "unlikely"
    """score < 0.3"""


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
    by: tuple[str, ...] = ()
    """Ids of local clauses, surest first."""
    measure: bool = False
    """Whether it is one of the document's own measures or articles, which `summary.measures` counts."""
    matter: Matter = Matter.MEASURE
    """What it is for: sorts what is left out."""


class TargetChange(StrEnum):
    """How a local target stands to the superior one."""

    KEPT = "kept"
    TIGHTENED = "tightened"
    RELAXED = "relaxed"
    CHANGED = "changed"
    """matched, but neither tighter nor looser can be said"""
    NEW = "new"
    MISSING = "missing"


class TargetComparison(Value):
    """A target of either side with its counterpart."""

    change: TargetChange
    local: Target | None = None
    superior: Target | None = None
    local_later: tuple[Target, ...] = ()
    """The same local metric at later dates, in their order."""
    superior_later: tuple[Target, ...] = ()
    """The same superior metric at later dates."""


class ResponsibilityComparison(Value):
    """Who carries a local measure, and who carries the superior clause it comes from."""

    local: Responsibility | None = None
    superior: Responsibility | None = None
    counterparts: tuple[tuple[str, str], ...] = ()
    """Pairs (local body, superior body) of the same system: 区科委 / 市科委."""


class BodyComparison(Value):
    """A body of either document and its counterpart of the same system, looked for in the whole of both documents."""

    local: str | None
    """区商务委; None where only the superior document names a body of the system."""
    superior: str | None
    """市商务委; None where the superior document names no body of the system anywhere."""
    local_clauses: tuple[str, ...] = ()
    """Ids of the local clauses whose measures it carries."""
    superior_clauses: tuple[str, ...] = ()
    """Ids of the superior clauses whose measures its counterpart carries."""
    paired: tuple[tuple[str, str], ...] = ()
    """Of these the pairs (local clause, superior clause) in which the local measure comes from the superior one."""


class BurdenKind(StrEnum):
    """What a local document asks of those it binds, or spares them."""

    LICENCE = "licence"
    """许可、审批"""
    FILING = "filing"
    """备案、登记、报告"""
    CERTIFICATE = "certificate"
    """证明、材料"""
    FEE = "fee"
    """收费、保证金"""
    INSPECTION = "inspection"
    """检查、评估、验收"""
    PENALTY = "penalty"
    """处罚、惩戒"""
    COERCION = "coercion"
    """强制措施、强制执行"""
    DUTY = "duty"
    """应当、必须"""
    PROHIBITION = "prohibition"
    """不得、禁止"""
    FIGURE = "figure"
    """金额、比例、面积、数量"""
    DEADLINE = "deadline"
    """时限、期限"""
    OTHER = "other"


class BurdenChange(StrEnum):
    """How the local document changes what is asked."""

    ADDED = "added"
    """新增: the superior document does not ask it"""
    TIGHTENED = "tightened"
    """收紧"""
    LOOSENED = "loosened"
    """放宽"""
    POSTPONED = "postponed"
    """推迟"""
    CHANGED = "changed"
    """变动: neither tighter nor looser can be said"""


class LegalBasis(Value):
    """Articles of a law that reserve an instrument to higher texts."""

    law: str
    articles: tuple[str, ...]


class Burden(Value):
    """One entry of the ledger of burdens and slack, with both texts."""

    kind: BurdenKind
    change: BurdenChange
    clause: str
    """Id of the local clause."""
    text: str
    """The local sentence."""
    words: str
    """The words of it that show the burden."""
    superior_clause: str | None = None
    """Id of the superior clause it comes from, or is nearest to; None where there is none."""
    superior_text: str | None = None
    superior_words: str | None = None
    to_check: LegalBasis | None = None
    """For a person to check: the instrument is one that by this law only higher texts may set. No verdict."""


class MeasureCount(Value):
    """The superior's own measures (articles, numbered or run-in measures) by what became of them."""

    total: int
    adopted: int
    touched: int
    omitted: int


class OwnMeasureCount(Value):
    """The local document's own measures."""

    total: int
    added: int
    """Measures none of whose sentences comes from the superior document."""


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
    verbatim: int
    adapted: int
    related: int
    added: int
    sure: int
    possible: int
    counted_share: float
    """Share of local sentences with score ≥ 0.7."""
    estimated_share: float
    """Share of local sentences estimated to be derived (document-level estimate)."""
    clauses_adopted: int
    clauses_touched: int
    clauses_omitted: int
    measures: MeasureCount = MeasureCount(total=0, adopted=0, touched=0, omitted=0)
    """The answer in one line: of so many measures of the superior document so many were adopted, touched, omitted."""
    own_measures: OwnMeasureCount = OwnMeasureCount(total=0, added=0)
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
    targets: tuple[TargetComparison, ...] = ()
    responsibilities: tuple[ResponsibilityComparison, ...] = ()
    bodies: tuple[BodyComparison, ...] = ()
    """Bodies of both documents by system: local ones in reading order, then superior ones without counterpart."""
    burdens: tuple[Burden, ...] = ()
    """Ledger of what the local document adds to, tightens, loosens or puts off of its superior's, in reading order."""
    reading: Reading = Reading()
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


class PeerCell(Value):
    """What one document says on a measure."""

    status: Coverage
    """Adopted: it says it; touched: it may say it, or something near; omitted: it does not."""
    score: float
    clauses: tuple[str, ...] = ()
    """Ids of its clauses, surest first."""


class PeerMeasure(Value):
    """One measure across documents."""

    document: int | None
    """Index of the document the measure is quoted from; None for the superior document."""
    clause: str
    label: str | None = None
    text: str
    cells: tuple[PeerCell, ...]
    """One for each document, in the order given."""


class PeerComparison(Result):
    """Measures across documents of one level, against a superior document or against each other."""

    schema_id: Literal["policydiff/peer-comparison/1"] = Field(
        default="policydiff/peer-comparison/1", alias="schema"
    )
    documents: tuple[Reference, ...]
    superior: Reference | None = None
    measures: tuple[PeerMeasure, ...]
    counts: tuple[MeasureCount, ...] = ()
    """Measures of the superior document for each document, in the order given: the figures of its own comparison."""

    _thing: ClassVar[str] = "measure"

    def _items(self) -> tuple[PeerMeasure, ...]:
        return self.measures

    def to_records(self) -> list[Record]:
        """Return one record for each measure in each document."""
        return [
            {
                "measure_document": self._quoted(each),
                "measure": each.clause,
                "label": each.label,
                "text": each.text,
                "document": reference.name,
                "status": cell.status.value,
                "score": cell.score,
                "clauses": joined(cell.clauses),
            }
            for each in self.measures
            for reference, cell in zip(self.documents, each.cells, strict=True)
        ]

    def _quoted(self, measure: PeerMeasure) -> str | None:
        source = self.superior if measure.document is None else self.documents[measure.document]
        return source.name if source else None

    def _told(self) -> str:
        return f"{counted(len(self), 'measure')} across {counted(len(self.documents), 'document')}"


class Pace(StrEnum):
    """How a local clause stands after its superior document was revised."""

    CURRENT = "current"
    """it already says what the revised text says"""
    BEHIND = "behind"
    """it still says what the old text said"""
    UNFOUNDED = "unfounded"
    """what it came from was removed"""
    MISSING = "missing"
    """the revised text has something new that the local document does not have"""


class PaceOfClause(Value):
    """A local clause, or a new superior clause, after a revision of the superior document."""

    pace: Pace
    clause: str | None
    """Id of the local clause; None for what is missing."""
    text: str
    """The local sentence; the new superior words where it is missing."""
    old: str | None
    """Id of the old superior clause it came from; None for what is missing."""
    new: str | None
    """Id of the revised superior clause; None where it was removed."""
    score: float
    """Probability that the local sentence comes from the old clause; 1 minus the probability that any takes up the
    new one, for what is missing."""


class PaceComparison(Result):
    """A local document against the old and the revised text of its superior document."""

    schema_id: Literal["policydiff/pace-comparison/1"] = Field(
        default="policydiff/pace-comparison/1", alias="schema"
    )
    local: Reference
    old_superior: Reference
    new_superior: Reference
    clauses: tuple[PaceOfClause, ...]
    """Local clauses touched by the revision in reading order, then what is missing, in order of the revised text."""

    _thing: ClassVar[str] = "clause"

    def _items(self) -> tuple[PaceOfClause, ...]:
        return self.clauses

    def _record(self, item: PaceOfClause) -> Record:
        return {
            "local_document": self.local.name,
            "old_superior": self.old_superior.name,
            "new_superior": self.new_superior.name,
            "pace": item.pace.value,
            "clause": item.clause,
            "text": item.text,
            "old_clause": item.old,
            "new_clause": item.new,
            "score": item.score,
        }

    def _told(self) -> str:
        revised = f"{self.old_superior.name} → {self.new_superior.name}"
        return f"{self.local.name} against {revised}, {counted(len(self), 'clause')} concerned"
