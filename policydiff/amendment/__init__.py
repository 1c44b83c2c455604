"""Official amendments: their orders read, and carried out on the text before; and the amendment written for two texts."""

from policydiff.amendment.amending import account, apply_amendment
from policydiff.amendment.drafting import CannotDraftError, draft_amendment
from policydiff.model.amended import (
    AppliedAmendment,
    AppliedInstruction,
    Difference,
    DraftedAmendment,
    Outcome,
    Reason,
    UnappliedInstruction,
)

__all__ = [
    "AppliedAmendment",
    "AppliedInstruction",
    "CannotDraftError",
    "Difference",
    "DraftedAmendment",
    "Outcome",
    "Reason",
    "UnappliedInstruction",
    "account",
    "apply_amendment",
    "draft_amendment",
]
