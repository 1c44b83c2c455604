"""Rules of the code base that no linter knows: size, names, where the process's surroundings may be read."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "policydiff"
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = ("model", "text", "parsing", "annotate", "revision", "comparison", "report")
VAGUE = {
    "utils", "util", "helpers", "helper", "common", "misc", "base_classes", "manager", "handler", "processor",
}  # fmt: skip


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400, "split it: one purpose a module"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_say_what_they_are_for(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "a module opens with the sentence that says its purpose"


def test_no_module_has_a_vague_name() -> None:
    assert [name_of(path) for path in MODULES if path.stem in VAGUE] == []


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name in CORE], ids=name_of)
def test_the_core_reads_neither_clock_nor_chance_nor_surroundings(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & {"os", "random", "time", "locale", "secrets", "tempfile"}
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not called & {"today", "now", "utcnow"}


TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
).stdout.split("\n")


def test_no_package_index_is_named() -> None:
    found = []
    pattern = re.compile(
        r"--(?:extra-)?index[-]url|files\.pythonhosted|registry\.npmjs\.org|pypi\.org/simple"
    )
    for name in TRACKED:
        path = ROOT / name
        if (
            name
            and path.is_file()
            and path != Path(__file__)
            and pattern.search(path.read_text("utf-8", "ignore"))
        ):
            found.append(name)
    assert found == []


def test_version_loads_nothing_heavy() -> None:
    """`--version` and `--help` answer before the models, the readers and the renderers are loaded."""
    code = (
        "import sys\nsys.argv = ['policydiff', '{}']\nfrom policydiff.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {{'pydantic', 'lxml', 'git', 'jinja2', 'rapidfuzz', 'pypdfium2', 'docx', 'httpx'}} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) if heavy else 0)"
    )
    for option in ("--version", "--help"):
        run = subprocess.run(
            [sys.executable, "-c", code.format(option)], capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
