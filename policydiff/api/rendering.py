"""Renders results as reports, and makes the published JSON Schema of each kind of result from its model.

The format is given by name or by the extension of the output file; the default language is the user's. The description of each
field in a schema is the docstring below the field in the source code.
"""

import ast
import inspect
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from policydiff.api.opening import is_file
from policydiff.errors import UsageError, cannot_write
from policydiff.model.base import Language, Result, WordFile
from policydiff.platforms import at_home, user_language

if TYPE_CHECKING:
    from policydiff.report import Format, RenderOptions


def render(
    result: Result[Any],
    form: "Format | str" = "html",
    *,
    lang: Language | None = None,
    options: "RenderOptions | None" = None,
) -> str | bytes:
    """Return the report of a result: text, or bytes for csv, xlsx and docx.

    The same result, format and language always give the same bytes.

    Args:
        result: What a verb returned.
        form: terminal, markdown, html, json, csv, xlsx or docx.
        lang: Language of the labels; None for the user's own (`POLICYDIFF_LANG`, else the locale).
        options: Choices about looks.

    Raises:
        UsageError: if there is no such format or language, or the result has no report in that format.
    """
    if not isinstance(result, Result):
        raise UsageError(f"a report is made of a result of policydiff, not of {type(result).__name__}")
    if form == "json":  # needs no report
        return result.to_json()
    from policydiff.report import render as render_report

    return render_report(result, form, lang=language(lang), options=options)


def save(
    result: Result[Any],
    path: "str | os.PathLike[str]",
    *,
    form: "Format | str | None" = None,
    lang: Language | None = None,
) -> Path:
    """Write the report of a result to a file and return its path; folders that are missing are made.

    Args:
        result: What a verb returned.
        path: The file. Its ending chooses the format: .html .docx .xlsx .csv .md .json .txt
        form: The format by name, where the ending of the file does not determine it.
        lang: Language of the labels; None for the user's own.

    Raises:
        UsageError: if `path` is no path, no format fits, or the file cannot be written.
    """
    place = place_of(path)
    read = (getattr(each, "reference", None) for each in (result, *result.sides))
    refuse_source(place, [reference.file for reference in read if reference is not None])
    content = render(result, format_of_file(place, form), lang=lang)
    return write_file(content, place)


def save_word_file(made: WordFile, path: "str | os.PathLike[str]") -> Path:
    """Write a result that is a Word file itself and return its path; missing folders are created.

    Raises:
        UsageError: if the file cannot be written, or its name has the ending of another format.
    """
    place = place_of(path)
    if place.suffix.lower() != ".docx":
        raise UsageError(f"a {type(made).__name__} is a Word file: {place.name} should end in .docx")
    return write_file(made.file, place)


def place_of(path: "str | os.PathLike[str]") -> Path:
    """Return where to write.

    Raises:
        UsageError: if it is no path.
    """
    if not isinstance(path, str | os.PathLike):
        raise UsageError(
            f"save takes the path of a file, not {type(path).__name__}: to_html() and its like give the words"
        )
    return Path(at_home(os.fspath(path)))


def refuse_source(place: Path, given: Iterable[object]) -> None:
    """Refuse to write over a file that is being read, because its content would be lost.

    Args:
        place: Where to write.
        given: What may name files that are read: names, paths, lists of these; anything else names none.

    Raises:
        UsageError: if one of them is this file.
    """
    if not is_file(os.fspath(place)):
        return
    named = (each for value in given for each in (value if isinstance(value, list | tuple) else [value]))
    for each in named:
        if isinstance(each, str | os.PathLike) and is_file(os.fspath(each)) and place.samefile(each):
            raise UsageError(f"{place} is a file that is read: name another one")


def write_file(content: str | bytes, path: Path) -> Path:
    """Write text as UTF-8, or bytes, to a file; missing folders are created.

    Raises:
        UsageError: if it cannot be written.
        DiskFullError: if no room is left; a file that stood there stands there still.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8") if isinstance(content, str) else content
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_bytes(data)  # a pipe, /dev/null
        else:
            _replace(path, data)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero character
        raise cannot_write(path, error) from error
    return path


def _replace(path: Path, data: bytes) -> None:
    """Write a file beside its place and then move it there, so that a full disk or an ended run leaves no half file."""
    beside = path.with_name(f".policydiff-{os.getpid()}-{threading.get_ident()}")
    try:
        beside.write_bytes(data)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except PermissionError:
        path.write_bytes(data)  # the file may be written, the folder not
    finally:
        beside.unlink(missing_ok=True)


def format_of_file(path: Path, named: str | None = None) -> str:
    """Return the named format, else the format of a file's ending.

    Raises:
        UsageError: if the ending belongs to a format other than the named one, or to none.
    """
    from policydiff.report import format_for

    form = format_for(path.name)
    if named:
        if form is not None and form.value != named:
            raise UsageError(f"{path.name} would hold {named}: give it another ending, or name no format")
        return named
    if form is None:
        if os.path.isdir(path):  # noqa: PTH112 (False for a name that no file can have)
            raise UsageError(f"{path} is a folder: name a file in it")
        raise UsageError(
            f"{path.name} has the ending of no report: use .html, .docx, .xlsx, .csv, .md, .json or .txt, or name the "
            "format; for a PDF, print the HTML report"
        )
    return form.value


def language(given: str | None = None) -> Language:
    """Return the language asked for, else `POLICYDIFF_LANG`, else zh where the locale is Chinese and en elsewhere.

    Raises:
        UsageError: if there are no labels in that language.
    """
    asked = os.environ.get("POLICYDIFF_LANG") if given is None else given
    if asked or given is not None:
        found: Language | None = next((known for known in get_args(Language) if known == asked), None)
        if found is None:
            raise UsageError(f"labels come in zh and en, not in {asked!r}")
        return found
    return "zh" if user_language() == "zh" else "en"


@cache
def glossary() -> dict[str, str]:
    """Return the meaning of field names that are equal in every result; a docstring at the field takes precedence."""
    lines = files("policydiff.api").joinpath("glossary.tsv").read_text("utf-8").splitlines()
    return {name: meaning for name, _, meaning in (line.partition("\t") for line in lines)}


def describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put a description beside each field of a schema: the field's docstring, else the glossary's meaning of its name."""
    known = {each.__name__: each for each in _models(model, set())}
    for name, part in [(model.__name__, schema), *schema.get("$defs", {}).items()]:
        told = _docstrings(known[name]) if name in known else {}
        for field, described in part.get("properties", {}).items():
            meaning = "Name and number of this contract." if field == "schema" else glossary().get(field)
            said = told.get(field) or meaning
            if said and "description" not in described:
                described["description"] = said


def _models(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Return a model and all models in its fields, at any depth."""
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
    """Return the docstring of each field of a class, inherited fields included."""
    told: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, BaseModel) and each is not BaseModel:
            # The string below each field in the class statement
            body = _statement(each)
            told |= {
                field.target.id: inspect.cleandoc(below.value.value)
                for field, below in pairwise(body)
                if isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(below, ast.Expr)
                and isinstance(below.value, ast.Constant)
                and isinstance(below.value.value, str)
            }
    return told


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
    "added-sources": ("policydiff.watch.watched", "AddedSources"),
    "add": ("policydiff.api.recording", "AddReport"),
    "applied-amendment": ("policydiff.model.amended", "AppliedAmendment"),
    "audit": ("policydiff.store", "AuditLog"),
    "blame": ("policydiff.model.listed", "Blame"),
    "check": ("policydiff.checks", "CheckReport"),
    "citations": ("policydiff.model.listed", "CitationList"),
    "comparison": ("policydiff.model", "Comparison"),
    "document": ("policydiff.model", "Document"),
    "documents": ("policydiff.model.listed", "DocumentList"),
    "corpus-reuse": ("policydiff.reuse", "CorpusReuse"),
    "document-reuse": ("policydiff.reuse", "DocumentReuse"),
    "document-sources": ("policydiff.reuse", "DocumentSources"),
    "delegations": ("policydiff.model.lagging", "DelegationList"),
    "drafted-amendment": ("policydiff.model.amended", "DraftedAmendment"),
    "families": ("policydiff.reuse", "FamilyList"),
    "health": ("policydiff.watch.watched", "Health"),
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
    "sources": ("policydiff.watch.watched", "SourceList"),
    "spread": ("policydiff.reuse", "ClauseSpread"),
    "status": ("policydiff.collection.relations", "Standing"),
    "targets": ("policydiff.model.listed", "TargetList"),
    "trial": ("policydiff.watch.watched", "TrialReport"),
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
        name: The `schema` of a result (`policydiff/comparison/2`), or its part between the strokes (`comparison`).

    Raises:
        UsageError: There is no schema of that name.
    """
    whole = re.fullmatch(r"policydiff/(.+)/\d+", name) if isinstance(name, str) else None
    kind = whole[1] if whole else name
    if not isinstance(kind, str) or kind not in _HOMES:
        raise UsageError(f"no schema is called {name!r}: use one of {', '.join(_HOMES)}")
    model = model_of(kind)
    published = model.model_fields["schema_id"].default
    if whole and name != published:
        raise UsageError(f"this version of policydiff writes {published}, and no {name}")
    described = model.model_json_schema(mode="serialization")
    describe(described, model)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": published, **described}


def model_of(name: str) -> Any:
    """Return the result class that a schema describes; internal."""
    module, model = _HOMES[name]
    return getattr(import_module(module), model)
