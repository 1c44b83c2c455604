"""policydiff: versions of policy documents, changes between versions, and the content that one document takes from another.

The verbs:

- `parse(text)` reads a text into a `Document`: title, number, dates, clause tree, citations, targets,
  responsibilities. `read(path)` does the same for a file of any usual format, for bytes and for open files.
- `diff(old, new)` says clause by clause what changed between two versions of one document; `history(*versions)`
  follows every clause through all of them; `apply(old, amendment)` builds the text that an amendment makes, and
  `draft(old, new)` writes the amendment that makes one text of another.
- `redline(old, new)` gives the old version's own Word file with tracked changes, proved before it is given.
- `compare(local, superior)` says sentence by sentence what a local document adopted, adapted and added, and which
  clauses of the superior document it left out; it takes several superiors, peers, and a superior before its revision.
- `targets`, `responsibilities` and `cites` list what a document lays down; `check` holds a change against rules.
- `Store` keeps every version of every document in git and has all of this for the documents it holds; `search` finds
  clauses in one.

Every verb takes a `Document` or a path. What it returns is a frozen value that knows the documents it was made from:
`to_html()`, `to_docx()`, `to_markdown()`, `to_json()`, `to_records()`, `save(path)`; it has a length and can be
iterated over. Every error raised on purpose is a `PolicydiffError`.

What is named here is public and keeps its name and meaning between minor versions. Everything else, whatever its name,
is internal.
"""

from types import FunctionType
from typing import TYPE_CHECKING

from policydiff.renderer import Renderer, render_with
from policydiff.version import __version__

if TYPE_CHECKING:
    from policydiff.api.more_verbs import annotated, apply, check, draft, redline
    from policydiff.api.opening import cites, responsibilities, targets
    from policydiff.api.rendering import render, schema
    from policydiff.api.stores import Store, search
    from policydiff.api.verbs import compare, diff, diff_pairs, history, parse, read
    from policydiff.checks import CheckReport
    from policydiff.comparison import SentenceEncoder
    from policydiff.errors import (
        AmendmentRefusedError,
        DamagedStoreError,
        DoubtfulIdentityError,
        InvalidIdentifierError,
        LayoutChangedError,
        NotFoundError,
        PolicydiffError,
        SourcesFailedError,
        UnreadableInputError,
        UsageError,
        WriteConflictError,
    )
    from policydiff.extract import Limits
    from policydiff.model import (
        Change,
        Clause,
        Comparison,
        Document,
        PaceComparison,
        PeerComparison,
        Reference,
        RevisionBatch,
        RevisionDiff,
        RevisionHistory,
        SentenceComparison,
        Signal,
        SourcedComparison,
    )
    from policydiff.model.amended import AppliedAmendment, DraftedAmendment
    from policydiff.model.lagging import DelegationList, Radar, ValidityReport
    from policydiff.model.listed import SearchHits
    from policydiff.redlining import Redline, RedlineChoices, RedlineRefusedError

__all__ = [
    "AmendmentRefusedError",
    "AppliedAmendment",
    "Change",
    "CheckReport",
    "Clause",
    "Comparison",
    "DamagedStoreError",
    "DelegationList",
    "Document",
    "DoubtfulIdentityError",
    "DraftedAmendment",
    "InvalidIdentifierError",
    "LayoutChangedError",
    "Limits",
    "NotFoundError",
    "PaceComparison",
    "PeerComparison",
    "PolicydiffError",
    "Radar",
    "Redline",
    "RedlineChoices",
    "RedlineRefusedError",
    "Reference",
    "RevisionBatch",
    "RevisionDiff",
    "RevisionHistory",
    "SearchHits",
    "SentenceComparison",
    "SentenceEncoder",
    "Signal",
    "SourcedComparison",
    "SourcesFailedError",
    "Store",
    "UnreadableInputError",
    "UsageError",
    "ValidityReport",
    "WriteConflictError",
    "__version__",
    "annotated",
    "apply",
    "check",
    "cites",
    "compare",
    "diff",
    "diff_pairs",
    "draft",
    "history",
    "parse",
    "read",
    "redline",
    "render",
    "responsibilities",
    "schema",
    "search",
    "targets",
]

_HOMES = {
    "policydiff.model.amended": ("AppliedAmendment", "DraftedAmendment"),
    "policydiff.model.lagging": ("DelegationList", "Radar", "ValidityReport"),
    "policydiff.api.opening": ("cites", "responsibilities", "targets"),
    "policydiff.api.more_verbs": ("annotated", "apply", "check", "draft", "redline"),
    "policydiff.api.rendering": ("render", "schema"),
    "policydiff.api.stores": ("Store", "search"),
    "policydiff.api.verbs": ("compare", "diff", "diff_pairs", "history", "parse", "read"),
    "policydiff.checks": ("CheckReport",),
    "policydiff.comparison": ("SentenceEncoder",),
    "policydiff.extract": ("Limits",),
    "policydiff.redlining": ("Redline", "RedlineChoices", "RedlineRefusedError"),
    "policydiff.model.listed": ("SearchHits",),
}
"""Homes of the public names; errors that are not named here are in `policydiff.errors`, other values in `policydiff.model`."""


def _home(name: str) -> str:
    named = next((home for home, names in _HOMES.items() if name in names), None)
    return named or ("policydiff.errors" if name.endswith("Error") else "policydiff.model")


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that `policydiff --version` loads nothing heavy."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 (only on first use of a name)

    value: object = getattr(import_module(_home(name)), name)
    if isinstance(value, FunctionType):
        from policydiff.api.arguments import guarded  # noqa: PLC0415 (as above)

        value = guarded(value)
    value.__module__ = __name__  # help, tracebacks and pickles name what is public
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


@render_with
def _rendering() -> Renderer:
    from policydiff.api import rendering  # noqa: PLC0415 (only for the first report)

    return rendering
