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
