"""JSON Schemas of the published results, made from the models.

The description of each field is read from the source.
"""

import ast
import inspect
import sys
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel

from policydiff.errors import UsageError


@cache
def glossary() -> dict[str, str]:
    """Return what a field name means wherever it stands; a docstring beside the field goes before it."""
    lines = files("policydiff.api").joinpath("glossary.tsv").read_text("utf-8").splitlines()
    return {name: meaning for name, _, meaning in (line.partition("\t") for line in lines)}


def describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put a description beside each field of a schema: its docstring, else what its name means everywhere."""
    known = {each.__name__: each for each in _models(model, set())}
    for name, part in [(model.__name__, schema), *schema.get("$defs", {}).items()]:
        told = _docstrings(known[name]) if name in known else {}
        for field, described in part.get("properties", {}).items():
            meaning = "Name and number of this contract." if field == "schema" else glossary().get(field)
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
    "corpus-reuse": ("policydiff.reuse.found", "CorpusReuse"),
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
    if not isinstance(name, str) or name not in _HOMES:
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
