"""Two versions of one document: what changed, clause by clause. Amendments are in `policydiff.amendment`."""

from policydiff.revision.applying import DiffDoesNotFitError, apply_diff
from policydiff.revision.diffing import diff_documents
from policydiff.revision.lineage import choose_clauses, history
from policydiff.revision.units import Unit, UnitGroup, document_units

__all__ = [
    "DiffDoesNotFitError",
    "Unit",
    "UnitGroup",
    "apply_diff",
    "choose_clauses",
    "diff_documents",
    "document_units",
    "history",
]
