"""policydiff: versions of policy documents, what changed between them, and what one took from another.

Five names cover most uses:

- `parse(text)` reads a text into a `Document`: title, number, dates, clause tree, citations, targets,
  responsibilities. It never raises on any text. `read(path)` does the same for a file of any usual format.
- `diff(old, new)` says clause by clause what changed between two versions of one document.
- `compare(local, superior)` says sentence by sentence what a local document adopted, adapted and added,
  and which clauses of the superior document it left out.
- `Store` keeps every version of every document in git.

Values are frozen pydantic models (`policydiff.model`); `model_dump_json()` gives the published JSON.
"""

from typing import TYPE_CHECKING

from policydiff.version import __version__

if TYPE_CHECKING:
    from policydiff.api import compare, diff, parse, read
    from policydiff.errors import PolicydiffError
    from policydiff.model import Clause, Comparison, Document, RevisionDiff
    from policydiff.store import Store

__all__ = [
    "Clause",
    "Comparison",
    "Document",
    "PolicydiffError",
    "RevisionDiff",
    "Store",
    "__version__",
    "compare",
    "diff",
    "parse",
    "read",
]

_HOMES = {
    "compare": "policydiff.api",
    "diff": "policydiff.api",
    "parse": "policydiff.api",
    "read": "policydiff.api",
    "PolicydiffError": "policydiff.errors",
    "Clause": "policydiff.model",
    "Comparison": "policydiff.model",
    "Document": "policydiff.model",
    "RevisionDiff": "policydiff.model",
    "Store": "policydiff.store",
}


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that `policydiff --version` loads nothing heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 (only on first use of a name)

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
