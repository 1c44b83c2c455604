"""Official amendments: their orders read, and carried out on the text before; and the amendment written for two texts."""

from policydiff.amendment.amending import account as account, apply_amendment as apply_amendment
from policydiff.amendment.drafting import (
    CannotDraftError as CannotDraftError,
    draft_amendment as draft_amendment,
)
from policydiff.model.amended import (
    AppliedAmendment as AppliedAmendment,
    AppliedInstruction as AppliedInstruction,
    Difference as Difference,
    DraftedAmendment as DraftedAmendment,
    Outcome as Outcome,
    Reason as Reason,
    UnappliedInstruction as UnappliedInstruction,
)
