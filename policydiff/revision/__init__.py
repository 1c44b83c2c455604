"""Two versions of one document: what changed, clause by clause."""

from policydiff.revision.amending import (
    AppliedAmendment,
    AppliedInstruction,
    UnappliedInstruction,
    apply_amendment,
)
from policydiff.revision.applying import DiffDoesNotFitError, apply_diff
from policydiff.revision.diffing import diff_documents
from policydiff.revision.lineage import Appearance, ClauseLine, history
from policydiff.revision.units import Unit, UnitGroup, document_units

__all__ = [
    "Appearance",
    "AppliedAmendment",
    "AppliedInstruction",
    "ClauseLine",
    "DiffDoesNotFitError",
    "UnappliedInstruction",
    "Unit",
    "UnitGroup",
    "apply_amendment",
    "apply_diff",
    "diff_documents",
    "document_units",
    "history",
]
