"""Two versions of one document: what changed, clause by clause. Amendments are in `policydiff.amendment`."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policydiff.revision.diffing import diff_documents as diff_documents
    from policydiff.revision.lineage import (
        choose_clauses as choose_clauses,
        history as history,
        last_written as last_written,
    )
    from policydiff.revision.units import (
        Unit as Unit,
        UnitGroup as UnitGroup,
        document_units as document_units,
    )


_MODULES = {
    "Unit": "units",
    "UnitGroup": "units",
    "choose_clauses": "lineage",
    "diff_documents": "diffing",
    "document_units": "units",
    "history": "lineage",
    "last_written": "lineage",
}
"""The module of each name, loaded when the name is first asked for: two equal texts are told so without most of them."""


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
