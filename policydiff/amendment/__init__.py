"""Official amendments: their orders read, and carried out on the text before."""

from policydiff.amendment.amending import (
    AppliedAmendment,
    AppliedInstruction,
    UnappliedInstruction,
    apply_amendment,
)

__all__ = ["AppliedAmendment", "AppliedInstruction", "UnappliedInstruction", "apply_amendment"]
