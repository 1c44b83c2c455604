"""Results of comparisons: a local document with one superior, with several, with its peers, and over time.

A result lists each local sentence, and for each clause of the superior whether it was adopted, touched or omitted.
"""

from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model.base import Record, Reference, Result, Value, counted, joined, published
from policydiff.model.compared_parts import (
    Band,
    BodyComparison,
    Burden,
    ClauseComparison,
    Coverage,
    CoveredClause,
    LocalMeasure,
    MeasureCount,
    OwnMeasureCount,
    ResponsibilityComparison,
    SentenceComparison,
    SentenceKind,
    TargetComparison,
)
from policydiff.model.revision import SidesDoubt
from policydiff.model.substance import Effect


class Untold(StrEnum):
    """Reason why the adoption of one text in the other cannot be judged; the counts of such a comparison mean nothing."""

    LANGUAGES = "languages"
    """The two texts are in different languages."""
    SCRIPTS = "scripts"
    """One text is in simplified characters, the other in traditional characters."""
    LOCAL = "local"
    """The local document holds no sentence: nothing but headings, notes or table rows."""
    SUPERIOR = "superior"
    """The superior document holds no sentence."""


class Reading(Value):
    """How the two texts were read."""

    language: str = "zh"
    """Language of the texts, ISO 639-1: `zh`, `en`, …; `und` if it is unknown."""
    calibrated: bool = True
    """Whether scores are probabilities measured on labelled texts of this language; if not, nothing is called sure."""
    raised: bool = False
    """Whether the probabilities of all sentences were raised because the local document carries the superior out in words of its
    own; no sentence becomes sure by this."""
    apart: bool = False
    """Whether the local document states that it carries the superior out, but shares so few words with it that *added* and
    *omitted* only mean that no like words were found."""
    untold: Untold | None = None
    """Reason why adoption cannot be judged (two languages, two scripts, rows alone); None where it can."""


class OrderDoubt(StrEnum):
    """A sign that the two documents are not local and superior document."""

    SWAPPED = "swapped"
    """The first looks like the superior of the second: by level of the issuer, by citation, or by date."""
    VERSIONS = "versions"
    """The documents look like two versions of one document: compare them with `diff`."""
    PEERS = "peers"
    """The documents are of two areas, neither of which contains the other, and the first does not name the second as its basis:
    compare them as peers, beside their common superior."""
    ABOUT = "about"
    """The title of one document names the other as the document that it amends, explains or submits: neither implements the other."""
    LATER = "later"
    """The text of the superior document bears a later date than the local text, which can only carry out an earlier version of it."""


class ComparisonSummary(Value):
    """Counts and shares over sentences and superior clauses; headings, notes and rows are in none."""

    sentences: int
    """Number of counted local sentences; headings, notes and rows are not counted."""
    verbatim: int
    """Number of local sentences taken over word for word (沿用)."""
    adapted: int
    """Number of local sentences adapted (调整)."""
    added: int
    """Number of local sentences that more likely do not come from the superior document (本级新增), including sentences for a
    person to judge."""
    sure: int
    """Number of local sentences whose relation is sure."""
    possible: int
    """Number of local sentences whose relation is only possible, for a person to judge."""
    counted_share: float
    """Share of local sentences with score ≥ 0.7."""
    estimated_share: float
    """Share of local sentences estimated to be derived (document-level estimate)."""
    clauses_adopted: int
    """Number of clauses of the superior document that are adopted."""
    clauses_touched: int
    """Number of clauses of the superior document that are touched."""
    clauses_omitted: int
    """Number of clauses of the superior document that are omitted."""
    measures: MeasureCount = MeasureCount(total=0, adopted=0, touched=0, omitted=0)
    """Numbers of measures of the superior document that were adopted, touched and omitted: the answer in one line."""
    own_measures: OwnMeasureCount = OwnMeasureCount(total=0, added=0)
    """Measures of the local document, and the number of those without a superior source."""
    effects: dict[Effect, int] = Field(default_factory=dict)
    """Number of derived sentences by effect."""

    def __hash__(self) -> int:
        fields = dict(self)
        return hash((frozenset(fields.pop("effects").items()), *fields.values()))


class Comparison(Result[SentenceComparison]):
    """A local document against one superior document."""

    schema_id: Literal["policydiff/comparison/2"] = published("policydiff/comparison/2")
    local: Reference
    """The compared document: the local policy that implements the superior document."""
    superior: Reference
    """The document that the local policy implements."""
    summary: ComparisonSummary
    """Counts of sentences and measures, and shares of the local text."""
    sentences: tuple[SentenceComparison, ...]
    """Every unit of the local body in reading order, headings, notes and rows among them."""
    clauses: tuple[ClauseComparison, ...]
    """Clauses of the local document in reading order, each with the relation of its best sentence."""
    coverage: tuple[CoveredClause, ...]
    """Every clause of the superior document in reading order."""
    local_measures: tuple[LocalMeasure, ...] = ()
    """The local document's measures in reading order, as counted in `summary.own_measures`."""
    targets: tuple[TargetComparison, ...] = ()
    responsibilities: tuple[ResponsibilityComparison, ...] = ()
    bodies: tuple[BodyComparison, ...] = ()
    """Bodies of both documents by system: local bodies in reading order, then superior bodies without a counterpart."""
    burdens: tuple[Burden, ...] = ()
    """Ledger of requirements that the local document adds to its superior's, tightens, loosens or postpones, in reading order."""
    reading: Reading = Reading()
    """How the two texts were read."""
    order: OrderDoubt | None = None
    """Set if the documents seem to be given in the wrong order, or to be versions of one document."""

    _thing: ClassVar[str] = "sentence"
    _columns: ClassVar[str] = (
        "local_document=/local.name superior_document=/superior.name clause text relation band score "
        "effect dropped=dropped.*.text source_clause=sources.0.clause source_text=sources.0.text "
        "source_score=sources.0.score further_sources=sources.1:.*.clause seen_in=seen_in.document.name "
        "seen_in_clause=seen_in.clause"
    )

    def _items(self) -> tuple[SentenceComparison, ...]:
        return tuple(each for each in self.sentences if each.kind is SentenceKind.SENTENCE)

    def _told(self) -> str:
        derived = [each for each in self if each.band is Band.SURE]
        changed = sum(each.effect not in (Effect.SAME, Effect.LOCALISED, None) for each in derived)
        return (
            f"{self.local} against {self.superior}, {counted(len(self), 'sentence')}, "
            f"{len(derived)} derived, {changed} of them changed in substance"
        )


class SentenceOrigin(Value):
    """One local sentence and the superior document that best explains it."""

    clause: str
    """Id of the local clause that holds the sentence."""
    text: str
    """The local sentence as printed."""
    comparison: int | None
    """Index of the comparison with the superior document of origin; None if none explains the sentence (score below 0.5)."""
    kind: SentenceKind = SentenceKind.SENTENCE
    """Whether the unit is a sentence, a heading, a note, a table row or a line of the letter."""
    score: float
    """Highest probability over the superior documents."""
    band: Band


class SourcedComparison(Result[SentenceOrigin]):
    """A local document against several superior documents."""

    schema_id: Literal["policydiff/sourced-comparison/2"] = published("policydiff/sourced-comparison/2")
    local: Reference
    """The local policy, held against several superior documents."""
    comparisons: tuple[Comparison, ...]
    """One comparison for each superior document, in the order given."""
    origins: tuple[SentenceOrigin, ...]
    """Every unit of the local body in reading order."""
    doubts: tuple[OrderDoubt | None, ...] = ()
    """For each superior document, whether a version of it is among the others (`versions`), in the order given."""

    _thing: ClassVar[str] = "sentence"

    def _items(self) -> tuple[SentenceOrigin, ...]:
        return tuple(each for each in self.origins if each.kind is SentenceKind.SENTENCE)

    @property
    def nearest(self) -> tuple[int, ...]:
        """For every unit, the index of the comparison with its highest score."""
        rows = zip(*(each.sentences for each in self.comparisons), strict=True)
        return tuple(max(range(len(row)), key=lambda index: row[index].score) for row in rows)

    def to_records(self) -> list[Record]:
        """Return the records of a pair, each sentence against its nearest superior; without a source none is named."""
        rows = [
            (self.comparisons[best], self.comparisons[best].sentences[index])
            for index, best in enumerate(self.nearest)
        ]
        return [
            pair._record(row) | ({} if row.sources else {"superior_document": None})
            for pair, row in rows
            if row.kind is SentenceKind.SENTENCE
        ]

    def _told(self) -> str:
        against = " and ".join(str(each.superior) for each in self.comparisons)
        return f"{self.local} against {against}, {counted(len(self), 'sentence')}"


class PeerCell(Value):
    """Status of a measure in one document."""

    status: Coverage
    """Adopted: the document has the measure; touched: it may have it, or a similar measure; omitted: it lacks the measure."""
    score: float
    """Calibrated probability (0…1) that the document took the measure; 0 if it took nothing of it."""
    clauses: tuple[str, ...] = ()
    """Ids of the document's clauses that hold the measure, surest first."""


class PeerMeasure(Value):
    """One measure across documents."""

    document: int | None
    """Index of the document the measure is quoted from; None for the superior document."""
    clause: str
    label: str | None = None
    text: str
    """Words of the measure as printed."""
    cells: tuple[PeerCell, ...]
    """Cells of the documents, in the order given."""


class PeerComparison(Result[PeerMeasure]):
    """Measures across documents of one level, compared with a superior document or with each other."""

    schema_id: Literal["policydiff/peer-comparison/1"] = published("policydiff/peer-comparison/1")
    documents: tuple[Reference, ...]
    """The documents compared with each other, in the order given."""
    superior: Reference | None = None
    """Document that all of them implement; None if none was given."""
    measures: tuple[PeerMeasure, ...]
    """Every measure of any of the documents, each with who has it."""
    counts: tuple[MeasureCount, ...] = ()
    """Measures of the superior document for each document, in the order given: the figures of its own comparison."""
    doubts: tuple[OrderDoubt | None, ...] = ()
    """For each document, a doubt about it as a peer: a version of it is among the others (`versions`), or a document that
    rests on it (`swapped`)."""

    _list: ClassVar[str] = "measures"

    def to_records(self) -> list[Record]:
        """Return a record for every pair of a measure and a document."""
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
    """State of a local clause after its superior document was revised."""

    CURRENT = "current"
    """it already holds the content of the revised text"""
    BEHIND = "behind"
    """it still holds the content of the old text, or asks for less than the revised text"""
    APART = "apart"
    """it holds neither the words struck out nor the words added by the revision, but a rule of its own"""
    UNFOUNDED = "unfounded"
    """the words from which it came were removed"""
    MISSING = "missing"
    """the revised text has a new clause, or a new sentence in a kept clause, that the local document lacks"""


class LaggingClause(Value):
    """A local clause, or new content of the superior document that the local document lacks, after a change of the superior document."""

    pace: Pace
    """How the local clause kept up with the change."""
    clause: str | None
    """Id of the local clause; None for missing content."""
    text: str
    """The local words as printed; for missing content, the new superior words."""
    old: str | None
    """Id of the old superior clause from which the local clause came; None for missing content."""
    new: str | None
    """Id of the clause now in force that the local clause should be compared with; None if it was removed."""


class PaceOfClause(LaggingClause):
    """A local clause, or missing content, after a revision of the superior document, with its probability."""

    score: float
    """Probability that the local sentence comes from the old clause; for missing content, 1 minus the probability that any
    local sentence takes up the new clause."""


class PaceComparison(Result[PaceOfClause]):
    """A local document against the old and the revised text of its superior document."""

    schema_id: Literal["policydiff/pace-comparison/1"] = published("policydiff/pace-comparison/1")
    local: Reference
    """The local policy, held against two versions of its superior."""
    old_superior: Reference
    """The superior document before."""
    new_superior: Reference
    """The present superior document."""
    before: MeasureCount = MeasureCount(total=0, adopted=0, touched=0, omitted=0)
    """Measures of the text before: the figures of a comparison with it alone."""
    after: MeasureCount = MeasureCount(total=0, adopted=0, touched=0, omitted=0)
    """Measures of the revised text: the figures of a comparison with it alone."""
    reading: Reading = Reading()
    """How the local document and the revised text were read."""
    order: OrderDoubt | None = None
    """Doubt whether the local document implements the revised text."""
    doubt: SidesDoubt | None = None
    """Doubt that the two superior texts are an earlier and a later version of one document."""
    clauses: tuple[PaceOfClause, ...]
    """Local clauses affected by the revision in reading order, then missing content in order of the revised text."""

    _list: ClassVar[str] = "clauses"
    _columns: ClassVar[str] = (
        "local_document=/local.name old_superior=/old_superior.name new_superior=/new_superior.name pace "
        "clause text old_clause=old new_clause=new score"
    )

    def _told(self) -> str:
        revised = f"{self.old_superior} → {self.new_superior}"
        return f"{self.local} against {revised}, {counted(len(self), 'clause')} concerned"
