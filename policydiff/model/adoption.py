"""What a local sentence took from the superior document, and what became of a superior clause."""

from enum import StrEnum
from typing import NamedTuple

from policydiff.model.base import Value
from policydiff.model.reference import Reference
from policydiff.model.result import shortened
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
    by: tuple[str, ...] = ()
    """Ids of local clauses, surest first."""
    measure: bool = False
    """Whether it is one of the document's own measures or articles, which `summary.measures` counts."""
    matter: Matter = Matter.MEASURE
    """What it is for: sorts what is left out."""
