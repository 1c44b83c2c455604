"""Every message id that the code asks the catalogue for, found as a translator's tool would find it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from babel.messages.extract import extract_from_dir

from policydiff.cli.app import program
from policydiff.report import words
from policydiff.report.catalog import paragraphs
from policydiff.report.records_page import _COLUMNS
from policydiff.report.standing_lists import STATES

PACKAGE = Path(__file__).resolve().parents[2] / "policydiff"
REPORT = PACKAGE / "report"
METHODS = [("**.py", "python"), ("report/templates/**.j2", "jinja2.ext:babel_extract")]
KEYWORDS = {"say": None, "_say": None, "N_": None, "plural": (1, 2)}
OPTIONS = {"report/templates/**.j2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}

Message = str | tuple[str, str]


def messages() -> set[Message]:
    """Return message ids; a pair of singular and plural for counted ones."""
    found: set[Message] = set()
    for _, _, message, _, _ in extract_from_dir(
        PACKAGE, method_map=METHODS, keywords=KEYWORDS, options_map=OPTIONS
    ):
        found.add(tuple(message) if isinstance(message, tuple | list) else message)
    return found


def published() -> set[str]:
    """Return the words for published names and fields, most of which are the names themselves in plain English."""
    tables = [each for each in vars(words).values() if isinstance(each, dict) and "__name__" not in each]
    return {
        label for table in (*tables, STATES, _COLUMNS) for label in table.values() if isinstance(label, str)
    }


def _errors(trees: dict[Path, ast.Module]) -> set[str]:
    """Return the names of `PolicydiffError` and all classes made of it."""
    known = {"PolicydiffError"}
    classes = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        more = {node.name for node in classes if {ast.unparse(base) for base in node.bases} & known} - known
        if not more:
            return known
        known |= more


class _Pieces:
    """The sentences and parts of sentences that an expression can give, with numbered places: `{1} is a folder`."""

    def __init__(self, tree: ast.Module, constants: dict[str, ast.expr]) -> None:
        self._constants = constants
        self._functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self._seen: set[str] = set()

    def of(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and " " in node.value.strip():
                yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from self._joined(node)
        elif isinstance(node, ast.Name):
            if node.id in self._constants:
                yield from self.of(self._constants[node.id])
        elif isinstance(node, ast.Call):
            yield from self._called(node)
        elif isinstance(node, ast.IfExp):
            for branch in (node.body, node.orelse):
                yield from self.of(branch)
        else:
            for child in ast.iter_child_nodes(node):
                yield from self.of(child)

    def _called(self, node: ast.Call) -> Iterator[str]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in self._functions and name not in self._seen:
            self._seen.add(name)
            for each in ast.walk(self._functions[name]):
                if isinstance(each, ast.Return) and each.value is not None:
                    yield from self.of(each.value)
        for child in node.args:
            yield from self.of(child)

    def _joined(self, node: ast.JoinedStr) -> Iterator[str]:
        numbers: dict[str, int] = {}
        text = ""
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from self.of(part.value)
                text += f"{{{numbers.setdefault(ast.unparse(part), len(numbers) + 1)}}}"
            elif isinstance(part, ast.Constant):
                text += part.value
        if re.search("[a-z]{2}", text):
            yield text


def sentences() -> set[str]:
    """Return every sentence of an error, and every remark of the command line, as `front_words` looks them up."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}
    constants = {
        target.id: node.value
        for tree in trees.values()
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id.strip("_").isupper()
    }
    raised = _errors(trees) | {
        "_error", "note", "tell_result", "Remark", "CannotApplyError", "worded", "Judgement", "Lookalikes", "doubts.warn", "doubts.note",
    }  # fmt: skip
    found: set[str] = set()
    for tree in trees.values():
        pieces = _Pieces(tree, constants)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = _called(node.func)
                if name in raised:
                    given = [*node.args[name == "Remark" :], *(each.value for each in node.keywords)]
                    for argument in given:  # the kind of a warning is no words
                        found.update(piece.strip() for piece in pieces.of(argument))
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in _TOLD and _places(tree):
                found.update(piece.strip() for piece in pieces.of(node.value))
    return found


def _called(node: ast.expr) -> str:
    """Return the name of what is called: of a function, or of the method of a name; empty for anything else."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _places(tree: ast.Module) -> bool:
    """Return whether a module says where a text was placed, and why."""
    return any(
        (isinstance(node, ast.Constant) and node.value == "placement")
        or (isinstance(node, ast.ClassDef) and node.name == "Judgement")
        for node in ast.walk(tree)
    )


_TOLD = frozenset({"told", "what", "numbers", "reason"})
"""Names of the parts of such a sentence."""


def helps() -> set[str]:
    """Return every paragraph of help, of commands, arguments and options."""
    found: set[str] = set()

    def collect(command: Any) -> None:
        found.update(paragraphs(command.help or ""))
        for each in command.params:
            found.update(paragraphs(each.help or ""))
        for below in getattr(command, "commands", {}).values():
            collect(below)

    collect(typer.main.get_command(program()))
    return found
