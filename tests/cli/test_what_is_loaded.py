"""A command loads what it needs: documents and diffs of files to JSON wait for neither reports nor store."""

import subprocess
import sys
from pathlib import Path

import pytest

LOADED = (
    "import sys\nfrom policydiff.cli import main\nsys.argv[0] = 'policydiff'\n"
    "try:\n    main()\nexcept SystemExit:\n    pass\n"
    "print(sorted({name.split('.')[1] for name in sys.modules if name.startswith('policydiff.')}), file=sys.stderr)"
)


@pytest.mark.parametrize(
    "command", [("diff", "old.txt", "new.txt"), ("parse", "old.txt"), ("targets", "old.txt")]
)
def test_files_to_json_load_neither_reports_nor_store(command: tuple[str, ...], tmp_path: Path) -> None:
    for name, fee in (("old", "30"), ("new", "50")):
        (tmp_path / f"{name}.txt").write_text(f"某市办法\n第一条 补助{fee}万元。\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *command, "--json"], capture_output=True, cwd=tmp_path, check=True
    )
    rooms = done.stderr.decode().splitlines()[-1]
    assert "'parsing'" in rooms
    assert not any(f"'{room}'" in rooms for room in ("store", "redlining", "watch", "amendment", "reuse"))
    assert ("'report'" in rooms) is (command[0] == "targets")  # whose result is a list of reports


FEW_CLAUSES = "某市促进办法\n" + "".join(
    f"第{number}条 市人民政府有关部门应当做好第{number}项促进工作，并在{number}个工作日内向社会公布。\n"
    for number in "一二三四五六七八九"
)
COUNTED = (
    "import re, sys\nfrom re import _compiler\ncompiled = []\nof_python = _compiler.compile\n"
    "def counted(pattern, flags=0):\n    compiled.append(pattern)\n    return of_python(pattern, flags)\n"
    "_compiler.compile = counted\nfrom policydiff.cli import main\nsys.argv[0] = 'policydiff'\n"
    "try:\n    main()\nexcept SystemExit:\n    pass\n"
    "print(sum(name.startswith('policydiff') for name in sys.modules), len(compiled), file=sys.stderr)"
)


@pytest.mark.parametrize(
    ("command", "most_modules", "most_patterns"),
    [
        (("diff", "old.txt", "same.txt"), 80, 140),
        (("diff", "old.txt", "changed.txt"), 100, 330),
        (("parse", "old.txt"), 85, 200),
        (("compare", "changed.txt", "old.txt"), 140, 450),
    ],
)
def test_a_command_on_short_texts_loads_few_modules_and_compiles_few_patterns(
    command: tuple[str, ...], most_modules: int, most_patterns: int, tmp_path: Path
) -> None:
    """Unit: modules of this package, patterns of all packages, some 40 of them Python's and its libraries'.

    While all were compiled at import, the patterns were 246, 470, 356 and 690. Modules and patterns together are most of the time
    of these commands; the goal of `diff` is 2.6 times governdiff's whole process.
    """
    for name in ("old", "same"):
        (tmp_path / f"{name}.txt").write_text(FEW_CLAUSES, encoding="utf-8")
    (tmp_path / "changed.txt").write_text(FEW_CLAUSES.replace("应当", "可以"), encoding="utf-8")
    counted = [sys.executable, "-c", COUNTED, *command, "--json"]
    done = subprocess.run(counted, capture_output=True, cwd=tmp_path, check=True)
    modules, patterns = map(int, done.stderr.decode().split()[-2:])
    assert modules <= most_modules
    assert patterns <= most_patterns
