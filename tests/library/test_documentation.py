"""What the pages and docstrings show, run, with its output compared."""

import doctest
import importlib
import json
import pkgutil
from pathlib import Path

import pytest
from pytest_examples import CodeExample, EvalExample, find_examples

import policydiff

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    each.name
    for each in pkgutil.walk_packages(policydiff.__path__, "policydiff.")
    if not each.name.endswith((".worker", ".rapid", "__main__"))  # processes of their own, and an extra
)

PAGES = [ROOT / "docs" / "python.md", ROOT / "docs" / "tutorial" / "developer.md"]
NOTEBOOK = ROOT / "examples" / "notebook" / "policydiff.ipynb"


@pytest.mark.parametrize("example", list(find_examples(*PAGES)), ids=str)
def test_blocks_of_the_pages_run(example: CodeExample, eval_example: EvalExample) -> None:
    eval_example.set_config(line_length=120, quotes="double", target_version="py311")
    if eval_example.update_examples:
        eval_example.run_print_update(example)
    else:
        eval_example.run_print_check(example)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module)
    assert not failed


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # the repository's own notebook
    assert len(names["table"]) == len(names["result"])  # type: ignore[arg-type]
