"""What a comparison says of each part of the two documents: sentences, clauses, measures, targets, bodies, burdens.

The words (`Relation`, `Coverage`, ...) in which it is said are explained here one by one.
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
    score: float
    """0…1: probability that the local sentence comes from it; of the first source the score of the sentence."""
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
    effect_sure: bool = True
    """Whether the effect is firm. False: it is the likeliest one, and a reader has to look."""
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
    """`adopted`: taken up; `touched`: taken up in part; `omitted`: no local sentence takes it up."""
    score: float = 0.0
    """0…1: probability that at least one local sentence derives from it."""
    sure: bool = False
    """Whether a local sentence that is called sure comes from it, or from a clause below, first of all."""
    taken: float = 0.0
    """0…1: share of its words, with those of the clauses below, in sentences that counted local sentences come from."""
    by: tuple[str, ...] = ()
    """Ids of local clauses, surest first."""
    left: tuple[Span, ...] = ()
    """Its own sentences that no counted local sentence comes from, as stretches of `text`."""
    measure: bool = False
    """Whether it is one of the document's own measures or articles, which `summary.measures` counts."""
    matter: Matter = Matter.MEASURE
    """Purpose of the clause, by which left-out clauses are sorted."""


class MeasureCount(Value):
    """The superior's own measures (articles, numbered or run-in measures) by what became of them."""

    total: int
    """Measures (举措) of the superior document."""
    adopted: int
    """Of them adopted (已承接)."""
    doubtful: int = 0
    """Of the adopted ones, those behind which stand sentences for a person to judge alone."""
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
    outside: int = 0
    """Sentences that stand in no measure (an annex, a definition behind the rest) and do not come from the superior document."""


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
    """Local target against the superior target for the same metric: kept, tightened, relaxed, changed, new or missing."""
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
    led: tuple[str, ...] = ()
    """Of these the clauses that a note names it for as a lead, or as responsible without a lead."""
    supported: tuple[str, ...] = ()
    """Of these the clauses that a note names it for beside a lead."""
    superior_clauses: tuple[str, ...] = ()
    """Ids of the superior clauses whose measures its counterpart carries."""
    paired: tuple[tuple[str, str], ...] = ()
    """Of these the pairs (local clause, superior clause) in which the local measure comes from the superior one."""


class BurdenKind(StrEnum):
    """Kind of burden that a local document lays on its addressees, or relieves them of."""

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
    """Title of the law cited."""
    articles: tuple[str, ...]
    """Articles cited, as printed."""


class Burden(Value):
    """One entry of the ledger of burdens and slack, with both texts."""

    kind: BurdenKind
    """Kind of burden: a licence, a filing, a certificate, a fee, an inspection, a penalty, a duty, a prohibition …"""
    change: BurdenChange
    """Burden under the local document against the superior document: added, tightened, loosened, postponed or changed."""
    clause: str
    """Id of the local clause."""
    text: str
    """The local sentence."""
    words: str
    """The words of it that show the burden."""
    superior_clause: str | None = None
    """Id of the superior clause it comes from, or is nearest to; None where there is none."""
    superior_text: str | None = None
    """The sentence of the superior document it is compared with; null where there is none."""
    superior_words: str | None = None
    """The words of that sentence that lay it down."""
    to_check: LegalBasis | None = None
    """For a person to check: the instrument is one that by this law only higher texts may set. No verdict."""
    sure: bool = True
    """Whether the two sentences surely belong together. False: the pair is for a person to judge, and so is the burden."""
