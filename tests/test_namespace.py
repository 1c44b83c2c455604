"""The public namespace: what is named is there, documented, loaded late, and everything the command line can do is in it."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import policydiff
from policydiff.cli.app import program
from policydiff.cli.showing import commands, manual_page, reference

ROOT = Path(__file__).resolve().parents[1]
NAMES = [name for name in policydiff.__all__ if name != "__version__"]
VERBS = {
    "init": "Store.init", "add": "Store.add", "import": "Store.import_files", "export": "Store.export",
    "correct": "Store.correct", "meta": "Store.meta", "reextract": "Store.reextract", "list": "Store.documents",
    "log": "Store.log", "show": "Store.text", "search": "Store.search", "blame": "Store.blame",
    "status": "Store.status", "verify": "Store.verify", "track": "Store.track", "publish": "Store.publish", "health": "Store.health",
    "check": "Store.check", "watch add": "Store.add_source", "watch list": "Store.sources",
    "watch try": "Store.try_source", "parse": "Store.read", "targets": "Store.targets",
    "responsibilities": "Store.responsibilities", "cites": "Store.cites", "diff": "Store.diff",
    "compare": "Store.compare", "sources": "Store.sources_of", "reuse": "Store.taken_from", "spread": "Store.spread",
    "families": "Store.families",
    "validity": "Store.validity", "radar": "Store.radar", "delegations": "Store.delegations",
    "apply": "Store.apply", "draft": "Store.draft", "separate": "Store.separate", "schema": "schema",
}  # fmt: skip
SHELL_ONLY = {"completion", "man"}
"""Commands that are about the command line itself."""


def test_every_name_is_there_once_and_sorted() -> None:
    assert sorted(set(policydiff.__all__)) == policydiff.__all__
    assert set(dir(policydiff)) == set(policydiff.__all__)
    assert len(NAMES) <= 55, "a namespace that a person can read"


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_documented_and_bears_the_name_of_the_package(name: str) -> None:
    value = getattr(policydiff, name)
    assert value.__module__ == "policydiff"
    assert inspect.getdoc(value), name
    assert f"`{name}" in (ROOT / "docs" / "python.md").read_text("utf-8"), "it stands in docs/python.md"


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isfunction(getattr(policydiff, name))])
def test_every_argument_of_a_verb_is_described(name: str) -> None:
    verb = getattr(policydiff, name)
    told = set(re.findall(r"^ +(\w+): ", verb.__doc__, re.MULTILINE))
    assert set(inspect.signature(verb).parameters) <= told, name


def test_what_checkers_see_is_what_is_there() -> None:
    tree = ast.parse(Path(policydiff.__file__).read_text("utf-8"))
    typed = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name: node.module
        for node in typed.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == {name: policydiff._home(name) for name in seen}
    assert set(seen) == set(NAMES)


def test_the_verbs_are_not_hidden_by_packages_of_their_name() -> None:
    code = "import pkgutil, importlib, policydiff\nfor m in pkgutil.walk_packages(policydiff.__path__, 'policydiff.'):\n    if not m.name.endswith(('__main__', 'worker', 'rapid')): importlib.import_module(m.name)\nprint([n for n in policydiff.__all__ if type(getattr(policydiff, n)).__name__ == 'module'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize("name", [name for name, _ in commands(program()) if name not in SHELL_ONLY])
def test_whatever_the_command_line_can_do_is_a_public_call(name: str) -> None:
    owner, _, method = VERBS[name].rpartition(".")
    found = getattr(getattr(policydiff, owner) if owner else policydiff, method)
    assert inspect.getdoc(found)


def test_the_reference_of_the_command_line_is_fresh() -> None:
    written = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert written == reference(program()), "policydiff man --format markdown > docs/cli.md"


def test_the_man_page_names_every_command() -> None:
    page = manual_page(program())
    assert page.startswith(".TH POLICYDIFF 1")
    assert [
        name for name, _ in commands(program()) if f"policydiff {name} ".replace("-", "\\-") not in page
    ] == []


def test_python_m_runs_the_command_line() -> None:
    done = subprocess.run([sys.executable, "-m", "policydiff", "--version"], capture_output=True, check=True)
    assert done.stdout.decode() == f"policydiff {policydiff.__version__}\n"
