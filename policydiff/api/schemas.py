"""JSON Schemas of the published results, made from the models; the docstring of each field describes it."""

from importlib import import_module
from typing import Any

from policydiff.api.described import describe
from policydiff.errors import UsageError

_HOMES = {
    "added-sources": ("policydiff.watch.trial", "AddedSources"),
    "add": ("policydiff.api.recording", "AddReport"),
    "applied-amendment": ("policydiff.model.amended", "AppliedAmendment"),
    "audit": ("policydiff.store", "AuditLog"),
    "blame": ("policydiff.report", "Blame"),
    "check": ("policydiff.checks", "CheckReport"),
    "citations": ("policydiff.report", "CitationList"),
    "comparison": ("policydiff.model", "Comparison"),
    "document": ("policydiff.model", "Document"),
    "documents": ("policydiff.report", "DocumentList"),
    "corpus-reuse": ("policydiff.reuse", "CorpusReuse"),
    "document-reuse": ("policydiff.reuse", "DocumentReuse"),
    "document-sources": ("policydiff.reuse", "DocumentSources"),
    "delegations": ("policydiff.model.lagging", "DelegationList"),
    "drafted-amendment": ("policydiff.model.amended", "DraftedAmendment"),
    "families": ("policydiff.reuse", "FamilyList"),
    "health": ("policydiff.watch.health", "Health"),
    "history": ("policydiff.model", "RevisionHistory"),
    "import": ("policydiff.collection.importing", "ImportSummary"),
    "log": ("policydiff.report", "VersionLog"),
    "pace-comparison": ("policydiff.model", "PaceComparison"),
    "peer-comparison": ("policydiff.model", "PeerComparison"),
    "radar": ("policydiff.model.lagging", "Radar"),
    "responsibilities": ("policydiff.report", "ResponsibilityList"),
    "revision-batch": ("policydiff.model", "RevisionBatch"),
    "revision": ("policydiff.model", "RevisionDiff"),
    "run": ("policydiff.watch.examine", "RunReport"),
    "search": ("policydiff.report", "SearchHits"),
    "sourced-comparison": ("policydiff.model", "SourcedComparison"),
    "sources": ("policydiff.watch.trial", "SourceList"),
    "spread": ("policydiff.reuse", "ClauseSpread"),
    "status": ("policydiff.collection.relations", "Standing"),
    "targets": ("policydiff.report", "TargetList"),
    "trial": ("policydiff.watch.trial", "TrialReport"),
    "validity": ("policydiff.model.standing", "ValidityReport"),
    "verification": ("policydiff.store", "Verification"),
}
"""Name of a schema to the module and class of its result."""


def schemas() -> tuple[str, ...]:
    """Return the names of the published schemas."""
    return tuple(_HOMES)


def schema(name: str) -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of a published result.

    Args:
        name: The part of a result's `schema` between the strokes: `comparison` of `policydiff/comparison/1`.

    Raises:
        UsageError: There is no schema of that name.
    """
    if name not in _HOMES:
        raise UsageError(f"no schema is called {name!r}: use one of {', '.join(_HOMES)}")
    model = model_of(name)
    described = model.model_json_schema(mode="serialization")
    describe(described, model)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": model.model_fields["schema_id"].default,
        **described,
    }


def model_of(name: str) -> Any:
    """Return the class of the result that a schema describes; internal."""
    module, model = _HOMES[name]
    return getattr(import_module(module), model)
