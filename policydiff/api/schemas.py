"""JSON Schemas of the published results, made from the models.

The description of each field is read from the source.
"""

import ast
import inspect
import sys
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel

from policydiff.errors import UsageError

GLOSSARY = {
    "address": "The clause as a reader would cite it.",
    "added": "Number of clauses or files that are new.",
    "band": "How sure the score is.",
    "change": "How the two sides stand to each other.",
    "citation": "The citation, as the document has it.",
    "citations": "Documents cited, in reading order.",
    "clause": "Id of the clause.",
    "clauses": "The clauses, in reading order.",
    "commit": "Commit of the store's repository, hexadecimal.",
    "detail": "What else is known, in one sentence.",
    "diagnostics": "Doubts about the document.",
    "document": "The document concerned.",
    "document_number": "发文字号 in its one normal form; None where there is none.",
    "documents": "The documents, in the order given or by id.",
    "drafting_body": "Body that drafted the text (起草单位), None where it is not named.",
    "effective": "Day on which it comes into force (施行日期), None where unknown.",
    "error": "Why it could not be done, in one sentence; None where it was done.",
    "expires": "Last day in force, None until further notice.",
    "extractor": "Name of the extractor that read the bytes.",
    "extractor_version": "Version of the extractor.",
    "facts": "What holds of many clauses at once.",
    "file": "The file as the user named it.",
    "folder": "Folder of the store.",
    "grammar": "Which numbering conventions the text follows.",
    "hits": "The clauses found, best first.",
    "id": "Id of the document or clause.",
    "identity": "What stays the same through all versions of the document.",
    "issued": "成文日期; None where the text bears none.",
    "issuing_bodies": "Bodies that issued the document (发文机关), in order.",
    "kind": "What kind it is.",
    "label": "Number as printed with its marks, None where there is none.",
    "local": "The local side.",
    "media_type": "Media type of the captured bytes.",
    "merged": "Number of clauses made of several.",
    "message": "What was found, in one sentence.",
    "modified": "Number of clauses whose words changed.",
    "moved": "Whether, or how many, stand elsewhere than before.",
    "new": "The later side.",
    "old": "The earlier side.",
    "outcome": "What became of it.",
    "previous": "The version before, None for a first one.",
    "published": "公布日期; None where unknown.",
    "query": "The words searched for.",
    "relation": "How the local side stands to the superior one.",
    "relations": "Links to other documents.",
    "removed": "Number of clauses that are gone.",
    "renumbered": "Whether, or how many, have another number than before.",
    "responsibilities": "Who does what, in reading order.",
    "responsibility": "The note, as the document has it.",
    "retrieved_at": "When the bytes were captured, UTC.",
    "run": "Name of the run: when it began, UTC.",
    "score": "0…1; higher is surer.",
    "signals": "Differences of substance, the weightiest first.",
    "source": "Name of the watched source.",
    "source_sha256": "SHA-256 of the captured bytes, hexadecimal.",
    "span": "Place in the extracted text, half-open code points.",
    "split": "Number of clauses that became several.",
    "status": "What became of it.",
    "summary": "Counts over the result.",
    "superior": "The superior side.",
    "target": "The target, as the document has it.",
    "targets": "Quantified targets, in reading order.",
    "text": "The words, as the document has them.",
    "text_sha256": "SHA-256 of the extracted text, hexadecimal.",
    "title": "Title of the document, None where it has none.",
    "type": "What kind it is.",
    "unchanged": "Number of clauses or files that are as before.",
    "unit": "The clause, quoted.",
    "url": "Address it was captured from, None where unknown.",
    "version": "Name of the version.",
    "versions": "Versions, or their number.",
    "warnings": "Doubts about how the text was read.",
}
"""What a field name means wherever it stands; a docstring beside the field goes before it."""


def describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put a description beside each field of a schema: its docstring, else what its name means everywhere."""
    known = {each.__name__: each for each in _models(model, set())}
    for name, part in [(model.__name__, schema), *schema.get("$defs", {}).items()]:
        told = _docstrings(known[name]) if name in known else {}
        for field, described in part.get("properties", {}).items():
            meaning = "Name and number of this contract." if field == "schema" else GLOSSARY.get(field)
            said = told.get(field) or meaning
            if said and "description" not in described:
                described["description"] = said


def _models(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Return a model and all models below it."""
    seen.add(model)
    waiting = [field.annotation for field in model.model_fields.values()]
    while waiting:
        annotation = waiting.pop()
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation not in seen:
                _models(annotation, seen)
        else:
            waiting.extend(get_args(annotation))
    return seen


@cache
def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Return the string below each field of a class and of those it is made from."""
    told: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, BaseModel) and each is not BaseModel:
            told |= _fields_told(each)
    return told


def _fields_told(model: type[BaseModel]) -> dict[str, str]:
    """Return the string below each field in the class statement."""
    body = _statement(model)
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def _statement(model: type[BaseModel]) -> list[ast.stmt]:
    """Return the body of the class statement; a public class bears the package's name, so its module is looked for."""
    for name, module in list(sys.modules.items()):
        if name.startswith("policydiff.") and vars(module).get(model.__name__) is model:
            found = _classes(name).get(model.__name__)
            if found is not None:
                return found
    return []


@cache
def _classes(module: str) -> dict[str, list[ast.stmt]]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}


_HOMES = {
    "added-sources": ("policydiff.watch.trial", "AddedSources"),
    "add": ("policydiff.api.recording", "AddReport"),
    "applied-amendment": ("policydiff.model.amended", "AppliedAmendment"),
    "audit": ("policydiff.store", "AuditLog"),
    "blame": ("policydiff.model.listed", "Blame"),
    "check": ("policydiff.checks", "CheckReport"),
    "citations": ("policydiff.model.listed", "CitationList"),
    "comparison": ("policydiff.model", "Comparison"),
    "document": ("policydiff.model", "Document"),
    "documents": ("policydiff.model.listed", "DocumentList"),
    "corpus-reuse": ("policydiff.reuse.bulk", "CorpusReuse"),
    "document-reuse": ("policydiff.reuse.found", "DocumentReuse"),
    "document-sources": ("policydiff.reuse.found", "DocumentSources"),
    "delegations": ("policydiff.model.lagging", "DelegationList"),
    "drafted-amendment": ("policydiff.model.amended", "DraftedAmendment"),
    "families": ("policydiff.reuse.found", "FamilyList"),
    "health": ("policydiff.watch.health", "Health"),
    "history": ("policydiff.model", "RevisionHistory"),
    "import": ("policydiff.collection.importing", "ImportSummary"),
    "log": ("policydiff.model.listed", "VersionLog"),
    "pace-comparison": ("policydiff.model", "PaceComparison"),
    "peer-comparison": ("policydiff.model", "PeerComparison"),
    "radar": ("policydiff.model.lagging", "Radar"),
    "responsibilities": ("policydiff.model.listed", "ResponsibilityList"),
    "revision-batch": ("policydiff.model", "RevisionBatch"),
    "revision": ("policydiff.model", "RevisionDiff"),
    "run": ("policydiff.watch.examine", "RunReport"),
    "search": ("policydiff.model.listed", "SearchHits"),
    "sourced-comparison": ("policydiff.model", "SourcedComparison"),
    "sources": ("policydiff.watch.trial", "SourceList"),
    "spread": ("policydiff.reuse.found", "ClauseSpread"),
    "status": ("policydiff.collection.relations", "Standing"),
    "targets": ("policydiff.model.listed", "TargetList"),
    "trial": ("policydiff.watch.trial", "TrialReport"),
    "validity": ("policydiff.model.lagging", "ValidityReport"),
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
