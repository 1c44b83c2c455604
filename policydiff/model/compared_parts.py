"""Results of a comparison for each part of the two documents: sentences, clauses, measures, targets, bodies, burdens.

The values of these results (`Relation`, `Coverage`, ...) are explained here one by one.
"""

from enum import StrEnum
from typing import NamedTuple

from policydiff.model.annotations import Responsibility, Target
from policydiff.model.base import Reference, Span, Value, shortened
from policydiff.model.substance import Dropped, Effect, Signal


class Relation(StrEnum):
    """Local sentence or clause against the superior document."""

    VERBATIM = "verbatim"
    """照搬"""
    ADAPTED = "adapted"
    """调整"""
    ADDED = "added"
    """本级新增: more likely not derived; if `band` is *possible* the first source may be meant, and a person should look. The
    superior document may deal with the topic all the same"""


class Band(StrEnum):
    """How sure the derivation is."""

    SURE = "sure"
    """score ≥ 0.7: counted as adopted"""
    POSSIBLE = "possible"
    """score < 0.7, and 0.3 or more (0.2 if the local document names the superior as its basis): for a person to judge"""
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
    """Kind of a unit of a document. Only sentences hold content that can be adopted; units of other kinds are in no count."""

    SENTENCE = "sentence"
    HEADING = "heading"
    """标题、段首句标题、条标: heading, run-in heading, caption of an article"""
    NOTE = "note"
    """责任单位, and lines of the letter around the document: 特此通知"""
    ROW = "row"
    """表格的一行: compared with a row, cell by cell"""


class Matter(StrEnum):
    """Purpose of a provision. Provisions of every purpose but measures look alike in most documents, and are mostly left to the superior."""

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
    """The superior sentence as printed."""
    score: float
    """0…1: probability that the local sentence comes from this source; for the first source the score of the sentence."""
    spans: tuple[SharedSpan, ...] = ()
    """Wording that both texts share."""


class SeenIn(Value):
    """The earliest document, besides the superior, that has a sentence of the local document."""

    document: Reference
    """The earlier document of the store that already has the sentence."""
    clause: str
    """Id of the clause in the earlier document."""
    text: str
    """The sentence as printed in the earlier document."""


class SentenceComparison(Value):
    """One local unit: a sentence, heading, note or table row."""

    clause: str
    """Id of the local clause that holds the sentence."""
    text: str
    """The local sentence as printed."""
    kind: SentenceKind = SentenceKind.SENTENCE
    """Only units of kind `sentence` are in any count or share."""
    matter: Matter = Matter.MEASURE
    """Purpose of the sentence; sentences on commencement and repeal are never derived."""
    relation: Relation
    score: float
    """Calibrated probability that the sentence is derived from the superior document. For headings, notes and rows: likeness
    to the counterpart, 1.0 for equal words."""
    band: Band
    sources: tuple[SentenceSource, ...] = ()
    """Best first. For headings, notes and rows: the counterpart of the same kind, if there is one."""
    effect: Effect | None = None
    """Effect of the sentence, table row or labelled line compared with its best source; None if it is not derived."""
    effect_sure: bool = True
    """Whether the effect is firm. False: the effect is only the likeliest, and a reader has to look."""
    signals: tuple[Signal, ...] = ()
    """Differences of substance from the best source; empty if the sentence is not derived. For a table row, differences from its
    counterpart; signals taken from an item's lead-in have no span."""
    dropped: tuple[Dropped, ...] = ()
    """Parts of the best source that the sentence leaves out, in order; empty if the sentence is not derived."""
    fills_in: SentenceSource | None = None
    """Superior sentence that leaves a figure or a rule to the local body (由区人民政府确定) and that the local sentence settles."""
    seen_in: SeenIn | None = None
    """Earliest of the given documents that already has the sentence; only for sentences without a superior source."""

    def __repr__(self) -> str:
        return f"<SentenceComparison {self.relation.value} {self.score:.2f}: {shortened(self.text)}>"


class ClauseComparison(Value):
    """One local clause that holds sentences; its values follow from them."""

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
    """Words of the superior clause and of all clauses below it."""
    status: Coverage
    """`adopted`: taken up; `touched`: taken up in part; `omitted`: no local sentence takes it up."""
    score: float = 0.0
    """0…1: probability that at least one local sentence derives from the clause."""
    sure: bool = False
    """Whether the clause, or a clause below it, is the first source of a local sentence with band *sure*."""
    taken: float = 0.0
    """Share (0…1) of the words of the clause and the clauses below in sentences from which counted local sentences come."""
    by: tuple[str, ...] = ()
    """Ids of the local clauses that took it up, surest first; empty for an omitted clause, or its nearest clauses if the reading is
    `apart`."""
    left: tuple[Span, ...] = ()
    """Stretches of `text`: the clause's own sentences from which no counted local sentence comes."""
    measure: bool = False
    """Whether the clause is one of the measures or articles counted in `summary.measures`."""
    matter: Matter = Matter.MEASURE
    """Purpose of the clause, by which left-out clauses are sorted."""


class MeasureCount(Value):
    """The superior's own measures (articles, numbered or run-in measures) by their status."""

    total: int
    """Measures (举措) of the superior document."""
    adopted: int
    """Number of measures adopted (已承接)."""
    doubtful: int = 0
    """Number of adopted measures that rest only on sentences for a person to judge."""
    touched: int
    """Number of measures touched (部分涉及)."""
    omitted: int
    """Number of measures omitted (未见承接)."""


class OwnMeasureCount(Value):
    """The local document's own measures."""

    total: int
    """Measures of the local document."""
    added: int
    """Number of measures that hold no sentence from the superior document."""
    clauses: tuple[str, ...] = ()
    """Ids of the measures that `added` counts, in reading order."""
    doubtful: int = 0
    """Number of these that hold a sentence for a person to judge, which may come from the superior document."""
    outside: int = 0
    """Number of sentences outside all measures (an annex, a final definition) that do not come from the superior document."""


class LocalMeasure(Value):
    """A measure of the local document, and how many of its sentences are its own."""

    clause: str
    """Id of the clause of the local document."""
    label: str | None = None
    """Number of the clause as printed."""
    sentences: int
    """Number of counted sentences of the measure, including those of the clauses below it."""
    own: int
    """Number of these sentences that come from no superior sentence."""

    @property
    def is_new(self) -> bool:
        """Whether none of its sentences comes from the superior document."""
        return self.own == self.sentences


class TargetChange(StrEnum):
    """Change of a local target compared with the superior target."""

    KEPT = "kept"
    TIGHTENED = "tightened"
    RELAXED = "relaxed"
    CHANGED = "changed"
    """matched, but no rule decides between tighter and looser"""
    NEW = "new"
    MISSING = "missing"


class TargetComparison(Value):
    """A target of either side with its counterpart."""

    change: TargetChange
    """Local target compared with the superior target for the same metric: kept, tightened, relaxed, changed, new or missing."""
    local: Target | None = None
    """Target of the local document; None if only the superior has one."""
    superior: Target | None = None
    """Target of the superior document; None if only the local document has one."""
    local_later: tuple[Target, ...] = ()
    """Targets for the same local metric at later dates, in order of date."""
    superior_later: tuple[Target, ...] = ()
    """Targets for the same superior metric at later dates, in order of date."""


class ResponsibilityComparison(Value):
    """Who carries a local measure, and who carries the superior clause it comes from."""

    local: Responsibility | None = None
    """Note of responsibility in the local document; None if only the superior has one."""
    superior: Responsibility | None = None
    """Note of responsibility in the superior document; None if only the local document has one."""
    counterparts: tuple[tuple[str, str], ...] = ()
    """Pairs (local body, superior body) of the same system: 区科委 / 市科委."""


class BodyComparison(Value):
    """A body of either document and its counterpart of the same system, searched for in both whole documents."""

    local: str | None
    """Body of the local document (区商务委); None where only the superior document names a body of the system."""
    superior: str | None
    """Body of the superior document (市商务委); None if it names no body of the system."""
    local_clauses: tuple[str, ...] = ()
    """Ids of the local clauses whose measures the local body carries."""
    led: tuple[str, ...] = ()
    """Clauses of `local_clauses` whose note of responsibility names the body as a lead, or as responsible if no lead is named."""
    supported: tuple[str, ...] = ()
    """Clauses of `local_clauses` whose note of responsibility names the body beside a lead."""
    superior_clauses: tuple[str, ...] = ()
    """Ids of the superior clauses whose measures the superior body carries."""
    paired: tuple[tuple[str, str], ...] = ()
    """Pairs (local clause, superior clause) among these in which the local measure comes from the superior measure."""


class BurdenKind(StrEnum):
    """Kind of burden that a local document puts on its addressees, or removes from them."""

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
    """Change of a burden by the local document."""

    ADDED = "added"
    """新增: the superior document does not ask it"""
    TIGHTENED = "tightened"
    """收紧"""
    LOOSENED = "loosened"
    """放宽"""
    POSTPONED = "postponed"
    """推迟"""
    CHANGED = "changed"
    """变动: no rule decides between tighter and looser"""


class LegalBasis(Value):
    """Articles of a law that reserve an instrument to higher texts."""

    law: str
    """Title of the law cited."""
    articles: tuple[str, ...]
    """Articles cited, as printed."""


class Burden(Value):
    """One entry of the ledger of burdens and reliefs, with both texts."""

    kind: BurdenKind
    """Kind of burden: a licence, a filing, a certificate, a fee, an inspection, a penalty, a duty, a prohibition …"""
    change: BurdenChange
    """Burden under the local document against the superior document: added, tightened, loosened, postponed or changed."""
    clause: str
    """Id of the local clause."""
    text: str
    """The local sentence."""
    words: str
    """Words of the local sentence that show the burden."""
    superior_clause: str | None = None
    """Id of the superior clause that is the burden's source or nearest to it; None if there is none."""
    superior_text: str | None = None
    """Sentence of the superior document compared with the local sentence; None if there is none."""
    superior_words: str | None = None
    """Words of the superior sentence that lay the burden down."""
    to_check: LegalBasis | None = None
    """Law by which only a higher text may set the instrument, for a person to check; None if no such law is known. No verdict."""
    sure: bool = True
    """Whether the two sentences surely belong together. False: the pair is for a person to judge, and so is the burden."""
