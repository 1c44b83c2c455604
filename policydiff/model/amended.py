"""Texts amended by decisions, and the decision drafted for two texts."""

from enum import StrEnum
from typing import ClassVar, Literal

from policydiff.model.base import Record, Result, Value, cells, counted, published
from policydiff.model.revision import SidesDoubt


class Reason(StrEnum):
    """Reason why an order was not carried out, or why its result is in doubt."""

    OTHER_TEXT = "other_text"
    """the order is for a text with another name"""
    WORDING = "wording"
    """no set phrase of amendments reads so"""
    NO_SUCH_PLACE = "no_such_place"
    WORDS_NOT_THERE = "words_not_there"
    """the place does not hold the quoted words"""
    COUNTS_DIFFER = "counts_differ"
    """the order names a number of places that differs from the number of its quotes"""
    IMPOSSIBLE_NUMBER = "impossible_number"
    """the number an order gives cannot be reached by numbering through"""
    NO_PLACE = "no_place"
    """the order does not name a place"""
    CONFLICT = "conflict"
    """two orders want the same number, or an order changes words that another order deletes"""
    AMBIGUOUS_PLACE = "ambiguous_place"
    """the number does not show the side of a heading on which the article stands, or whether every occurrence of the words is meant"""
    DANGLING_REFERENCE = "dangling_reference"
    """words that the amendment leaves unchanged cite a place that it deletes or renumbers"""
    UNSOUND_TEXT = "unsound_text"
    """the text to be amended has two articles with one number, or a gap in its numbers: it was misread or lost a part"""
    REPEALED = "repealed"
    """the decision ends the text"""


class Outcome(StrEnum):
    """How much of an amendment a text holds."""

    COMPLETE = "complete"
    """every order is carried out at every place it names, and nothing is in doubt"""
    PARTIAL = "partial"
    """some order is not carried out, or some place is in doubt: `unapplied` and `doubts` name each"""
    REFUSED = "refused"
    """the text is unchanged: the amendment is for another text, or none of its orders fits"""


class AppliedInstruction(Value):
    """An order that was carried out."""

    text: str
    """The order as printed, with “…” in the place of quoted words."""
    articles: tuple[str, ...] = ()
    """Old numbers of the articles changed or deleted; new numbers of the articles added."""


class UnappliedInstruction(Value):
    """An order that was not carried out, or a place in doubt."""

    text: str
    """The order as printed, with “…” in the place of quoted words; empty where the whole amendment is meant."""
    reason: str
    """Reason in one sentence."""
    kind: Reason
    """Type of the reason."""
    articles: tuple[str, ...] = ()
    """Numbers, after the amendment, of the articles in doubt."""


class Difference(Value):
    """An article in which the published text differs from the amendment's orders."""

    article: str
    """Number of the article in the published text; empty for title, introduction, headings and annexes."""
    made: str
    """Text made by the orders, one paragraph a line; empty if they make no such article."""
    published: str
    """Words of the published text; empty if it has no such article."""


class AppliedAmendment(Result[AppliedInstruction | UnappliedInstruction]):
    """Text that an amendment made of another text, with the orders carried out and the orders left out."""

    schema_id: Literal["policydiff/applied-amendment/1"] = published("policydiff/applied-amendment/1")
    outcome: Outcome
    """How much of the amendment the text holds."""
    text: str
    """The new text, one paragraph a line; the unchanged text if nothing could be carried out."""
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
    """Places, changed or unchanged, about which the amendment is not clear."""
    acts: tuple[str, ...] = ()
    """Names of the texts that the amendment states to change."""
    elsewhere: int = 0
    """Number of orders for other texts, which are not carried out."""

    commences: tuple[str, ...] = ()
    """Sentences, as printed, in which the amendments state their first day in force; the new text holds none of them."""
    differences: tuple[Difference, ...] | None = None
    """Places where the published text differs from the text made and no order accounts for it; None where no published text was given."""
    without_change: tuple[AppliedInstruction, ...] | None = None
    """Orders that left no trace in the published text; None if no published text was given."""

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
    """The sentence that orders the text to be published anew."""
    text: str
    """The whole decision, one paragraph a line."""
    doubt: SidesDoubt | None = None
    """Reason to doubt that the two texts are an earlier and a later version of one document; None without a doubt."""

    _list: ClassVar[str] = "orders"

    def _record(self, item: str) -> Record:
        return {"order": item}
