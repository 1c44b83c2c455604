"""Changes between two versions of one document."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from policydiff.errors import worded
from policydiff.model.base import Record, Reference, Result, Span, Value, cells, joined, published, shortened
from policydiff.model.substance import Signal


class ChangeKind(StrEnum):
    """Kind of change of a unit (条 in legislation, numbered or run-in clause in policies)."""

    UNCHANGED = "unchanged"
    MODIFIED = "modified"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    """one old unit became several new units; rarely, one of these also took in another old unit"""
    MERGED = "merged"
    """several old units became one new unit; rarely, one of these also went into another new unit"""


class WordingOp(StrEnum):
    """Operation of one run of words."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class Wording(NamedTuple):
    """One run of a wording diff; dumped as `[op, text]`."""

    op: WordingOp
    text: str


class UnitRef(Value):
    """A unit of one side, quoted in full."""

    id: str
    """Id of the clause within its version: `art_12`, `lvl_2__lvl_1`."""
    label: str | None
    text: str
    """Words of the unit and of all clauses below it, label excluded."""


class Change(Value):
    """A clause of the old text, of the new text, or a pair of both, with the kind of its change."""

    kind: ChangeKind
    """Change of the clause between the two versions; `renumbered` and `moved` are given in addition."""
    renumbered: bool = False
    """Whether the clause has another number than in the old version."""
    moved: bool = False
    """Whether the clause left the order that the other clauses kept, or stands under another heading."""
    moved_from: str | None = None
    """The heading above the old clause, if the new clause stands under a different heading."""
    moved_to: str | None = None
    """The heading above the new clause, where the old clause stood under a different heading."""
    old: tuple[UnitRef, ...] = ()
    """Old clauses of the change: the main clause first, then further clauses of a merger."""
    new: tuple[UnitRef, ...] = ()
    """New clauses of the change: the main clause first, then further clauses of a split."""
    similarity: float
    """0…1 between the two sides; 1.0 for unchanged, 0.0 for added and removed."""
    wording: tuple[Wording, ...] = ()
    """Old and new words of the change; equal and delete runs together are the old text, equal and insert runs the new text."""
    signals: tuple[Signal, ...] = ()
    """The differences of substance, in reading order."""
    weight: float = 0.0
    """0…1: the weight of the heaviest signal, 0 without one; highest for changes that a lawyer would report to a client first."""

    def __repr__(self) -> str:
        sides = [" + ".join(unit.label or unit.id for unit in side) or "–" for side in (self.old, self.new)]
        words = shortened((self.new or self.old)[0].text) if self.new or self.old else ""
        return f"<Change {self.kind.value}: {' → '.join(sides)} {words}>"


class SidesDoubt(StrEnum):
    """A sign that the two texts are not an earlier and a later version of one document."""

    DOCUMENTS = "documents"
    """The texts look like two documents: the title of one names the other as the document that it amends, explains or carries
    out; or both title and issuer differ; or title or issuer differs, and less than half of the clauses are in common."""
    SWAPPED = "swapped"
    """The first bears the later date."""

    @property
    def told(self) -> str:
        """The doubt in one English sentence."""
        if self is SidesDoubt.SWAPPED:
            return worded("the first text bears the later date: were they swapped?")
        return worded(
            "these look like two documents, not like two versions of one; policydiff compare shows what one took from the other"
        )


class OutsideKind(StrEnum):
    """Place of a difference outside the clauses."""

    HEAD = "head"
    """issuer, number, addressee, note of adoption: before the first clause, the title and the carrier notice excepted"""
    TAIL = "tail"
    """signature, date, imprint: after the last clause"""
    TABLE = "table"
    """a row of a table that belongs to no clause"""
    NOT_PLACED = "not_placed"
    """a line that became no clause, or that stands at another place"""


class OutsideChange(Value):
    """One differing line outside the clauses."""

    kind: OutsideKind
    """Place of the words outside the clauses: in the head, in the tail, in a table, or in a line that found no place."""
    old: str | None
    """The line as printed, None where the old text has none."""
    new: str | None
    """The line as printed, None where the new text has none."""
    old_span: Span | None = None
    """Place in the old text; None where only a field of the head is known."""
    new_span: Span | None = None
    """Place in the new text; None where the line is gone, or where only a field of the head is known."""
    wording: tuple[Wording, ...] = ()
    """Runs of words that turn the old line into the new one."""
    signals: tuple[Signal, ...] = ()
    """Differences of substance in the line, in reading order."""
    weight: float = 0.0
    """Weight of the heaviest signal, 0…1; 0 without a signal."""


class RevisionSummary(Value):
    """Counts over `changes`; flags are counted beside the kinds."""

    unchanged: int = 0
    """Number of clauses with the same words as before."""
    modified: int = 0
    """Number of clauses whose words changed."""
    added: int = 0
    """Number of clauses that are new."""
    removed: int = 0
    """Number of clauses that are gone."""
    split: int = 0
    """Number of old clauses that were split into several."""
    merged: int = 0
    """Number of new clauses made of several."""
    renumbered: int = 0
    """Number of clauses with another number than before."""
    moved: int = 0
    """Number of clauses in another order or under another heading."""
    of_substance: int = 0
    """Changes with a signal of weight 0.3 or more."""
    outside: int = 0
    """Number of differences outside the clauses: head, signature, lines that found no place."""

    @property
    def differs(self) -> bool:
        """Whether any count except that of unchanged clauses is above zero."""
        return any(number for name, number in self if name != "unchanged")

    def told(self) -> str:
        """Return the counts above zero in one line: `16 unchanged, 2 modified`."""
        counts = (f"{number} {name.replace('_', ' ')}" for name, number in self if number)
        return ", ".join(counts) or "no clauses"


class NumbersShifted(Value):
    """All numbers from a clause on are shifted, until the next fact of this kind in the series."""

    kind: Literal["numbers_shifted"] = "numbers_shifted"
    """Name of this kind of fact."""
    clause: str
    """Id of the first clause concerned, in the old version."""
    label: str
    """Number of the clause as the text prints it."""
    by: int
    """Amount by which the numbers shifted; 0 if they equal the old numbers again."""

    @property
    def shift(self) -> str:
        """The number with its sign: `+3`, `±0`."""
        return f"{self.by:+d}" if self.by else "±0"


class ReferencesFollow(Value):
    """Clauses that differ only in references whose numbers follow the renumbering; they count as unchanged."""

    kind: Literal["references_follow"] = "references_follow"
    """Name of this kind of fact."""
    clauses: int
    """Number of these clauses."""


class PunctuationDiffers(Value):
    """Clauses with equal words and different marks (beyond width); they count as unchanged.

    A moved comma can change which words govern which; a person has to read these clauses.
    """

    kind: Literal["punctuation_differs"] = "punctuation_differs"
    """Name of this kind of fact."""
    clauses: int
    """Number of these clauses."""
    labels: tuple[str, ...] = ()
    """These clauses of the new version: articles by their labels, other clauses by their ids, because （一） occurs in several chapters."""


class LeftOutDiffers(Value):
    """Words left out when a text was read (headers, hidden or struck words, comments) that the other file does not have.

    They are in no clause, and a text that differs in nothing else counts as unchanged; a person has to judge them.
    """

    kind: Literal["left_out_differs"] = "left_out_differs"
    """Name of this kind of fact."""
    old: tuple[str, ...] = ()
    """Words left out of the old version alone, as `Document.left_out` has them."""
    new: tuple[str, ...] = ()
    """Words left out of the new version alone."""


Fact = Annotated[
    NumbersShifted | ReferencesFollow | PunctuationDiffers | LeftOutDiffers, Field(discriminator="kind")
]
"""One fact over many clauses."""


class RevisionDiff(Result[Change]):
    """All units of both versions, each exactly once as a primary."""

    schema_id: Literal["policydiff/revision/2"] = published("policydiff/revision/2")
    old: Reference
    """The earlier version."""
    new: Reference
    """The later version."""
    summary: RevisionSummary
    """Counts of the changes by kind."""
    changes: tuple[Change, ...]
    """Changes in the order of the new text; removed units stand in their old place."""
    outside: tuple[OutsideChange, ...] = ()
    """Differences outside the clauses; any difference in the bare words of the two texts appears here or above."""
    facts: tuple[Fact, ...] = ()
    """Differences common to many clauses (numbers, references, punctuation), and in the words left out when the texts were read."""
    doubt: SidesDoubt | None = None
    """Reason to doubt that the two are an earlier and a later version of one document; None without a doubt."""
    notes: tuple[str, ...] = ()
    """The facts in short English, for readers of the JSON itself: `第二十一条 onwards +3`."""

    _list: ClassVar[str] = "changes"

    @property
    def differs(self) -> bool:
        """Whether any clause changed, moved, or has another number."""
        return self.summary.differs

    def _record(self, item: Change) -> Record:
        named = "old_document=/old.name new_document=/new.name kind renumbered moved old_clause=old.*.id"
        return {
            **cells(item, named, self),
            "doubt": self.doubt,
            "old_label": joined([unit.label for unit in item.old if unit.label]),
            "old_text": "\n".join(unit.text for unit in item.old) or None,
            "new_clause": joined([unit.id for unit in item.new]),
            "new_label": joined([unit.label for unit in item.new if unit.label]),
            "new_text": "\n".join(unit.text for unit in item.new) or None,
            "similarity": item.similarity,
            "signals": len(item.signals),
            "signal_types": joined(list(dict.fromkeys(signal.type.value for signal in item.signals))),
        }

    def _told(self) -> str:
        doubt = f", doubt: {self.doubt}" if self.doubt else ""
        return f"{self.old} → {self.new}, {self.summary.told()}{doubt}"


class ComparedPair(Value):
    """Two versions out of many pairs, and the changes between them."""

    old: str
    """The earlier version as the caller named it."""
    new: str
    """The later version as the caller named it."""
    diff: RevisionDiff | None
    """The changes between the two versions; None where a side could not be read."""
    error: str | None
    """Why a side could not be read, None where both could."""


class RevisionBatch(Result[ComparedPair]):
    """Changes in each of many pairs of versions."""

    schema_id: Literal["policydiff/revision-batch/1"] = published("policydiff/revision-batch/1")
    pairs: tuple[ComparedPair, ...]
    """One entry for each pair, in the order given."""

    _list: ClassVar[str] = "pairs"

    @property
    def differs(self) -> bool:
        """Whether any pair differs or could not be read."""
        return any(each.diff is None or each.diff.differs for each in self.pairs)

    def _record(self, item: ComparedPair) -> Record:
        counts = (item.diff.summary if item.diff else RevisionSummary()).model_dump()
        return {
            "old": item.old,
            "new": item.new,
            "differs": item.diff.differs if item.diff else None,
            **(counts if item.diff else dict.fromkeys(counts)),  # a pair that was not read has no zeros
            "signals": sum(len(change.signals) for change in item.diff) if item.diff else None,
            "notes": item.diff.doubt.told if item.diff and item.diff.doubt else None,
            "error": item.error,
        }

    def _told(self) -> str:
        unread = sum(each.error is not None for each in self)
        return super()._told() + (f", {unread} not read" if unread else "")
