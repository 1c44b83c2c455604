"""Texts amended by decisions, and the decision drafted for two texts."""

from enum import StrEnum
from typing import ClassVar, Literal

from policydiff.model.base import Record, Result, Value, cells, counted, published
from policydiff.model.revision import SidesDoubt


class Reason(StrEnum):
    """Why an order was not carried out, or why what was done is in doubt."""

    OTHER_TEXT = "other_text"
    """the order is for a text of another name"""
    WORDING = "wording"
    """no set phrase of amendments reads so"""
    NO_SUCH_PLACE = "no_such_place"
    WORDS_NOT_THERE = "words_not_there"
    """the place does not hold the words that the order quotes"""
    COUNTS_DIFFER = "counts_differ"
    """the order names another number of places than it quotes"""
    IMPOSSIBLE_NUMBER = "impossible_number"
    """the number an order gives cannot be reached by numbering through"""
    NO_PLACE = "no_place"
    """the order does not say where"""
    CONFLICT = "conflict"
    """two orders want the same number, or change what another order deletes"""
    AMBIGUOUS_PLACE = "ambiguous_place"
    """the number leaves it open on which side of a heading the article stands, or whether words are meant everywhere"""
    DANGLING_REFERENCE = "dangling_reference"
    """words the amendment leaves as they are cite a place that it deletes or shifts"""
    UNSOUND_TEXT = "unsound_text"
    """the text to be amended has two articles of one number, or its numbers do not run on: it was read wrongly or lost a part"""
    REPEALED = "repealed"
    """the decision ends the text"""


class Outcome(StrEnum):
    """How much of an amendment a text holds."""

    COMPLETE = "complete"
    """every order is carried out at every place it names, and nothing is in doubt"""
    PARTIAL = "partial"
    """some order is not carried out, or some place is in doubt: `unapplied` and `doubts` name each"""
    REFUSED = "refused"
    """the text is as it was: the amendment is for another text, or none of its orders fits"""


class AppliedInstruction(Value):
    """An order that was carried out."""

    text: str
    """The order as printed, with “…” in the place of quoted words."""
    articles: tuple[str, ...] = ()
    """Numbers, before the amendment, of the articles it changed or deleted; new numbers of those it added."""


class UnappliedInstruction(Value):
    """An order that was not carried out, or a place in doubt."""

    text: str
    """The order as printed, with “…” in the place of quoted words; empty where the whole amendment is meant."""
    reason: str
    """Reason in one sentence."""
    kind: Reason
    """Type of the reason."""
    articles: tuple[str, ...] = ()
    """Numbers, after the amendment, of the articles in which a doubt lies."""


class Difference(Value):
    """An article in which the text as published differs from what the amendment orders."""

    article: str
    """Number of the article in the published text; empty for title, introduction, headings and annexes."""
    made: str
    """Text that the orders make, one paragraph a line; empty where they make no such article."""
    published: str
    """Words of the published text; empty where it has no such article."""


class AppliedAmendment(Result[AppliedInstruction | UnappliedInstruction]):
    """Text that an amendment made of another text, with the orders carried out and those that were not."""

    schema_id: Literal["policydiff/applied-amendment/1"] = published("policydiff/applied-amendment/1")
    outcome: Outcome
    """How much of the amendment the text holds."""
    text: str
    """The new text, one paragraph a line; as it was where nothing could be carried out."""
    modified: tuple[str, ...] = ()
    """Numbers in the new text of the articles whose words were changed."""
    added: tuple[str, ...] = ()
    """Numbers, in the new text, of the articles that were added."""
    deleted: tuple[str, ...] = ()
    """Numbers, in the old text, of the articles that were deleted."""
    renumbered: tuple[tuple[str, str], ...] = ()
    """Pairs of numbers (in the old text, in the new text) of the articles that were renumbered."""
    applied: tuple[AppliedInstruction, ...] = ()
    """The orders that were carried out, as printed."""
    unapplied: tuple[UnappliedInstruction, ...] = ()
    """The orders that were not carried out, each with its reason."""
    doubts: tuple[UnappliedInstruction, ...] = ()
    """Places that were changed or left, where the amendment does not say enough."""
    acts: tuple[str, ...] = ()
    """Names of the texts that the amendment says it changes."""
    elsewhere: int = 0
    """Number of orders that are for other texts; they are not carried out."""

    commences: tuple[str, ...] = ()
    """Sentences in which the amendments say from which day they are in force, as printed; the new text holds none of them."""
    differences: tuple[Difference, ...] | None = None
    """Places where the published text differs from the text made and no order accounts for it; None where no published text was given."""
    without_change: tuple[AppliedInstruction, ...] | None = None
    """Orders that left no trace in the published text; None where no published text was given."""

    _thing: ClassVar[str] = "instruction"

    def _items(self) -> tuple[AppliedInstruction | UnappliedInstruction, ...]:
        return *self.applied, *self.unapplied, *self.doubts

    def _record(self, item: AppliedInstruction | UnappliedInstruction) -> Record:
        if isinstance(item, AppliedInstruction):
            return {"applied": True, **cells(item, "text articles"), "kind": None, "reason": None}
        return {"applied": False, "text": item.text, "articles": None, **cells(item, "kind reason")}

    def _told(self) -> str:
        done = counted(len(self.applied), "order")
        return f"{self.outcome.value}: {done} carried out, {len(self.unapplied)} not"


class DraftedAmendment(Result[str]):
    """An amending decision, proved: carried out on the old text it yields the new text."""

    schema_id: Literal["policydiff/drafted-amendment/1"] = published("policydiff/drafted-amendment/1")
    title: str
    """关于修改《…》的决定"""
    orders: tuple[str, ...]
    """The numbered orders with their quotes, without their numbers; a quote may run over several lines."""
    closing: str
    """The sentence that has the text published anew."""
    text: str
    """The whole decision, one paragraph a line."""
    doubt: SidesDoubt | None = None
    """Reason to doubt that the two texts are an earlier and a later version of one document; None where there is none."""

    _list: ClassVar[str] = "orders"

    def _record(self, item: str) -> Record:
        return {"order": item}
